"""The standfirst: the sentence or two between headline and text that sums the article up."""

from newsreader.extract.figures import is_caption
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.text import fold

_NAMED, _SHORTEST, _LONGEST = 15, 40, 700  # least size where the page names it so, least size elsewhere, greatest size
_SENTENCE = 60  # least size where only its place tells
_REACH = 25  # pieces between headline and text that may hold bylines, dates, share buttons
_SAME = 40  # characters of description and standfirst that must agree


def find_standfirst(outline: Outline, title_index: int, first: int, summary: str) -> Piece | None:
    """The piece that is the standfirst, `None` if there is none.

    `title_index` is the piece that shows the headline (-1: none does), `first` the first piece of the text, `summary`
    what the page declares as its description.
    """
    start = title_index + 1 if 0 <= title_index < first else first - _REACH
    candidates = [piece for piece in outline.pieces[max(start, 0, first - _REACH) : first] if _may_be(piece)]
    known = fold(summary)[:_SAME]
    for piece in candidates:
        if len(known) >= _SAME and piece.folded.startswith(known):
            return piece
    if title_index < 0:
        return None
    for piece in candidates:
        if _is_named(piece.element):
            return piece
    return next((piece for piece in candidates if _is_plain(piece)), None)


def opens_as_standfirst(piece: Piece) -> bool:
    """Whether the first piece inside the container is set apart as a standfirst."""
    return _may_be(piece) and (_is_named(piece.element) or piece.element.tag in ("h2", "h3"))


def _may_be(piece: Piece) -> bool:
    return (
        piece.kind is PieceKind.TEXT
        and (_NAMED if _is_named(piece.element) else _SHORTEST) <= piece.size <= _LONGEST
        and piece.link_size * 3 < piece.size
        and not is_caption(piece)
        and _role_around(piece.element)
        not in (Role.CHROME, Role.LINKS, Role.COMMENTS, Role.BYLINE, Role.TAGS, Role.TOC)
    )


def _is_plain(piece: Piece) -> bool:
    """A sentence in a paragraph or a lower heading of its own."""
    text = piece.text
    return piece.element.tag in ("p", "h2", "h3", "h4") and piece.size >= _SENTENCE and text[-1:] in '.!?。！？…"”»'


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
