"""Articles carried from one store to another: nothing is lost on the way, and coming twice changes nothing."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from newsreader.dates import Day
from newsreader.errors import StoreError
from newsreader.keeping import Place, keep
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.news import Headline, Source, State
from newsreader.model.query import Text
from newsreader.present.as_export import export_object
from newsreader.present.as_json import dump, schema
from newsreader.store.announcing import save_headlines
from newsreader.store.following import follow
from newsreader.store.headlines import add_tags, record_failure, wanted
from newsreader.store.identity import find_by_address
from newsreader.store.lists import Filter, list_entries
from newsreader.store.ranking import search
from newsreader.store.schema import migrate
from newsreader.store.sources import add_source, all_sources
from newsreader.text import clean
from newsreader.transfer import exported, import_objects

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
SITE = "https://lantern.example"
VALIDATOR = Draft202012Validator(schema("export"))


def opened() -> apsw.Connection:
    """An empty store that is gone with the test."""
    db = apsw.Connection(":memory:")
    migrate(db)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def export(db: apsw.Connection) -> bytes:
    """The store as JSON lines."""
    return "".join(f"{dump(export_object(*each))}\n" for each in exported(db)).encode()


def take(db: apsw.Connection, body: bytes, now: datetime = LATER) -> tuple[int, int, list[Any]]:
    """Import JSON lines: how many are new, how many were there, and which lines are wrong."""
    told: list[Any] = []
    import_objects(db, io.BytesIO(body), b"", now, lambda taken, wrong: told.append((taken, wrong)))
    new, known = (sum(each) for each in zip(*(taken for taken, _ in told), strict=True))
    return new, known, [each for _, wrong in told for each in wrong]


def objects(body: bytes) -> list[dict[str, Any]]:
    """The articles of an export without their ids, which each store gives; links have the address of what they mean."""
    found = [json.loads(line) for line in body.splitlines()]
    addresses = {each["id"]: each["url"] for each in found}
    for each in found:
        VALIDATOR.validate(each)
        del each["id"]
        each["source"] = each["source"] and {**each["source"], "id": 0}
        each["links"] = [{**link, "id": addresses.get(link["id"], bool(link["id"]))} for link in each["links"]]
    return found


words = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
        st.sampled_from("台湾半導体ｱｲカタカナ ไทย한국اخبارעבריתKäse 🗞🏳\u200d🌈.。\n"),
    ),
    max_size=60,
).map(clean)
some_words = words.filter(bool)
times = st.datetimes(datetime(2020, 1, 1), datetime(2026, 9, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001
days = times.map(lambda at: Day(at.year, at.month, at.day, tzinfo=UTC))
number = st.integers(0, 9)
addresses = number.map(lambda number: f"{SITE}/{number}")
images = st.tuples(addresses, words, words, words, st.none() | number).map(lambda told: Image(*told))
blocks = st.one_of(
    some_words.map(lambda text: Block(BlockKind.PARAGRAPH, text)),
    some_words.map(lambda text: Block(BlockKind.HEADING, text, 2)),
    some_words.map(lambda text: Block(BlockKind.PARAGRAPH, text, spans=(Span(0, len(text), "bold"),))),
    some_words.map(lambda text: Block(BlockKind.LIST, items=(Block(BlockKind.PARAGRAPH, text, 1),), ordered=True)),
    st.builds(lambda a, b: Block(BlockKind.TABLE, rows=((a, b), (b, a)), header=True), words, words),
    images.map(lambda image: Block(BlockKind.FIGURE, image=image)),
    some_words.map(lambda text: Block(BlockKind.CODE, f"{text}\n    {text}")),
)
links = st.tuples(addresses, words, st.sampled_from(LinkKind), words).map(lambda told: Link(*told))
articles = st.builds(
    Article,
    url=addresses,
    title=some_words,
    subtitle=words,
    authors=st.lists(some_words, max_size=2, unique=True).map(tuple),
    published=st.one_of(st.none(), times, days),
    updated=st.one_of(st.none(), times),
    language=st.sampled_from([None, "ja", "zh-Hant"]),
    site_name=st.one_of(st.none(), some_words),
    section=st.one_of(st.none(), some_words),
    tags=st.lists(some_words, max_size=2).map(tuple),
    summary=words,
    lead_image=st.none() | images,
    blocks=st.lists(blocks, min_size=1, max_size=4).map(tuple),
    links=st.lists(links, max_size=3).map(tuple),
    state=st.sampled_from([State.FULL, State.PARTIAL, State.FEED_ONLY, State.PAYWALLED]),
    reason=words,
)
headlines = st.tuples(addresses, some_words, words, st.none() | times, st.none() | some_words).map(
    lambda told: Headline(*told[:4], tags=("sea",), language="en", feed_id=told[4])
)
MARKS = ("read_at", "starred_at", "later_at", "hidden_by")
steps = st.one_of(
    st.tuples(st.just("announce"), st.lists(headlines, max_size=3), number),
    st.tuples(st.just("keep"), articles, number),
    st.tuples(st.just("mark"), st.sampled_from(MARKS), number),
    st.tuples(st.just("tag"), some_words, number),
    st.tuples(st.just("fail"), st.sampled_from([State.GONE, State.FAILED]), number),
)


def history(taken: list[tuple[str, Any, int]]) -> apsw.Connection:
    """A store to which all that happened."""
    db = opened()
    paper = add_source(db, Source(0, "The Lantern", f"{SITE}/feed", added=NOW))
    other = add_source(db, Source(0, "灯台", f"{SITE}/ja", added=NOW))
    for hour, (what, told, number) in enumerate(taken):
        now = NOW + timedelta(hours=hour)
        if what == "announce":
            save_headlines(db, (paper, other)[number % 2].id, told, now)
            continue
        if what == "keep":
            keep(db, told, now, Place())
            continue
        found = find_by_address(db, f"{SITE}/{number}")
        if found and what == "mark":
            value = "a rule" if told == "hidden_by" else now.timestamp() // 1
            db.execute(
                f"UPDATE article SET {told} = ? WHERE id = ?", (value if told == "hidden_by" else int(value), found)
            )
        elif found and what == "tag":
            add_tags(db, found, [told])
        elif found:
            record_failure(db, found, told, "the server said so", now)
    return db


@settings(max_examples=150)
@given(st.lists(steps, max_size=12))
def test_a_store_comes_out_of_another_as_it_was(taken):
    here, there = history(taken), opened()
    before = export(here)

    assert take(there, before)[2] == []
    after = export(there)
    assert objects(after) == objects(before)
    assert all(source.paused for source in all_sources(there))

    take(there, before)
    assert export(there) == after
    take(here, after)
    assert export(here) == before


PAGE = Article(
    url=f"{SITE}/1",
    title="灯台の守り人",
    subtitle="A keeper's year",
    published=NOW - timedelta(hours=5),
    blocks=(Block(BlockKind.HEADING, "夜", 2), Block(BlockKind.PARAGRAPH, "The lamp is lit at four. 霧笛が鳴る。")),
    links=(Link(f"{SITE}/2", "The other lamp", LinkKind.RELATED, "Read also"),),
)


def kept(*articles: Article, at: datetime = NOW) -> apsw.Connection:
    db = opened()
    for article in articles:
        keep(db, article, at, Place())
    return db


def one(db: apsw.Connection) -> dict[str, Any]:
    (found,) = objects(export(db))
    return found


def told(**values: Any) -> bytes:
    return json.dumps({"url": f"{SITE}/1", "title": "A lamp", **values}).encode()


def test_what_came_from_elsewhere_is_found_by_its_words_and_known_by_its_links():
    there = opened()
    take(there, export(kept(PAGE)))

    (found,) = [hit.entry for hit in search(there, Text("霧笛"), 10)]
    assert (found.title, found.state, found.published) == (PAGE.title, "full", PAGE.published)
    assert find_by_address(there, f"{SITE}/2") is not None


def test_the_newest_articles_of_a_list_come_in_the_same_order():
    names = [f"{SITE}/{number}" for number in (3, 1, 2)]
    here, there = opened(), opened()
    paper = add_source(here, Source(0, "The Lantern", f"{SITE}/feed", added=NOW))
    save_headlines(here, paper.id, [Headline(url, "Undated") for url in names], NOW)

    take(there, export(here))

    assert [entry.url for entry in list_entries(there, Filter())] == names


def test_a_mark_of_either_side_stays_with_its_earlier_time():
    here, there = kept(PAGE), kept(PAGE)
    here.execute("UPDATE article SET read_at = 2000, starred_at = 1000")
    there.execute("UPDATE article SET read_at = 1500, hidden_by = 'a rule'")

    take(there, export(here))

    sql = "SELECT read_at, starred_at, later_at, hidden_by FROM article WHERE arrival IS NOT NULL"
    assert there.execute(sql).fetchall() == [(1500, 1000, None, "a rule")]


def test_a_mark_without_a_time_is_of_now():
    db = opened()
    take(db, told(read=True, later=False))
    take(db, told(read=True, starred=True), now=LATER + timedelta(days=1))

    assert one(db)["read_at"] == LATER.isoformat()
    assert one(db)["starred_at"] == (LATER + timedelta(days=1)).isoformat()
    assert one(db)["later_at"] is None


def test_tags_of_both_sides_are_united():
    db = opened()
    take(db, told(tags=["sea", "lamps"]))
    take(db, told(tags=["Lamps", "fog"], text="It is lit."))

    assert one(db)["tags"] == ["sea", "lamps", "fog"]


def test_of_two_texts_the_newer_stays_and_the_older_is_an_earlier_one():
    texts = [told(text=text, fetched=f"2026-08-0{day}T10:00:00Z") for day, text in enumerate("ABC", 1)]

    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        db = opened()
        for at in order:
            take(db, texts[at])
        assert one(db)["text"] == "C"
        assert sorted(old["text"] for old in one(db)["revisions"]) == ["A", "B"]
        assert one(db)["revision"] == 3


def test_a_text_that_holds_less_changes_nothing():
    db = kept(PAGE)
    before = export(db)

    take(db, told(title=PAGE.title, text="The lamp…", state="paywalled", fetched="2026-09-16T10:00:00Z"))
    take(db, told(title="Another headline", state="gone", reason="404"))

    assert export(db) == before


def test_a_text_takes_the_place_of_a_headline_that_was_only_linked_to():
    db = kept(PAGE)
    linked = find_by_address(db, f"{SITE}/2")

    take(db, told(url=f"{SITE}/2", title="Its own headline", text="It is lit too."))

    assert find_by_address(db, f"{SITE}/2") == linked
    first, second = objects(export(db))
    assert (second["title"], second["text"]) == ("Its own headline", "It is lit too.")
    assert first["links"][0]["title"] == "The other lamp"


def test_an_article_is_known_by_any_of_its_addresses():
    db = kept(PAGE)

    assert take(db, told(url=f"{SITE}/new", urls=["http://lantern.example/1?utm_source=x"], tags=["sea"]))[:2] == (0, 1)
    assert find_by_address(db, f"{SITE}/new") == find_by_address(db, f"{SITE}/1")


def test_two_rows_that_lists_show_stay_two_whatever_a_file_says():
    db = kept(PAGE, replace(PAGE, url=f"{SITE}/3", title="Another"))

    take(db, told(urls=[f"{SITE}/3"]))

    assert find_by_address(db, f"{SITE}/1") != find_by_address(db, f"{SITE}/3")


def test_sources_are_found_by_their_address_or_made_and_paused():
    db = opened()
    add_source(db, Source(0, "My lamp", "http://lantern.example/feed", added=NOW))
    known = {"url": f"{SITE}/feed", "name": "The Lantern"}

    take(db, told(source=known, sources=[known, {"url": f"{SITE}/other", "name": "my LAMP", "kind": "frontpage"}]))

    found = {source.name: (source.url, source.kind, source.paused) for source in all_sources(db)}
    assert found == {
        "My lamp": ("http://lantern.example/feed", "feed", False),
        "my LAMP (lantern.example)": (f"{SITE}/other", "frontpage", True),
    }
    assert [entry.source_name for entry in list_entries(db, Filter())] == ["My lamp"]


def test_what_is_announced_again_after_an_import_is_no_edit():
    here, there = opened(), opened()
    again = [Headline(f"{SITE}/1", "A lamp", "It is lit.", feed_id="7")]
    for db, times_told in ((here, 1), (there, 0)):
        paper = add_source(db, Source(0, "The Lantern", f"{SITE}/feed", added=NOW))
        for _ in range(times_told):
            save_headlines(db, paper.id, again, NOW)

    take(there, export(here))

    saved = save_headlines(there, 1, again, LATER)
    assert (saved.new, saved.updated, saved.unchanged) == ([], 0, 1)


def test_a_page_that_was_wanted_still_is_and_no_other():
    here, there = opened(), opened()
    paper = add_source(here, Source(0, "The Lantern", f"{SITE}/feed", added=NOW))
    save_headlines(here, paper.id, [Headline(f"{SITE}/{number}", "A lamp") for number in range(3)], NOW)
    keep(here, replace(PAGE, url=f"{SITE}/1"), NOW, Place())
    record_failure(here, find_by_address(here, f"{SITE}/2") or 0, State.GONE, "HTTP 404", NOW)

    take(there, export(here))

    assert [url for _, url in wanted(there, 1, 10)] == [f"{SITE}/0"]
    assert [url for _, url in wanted(here, 1, 10)] == [f"{SITE}/0"]


def test_the_whole_store_is_also_what_is_hidden_and_what_is_only_linked_to_but_marked():
    here, there = kept(PAGE), opened()
    here.execute("UPDATE article SET hidden_by = 'a rule' WHERE arrival IS NOT NULL")
    here.execute("UPDATE article SET starred_at = 5000 WHERE arrival IS NULL")

    body = export(here)
    take(there, body)

    assert [(each["url"], each["listed"], each["hidden"]) for each in objects(body)] == [
        (f"{SITE}/1", True, "a rule"),
        (f"{SITE}/2", False, None),
    ]
    assert objects(export(there)) == objects(body)
    assert list_entries(there, Filter()) == []


def test_what_is_only_linked_to_stands_in_the_order_of_its_addresses():
    links = tuple(Link(f"{SITE}/{number}", "A lamp", LinkKind.MORE) for number in (9, 7, 8))
    db = kept(replace(PAGE, links=links))
    db.execute("UPDATE article SET starred_at = 5000 WHERE arrival IS NULL")

    assert [each["url"][-1] for each in objects(export(db))] == ["1", "7", "8", "9"]


def test_nothing_of_a_batch_is_kept_if_the_store_fails_in_it(monkeypatch):
    db = opened()

    def full(*_: object) -> None:
        raise apsw.FullError

    monkeypatch.setattr("newsreader.transfer.settle", full)
    with pytest.raises(StoreError):
        take(db, told(text="It is lit."))
    assert export(db) == b""


def test_times_ahead_are_taken_for_now_so_that_nothing_stays_on_top():
    db = opened()

    take(db, told(first_seen="2099-01-01T00:00:00Z", published="2098-01-01T00:00:00Z", read_at="2099-01-01T00:00:00Z"))

    assert (one(db)["first_seen"], one(db)["moment"], one(db)["read_at"]) == (LATER.isoformat(),) * 3


def test_what_a_file_names_may_not_lead_to_a_private_network():
    db = opened()
    take(db, told(url="http://192.168.0.1/reboot"))

    assert db.execute("SELECT home FROM article").fetchall() == [("https://import.invalid/",)]


FIELDS = [
    *("text", "blocks", "kind", "links", "state", "published", "fetched", "saved", "read_at", "hidden", "source"),
    *("sources", "name", "revisions", "revision", "seen", "urls", "authors", "tags", "subtitle", "crc", "feed_id"),
    *("listed", "moment", "first_seen", "image", "lead_image", "title_crc", "url", "title"),
]
leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["gone", "2026-08-01", SITE])
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
)


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), values, max_size=8), max_size=4))
def test_whatever_is_imported_comes_out_again_as_the_schema_says(told):
    db = opened()
    lines = [{"url": f"{SITE}/{number}", "title": "A lamp", **each} for number, each in enumerate(told)]

    new, known, wrong = take(db, "".join(f"{json.dumps(line)}\n" for line in lines).encode())

    assert new + known + len(wrong) == len(lines)
    assert len(objects(export(db))) == new


def test_what_is_followed_here_is_followed_there():
    here, there = kept(PAGE), opened()
    follow(here, 1, NOW)

    take(there, export(here))

    assert there.execute("SELECT a.url, s.followed_at FROM article a JOIN story s ON s.id = a.story").fetchall() == [
        (PAGE.url, NOW.timestamp())
    ]
    assert one(there)["followed_at"] == NOW.isoformat()
    assert one(opened_with(told(followed=True)))["followed_at"] == LATER.isoformat()


def test_a_story_that_both_sides_follow_is_followed_since_the_earlier_time():
    here, there = kept(PAGE), kept(PAGE)
    follow(here, 1, NOW)
    follow(there, 1, LATER)

    for _ in range(2):
        take(there, export(here))

    assert there.execute("SELECT id, size, followed_at FROM story").fetchall() == [(1, 1, NOW.timestamp())]


def opened_with(body: bytes) -> apsw.Connection:
    db = opened()
    take(db, body)
    return db


def test_what_is_only_linked_to_is_in_no_story_that_could_be_followed():
    db = opened_with(told(listed=False, read=True, followed=True))

    assert db.execute("SELECT count(*) FROM story").fetchall() == [(0,)]
