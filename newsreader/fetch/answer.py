"""Reads the answer of one server to one request, within bounds."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

import httpx  # noqa: TID253  # a door: only the write side imports it

from newsreader.errors import ContentTypeError, TooLargeError
from newsreader.fetch.coding import decode_body
from newsreader.fetch.headers import announced_size, is_readable_type, retry_after
from newsreader.fetch.redirects import REDIRECTS
from newsreader.fetch.statuses import status_error
from newsreader.text import clean

NOT_MODIFIED = 304
_ASK_TO_WAIT = frozenset({429, 503})
_SUCCESS = range(200, 300)


class Bounds(NamedTuple):
    """What an answer may be.

    `families` of content that can be read, `None` for any. `most` bytes of body; what is beyond is an error, or left
    unread if `cut`. `now` is the wall clock, for a Retry-After that is a date.
    """

    families: tuple[str, ...] | None
    most: int
    now: Callable[[], datetime]
    cut: bool = False


class Answer(NamedTuple):
    """An answer that is not an error: a body, or "not modified", or a redirect (`location`, and `cookies` it sets)."""

    status: int
    headers: httpx.Headers
    body: bytes = b""
    location: str | None = None
    cookies: httpx.Cookies | None = None


async def read_answer(transport: httpx.AsyncBaseTransport, message: httpx.Request, bounds: Bounds) -> Answer:
    """Send a request and read the whole answer.

    Raises StatusError, ContentTypeError, TooLargeError, and whatever httpx and httpcore raise.
    """
    place = place_of(message.url)
    async with _sent(transport, message) as response:
        status, headers = response.status_code, response.headers
        if status in REDIRECTS and "location" in headers:
            cookies = response.cookies if "set-cookie" in headers else None
            return Answer(status, headers, location=headers["location"], cookies=cookies)
        if status == NOT_MODIFIED and _is_conditional(message):
            await response.aread()  # nothing; the connection can then be used again
            return Answer(status, headers)
        if status not in _SUCCESS:
            raise status_error(status, place, retry_after(headers, bounds.now()) if status in _ASK_TO_WAIT else None)
        _refuse_type(headers.get("content-type"), place, bounds)
        raw = await _read(response, place, bounds)
    if bounds.cut:
        return Answer(status, headers, _decoded_as_far_as_it_goes(raw, headers, bounds, place))
    return Answer(status, headers, decode_body(raw, headers.get("content-encoding"), bounds.most, place))


def place_of(url: httpx.URL) -> str:
    """The host of an address as people know it, with its port if that is unusual."""
    return url.host if url.port is None else f"{url.host}:{url.port}"


@asynccontextmanager
async def _sent(transport: httpx.AsyncBaseTransport, message: httpx.Request) -> AsyncIterator[httpx.Response]:
    """The answer while it is open.

    Straight from the transport: `httpx.AsyncClient` looks into redirects before we can, and costs a tenth of a fetch.
    """
    response = await transport.handle_async_request(message)
    response.request = message
    try:
        yield response
    finally:
        await response.aclose()


def _is_conditional(message: httpx.Request) -> bool:
    return "if-none-match" in message.headers or "if-modified-since" in message.headers


def _refuse_type(content_type: str | None, place: str, bounds: Bounds) -> None:
    if bounds.families is None or is_readable_type(content_type, bounds.families):
        return
    wanted = " or ".join(bounds.families)
    named = clean(content_type or "").partition(";")[0][:80]
    raise ContentTypeError(f"{place} sends {named}, which is no {wanted}", hint="Open it in a browser")


async def _read(response: httpx.Response, place: str, bounds: Bounds) -> bytes:
    """The body as it was sent, compressed perhaps."""
    too_large = TooLargeError(f"{place} sends more than {bounds.most // 1024:,} KiB")
    if not bounds.cut and announced_size(response.headers) > bounds.most:
        raise too_large
    found = bytearray()
    async for part in response.aiter_raw():
        found += part
        if len(found) > bounds.most:
            if bounds.cut:
                break
            raise too_large
    return bytes(found[: bounds.most])


def _decoded_as_far_as_it_goes(raw: bytes, headers: httpx.Headers, bounds: Bounds, place: str) -> bytes:
    try:
        return decode_body(raw, headers.get("content-encoding"), bounds.most, place)
    except (TooLargeError, ContentTypeError):
        return b""
