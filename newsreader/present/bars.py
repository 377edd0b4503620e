"""How far a run is, on a terminal: a bar for each group of sources, drawn over and over in the same place."""

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

from newsreader.present.as_rich import Stream
from newsreader.present.lines import safe
from newsreader.text import cut, width

_OFTEN = 0.05  # seconds between two drawings
_MOST = 8  # bars; what is beyond shares the last one
_WIDEST, _LEAST_COLUMNS = 20, 40  # columns of a bar, and those of a terminal that has room for one
_OTHERS = "others"


class _Bar(NamedTuple):
    done: int
    total: int
    text: str


class Bars:
    """Bars on a terminal of so many `columns`, wiped when `clear` is called; `clock` gives seconds."""

    def __init__(self, stream: Stream, columns: int, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._columns = columns
        self._clock = clock
        self._bars: dict[str, _Bar] = {}
        self._drawn = 0  # lines on the screen
        self._next = 0.0

    def advance(self, group: str, done: int, total: int, text: str) -> None:
        """Of a group, `done` of `total` addresses are done; `text` is the newest."""
        self._bars[group] = _Bar(done, total, text)
        if self._clock() >= self._next:
            self._next = self._clock() + _OFTEN
            self._draw(self._lines())

    def clear(self) -> None:
        """Wipe the bars, so that something else can stand there."""
        self._draw([])

    def _draw(self, lines: list[str]) -> None:
        if not (lines or self._drawn):
            return
        up = f"\x1b[{self._drawn - 1}A" if self._drawn > 1 else ""
        self._stream.write(f"\r{up}\x1b[J" + "\n".join(lines))
        self._stream.flush()
        self._drawn = len(lines)

    def _lines(self) -> list[str]:
        """A line a group; a group alone needs no name."""
        bars = dict(list(self._bars.items())[:_MOST])
        for bar in list(self._bars.values())[_MOST:]:
            last = bars.get(_OTHERS, _Bar(0, 0, ""))
            bars[_OTHERS] = _Bar(last.done + bar.done, last.total + bar.total, bar.text)
        names = [cut(safe(group or _OTHERS), max(self._columns // 4, 1)) for group in bars]
        room = max(map(width, names), default=0)
        is_alone = bars.keys() <= {""}
        labels = ["" if is_alone else name + " " * (room - width(name) + 1) for name in names]
        return [self._line(label, bar) for label, bar in zip(labels, bars.values(), strict=True)]

    def _line(self, label: str, bar: _Bar) -> str:
        line = f"{label}{self._gauge(bar)}{bar.done}/{bar.total}  {safe(bar.text)}"
        return cut(line.rstrip(), max(self._columns - 1, 1))

    def _gauge(self, bar: _Bar) -> str:
        if self._columns < _LEAST_COLUMNS:
            return ""
        columns = min(_WIDEST, self._columns // 5)
        full = columns * bar.done // max(bar.total, 1)
        return "█" * full + "░" * (columns - full) + " "
