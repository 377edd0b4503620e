"""Which pieces a reader wants: of the text what is no pointer, label or notice, and the pictures."""

import re
from collections import Counter
from functools import cache, cached_property
from itertools import takewhile
from typing import NamedTuple

from newsreader.dates import parse_date
from newsreader.extract.body import article_of, ends_sentence, is_prose, tells_who_or_when, weigh_makes
from newsreader.extract.figures import Figure, is_caption
from newsreader.extract.headings import over_text
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind, amount, inherit
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role, kind_of
from newsreader.extract.words import (
    EMBED_NOTICES,
    PAYWALL,
    PROMO_LABELS,
    PROMO_PHRASES,
    READ_ALSO,
    words,
)
from newsreader.text import fold

_LABEL_SIZE = 40
_POINTER_SIZE = 220
_PROMO_SIZE = 160
_NOTICE_SIZE = 600
_OPENING = 60  # characters in which a notice says that it is one
_TITLED = 50  # least size of a label and a title
_BIO_SIZE = 600
_QUOTED = 4  # least different words of a pull quote
_HEAD_SIZE = 80  # of a date or a byline
_COMMENTS = 0.85  # share of the text: more is no thread of comments, whatever its name
_LABELLED = 3  # words of an address with its label, as on pages made to be printed
_FEW_HEADINGS = 3
_OFTEN = 3  # text that comes so often is a notice
_MOST = 0.4  # a box with more of the text than this is no box
_BOX_ROLES = (Role.CHROME, Role.COMMENTS, Role.LINKS, Role.TOC, Role.TAGS)
_BOXES = frozenset(
    words("""
    div section aside ul ol dl table article form header footer figure nav details center fieldset
    """)
)


class Page(NamedTuple):
    """What judging needs to know: the outline, the container, the headline, the pictures, the times over updates."""

    outline: Outline
    container: Element
    title: str
    headline: int
    figures: dict[int, Figure]
    is_closed: bool = False
    times: frozenset[int] = frozenset()


def choose(page: Page, text: frozenset[int] | None = None) -> list[Piece]:
    """The pieces of the container that a reader wants, in order: text, pictures, rules and embeds.

    `text` are the indexes of pieces that are known to be text; `None` if all may be.
    """
    judge = _Judge(page, known=text is not None)
    pieces = page.outline.pieces[page.container.first : page.container.last]
    if text is not None:
        pieces = [piece for piece in pieces if not piece.is_text or piece.index in text]
    notices = _notices(pieces)
    kept = [piece for piece in _after_head(pieces, page) if piece.text not in notices and judge.keeps(piece)]
    kept = [piece for piece in kept if not _is_pull_quote(piece, kept)]
    return _trim(over_text(kept, page.outline, page.container), page.figures)


def is_kept_alone(text: str, title: str) -> bool:
    """Whether `choose` would keep a text, one clean line, that is all there is under a title."""
    root = Element(kind_of("html"), None, {}, 0)
    piece = Piece(PieceKind.TEXT, root, 0)
    piece.parts = [(text, root)]
    piece.size = root.size = amount(text)
    page = Page(Outline(root, [piece], [], [], [], [], "", [], [], [], []), root, title, -1, {})
    return (is_prose(piece) or not _is_head(piece, -1)) and _Judge(page, known=False).is_text(piece)


def _after_head(pieces: list[Piece], page: Page) -> list[Piece]:
    """Without dates, bylines and what stands over the headline, before the first prose or after it: a standfirst."""
    prose = (at for at, piece in enumerate(pieces) if is_prose(piece))
    first = next(prose, len(pieces))
    first = next(prose, first)
    return [
        piece for piece in pieces[:first] if piece.index in page.times or not _is_head(piece, page.headline)
    ] + pieces[first:]


def _is_pull_quote(piece: Piece, pieces: list[Piece]) -> bool:
    """Whether a short text that is set apart says words of another piece again."""
    if not piece.is_text or piece.size > _POINTER_SIZE or not _is_set_apart(piece.element):
        return False
    said = frozenset(_words().findall(piece.folded))
    longest = max(said, key=len, default="")
    return len(said) >= _QUOTED and any(
        longest in other.folded and said.issubset(_words().findall(other.folded))
        for other in pieces
        if other.size > piece.size
    )


def _is_set_apart(element: Element) -> bool:
    """Whether an element, or one of the two around it, is one for quotes."""
    around: Element | None = element
    for _ in range(3):
        if around is None:
            return False
        if around.tag in ("aside", "blockquote", "figure", "q") or "quote" in around.get("class").lower():
            return True
        around = around.parent
    return False


@cache
def _sign() -> re.Pattern[str]:
    """A letter or a digit."""
    return re.compile(r"[^\W_]")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"\w+")


def _is_head(piece: Piece, headline: int) -> bool:
    """Whether a short text is a date, a byline, or a place or rubric over the headline."""
    if not piece.is_text or piece.size > _HEAD_SIZE or piece.element.tag in HEADINGS:
        return False
    return piece.index < headline or tells_who_or_when(piece)


def _notices(pieces: list[Piece]) -> frozenset[str]:
    """Texts that come again and again, unless they are most of the page; questions do in interviews."""
    if len(pieces) < _OFTEN:
        return frozenset()
    counts = Counter(piece.text for piece in pieces if piece.size >= _LABEL_SIZE and piece.text[-1] not in "?？؟")
    often = frozenset(text for text, count in counts.items() if count >= _OFTEN)
    return often if 2 * len(often) < len(counts) else frozenset()


class _Judge:
    """Verdicts about the pieces of one page; of those that are `known` to be text, less is asked."""

    def __init__(self, page: Page, *, known: bool) -> None:
        self.page = page
        self.plain = max(page.container.size - page.container.link_size, 1)
        self.known = known
        self.boxes: dict[Element, bool] = {page.container: False}
        self.foreign: dict[Element, bool] = {page.container: False}
        captions = [index for figure in page.figures.values() for index in figure.captions]
        self.captions = {index for index in captions if page.outline.pieces[index].size < _MOST * self.plain}
        self.forms = {form.parent for form in page.outline.forms}
        self.title = fold(page.title)
        self.article = article_of(page.outline.pieces[page.headline].element) if page.headline >= 0 else None

    def keeps(self, piece: Piece) -> bool:
        """Whether a piece is kept."""
        if piece.index in self.page.times:
            return True
        if piece.is_text:
            is_out = self.is_in_foreign if self.known else self.is_in_box
            return not is_out(piece.element) and piece.index not in self.captions and self.is_text(piece)
        if self.is_in_box(piece.element):
            return False
        return piece.kind is not PieceKind.PICTURE or piece.index in self.page.figures

    def is_in_box(self, element: Element) -> bool:
        """Whether an element, or one around it inside the container, is a box; true outside the container."""
        return inherit(element, self.boxes, lambda inner, around: around or self.is_box(inner), default=True)

    def is_in_foreign(self, element: Element) -> bool:
        """The same of what is foreign to text."""
        return inherit(element, self.foreign, lambda inner, around: around or self.is_foreign(inner), default=True)

    def is_foreign(self, element: Element) -> bool:
        """Whether an element holds comments, what is said of the author, a form, or another article."""
        if element in self.forms and element.size < _BIO_SIZE:
            return True
        role = role_of(element)
        if role is Role.COMMENTS:
            return element.size < _COMMENTS * self.page.container.size
        if role is Role.BYLINE:
            return self.is_box(element)
        return element.tag == "article" and self.article is not None and not self.is_own(element)

    def is_own(self, element: Element) -> bool:
        """Whether an `article` belongs to that of the headline: around it, inside it, or without a headline."""
        assert self.article is not None
        if element.holds(self.page.headline) or self.article.holds(element.first):
            return True
        return not any(
            piece.element.tag in ("h1", "h2") for piece in self.page.outline.pieces[element.first : element.last]
        )

    def is_box(self, element: Element) -> bool:
        """Whether this element by itself is a box that is no text."""
        if element.tag in HEADINGS or element.size - element.link_size > _MOST * self.plain:
            return False
        return (
            self.is_marked(element) and self.weights.get((element.tag, element.get("class")), 0) <= _MOST * self.plain
        )

    @cached_property
    def weights(self) -> dict[tuple[str, str], int]:
        """How much prose stands in elements of one tag and class, where that is not ""."""
        inside = self.page.outline.pieces[self.page.container.first : self.page.container.last]
        weights = weigh_makes([piece for piece in inside if is_prose(piece)])
        return {make: size for make, size in weights.items() if make[1]}

    def is_marked(self, element: Element) -> bool:
        """Whether the names, the tag or the links of an element are those of a box."""
        role = role_of(element)
        if role in _BOX_ROLES:
            return element.tag != "p" or 4 * element.link_size > element.size
        if role is Role.BYLINE:
            return element.size < _BIO_SIZE
        return (element.tag == "article" and self.is_teaser(element)) or (element.tag in _BOXES and _is_linked(element))

    def is_teaser(self, element: Element) -> bool:
        """Whether an `article` inside the text is another one: its heading is a link."""
        pieces = self.page.outline.pieces[element.first : element.last]
        return any(piece.element.tag in HEADINGS and 5 * piece.link_size > 4 * piece.size for piece in pieces)

    def is_text(self, piece: Piece) -> bool:
        """Whether a text piece reads like a part of the article."""
        if is_caption(piece, self.page.container) or not _sign().search(piece.text):
            return False
        if piece.element.tag in HEADINGS:
            return piece.folded != self.title
        if piece.size > _POINTER_SIZE:  # long text is not folded: that takes time
            return piece.size >= _NOTICE_SIZE or not fold(piece.text[:_OPENING]).startswith(EMBED_NOTICES)
        return not self.is_label(piece)

    def is_label(self, piece: Piece) -> bool:
        """Whether a short piece repeats the headline, asks for something, points elsewhere or is a mere label."""
        raw = piece.folded
        if self.is_title(raw) or _is_promotion(piece) or (self.page.is_closed and _says_closed(piece)):
            return True
        is_item = piece.element.tag in _ITEM_TAGS  # lists and tables of links have been left out as boxes
        if is_pointer(raw, piece, is_item=is_item) or ("://" in raw and len(raw.split()) <= _LABELLED):
            return True
        return piece.size < _LABEL_SIZE and not ends_sentence(raw) and piece.element.tag not in _TEXT_TAGS

    def is_title(self, raw: str) -> bool:
        """Whether a folded text is the headline, perhaps with a date after it."""
        if not self.title or not raw.startswith(self.title):
            return False
        rest = raw[len(self.title) :].strip()
        return not rest or parse_date(rest) is not None


_ITEM_TAGS = ("li", "td", "th", "dd", "dt")
_TEXT_TAGS = frozenset(words("p li td th dd dt blockquote pre"))


def _is_promotion(piece: Piece) -> bool:
    """Whether a piece asks for attention or consent: it begins as such pieces do."""
    raw = piece.folded
    if raw.startswith(EMBED_NOTICES) or (piece.size < _PROMO_SIZE and raw.startswith(PROMO_PHRASES)):
        return True
    return piece.size < _LABEL_SIZE and raw.startswith(PROMO_LABELS)


def is_pointer(raw: str, piece: Piece, *, is_item: bool = False) -> bool:
    """Whether a short piece only points elsewhere: one link, or a label such as "Read more" and a link."""
    if piece.link_size > 0.85 * piece.size and not is_item:
        return True
    if 2 * piece.link_size > piece.size >= _TITLED and _is_label_and_link(piece):
        return True
    return (piece.link_size > 0.2 * piece.size or piece.size < _LABEL_SIZE) and raw.startswith(READ_ALSO)


def _is_label_and_link(piece: Piece) -> bool:
    """Whether a piece is a label that ends in a mark, and a link with all the rest."""
    label = "".join(text for text, _ in takewhile(lambda part: part[1].anchor is None, piece.parts)).strip()
    rest = len(piece.text) - len(label)
    return label.endswith((":", "|", ">", "»", "→", "▶")) and piece.link_size >= 0.9 * rest


def _says_closed(piece: Piece) -> bool:
    """Whether a short text asks for a subscription."""
    raw = piece.folded
    return any(phrase in raw for phrase in PAYWALL)


def _is_linked(element: Element) -> bool:
    """Whether a box consists of links."""
    return element.size > 0 and element.link_size > 0.6 * element.size


def _trim(pieces: list[Piece], figures: dict[int, Figure]) -> list[Piece]:
    """Without what stands after the last text: headings over nothing, rules, players and pictures without a caption.

    Many headings over nothing are text: what they stand over is drawn by a script.
    """
    end = len(pieces)
    while end and (not pieces[end - 1].is_text or pieces[end - 1].element.tag in HEADINGS):
        end -= 1
    if sum(piece.is_text for piece in pieces[end:]) > _FEW_HEADINGS:
        return pieces
    return pieces[:end] + [piece for piece in pieces[end:] if (one := figures.get(piece.index)) and one.captions]
