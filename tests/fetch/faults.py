"""A server on 127.0.0.1 that answers well or badly, as its paths say; it notes what it was asked.

In tests, the fixture `faults` is one. By hand: `python tests/fetch/faults.py [PORT]` serves until Ctrl-C; its page `/`
lists the faults, and `/urls` is a list of them all to subscribe to: `curl -s …/urls | newsreader import -`.
"""

import asyncio  # noqa: TID253  # tests need no quick start
import gzip
import socket
import ssl
import struct
import sys
import threading
import time
import zlib
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Self

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Post</title><link>/</link>
<item><title>The old ferry sails again</title><link>/page</link><guid>1</guid></item></channel></rss>"""
STORY = b"""<!doctype html><html lang="en"><title>The old ferry sails again</title><article>
<h1>The old ferry sails again</h1>
<p>It left at nine, two minutes late, with eleven people, four bicycles and one goat on board, and the whole of
the harbour school on the quay to wave it off.</p>
<p>The captain, who had not slept, said that the new engine sounded like the old one did before it stopped, and that she
would listen to it all the way across.</p>
<p>The goat, its owner said, had been across before and did not think much of it. The next sailing is on Thursday.</p>
</article></html>"""
SECRET = b"what no feed may show"
PAGE = b"<!doctype html><title>The old ferry sails again</title><p>It left at nine, two minutes late.</p>"
ZEROS = 64 * 1024 * 1024  # bytes that a bomb holds
EXPIRES = "Fri, 01 Jan 2100 00:00:00 GMT"

# What stands for each fault where they are listed: a path, and what the server does there.
FAULTS = {
    "hang-header": "says nothing",
    "hang-body": "stops in the middle of the body",
    "slow-bytes": "sends a byte now and then",
    "endless": "sends a body without end",
    "announced": "announces more than anyone would read",
    "coded/bomb-gzip": "sends 64 MiB packed into 64 KiB",
    "not-gzip": "says that it is gzip, and is not",
    "too-short": "sends less than it announced",
    "cut-chunk": "breaks off in a chunk",
    "reset": "resets the connection in the middle",
    "close": "closes the connection without an answer",
    "garbage": "does not speak HTTP",
    "loop/a": "redirects in a loop",
    "hops/11": "redirects too often",
    "redirect/302/ftp://example.org/": "redirects to what is not the web",
    "status/403": "refuses",
    "busy/429/7200": "asks for two hours of rest",
    "status/410": "is gone for good",
    "flaky/1": "has an error the first time, then is well",
    "page": "is no feed",
    "entities": "is a feed with an XML bomb and external entities",
    "many/100000": "is a feed of 100,000 entries",
    "feed/well": "is well",
}
ETAG, MODIFIED = '"v1"', "Tue, 01 Sep 2026 08:00:00 GMT"


class Asked(NamedTuple):
    """One request as the server saw it: names of headers in lower case, `at` in seconds of the monotonic clock."""

    path: str
    headers: dict[str, str]
    at: float


class Exchange:
    """One request and the ways to answer it."""

    def __init__(self, server: "FaultServer", asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.server = server
        self.asked = asked
        self.writer = writer
        # What is asked of a proxy has scheme and host in front.
        path = "/" + asked.path.split("/", 3)[3] if asked.path.startswith("http") else asked.path
        _, self.name, *rest = path.split("/", 2)
        self.tail = "".join(rest)  # what follows the first part of the path: "410" in /status/410

    async def head(self, status: int, **headers: object) -> None:
        lines = [
            f"HTTP/1.1 {status} Whatever",
            *(f"{name.replace('_', '-')}: {text}" for name, text in headers.items()),
        ]
        await self.raw(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, body: bytes, status: int = 200, kind: str = "text/html", **headers: object) -> None:
        await self.head(status, Content_Type=kind, Content_Length=len(body), **headers)
        await self.raw(body)


Handler = Callable[[Exchange], Awaitable[None]]


class FaultServer:
    """Serves in a thread of its own while the `with` block runs.

    `address` is where. `robots` is the text of its robots.txt, or the status that it answers with. `asked` lists the
    requests so far, `most_at_once` is how many of them were open together, `connections` counts connections. `said`
    holds the bodies of /said/NAME.
    """

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._where = (host, port)
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._open = 0
        self.port = 0
        self.robots: str | int = 404
        self.said: dict[str, bytes] = {}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.connections = 0

    @property
    def address(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._where[0]}:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    @property
    def urls(self) -> str:
        """All faults as a list to subscribe to, each with a name and a tag.

        What asks for rest is a host of its own: a run asks such a host no more.
        """
        hosts = {path: "localhost" if path.startswith("busy") else "127.0.0.1" for path in FAULTS}
        return "".join(f'http://{host}:{self.port}/{path} faults "~{path}"\n' for path, host in hosts.items())

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connected, *self._where, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
                await self._answer(Exchange(self, Asked(head[0].split()[1], headers, time.monotonic()), writer))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    async def _answer(self, exchange: Exchange) -> None:
        self.asked.append(exchange.asked)
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        try:
            await HANDLERS.get(exchange.name, _page)(exchange)
        finally:
            self._open -= 1


class OverError(OSError):
    """The handler has done all it wants on this connection."""


async def _page(ex: Exchange) -> None:
    await ex.answer(PAGE)


async def _feed(ex: Exchange) -> None:
    """/feed, or /feed/NAME: a feed with an article of its own."""
    body = FEED.replace(b"/page", f"/story/{ex.tail}".encode()) if ex.tail else FEED
    await ex.answer(body, kind="application/rss+xml")


async def _story(ex: Exchange) -> None:
    await ex.answer(STORY)


async def _said(ex: Exchange) -> None:
    body = ex.server.said[ex.tail]
    await ex.answer(body, kind="text/html" if body.startswith(b"<html") else "application/xml")


async def _entities(ex: Exchange) -> None:
    """A bomb that would be 3 GB, and entities that name a file of this machine and a page of this server."""
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    names = f'<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY page SYSTEM "{ex.server.address}/secret">'
    items = "".join(
        f"<item><title>Ferry &{name}; sails</title><link>/story/{name}</link></item>" for name in ("l9", "file", "page")
    )
    dtd = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lols}{names}]>'
    await ex.answer(f"{dtd}<rss><channel>{items}</channel></rss>".encode(), kind="application/xml")


async def _secret(ex: Exchange) -> None:
    await ex.answer(SECRET)


async def _many(ex: Exchange) -> None:
    """/many/N: a feed of N entries."""
    items = "".join(f"<item><title>Ferry {n} sails</title><link>/story/{n}</link></item>" for n in range(int(ex.tail)))
    await ex.answer(f"<rss><channel>{items}</channel></rss>".encode(), kind="application/xml")


async def _flaky(ex: Exchange) -> None:
    """/flaky/N: an error N times, then a feed."""
    if ex.server.paths.count(ex.asked.path) > int(ex.tail):
        await _feed(ex)
    else:
        await ex.answer(b"", 500)


async def _index(ex: Exchange) -> None:
    rows = "".join(f'<li><a href="/{path}">{path}</a> {words}' for path, words in FAULTS.items())
    await ex.answer(f"<!doctype html><title>Faults</title><ul>{rows}</ul>".encode())


async def _urls(ex: Exchange) -> None:
    await ex.answer(ex.server.urls.encode(), kind="text/plain")


async def _robots(ex: Exchange) -> None:
    if isinstance(ex.server.robots, int):
        await ex.answer(b"", ex.server.robots)
    else:
        await ex.answer(ex.server.robots.encode(), kind="text/plain")


async def _status(ex: Exchange) -> None:
    await ex.answer(b"<p>An error page</p>", int(ex.tail))


async def _busy(ex: Exchange) -> None:
    """/busy/STATUS/RETRY-AFTER."""
    status, _, wait = ex.tail.partition("/")
    await ex.answer(b"", int(status), Retry_After=wait.replace("_", " "), Date="Tue, 01 Sep 2026 08:00:00 GMT")


async def _type(ex: Exchange) -> None:
    await ex.answer(PAGE, kind=ex.tail.replace("_", " "))


async def _fresh(ex: Exchange) -> None:
    await ex.answer(FEED, kind="application/rss+xml", Cache_Control=ex.tail)


async def _conditional(ex: Exchange) -> None:
    sent = ex.asked.headers
    if sent.get("if-none-match") == ETAG or sent.get("if-modified-since") == MODIFIED.lower():
        await ex.head(304, ETag=ETAG)
    else:
        await ex.answer(FEED, kind="application/rss+xml", ETag=ETAG, Last_Modified=MODIFIED)


async def _coded(ex: Exchange) -> None:
    """/coded/CODING: a page compressed so; /coded/bomb-CODING: a bomb."""
    name = ex.tail.removeprefix("bomb-")
    body = bytes(ZEROS) if ex.tail.startswith("bomb") else PAGE
    await ex.answer(encode(body, name), Content_Encoding=name)


async def _not_gzip(ex: Exchange) -> None:
    await ex.answer(PAGE, Content_Encoding="gzip")


async def _hang_header(_ex: Exchange) -> None:
    await asyncio.sleep(3600)


async def _hang_body(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html", Content_Length=1000)
    await ex.raw(b"<p>The first words, and then")
    await asyncio.sleep(3600)


async def _slow_bytes(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html", Content_Length=100_000)
    while True:
        await ex.raw(b"x")
        await asyncio.sleep(0.02)


async def _endless(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html")
    while True:
        await ex.raw(bytes(65536))


async def _announced(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html", Content_Length=10**12)
    await asyncio.sleep(3600)


async def _too_short(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html", Content_Length=1000)
    await ex.raw(b"<p>Not a thousand bytes")
    raise OverError


async def _cut_chunk(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html", Transfer_Encoding="chunked")
    await ex.raw(b"1000\r\n<p>Not so many bytes")
    raise OverError


async def _reset(ex: Exchange) -> None:
    await ex.head(200, Content_Type="text/html", Content_Length=1000)
    await ex.raw(b"<p>The first words")
    await asyncio.sleep(0.05)
    _reset_connection(ex.writer)


async def _close(_ex: Exchange) -> None:
    raise OverError


async def _garbage(ex: Exchange) -> None:
    await ex.raw(b"220 mail.example.org ESMTP ready\r\n\r\n")
    raise OverError


async def _redirect(ex: Exchange) -> None:
    """/redirect/STATUS/WHERE, with "_" for a space in WHERE."""
    status, _, where = ex.tail.partition("/")
    await ex.head(int(status), Location=where.replace("_", " "), Content_Length=0)


async def _hops(ex: Exchange) -> None:
    """/hops/N: N permanent redirects, then a page."""
    number = int(ex.tail)
    await (ex.head(301, Location=f"/hops/{number - 1}", Content_Length=0) if number else ex.answer(PAGE))


async def _loop(ex: Exchange) -> None:
    other = "/loop/b" if ex.tail == "a" else "/loop/a"
    await ex.head(302, Location=other, Content_Length=0)


async def _cookie_wall(ex: Exchange) -> None:
    if "seen=1" in ex.asked.headers.get("cookie", ""):
        await ex.answer(PAGE)
    else:
        await ex.head(302, Location="/cookie-wall", Set_Cookie="seen=1; Path=/", Content_Length=0)


async def _lingering(ex: Exchange) -> None:
    """Take a moment, so that requests that may overlap do."""
    await asyncio.sleep(0.05)
    await ex.answer(PAGE)


HANDLERS: dict[str, Handler] = {
    "": _index,
    "urls": _urls,
    "said": _said,
    "story": _story,
    "entities": _entities,
    "secret": _secret,
    "many": _many,
    "flaky": _flaky,
    "feed": _feed,
    "robots.txt": _robots,
    "status": _status,
    "busy": _busy,
    "type": _type,
    "fresh": _fresh,
    "conditional": _conditional,
    "coded": _coded,
    "not-gzip": _not_gzip,
    "hang-header": _hang_header,
    "hang-body": _hang_body,
    "slow-bytes": _slow_bytes,
    "endless": _endless,
    "announced": _announced,
    "too-short": _too_short,
    "cut-chunk": _cut_chunk,
    "reset": _reset,
    "close": _close,
    "garbage": _garbage,
    "redirect": _redirect,
    "hops": _hops,
    "loop": _loop,
    "cookie-wall": _cookie_wall,
    "lingering": _lingering,
}


def encode(body: bytes, name: str) -> bytes:
    """A body in a content coding; "raw-deflate" is deflate without its header."""
    if name == "br":
        import brotli  # type: ignore[import-untyped]  # it ships no types

        return bytes(brotli.compress(body, quality=5))
    if name == "zstd":
        import zstandard

        return zstandard.ZstdCompressor().compress(body)
    return gzip.compress(body, 1) if name == "gzip" else zlib.compress(body, 1)


def _reset_connection(writer: asyncio.StreamWriter) -> None:
    found = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise OverError


if __name__ == "__main__":
    with FaultServer(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as by_hand:
        print(f"{by_hand.address}/", *(f"  /{path:<40}{words}" for path, words in FAULTS.items()), sep="\n", flush=True)
        threading.Event().wait()
