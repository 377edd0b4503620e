"""What each site's robots.txt allows (RFC 9309), read once a run, and kept for a day if there is a shelf for it.

An answer of 4xx or a redirect that leads nowhere means that there are no rules: everything is allowed. After 429 and
5xx the rules exist but are not known now: an older copy holds on for a month; without one, nothing is allowed in this
run. If the site cannot be reached at all, neither can its pages, and that reason is the one that is told.
"""

import asyncio  # noqa: TID253  # a door: only the write side imports it
import math
from collections.abc import Awaitable, Callable
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from newsreader.errors import (
    ConnectError,
    ContentTypeError,
    FetchError,
    PostponedError,
    RedirectError,
    SlowError,
    StatusError,
    TooLargeError,
)
from newsreader.fetch.shelf import Kept, NoShelf, Shelf

MOST_BYTES = 500 * 1024  # RFC 9309, section 2.5: what must at least be read; the rest is left

FRESH = 24 * 3600  # seconds; RFC 9309, section 2.4: what is older is asked for again
HOLDS = 30 * 24 * 3600  # seconds; section 2.3.1.4: for how long a copy may stand in for a file that cannot be reached
_NO_RULES = (RedirectError, TooLargeError, ContentTypeError)
_UNREACHABLE = (StatusError, ConnectError, SlowError)
_TOO_MANY_REQUESTS = 429

Load = Callable[[str, bool], Awaitable[bytes]]


class Rules(NamedTuple):
    """What a robots.txt says to us.

    `allows` answers for an address; `delay` is the number of seconds between two requests that it asks for (`None`: it
    does not); `sitemaps` are the addresses that it names.
    """

    allows: Callable[[str], bool]
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()


def read_rules(text: str, agent: str) -> Rules:
    """The rules of a robots.txt for an agent (its product token, such as "newsreader")."""
    from protego import Protego

    found = Protego.parse(text)
    rate = found.request_rate(agent)
    delays = [found.crawl_delay(agent), rate.seconds / rate.requests if rate and rate.requests else None]
    return Rules(
        allows=cache(lambda url: found.can_fetch(url, agent)),
        delay=max((delay for delay in delays if delay and 0 < delay < math.inf), default=None),
        sitemaps=tuple(found.sitemaps),
    )


EVERYTHING = Rules(allows=lambda _url: True)


class RobotsBook:
    """The rules of every site met in a run; `load` fetches a robots.txt (raises FetchError), `shelf` keeps it.

    `load` is called with the address and with whether it is `guarded`, that is, may not be in a private network.
    """

    def __init__(self, agent: str, load: Load, shelf: Shelf | None = None) -> None:
        self._agent = agent.partition("/")[0].strip().lower()
        self._load = load
        self._shelf = shelf or NoShelf()
        self._known: dict[tuple[str, bool], Rules | FetchError] = {}
        self._asking: dict[tuple[str, bool], asyncio.Lock] = {}

    async def rules_for(self, url: str, *, guarded: bool) -> Rules:
        """The rules of the site of an address.

        Raises PostponedError if there are rules that cannot be read now, another FetchError if it cannot be reached.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        key = (site, guarded)
        async with self._asking.setdefault(key, asyncio.Lock()):
            if key not in self._known:
                self._known[key] = await self._find(site, guarded=guarded)
        found = self._known[key]
        if isinstance(found, FetchError):
            raise found.with_traceback(None)
        return found

    async def _find(self, site: str, *, guarded: bool) -> Rules | FetchError:
        """The rules that are kept if they are fresh, else those that the site has now."""
        kept = self._shelf.get(site)
        if kept and kept.age < FRESH:
            return self._read(kept.body)
        try:
            body = await self._load(f"{site}/robots.txt", guarded)
        except FetchError as error:
            if not _means_no_rules(error):
                return self._without_answer(error, site, kept)
            body = b""
        self._shelf.put(site, body)
        return self._read(body)

    def _read(self, body: bytes) -> Rules:
        return read_rules(body.decode("utf-8-sig", "replace"), self._agent) if body else EVERYTHING

    def _without_answer(self, error: FetchError, site: str, kept: Kept | None) -> Rules | FetchError:
        if kept and kept.age < HOLDS and isinstance(error, _UNREACHABLE):
            return self._read(kept.body)
        if not isinstance(error, StatusError):
            return error
        host = site.partition("://")[2]
        return PostponedError(
            f"The robots.txt of {host} cannot be read now ({error.http_status}), so its pages are left alone",
            http_status=error.http_status,
            retry_after=error.retry_after,
        )


def _means_no_rules(error: FetchError) -> bool:
    if isinstance(error, StatusError):
        return error.http_status < 500 and error.http_status != _TOO_MANY_REQUESTS  # noqa: PLR2004  # the class 5xx
    return isinstance(error, _NO_RULES)
