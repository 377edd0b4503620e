"""Fetches addresses with manners: each in its turn, robots.txt asked, redirects followed with open eyes."""

import asyncio  # noqa: TID253  # a door: only the write side imports it
import time
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import NamedTuple, Self

from newsreader.errors import FetchError, OfflineError, PostponedError, RobotsError, SlowError, StatusError
from newsreader.fetch.address import address_of
from newsreader.fetch.answer import NOT_MODIFIED, Answer, Bounds, read_answer
from newsreader.fetch.coding import accept_encoding
from newsreader.fetch.cookies import Cookies
from newsreader.fetch.headers import accept_header, max_age
from newsreader.fetch.manners import Clock, Gate, Sleep
from newsreader.fetch.network import leads_to_private
from newsreader.fetch.own import dressed
from newsreader.fetch.redirects import Trail
from newsreader.fetch.request import FetchOptions, Headers, Request, Response, shown
from newsreader.fetch.robots import MOST_BYTES, RobotsBook
from newsreader.fetch.shelf import Shelf
from newsreader.fetch.transport import Message, Transport
from newsreader.text import lasting, numbered
from newsreader.urls import host_of

__all__ = ["FetchOptions", "Fetcher", "Request", "Response"]

_LONGEST_HOLD = 30.0  # seconds of Retry-After that we wait; beyond it, what else was wanted of the host fails at once


class _Errand(NamedTuple):
    """One fetch on its way; `guarded` = its first address may not be in a private network."""

    request: Request
    bounds: Bounds
    guarded: bool
    cookies: Cookies


class Fetcher:
    """Fetches addresses side by side; use it as an async context manager, once per run.

    `clock` gives seconds that only grow, `sleep` waits for some, `now` is the wall clock (used for a Retry-After that
    is a date, of a server that shows no clock). `shelf` keeps robots.txt files from one run to the next.
    """

    def __init__(
        self,
        options: FetchOptions | None = None,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        shelf: Shelf | None = None,
    ) -> None:
        self._options = options or FetchOptions()
        self._clock = clock
        self._now = now
        self._gate = Gate(self._options, clock, sleep)
        self._transport = Transport(self._options.connections)
        self._robots = RobotsBook(self._options.user_agent, self._load_robots, shelf)
        self._closed_hosts: dict[str, tuple[float, StatusError]] = {}
        self._private_hosts: dict[str, bool] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def fetch(self, request: Request) -> Response:
        """The answer to a request; raises a FetchError that says in one sentence what is wrong.

        Raises ConfigError if a variable is not set in which the user keeps what goes with it.
        """
        self._refuse_offline(request.url)
        request = dressed(request, self._options.owned)
        guarded = request.home is not None and not await self._is_private(request.home)
        bounds = Bounds(request.accept, self._options.max_bytes, self._now)
        return await self._run(_Errand(request, bounds, guarded, Cookies()))

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's site names; raises FetchError if it cannot be had."""
        self._refuse_offline(url)
        return (await self._robots.rules_for(url, guarded=False)).sitemaps

    async def ask_robots(self, url: str, *, guarded: bool = False) -> None:
        """Raise RobotsError if robots.txt asks to leave an address alone, another FetchError if it cannot be had.

        Requests to its host are spaced as it asks from then on. `guarded` = it may not be in a private network.
        """
        self._refuse_offline(url)
        if not self._options.obey_robots:
            return
        rules = await self._robots.rules_for(url, guarded=guarded)
        host = address_of(url).name
        if rules.delay:
            self._gate.widen(host, rules.delay)
        if not rules.allows(url):
            raise RobotsError(f"The robots.txt of {host} asks programs to leave {shown(url)} alone")

    async def _load_robots(self, url: str, guarded: bool) -> bytes:  # noqa: FBT001  # a callback's signature
        bounds = Bounds(None, MOST_BYTES, self._now, cut=True)
        return (await self._run(_Errand(Request(url), bounds, guarded, Cookies()))).body

    def _refuse_offline(self, url: str) -> None:
        if self._options.offline:
            raise OfflineError(f"Offline: {shown(url)} is not fetched")

    def _message(self, errand: _Errand, trail: Trail, *, guarded: bool) -> Message:
        """The request that goes out; raises FetchError for an address that cannot be meant."""
        address = address_of(trail.url)
        headers = self._headers(errand.request)
        cookies = errand.cookies.header_for(address.url)
        if errand.request.headers and trail.stayed:
            headers = _replaced(headers, errand.request.headers)
            cookies = "; ".join(filter(None, [headers.get("Cookie"), cookies]))
        if cookies:
            headers["Cookie"] = cookies
        if address.login:
            basic = b64encode(":".join(address.login).encode()).decode()
            headers = _replaced(headers, (("Authorization", f"Basic {basic}"),))
        return Message(address, headers, guarded, self._options.timeout)

    def _headers(self, request: Request) -> dict[str, str]:
        found = {
            "User-Agent": self._options.user_agent,
            "Accept": accept_header(request.accept),
            "Accept-Encoding": accept_encoding(),
        }
        if request.etag:
            found["If-None-Match"] = request.etag
        if request.last_modified:
            found["If-Modified-Since"] = request.last_modified
        return found

    async def _run(self, errand: _Errand) -> Response:
        """Go from hop to hop until there is an answer."""
        started = self._clock()
        trail = Trail(errand.request.url.partition("#")[0])
        while (answer := await self._hop(errand, trail)).location is not None:
            if answer.raw:
                errand.cookies.keep(trail.url, answer.raw)
            trail.follow(answer.status, answer.location, errand.cookies.at_hand)
        return _response(errand.request, trail, answer, self._clock() - started)

    async def _hop(self, errand: _Errand, trail: Trail) -> Answer:
        """Ask one address, if it is allowed and when it is its turn."""
        guarded = errand.guarded or not (trail.is_first or await self._is_private(errand.request.home or trail.first))
        message = self._message(errand, trail, guarded=guarded)
        host = message.address.name
        if errand.request.robots:
            await self.ask_robots(message.address.url, guarded=guarded)
        async with self._gate.turn(host):
            self._refuse_closed(host)
            try:
                return await self._ask(errand, message)
            except StatusError as error:
                self._heed(host, error)
                raise

    async def _ask(self, errand: _Errand, message: Message) -> Answer:
        place = message.address.place
        try:
            async with asyncio.timeout(self._options.total):
                return await read_answer(self._transport, message, errand.bounds)
        except FetchError:
            raise
        except TimeoutError as error:
            hint = "Try again later, or allow more time: NEWSREADER_FETCH_TOTAL=180"
            raise SlowError(
                f"{place} was not done after {numbered(self._options.total, 'second')}", hint=hint
            ) from error
        except Exception as error:
            from newsreader.fetch.failures import explain

            raise explain(error, place, self._options.timeout) from error

    def _heed(self, host: str, error: StatusError) -> None:
        """Wait as long as a server asks, or ask it no more."""
        if error.retry_after is None:
            return
        if error.retry_after <= _LONGEST_HOLD:
            self._gate.hold(host, error.retry_after)
        else:
            self._closed_hosts[host] = (self._clock() + error.retry_after, error)

    def _refuse_closed(self, host: str) -> None:
        until, error = self._closed_hosts.get(host, (0.0, None))
        left = until - self._clock()
        if error is not None and left > 0:
            message = f"{host} asked to be left alone for {lasting(left)} (HTTP {error.http_status})"
            hint = f"Try again in {lasting(left)}"
            raise PostponedError(message, http_status=error.http_status, hint=hint, retry_after=left)

    async def _is_private(self, url: str) -> bool:
        host = host_of(url)
        if host not in self._private_hosts:
            self._private_hosts[host] = await leads_to_private(host, self._options.timeout, always=True)
        return self._private_hosts[host]


def _replaced(headers: dict[str, str], others: Headers) -> dict[str, str]:
    """Headers with others in the place of those of the same name, whatever the case of that."""
    names = {name.lower() for name, _ in others}
    return {name: value for name, value in headers.items() if name.lower() not in names} | dict(others)


def _response(request: Request, trail: Trail, answer: Answer, seconds: float) -> Response:
    headers = answer.headers
    unchanged = answer.status == NOT_MODIFIED
    return Response(
        url=trail.url,
        body=answer.body,
        content_type=headers.get("content-type"),
        etag=headers.get("etag") or (request.etag if unchanged else None),
        last_modified=headers.get("last-modified") or (request.last_modified if unchanged else None),
        not_modified=unchanged,
        moved=trail.moved,
        max_age=max_age(headers),
        seconds=seconds,
        way=trail.way,
    )
