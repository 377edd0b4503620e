"""Headings of a text: those that stand over text, and bold lines that are set as headings."""

from bisect import bisect_left
from itertools import pairwise

from newsreader.extract.body import is_prose
from newsreader.extract.pieces import Element, Outline, Piece
from newsreader.extract.tags import BOLD, HEADINGS
from newsreader.extract.words import MORE_HEADINGS, MORE_STARTS, READ_ALSO, RELATED_HEADINGS, RELATED_STARTS
from newsreader.model.article import LinkKind
from newsreader.text import bare

_LINE = 80  # greatest size of a bold line that is a heading
_LONG_LABEL = 60
_REST = 30  # what a box of a heading may hold beside it: numbers, labels
_ADDED = ("h2", "h3", "h4")
_INNER = ("li", "td", "th", "dd", "blockquote", "figure", "figcaption")
_ALIKE = 2  # bold lines that are set alike and are headings


def add_headings(outline: Outline, container: Element, text: frozenset[int]) -> frozenset[int]:
    """The indexes of text, with those of headings right over text that stand in an element with it."""
    pieces = outline.pieces[min(text, default=container.last) : container.last]
    added: set[int] = set()
    below: Piece | None = None
    for piece in reversed([piece for piece in pieces if piece.is_text]):
        parent = piece.element.parent
        if piece.index in text:
            below = piece
        elif (
            piece.element.tag in _ADDED
            and below is not None
            and parent is not None
            and 2 * piece.link_size < piece.size
        ):
            if parent.holds(below.index) and not _announces(piece):
                added.add(piece.index)
            below = None
        elif piece.size > _REST:
            below = None
    return text | added


def over_text(pieces: list[Piece], outline: Outline, container: Element) -> list[Piece]:
    """Pieces without headings of boxes and of lists of links whose text is not among them."""
    kept = [piece.index for piece in pieces if piece.is_text]
    text = [piece.index for piece in pieces if piece.is_text and piece.element.tag not in HEADINGS]
    return [
        piece
        for piece in pieces
        if piece.element.tag not in HEADINGS
        or (_stands_over(piece, container, text) and (not _announces(piece) or _goes_on(piece, outline, kept)))
    ]


def _stands_over(heading: Piece, container: Element, text: list[int]) -> bool:
    """Whether the first element around a heading that holds more than it holds text, or the whole container."""
    around = heading.element.parent
    rest = 0 if 2 * heading.link_size > heading.size else _REST
    while around is not None and around is not container and around.size <= heading.size + rest:
        around = around.parent
    if around is None or (around.first <= container.first and around.last >= container.last):
        return True
    at = bisect_left(text, around.first)
    return at < len(text) and text[at] < around.last


def _announces(heading: Piece) -> bool:
    """Whether a heading speaks of other articles."""
    return heading.folded.startswith(READ_ALSO) or list_kind(heading.folded) is not None


def _goes_on(heading: Piece, outline: Outline, kept: list[int]) -> bool:
    """Whether the text right under a heading is kept."""
    at = bisect_left(kept, heading.index + 1)
    end = kept[at] if at < len(kept) else heading.index
    return not any(piece.is_text for piece in outline.pieces[heading.index + 1 : end])


def find_subheads(pieces: list[Piece]) -> frozenset[int]:
    """The indexes of lines that are headings: several set alike, bold or in a class of their own, each over text."""
    texts = [piece for piece in pieces if piece.is_text]
    start = next((at for at, piece in enumerate(texts) if is_prose(piece)), len(texts))
    found: dict[tuple[str, str, str, bool], list[Piece]] = {}
    others: set[tuple[str, str, str, bool]] = set()
    for piece, below in pairwise(texts[start:]):
        make = _make(piece)
        if _is_line(piece) and below.size > piece.size and below.element.tag not in HEADINGS and _make(below) != make:
            found.setdefault(make, []).append(piece)
        else:
            others.add(make)
    return frozenset(
        piece.index
        for make, alike in found.items()
        if _are_headings(alike) and (make[3] or (make[1] and make not in others))
        for piece in alike
    )


def _make(piece: Piece) -> tuple[str, str, str, bool]:
    """How a piece is set: tag and class, the tag around it, whether it is bold."""
    element = piece.element
    is_bold = all(inner.marks & BOLD for text, inner in piece.parts if text.strip())
    return element.tag, element.get("class"), element.parent.tag if element.parent else "", is_bold


def _are_headings(alike: list[Piece]) -> bool:
    """Whether lines are headings rather than the questions of an interview."""
    return len(alike) >= _ALIKE and 2 * sum(piece.text.endswith(("?", "？")) for piece in alike) <= len(alike)


def _is_line(piece: Piece) -> bool:
    """Whether a piece is a short line in a paragraph that is no sentence."""
    if piece.element.tag not in ("p", "div") or piece.size > _LINE or piece.link_size:
        return False
    parent = piece.element.parent
    if parent is not None and parent.tag in _INNER:
        return False
    return any(map(str.isalpha, piece.text)) and not piece.text.endswith((".", ":", ",", "。", "："))


def list_kind(raw: str) -> LinkKind | None:
    """What a folded heading announces: articles that belong to the story, other articles, or `None` for neither."""
    plain = bare(raw).replace("\u0307", "")  # the dot that folding leaves of a Turkish capital I
    if plain in RELATED_HEADINGS:
        return LinkKind.RELATED
    if plain in MORE_HEADINGS:
        return LinkKind.MORE
    if len(plain) >= _LONG_LABEL:
        return None
    if plain.startswith(RELATED_STARTS):
        return LinkKind.RELATED
    return LinkKind.MORE if plain.startswith(MORE_STARTS) else None
