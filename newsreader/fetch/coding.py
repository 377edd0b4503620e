"""Content codings undone (gzip, deflate, br, zstd), never past a cap: a bomb costs its cap and no more."""

import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from newsreader.errors import ContentTypeError, TooLargeError

_MOST_CODINGS = 3  # on top of each other
_MOST_MEMBERS = 100  # of one gzip body
_GZIP_MAGIC = b"\x1f\x8b"
_LARGEST_WINDOW = 8 * 1024 * 1024  # bytes; RFC 9659 asks no more of a zstd decoder


@cache
def accept_encoding() -> str:
    """The Accept-Encoding header: what can be undone here within bounds."""
    return ", ".join(["gzip", "deflate", *(["br"] if _brotli() else []), *(["zstd"] if _zstandard() else [])])


def decode_body(body: bytes, encoding: str | None, cap: int, place: str) -> bytes:
    """A body with its content codings undone, at most `cap` bytes.

    `encoding` is the Content-Encoding header, `place` the host that sent it, for messages. Raises TooLargeError for
    more bytes than `cap`, ContentTypeError for a coding that is unknown or data that is not what it says.
    """
    names = [name.strip().lower() for name in (encoding or "").split(",")]
    codings = [name for name in names if name not in {"", "identity"}]
    if len(codings) > _MOST_CODINGS:
        raise ContentTypeError(f"{place} sends an answer that is compressed {len(codings)} times over")
    for name in reversed(codings):
        body = _undone(body, name, cap, place)
    return body


def _undone(body: bytes, name: str, cap: int, place: str) -> bytes:
    if not body:
        return body
    decode = _DECODERS.get(name)
    if decode is None:
        raise ContentTypeError(f"{place} sends an answer that is compressed in a way not known here: {name[:40]!r}")
    try:
        found = decode(body, cap)
    except Exception as error:  # each library has its own class; none says more than this
        raise ContentTypeError(f"{place} sends an answer that says it is {name}, and is damaged") from error
    if len(found) > cap:
        raise TooLargeError(f"{place} sends more than {cap // 1024:,} KiB, once it is decompressed")
    return found


def _gunzip(body: bytes, cap: int) -> bytes:
    return _inflate(body, cap, 16 + zlib.MAX_WBITS)


def _deflate(body: bytes, cap: int) -> bytes:
    try:
        return _inflate(body, cap, zlib.MAX_WBITS)
    except zlib.error:  # many servers send it without the zlib header that RFC 9110 asks for
        return _inflate(body, cap, -zlib.MAX_WBITS)


def _inflate(body: bytes, cap: int, window: int) -> bytes:
    found = bytearray()
    for _ in range(_MOST_MEMBERS):
        decoder = zlib.decompressobj(window)
        found += decoder.decompress(body, cap + 1 - len(found))
        if not decoder.eof and len(found) <= cap:
            raise zlib.error("cut off")
        body = decoder.unused_data
        # Several members may follow each other (RFC 1952, section 2.2); each copies what is left.
        if not body.startswith(_GZIP_MAGIC) or len(found) > cap:
            return bytes(found)
    raise zlib.error("too many members")


def _unbrotli(body: bytes, cap: int) -> bytes:
    decoder = _brotli().Decompressor()
    found = bytearray(decoder.process(body, output_buffer_limit=cap + 1))
    while not decoder.is_finished() and len(found) <= cap:
        more = decoder.process(b"", output_buffer_limit=cap + 1 - len(found))
        if not more:
            raise ValueError("cut off")
        found += more
    return bytes(found)


def _unzstd(body: bytes, cap: int) -> bytes:
    decoder = _zstandard().ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    reader = decoder.stream_reader(body, read_across_frames=True)
    found = bytearray()
    while len(found) <= cap and (part := reader.read(cap + 1 - len(found))):
        found += part
    if len(found) < _zstandard().frame_content_size(body) and len(found) <= cap:  # -1: the frame does not say
        raise ValueError("cut off")
    return bytes(found)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


@cache
def _brotli() -> Any:
    """The brotli library, if it can stop at a limit (since 1.2)."""
    try:
        import brotli  # type: ignore[import-untyped]  # it ships no types
    except ImportError:
        return None
    return brotli if hasattr(brotli.Decompressor, "can_accept_more_data") else None


@cache
def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        return None
    return zstandard
