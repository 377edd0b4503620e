import json
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.demo.pages import SITE, render_site

Ask = Callable[..., Any]  # (path, method, **headers) -> Answer, see conftest.py
BASE = "http://127.0.0.1:8047/"
JAPAN = timezone(timedelta(hours=9))
NOW = datetime(2031, 3, 1, 10, 20, 30, 456, UTC)
PAGES = render_site(BASE, NOW)
HTML = [path for path, page in PAGES.items() if page.content_type.startswith("text/html")]
ENGLISH = [path for path in HTML if re.match("/(news|culture|long-reads)/", path)]
JAPANESE = [path for path in HTML if path.startswith("/ja/articles/")]
GERMAN = [path for path in HTML if path.startswith("/de/artikel/")]
ARTICLES = ENGLISH + JAPANESE + GERMAN
PAYWALLED = "/long-reads/the-keepers-ledger.html"
OLD = "/ja/articles/1040.html"
GONE = "/harbour/webcam.html"
FEEDS = {"/feed.rss": ENGLISH, "/de/feed.atom": GERMAN, "/news-sitemap.xml": ARTICLES}
BODIES = {"article-body", "honbun", "text", "contents"}
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Document(HTMLParser):
    """A page read strictly: `faults` holds every tag that is not closed where it should be."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.open: list[tuple[str, set[str]]] = []
        self.faults: list[str] = []
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.title, self.body, self.data = "", "", ""
        self.feed(text_of(path))
        self.close()
        self.faults += [tag for tag, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.attributes.append((tag, held))
        if tag not in VOID:
            self.open.append((tag, {held.get("id", ""), held.get("type", ""), *held.get("class", "").split()}))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.faults.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        within = {"", *(tag for tag, _ in self.open)}.union(*(names for _, names in self.open))
        self.title += data if "h1" in within else ""
        self.data += data if "application/ld+json" in within else ""
        self.body += data if BODIES & within and "script" not in within else ""

    def values(self, *names: str) -> list[str]:
        return [held[name] for _, held in self.attributes for name in names if name in held]

    def meta(self, name: str) -> str | None:
        return next(
            (held["content"] for _, held in self.attributes if name in (held.get("property"), held.get("name"))), None
        )


def text_of(path: str) -> str:
    return PAGES[path].body.decode("cp932" if path == OLD else "utf-8")


@cache
def read(path: str) -> Document:
    return Document(path)


def linked(path: str) -> set[str]:
    """Absolute addresses of everything that a page links to or loads, its own inline pictures aside."""
    found = read(path).values("href", "src", "data-src", "action")
    return {urljoin(BASE + path[1:], value) for value in found if not value.startswith("data:")}


def path_of(url: str) -> str:
    return "/" + url.removeprefix(BASE).partition("#")[0].partition("?")[0]


def entries(path: str) -> list[tuple[str, str, datetime]]:
    """(address, title, moment) of every entry of a feed or sitemap, in order."""
    root = ET.fromstring(PAGES[path].body)  # our own bytes
    found = []
    for entry in root.iter():
        if re.sub("{.*}", "", entry.tag) in ("item", "entry", "url"):
            held = {re.sub("{.*}", "", child.tag): child for child in entry.iter()}
            link = next(held[name] for name in ("link", "loc") if name in held)
            date = next(held[name] for name in ("pubDate", "published", "publication_date") if name in held)
            found.append((link.get("href") or link.text or "", held["title"].text or "", moment_of(date.text or "")))
    return found


def moment_of(date: str) -> datetime:
    return datetime.fromisoformat(date) if date[0].isdigit() else datetime.strptime(date, "%a, %d %b %Y %H:%M:%S %z")


def published(path: str) -> datetime:
    """The moment that the page itself states; of a Japanese page the visible one, in Japan's time.

    The old page says no more than the day: its hour is known to the sitemap alone.
    """
    stated = read(path).meta("article:published_time")
    if stated:
        return datetime.fromisoformat(stated)
    visible = re.search(r"(\d{4})年(\d+)月(\d+)日 (\d+)時(\d+)分", text_of(path))
    if path == OLD:
        return datetime(2031, 2, 26, 21, 40, tzinfo=JAPAN)
    assert visible, path
    year, month, day, hour, minute = map(int, visible.groups())
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


def test_there_are_enough_articles_in_each_language() -> None:
    assert (len(ENGLISH), len(JAPANESE), len(GERMAN)) == (7, 4, 3)


@pytest.mark.parametrize("path", HTML)
def test_every_page_is_well_nested(path: str) -> None:
    assert read(path).faults == []
    assert read(path).title or path.startswith("/player/") or path == "/de/"


@pytest.mark.parametrize("path", [path for path, page in PAGES.items() if not page.content_type.startswith("image/")])
def test_every_text_is_filled_in_and_free_of_control_characters(path: str) -> None:
    text = text_of(path)
    assert [char for char in text if unicodedata.category(char) in ("Cc", "Cf") and char != "\n"] == []
    assert "{{" not in text
    assert text == unicodedata.normalize("NFC", text)


def test_every_link_leads_to_a_page_but_one(ask: Ask) -> None:
    inside = {path_of(url) for path in HTML for url in linked(path) if url.startswith(BASE)}
    assert {path for path in inside if ask(path).status != 200} == {GONE}


def test_every_fragment_names_a_place_in_its_page() -> None:
    for url in sorted({url for path in HTML for url in linked(path) if url.startswith(BASE) and "#" in url}):
        assert urldefrag(url).fragment in read(path_of(url)).values("id", "name"), url


def test_links_out_of_the_site_lead_to_hosts_that_cannot_exist() -> None:
    outside = {urlsplit(url).hostname or "" for path in HTML for url in linked(path) if not url.startswith(BASE)}
    assert [host for host in outside if not host.endswith(".example")] == []
    assert len(outside) > 2


@pytest.mark.parametrize("path", HTML)
def test_nothing_is_loaded_from_elsewhere(path: str) -> None:
    loaded = {urljoin(BASE, value) for value in read(path).values("src", "data-src")}
    loaded |= {
        urljoin(BASE, held["href"])
        for tag, held in read(path).attributes
        if tag == "link" and held["rel"] in ("stylesheet", "icon")
    }
    assert [url for url in loaded if not url.startswith((BASE, "data:"))] == []


def test_every_article_is_reached_from_the_front_page() -> None:
    seen: set[str] = set()
    left = ["/"]
    while left:
        path = left.pop()
        if path in HTML and path not in seen:
            seen.add(path)
            left += [path_of(url) for url in linked(path) if url.startswith(BASE)]
    assert seen == set(HTML) - {"/404.html"}


@pytest.mark.parametrize("path", [*ARTICLES, "/", "/ja/", "/de/"])
def test_the_canonical_address_of_a_page_is_its_own(path: str) -> None:
    canonical = [held["href"] for tag, held in read(path).attributes if (tag, held.get("rel")) == ("link", "canonical")]
    assert canonical == ([] if path == OLD else [BASE + path[1:]])


@pytest.mark.parametrize("path", [path for path in ARTICLES if path != OLD])
def test_the_title_for_machines_is_the_title_for_people(path: str) -> None:
    assert read(path).meta("og:title") == read(path).title


@pytest.mark.parametrize("path", ENGLISH)
def test_the_linked_data_of_an_article_agrees_with_its_page(path: str) -> None:
    data = json.loads(read(path).data)
    assert (data["headline"], data["datePublished"]) == (read(path).title, read(path).meta("article:published_time"))
    assert data["isAccessibleForFree"] is (path != PAYWALLED)
    assert path_of(data["image"]["url"]) in PAGES


@pytest.mark.parametrize("path", [path for path in ENGLISH + GERMAN if path != PAYWALLED])
def test_an_article_in_words_has_a_readable_length(path: str) -> None:
    assert 250 <= len(read(path).body.split()) <= 700


@pytest.mark.parametrize("path", JAPANESE)
def test_an_article_in_characters_has_a_readable_length(path: str) -> None:
    assert 500 <= len("".join(read(path).body.split())) <= 1400


def test_the_paywalled_page_shows_a_beginning_and_asks_for_a_subscription() -> None:
    assert 60 <= len(read(PAYWALLED).body.split()) <= 200
    assert "Read on with a subscription" in read(PAYWALLED).body


def test_the_old_page_is_shift_jis_and_says_so_in_the_page_alone() -> None:
    body = PAGES[OLD].body
    assert b"charset=Shift_JIS" in body[:300]
    assert "津波避難訓練「三灯」" in body.decode("cp932")
    assert (SITE / OLD[1:]).read_bytes().startswith(b"<!DOCTYPE HTML PUBLIC")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_names_every_article_of_its_part_by_title_and_moment(feed: str) -> None:
    expected = {(path, read(path).title, published(path)) for path in FEEDS[feed]}
    assert {(path_of(url), title, at) for url, title, at in entries(feed)} == expected


@pytest.mark.parametrize("feed", ["/feed.rss", "/de/feed.atom"])
def test_a_feed_holds_teasers_newest_first(feed: str) -> None:
    moments = [at for _, _, at in entries(feed)]
    assert moments == sorted(moments, reverse=True)
    teasers = [
        held.text for held in ET.fromstring(PAGES[feed].body).iter() if held.tag.endswith(("description", "summary"))
    ]
    assert [teaser for teaser in teasers if not 20 < len(teaser or "") < 300] == []


def test_the_front_pages_announce_the_feed_of_their_section_and_the_japanese_one_none() -> None:
    announced = {
        path: [held["href"] for _, held in read(path).attributes if held.get("rel") == "alternate"]
        for path in ("/", "/de/", "/ja/")
    }
    assert announced == {"/": ["/feed.rss"], "/de/": ["/de/feed.atom"], "/ja/": []}


def test_the_japanese_front_page_lists_every_article_with_a_summary() -> None:
    html = text_of("/ja/")
    pairs = re.findall(r'<a class="midashi" href="([^"]+)">([^<]+)</a>\n<p class="gaiyou">([^<]{40,})</p>', html)
    assert {path: title for path, title, _ in pairs} == {path: read(path).title for path in JAPANESE}


def test_two_stories_are_told_in_three_languages_with_the_same_figures() -> None:
    """Names differ from script to script; figures are what related articles share across languages."""
    whale = [path for path in ARTICLES if re.search("K-47", read(path).body)]
    drill = [path for path in ARTICLES if re.search("1[,.]?207", read(path).body)]
    assert [path.split("/")[1] for path in whale] == ["news", "news", "news", "ja", "ja", "de"]
    assert [path.split("/")[1] for path in drill] == ["news", "ja", "de"]
    assert all("212" in read(path).body and re.search("7[.,]8", read(path).body) for path in drill)


def test_robots_may_read_everything_but_the_search_room() -> None:
    robots = RobotFileParser()
    robots.parse(text_of("/robots.txt").splitlines())
    assert [path for path in PAGES if not robots.can_fetch("newsreader", path)] == ["/search/"]
    assert robots.crawl_delay("newsreader") is None
    assert robots.site_maps() == [f"{BASE}news-sitemap.xml"]


@pytest.mark.parametrize("path", [path for path in PAGES if path.endswith(".png")])
def test_a_picture_is_a_sound_small_png(path: str) -> None:
    body = PAGES[path].body
    assert len(body) <= 12_000
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(body):
        (length,) = struct.unpack_from(">I", body, at)
        name, data = body[at + 4 : at + 8], body[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", body, at + 8 + length) == (zlib.crc32(name + data),)
        chunks[name] = data
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    assert struct.unpack(">IIBBBBB", chunks[b"IHDR"]) == (480, 320, 8, 3, 0, 0, 0)
    rows = zlib.decompress(chunks[b"IDAT"])
    assert len(rows) == 481 * 320
    assert max(rows) < len(chunks[b"PLTE"]) // 3


def test_every_picture_is_used_with_words_for_those_who_cannot_see_it() -> None:
    used = {path_of(urljoin(BASE, url)) for path in HTML for url in read(path).values("src", "data-src")}
    assert {path for path in PAGES if path.endswith(".png")} <= used
    pictures = [held for path in ARTICLES for tag, held in read(path).attributes if tag == "img"]
    assert [held for held in pictures if not held["alt"]] == []


def test_the_site_is_small() -> None:
    assert sum(file.stat().st_size for file in SITE.rglob("*") if file.is_file()) < 250_000


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 24 * 366 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)))
def test_no_page_tells_of_the_future_whatever_the_hour(now: datetime) -> None:
    pages = render_site(BASE, now)
    told = [
        datetime.fromisoformat(found)
        for path in (*ENGLISH, *GERMAN, "/news-sitemap.xml")
        for found in re.findall(r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d", pages[path].body.decode())
    ]
    assert max(told) <= now
    assert now - timedelta(days=8) <= min(told)
    assert [path for path, page in pages.items() if page.last_modified > now] == []


def test_a_day_is_the_same_day_on_every_island() -> None:
    """Late in the evening of Greenwich it is tomorrow in Japan: the drill was still held at one moment."""
    pages = render_site(BASE, datetime(2031, 3, 1, 23, 30, tzinfo=UTC))
    assert "26日" in pages[OLD].body.decode("cp932")
    assert "Wednesday" in pages["/news/three-lights-drill.html"].body.decode()
    assert "Mittwoch" in pages["/de/artikel/sirenenprobe-drei-lichter.html"].body.decode()


def test_the_year_of_the_old_page_is_a_year_of_the_era() -> None:
    assert "令和13年2月26日" in text_of(OLD)
