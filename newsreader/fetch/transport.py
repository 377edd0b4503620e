"""Sends requests: httpcore over our own connections, with the proxies and CA bundles of the environment.

httpx would look into redirects before we can, and builds everything that httpcore needs a second time. Each origin has
a small pool of its own: every request looks through the whole of its pool several times, and the look at idle
connections is quadratic. The CA bundle is loaded when first needed: it costs more than ten plain requests.
"""

import asyncio  # noqa: TID253  # a door: only the write side imports it
import os
import ssl
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

import certifi
import httpcore

from newsreader.fetch.address import Address
from newsreader.fetch.network import Backend, leads_to_private, private_address_error

_KEEPALIVE_SECONDS = 10.0  # longer than the gap between two starts on a host, shorter than many servers wait
_LOOKUP_SECONDS = 5.0
_PORTS = {b"http": 80, b"https": 443}
_MOST_POOLS = 64  # idle ones are closed beyond it, the longest unused first


class _PoolKey(NamedTuple):
    """Requests of one key share connections; what may reach private networks never shares with what may not."""

    guarded: bool
    origin: tuple[bytes, bytes, int | None]
    proxy: str | None


class Message(NamedTuple):
    """A request as it goes out.

    `headers` go beside the one that names the host. A `guarded` one keeps away from private networks. `timeout` is for
    connecting and for each silence, in seconds.
    """

    address: Address
    headers: Mapping[str, str]
    guarded: bool
    timeout: float

    @property
    def is_conditional(self) -> bool:
        """Whether an answer that has not changed may come without a body."""
        return "If-None-Match" in self.headers or "If-Modified-Since" in self.headers

    def for_httpcore(self) -> httpcore.Request:
        """The same as httpcore wants it."""
        scheme, host, port = _origin(self.address)
        url = httpcore.URL(scheme=scheme, host=host, port=port, target=self.address.target)
        headers = [("Host", self.address.authority), *self.headers.items()]
        limits = {"connect": self.timeout, "read": self.timeout, "write": self.timeout, "pool": self.timeout}
        return httpcore.Request(
            "GET", url, headers=[(name, value.encode()) for name, value in headers], extensions={"timeout": limits}
        )


class Transport:
    """Sends requests, over connections that stay open for a moment."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._pools: dict[_PoolKey, _Pool] = {}
        self._proxies = _proxies()

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        """Trusts the authorities that the environment names, else Mozilla's."""
        if cafile := os.environ.get("SSL_CERT_FILE"):
            return ssl.create_default_context(cafile=cafile)
        if capath := os.environ.get("SSL_CERT_DIR"):
            return ssl.create_default_context(capath=capath)
        return ssl.create_default_context(cafile=certifi.where())

    async def send(self, message: Message) -> httpcore.Response:
        """The answer to a request, to be closed; raises httpcore's exceptions and PrivateAddressError."""
        host = message.address.host
        proxy = self._proxy_for(message.address)
        # A proxy connects for us: the name is all that we see.
        if message.guarded and proxy and await leads_to_private(host, _LOOKUP_SECONDS, always=False):
            raise private_address_error(host)
        pool = await self._pool(_PoolKey(message.guarded and not proxy, _origin(message.address), proxy))
        return await pool.handle_async_request(message.for_httpcore())

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()
        await asyncio.sleep(0)  # the loop takes the sockets down before it is itself closed

    def _proxy_for(self, address: Address) -> str | None:
        if not self._proxies:
            return None
        from urllib.request import proxy_bypass

        if proxy_bypass(address.name):
            return None
        return self._proxies.get(address.scheme) or self._proxies.get("all")

    async def _pool(self, key: _PoolKey) -> "_Pool":
        """The pool of a key, which becomes the last used."""
        if key not in self._pools and len(self._pools) >= _MOST_POOLS:
            await self._close_one()
        pool = self._pools.pop(key, None) or self._new_pool(key)
        self._pools[key] = pool
        return pool

    async def _close_one(self) -> None:
        """Close the pool that has been idle for longest, if any is."""
        for key, pool in self._pools.items():
            if pool.is_idle():
                del self._pools[key]
                await pool.aclose()
                return

    def _new_pool(self, key: _PoolKey) -> "_Pool":
        secure = key.origin[0] == b"https"
        tls = self._ssl_context if secure or (key.proxy or "").startswith("https:") else None
        if not key.proxy:
            return _Connections(key, tls)
        return _ProxyPool(
            ssl_context=tls,
            max_connections=None,  # the gate bounds them
            max_keepalive_connections=self._connections,
            keepalive_expiry=_KEEPALIVE_SECONDS,
            http2=secure,
            network_backend=Backend(guarded=key.guarded, broken=httpcore.ProxyError),
            proxy=_proxy_of(key.proxy),
        )


class _ProxyPool(httpcore.AsyncConnectionPool):
    """The connections to one origin by way of a proxy."""

    def is_idle(self) -> bool:
        """Whether nobody uses a connection."""
        return _are_idle(self.connections)


def _are_idle(connections: Iterable[httpcore.AsyncConnectionInterface]) -> bool:
    return all(connection.is_idle() or connection.is_closed() for connection in connections)


class _Connections:
    """The connections to one origin, as many as the gate lets through: httpcore's pool does twice the work for that.

    `tls` is None where they are plain.
    """

    def __init__(self, key: _PoolKey, tls: ssl.SSLContext | None) -> None:
        scheme, host, port = key.origin
        self._origin = httpcore.Origin(scheme, host, port or _PORTS[scheme])
        self._backend = Backend(guarded=key.guarded)
        self._tls = tls
        self._asking = 0
        self.connections: list[httpcore.AsyncConnectionInterface] = []

    def is_idle(self) -> bool:
        """Whether nobody uses a connection, or is about to."""
        return not self._asking and _are_idle(self.connections)

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request over a connection that is free, or a new one."""
        self._asking += 1
        try:
            await self._drop_those_over()
            while True:
                connection = next((each for each in self.connections if each.is_available()), None)
                try:
                    return await (connection or await self._open(request)).handle_async_request(request)
                except httpcore.ConnectionNotAvailable:  # it was closed, or taken, a moment ago
                    continue
        finally:
            self._asking -= 1

    async def _drop_those_over(self) -> None:
        over = [each for each in self.connections if each.is_closed() or each.has_expired()]
        self.connections = [each for each in self.connections if each not in over]
        for connection in over:
            await connection.aclose()

    async def _open(self, request: httpcore.Request) -> httpcore.AsyncConnectionInterface:
        connection = await self._connect(request.extensions["timeout"]["connect"])
        self.connections.append(connection)
        return connection

    async def _connect(self, seconds: float) -> httpcore.AsyncConnectionInterface:
        host = self._origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, self._origin.port, seconds)
        if self._tls is None:
            return httpcore.AsyncHTTP11Connection(self._origin, stream, _KEEPALIVE_SECONDS)
        self._tls.set_alpn_protocols(["http/1.1", "h2"])
        stream = await stream.start_tls(self._tls, host, seconds)
        if stream.get_extra_info("ssl_object").selected_alpn_protocol() == "h2":
            return httpcore.AsyncHTTP2Connection(self._origin, stream, _KEEPALIVE_SECONDS)
        return httpcore.AsyncHTTP11Connection(self._origin, stream, _KEEPALIVE_SECONDS)

    async def aclose(self) -> None:
        """Close every connection."""
        for connection in self.connections:
            await connection.aclose()


_Pool = _ProxyPool | _Connections


def _proxies() -> dict[str, str]:
    """The proxies of the environment by scheme, or those of the system where it has settings for them."""
    if sys.platform not in {"darwin", "win32"} and not any(name.lower().endswith("_proxy") for name in os.environ):
        return {}  # most have none, and to ask costs as much as ten requests
    from urllib.request import getproxies

    return getproxies()


def _origin(address: Address) -> tuple[bytes, bytes, int | None]:
    return address.scheme.encode(), address.host.encode(), address.port


def _proxy_of(address: str) -> httpcore.Proxy:
    """A proxy as the environment names it: http, https or socks5, with a user and password or without.

    Raises httpcore.ProxyError for anything else.
    """
    import httpx

    try:
        found = httpx.Proxy(address if "://" in address else f"http://{address}")
    except (ValueError, httpx.InvalidURL) as error:
        raise httpcore.ProxyError(str(error)) from error
    url = found.url
    return httpcore.Proxy(
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        auth=found.raw_auth,
        headers=found.headers.raw,
        ssl_context=found.ssl_context,
    )
