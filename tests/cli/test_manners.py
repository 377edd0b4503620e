"""Manners that last from one run to the next, as a server on this machine sees them and `sources --why` tells them."""

import asyncio  # noqa: TID253  # tests may
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jsonschema
import pytest

from newsreader.fetch.client import Fetcher, FetchOptions
from newsreader.reading import Desk
from newsreader.refresh import Plan, refresh
from newsreader.store.connection import open_store
from newsreader.store.sources import all_sources
from newsreader.store.turns import turn

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Lantern</title>%s
<item><title>Whale holds the ferry</title><link>/news/1</link><guid>a</guid></item></channel></rss>"""
PAGE = "<html><title>Whale holds the ferry</title><article><h1>Whale holds the ferry</h1>%s</article></html>" % (
    "<p>The harbour master closed the port to everything with a propeller, and four rowing boats kept watch.</p>" * 4
)
NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
SECRET = "b0ttle-p0st"


class Site(ThreadingHTTPServer):
    """Answers from `answers`, by path: status, headers, body; `asked` lists (path, headers) in order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, tuple[int, dict[str, str], str]] = {
            "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED % ""),
            "/feed?2": (200, {"Content-Type": "application/rss+xml"}, FEED % ""),
            "/news/1": (200, {"Content-Type": "text/html"}, PAGE),
        }

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.server.answers.get(self.path, (404, {}, ""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(serving) -> Iterator[Site]:
    server = Site()
    with serving(server):
        yield server


@pytest.fixture
def subscribed(newsreader, site):
    """The program, subscribed to the site's feed."""
    assert newsreader("add", f"{site.address}/feed", "--name", "Lantern").status == 0
    site.asked.clear()
    return newsreader


def source_of(newsreader):
    (source,) = json.loads(newsreader("sources", "--json").out)["sources"]
    return source


def why(newsreader):
    return newsreader("sources", "--why").out


@pytest.mark.parametrize(
    ("feed", "headers", "reason"),
    [
        ("<ttl>120</ttl>", {}, "next in 2h, since its feed says that it changes every 2 hours"),
        ("", {"Cache-Control": "max-age=10800"}, "next in 3h, since its server says that nothing changes for 3 hours"),
        ("", {}, "since a source rests for 30 minutes"),
    ],
)
def test_why_tells_who_decided_when_a_source_is_due(subscribed, site, feed, headers, reason):
    site.answers["/feed"] = (200, {"Content-Type": "application/rss+xml", **headers}, FEED % feed)
    subscribed("fetch")

    assert reason in why(subscribed)
    assert source_of(subscribed)["due_reason"] in reason
    site.asked.clear()
    assert subscribed("fetch").err == "Nothing is due yet. To fetch all the same: newsreader fetch --force\n"
    assert site.paths == []


def test_why_tells_that_the_server_asked_to_wait(subscribed, site):
    site.answers["/feed"] = (503, {"Retry-After": "7200"}, "")
    subscribed("fetch")
    assert "next in 2h, since the server asked to wait for 2 hours" in why(subscribed)

    site.answers["/feed"] = (500, {}, "")
    subscribed("fetch", "--force")
    subscribed("fetch", "--force")
    assert "failed 3x" in why(subscribed)
    assert "after 3 failures in a row" in why(subscribed)


def test_a_source_that_comes_back_is_as_good_as_new(subscribed, site):
    feed = site.answers["/feed"]
    site.answers["/feed"] = (500, {}, "")
    assert [subscribed("fetch", "--force").status for _ in range(3)] == [4] * 3
    site.answers["/feed"] = feed

    assert subscribed("fetch", "--force").status == 0
    source = source_of(subscribed)
    assert (source["status"], source["failures"], source["reason"]) == ("ok", 0, None)
    assert source["due_reason"] == "since a source rests for 30 minutes"


def test_a_move_for_good_is_followed_after_it_was_seen_twice_and_told(subscribed, site):
    site.answers["/new"] = site.answers["/feed"]
    site.answers["/feed"] = (301, {"Location": "/new"}, "")
    first, second = subscribed("fetch"), subscribed("fetch", "--force")
    site.asked.clear()
    subscribed("fetch", "--force")

    assert "moved" not in first.err
    assert f"it moved for good to {site.address}/new" in second.err
    assert site.paths == ["/new"]
    assert f"moved from {site.address}/feed" in why(subscribed)
    source = source_of(subscribed)
    assert (source["url"], source["moved_from"]) == (f"{site.address}/new", f"{site.address}/feed")
    assert source["moved"]


def test_a_source_that_is_gone_is_paused_and_told(subscribed, site):
    site.answers["/feed"] = (410, {}, "")
    assert "says that it is gone for good (HTTP 410); it is paused now" in subscribed("fetch").err
    assert "paused until resumed" in why(subscribed)
    site.asked.clear()

    subscribed("fetch", "--force")
    assert site.paths == []


def test_the_fifth_404_tells_how_to_mend_it(subscribed, site):
    del site.answers["/feed"]
    told = [subscribed("fetch", "--force").err for _ in range(5)]

    assert ["sources remove" in text for text in told] == [False] * 4 + [True]
    assert "HTTP 404), 5 times in a row" in told[-1]
    assert "newsreader sources remove 1 && newsreader add " in why(subscribed)


def test_a_page_that_was_not_asked_for_is_still_owed(subscribed, site):
    """Its host wants to be left alone, or its robots.txt cannot be read: for as many runs as it takes."""
    page = site.answers["/news/1"]
    site.answers["/robots.txt"] = (503, {}, "")
    told = [subscribed("fetch", "--force").err for _ in range(4)]
    site.answers["/robots.txt"] = (404, {}, "")
    site.answers["/news/1"] = (429, {"Retry-After": "7200"}, "")
    told += [subscribed("fetch", "--force").err for _ in range(4)]
    assert ["1 could not be read" in text for text in told] == [True] * 8

    site.answers["/news/1"] = page
    subscribed("fetch")
    assert {row[3] for row in subscribed("list").rows} == {"full"}


def test_a_host_that_asks_to_wait_is_no_failure_of_its_other_sources(subscribed, site):
    assert subscribed("add", f"{site.address}/feed?2", "--name", "Other").status == 0
    site.answers |= dict.fromkeys(("/feed", "/feed?2"), (429, {"Retry-After": "7200"}, ""))
    site.asked.clear()
    done = subscribed("fetch", "--json", NEWSREADER_FETCH_CONNECTIONS="1")

    lines = [json.loads(line) for line in done.out.splitlines()]
    assert sorted(line["status"] for line in lines[:-1]) == ["failed", "skipped"]
    assert len(site.paths) == 1
    sources = json.loads(subscribed("sources", "--json").out)["sources"]
    assert sorted(source["failures"] for source in sources) == [0, 1]
    assert len(re.findall(r"since the server asked to wait for (?:2 hours|120 minutes)", why(subscribed))) == 2
    site.asked.clear()
    subscribed("fetch")
    assert site.paths == []


def test_robots_txt_is_asked_once_a_day_whatever_the_number_of_runs(subscribed, site):
    site.answers["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /news/\n")
    subscribed("fetch")
    site.answers["/feed"] = (200, {}, (FEED % "").replace("/news/1", "/news/2"))
    subscribed("fetch", "--force")

    assert site.paths == ["/feed", "/robots.txt", "/feed"]
    assert {row[3] for row in subscribed("list").rows} == {"blocked"}


def test_a_cache_that_cannot_be_written_stops_nothing(subscribed, site, tmp_path):
    (tmp_path / "in-the-way").write_text("")

    assert subscribed("fetch", NEWSREADER_CACHE_DIR=str(tmp_path / "in-the-way")).status == 0
    assert site.paths == ["/feed", "/robots.txt", "/news/1"]


def test_robots_txt_is_asked_for_front_pages_and_not_for_feeds(newsreader, site, tmp_path):
    titles = ("Whale holds the ferry for three hours", "Harbour clock stays fast", "Nine days of ice come to an end")
    cards = "".join(
        f"<article><h2><a href='/2026/09/14/{title.lower().replace(' ', '-')}'>{title}</a></h2></article>"
        for title in titles
    )
    site.answers["/"] = (200, {"Content-Type": "text/html"}, f"<title>The Lantern</title><main>{cards}</main>")
    assert newsreader("add", f"{site.address}/", "--kind", "frontpage").status == 0
    site.answers["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /\n")
    newsreader("add", f"{site.address}/feed", "--name", "Feed")
    site.asked.clear()

    a_day_later = {"NEWSREADER_CACHE_DIR": str(tmp_path / "empty")}
    assert newsreader("fetch", "--headlines-only", **a_day_later).status == 4
    assert sorted(site.paths) == ["/feed", "/robots.txt"]
    assert "asks programs to leave" in why(newsreader)


def test_what_has_not_changed_is_not_sent_again(subscribed, site):
    since = "Mon, 14 Sep 2026 08:00:00 GMT"
    site.answers["/feed"] = (200, {"ETag": '"v1"', "Last-Modified": since}, FEED % "")
    subscribed("fetch")
    site.answers["/feed"] = (304, {}, "")
    done = subscribed("fetch", "--force")

    headers = site.asked[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"v1"', since)
    assert (done.status, source_of(subscribed)["status"]) == (0, "unchanged")


def test_the_name_that_we_give_has_the_address_of_the_project_or_is_what_the_user_says(subscribed, site):
    subscribed("fetch")
    subscribed("fetch", "--force", NEWSREADER_FETCH_USER_AGENT="lamp/2 (mail@example.org)")

    names = [headers["User-Agent"] for _, headers in site.asked]
    assert names[0].startswith("newsreader/")
    assert "(+https://" in names[0]
    assert names[-1] == "lamp/2 (mail@example.org)"


@pytest.fixture
def with_secret(subscribed):
    """The program with a secret for the Lantern."""
    subscribed.config.mkdir(parents=True, exist_ok=True)
    settings = '[source.Lantern]\nheaders = { X-Token = "env:LANTERN" }\ncookies = { s = "env:LANTERN" }\n'
    (subscribed.config / "config.toml").write_text(settings)
    return subscribed


def test_a_secret_goes_to_the_source_and_nowhere_else(with_secret, site):
    said = [with_secret(*command, LANTERN=SECRET) for command in (("fetch", "--json"), ("sources", "--why"))]
    said += [with_secret("sources", "--json"), with_secret("show", "1", "--json")]

    got = {path: (headers.get("X-Token"), headers.get("Cookie")) for path, headers in site.asked}
    mine = (SECRET, f"s={SECRET}")
    assert got == {"/feed": mine, "/robots.txt": (None, None), "/news/1": mine}
    assert [result for result in said if SECRET in result.out + result.err] == []
    assert SECRET.encode() not in with_secret.store.read_bytes()


def test_a_secret_that_is_missing_is_named_and_fails_its_source_alone(with_secret, site):
    other = with_secret("add", f"{site.address.replace('127.0.0.1', 'localhost')}/feed", "--name", "Other")
    assert other.status == 0
    site.asked.clear()
    done = with_secret("fetch")

    assert done.status == 4
    assert 'Lantern: failed: source."Lantern".headers.X-Token is in the variable LANTERN, which is not set' in done.err
    assert "Other: 1 new headline" in done.err


def test_settings_for_a_source_that_is_not_there_are_told(with_secret):
    with_secret("sources", "rename", "1", "Lamp")

    assert 'No source is called Lantern: [source."Lantern"]' in with_secret("fetch").err


def test_a_source_is_due_again_when_its_time_has_come(subscribed, site):
    subscribed("fetch", now=NOON)
    site.asked.clear()
    subscribed("fetch", now=NOON + timedelta(minutes=31))

    assert site.paths == ["/feed"]


def test_a_dry_run_prints_what_would_be_asked_and_asks_nobody(newsreader, site):
    newsreader("add", f"{site.address}/feed", "--name", "Lantern")
    newsreader("fetch", "--headlines-only")
    site.asked.clear()

    planned = newsreader("fetch", "--force", "--dry-run", "--offline")

    assert site.asked == []
    assert planned.rows == [
        ["headlines", "Lantern", f"{site.address}/feed", ""],
        ["article", "Lantern", f"{site.address}/news/1", ""],
    ]
    lines = [json.loads(line) for line in newsreader("fetch", "--force", "--dry-run", "--json").out.splitlines()]
    assert [(line["asks"], line["conditional"]) for line in lines] == [("headlines", False), ("article", False)]
    schema = json.loads(newsreader("schema", "fetch").out)
    for line in lines:
        jsonschema.validate(line, schema)


def test_of_two_fetches_at_once_one_waits_and_finds_all_done(newsreader, environ, site):
    newsreader("add", f"{site.address}/feed")
    site.asked.clear()
    with turn(newsreader.store, lambda: None):
        second = subprocess.Popen(
            [sys.executable, "-m", "newsreader", "fetch"], env=environ, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        assert newsreader("list").status == 0  # reading is never blocked
        done = asyncio.run(run_of(newsreader))
    said = second.communicate(timeout=20)[1]

    assert done == "ok"
    assert "Nothing is due yet" in said
    assert site.paths.count("/feed") == 1


async def run_of(newsreader):
    """What a first fetch makes of the only source, told by its status."""
    db = open_store(newsreader.store)
    async with Fetcher(FetchOptions(gap=0)) as fetcher:
        plan = Plan(lambda _: None, timedelta(minutes=30), 50)
        (done,) = await refresh(Desk(db, fetcher, lambda: datetime.now(UTC)), all_sources(db), plan)
    db.close()
    return done.status


def test_with_nothing_due_a_program_is_told_so_in_json(newsreader):
    result = newsreader("fetch", "--json")

    assert json.loads(result.out)["summary"]["sources"] == 0
    assert result.status == 0
