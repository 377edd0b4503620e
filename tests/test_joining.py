"""Articles of several pages, fetched from a real server."""

import asyncio  # noqa: TID253  # tests may
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsreader.fetch.client import Fetcher, FetchOptions
from newsreader.model.news import State
from newsreader.reading import MOST_PARTS, fetch_page

TEXTS = (
    "The old observatory on the hill opens its dome again, and the first visitors queued before the sun was down.",
    "The lens was cleaned by two sisters who had last looked through it as schoolgirls, and who still disagree.",
    "On cloudy nights the keeper reads aloud from the log book, which most visitors like better than the planets.",
)


class Site(ThreadingHTTPServer):
    """A server of pages by their path; what it has not is 404; `asked` are the paths that were asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:  # the name that the base class asks for
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path, "")
        is_moved = page.startswith("/")
        self.send_response(302 if is_moved else 200 if page else 404)
        if is_moved:
            self.send_header("Location", page)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def site(serving) -> Iterator[Site]:
    server = Site()
    with serving(server):
        yield server


def page(text: str, following: str = "", canonical: str = "") -> str:
    pager = f'<p class="pager"><a href="{following}">次へ</a></p>' if following else ""
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<html lang="en"><head><title>The observatory opens</title>{head}</head><body><article>'
        f"<h1>The observatory opens</h1><p>{text}</p><p>{text[::-1].capitalize()}</p>{pager}</article></body></html>"
    )


def read(site: Site, path: str = "/a", home: str | None = None):
    async def fetch():
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            return await fetch_page(fetcher, site.address + path, home)

    return asyncio.run(fetch())


def three_parts(site: Site) -> None:
    site.pages = {
        "/a": page(TEXTS[0], "/a?page=2"),
        "/a?page=2": page(TEXTS[1], "/a?page=3"),
        "/a?page=3": page(TEXTS[2]),
    }


def test_parts_are_read_to_the_last_and_joined(site):
    three_parts(site)

    article = read(site)

    assert [text for text in article.text.split("\n") if text in TEXTS] == list(TEXTS)
    assert (article.state, article.next_page, article.url) == (State.FULL, None, f"{site.address}/a")
    assert site.asked == ["/a", "/a?page=2", "/a?page=3"]


def test_a_part_that_is_missing_leaves_what_there_is(site):
    three_parts(site)
    del site.pages["/a?page=3"]

    article = read(site)

    assert TEXTS[1] in article.text
    assert (article.state, article.next_page) == (State.PARTIAL, f"{site.address}/a?page=3")
    assert article.reason.startswith("part 3 is missing: ")


def test_a_part_that_is_a_wall_is_never_text(site):
    three_parts(site)
    site.pages["/a?page=2"] = "<title>Just a moment...</title><p>Verify you are human before the dome opens.</p>"

    article = read(site)

    assert (article.state, "human" in article.text) == (State.PARTIAL, False)
    assert TEXTS[0] in article.text


def test_manners_are_kept_for_every_part(site):
    three_parts(site)
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /a?page=2\n"

    article = read(site, home=site.address)

    assert "/a?page=2" not in site.asked
    assert article.state is State.PARTIAL


def test_parts_that_lead_back_are_read_once(site):
    site.pages = {"/a": page(TEXTS[0], "/a?page=2"), "/a?page=2": page(TEXTS[1], "/a?page=3"), "/a?page=3": "/a"}

    article = read(site)

    assert article.state is State.FULL
    assert article.text.count(TEXTS[0]) == 1
    assert site.asked == ["/a", "/a?page=2", "/a?page=3", "/a"]


def test_no_article_has_more_parts_than_a_reader_bears(site):
    site.pages = {
        f"/a?page={number}": page(f"{number}: {TEXTS[0]}", f"/a?page={number + 1}") for number in range(1, 40)
    }

    article = read(site, "/a?page=1")

    assert len(site.asked) == MOST_PARTS
    assert (article.state, article.next_page) == (State.PARTIAL, f"{site.address}/a?page={MOST_PARTS + 1}")


def test_a_variant_of_a_page_is_the_same_article(site):
    site.pages = {"/amp/a": page(TEXTS[0], canonical="/a"), "/a/print": page(TEXTS[0], canonical="/a")}

    assert {read(site, path).url for path in site.pages} == {f"{site.address}/a"}
