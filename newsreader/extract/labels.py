"""The headings over the links of a page, and what they announce."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from newsreader.extract.headings import list_kind
from newsreader.extract.pieces import Element, Piece
from newsreader.extract.tags import HEADINGS
from newsreader.extract.words import (
    MORE_HEADINGS,
    MORE_STARTS,
    OTHER_HEADINGS,
    OTHER_STARTS,
    RELATED_HEADINGS,
    RELATED_STARTS,
)
from newsreader.model.article import LinkKind
from newsreader.text import bare

_LABEL = 60  # most text in a label
_LABELS_BACK = 12
_HOLDER_DEPTH, _HOLDER_GAIN = 5, 10


class Label(NamedTuple):
    """A heading that links may stand under."""

    text: str
    kind: LinkKind | None
    is_other: bool
    piece: int
    holder: Element


class Labels:
    """The headings over the links of a page."""

    def __init__(self, pieces: list[Piece], kept: frozenset[int]) -> None:
        self.labels = [
            label
            for piece in pieces
            if 0 < piece.size <= _LABEL
            and (2 * piece.link_size <= piece.size or piece.element.tag in HEADINGS)
            and (label := _label(piece, kept))
        ]
        self.starts = [label.piece for label in self.labels]

    def over(self, anchor: Element) -> Label | None:
        """The last label before a link whose box holds the link."""
        end = bisect_right(self.starts, anchor.first)
        for label in reversed(self.labels[max(end - _LABELS_BACK, 0) : end]):
            if label.holder.holds(anchor.first):
                return label
        return None


def _label(piece: Piece, kept: frozenset[int]) -> Label | None:
    """The label that a short piece is: a known one, or a heading that is no link itself."""
    tag = piece.element.tag
    is_heading, is_link = tag in HEADINGS, 2 * piece.link_size > piece.size
    if tag == "h1" or not (is_heading or _may_announce(piece.text)):
        return None
    kind, is_other = _announced(piece.folded)
    is_plain = is_heading and not is_link and piece.index not in kept and any(map(str.isalpha, piece.text))
    if not (kind or is_other or is_plain):
        return None
    holder = _holder(piece.element)
    if is_other and 2 * holder.link_size <= holder.size:
        return None
    return Label(piece.text, kind, is_other, piece.index, holder)


def _may_announce(text: str) -> bool:
    """Whether a text begins as known labels do: a first look, for most short texts do not."""
    opening = text.lstrip(" -–—|:■【[<「・▶")[:4].lower()
    return opening in _openings() or opening[:2] in _openings()


def _announced(folded: str) -> tuple[LinkKind | None, bool]:
    """What a folded label announces: a kind of list, and whether it is a list without articles."""
    plain = bare(folded)
    return list_kind(folded), plain in OTHER_HEADINGS or plain.startswith(OTHER_STARTS)


@cache
def _openings() -> frozenset[str]:
    """How known labels begin: four letters, or two of those that may go on after fewer."""
    headings = (*RELATED_HEADINGS, *MORE_HEADINGS, *OTHER_HEADINGS)
    starts = (*RELATED_STARTS, *MORE_STARTS, *OTHER_STARTS)
    return frozenset(phrase[: 4 if len(phrase) > 3 or phrase in headings else 2] for phrase in headings + starts)  # noqa: PLR2004


def _holder(element: Element) -> Element:
    """The box that a heading stands over: the first element around it that holds more than the heading."""
    around = element
    size = element.size
    for _ in range(_HOLDER_DEPTH):
        if around.parent is None or around.parent.tag in ("body", "html"):
            return around
        around = around.parent
        if around.size > size + _HOLDER_GAIN:
            return around
    return around
