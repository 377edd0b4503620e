"""Whatever the network sends: finding feeds, sitemaps, kinds and headlines in it never raises but a parse error."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.discover.addresses import title_of
from newsreader.discover.autodiscovery import find_feeds, forwards_to, page_language, site_title
from newsreader.discover.frontpage import find_headlines
from newsreader.discover.sitemaps import names_news, news_first, news_of, read_sitemap
from newsreader.discover.sniff import kind_of
from newsreader.errors import ParseError
from newsreader.text import clean

URL = "https://news.example/sea/"
FRONT = b"""<!doctype html><html lang="en"><head><title>The Post | News</title><base href="/a/">
<meta http-equiv="refresh" content="3; url=/b">
<link rel="alternate feed" type="application/rss+xml" hreflang="en" href="feed">
<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"url": "/2026/01/02/fog-at-sea"}]}
</script></head>
<body><nav><a href="/">Home</a></nav><main><h2>Fog <b>at</b> sea</h2><p>It lay.
<a href="/2026/01/02/fog-at-sea">More</a></p>
<article><a href="//news.example/1?x=%E2%82"><h3>Whale holds the ferry in the harbour</h3>
<time datetime="2026-01-02">x</time></a>
<img src="data:,"></article><a href="feed:rss.xml" type="text/xml">RSS</a></main></body></html>"""
MAP = b"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>/news-2026-01.xml</loc><lastmod>2026-01-02</lastmod></sitemap><sitemap><loc>https://[x/</loc></sitemap></sitemapindex>"""
PIECES = [
    b"<",
    b">",
    b"</",
    b"<!--",
    b"<![CDATA[",
    b"&#0;",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<a href=",
    b'"',
    b"<h1>",
]
PIECES += [
    b"https://[",
    b"://",
    b"%",
    b"\x1b$B",
    b"\x1f\x8b",
    b"0" * 5000,
    b"9999-99-99",
    b"{",
    b"[",
    b"<meta charset=utf-7>",
]


@st.composite
def mutated(draw, whole):
    body = draw(st.sampled_from(whole))
    for _ in range(draw(st.integers(1, 4))):
        at, cut = draw(st.integers(0, len(body))), draw(st.integers(0, 60))
        body = body[:at] + draw(st.sampled_from(PIECES) | st.binary(max_size=6)) + body[at + cut :]
    return body


@given(mutated([FRONT, MAP, gzip.compress(MAP)]), st.sampled_from([None, "text/html; charset=x", "application/xml"]))
def test_mutations_never_raise_but_a_parse_error(body, content_type):
    headlines = find_headlines(body, URL, content_type)
    feeds = find_feeds(body, URL, content_type)
    leads = forwards_to(body, URL, content_type)
    site_title(body, URL, content_type)
    page_language(body, content_type)
    with suppress(ParseError):
        kind_of(body, content_type)
    with suppress(ParseError):
        news_first(read_sitemap(body, URL).sitemaps)

    urls = [*(headline.url for headline in headlines), *(feed.url for feed in feeds), *([leads] if leads else [])]
    assert all(url.startswith(("http://", "https://")) for url in urls)
    assert all(headline.title == clean(headline.title) for headline in headlines)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("news/2026/whale-holds-the-ferry-48213.html", "Whale holds the ferry"),
        ("whale_holds_ferry/", "Whale holds ferry"),
        ("news/the-7-storms-of-2026/a3f9", "The 7 storms of 2026"),
        ("%E6%B8%AF%E3%81%AE%E8%88%B9", "港の船"),
        ("news/10020", "news.example/news/10020"),
        ("", "news.example/"),
    ],
)
def test_an_address_makes_a_title_of_its_words(path, title):
    assert title_of(f"https://news.example/{path}") == title


@given(st.text(max_size=80))
def test_a_title_of_an_address_is_one_clean_line(text):
    title = title_of(f"https://news.example/{text}")

    assert title
    assert title == clean(title)


@pytest.mark.parametrize("path", ["a" * 60_000, "rss" * 20_000, "/" * 60_000, "news" * 15_000])
def test_addresses_without_end_are_no_articles_no_feeds_and_no_sitemaps_of_news(path):
    page = f'<li><h3><a href="/2026/01/02/{path}">Whale holds the ferry in the harbour</a></h3></li>'.encode()
    entry = f"<urlset><url><loc>{URL}{path}</loc><lastmod>2026-01-02</lastmod></url></urlset>".encode()

    assert (find_headlines(page, URL), find_feeds(page, URL)) == ([], [])
    assert news_of(read_sitemap(entry, URL).headlines, datetime(2026, 1, 3, tzinfo=UTC)) == []
    assert not names_news(f"{URL}{path}")
    assert len(title_of(f"{URL}{path}")) < 3000
