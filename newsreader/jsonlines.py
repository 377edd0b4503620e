"""JSON objects of a file of any size: one a line, in an array, or written over several lines."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

LONGEST = 20 * 1024 * 1024  # bytes of one line, or of one object over several
_MARK = b"\xef\xbb\xbf"  # of the byte order, as some programs put it before UTF-8
_NO_JSON = "it is no JSON"


class Wrong(NamedTuple):
    """A line that cannot be used, counted from 1, and why."""

    line: int
    reason: str


class Found(NamedTuple):
    """An object, the line where it begins, counted from 1, and the bytes of the piece of the file that it is in."""

    line: int
    values: dict[str, Any]
    size: int


def looks_like_json(head: bytes) -> bool:
    """Whether the beginning of a file is that of JSON objects."""
    text = head.removeprefix(_MARK).lstrip()
    return text.startswith(b"{") or (text.startswith(b"[") and text[1:].lstrip()[:1] in (b"{", b"]"))


def read_objects(stream: BinaryIO, head: bytes = b"") -> Iterator[Found | Wrong]:
    """The objects of a stream in order; `head` is what was read of it before.

    A document that holds articles, as `list --json` writes it, gives these.
    """
    for line, told in _pieces(_lines(stream, head)):
        if told is None:
            yield Wrong(line, f"it is longer than {LONGEST >> 20} MiB")
            continue
        try:
            yield from _objects(line, _parsed(told), len(told))
        except (ValueError, RecursionError):
            yield Wrong(line, _NO_JSON)


def _objects(line: int, value: Any, size: int) -> Iterator[Found | Wrong]:
    if isinstance(value, dict):
        inner = value.get("articles")
        if "url" in value or not isinstance(inner, list):
            yield Found(line, value, size)
            return
        value = inner
    if not isinstance(value, list):
        yield Wrong(line, "it is no object")
        return
    for each in value:
        yield Found(line, each, size // len(value)) if isinstance(each, dict) else Wrong(line, "it is no object")


def _parsed(told: bytes) -> Any:
    """The value of a piece; one of an array stands between brackets and commas that belong to others."""
    try:
        return json.loads(told, parse_constant=_refuse)
    except ValueError:
        bare = told.lstrip(b"[, \t").rstrip(b"], \t\r\n")
        if len(bare) == len(told) or not bare.startswith(b"{"):
            raise
        return json.loads(bare, parse_constant=_refuse)


def _refuse(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


def _pieces(lines: Iterator[bytes | None]) -> Iterator[tuple[int, bytes | None]]:
    """What is to be parsed, with its line; `None` is too long.

    An object over several lines begins with a brace alone and ends with one at the same indent.
    """
    held: list[bytes] = []
    first = size = 0
    for number, line in enumerate(lines, 1):
        bare = (line or b"").strip()
        if held and line is not None:
            held.append(line)
            size += len(line)
            is_last = bare.startswith(b"}") and _indent(line) == _indent(held[0])
            if is_last or size > LONGEST:
                yield first, b"".join(held) if is_last else None
                held = []
        elif bare == b"{" and line:
            held, first, size = [line], number, len(line)
        elif line is None or bare not in (b"", b"[", b"]"):
            yield number, line
    if held:
        yield first, b"".join(held)


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip())


def _lines(stream: BinaryIO, head: bytes) -> Iterator[bytes | None]:
    """The lines of a stream, `None` for each that is too long."""
    head = (head or stream.read(len(_MARK))).removeprefix(_MARK)
    *whole, begun = head.split(b"\n")
    yield from whole
    line = begun + stream.readline(LONGEST + 1)
    while line:
        if len(line) <= LONGEST:
            yield line
        else:
            yield None
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST)
        line = stream.readline(LONGEST + 1)
