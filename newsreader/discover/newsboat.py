"""Newsboat's `urls` file, and a plain list of addresses, which is one without tags: bytes to subscriptions."""

import re
from collections.abc import Iterator
from functools import cache

from newsreader.dom import decode
from newsreader.model.news import Source
from newsreader.text import clean


def read_urls(body: bytes) -> Iterator[Source]:
    """What each line names: an address as it is written, then tags; a name is a tag that begins with `~`.

    Lines that run a program or search (`exec:`, `filter:`, `query:`) have that in the place of the address.
    """
    for line in decode(body).splitlines():
        words = list(_words(line))
        if words:
            yield _source(*words)


def _source(url: str, *words: str) -> Source:
    """`!` hides a feed from Newsboat's own list and is no part of its tag."""
    name = next((clean(word[1:]) for word in words if word.startswith("~")), "")
    tags = (clean(word.lstrip("!")) for word in words if not word.startswith("~"))
    return Source(0, name, url, tags=tuple(dict.fromkeys(tag for tag in tags if tag)))


def _words(line: str) -> Iterator[str]:
    """The words of a line up to a comment; quotation marks hold words together, a backslash takes one along."""
    for found in _word().finditer(line):
        quoted, plain = found.groups()
        if plain and plain.startswith("#"):
            return
        yield plain or _escape().sub(r"\1", quoted)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)|([^\s"]\S*)')


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(r"\\(.)")
