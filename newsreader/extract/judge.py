"""Which pieces inside the container are text: boxes are judged first, then each piece by itself."""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from newsreader.dates import parse_date
from newsreader.extract.body import ends_sentence, is_prose, weigh_makes
from newsreader.extract.figures import Figure, is_caption
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import (
    BYLINE_STARTS,
    MORE_HEADINGS,
    MORE_STARTS,
    PAYWALL,
    PROMO_LABELS,
    PROMO_PHRASES,
    READ_ALSO,
    RELATED_HEADINGS,
    RELATED_STARTS,
    words,
)
from newsreader.model.article import LinkKind
from newsreader.text import fold

_LABEL_SIZE = 40
_POINTER_SIZE = 220
_PROMO_SIZE = 160
_LONG_LABEL = 60
_BIO_SIZE = 600
_HEAD_SIZE = 80  # of a date or a byline
_OFTEN = 3  # text that comes so often is a notice
_MOST = 0.4  # a box with more of the text than this is no box
_BOXES = frozenset(
    words("""
    div section aside ul ol dl table article form header footer figure nav details center fieldset
    """)
)


class Page(NamedTuple):
    """What judging needs to know: the outline, the container, the headline, the pictures."""

    outline: Outline
    container: Element
    title: str
    headline: int
    figures: dict[int, Figure]
    is_closed: bool = False


_ALL_HEADINGS = RELATED_HEADINGS | MORE_HEADINGS


def choose(page: Page) -> list[Piece]:
    """The pieces of the container that a reader wants, in order: text, pictures, rules and embeds."""
    judge = _Judge(page)
    pieces = page.outline.pieces[_start(page) : page.container.last]
    notices = _notices(pieces)
    kept = [piece for piece in _after_head(pieces) if piece.text not in notices and judge.keeps(piece)]
    return _trim(_drop_lists(kept))


def _after_head(pieces: list[Piece]) -> list[Piece]:
    """Without dates and bylines before the first prose."""
    first = next((at for at, piece in enumerate(pieces) if is_prose(piece)), len(pieces))
    return [piece for at, piece in enumerate(pieces) if at > first or not _is_head(piece)]


def _is_head(piece: Piece) -> bool:
    """Whether a short text is a date or a byline."""
    if piece.kind is not PieceKind.TEXT or piece.size > _HEAD_SIZE or piece.element.tag in HEADINGS:
        return False
    if piece.folded.startswith(BYLINE_STARTS) and not ends_sentence(piece.folded):
        return True
    return any(char.isdigit() for char in piece.text) and parse_date(piece.text) is not None


def _notices(pieces: list[Piece]) -> frozenset[str]:
    """Texts that come again and again, unless they are most of the page."""
    counts = Counter(piece.text for piece in pieces if piece.size >= _LABEL_SIZE)
    often = frozenset(text for text, count in counts.items() if count >= _OFTEN)
    return often if 2 * len(often) < len(counts) else frozenset()


def _start(page: Page) -> int:
    """Where the text may begin: after the headline, if that stands in the first half of the container."""
    first, last = page.container.first, page.container.last
    return page.headline + 1 if first <= page.headline < (first + last) // 2 else first


class _Judge:
    """Verdicts about the boxes of one page, remembered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = max(page.container.size - page.container.link_size, 1)
        inside = page.outline.pieces[page.container.first : page.container.last]
        self.weights = weigh_makes([piece for piece in inside if is_prose(piece)])
        self.dropped: dict[Element, bool] = {page.container: False}
        self.captions = {index for figure in page.figures.values() for index in figure.captions}
        self.title = fold(page.title)

    def keeps(self, piece: Piece) -> bool:
        """Whether a piece is kept."""
        if self.is_dropped(piece.element):
            return False
        if piece.kind is PieceKind.PICTURE:
            return piece.index in self.page.figures
        if piece.kind is not PieceKind.TEXT:
            return True
        return piece.index not in self.captions and self.is_text(piece)

    def is_dropped(self, element: Element) -> bool:
        """Whether an element, or one around it inside the container, is a box that is no text."""
        path: list[Element] = []
        around: Element | None = element
        while around is not None and around not in self.dropped:
            path.append(around)
            around = around.parent
        verdict = self.dropped[around] if around is not None else True
        for inner in reversed(path):
            verdict = verdict or self.is_box(inner)
            self.dropped[inner] = verdict
        return verdict

    def is_box(self, element: Element) -> bool:
        """Whether this element by itself is a box that is no text."""
        plain = element.size - element.link_size
        shared = self.weights.get((element.tag, element.get("class")), 0) if element.get("class") else 0
        if element.tag in HEADINGS or max(plain, shared) > _MOST * self.plain:
            return False
        role = role_of(element)
        if role in (Role.CHROME, Role.COMMENTS, Role.LINKS, Role.TOC, Role.TAGS):
            return element.tag != "p" or 4 * element.link_size > element.size
        if role is Role.BYLINE:
            return element.size < _BIO_SIZE
        if element.tag == "article" and self.is_teaser(element):
            return True
        return element.tag in _BOXES and _is_linked(element)

    def is_teaser(self, element: Element) -> bool:
        """Whether an `article` inside the text is another one: its heading is a link."""
        pieces = self.page.outline.pieces[element.first : element.last]
        return any(piece.element.tag in HEADINGS and 5 * piece.link_size > 4 * piece.size for piece in pieces)

    def is_text(self, piece: Piece) -> bool:
        """Whether a text piece reads like a part of the article."""
        raw = piece.folded
        if not raw or is_caption(piece, self.page.container):
            return False
        if raw == self.title or (self.page.is_closed and _says_closed(piece)):
            return False
        if piece.element.tag in HEADINGS:
            return True
        is_item = piece.element.tag in _ITEM_TAGS  # lists and tables of links have been left out as boxes
        if piece.size <= _POINTER_SIZE and is_pointer(raw, piece, is_item=is_item):
            return False
        if (
            raw.startswith(PROMO_PHRASES if piece.size >= _LABEL_SIZE else PROMO_PHRASES + PROMO_LABELS)
            and piece.size < _PROMO_SIZE
        ):
            return False
        return piece.size >= _LABEL_SIZE or ends_sentence(raw) or piece.element.tag in _TEXT_TAGS


_ITEM_TAGS = ("li", "td", "th", "dd", "dt")
_TEXT_TAGS = frozenset(words("p li td th dd dt blockquote pre"))


def is_pointer(raw: str, piece: Piece, *, is_item: bool = False) -> bool:
    """Whether a short piece only points elsewhere: one link, or a label such as "Read more" and a link."""
    if piece.link_size > 0.85 * piece.size and not is_item:
        return True
    return raw.startswith(READ_ALSO) and (piece.link_size > 0.2 * piece.size or piece.size < _LABEL_SIZE)


def _says_closed(piece: Piece) -> bool:
    """Whether a short text asks for a subscription."""
    return piece.size < _POINTER_SIZE and any(phrase in piece.folded for phrase in PAYWALL)


def _is_linked(element: Element) -> bool:
    """Whether a box consists of links."""
    return element.size > 0 and element.link_size > 0.6 * element.size


def list_kind(raw: str) -> LinkKind | None:
    """What a folded heading announces: articles that belong to the story, other articles, or `None` for neither."""
    plain = _edges().sub("", raw).replace("\u0307", "")  # the dot that folding leaves of a Turkish capital I
    if plain in RELATED_HEADINGS:
        return LinkKind.RELATED
    if plain in MORE_HEADINGS:
        return LinkKind.MORE
    if len(plain) >= _LONG_LABEL:
        return None
    if plain.startswith(RELATED_STARTS):
        return LinkKind.RELATED
    return LinkKind.MORE if plain.startswith(MORE_STARTS) else None


@cache
def _edges() -> re.Pattern[str]:
    return re.compile(r"^[\W_]+|[\W_]+$")


def _drop_lists(pieces: list[Piece]) -> list[Piece]:
    """Without lists that a heading announces as other articles, and the heading."""
    kept: list[Piece] = []
    skipping = False
    for piece in pieces:
        if piece.kind is PieceKind.TEXT and piece.size < 2 * _LONG_LABEL:
            raw = piece.folded
            is_label = piece.element.tag in HEADINGS or piece.element.tag not in ("li", "td")
            if is_label and (
                list_kind(raw) if piece.element.tag in HEADINGS else _edges().sub("", raw) in _ALL_HEADINGS
            ):
                skipping = True
                continue
        if skipping and piece.kind is PieceKind.TEXT and (piece.link_size * 2 < piece.size):
            skipping = False
        if not skipping:
            kept.append(piece)
    return kept


def _is_post(piece: Piece) -> bool:
    """Whether an embed is a post of another site: such a one may end an article, a player there is an advertisement."""
    return piece.kind is PieceKind.EMBED and piece.element.tag == "blockquote"


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Without headings over nothing, and without rules and pictures after the last text."""
    kept: list[Piece] = []
    level = 7
    has_text = False
    for piece in reversed(pieces):
        tag = piece.element.tag
        if piece.kind is PieceKind.TEXT and tag in HEADINGS:
            if not has_text or level <= HEADINGS[tag]:
                continue
            level = HEADINGS[tag]
        elif piece.kind is PieceKind.TEXT:
            has_text = True
            level = 7
        elif not has_text and not _is_post(piece):
            continue
        elif piece.kind is PieceKind.PICTURE:
            level = 7
        kept.append(piece)
    return kept[::-1]
