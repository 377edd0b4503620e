"""The links of a page to other articles, with their kind and the heading of their block."""

import re
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from newsreader.extract.addresses import Target, Targets
from newsreader.extract.labels import Labels
from newsreader.extract.pieces import Element, Outline, amount, inherit
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import READ_ALSO, words
from newsreader.model.article import Link, LinkKind
from newsreader.text import clean
from newsreader.urls import resolve

_HEADLINE = 18  # least size of a text that may be a headline
_HEADLINE_SPACES = 2
_MAX_LINKS = 400
_LONGEST = 300
_SHORT = 12  # the same where the address says so
_SET = 6  # the same where it is set as a heading
_ALONE = 4  # a box with more than so many links of this length is a list
_RELATED_NAMES = ("related", "verwandt", "readalso", "read-also", "lire-aussi", "seealso", "see-also", "mehr-zum-thema")
_MENUS = frozenset(
    words("""
    nav navbar navi navigation menu submenu megamenu breadcrumb breadcrumbs footer copyright masthead toolbar
    """)
)
_CLOSED = ("footer", "nav")  # menus by their tag
_CARD, _CARD_DEPTH = 600, 4  # most text in a card, and most elements between it and its link
_PROMOTED = (
    "sponsor",
    "branded",
    "brand-content",
    "brandcontent",
    "advertor",
    "anzeige",
    "werbung",
    "patrocin",
    "annons",
)
_MENU_SIZE = 4000  # larger boxes hold more than a menu, whatever their name
_NO, _PERHAPS, _YES = 0, 1, 2
_RANKS = {LinkKind.INLINE: 0, LinkKind.RELATED: 1, LinkKind.MORE: 2, LinkKind.REFERENCE: 3}


class Text(NamedTuple):
    """Where the text stands: its container, the pieces that were kept, the links cut out of paragraphs."""

    container: Element | None
    kept: frozenset[int]
    cut: frozenset[Element]

    @property
    def first(self) -> int:
        """The first piece of the text."""
        return min(self.kept, default=0)

    @property
    def last(self) -> int:
        """The last piece of the text."""
        return max(self.kept, default=-1)


def find_links(outline: Outline, url: str, text: Text) -> tuple[Link, ...]:
    """Links of the text and of the lists around it, in order; each address once, under its strongest kind."""
    reader = _Reader(outline, url, text)
    found: dict[str, Link] = {}
    for anchor in outline.anchors:
        named = reader.read(anchor, anchor.attrs["href"] or "")
        if named is not None:
            name, link = named
            found[name] = _stronger(found.get(name), link)
    return tuple(list(found.values())[:_MAX_LINKS])


def _stronger(one: Link | None, other: Link) -> Link:
    """The link of the stronger kind; of two of one kind the first."""
    return one if one is not None and _RANKS[one.kind] <= _RANKS[other.kind] else other


class _Around(NamedTuple):
    """What stands around a link: how much of a menu, the largest box of links, whether that is named as related."""

    rank: int
    box: Element | None
    is_related: bool


_NOWHERE = _Around(_NO, None, is_related=False)


class _Reader:
    """Anchors to links, on one page."""

    def __init__(self, outline: Outline, url: str, text: Text) -> None:
        self.text = text
        self.pieces = outline.pieces
        self.first, self.last = text.first, text.last
        self.places: dict[Element, _Around] = {}
        self.cards: dict[Element, str] = {}
        self.targets = Targets(url, _other_addresses(outline, url))
        self.labels = Labels(outline.pieces, text.kept)

    def read(self, anchor: Element, href: str) -> tuple[str, Link] | None:
        """The link of an anchor, with the name of what it leads to; `None` if it is navigation."""
        if _touches(anchor, self.text.kept) and anchor not in self.text.cut:
            return self.inline(anchor, href)
        may_be_story = self.targets.may_be_story(href)
        if anchor.parts and not may_be_story:
            return None  # most links, told by what costs least
        title = _title(anchor)
        size = _headline_size(title, anchor.parts or [])
        if not title and (title := self.beside(anchor, href)):
            size = _HEADLINE
        target = self.targets.story(href) if size >= _SHORT and may_be_story else None
        if target is None or (size < _HEADLINE and not self.is_sure(target)):
            return None
        place = self.place(anchor, target)
        if place is None:
            return None
        kind, heading = place
        return target.name, Link(target.url, title, kind, heading if heading != title else "")

    def is_sure(self, target: Target) -> bool:
        """Whether an address is built as that of the page."""
        return self.targets.is_built_alike(target.url, target.path)

    def inline(self, anchor: Element, href: str) -> tuple[str, Link] | None:
        """A link in the text: to an article, or a reference."""
        found = self.targets.anything(href)
        title = _title(anchor) or clean(anchor.get("data-alt"))
        if found is None or not title:
            return None
        target, is_story = found
        return target.name, Link(target.url, title, LinkKind.INLINE if is_story else LinkKind.REFERENCE)

    def place(self, anchor: Element, target: Target) -> tuple[LinkKind, str] | None:
        """The kind of a link by where it stands, and the heading over it; `None` in a menu or an advertisement."""
        if anchor in self.text.cut:  # a pointer that the publisher labels, and no longer in the text
            return LinkKind.RELATED, ""
        around = inherit(anchor.parent or anchor, self.places, self.around, _NOWHERE)
        if around.rank == _YES or (around.rank == _PERHAPS and not self.is_sure(target)):
            return None
        label = self.labels.over(anchor)
        if label and label.is_other:
            return None
        kind = LinkKind.RELATED if self.points(anchor) else (label and label.kind) or self.unlabelled(anchor, around)
        if kind is LinkKind.RELATED and self.stands_inside(anchor):
            kind = LinkKind.INLINE
        return kind, label.text if label else ""

    def beside(self, anchor: Element, href: str) -> str:
        """The headline that stands in the card around a link without text; a card has one such link."""
        box = anchor
        for _ in range(_CARD_DEPTH):
            if box.size or box.parent is None:
                break
            box = box.parent
        if not 0 < box.size <= _CARD or box.tag in ("body", "main") or self.cards.setdefault(box, href) != href:
            return ""
        inside = self.pieces[box.first : box.last]
        headings = (piece.text for piece in inside if piece.element.tag in HEADINGS and not piece.link_size)
        return next(headings, "").lstrip(" :|·–—-")

    def points(self, anchor: Element) -> bool:
        """Whether the text around a link is only a pointer ("Read also: …")."""
        if anchor.first >= len(self.pieces):
            return False
        piece = self.pieces[anchor.first]
        return piece.element is anchor.block and piece.folded.startswith(READ_ALSO)

    def unlabelled(self, anchor: Element, around: _Around) -> LinkKind:
        """The kind of a link without a heading: by the names of its box, else by its place."""
        box = around.box or anchor
        if self.stands_inside(anchor) and box.link_size <= _ALONE * max(anchor.size, anchor.block.size, 1):
            return LinkKind.INLINE
        return LinkKind.RELATED if around.is_related else LinkKind.MORE

    def around(self, element: Element, outer: _Around) -> _Around:
        """What an element says about the links inside, with what those around it say; in a menu all is menu."""
        if outer.rank == _YES:
            return outer
        if element.tag in ("body", "html"):
            return _NOWHERE
        rank, box, is_related = outer
        if element is self.text.container or 2 * element.link_size < element.size:
            box = None
        elif box is None:
            box = element
        if element.attrs or element.tag in _CLOSED:
            is_promoted, names_related = _read_names(element.get("class"), element.get("id"))
            is_related = is_related or names_related
            rank = max(rank, _YES if is_promoted else _menu_rank(element))
        return _Around(rank, box, is_related and box is not None)

    def stands_inside(self, anchor: Element) -> bool:
        """Whether a link stands between two paragraphs of the text."""
        container = self.text.container
        return container is not None and self.first < anchor.first < self.last and container.holds(anchor.first)


def _menu_rank(element: Element) -> int:
    """Whether an element is by itself a menu or the like; in a box named for advertisement there may be articles."""
    if element.tag in _CLOSED:
        return _YES
    role = role_of(element)
    if role is Role.COMMENTS:
        return _YES if 2 * element.link_size < element.size else _PERHAPS
    if role not in (Role.CHROME, Role.TAGS, Role.TOC) or element.size >= _MENU_SIZE:
        return _NO
    return _YES if role is not Role.CHROME or _is_menu(element) else _PERHAPS


def _is_menu(element: Element) -> bool:
    """Whether the class names and the id of an element speak of a menu."""
    return not _MENUS.isdisjoint(_word().findall(f"{element.get('class')} {element.get('id')}".lower()))


@lru_cache(maxsize=2048)
def _read_names(classes: str, name: str) -> tuple[bool, bool]:
    """Whether class names speak of advertisement, and they or an id of related articles."""
    classes = classes.lower()
    names = f"{classes} {name.lower()}"
    return any(map(classes.__contains__, _PROMOTED)), any(map(names.__contains__, _RELATED_NAMES))


@cache
def _word() -> re.Pattern[str]:
    return re.compile("[a-z]+")


def _other_addresses(outline: Outline, url: str) -> list[str]:
    """Other addresses of the page itself, by its head: the canonical one, other languages."""
    found: list[str] = []
    for attrs in outline.links:
        rel = attrs.get("rel")
        if rel in ("canonical", "amphtml") or (rel == "alternate" and attrs.get("hreflang")):
            found.append(resolve(attrs.get("href") or "", url) or url)
    return found


def _touches(anchor: Element, kept: frozenset[int]) -> bool:
    first, last = anchor.first, anchor.last
    if last <= first + 1:
        return last > first and first in kept
    return not kept.isdisjoint(range(first, min(last, first + 4)))


def _title(anchor: Element) -> str:
    """The text of a link: of the heading inside it, unless that is a mere label, else all of it, or its name."""
    parts = anchor.parts or []
    if len(parts) == 1:
        return clean(parts[0][0])[:_LONGEST]
    title = ""
    if parts:
        whole = _joined([text for text, _ in parts])
        heading = _joined([text for text, in_heading in parts if in_heading])
        title = clean(heading if 3 * len(heading) > len(whole) else whole)[:_LONGEST]
    return title or clean(anchor.get("title") or anchor.get("aria-label"))


def _headline_size(title: str, parts: list[tuple[str, bool]]) -> int:
    """The size of a text as a headline: 0 for a label, more than it is for what is set as a headline."""
    size = amount(title)
    if any(map(itemgetter(1), parts)):
        size = max(size, _HEADLINE) if size >= _SET else 0
    elif title.count(" ") < _HEADLINE_SPACES and size <= 1.3 * len(title):
        return 0
    return 0 if title[:_HEADLINE].lower().startswith(_PROMOTED) else size


def _joined(texts: list[str]) -> str:
    """Texts as one line; a capital after a letter begins a new one, as a headline does after its kicker."""
    line = ""
    for text in texts:
        line += f" {text}" if line[-1:].isalpha() and text[:1].isupper() else text
    return " ".join(line.split())
