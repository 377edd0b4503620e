"""Reads the answer of one server to one request, within bounds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

import httpcore

from newsreader.errors import ContentTypeError, TooLargeError
from newsreader.fetch.coding import decode_body
from newsreader.fetch.cookies import RawHeaders
from newsreader.fetch.headers import announced_size, by_name, is_readable_type, retry_after
from newsreader.fetch.redirects import REDIRECTS
from newsreader.fetch.statuses import status_error
from newsreader.fetch.transport import Message, Transport
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
    """An answer that is not an error: a body, or "not modified", or a redirect (`location`).

    `headers` are by their names in lower case; `raw` are those of a redirect that sets cookies, else none.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    location: str | None = None
    raw: RawHeaders = ()


async def read_answer(transport: Transport, message: Message, bounds: Bounds) -> Answer:
    """Send a request and read the whole answer.

    Raises StatusError, ContentTypeError, TooLargeError, PrivateAddressError, and whatever httpcore raises.
    """
    response = await transport.send(message)
    try:
        return await _read(response, message, bounds)
    finally:
        await response.aclose()


async def _read(response: httpcore.Response, message: Message, bounds: Bounds) -> Answer:
    status, headers, place = response.status, by_name(response.headers), message.address.place
    if status in REDIRECTS and "location" in headers:
        raw = response.headers if "set-cookie" in headers else ()
        return Answer(status, headers, location=headers["location"], raw=raw)
    if status == NOT_MODIFIED and message.is_conditional:
        await response.aread()  # nothing; the connection can then be used again
        return Answer(status, headers)
    if status not in _SUCCESS:
        raise status_error(status, place, retry_after(headers, bounds.now()) if status in _ASK_TO_WAIT else None)
    _refuse_type(headers.get("content-type"), place, bounds)
    too_large = TooLargeError(f"{place} sends more than {bounds.most // 1024:,} KiB")
    if not bounds.cut and announced_size(headers) > bounds.most:
        raise too_large
    body = await _read_body(response, bounds.most + 1)
    if bounds.cut:
        return Answer(status, headers, _decoded_as_far_as_it_goes(body[: bounds.most], headers, bounds, place))
    if len(body) > bounds.most:
        raise too_large
    return Answer(status, headers, decode_body(body, headers.get("content-encoding"), bounds.most, place))


def _refuse_type(content_type: str | None, place: str, bounds: Bounds) -> None:
    if bounds.families is None or is_readable_type(content_type, bounds.families):
        return
    wanted = " or ".join(bounds.families)
    named = clean(content_type or "").partition(";")[0][:80]
    raise ContentTypeError(f"{place} sends {named}, which is no {wanted}", hint="Open it in a browser")


async def _read_body(response: httpcore.Response, most: int) -> bytes:
    """The first `most` bytes of a body as it was sent, compressed perhaps."""
    found = bytearray()
    async for part in response.aiter_stream():
        found += part
        if len(found) >= most:
            break
    del found[most:]
    return bytes(found)


def _decoded_as_far_as_it_goes(raw: bytes, headers: Mapping[str, str], bounds: Bounds, place: str) -> bytes:
    try:
        return decode_body(raw, headers.get("content-encoding"), bounds.most, place)
    except (TooLargeError, ContentTypeError):
        return b""
