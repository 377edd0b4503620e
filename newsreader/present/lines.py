"""Styled lines: what every text form is made of, and the same text without style."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from newsreader.text import clean, clean_lines


class Segment(NamedTuple):
    """A stretch of a line.

    `style` holds semantic names separated by spaces ("heading", "bold link"), "" for body text; `url` is where the
    stretch leads, `None` if nowhere.
    """

    text: str
    style: str = ""
    url: str | None = None


Line: TypeAlias = tuple[Segment, ...]
BLANK: Line = ()


def safe(text: str) -> str:
    """The text as one line that holds nothing a terminal would obey, whatever it was."""
    return text if text.isprintable() else clean(text)


def safe_lines(text: str) -> list[str]:
    """The lines of a text that keeps its line breaks and indents (quotes, code), each as safe as `safe` makes it."""
    lines = text.split("\n")
    return lines if all(line.isprintable() for line in lines) else clean_lines(text).split("\n")


def safe_url(url: str | None) -> str | None:
    """The address if it is http(s) and may stand in an escape sequence or an attribute, else `None`."""
    return url if url and url.isprintable() and url.startswith(("http://", "https://")) else None


def plain(lines: Iterable[Line]) -> str:
    """The text of the lines, each ended by a line feed."""
    return "".join(f"{text_of(line)}\n" for line in lines)


def text_of(line: Line) -> str:
    """The text of a line, without style and trailing spaces."""
    return "".join(segment.text for segment in line).rstrip()
