"""Pointers to other articles inside a paragraph: out of the text, their links kept."""

import re
from functools import cache
from itertools import pairwise

from newsreader.extract.pieces import Element, Piece
from newsreader.extract.roles import role_of
from newsreader.extract.tags import Role
from newsreader.extract.words import READ_ALSO
from newsreader.text import fold

_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］"}
_REACH = 400  # characters between the brackets


def cut_asides(piece: Piece) -> list[Element]:
    """Take pointers out of a piece's parts; the links that were in them."""
    removed: list[Element] = []
    if piece.link_size == 0:
        return removed
    for first, last in reversed(_stretches(piece)):
        removed.extend(anchor for _, element in piece.parts[first:last] if (anchor := element.anchor) is not None)
        piece.replace(piece.parts[:first] + piece.parts[last:])
    return list(dict.fromkeys(removed))


def _stretches(piece: Piece) -> list[tuple[int, int]]:
    """Ranges of parts that are pointers: marked by an element of their own, or in brackets that open with a label."""
    found = _marked(piece)
    return found or _bracketed(piece)


def _marked(piece: Piece) -> list[tuple[int, int]]:
    """Ranges of parts inside an inline element whose role is that of a link list."""
    found: list[tuple[int, int]] = []
    for index, (_, element) in enumerate(piece.parts):
        if not _in_links(element, piece.element):
            continue
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return [stretch for stretch in found if any(part[1].anchor for part in piece.parts[slice(*stretch)])]


def _in_links(element: Element, block: Element) -> bool:
    around: Element | None = element
    while around is not None and around is not block:
        if role_of(around) is Role.LINKS and around.tag != "a":
            return True
        around = around.parent
    return False


def _bracketed(piece: Piece) -> list[tuple[int, int]]:
    """The range of parts of "(Related: …)" with a link inside. A bracket within a part splits it first."""
    text = "".join(part for part, _ in piece.parts)
    for match in _opening().finditer(text):
        if not fold(match[2]).startswith(READ_ALSO):
            continue
        end = text.find(_BRACKETS[match[1]], match.end(), match.end() + _REACH)
        stretch = _split(piece, match.start(), end + 1 if end >= 0 else len(text))
        if any(element.anchor for _, element in piece.parts[slice(*stretch)]):
            return [stretch]
    return []


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"([(（\[【［])\s*(\w[^)）\]】］]{3,40})")


def _split(piece: Piece, start: int, end: int) -> tuple[int, int]:
    """Cut parts so that a stretch of text is made of whole parts; the range of those."""
    parts: list[tuple[str, Element]] = []
    at, first, last = 0, None, 0
    for text, element in piece.parts:
        for piece_start, piece_end in _cuts(at, len(text), start, end):
            if piece_end <= piece_start:
                continue
            if start <= piece_start and piece_end <= end:
                first = len(parts) if first is None else first
                last = len(parts) + 1
            parts.append((text[piece_start - at : piece_end - at], element))
        at += len(text)
    piece.parts = parts
    return (first or 0, last)


def _cuts(at: int, length: int, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces into which a part that begins at `at` is cut by a stretch."""
    points = sorted({at, at + length, *(point for point in (start, end) if at < point < at + length)})
    return list(pairwise(points))
