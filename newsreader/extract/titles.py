"""The headline: what the page shows over its text, without the name of the site."""

import re
from functools import cache
from typing import NamedTuple

from newsreader.extract.pieces import Outline, Piece, PieceKind
from newsreader.extract.tags import HEADINGS
from newsreader.text import clean, fold

_SEPARATORS = (
    " | ",
    " - ",
    " – ",
    " — ",
    " :: ",
    " » ",
    " · ",
    " • ",
    "｜",
    "|",
    " ‹ ",
    " « ",
    " / ",
    " : ",
    "：",
    "_",
    "－",
    " ― ",
    "ㅣ",
)
_DEEPEST = 2  # headlines are first-level headings, now and then second-level
_ALIKE = 0.45  # likeness of a heading to a declared title
_NEAR = 8  # characters by which a shown title may be longer
_UNSPACED = 12  # letters a word beyond which a text is written without spaces
_SITE_NAME = 25  # a shorter last part of a title names a site or a section
_SHORT = 15  # a shorter heading is more often the name of the site


class Headline(NamedTuple):
    """The headline and the piece that shows it, -1 if no piece does."""

    text: str
    piece: int


def find_headline(outline: Outline, declared: list[str], site: str | None) -> Headline:
    """The headline of a page.

    `declared` are titles from machine-readable places, most trusted first, the document title last. A first-level
    heading that shares most of its words with one of them wins, as it is what the publisher shows; else the declared
    title is taken.
    """
    named = [clean(title) for title in declared if clean(title)]
    shown = [piece for piece in outline.pieces if piece.kind is PieceKind.TEXT and _level(piece) <= _DEEPEST][:80]
    for level in (1, _DEEPEST):
        best, score = _closest([piece for piece in shown if _level(piece) == level], named)
        if best is not None and score >= _ALIKE:
            return Headline(_best_form(_whole(outline, best), named), best.index)
    first = [piece for piece in shown if _level(piece) == 1]
    if not named and first:
        return Headline(_whole(outline, first[0]), first[0].index)
    if len(first) == 1 and len(first[0].text) >= _SHORT and not _is_site(first[0].text, site):
        return Headline(_whole(outline, first[0]), first[0].index)
    text = next((without_site(title, site) for title in named), "")
    return Headline(text, _index_of(outline, text))


def _closest(pieces: list[Piece], named: list[str]) -> tuple[Piece | None, float]:
    """The heading most like a declared title, and how like it is."""
    best, score = None, 0.0
    for piece in pieces:
        likeness = max((_likeness(piece.text, title) for title in named), default=0.0)
        if likeness > score:
            best, score = piece, likeness
    return best, score


def _best_form(shown: str, named: list[str]) -> str:
    """The shown headline; as declared, if that is the same with the kicker set off, or without it."""
    letters = _letters(shown)
    for title in named:
        known = _letters(title)
        if known and (known == letters or (letters.endswith(known) and 2 * len(known) > len(letters))):
            return title
    return shown


def _letters(text: str) -> str:
    return "".join(_word().findall(fold(text)))


def _level(piece: Piece) -> int:
    """The level of the heading that a piece stands in, 9 if none."""
    around = piece.element
    for _ in range(3):
        if around.tag in HEADINGS:
            return HEADINGS[around.tag]
        if around.parent is None:
            return 9
        around = around.parent
    return 9


def _whole(outline: Outline, piece: Piece) -> str:
    """The text of the whole heading that a piece is part of."""
    heading = piece.element
    while heading.tag not in HEADINGS and heading.parent is not None:
        heading = heading.parent
    texts = [one.text for one in outline.pieces[heading.first : heading.last] if one.kind is PieceKind.TEXT]
    return " ".join(texts)


def _index_of(outline: Outline, title: str) -> int:
    """The first piece that shows just the title."""
    folded = fold(title)
    for piece in outline.pieces:
        if piece.kind is PieceKind.TEXT and abs(len(piece.text) - len(title)) < _NEAR and piece.folded == folded:
            return piece.index
    return -1


def _likeness(one: str, other: str) -> float:
    """How much of one title is in the other, 0 to 1: of its words or, without spaces, of its pairs of letters."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return 0.0
    if len(one) > _UNSPACED * len(a) or len(other) > _UNSPACED * len(b):
        a, b = _pairs(one), _pairs(other)
    common = len(a & b)
    return common / max(len(a), 1) * min(1.0, 0.4 + len(a) / max(len(b), 1))


def _words(text: str) -> set[str]:
    return set(_word().findall(fold(text)))


def _pairs(text: str) -> set[str]:
    letters = _letters(text)
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


def _is_site(text: str, site: str | None) -> bool:
    return bool(site) and fold(text) == fold(site or "")


def without_site(title: str, site: str | None) -> str:
    """A title without the name of the site, or a short last part, after a separator."""
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if not found or not head.strip():
            continue
        if (site and _resembles(tail, site)) or (
            separator in _SEPARATORS[:6] and len(tail) <= _SITE_NAME and len(head) >= 2 * len(tail)
        ):
            return without_site(head.strip(), site)
    head, found, tail = title.partition(_SEPARATORS[0])
    return tail.strip() if found and site and _resembles(head, site) and tail.strip() else title


def _resembles(part: str, site: str) -> bool:
    """Whether a part of a title is the name of the site."""
    one, other = ("".join(_word().findall(fold(text))) for text in (part, site))
    return bool(one) and (one in other or other in one)
