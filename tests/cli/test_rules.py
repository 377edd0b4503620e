"""Rules: what the configuration says is done to new articles, once, and to stored ones on request."""

import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from jsonschema import Draft202012Validator

from newsreader.errors import ExitStatus
from newsreader.store import rules
from newsreader.store.connection import open_store, rows

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Saltney Post</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>/{path}</link><guid>{path}</guid></item>"""
PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"""


class Paper(ThreadingHTTPServer):
    """A paper whose headlines and pages a test changes."""

    address = ""

    def __init__(self) -> None:
        self.titles = {"1": "The ferry stays in harbour", "2": "Football in the rain", "3": "凪浦の灯台、霧笛が鳴る"}
        self.texts = dict.fromkeys("123456", "Nothing happened on the quay, and everybody saw it. " * 8)
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        paper: Paper = self.server  # type: ignore[assignment]
        path = self.path.strip("/")
        if path == "feed":
            body = FEED.format(items="".join(ITEM.format(title=title, path=key) for key, title in paper.titles.items()))
        elif path in paper.titles:
            paragraphs = f"<p>{paper.texts[path]}</p>" * 3
            body = PAGE.format(title=paper.titles[path], text=paragraphs)
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if path == "feed" else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture
def paper(serving):
    server = Paper()
    with serving(server):
        yield server


def fetch(newsreader, *args, now=NOW):
    fetched = newsreader("fetch", "--force", *args, now=now)
    assert fetched.status == 0, fetched.err


def subscribe(newsreader, paper):
    assert newsreader("add", f"{paper.address}/feed").status == 0


def marks(newsreader):
    """`id: (read, starred, later, cause of hiding, tags)` of all that is stored."""
    db = open_store(newsreader.store, read_only=True)
    sql = """SELECT a.title, read_at IS NOT NULL, starred_at IS NOT NULL, hidden_by, (SELECT group_concat(tag) FROM
    (SELECT tag FROM article_tag WHERE article = a.id ORDER BY position)) FROM article a"""
    found = {title.split()[0]: tuple(rest) for title, *rest in rows(db, sql)}
    db.close()
    return found


def test_new_articles_are_marked_as_the_rules_say(newsreader, paper, write_config):
    write_config("""
        [rules.no-sport]
        when = "title:football"
        then = "hide"
        [rules.lights]
        when = "灯台"
        then = ["tag:灯", "star", "tag two words"]
        [rules.harbour]
        when = "harbour OR 港"
        then = ["read"]
    """)
    subscribe(newsreader, paper)
    fetch(newsreader, "--headlines-only")

    assert marks(newsreader) == {
        "The": (1, 0, None, None),
        "Football": (0, 0, "rule no-sport", None),
        "凪浦の灯台、霧笛が鳴る": (0, 1, None, "灯,two words"),
    }
    assert newsreader("undo").err == "There is nothing to take back.\n"


def test_a_rule_sees_the_text_once_it_comes(newsreader, paper, write_config):
    write_config('[rules.quay]\nwhen = "quay"\nthen = "star"\n')
    subscribe(newsreader, paper)
    fetch(newsreader, "--headlines-only")
    assert not any(starred for _, starred, *_ in marks(newsreader).values())

    fetch(newsreader)

    assert all(starred for _, starred, *_ in marks(newsreader).values())


def test_what_was_taken_back_stays_taken_back(newsreader, paper, write_config):
    write_config('[rules.quay]\nwhen = "quay OR ferry"\nthen = ["star", "tag:quay"]\n')
    subscribe(newsreader, paper)
    fetch(newsreader, "--headlines-only")
    newsreader("unstar", "1")
    newsreader("untag", "quay", "1")

    fetch(newsreader)
    assert newsreader("rules", "apply").err == "There is nothing to do.\n"

    assert marks(newsreader)["The"] == (0, 0, None, None)
    assert marks(newsreader)["Football"] == (0, 1, None, "quay")


def test_a_mark_of_yours_is_changed_by_no_rule(newsreader, paper, write_config):
    subscribe(newsreader, paper)
    fetch(newsreader, "--headlines-only")
    newsreader("read", "2")
    newsreader("unread", "2")

    write_config('[rules.all]\nwhen = "is:unread"\nthen = "read"\n')

    assert newsreader("rules", "apply").err == "all: 2 articles marked read.\n"
    assert not marks(newsreader)["Football"][0]


def test_a_later_fetch_marks_what_is_new_then(newsreader, paper, write_config):
    write_config('[rules.whales]\nwhen = "whale since:2d"\nthen = "star"\n')
    subscribe(newsreader, paper)
    fetch(newsreader)
    paper.titles["4"] = "A whale in the harbour"

    fetch(newsreader, now=NOW + timedelta(days=30))

    assert {title for title, found in marks(newsreader).items() if found[1]} == {"A"}


def test_a_page_that_you_open_is_marked_too(newsreader, paper, write_config):
    write_config('[rules.quay]\nwhen = "quay"\nthen = "tag:quay"\n')

    assert newsreader("show", f"{paper.address}/1").status == 0

    assert marks(newsreader)["The"] == (1, 0, None, "quay")


def test_stored_articles_are_marked_on_request_and_undo_takes_it_back(stocked, ids, write_config):
    write_config("""
        [rules.harbour]
        when = "harbour"
        then = ["hide", "tag:harbour"]
        [rules.letters]
        when = "手紙 OR 霧笛"
        then = "star"
    """)

    assert stocked("rules", "apply", "--dry-run").err.splitlines() == [
        "harbour: 3 articles would be hidden.",
        "harbour: 3 articles would be tagged harbour.",
        "letters: 2 articles would be starred.",
    ]
    assert ids("--starred") == []
    assert stocked("rules", "apply", now=NOW).err.splitlines()[0] == "harbour: 3 articles hidden."
    assert [ids("--starred"), ids("--hidden")] == [[5, 6], [1, 3, 11]]
    assert stocked("rules", "apply").err == "There is nothing to do.\n"

    later = NOW + timedelta(minutes=5)
    assert stocked("undo", now=later).err == "Taken back: 2 articles starred by rule letters, 5 minutes ago.\n"
    assert stocked("undo", now=later).err == "Taken back: 3 articles tagged harbour by rule harbour, 5 minutes ago.\n"
    assert stocked("undo", now=later).status == 0
    assert [ids("--starred"), ids("--hidden"), ids()] == [[], [], list(range(1, 13))]
    assert stocked("rules", "apply").err == "There is nothing to do.\n"


def test_undo_walks_through_what_you_and_rules_did(stocked, ids, write_config):
    write_config('[rules.harbour]\nwhen = "harbour"\nthen = "star"\n')
    stocked("star", "2")
    stocked("rules", "apply", "harbour")
    stocked("unstar", "1", "2")
    assert ids("--starred") == [3, 11]

    stands = []
    while "Taken back" in stocked("undo").err:
        stands.append(ids("--starred"))
    assert stands == [[1, 2, 3, 11], [2], []]


def test_what_is_marked_already_is_nothing_to_do(stocked, write_config):
    write_config('[rules.a]\nwhen = "ferry"\nthen = "star"\n[rules.b]\nwhen = "harbour"\nthen = "star"\n')

    assert stocked("rules", "apply").err == "a: 2 articles starred.\nb: 2 articles starred.\n"
    assert stocked("rules", "apply").err == "There is nothing to do.\n"


def test_only_the_named_rules_are_applied(stocked, ids, write_config):
    write_config('[rules.a]\nwhen = "ferry"\nthen = "star"\n[rules.b]\nwhen = "whale"\nthen = "read"\n')

    assert stocked("rules", "apply", "b").err == "b: 1 article marked read.\n"
    assert ids("--starred") == []
    unknown = stocked("rules", "apply", "c")
    assert (unknown.status, "Rules: a, b" in unknown.err) == (ExitStatus.NOT_FOUND, True)


def test_rules_are_listed_with_what_they_choose_and_did(stocked, write_config):
    write_config("""
        [rules.harbour]
        when = "title:harbour"
        then = ["hide", "tag two words"]
        [rules.elsewhere]
        when = "source:nowhere"
        then = "read"
        [rules.gone]
        when = "is:hidden"
        then = "read"
    """)
    stocked("rules", "apply", "harbour")
    stocked("unhide", "1")

    assert stocked("rules").rows == [
        ["harbour", "title:harbour", "hide, tag:two words", "3", "3", ""],
        ["elsewhere", "source:nowhere", "read", "", "0", "There is no source nowhere"],
        ["gone", "is:hidden", "read", "2", "0", ""],
    ]
    document = json.loads(stocked("rules", "--json").out)
    Draft202012Validator(json.loads(stocked("schema", "rules").out)).validate(document)
    assert document["rules"][0]["then"] == ["hide", "tag:two words"]
    shown = stocked("rules", terminal=80, NO_COLOR="1").out
    assert "3 match, 3 changed" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_rule_for_a_source_that_is_not_there_stops_no_fetch(newsreader, paper, write_config):
    write_config("""
        [rules.elsewhere]
        when = "source:nowhere"
        then = "read"
        [rules.rain]
        when = "rain"
        then = "star"
    """)
    subscribe(newsreader, paper)
    fetch(newsreader)

    assert marks(newsreader)["Football"] == (0, 1, None, None)


def test_without_rules_it_says_where_they_belong(stocked):
    assert stocked("rules").out == ""
    for said in (stocked("rules", terminal=80).err, stocked("rules", "apply").err):
        assert "[rules.NAME]" in said
        assert "config.toml" in said


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ('when = "harbour ("\nthen = "hide"', "▸("),
        ('when = "colour:red"\nthen = "hide"', "▸colour:red"),
        ('when = "since:soon"\nthen = "hide"', "since:soon"),
        ('when = "@nowhere"\nthen = "hide"', "▸@nowhere"),
        ('when = "harbour"\nthen = "hyde"', "hyde"),
        ('when = "harbour"\nthen = ["star", "unread"]', "takes no mark away"),
        ('when = "harbour"\nthen = "tag:"', "tag:"),
        ('when = "harbour"\nthen = []', "needs a query"),
        ('when = "harbour"\nthen = 3', "needs a query"),
        ('when = ""\nthen = "hide"', "needs a query"),
        ('then = "hide"', "needs a query"),
        ('when = "harbour"\nthan = "hide"', "rules.bad-one.then"),
    ],
)
def test_a_rule_that_cannot_be_read_is_named_with_the_place(stocked, write_config, rule, place):
    write_config(f'[rules.good]\nwhen = "ferry"\nthen = "star"\n[rules.bad-one]\n{rule}\n')

    for command in (("rules",), ("rules", "apply"), ("fetch", "--force")):
        result = stocked(*command)
        assert result.status == ExitStatus.USAGE
        assert "bad-one" in result.err
        assert place in result.err


def test_a_rule_that_is_no_table_is_named(stocked, write_config):
    write_config('[rules]\nodd = "hide"\n')

    assert "[rules.odd]" in stocked("rules").err


def test_without_rules_a_fetch_looks_for_none(newsreader, paper, monkeypatch):
    monkeypatch.setattr(rules, "_due", lambda *_: pytest.fail("rules are looked for"))
    subscribe(newsreader, paper)

    fetch(newsreader)
