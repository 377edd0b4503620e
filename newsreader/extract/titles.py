"""The headline: what the page shows over its text, without the name of the site."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
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
_KICKER_ENDS = (":", "|", "-", "–", "—", "/", "：")
_TOP = ("h1", "h2")  # headlines are first-level headings, now and then second-level
_ALIKE = 0.45  # likeness of a heading to a declared title
_NEAR = 8  # characters by which a shown title may be longer
_UNSPACED = 12  # letters a word beyond which a text is written without spaces
_SITE_NAME = 25  # a shorter last part of a title names a site or a section
_SHORT = 20  # a shorter heading is more often the name of the site
_LONGEST = 600  # characters of the longest title, size of the longest heading
_MOST_PARTS = 8  # parts that are taken off a title
_MOST = 80  # headings, and pieces of a heading, that are looked at
_AROUND = 3  # elements of which one says that a heading is part of a breadcrumb
_FLAT = frozenset(("li", "td", "dd", "figcaption"))  # blocks that do not stand in a heading


class Headline(NamedTuple):
    """The headline and the piece that shows it, -1 if no piece does."""

    text: str
    piece: int


class Declared(NamedTuple):
    """Titles from machine-readable places, most trusted first, the title of the document last.

    `headline` is what a place that newsrooms fill calls the headline (JSON-LD of news, `meta` headline), "" if none
    does; titles of other places are often made for search engines.
    """

    titles: tuple[str, ...]
    headline: str = ""


class _Words:
    """A title or heading with its forms for comparing."""

    __slots__ = ("letters", "text", "words")

    def __init__(self, text: str) -> None:
        found = _word().findall(fold(text))
        self.text = text
        self.words = frozenset(found)
        self.letters = "".join(found)

    @property
    def pairs(self) -> frozenset[str]:
        """Its pairs of letters, for scripts without spaces."""
        return frozenset(map("".join, pairwise(self.letters)))

    @property
    def is_unspaced(self) -> bool:
        """Whether it is of a script without spaces."""
        return len(self.text) > _UNSPACED * len(self.words)


class _Heading(NamedTuple):
    """A heading: its element, its level and the pieces of its text."""

    element: Element
    level: int
    pieces: list[Piece]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def find_headline(outline: Outline, declared: Declared, site: str | None) -> Headline:
    """The headline of a page.

    A first-level heading, else a second-level one, that shares most of its words with a declared title wins, as it is
    what the publisher shows; the end of a breadcrumb is asked last. It gives way where nothing declared repeats it and
    JSON-LD of news and another place agree on other words. Without such a heading the first declared title is taken.
    """
    texts = [text for text in dict.fromkeys(clean(title[:_LONGEST]) for title in declared.titles) if text]
    first, second, trail = _ranked(_headings(outline))
    for heading in first:
        if texts and heading.text == texts[0]:
            return Headline(texts[0], heading.pieces[0].index)
    titles = [_Words(text) for text in texts]
    for group in (first, second, trail):
        best, piece = _closest(group, titles)
        if best is not None and piece is not None:
            text = _best_form(best, titles) or _agreed(best.text, declared, site) or best.text
            return Headline(text, piece.index)
    if first and (not texts or (len(first) == 1 and _may_be_headline(first[0].text, site))):
        return Headline(_agreed(first[0].text, declared, site) or first[0].text, first[0].pieces[0].index)
    text = next((without_site(title, site) for title in (declared.headline, *texts) if title), "")
    return Headline(text, _index_of(outline, text))


def _ranked(headings: list[_Heading]) -> tuple[list[_Heading], list[_Heading], list[_Heading]]:
    """First-level headings, second-level ones, and the first-level ones that end a breadcrumb."""
    first: list[_Heading] = []
    trail: list[_Heading] = []
    for heading in headings:
        if heading.level == 1:
            (trail if _in_breadcrumb(heading.element) else first).append(heading)
    return first, [heading for heading in headings if heading.level > 1], trail


def _headings(outline: Outline) -> list[_Heading]:
    """The headings that may be the headline, in reading order."""
    found: list[_Heading] = []
    for piece in outline.pieces:
        element = _heading_around(piece.element) if piece.element.tag not in _FLAT else None
        if element is None or piece.kind is not PieceKind.TEXT or piece.size > _LONGEST:
            continue
        if found and found[-1].element is element:
            if len(found[-1].pieces) < _MOST:
                found[-1].pieces.append(piece)
        elif len(found) < _MOST:
            found.append(_Heading(element, HEADINGS[element.tag], [piece]))
    return found


def _heading_around(block: Element) -> Element | None:
    """The first- or second-level heading that a block is, or that is one of the two elements around it."""
    if block.tag in _TOP:
        return block
    parent = block.parent
    if parent is None or parent.tag in _TOP:
        return parent
    outer = parent.parent
    return outer if outer is not None and outer.tag in _TOP else None


def _in_breadcrumb(heading: Element) -> bool:
    """Whether a heading only ends the trail of links that leads to the page."""
    around: Element | None = heading
    for _ in range(_AROUND):
        if around is None:
            return False
        if any(value and "breadcrumb" in value.lower() for value in around.attrs.values()):
            return True
        around = around.parent
    return False


def _closest(headings: list[_Heading], titles: list[_Words]) -> tuple[_Heading | None, Piece | None]:
    """The heading, and its piece, that is most like a declared title; none if no heading is like one."""
    best: tuple[_Heading | None, Piece | None] = (None, None)
    score = _ALIKE
    for heading in headings:
        for piece in heading.pieces:
            likeness = _likeness_to(piece.text, titles)
            if likeness > score:
                best, score = (heading, piece), likeness
        if score == 1:
            break
    return best


def _best_form(heading: _Heading, titles: list[_Words]) -> str | None:
    """The shown headline as declared, if that is the same with the kicker set off or without it; None if not."""
    shown = _Words(heading.text)
    for title in titles:
        known = title.letters
        if known and (known == shown.letters or (shown.letters.endswith(known) and _is_most(title, shown))):
            return title.text
    last = next((_Words(clean(text)) for text, _ in reversed(heading.pieces[-1].parts) if text.strip()), shown)
    if last.letters != shown.letters and _is_most(last, shown):  # the page and what it declares may differ in kickers
        return last.text if any(_follows_kicker(last.text, title.text) for title in titles) else None
    return None


def _follows_kicker(text: str, title: str) -> bool:
    """Whether a title is a kicker and the text."""
    return title.endswith(text) and title.removesuffix(text).rstrip().endswith(_KICKER_ENDS)


def _is_most(part: _Words, whole: _Words) -> bool:
    return 2 * len(part.letters) > len(whole.letters)


def _agreed(shown: str, declared: Declared, site: str | None) -> str | None:
    """What newsrooms call the headline, if another place has the same and none has what is shown."""
    if not declared.headline:
        return None
    others = [_Words(without_site(clean(title[:_LONGEST]), site)).letters for title in declared.titles]
    found = _Words(declared.headline).letters
    return declared.headline if _Words(shown).letters not in (found, *others) and others.count(found) > 1 else None


def _may_be_headline(text: str, site: str | None) -> bool:
    return len(text) >= _SHORT and fold(text) != fold(site or "")


def _index_of(outline: Outline, title: str) -> int:
    """The first piece that shows just the title."""
    folded = fold(title)
    for piece in outline.pieces:
        if piece.kind is PieceKind.TEXT and abs(len(piece.text) - len(title)) < _NEAR and piece.folded == folded:
            return piece.index
    return -1


def _likeness_to(text: str, titles: list[_Words]) -> float:
    """How like a text is to the title that is most like it, 0 to 1."""
    if any(title.text == text for title in titles):
        return 1.0
    shown = _Words(text)
    return max((_likeness(shown, title) for title in titles), default=0.0)


def _likeness(shown: _Words, title: _Words) -> float:
    """How much of one title is in the other, 0 to 1: of its words or, without spaces, of its pairs of letters."""
    if shown.is_unspaced or title.is_unspaced:
        a, b = shown.pairs, title.pairs
    else:
        a, b = shown.words, title.words
    if not a or not b:
        return 0.0
    return len(a & b) / len(a) * min(1.0, 0.1 + len(a) / len(b))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


def without_site(title: str, site: str | None) -> str:
    """A title without the name of the site, or a short last part, after a separator."""
    for _ in range(_MOST_PARTS):
        shorter = _without_end(title, site)
        if shorter is None:
            break
        title = shorter
    head, found, tail = title.partition(_SEPARATORS[0])
    return tail.strip() if found and site and _resembles(head, site) and tail.strip() else title


def _without_end(title: str, site: str | None) -> str | None:
    """A title without a last part that is no part of the headline; None if it has none."""
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if not found or not head.strip():
            continue
        if (site and _resembles(tail, site)) or (
            separator in _SEPARATORS[:6] and len(tail) <= _SITE_NAME and len(head) >= 2 * len(tail)
        ):
            return head.strip()
    return None


def _resembles(part: str, site: str) -> bool:
    """Whether a part of a title is the name of the site."""
    one, other = _Words(part).letters, _Words(site).letters
    return bool(one) and (one in other or other in one)
