"""The query language: what it means, how it fails, and that nothing that is typed breaks it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ConfigError, QueryError, UsageError
from newsreader.model.news import State
from newsreader.model.query import EVERYTHING, MARKS, And, Has, Is, Not, Or, Query, Since, SinceLast, Text, Until
from newsreader.query import MOST_CHARACTERS, MOST_DEEP, MOST_WORDS, check_views, condition_of, parse
from newsreader.searchwords import needle_of
from newsreader.text import clean

TOKYO = timezone(timedelta(hours=9))
NOW = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
VIEWS = {"islands": "tag:islands OR lang:ja", "new": "is:unread -@islands", "two words": "ferry"}
A, B, C, D = map(Text, "abcd")


def asked(text: str) -> Query:
    return parse(text, NOW, VIEWS, TOKYO)


def refusal(text: str, views: dict[str, str] = VIEWS) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse(text, NOW, views)
    return caught.value


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_a_text_without_words_asks_for_everything(text):
    assert asked(text) == EVERYTHING


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a OR b OR c", Or((A, B, C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a(b)c", And((A, B, C))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("-a", Not(A)),
        ("-(a b) c", And((Not(And((A, B))), C))),
        ("NOT -a", Not(Not(A))),
        ("a or b", And((A, Text("or"), B))),
        ('a "OR" b', And((A, Text("OR"), B))),
        ('"a b"', Text("a b")),
        ('-"a  b"', Not(Text("a b"))),
        ('"a"b', And((A, B))),
        ("a* b", And((Text("a", prefix=True), B))),
        ('"a b"*', Text("a b", prefix=True)),
        ("title:a*", Text("a", "title", prefix=True)),
        ('TITLE:"a b" author:c', And((Text("a b", "title"), Text("c", "author")))),
        ("is:unread is:copy", And((Is("unread"), Is("copy")))),
        ("state:feed-only", Has("state", "feed-only")),
        (
            "source:post source:https://post.example/feed",
            And((Has("source", "post"), Has("source", "https://post.example/feed"))),
        ),
        ('source:"Harbour Post" tag:海', And((Has("source", "Harbour Post"), Has("tag", "海")))),
        ("lang:zh-Hant story:12", And((Has("lang", "zh-Hant"), Has("story", "12")))),
    ],
)
def test_a_query_means(text, tree):
    assert asked(text) == tree


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("since:2h", NOW - timedelta(hours=2)),
        ("since:today", datetime(2026, 9, 15, tzinfo=TOKYO)),
        ("since:2026-09-01", datetime(2026, 9, 1, tzinfo=TOKYO)),
        ("since:2026-09-01T08:30", datetime(2026, 9, 1, 8, 30, tzinfo=TOKYO)),
        ('since:"2026-09-01 08:30"', datetime(2026, 9, 1, 8, 30, tzinfo=TOKYO)),
        ("since:２０２６－０９－０１", datetime(2026, 9, 1, tzinfo=TOKYO)),
    ],
)
def test_since_begins_where_its_time_begins(text, at):
    assert asked(text) == Since(at)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("until:2h", NOW - timedelta(hours=2)),
        ("until:yesterday", datetime(2026, 9, 15, tzinfo=TOKYO)),
        ("until:2026-09-01", datetime(2026, 9, 2, tzinfo=TOKYO)),
        ("until:2026-09-01T08:30", datetime(2026, 9, 1, 8, 30, tzinfo=TOKYO)),
        ("until:9999-12-31", datetime.max.replace(tzinfo=TOKYO)),
    ],
)
def test_until_takes_in_the_whole_of_a_day(text, at):
    assert asked(text) == Until(at)


def test_since_last_is_the_last_visit():
    assert asked("since:last a") == And((SinceLast(), A))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("台湾\u3000半導体", "台湾 半導体"),
        ("（台湾　ＯＲ　韓国）　－中国", "(台湾 OR 韓国) -中国"),
        ("“two words” a", '"two words" a'),
        ("”two words”", '"two words"'),
        ("「首相 会見」 『港の橋』", '"首相 会見" "港の橋"'),
        ("title：台湾", "title:台湾"),
        ("ｉｓ：ｕｎｒｅａｄ", "is:unread"),
        ("author：「山田 太郎」", 'author:"山田 太郎"'),
        ("トランプ＊", "トランプ*"),
        ("＠islands", "@islands"),
    ],
)
def test_what_an_input_method_types_means_the_same(typed, meant):
    assert asked(typed) == asked(meant)


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "http://post.example/1",
        "std::vector",
        "速報:台風",
        "NHK：台風",
        "well-known",
        "a@b.example",
        'five"inch',
        "foo:",
        "ー台",
        "C++",
    ],
)
def test_signs_in_a_word_are_a_part_of_it(text):
    assert asked(text) == Text(text)


def test_signs_between_words_ask_nothing():
    assert asked("Ferry & ice – what now ?") == asked("Ferry ice what now")


def test_views_stand_for_their_queries_also_in_views():
    islands = Or((Has("tag", "islands"), Has("lang", "ja")))

    assert asked("@islands a") == And((islands, A))
    assert asked("-@new") == Not(And((Is("unread"), Not(islands))))
    assert asked('@"two words"') == Text("ferry")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ferry titel:foo", "ferry ▸titel:foo (character 7 of the query)"),
        ("台湾 titel:半導体", "台湾 ▸titel:半導体 (character 4 of the query)"),
        ("is:unred", "▸is:unred"),
        ("state:fool", "▸state:fool"),
        ("lang:japanese", "▸lang:japanese"),
        ("story:x", "▸story:x"),
        ("a since:soon", "a ▸since:soon"),
        ("until:last", "▸until:last"),
        ("title:", "▸title:"),
        ('a is:"" b', 'a ▸is:"" b'),
        ("title:(a b)", "▸title:(a b)"),
        ('a "b c', 'a ▸"b c'),
        ('title:"b c', 'title:▸"b c'),
        ("「台湾", "▸「台湾"),
        ("a (b", "a ▸(b"),
        ("a (", "a ▸("),
        ("a) b", "a▸) b"),
        ("a ()", "a ▸()"),
        ("OR a", "▸OR a"),
        ("a OR", "a ▸OR"),
        ("(a OR) b", "(a ▸OR) b"),
        ("a OR OR b", "a ▸OR OR b"),
        ("AND a", "▸AND a"),
        ("a AND", "a ▸AND"),
        ("a NOT", "a ▸NOT"),
        ("a -OR b", "a ▸-OR b"),
        ("???", "▸???"),
        ('a "..."', 'a ▸"..."'),
        ("a title:?", "a ▸title:?"),
        ("a 🍣", "a ▸🍣"),
        ("*", "▸*"),
        ("tr*mp", "▸tr*mp"),
        ("*trump", "▸*trump"),
        ("source:post*", "▸source:post*"),
        ("a --unread", "a ▸--unread"),
        ("@nothing", "▸@nothing"),
        ("x" * 40 + " titel:" + "y" * 40, "…" + "x" * 23 + " ▸titel:" + "y" * 26 + "… (character 42 of the query)"),
    ],
)
def test_an_error_points_at_the_place(text, place):
    error = refusal(text)

    assert isinstance(error, QueryError)
    assert place in error.message
    assert "\n" not in error.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("titel:foo", """Did you mean title:foo? To look for the text: '"titel:foo"'"""),
        ("is:unred", "Did you mean unread?"),
        ("state:nowhere", ", ".join(State)),
        ("@new2", "@islands"),
        ("Re:Zero", '"Re:Zero"'),
        ("lang:japanese", "lang:ja"),
    ],
)
def test_an_error_says_what_to_do(text, hint):
    assert hint in (refusal(text).hint or "")


def test_an_error_holds_nothing_that_a_terminal_obeys():
    error = refusal("\x1b[31m\ntitel:\x07foo\x1b[31m")

    assert f"{error.message} {error.hint}".isprintable()


def test_the_caps_hold():
    asked("a" * MOST_CHARACTERS)
    asked("a " * MOST_WORDS)
    asked("(" * MOST_DEEP + "a" + ")" * MOST_DEEP)

    assert "longer than" in refusal("a" * (MOST_CHARACTERS + 1)).message
    assert "more than" in refusal("a " * (MOST_WORDS + 1)).message
    for opening in ("(", "NOT ", "-(", "(a OR "):
        assert "deep" in refusal(opening * 600 + "a").message


@pytest.mark.parametrize(
    ("views", "way"),
    [({"a": "b @a"}, "@a → @a"), ({"a": "@b", "b": "-@c", "c": "@b"}, "@b → @c → @b")],
)
def test_a_view_that_uses_itself_is_named(views, way):
    error = refusal("@a", views)

    assert isinstance(error, ConfigError)
    assert way in error.message


def test_a_view_that_cannot_be_read_is_named_when_used_and_when_looked_through():
    views = {"good": "a", "bad": "b titel:c", "uses": "@bad"}

    for use in (lambda: parse("@uses", NOW, views), lambda: check_views(views, NOW)):
        with pytest.raises(ConfigError, match=r'"bad".*b ▸titel:c') as caught:
            use()
        assert "title:c" in (caught.value.hint or "")
    parse("@good", NOW, views)


def test_views_that_double_each_other_are_refused_soon():
    views = {f"v{at}": f"@v{at + 1} OR @v{at + 1}" for at in range(40)} | {"v40": "a"}

    assert "words" in refusal("@v0", views).message
    assert "deep" in refusal("@v0", {f"v{at}": f"@v{at + 1}" for at in range(60)} | {"v60": "a"}).message


def test_an_option_and_a_field_of_the_same_name_mean_the_same():
    for field, value in (
        ("source", "Harbour Post"),
        ("tag", "海"),
        ("lang", "ja"),
        ("since", "3d"),
        ("until", "today"),
    ):
        assert condition_of(field, value, NOW, TOKYO) == asked(f'{field}:"{value}"')


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from(list('()（）"“”「」-－*:： @')) | st.sampled_from("abORNT台湾")
)
PIECES = st.lists(
    st.sampled_from(
        [*"ab-()*?「」@", "台湾", "OR", "AND", "NOT", "--", '"', "title:", "is:", "since:2d", "@new", "x:y"]
    ),
    max_size=30,
)


@given(TEXTS | PIECES.map("".join) | PIECES.map(" ".join))
def test_any_text_is_a_query_or_an_error_that_says_why(text):
    try:
        tree = asked(text)
    except QueryError as error:
        message = error.message
    else:
        message = ""
        assert asked(render(tree)) == tree
    assert message == clean(message)


def render(tree: Query) -> str:
    """A query that asks what the tree does."""
    match tree:
        case Text(words, field, prefix):
            found = f"{field and f'{field}:'}{quoted(words)}{'*' * prefix}"
        case Has(field, value):
            found = f"{field}:{quoted(value)}"
        case Is(mark):
            found = f"is:{mark}"
        case Since(at) | Until(at):
            found = f"{type(tree).__name__.lower()}:{at.isoformat()}"
        case SinceLast():
            found = "since:last"
        case Not(part):
            found = f"NOT {grouped(part)}"
        case And(parts) | Or(parts):
            found = (" OR " if isinstance(tree, Or) else " ").join(map(grouped, parts))
    return found


def quoted(text: str) -> str:
    return f"«{text}»" if '"' in text or "＂" in text else f'"{text}"'


def grouped(part: Query) -> str:
    return f"({render(part)})" if isinstance(part, And | Or) else render(part)


WORDS = st.text(st.sampled_from("abcÀ台湾ё9 -.'"), min_size=1, max_size=8).map(lambda text: " ".join(text.split()))
LEAVES = (
    st.builds(Text, WORDS.filter(needle_of), st.sampled_from(["", "title", "author"]), st.booleans())
    | st.builds(Is, st.sampled_from(MARKS))
    | st.builds(Has, st.sampled_from(["source", "tag"]), WORDS.filter(bool))
    | st.builds(Has, st.just("state"), st.sampled_from([str(state) for state in State]))
    | st.builds(Has, st.just("lang"), st.sampled_from(["ja", "zh-Hant"]))
    | st.builds(Since, st.datetimes(timezones=st.just(UTC)))
    | st.builds(Until, st.datetimes(timezones=st.just(UTC)))
    | st.just(SinceLast())
)


def groups(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.builds(Not, parts) | st.builds(And, several) | st.builds(Or, several)


@given(st.recursive(LEAVES, groups, max_leaves=20))
def test_a_tree_that_is_written_down_is_read_as_itself(tree):
    assert asked(render(tree)) == tree
