"""Certificates, and HTTP/2 where it is offered; the certificates are made by the openssl program."""

import asyncio  # noqa: TID253  # tests need no quick start

import h2.config
import h2.connection
import h2.events
import pytest

from newsreader.errors import ConnectError, SlowError
from newsreader.fetch.client import Fetcher, FetchOptions, Request


def fetch(url: str, count: int = 1) -> list[bytes]:
    async def run() -> list[bytes]:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            return [found.body for found in await asyncio.gather(*(fetcher.fetch(Request(url)) for _ in range(count)))]

    return asyncio.run(run())


def test_an_authority_of_the_environment_is_trusted(trusted, fault_server):
    with fault_server(tls=trusted.context("good")) as server:
        assert b"ferry" in fetch(f"{server.address}/page")[0]
        assert len(fetch(f"{server.address}/page", count=5)) == 5


@pytest.mark.parametrize(("name", "fault"), [("expired", "expired"), ("other", "is for another address")])
def test_certificates_that_do_not_fit_are_refused(trusted, fault_server, name, fault):
    with (
        fault_server(tls=trusted.context(name)) as server,
        pytest.raises(ConnectError, match=rf"^The TLS certificate of 127\.0\.0\.1:\d+ {fault}$"),
    ):
        fetch(f"{server.address}/page")
    assert server.asked == []


def test_an_authority_that_nobody_knows_is_refused(certificates, fault_server):
    with (
        fault_server(tls=certificates.context("good")) as server,
        pytest.raises(ConnectError, match="is signed by an authority that is not known"),
    ):
        fetch(f"{server.address}/page")


@pytest.mark.usefixtures("trusted")
def test_a_server_without_tls_is_told():
    async def run() -> None:
        async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            await reader.read()
            writer.close()
            done.set()

        done = asyncio.Event()
        async with await asyncio.start_server(plain, "127.0.0.1", 0) as server:
            with pytest.raises(ConnectError, match=r"^No secure connection to 127\.0\.0\.1:\d+: wrong version number$"):
                async with Fetcher() as fetcher:
                    await fetcher.fetch(Request(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"))
            await done.wait()

    asyncio.run(run())


@pytest.mark.usefixtures("trusted")
def test_a_handshake_that_hangs_is_given_up(faults):
    """The server waits for the end of an HTTP header, which a TLS greeting is not."""

    async def run() -> None:
        async with Fetcher(FetchOptions(timeout=0.2)) as fetcher:
            await fetcher.fetch(Request(faults.address.replace("http:", "https:")))

    with pytest.raises(SlowError, match=r"no connection within 0\.2 seconds"):
        asyncio.run(run())


class Http2(asyncio.Protocol):
    """As little of an HTTP/2 server as answers a request."""

    def __init__(self, over: asyncio.Event) -> None:
        self.over = over

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self.state.initiate_connection()
        self.transport.write(self.state.data_to_send())

    def data_received(self, data: bytes) -> None:
        for event in self.state.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                assert event.stream_id is not None
                self.state.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html")])
                self.state.send_data(event.stream_id, b"<p>over HTTP/2", end_stream=True)
        self.transport.write(self.state.data_to_send())

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's interface
        self.over.set()


def test_http2_is_spoken_where_it_is_offered(trusted):
    context = trusted.context("good")
    context.set_alpn_protocols(["h2"])

    async def run() -> list[bytes]:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        async with await loop.create_server(lambda: Http2(over), "127.0.0.1", 0, ssl=context) as server:
            url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            async with Fetcher(FetchOptions(gap=0.0, connections=1)) as fetcher:
                found = await asyncio.gather(*(fetcher.fetch(Request(f"{url}{n}")) for n in range(4)))
            await over.wait()
        return [answer.body for answer in found]

    assert asyncio.run(run()) == [b"<p>over HTTP/2"] * 4
