"""Live blogs: the times over their updates, which are headings there."""

import re
from functools import cache

from newsreader.extract.pieces import Element, Make, Outline, Piece, PieceKind, make_of
from newsreader.extract.tags import HEADINGS

_SIZE = 40  # of a time with its label
_RUN = 3  # updates that make a live blog


def find_times(outline: Outline, container: Element, text: frozenset[int]) -> frozenset[int]:
    """The indexes of times, set alike, each over text of its own; empty if there is no run of them."""
    runs: dict[Make, list[int]] = {}
    last: Piece | None = None
    for piece in outline.pieces[container.first : container.last]:
        if piece.kind is not PieceKind.TEXT:
            continue
        if _is_time(piece):
            last = piece
        elif last is not None and piece.index in text and piece.element.tag not in HEADINGS:
            runs.setdefault(make_of(last.element), []).append(last.index)
            last = None
    return frozenset(index for run in runs.values() if len(run) >= _RUN for index in run)


def _is_time(piece: Piece) -> bool:
    """Whether a piece is only a time of day, or a `time` with one and no year, in no table or heading."""
    if piece.size > _SIZE or piece.element.tag in ("td", "th", *HEADINGS) or not any(map(str.isdigit, piece.text)):
        return False
    if _clock().fullmatch(piece.text):
        return True
    return not _year().search(piece.text) and all(_has_hour(element) for words, element in piece.parts if words.strip())


def _has_hour(element: Element) -> bool:
    """Whether an element is a `time` that says the hour to machines."""
    return element.tag == "time" and ":" in element.get("datetime")


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"\d{4}")


@cache
def _clock() -> re.Pattern[str]:
    """An hour and a minute, with at most a word or two around them ("um 9.05 Uhr", "14:35 a.m.", "오후 2시 5분")."""
    return re.compile(
        r"(?:[^\W\d]{1,4} )?(?:[01]?\d|2[0-3])(?:[:.h]|[時时시] ?)[0-5]\d[分분]?(?: ?[^\W\d][\w.]{0,5}){0,2}"
    )
