"""Turns on each host, on a clock that only moves when everyone waits."""

import asyncio  # noqa: TID253  # tests need no quick start
import heapq
from collections.abc import Awaitable
from itertools import count

from newsreader.fetch.client import Fetcher, FetchOptions, Request
from newsreader.fetch.manners import Gate


class StillTime:
    """A clock and a sleep; time jumps to the next waking when nothing else can happen."""

    def __init__(self) -> None:
        self.now = 0.0
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), awake))
        await awake.wait()

    async def all(self, *waiting: Awaitable[None]) -> None:
        gathered = asyncio.gather(*waiting)
        while not gathered.done():
            for _ in range(30):
                await asyncio.sleep(0)
            if self._sleepers and not gathered.done():
                self.now, _, awake = heapq.heappop(self._sleepers)
                awake.set()
        await gathered


class Scene:
    """A gate on still time; notes when each request starts."""

    def __init__(self, **options: float) -> None:
        self.time = StillTime()
        self.gate = Gate(FetchOptions(**options), self.time.clock, self.time.sleep)  # type: ignore[arg-type]  # figures
        self.starts: list[tuple[str, float]] = []

    async def request(self, host: str, lasting: float = 0.0) -> None:
        async with self.gate.turn(host):
            self.starts.append((host, self.time.now))
            if lasting:
                await self.time.sleep(lasting)

    def play(self, *requests: Awaitable[None]) -> list[tuple[str, float]]:
        asyncio.run(self._play(requests))
        return self.starts

    async def _play(self, requests: tuple[Awaitable[None], ...]) -> None:
        await self.time.all(*requests)


def test_starts_on_one_host_keep_their_gap():
    scene = Scene(gap=1.5)
    assert scene.play(*(scene.request("a") for _ in range(4))) == [("a", 0.0), ("a", 1.5), ("a", 3.0), ("a", 4.5)]


def test_a_host_has_two_requests_at_once_and_no_more():
    scene = Scene(gap=1.0)
    starts = scene.play(*(scene.request("a", lasting=10) for _ in range(5)))
    assert [at for _, at in starts] == [0, 1, 10, 11, 20]


def test_hosts_do_not_wait_for_each_other():
    scene = Scene(gap=60.0)
    assert scene.play(*(scene.request(host, lasting=5) for host in "abc")) == [("a", 0), ("b", 0), ("c", 0)]


def test_the_run_has_so_many_requests_at_once():
    scene = Scene(gap=0.0, parallel=2)
    assert [at for _, at in scene.play(*(scene.request(host, lasting=5) for host in "abcde"))] == [0, 0, 5, 5, 10]


def test_a_host_with_much_to_fetch_does_not_keep_others_waiting():
    scene = Scene(gap=0.0, connections=9, parallel=1)
    wanted = [*(scene.request("big", lasting=1) for _ in range(9)), scene.request("small", lasting=1)]
    assert [host for host, _ in scene.play(*wanted)].index("small") == 2  # one at work, one in the queue, then it


def test_a_full_run_does_not_shorten_the_gap():
    scene = Scene(gap=2.0, parallel=1)
    starts = scene.play(scene.request("slow", lasting=10), scene.request("a"), scene.request("a"))
    assert starts == [("slow", 0), ("a", 10), ("a", 12)]


def test_a_crawl_delay_widens_the_gap_to_a_minute_at_most_and_never_narrows_it():
    scene = Scene(gap=1.0)
    scene.gate.widen("a", 5)
    scene.gate.widen("a", 0.1)
    scene.gate.widen("b", 86400)
    starts = scene.play(*(scene.request(host) for host in "aabbcc"))
    assert sorted(starts) == [("a", 0), ("a", 5), ("b", 0), ("b", 60), ("c", 0), ("c", 1)]


def test_a_crawl_delay_counts_from_the_last_start():
    scene = Scene(gap=1.0)

    async def learn() -> None:
        await scene.request("a")
        scene.gate.widen("a", 5)
        await scene.request("a")

    assert scene.play(learn()) == [("a", 0), ("a", 5)]


def test_a_held_host_waits_even_if_it_was_about_to_start():
    scene = Scene(gap=1.0)

    async def hold() -> None:
        await scene.time.sleep(0.5)
        scene.gate.hold("a", 7)

    assert scene.play(scene.request("a"), scene.request("a"), hold()) == [("a", 0), ("a", 7.5)]


def test_one_that_gives_up_leaves_its_turn_to_the_next():
    scene = Scene(gap=1.0, connections=1, parallel=1)

    async def give_up() -> None:
        waiting = asyncio.ensure_future(scene.request("a"))
        await scene.time.sleep(0.5)
        waiting.cancel()

    assert scene.play(scene.request("a"), give_up(), scene.request("a")) == [("a", 0), ("a", 1)]


# The same through the client


def test_two_requests_at_once_as_the_server_sees_it(faults):
    async def fetch() -> None:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            await asyncio.gather(*(fetcher.fetch(Request(f"{faults.address}/lingering/{n}")) for n in range(6)))

    asyncio.run(fetch())
    assert (len(faults.asked), faults.most_at_once) == (6, 2)


def test_a_host_with_much_to_fetch_does_not_starve_another_as_the_servers_see_it(faults, fault_server):
    """One request at a time in all; the other host, asked last, is served among the first."""

    async def fetch(other: str) -> None:
        async with Fetcher(FetchOptions(gap=0.0, parallel=1)) as fetcher:
            urls = [f"{faults.address}/lingering/{n}" for n in range(8)] + [f"{other}/page"]
            await asyncio.gather(*(fetcher.fetch(Request(url)) for url in urls))

    with fault_server() as other:
        asyncio.run(fetch(other.address.replace("127.0.0.1", "localhost")))
        before = [asked for asked in faults.asked if asked.at < other.asked[0].at]
        assert len(before) <= 2
        assert faults.most_at_once == 1


def waits_of(faults, paths: list[str], **request: object) -> list[float]:
    """How long a fetcher sleeps before each request, if fetching takes no time."""
    now, waits = [0.0], []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    async def fetch() -> None:
        async with Fetcher(clock=lambda: now[0], sleep=sleep) as fetcher:
            for path in paths:
                await asyncio.gather(
                    fetcher.fetch(Request(faults.address + path, **request)),  # type: ignore[arg-type]  # fields
                    return_exceptions=True,
                )

    asyncio.run(fetch())
    return waits


def test_a_second_lies_between_two_requests_to_a_host(faults):
    assert waits_of(faults, ["/page", "/feed", "/page"]) == [1.0, 1.0]


def test_redirects_keep_the_gap_too(faults):
    assert waits_of(faults, ["/hops/2"]) == [1.0, 1.0]


def test_robots_may_ask_for_a_longer_gap(faults):
    faults.robots = "User-agent: *\nCrawl-delay: 5\n"
    assert waits_of(faults, ["/page", "/page"], robots=True) == [5.0, 5.0]


def test_robots_may_ask_for_a_rate(faults):
    faults.robots = "User-agent: *\nRequest-rate: 1/10\n"
    assert waits_of(faults, ["/page"], robots=True) == [10.0]


def test_a_short_retry_after_is_waited_for(faults):
    assert waits_of(faults, ["/busy/503/20", "/page"]) == [20.0]
    assert faults.paths == ["/busy/503/20", "/page"]
