"""The manners towards each host: so many requests at once, so far apart, everyone in turn."""

import asyncio  # noqa: TID253  # a door: only the write side imports it
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from newsreader.fetch.request import FetchOptions

LONGEST_GAP = 60.0  # seconds; a crawl-delay beyond it would make a run of a few pages last for hours

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class _Host:
    """The turn of one host: `next_start` is the earliest time of the next start, on the gate's clock."""

    def __init__(self, gap: float, connections: int) -> None:
        self.gap = gap
        self.slots = asyncio.Semaphore(connections)
        self.turn = asyncio.Lock()
        self.next_start = float("-inf")


class Gate:
    """Lets requests start: so many at once and so far apart on each host, so many at once on all.

    Hosts do not wait for each other. Within a host, first come, first served; when the run is full, hosts take turns,
    since each has only one request in the common queue. `clock` gives seconds, `sleep` waits for some.
    """

    def __init__(self, options: FetchOptions, clock: Clock, sleep: Sleep) -> None:
        self._options = options
        self._run = asyncio.Semaphore(options.parallel)
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn of a request to a host, and hold its place until the block ends."""
        state = self._state(host)
        async with state.slots:
            await self._start(state)
            try:
                yield
            finally:
                self._run.release()

    async def _start(self, state: _Host) -> None:
        async with state.turn:
            while (wait := state.next_start - self._clock()) > 0:  # again: a hold may have come meanwhile
                await self._sleep(wait)
            await self._run.acquire()
            state.next_start = self._clock() + state.gap

    def widen(self, host: str, gap: float) -> None:
        """Space the requests to a host by at least `gap` seconds (robots.txt asks so), a minute at most."""
        state = self._state(host)
        wider = min(gap, LONGEST_GAP)
        if wider > state.gap:
            state.next_start += wider - state.gap
            state.gap = wider

    def hold(self, host: str, seconds: float) -> None:
        """Start nothing on a host for so many seconds from now (the server asked so)."""
        state = self._state(host)
        state.next_start = max(state.next_start, self._clock() + seconds)

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(self._options.gap, self._options.connections)
        return self._hosts[host]
