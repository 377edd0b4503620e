"""related: what is listed, what --fetch reads, how far --depth goes, and what can be done next."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

LINKS = {1: (2, 3, 1), 2: (1, 4), 3: (3,), 4: (5,), 5: (1,), 6: tuple(range(100, 230))}  # of a page to others
TEXT = "<p>" + "The harbour of Saltney was quiet again, the pilot said, and nobody knew for how long. " * 5 + "</p>"


class Pages(BaseHTTPRequestHandler):
    """Pages that link to each other in circles."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        number = self.path.removeprefix("/news/").removesuffix(".html")
        found = number.isdecimal()
        links = (
            "".join(
                f'<li><a href="/news/{each}.html">What came of it, told in part {each}</a></li>'
                for each in LINKS.get(int(number), ())
            )
            if found
            else ""
        )
        page = f"""<html><head><title>Harbour news number {number}</title></head><body><article>
        <h1>Harbour news number {number}</h1>{TEXT}<h2>Related</h2><ul>{links}</ul></article></body></html>"""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(serving: Any) -> Iterator[str]:
    Pages.asked = []
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Pages)) as address:
        yield f"{address}/news"


def numbers() -> list[int]:
    """The numbers of the pages that were asked for, in order."""
    return sorted(int(path.split("/")[-1].split(".")[0]) for path in Pages.asked if path.endswith(".html"))


def test_fetch_reads_the_article_itself_if_only_its_headline_is_known(newsreader: Any, site: str) -> None:
    newsreader("show", f"{site}/1.html")
    headline = json.loads(newsreader("related", "1", "--json").out)["related"][0]["id"]
    assert "/4.html" not in newsreader("related", headline).out

    found = newsreader("related", headline, "--fetch", "--json")

    assert [match["url"] for match in json.loads(found.out)["related"]][:2] == [f"{site}/1.html", f"{site}/4.html"]


@pytest.mark.parametrize(("depth", "read"), [(1, [1, 2, 3]), (2, [1, 2, 3, 4]), (5, [1, 2, 3, 4, 5])])
def test_depth_follows_the_links_of_what_was_read_and_asks_for_no_page_twice(
    newsreader: Any, site: str, depth: int, read: list[int]
) -> None:
    newsreader("show", f"{site}/1.html")

    found = newsreader("related", "1", "--fetch", "--depth", depth, terminal=80)

    assert (found.status, numbers()) == (0, read)
    assert f"{len(read) - 1} of {len(read) - 1} page" in found.err


def test_fetch_reads_what_is_listed_and_at_most_a_hundred_pages(newsreader: Any, site: str) -> None:
    newsreader("show", f"{site}/6.html")

    few = newsreader("related", "1", "--fetch", "-n", "3", "--json")
    assert (len(json.loads(few.out)["related"]), len(numbers())) == (3, 4)

    many = newsreader("related", "1", "--fetch", "-n", "0", "--json")
    assert len(numbers()) == 104
    assert "to go on, run it again" in many.err


def test_the_list_on_a_terminal_ends_with_what_can_be_done_next(newsreader: Any, site: str) -> None:
    newsreader("show", f"{site}/1.html")

    before = newsreader("related", "1", terminal=80)
    after = newsreader("related", "1", "--fetch", terminal=80)

    assert "newsreader show 2\n" in before.err
    assert "--fetch" in before.err
    assert "newsreader follow 1\n" in before.err
    assert "add --fetch" not in after.err
    assert newsreader("related", "1").err == ""


def test_pages_that_were_just_read_are_in_their_stories(newsreader: Any, subscribed: Any) -> None:
    from newsreader.store.connection import open_store

    subscribed("related", "3", "--fetch")

    with open_store(newsreader.store, read_only=True) as db:
        assert db.execute("SELECT count(*) FROM unplaced").fetchall() == [(0,)]


def test_the_story_of_the_article_is_named(subscribed: Any) -> None:
    from newsreader.store.connection import open_store

    subscribed("related", "3")
    with open_store(subscribed.store) as db:
        db.execute("INSERT OR IGNORE INTO story (id, title) VALUES (2, 'The whale')")
        db.execute("UPDATE article SET story = 2 WHERE id IN (2, 3)")

    found = subscribed("related", "3", terminal=80)

    assert "newsreader story 2\n" in found.err
    assert "newsreader follow 2\n" in found.err
    assert "same story" in found.out
