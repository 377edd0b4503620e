"""Which pieces inside the container are text: boxes are judged first, then each piece by itself."""

import re
from functools import cache
from typing import NamedTuple

from newsreader.extract.figures import Figure, is_caption
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import (
    MORE_HEADINGS,
    MORE_STARTS,
    PROMO_LABELS,
    PROMO_PHRASES,
    READ_ALSO,
    RELATED_HEADINGS,
    RELATED_STARTS,
)
from newsreader.model.article import LinkKind
from newsreader.text import fold

_LABEL_SIZE = 40
_POINTER_SIZE = 220
_PROMO_SIZE = 160
_LONG_LABEL = 60
_BOXES = frozenset(
    [
        "div",
        "section",
        "aside",
        "ul",
        "ol",
        "dl",
        "table",
        "article",
        "form",
        "header",
        "footer",
        "figure",
        "nav",
        "details",
        "center",
        "fieldset",
    ]
)


class Page(NamedTuple):
    """What judging needs to know: the outline, the container, the headline, the pictures."""

    outline: Outline
    container: Element
    title: str
    index: int
    figures: dict[int, Figure]


_ALL_HEADINGS = RELATED_HEADINGS | MORE_HEADINGS


def choose(page: Page) -> list[Piece]:
    """The pieces of the container that a reader wants, in order: text, pictures, rules and embeds."""
    judge = _Judge(page)
    pieces = page.outline.pieces[_start(page) : page.container.last]
    kept = [piece for piece in pieces if judge.keeps(piece)]
    return _trim(_drop_lists(kept))


def _start(page: Page) -> int:
    """Where the text may begin: after the headline, if that stands in the first half of the container."""
    first, last = page.container.first, page.container.last
    return page.index + 1 if first <= page.index < (first + last) // 2 else first


class _Judge:
    """Verdicts about the boxes of one page, remembered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = max(page.container.size - page.container.link_size, 1)
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
        if element.tag in HEADINGS or plain > 0.4 * self.plain:
            return False
        role = role_of(element)
        if role in (Role.CHROME, Role.COMMENTS, Role.LINKS, Role.TOC, Role.TAGS):
            return element.tag != "p" or 4 * element.link_size > element.size
        if role is Role.BYLINE:
            return element.size < 600
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
        if piece.element.tag in HEADINGS:
            return raw != self.title
        if raw == self.title:
            return False
        if piece.size <= _POINTER_SIZE and is_pointer(raw, piece):
            return False
        if (
            raw.startswith(PROMO_PHRASES if piece.size >= _LABEL_SIZE else PROMO_PHRASES + PROMO_LABELS)
            and piece.size < _PROMO_SIZE
        ):
            return False
        return piece.size >= _LABEL_SIZE or _ends_sentence(raw) or piece.element.tag in _TEXT_TAGS


_TEXT_TAGS = frozenset(["p", "li", "td", "th", "dd", "dt", "blockquote", "pre"])


def is_pointer(raw: str, piece: Piece) -> bool:
    """Whether a short piece only points elsewhere: one link, or a label such as "Read more" and a link."""
    if piece.link_size > 0.85 * piece.size:
        return True
    return raw.startswith(READ_ALSO) and (piece.link_size > 0.2 * piece.size or piece.size < _LABEL_SIZE)


def _is_linked(element: Element) -> bool:
    """Whether a box consists of links."""
    return element.size > 0 and element.link_size > 0.6 * element.size


def _ends_sentence(raw: str) -> bool:
    return raw.endswith((".", "!", "?", "。", "！", "？", "…", "”", '"', "」", "’", "؟", "।", ":", "»", ")"))


def list_kind(raw: str) -> LinkKind | None:
    """What a folded heading announces: articles that belong to the story, other articles, or `None` for neither."""
    plain = _edges().sub("", raw)
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
        if piece.kind is PieceKind.TEXT and piece.size < 120:
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
        elif not has_text:
            continue
        elif piece.kind is PieceKind.PICTURE:
            level = 7
        kept.append(piece)
    return kept[::-1]
