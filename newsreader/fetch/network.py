"""TCP and TLS connections over asyncio for httpcore, which refuse private networks where they must.

Half the work of httpcore's own AnyIO back end for one-shot hosts, and the only place that sees the address that a name
really led to, whatever the name server said a moment ago.
"""

import asyncio  # noqa: TID253  # a door: only the write side imports it
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

from newsreader.errors import PrivateAddressError

_FALLBACK_DELAY = 0.25  # seconds before the other address family is tried too (RFC 8305, section 8)
_MOST_WAITING = 256 * 1024  # bytes received and not yet read, before the sender is stopped
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


@lru_cache
def is_private(address: str) -> bool:
    """Tell whether an IP address is not on the public internet: private, loopback, link-local, reserved, multicast.

    A text that is no IP address is not private. IPv4 addresses wrapped in IPv6 count as what they wrap.
    """
    found = _address(address)
    if found is None:
        return False
    found = _unwrapped(found)
    site_local = getattr(found, "is_site_local", False)  # deprecated (RFC 3879), and still nobody's public address
    return not found.is_global or found.is_multicast or found.is_reserved or site_local


@lru_cache
def _address(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is named by; None for a name, also for what only a resolver takes for one (127.1)."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


async def leads_to_private(host: str, seconds: float, *, always: bool) -> bool:
    """Tell whether a host leads to a private network by any of its addresses, or `always`: by all of them.

    Ask for any before going there, and for all before trusting it: a public host may name a private address beside its
    own. False if no address is found in that time.
    """
    if _address(host):  # an address needs no look-up, which is done by a thread
        return is_private(host)
    try:
        async with asyncio.timeout(seconds):
            found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except (OSError, UnicodeError):  # TimeoutError is an OSError
        return False
    verdicts = [is_private(str(entry[4][0])) for entry in found]
    return bool(verdicts) and (all if always else any)(verdicts)


def private_address_error(host: str) -> PrivateAddressError:
    """The error for a host in a private network that a public site led to."""
    return PrivateAddressError(
        f"{host} is in a private network, and the address came from a site that is not",
        hint="If you trust it, give the address yourself: newsreader show URL --fetch",
    )


class Backend(httpcore.AsyncNetworkBackend):
    """Opens connections; a `guarded` one never speaks to a private network (raises PrivateAddressError).

    `broken` is what it raises if there is no connection: another class where it only leads to a proxy.
    """

    def __init__(self, *, guarded: bool, broken: type[Exception] = httpcore.ConnectError) -> None:
        self._guarded = guarded
        self._broken = broken

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # httpcore's interface; none are ever set
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the fastest address of a host (RFC 8305)."""
        if self._guarded and is_private(host):
            raise private_address_error(host)
        local = (local_address, 0) if local_address else None
        delay = None if _address(host) else _FALLBACK_DELAY  # there is no race with one runner
        with _named(httpcore.ConnectTimeout, self._broken):
            async with asyncio.timeout(timeout):
                transport, wire = await asyncio.get_running_loop().create_connection(
                    Wire, host, port, local_addr=local, happy_eyeballs_delay=delay
                )
        if self._guarded and is_private(str((transport.get_extra_info("peername") or ("",))[0])):
            transport.abort()
            raise private_address_error(host)
        return Stream(transport, wire)


class Wire(asyncio.Protocol):
    """The receiving end of a connection: bytes wait in a buffer, and the sender waits when it is full."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._arrived = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._paused: asyncio.ReadTransport | None = None
        self._transport: asyncio.ReadTransport | None = None
        self._error: Exception | None = None
        self.ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take hold of the transport, for pausing it."""
        assert isinstance(transport, asyncio.ReadTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep what arrived."""
        self._buffer += data
        self._arrived.set()
        if len(self._buffer) > _MOST_WAITING and self._transport and self._paused is None:
            self._paused = self._transport
            self._paused.pause_reading()

    def eof_received(self) -> None:
        """Note that no more will come; the transport then closes itself."""
        self.ended = True
        self._arrived.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end, and wake whoever waits."""
        self._error = exc
        self.ended = True
        self._paused = None
        self._arrived.set()
        self._writable.set()

    def pause_writing(self) -> None:
        """Make writers wait."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Let writers go on."""
        self._writable.set()

    @property
    def is_readable(self) -> bool:
        """Whether a read would return at once: on a connection that idles, a sign that it is over."""
        return self.ended or bool(self._buffer)

    async def read(self, most: int, seconds: float | None) -> bytes:
        """What has arrived, at least one byte and at most `most`; empty at the end.

        Raises OSError if the connection broke, TimeoutError if nothing arrives in that time.
        """
        if not self.is_readable:
            self._arrived.clear()
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        if not self._buffer and self._error:
            raise self._error
        found = bytes(self._buffer[:most])
        del self._buffer[:most]
        if self._paused and not self._buffer:
            self._paused.resume_reading()
            self._paused = None
        return found

    async def drained(self, seconds: float | None) -> None:
        """Return when more can be written; raise OSError if the connection broke, TimeoutError if that takes long."""
        if not self._writable.is_set():
            async with asyncio.timeout(seconds):
                await self._writable.wait()
        if self.ended:
            raise self._error or ConnectionResetError("closed by the other side")


class Stream(httpcore.AsyncNetworkStream):
    """One open connection, plain or TLS."""

    def __init__(self, transport: asyncio.Transport, wire: Wire) -> None:
        self._transport = transport
        self._wire = wire

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's
        """The next bytes; raises httpcore.ReadTimeout, ReadError."""
        with _named(httpcore.ReadTimeout, httpcore.ReadError):
            return await self._wire.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  # httpcore's
        """Send bytes; raises httpcore.WriteTimeout, WriteError."""
        if not buffer:
            return
        with _named(httpcore.WriteTimeout, httpcore.WriteError):
            self._transport.write(buffer)
            await self._wire.drained(timeout)

    async def aclose(self) -> None:
        """Drop the connection without a TLS farewell, which silent servers would draw out."""
        self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, encrypted; raises httpcore.ConnectTimeout, ConnectError (its cause: ssl.SSLError)."""
        loop = asyncio.get_running_loop()
        try:
            with _named(httpcore.ConnectTimeout, httpcore.ConnectError):
                async with asyncio.timeout(timeout):
                    secure = await loop.start_tls(
                        self._transport, self._wire, ssl_context, server_hostname=server_hostname
                    )
        except BaseException:
            await self.aclose()
            raise
        if secure is None:  # it was closed while the handshake ended
            raise httpcore.ConnectError("closed by the other side")
        self._wire.connection_made(secure)
        return Stream(secure, self._wire)

    def get_extra_info(self, info: str) -> Any:
        """The facts that httpcore asks for."""
        if info == "is_readable":
            return self._wire.is_readable
        names = {"server_addr": "peername", "client_addr": "sockname", "ssl_object": "ssl_object", "socket": "socket"}
        return self._transport.get_extra_info(names.get(info, info))


@contextmanager
def _named(slow: type[Exception], broken: type[Exception]) -> Iterator[None]:
    """Name failures as httpcore does, and keep what happened as the cause."""
    try:
        yield
    except TimeoutError as error:
        raise slow(str(error)) from error
    except (OSError, UnicodeError) as error:  # ssl.SSLError and socket.gaierror are OSErrors
        raise broken(str(error)) from error
