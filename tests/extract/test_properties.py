"""Whatever the bytes, extraction gives an article whose fields hold no control characters, and never raises."""

import gc
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.extract import extract_article
from newsreader.model.news import State

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if path.suffix in (".html", ".txt"))
URL = "https://news.example/news/a-1001"
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u00ad")
TAG = re.compile(rb"<[^<>]{0,300}>")
SPLICES = [
    *(b"<div>", b"</p>", b"<p>", b"<li>", b"<h1>", b"<br><br>", b"<table>", b"<svg>", b"<template>", b"<noscript>"),
    *(b"<!--", b"<script>", b"]]>", b"'", b'<a href="', b'<img src="x" alt="\x07">', b"</body>", b"<frameset>"),
    *(
        b"<b>",
        b"<h2>",
        b"<dl><dd>",
        b"<table><tr><td>",
        b"<blockquote>",
        b"<figure>",
        b'<a href="/n/a-1001">',
        b"<pre>",
    ),
    *(b"\0", b"\x1b[31m", b"&#x202e;", b"&#27;", b"\xff\xfe"),
]


def texts(value: object) -> Iterator[str]:
    """Every text in plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def controls(body: bytes) -> list[str]:
    """The texts of what is extracted that hold a control character or a mark that turns text around."""
    article = extract_article(body, URL)
    assert "could not be read" not in article.reason
    assert article.state is State.FULL or article.reason
    found = [*texts(article.to_dict()), article.text, article.markdown]
    bad = [text for text in found if any((unicodedata.category(c) == "Cc" and c != "\n") or c in BIDI for c in text)]
    json.dumps(article.to_dict())
    return bad


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_cut_anywhere_give_clean_fields(path):
    body = path.read_bytes()
    for end in range(0, len(body), max(len(body) // 12, 1)):
        assert controls(body[:end]) == []


def cut(body: bytes, at: int, extent: int, splice: bytes) -> bytes:
    """Bytes taken out, others in their place."""
    return body[:at] + splice + body[at + extent :]


def flip(body: bytes, at: int, extent: int, _: bytes) -> bytes:
    """Bytes turned into others, some way apart."""
    flipped = bytearray(body)
    for place in range(at, len(body), extent + 1):
        flipped[place] ^= 0b1010_0101
    return bytes(flipped)


def double(body: bytes, at: int, extent: int, _: bytes) -> bytes:
    """A tag many times over."""
    tag = next(TAG.finditer(body, at), None)
    return body if tag is None else body[: tag.end()] + tag[0] * extent + body[tag.end() :]


def untag(body: bytes, at: int, extent: int, _: bytes) -> bytes:
    """Tags taken out."""
    return body[:at] + TAG.sub(b"", body[at:], count=extent)


def nest(body: bytes, at: int, _: int, splice: bytes) -> bytes:
    """Something a thousand times inside itself."""
    return body[:at] + splice * 1000 + body[at:]


def turn(body: bytes, at: int, extent: int, _: bytes) -> bytes:
    """A stretch moved to the end."""
    return body[:at] + body[at + extent :] + body[at : at + extent]


MUTATIONS = [cut, cut, flip, double, untag, nest, turn]


@settings(max_examples=300, deadline=None)
@given(
    page=st.sampled_from(PAGES),
    steps=st.lists(
        st.tuples(st.sampled_from(MUTATIONS), st.integers(0, 9000), st.integers(0, 60), st.sampled_from(SPLICES)),
        max_size=8,
    ),
)
def test_mutated_pages_never_raise_and_give_clean_fields(page, steps):
    body = page.read_bytes()
    for mutate, at, extent, splice in steps:
        body = mutate(body, min(at, len(body)), extent, splice)
    assert controls(body) == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_give_an_article(body):
    assert controls(body) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=400), st.sampled_from(["text/html", "text/plain", "text/html; charset=shift_jis", "nonsense", ""])
)
def test_any_text_under_any_content_type_gives_an_article(text, content_type):
    article = extract_article(text.encode("utf-8", "replace"), URL, content_type=content_type)
    assert "could not be read" not in article.reason


SENTENCES = b"<p>" + b"The ferry to the outer islands sails twice a day. " * 20 + b"</p>"
HOSTILE = {
    "empty": b"",
    "white space": b" \n\t ",
    "NULs": b"<p>\0\0\0</p>" * 50,
    "a PDF": b"%PDF-1.7 " + bytes(range(256)) * 20,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "100,000 nested elements": b"<div>" * 100_000 + b"text",
    "100,000 nested lists": b"<ul><li>" * 50_000 + b"text",
    "100,000 unclosed formats": b"<b><i>text" * 50_000,
    "a million line breaks": b"<p>a" + b"<br>" * 1_000_000,
    "50,000 links": b"<p>" + b'<a href="/news/some-long-headline-1234">Some long headline here</a> ' * 50_000,
    "nested JSON": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x",
    "a frameset": b'<html><frameset cols="1,2"><frame src="a"></frameset></html>',
    "an endless attribute": b'<p class="' + b"a " * 500_000 + b'">text',
    "a huge srcset": b'<article><img srcset="' + b"/a 1x, " * 100_000 + b'"><p>text</article>',
    "a srcset without commas": b'<article><img srcset="' + b"<div>" * 100_000 + b' a b"><p>text</article>',
    "a control character in a preformatted link": b'<pre><a href="/n/a-1001">A long \x08 headline here</a></pre>',
    "a name without end": b'<meta name="author" content="' + b"x" * 200_000 + b'"><p>text',
    "a heading of signs": b"<article>%b<h2>a" % SENTENCES + b"-" * 100_000 + b"a</h2>%b</article>" % SENTENCES,
    "only comments": b"<!-- " * 10_000,
    "brackets": "（関連記事: ".encode() * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_give_a_state_and_clean_fields(name):
    assert controls(HOSTILE[name]) == []


def test_a_page_is_freed_at_once():
    """What was built to read a page refers to itself nowhere: such garbage takes a collector, time and memory."""
    bodies = {path.name: path.read_bytes() for path in PAGES}
    for body in bodies.values():  # what is made once is made now
        extract_article(body, URL)
    gc.collect()
    gc.disable()
    try:
        left = {name: (extract_article(body, URL), gc.collect())[1] for name, body in bodies.items()}
    finally:
        gc.enable()
    assert {name: count for name, count in left.items() if count} == {}
