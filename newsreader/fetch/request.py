"""What is asked of the network and what comes back: requests, answers and the options of a run."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from newsreader import __version__
from newsreader.text import clean

HOMEPAGE = "https://github.com/newsreader/newsreader"
USER_AGENT = f"newsreader/{__version__} (+{HOMEPAGE})"


Headers = tuple[tuple[str, str], ...]


class Request(NamedTuple):
    """One address to fetch.

    `etag` and `last_modified` are the validators of the answer we have (`None`: we have none); an answer that has not
    changed then comes back without a body. `robots` asks the site's robots.txt first. `home` is the address of the
    source that named this one: an address that came from the network may lead to a private network only if its home
    is there too; `None` means that a person typed it, so it is its own home. `accept` names the families of content
    that can be read: "feed" (feeds and sitemaps), "page", "image". `headers` go with it as long as redirects stay on
    its site, and never from https to http; they may hold secrets.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    robots: bool = False
    home: str | None = None
    accept: tuple[str, ...] = ("feed", "page")
    headers: Headers = ()


class Response(NamedTuple):
    """A whole answer.

    `url` is the final address, after redirects. `body` is decompressed, and empty if `not_modified`. `content_type`,
    `etag` and `last_modified` are headers as sent, `None` if missing. `moved` is the final address if every redirect on
    the way was permanent (301, 308), `None` if there was none or one was not. `max_age` is how long the answer stays
    fresh by its own word, in seconds (0 = not at all, `None` = it does not say). `seconds` is the time that the fetch
    took, waiting for the host's turn included. `way` are the addresses that redirects led through, from the first to
    the final one; none if there was no redirect.
    """

    url: str
    body: bytes
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    moved: str | None = None
    max_age: int | None = None
    seconds: float = 0.0
    way: tuple[str, ...] = ()


class Own(NamedTuple):
    """What goes to the site of one source: its `url`, and the `headers`, looked up when used (raises ConfigError)."""

    url: str
    headers: Callable[[], Headers]


class FetchOptions(NamedTuple):
    """The manners and limits of a run.

    `gap` is the least number of seconds between two starts on one host, `connections` the requests at once on one host,
    `parallel` those on all. `timeout` bounds connecting and each silence, `total` one whole answer (both seconds).
    `max_bytes` is the largest body, after decompression. `offline` forbids every socket. `owned` is what the user sends
    to the sites of sources.
    """

    gap: float = 1.0
    connections: int = 2
    timeout: float = 20.0
    total: float = 60.0
    max_bytes: int = 10 * 1024 * 1024
    user_agent: str = USER_AGENT
    obey_robots: bool = True
    offline: bool = False
    parallel: int = 16
    owned: Sequence[Own] = ()


def shown(url: str) -> str:
    """An address as it may be shown: in one line, without a password that is part of it."""
    return re.sub(r"//[^/?#]*@", "//", clean(url))
