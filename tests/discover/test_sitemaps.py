"""News sitemaps and indexes of them."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.dates import to_iso
from newsreader.discover.sitemaps import MAX_BYTES, read_sitemap
from newsreader.errors import ParseError

URL = "https://news.example/sitemap.xml"

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/1 </loc><news:news><news:publication><news:name>Post</news:name>
<news:language>ja</news:language></news:publication><news:publication_date>2025-08-01T10:30:00+09:00</news:publication_date>
<news:title>船が戻る</news:title><news:keywords>港, 船</news:keywords></news:news>
<image:image><image:loc>/ship.jpg</image:loc></image:image></url>
<url><loc>https://news.example/2</loc><lastmod>2025-08-02</lastmod></url><url><loc>mailto:x@news.example</loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/old.xml</loc><lastmod>2024-01-01</lastmod>
</sitemap><sitemap><loc>/none.xml</loc></sitemap><sitemap><loc>/new.xml.gz</loc><lastmod>2025-08-01T00:00:00Z</lastmod></sitemap>
</sitemapindex>"""


@pytest.mark.parametrize("packed", [NEWS.encode(), gzip.compress(NEWS.encode())])
def test_a_news_sitemap_gives_headlines(packed):
    first, second = read_sitemap(packed, URL).headlines

    assert (first.url, first.title, first.language) == ("https://news.example/1", "船が戻る", "ja")
    assert to_iso(first.published) == "2025-08-01T10:30:00+09:00"
    assert (first.tags, first.image) == (("港", "船"), "https://news.example/ship.jpg")
    assert (second.title, to_iso(second.updated)) == ("", "2025-08-02")


def test_an_index_of_addresses_with_months_and_without_is_read():
    places = ("/2026-08.xml", "/plain.xml", "/2026-09.xml")
    index = f"<sitemapindex>{''.join(f'<sitemap><loc>{place}</loc></sitemap>' for place in places)}</sitemapindex>"

    found = read_sitemap(index.encode(), "https://lantern.example/sitemap.xml").sitemaps

    assert [url.removeprefix("https://lantern.example") for url in found] == [
        "/2026-09.xml",
        "/2026-08.xml",
        "/plain.xml",
    ]


def test_an_index_lists_its_sitemaps_newest_first():
    found = read_sitemap(INDEX.encode(), URL)

    assert found.sitemaps == (
        "https://news.example/new.xml.gz",
        "https://news.example/old.xml",
        "https://news.example/none.xml",
    )
    assert found.headlines == ()


def test_a_gzip_bomb_is_stopped_at_the_cap():
    bomb = gzip.compress(b"<urlset>" + b" " * (MAX_BYTES + 1))

    with pytest.raises(ParseError, match="larger than 50 MB"):
        read_sitemap(bomb, URL)


def test_entities_of_a_sitemap_are_never_resolved():
    bomb = "<!DOCTYPE urlset [<!ENTITY a 'https://evil.example/'>]><urlset><url><loc>&a;</loc></url></urlset>"

    assert "evil" not in str(read_sitemap(bomb.encode(), URL))


@pytest.mark.parametrize("body", [b"", b"<html/>", b"<rss/>", b"\x1f\x8bbroken", gzip.compress(b"text")[:-9]])
def test_anything_else_is_a_parse_error(body):
    with pytest.raises(ParseError):
        read_sitemap(body, URL)


@given(st.integers(0, len(NEWS)), st.integers(0, 40), st.binary(max_size=8))
def test_mutated_sitemaps_never_raise_but_a_parse_error(at, cut, junk):
    body = NEWS.encode()
    try:
        found = read_sitemap(body[:at] + junk + body[at + cut :], URL)
    except ParseError:
        return

    assert all(headline.url.startswith("http") for headline in found.headlines)
