"""Tables as aligned columns where they fit the width, else as records."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from newsreader.present.lines import BLANK, Line, Segment, safe
from newsreader.present.setting import wrap, wrap_line
from newsreader.text import width

if TYPE_CHECKING:
    import re

_GAP = 2
_LEAST = 10  # columns a cell may be squeezed to; tables that need less become records


def table_lines(rows: Sequence[Sequence[str]], columns: int, *, header: bool) -> list[Line]:
    """A table at most `columns` wide (0 = as wide as it is); with `header`, the first row is the head.

    Wide cells are broken as long as each column keeps 10 columns; else each row becomes a record, a cell a line, named
    by the head.
    """
    many = max((len(row) for row in rows), default=0)
    cells = [[safe(cell) for cell in row] + [""] * (many - len(row)) for row in rows]
    natural = [max(width(row[at]) for row in cells) for at in range(many)]
    if not any(natural):
        return []
    sizes = _sizes(natural, columns - _GAP * (many - 1)) if columns else natural
    return _grid(cells, sizes, header) if sizes else _records(cells, columns, header)


def _sizes(natural: list[int], room: int) -> list[int] | None:
    """The widths of the columns, the widest squeezed until all fit in `room`; `None` if they would be too narrow."""
    left, wide = room, sorted(natural)
    for at, size in enumerate(wide):
        most = left // (len(wide) - at)
        if size > most:
            return [min(size, most) for size in natural] if most >= _LEAST else None
        left -= size
    return natural


def _grid(cells: list[list[str]], sizes: list[int], header: bool) -> list[Line]:  # noqa: FBT001 -- passed on
    numeric = [_is_numeric([row[at] for row in cells[header:]]) for at in range(len(sizes))]
    found: list[Line] = []
    for place, row in enumerate(cells):
        head = header and not place
        parts = [wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
        for at in range(max(map(len, parts))):
            texts = [part[at] if at < len(part) else "" for part in parts]
            found.append(_grid_line(texts, sizes, numeric, "bold" if head else ""))
        if head:
            found.append((Segment((" " * _GAP).join("─" * size for size in sizes), "bar"),))
    return found


def _grid_line(texts: list[str], sizes: list[int], numeric: list[bool], style: str) -> Line:
    padded = []
    for text, size, right in zip(texts, sizes, numeric, strict=True):
        space = " " * (size - width(text))
        padded.append(space + text if right else text + space)
    return (Segment((" " * _GAP).join(padded).rstrip(), style),)


def _records(cells: list[list[str]], columns: int, header: bool) -> list[Line]:  # noqa: FBT001 -- passed on
    names = cells[0] if header else [""] * len(cells[0])
    found: list[Line] = []
    for row in cells[header:] or cells:
        if found:
            found.append(BLANK)
        for name, cell in zip(names, row, strict=True):
            if cell:
                label = (Segment(f"{name}: ", "bold"),) if name else ()
                found += wrap_line((*label, Segment(cell)), columns)
    return found


def _is_numeric(cells: list[str]) -> bool:
    """Whether a column holds figures, which stand best with their ends in line."""
    return any(cells) and all(_figure().fullmatch(cell) for cell in cells if cell)


@cache
def _figure() -> "re.Pattern[str]":
    import re

    return re.compile(r"[-+−±]?[¥$€£]?\d[\d.,'  ]*(%|％)?|-|–|—")
