"""The piece of a text that shows what was looked for."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from newsreader.searchwords import Needle, folded
from newsreader.text import width

_LENGTH = 160  # columns of a snippet, about
_BEFORE = 30  # characters before the first match, at most
_WORD = 20  # characters that a piece may be longer or shorter to end between words

Stretch = tuple[str, bool]  # a piece of text, and whether it is what was looked for


def snippet_of(text: str, needles: Sequence[Needle]) -> tuple[Stretch, ...]:
    """The piece of a text around what was looked for, its matches told; the beginning if it holds none of it."""
    found = _matches(text, needles)
    start, end = _window(text, found[0] if found else (0, 0))
    inside = [(max(first, start), min(last, end)) for first, last in found if first < end and last > start]
    pieces = [("…", False)] if start else []
    at = start
    for first, last in inside:
        pieces += [(_line(text[at:first]), False), (_line(text[first:last]), True)]
        at = last
    pieces += [(_line(text[at:end]), False), ("…" if end < len(text) else "", False)]
    return tuple((piece, is_match) for piece, is_match in pieces if piece)


def _matches(text: str, needles: Iterable[Needle]) -> list[tuple[int, int]]:
    """Where the needles are in a text, in its own characters; none overlaps."""
    plain, places = _folded_with_places(text)
    found = sorted((places[first], places[last]) for needle in needles for first, last in needle.find(plain))
    kept: list[tuple[int, int]] = []
    for first, last in found:
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return kept


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters, and its end, the place in the text that it comes from."""
    plain = folded(text)
    if len(plain) == len(text):
        return plain, range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    for cluster in _clusters().finditer(text):
        part = folded(cluster[0])
        parts.append(part)
        places += [cluster.start()] * len(part)
    return "".join(parts), [*places, len(text)]


@cache
def _clusters() -> re.Pattern[str]:
    """A character with the marks that may be folded into it."""
    return re.compile(
        "(?s:.)[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u3099\u309a\uff9e\uff9f]*"
    )


def _window(text: str, match: tuple[int, int]) -> tuple[int, int]:
    """Where the piece around a match begins and ends: at a sentence or between words where that is near."""
    first, last = match
    start = max(first - _BEFORE, 0)
    if start:
        sentence = max(text.rfind(end, start, first) for end in "\n.!?。!?")
        space = text.find(" ", start, min(start + _WORD, first))
        start = sentence + 1 if sentence >= 0 else space + 1 if space >= 0 else start
        start += len(text[start:first]) - len(text[start:first].lstrip())
    wide = max(width(text[start : start + _LENGTH].replace("\n", " ")), _LENGTH)
    end = max(start + _LENGTH * _LENGTH // wide, last)
    if end < len(text) and (space := text.rfind(" ", max(end - _WORD, last), end)) > 0:
        end = space
    return start, min(end, len(text))


def _line(piece: str) -> str:
    return piece.replace("\n", " ")
