"""The httpx transport: httpcore's pools over our own connections, with the proxies and CA bundles of the environment.

Public parts of httpx and httpcore only. Each origin has a small pool of its own: every request looks through the whole
of its pool several times, and the look at idle connections is quadratic. The CA bundle is loaded when first needed: it
costs more than ten plain requests.
"""

import ssl
from collections.abc import AsyncIterator, Callable
from functools import cached_property
from typing import NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx  # noqa: TID253  # a door: only the write side imports it

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


class Transport(httpx.AsyncBaseTransport):
    """Sends requests; the extension `guarded` (bool) keeps one away from private networks (PrivateAddressError)."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._pools: dict[_PoolKey, _Pool] = {}
        self._proxies = getproxies()

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request as httpx asks of a transport; raises httpcore's exceptions and PrivateAddressError."""
        url = request.url
        guarded = bool(request.extensions.get("guarded"))
        proxy = self._proxy_for(url)
        # A proxy connects for us: the name is all that we see.
        if guarded and proxy and await leads_to_private(url.host, _LOOKUP_SECONDS, always=False):
            raise private_address_error(url.host)
        pool = await self._pool(_PoolKey(guarded and not proxy, (url.raw_scheme, url.raw_host, url.port), proxy))
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = await pool.handle_async_request(
            httpcore.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def _proxy_for(self, url: httpx.URL) -> str | None:
        if not self._proxies or proxy_bypass(url.host):
            return None
        return self._proxies.get(url.scheme) or self._proxies.get("all")

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
            if all(connection.is_idle() or connection.is_closed() for connection in pool.connections):
                del self._pools[key]
                await pool.aclose()
                return

    def _new_pool(self, key: _PoolKey) -> "_Pool":
        secure = key.origin[0] == b"https"
        tls = self._ssl_context if secure or (key.proxy or "").startswith("https:") else None
        if key.proxy:
            return httpcore.AsyncConnectionPool(
                ssl_context=tls,
                max_connections=None,  # the gate bounds them
                max_keepalive_connections=self._connections,
                keepalive_expiry=_KEEPALIVE_SECONDS,
                http2=secure,
                network_backend=Backend(guarded=key.guarded, broken=httpcore.ProxyError),
                proxy=_proxy_of(key.proxy),
            )
        scheme, host, port = key.origin
        return _Connections(
            lambda: httpcore.AsyncHTTPConnection(
                httpcore.Origin(scheme, host, port or _PORTS[scheme]),
                ssl_context=tls,
                keepalive_expiry=_KEEPALIVE_SECONDS,
                http2=secure,
                network_backend=Backend(guarded=key.guarded),
            )
        )


class _Connections:
    """The connections to one origin, as many as the gate lets through: httpcore's pool does twice the work for that."""

    def __init__(self, connect: Callable[[], httpcore.AsyncHTTPConnection]) -> None:
        self._connect = connect
        self.connections: list[httpcore.AsyncHTTPConnection] = []

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request over a connection that is free, or a new one."""
        over = [each for each in self.connections if each.is_closed() or each.has_expired()]
        self.connections = [each for each in self.connections if each not in over]
        for connection in over:
            await connection.aclose()
        while True:
            try:
                return await self._free().handle_async_request(request)
            except httpcore.ConnectionNotAvailable:  # it was closed, or taken, a moment ago
                continue

    def _free(self) -> httpcore.AsyncHTTPConnection:
        free = next((each for each in self.connections if each.is_available()), None)
        if free is None:
            free = self._connect()
            self.connections.append(free)
        return free

    async def aclose(self) -> None:
        """Close every connection."""
        for connection in self.connections:
            await connection.aclose()


_Pool = httpcore.AsyncConnectionPool | _Connections


class _Stream(httpx.AsyncByteStream):
    """The body of an answer, as httpx wants it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()


def _proxy_of(address: str) -> httpcore.Proxy:
    """A proxy as the environment names it: http, https or socks5, with a user and password or without.

    Raises httpcore.ProxyError for anything else.
    """
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
