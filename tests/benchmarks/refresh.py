"""What a refresh costs: CPU, memory and time of `newsreader fetch` beside those of newsboat, on a server of our own.

    python tests/benchmarks/refresh.py [--feeds 200,1000] [--runs 3] [--latency 50]

Every feed has 45 KB and 30 items, and a host of its own (127.0.0.1, 127.0.0.2 …), all served by another process that
counts requests. "cold" is the first refresh of an empty store, "304" the second one, to which the server answers that
nothing has changed. CPU is that of the client process alone, start included. Runs take turns; each figure is the
median. The last table is wall time: 200 hosts with a feed or three each that answer after `--latency` ms, against one
such host alone. newsboat is left out where it is not installed.
"""

import argparse
import asyncio  # noqa: TID253  # the server needs no quick start
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from newsreader.model.news import Source
from newsreader.store.connection import open_store
from newsreader.store.sources import add_source

ITEMS, FEED_BYTES = 30, 45_000
SYLLABLES = ("ka", "lo", "mer", "tin", "ash", "vel", "our", "dan", "fis", "pre", "sol", "ter", "wen", "bry", "gul")


class Used(NamedTuple):
    """What one run took: CPU and wall seconds, the most memory (MiB), and how many requests the server saw."""

    cpu: float
    wall: float
    memory: float
    requests: int


# --- the feeds


def feed(number: int) -> bytes:
    """A feed of `FEED_BYTES`, whose words are its own."""
    words = random.Random(number)
    now = datetime(2026, 9, 14, 12, tzinfo=UTC)
    head = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Paper {number}</title>'
    head += f"<link>https://paper{number}.example/</link><description>{prose(words, 60)}</description>"
    room = FEED_BYTES // ITEMS - len(head) // ITEMS
    items = "".join(item(words, number, place, now - timedelta(minutes=17 * place), room) for place in range(ITEMS))
    return f"{head}{items}</channel></rss>".encode()


def item(words: random.Random, feed_number: int, place: int, published: datetime, size: int) -> str:
    """One item of about `size` bytes, its description HTML with a picture and links."""
    url = f"https://paper{feed_number}.example/news/2026/09/{place}-{prose(words, 30).replace(' ', '-').strip('.')}"
    head = f"<item><title>{prose(words, 55)}</title><link>{url}</link><guid>{url}</guid>"
    head += f"<pubDate>{format_datetime(published)}</pubDate><category>{prose(words, 8)}</category>"
    text = f'<p><img src="{url}.jpg" width="600" alt="x">{prose(words, 200)} <a href="{url}#more">more</a></p>'
    while len(head) + len(escape(text)) < size - 340:
        text += f"<p>{prose(words, 260)}</p>"
    return f"{head}<description>{escape(text)}</description></item>"


def prose(words: random.Random, size: int) -> str:
    """About `size` characters of words that nobody has seen before."""
    found = ""
    while len(found) < size:
        found += "".join(words.choices(SYLLABLES, k=words.randint(1, 3))) + " "
    return found[:size].strip().capitalize() + "."


# --- the server


class Site(asyncio.Protocol):
    """Answers every request of a connection: a feed, or 304 for one that has the validator."""

    feeds: dict[bytes, bytes] = {}  # noqa: RUF012  # one for all connections
    latency = 0.0
    counter: Any

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            request, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            self.counter.value += 1
            asyncio.get_running_loop().call_later(self.latency, self.answer, request)

    def answer(self, request: bytes) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        if self.transport.is_closing():
            return
        if b"if-none-match:" in request.lower():
            self.transport.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
            return
        body = self.feeds[request.split(b" ", 2)[1]]
        head = (
            f'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'
        )
        self.transport.write(head.encode() + body)


def serve(hosts: list[str], feeds: int, latency: float, ready: Any, counter: Any) -> None:
    """Serve on all hosts, on one port, until the process is ended."""
    Site.feeds = {f"/{number}.rss".encode(): feed(number) for number in range(feeds)}
    Site.latency, Site.counter = latency, counter

    async def main() -> None:
        loop = asyncio.get_running_loop()
        first = await loop.create_server(Site, hosts[0], 0, backlog=512)
        port = first.sockets[0].getsockname()[1]
        for host in hosts[1:]:
            await loop.create_server(Site, host, port, backlog=512)
        ready.put(port)
        await asyncio.Event().wait()

    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(main())


class Served(NamedTuple):
    """A running server: the addresses of its feeds, and how many requests it has seen."""

    urls: list[str]
    counter: Any


@contextmanager
def server(hosts: int, feeds_each: int = 1, latency: float = 0.0) -> Iterator[Served]:
    """So many hosts with so many feeds each, in a process of their own."""
    names = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts)]
    ready: Any = multiprocessing.Queue()
    counter = multiprocessing.Value("i", 0)
    process = multiprocessing.Process(target=serve, args=(names, hosts * feeds_each, latency, ready, counter))
    process.start()
    try:
        port = ready.get(timeout=60)
        urls = [f"http://{names[number % hosts]}:{port}/{number}.rss" for number in range(hosts * feeds_each)]
        yield Served(urls, counter)
    finally:
        process.kill()
        process.join()


# --- the clients


def newsreader(folder: Path, urls: list[str]) -> list[str]:
    """The command that refreshes the feeds into a store in a folder."""
    store = folder / "news.sqlite3"
    if not store.exists():
        with open_store(store) as db:
            for number, url in enumerate(urls):
                add_source(db, Source(0, f"Paper {number}", url))
    return [sys.executable, "-m", "newsreader", "fetch", "--headlines-only", "--force"]


def newsboat(folder: Path, urls: list[str]) -> list[str]:
    """The command that makes newsboat do the same."""
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text("")
    return ["newsboat", "-u", f"{folder}/urls", "-C", f"{folder}/config", "-c", f"{folder}/cache.db", "-x", "reload"]


CLIENTS = {"newsreader": newsreader, "newsboat": newsboat}


def run(command: list[str], folder: Path, counter: Any) -> Used:
    """Run a command to its end, and what that took."""
    kinds = ("CONFIG", "DATA", "CACHE")
    environ = os.environ | {f"NEWSREADER_{kind}_DIR": str(folder) for kind in kinds} | {"HOME": str(folder)}
    before, started = counter.value, time.monotonic()
    with (folder / "talk").open("wb") as talk:
        process = subprocess.Popen(command, env=environ, stdout=talk, stderr=talk)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = (folder / "talk").read_text("utf-8", "replace")
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode}: {said[-1000:]}")
    seconds = used.ru_utime + used.ru_stime
    return Used(seconds, time.monotonic() - started, used.ru_maxrss / 1024, counter.value - before)


def refresh(client: str, served: Served) -> tuple[Used, Used]:
    """A cold refresh, and one to which nothing is new."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = CLIENTS[client](folder, served.urls)
        return run(command, folder, served.counter), run(command, folder, served.counter)


# --- the tables


def middle(runs: list[Used]) -> Used:
    """The median of each figure."""
    return Used(*(median(values) for values in zip(*runs, strict=True)))


def compare(feeds: int, runs: int, clients: list[str]) -> None:
    """The table of CPU and memory for so many feeds."""
    found: dict[str, list[tuple[Used, Used]]] = {client: [] for client in clients}
    with server(feeds) as served:
        for _ in range(runs):
            for client in clients:
                found[client].append(refresh(client, served))
    print(f"\n{feeds} feeds       CPU s   ms/feed  wall s   MiB   requests")
    for place, state in enumerate(("cold", "304")):
        used = {client: middle([pair[place] for pair in found[client]]) for client in clients}
        for client, each in used.items():
            cost = f"{each.cpu:8.2f} {each.cpu / feeds * 1000:8.2f} {each.wall:7.2f} {each.memory:6.0f}"
            print(f"{state:5} {client:11} {cost} {each.requests:8.0f}")
        if "newsboat" in used:
            print(f"{state:5} ratio       {used['newsreader'].cpu / used['newsboat'].cpu:8.3f}")


def spread(latency: float, runs: int) -> None:
    """The table of wall time: many slow hosts against one, start of the program included."""
    print(f"\nhosts that answer after {latency * 1000:.0f} ms: wall s")
    for each in (1, 3):
        walls = []
        for hosts in (1, 200):
            with server(hosts, each, latency) as served:
                walls.append(middle([refresh("newsreader", served)[0] for _ in range(runs)]).wall)
        one, many = walls
        print(f"feeds a host {each}: one host {one:5.2f}, 200 hosts {many:5.2f}, ratio {many / one:.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a refresh costs.")
    parser.add_argument("--feeds", default="200,1000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--latency", type=float, default=50.0, metavar="MS")
    arguments = parser.parse_args()
    clients = [client for client in CLIENTS if client == "newsreader" or shutil.which(client)]
    for feeds in map(int, arguments.feeds.split(",")):
        compare(feeds, arguments.runs, clients)
    spread(arguments.latency / 1000, arguments.runs)


if __name__ == "__main__":
    main()
