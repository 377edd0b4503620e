"""The standfirst: the sentence or two between headline and text that sums the article up."""

from functools import partial
from typing import NamedTuple

from newsreader.dates import parse_date
from newsreader.extract.body import ends_sentence, tells_who_or_when
from newsreader.extract.figures import is_caption
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.text import fold

_NAMED, _SHORTEST, _LONGEST = 15, 40, 700  # least size where the page names it so, least size elsewhere, greatest size
_SENTENCE = 60  # least size where only its place tells
_REACH = 25  # pieces between headline and text that may hold bylines, dates, share buttons
_SAME = 40  # characters of description and standfirst that must agree
_PLACE = 60  # characters of a place or a rubric before them
_DATED = 80  # size of a date with what stands beside it
_MOST = 5  # pieces of one standfirst
_LOWER = ("h2", "h3", "h4")
_BOXES = frozenset((Role.CHROME, Role.COMMENTS, Role.BYLINE, Role.TAGS, Role.TOC, Role.PAYWALL))


class Head(NamedTuple):
    """What stands over the text: the piece that shows the headline (-1: none does), its words, the description."""

    headline: int
    title: str
    summary: str


def find_standfirst(outline: Outline, head: Head, first: int) -> list[Piece]:
    """The pieces that are the standfirst, mostly one, before the first piece of the text; empty if there is none."""
    start = head.headline + 1 if 0 <= head.headline < first else first - _REACH
    pieces = outline.pieces[max(start, 0, first - _REACH) : first]
    summary, title = fold(head.summary), fold(head.title)
    for piece in pieces:
        if _is_described(piece, summary):
            return _with_alike(piece, pieces)
    if head.headline < 0:
        return []
    candidates = [piece for piece in pieces if _may_be(piece) and not _is_title(piece, title)]
    for test in (
        lambda piece: _is_named(piece.element),
        lambda piece: _is_point(piece, candidates),
        _is_plain,
        partial(_is_next, head.headline),
    ):
        found = next(filter(test, candidates), None)
        if found is not None:
            return _with_alike(found, candidates)
    return []


def opens_as_standfirst(outline: Outline, head: Head, first: Piece, second: Piece) -> bool:
    """Whether the first piece of the text is set apart from the second as a standfirst."""
    if not _may_be(first) or _is_title(first, fold(head.title)):
        return False
    if _is_named(first.element) or (first.element.tag in ("h2", "h3") and _is_plain(first)):
        return True
    if _make(first.element) == _make(second.element) or not ends_sentence(first.text):
        return False
    between = outline.pieces[first.index + 1 : second.index]
    return _is_described(first, fold(head.summary)) or any(
        one.kind is PieceKind.TEXT and _is_head(one) for one in between
    )


def _is_head(piece: Piece) -> bool:
    """Whether a text says who wrote the article, or when."""
    return piece.size <= _DATED and (_role_around(piece.element) is Role.BYLINE or tells_who_or_when(piece))


def _make(element: Element) -> tuple[str, str, Element | None]:
    """How an element is set, and where."""
    return element.tag, element.get("class"), element.parent


def join_points(points: list[str]) -> str:
    """The pieces of a standfirst as one line: sentences after each other, others with a point between."""
    line = ""
    for point in points:
        line += (" " if ends_sentence(line) else " · ") * bool(line) + point
    return line


def _is_described(piece: Piece, summary: str) -> bool:
    """Whether a piece says what the page declares as its description, perhaps after a place or a rubric."""
    if piece.kind is not PieceKind.TEXT or not _SHORTEST <= piece.size <= _LONGEST or len(summary) < _SAME:
        return False
    if summary[:_SAME] not in piece.folded[: _SAME + _PLACE] and piece.folded[:_SAME] not in summary[: _SAME + _PLACE]:
        return False
    return _role_around(piece.element) not in _BOXES


def _with_alike(found: Piece, pieces: list[Piece]) -> list[Piece]:
    """A piece of the standfirst and what follows it, set alike: points, or several subheadings."""
    alike = [found]
    for piece in pieces:
        follows = piece.index == alike[-1].index + 1 and len(alike) < _MOST
        if follows and _make(piece.element) == _make(found.element) and 3 * piece.link_size < piece.size:
            alike.append(piece)
    return alike


def _is_point(piece: Piece, pieces: list[Piece]) -> bool:
    """Whether a piece is a sentence in a list of such."""
    if piece.element.tag != "li":
        return False
    points = [other for other in pieces if other.element.parent is piece.element.parent]
    return 1 < len(points) <= _MOST and all(point.link_size == 0 for point in points)


def _may_be(piece: Piece) -> bool:
    return (
        piece.kind is PieceKind.TEXT
        and (_NAMED if _is_named(piece.element) else _SHORTEST) <= piece.size <= _LONGEST
        and piece.link_size * 3 < piece.size
        and not is_caption(piece)
        and not (piece.size < _DATED and parse_date(piece.text))
        and (role := _role_around(piece.element)) not in _BOXES
        and role is not Role.LINKS
    )


def _is_title(piece: Piece, title: str) -> bool:
    """Whether a piece repeats the headline."""
    return bool(title) and title in piece.folded and len(piece.folded) < len(title) + _PLACE


def _is_plain(piece: Piece) -> bool:
    """A sentence in a paragraph, or a lower heading of its own."""
    return piece.size >= _SENTENCE and (
        piece.element.tag in _LOWER or (piece.element.tag == "p" and ends_sentence(piece.text))
    )


def _is_next(headline: int, piece: Piece) -> bool:
    """A sentence in any element, right after the headline."""
    return piece.index == headline + 1 and piece.size >= _SENTENCE and ends_sentence(piece.text)


def _is_named(element: Element) -> bool:
    """Whether an element, or one of the two around it, is named as a standfirst."""
    around: Element | None = element
    for _ in range(3):
        if around is None:
            return False
        if role_of(around) is Role.STANDFIRST or (
            around.get("itemprop").lower() in ("description", "alternativeheadline", "alternativename")
        ):
            return True
        around = around.parent
    return False


def _role_around(element: Element) -> Role:
    """The first role met on the way up three elements."""
    around: Element | None = element
    for _ in range(3):
        if around is None or around.tag in HEADINGS:
            return Role.NONE
        if role_of(around) not in (Role.NONE, Role.BODY):
            return role_of(around)
        around = around.parent
    return Role.NONE
