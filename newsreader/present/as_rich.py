"""The door to rich: styled lines and progress on a terminal, in its own palette."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol, Self
from zlib import crc32

from rich.color import ColorSystem  # noqa: TID253  # the door to rich
from rich.style import Style  # noqa: TID253  # the door to rich

from newsreader.present.lines import Line, Segment, safe, text_of
from newsreader.text import cut

# Attributes, and of the sixteen colours those that read well on light and on dark backgrounds.
_PALETTE = {
    "added": "underline green",
    "address": "dim",
    "age": "dim",
    "bar": "dim",
    "bold": "bold",
    "caption": "italic",
    "code": "green",
    "contents": "",
    "heading": "bold",
    "id": "dim",
    "italic": "italic",
    "link": "underline",
    "match": "bold",
    "meta": "dim",
    "number": "dim",
    "page-title": "bold",
    "quote": "italic",
    "reason": "",
    "removed": "strike red",
    "score": "green",
    "section": "bold",
    "source": "green",
    "standfirst": "italic",
    "state": "red",
    "title": "",
    "unread": "bold",
}


class Stream(Protocol):
    """What is written to: `sys.stdout`, `sys.stderr` or anything like them."""

    def write(self, text: str, /) -> object:
        """Take the text."""

    def flush(self) -> object:
        """Let it be seen."""


def print_lines(lines: Iterable[Line], stream: Stream, *, color: bool, links: bool = False) -> None:
    """Write the lines, each ended by a line feed.

    With `color`, styles become SGR attributes of the terminal's own palette; with `links`, addresses become hyperlinks
    (OSC 8). With neither, the output is that of `lines.plain`, and the text is the same in every case.
    """
    for line in lines:
        stream.write((_painted(line, color, links) if color or links else text_of(line)) + "\n")


class Progress:
    """What goes on: on a terminal one line that is rewritten, elsewhere nothing.

    `columns` is the width of the terminal. Used as a context manager; the line is wiped at the end.
    """

    def __init__(self, stream: Stream, *, terminal: bool, columns: int) -> None:
        self._stream = stream
        self._terminal = terminal
        self._columns = columns
        self._shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Wipe the line, so that something else can stand there."""
        self._show("")

    def say(self, text: str) -> None:
        """Show what goes on, in a few words."""
        self._show(cut(safe(text).rstrip(), max(self._columns - 1, 1)))

    def _show(self, line: str) -> None:
        """Replace the line, if the terminal does not show it yet."""
        if self._terminal and line != self._shown:
            self._stream.write(f"\r\x1b[K{line}")
            self._stream.flush()
            self._shown = line


def _painted(line: Line, color: bool, links: bool) -> str:  # noqa: FBT001 -- passed on
    found = ""
    for segment in _trimmed(line):
        text = _style(segment.style).render(segment.text, color_system=ColorSystem.STANDARD) if color else segment.text
        found += _linked(text, segment.url) if links and segment.url else text
    return found


def _trimmed(line: Line) -> list[Segment]:
    """The segments without spaces at the end of the line, which underlines would show."""
    kept = list(line)
    while kept:
        last = kept.pop()
        if bare := last.text.rstrip():
            return [*kept, last._replace(text=bare)]
    return kept


def _linked(text: str, url: str) -> str:
    """A hyperlink; its id makes the lines of a broken link one link."""
    return f"\x1b]8;id={crc32(url.encode()):x};{url}\x1b\\{text}\x1b]8;;\x1b\\"


@cache
def _style(names: str) -> Style:
    return Style.parse(" ".join(filter(None, (_PALETTE.get(name, "") for name in names.split()))) or "none")
