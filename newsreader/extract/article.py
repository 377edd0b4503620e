"""Bytes to an article, whatever the bytes are."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from newsreader.dom import decode
from newsreader.extract.dump import looks_like_dump, read_dump
from newsreader.extract.page import read_page
from newsreader.model.article import Article
from newsreader.model.news import State
from newsreader.urls import canonical

_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00",
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"  # in no encoding of text, but for UTF-16
_HEAD = 2048
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def extract_article(body: bytes, url: str, *, content_type: str | None = None) -> Article:
    """The article of a page, or of a page that was saved as plain text.

    `body` are the bytes as served, in any encoding; `url` is the absolute address they came from, which addresses in
    the page are resolved against; `content_type` is the value of the HTTP header, `None` if there is none. Never
    raises: `state` and `reason` of the article say what could not be had, and times, texts and addresses that the
    page does not give are `None` or empty.
    """
    if reason := _unreadable(body):
        return Article(url=canonical(url), state=State.FAILED, reason=reason)
    try:
        with _collector_paused():
            return _read(body, url, content_type)
    except Exception as fault:  # noqa: BLE001 - hostile input: what nobody foresaw costs this article, not the run
        return Article(
            url=canonical(url), state=State.FAILED, reason=f"the page could not be read ({type(fault).__name__})"
        )


def _read(body: bytes, url: str, content_type: str | None) -> Article:
    """The article of a dump or of a page."""
    if (content_type or "").lower().startswith("text/plain") or looks_like_dump(body):
        return read_dump(decode(body, content_type), url)
    return read_page(body, url, content_type)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection inside: a page is thousands of small objects, looking through them a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _unreadable(body: bytes) -> str:
    """Why bytes are no page at all, "" if they may be one."""
    if not body.strip():
        return "the page is empty"
    head = body[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if head.startswith(_BINARY) or (not head.startswith(_BOMS) and controls * 20 > len(head)):
        return "this is binary data, not a page"
    return ""
