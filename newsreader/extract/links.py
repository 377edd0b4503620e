"""The links of a page to other articles, with their kind and the heading of their block."""

from typing import NamedTuple

from newsreader.extract.addresses import is_article_address
from newsreader.extract.judge import list_kind
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind, amount
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import READ_ALSO
from newsreader.model.article import Link, LinkKind
from newsreader.text import clean
from newsreader.urls import canonical, resolve, site_of

_HEADLINE = 18  # least size of a text that may be a headline
_HEADLINE_WORDS = 3
_LABEL = 60
_MAX_LINKS = 400
_LONGEST = 300
_CARD = 8  # least size of a headline that is set as a heading
_ALONE = 4  # a box with more than so many links of this length is a list
_RELATED_NAMES = ("related", "verwandt", "readalso", "read-also", "lire-aussi", "seealso", "see-also", "mehr-zum-thema")
_MENUS = (Role.CHROME, Role.COMMENTS, Role.TAGS, Role.TOC)
_MENU_SIZE = 4000  # larger boxes hold more than a menu, whatever their name
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


class _Label(NamedTuple):
    """A heading that links may stand under."""

    text: str
    kind: LinkKind | None
    piece: int
    holder: Element


def find_links(outline: Outline, url: str, text: Text) -> tuple[Link, ...]:
    """Links of the text and of the lists around it, in order; each address once, under its strongest kind."""
    reader = _Reader(url, text, outline.pieces)
    own = canonical(url)
    found: dict[str, Link] = {}
    for anchor in outline.anchors:
        link = reader.read(anchor)
        if link is None or not link.title:
            continue
        address = canonical(link.url)
        if address != own:
            found[address] = _stronger(found.get(address), link._replace(url=address))
    return tuple(list(found.values())[:_MAX_LINKS])


def _stronger(one: Link | None, other: Link) -> Link:
    """The link of the stronger kind; of two of one kind the first."""
    return one if one is not None and _RANKS[one.kind] <= _RANKS[other.kind] else other


class _Reader:
    """Anchors to links, on one page."""

    def __init__(self, url: str, text: Text, pieces: list[Piece]) -> None:
        self.url = url
        self.text = text
        self.pieces = pieces
        self.labels = _labels(pieces, text)
        self.first, self.last = text.first, text.last
        self.menus: dict[Element | None, bool] = {}
        self.site = site_of(url)
        self.hosts: dict[str, bool] = {}

    def read(self, anchor: Element) -> Link | None:
        """The link of an anchor; `None` if it is navigation."""
        if anchor in self.text.cut:
            return self.story(anchor, LinkKind.RELATED)
        if _touches(anchor, self.text.kept):
            return self.inline(anchor)
        link = self.story(anchor, LinkKind.MORE)
        if link is None or self.is_menu(anchor.parent):
            return None
        if self.points(anchor):
            return link._replace(kind=LinkKind.INLINE if self.stands_inside(anchor) else LinkKind.RELATED)
        label = _label_of(anchor, self.labels)
        kind = label.kind if label else None
        return link._replace(kind=kind or self.unlabelled(anchor), heading=label.text if label else "")

    def points(self, anchor: Element) -> bool:
        """Whether the text around a link is only a pointer ("Read also: …")."""
        if anchor.first >= len(self.pieces):
            return False
        piece = self.pieces[anchor.first]
        return piece.element is anchor.block and piece.folded.startswith(READ_ALSO)

    def unlabelled(self, anchor: Element) -> LinkKind:
        """The kind of a link without a heading: by the names of its box, else by its place."""
        box, names = anchor, ""
        while (around := box.parent) is not None and around is not self.text.container:
            if 2 * around.link_size < around.size:
                break
            box = around
            names += f" {box.get('class')} {box.get('id')}"
        if self.stands_inside(anchor) and box.link_size <= _ALONE * max(anchor.size, anchor.block.size, 1):
            return LinkKind.INLINE
        names = names.lower()
        return LinkKind.RELATED if any(word in names for word in _RELATED_NAMES) else LinkKind.MORE

    def is_menu(self, element: Element | None) -> bool:
        """Whether an element is or stands in a menu, a footer, a comment thread or a list of tags."""
        path: list[Element] = []
        while element is not None and element not in self.menus and element.tag not in ("body", "html"):
            path.append(element)
            element = element.parent
        verdict = self.menus.get(element, False)
        for inner in reversed(path):
            is_one = inner.tag in ("footer", "nav") or (role_of(inner) in _MENUS and inner.size < _MENU_SIZE)
            self.menus[inner] = verdict = verdict or is_one
        return verdict

    def stands_inside(self, anchor: Element) -> bool:
        """Whether a link stands between two paragraphs of the text."""
        container = self.text.container
        return container is not None and self.first < anchor.first < self.last and container.holds(anchor.first)

    def inline(self, anchor: Element) -> Link | None:
        """A link in the text: to another article, or a reference."""
        address = resolve(anchor.get("href"), self.url)
        if address is None:
            return None
        title = _title(anchor)
        is_story = is_article_address(address) and self.is_own(address)
        return Link(address, title, LinkKind.INLINE if is_story else LinkKind.REFERENCE)

    def story(self, anchor: Element, kind: LinkKind) -> Link | None:
        """A link outside the text, if it leads to an article of the site and is named by a headline."""
        title = _title(anchor)
        if not _is_headline(title) and not (amount(title) >= _CARD and anchor.block.tag in HEADINGS):
            return None
        address = resolve(anchor.get("href"), self.url)
        if address is None or not is_article_address(address) or not self.is_own(address):
            return None
        return Link(address, title, kind)

    def is_own(self, address: str) -> bool:
        """Whether an address is of the site, or of a site of the same name in another country."""
        host = address.split("/", 3)[2]
        if host not in self.hosts:
            site = site_of(address)
            name = site.split(".")[0]
            self.hosts[host] = site == self.site or (name == self.site.split(".")[0] and len(name) > len("co"))
        return self.hosts[host]


def _touches(anchor: Element, kept: frozenset[int]) -> bool:
    return anchor.first in kept or any(
        index in kept for index in range(anchor.first + 1, min(anchor.last, anchor.first + 4))
    )


def _title(anchor: Element) -> str:
    """The text of a link: of the heading inside it, if there is one, else all of it, without "Read more:"."""
    parts = anchor.parts or []
    if len(parts) == 1:
        return parts[0][0].strip()[:_LONGEST]
    heading = [text for text, in_heading in parts if in_heading]
    words = " ".join(("".join(heading) or " ".join(text for text, _ in parts)).split())
    return words[:_LONGEST] or clean(anchor.get("title") or anchor.get("aria-label") or anchor.get("data-alt"))


def _is_headline(title: str) -> bool:
    """Whether a text is long enough for a headline, in words or, without spaces, in characters."""
    size = amount(title)
    return size >= _HEADLINE and (len(title.split()) >= _HEADLINE_WORDS or size > 1.3 * len(title))


def _labels(pieces: list[Piece], text: Text) -> list[_Label]:
    """Headings over links and label-like texts, in order: known ones, and headings that are no links themselves."""
    labels: list[_Label] = []
    for piece in pieces:
        if piece.kind is not PieceKind.TEXT or piece.size > _LABEL or piece.element.tag == "h1":
            continue
        is_heading, is_link = piece.element.tag in HEADINGS, 2 * piece.link_size > piece.size
        if is_link and not is_heading:
            continue
        kind = list_kind(piece.folded)
        if kind is not None or (is_heading and not is_link and piece.index not in text.kept):
            labels.append(_Label(piece.text, kind, piece.index, _holder(piece.element)))
    return labels


def _holder(element: Element) -> Element:
    """The box that a heading stands over: the first element around it that holds more than the heading."""
    around = element
    size = element.size
    for _ in range(5):
        if around.parent is None or around.parent.tag in ("body", "html"):
            return around
        around = around.parent
        if around.size > size + 10:
            return around
    return around


def _label_of(anchor: Element, labels: list[_Label]) -> _Label | None:
    """The last label before a link whose box holds the link."""
    from bisect import bisect_right

    end = bisect_right(labels, anchor.first, key=lambda label: label.piece)
    for label in reversed(labels[max(end - 12, 0) : end]):
        if label.holder.holds(anchor.first):
            return label
    return None
