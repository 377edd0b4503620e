"""What changed in a text, set in its place: under a style on a terminal, else between signs."""

from collections.abc import Iterable

from newsreader.model.difference import Piece
from newsreader.present.lines import BLANK, Line, Segment, safe
from newsreader.present.setting import wrap_line

_SIGNS = {"added": ("{+", "+}"), "removed": ("[-", "-]")}


def difference_lines(pieces: Iterable[Piece], *, columns: int, signs: bool) -> list[Line]:
    """The pieces as paragraphs no wider than `columns` (0 = not broken), an empty line between two.

    With `signs` what was added is `{+so+}` and what was removed `[-so-]`; their styles are "added" and "removed".
    """
    paragraphs: list[list[Segment]] = [[]]
    for op, text in pieces:
        first, *others = (safe(part) for part in text.split("\n"))
        paragraphs[-1] += _segments(op, first, signs=signs)
        paragraphs += [_segments(op, part, signs=signs) for part in others]
    found: list[Line] = []
    for segments in filter(None, paragraphs):
        found += [*([BLANK] if found else []), *wrap_line(tuple(segments), columns)]
    return found


def _segments(op: str, text: str, *, signs: bool) -> list[Segment]:
    if op == "same" or not text.strip():
        return [Segment(text)] if text else []
    before, after = _SIGNS[op] if signs else ("", "")
    return [Segment(f"{before}{text}{after}", op)]
