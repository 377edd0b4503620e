"""A page as a flat list of pieces in reading order, and the elements that hold them.

A piece is what a reader sees as one run of text (all text between two block boundaries), a picture, a rule or an
embed.
"""

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple, TypeVar

from newsreader.extract.tags import HIDDEN, MUTED, Kind, Role
from newsreader.text import fold

Found = TypeVar("Found")
Make = tuple[str, str, str, str]
"""How a block is set: tag and class of it and of the element around it."""


class PieceKind(Enum):
    """What a piece is."""

    TEXT = auto()
    PICTURE = auto()
    RULE = auto()
    EMBED = auto()


class Element:
    """An element of the page with what was counted below it.

    `pieces[first:last]` are the pieces inside. `size` is the amount of visible text (a CJK character counts as two),
    `link_size` the part of it inside links; `marks` and `muted` are inherited. `outer_block` and `outer_link` are the
    nearest block-level element and link around it; nothing refers to itself or down, so that a page is freed at once.
    `parts` of a link are its texts, and whether they stand in a heading. `role` is filled by `roles.role_of`.
    """

    __slots__ = (
        "attrs",
        "first",
        "last",
        "link_size",
        "marks",
        "outer_block",
        "outer_link",
        "parent",
        "parts",
        "role",
        "size",
        "tag",
    )

    def __init__(self, kind: Kind, parent: "Element | None", attrs: dict[str, str | None], first: int) -> None:
        self.tag = kind.tag
        self.parent = parent
        self.attrs = attrs
        self.first = self.last = first
        self.size = self.link_size = 0
        self.role: Role | None = None
        self.parts: list[tuple[str, bool]] | None = None
        if parent is None:
            self.marks = kind.add
            self.outer_block: Element | None = None
            self.outer_link: Element | None = None
            return
        self.marks = parent.marks & kind.keep | kind.add
        self.outer_block = None if kind.is_block else parent.outer_block or parent
        self.outer_link = parent if parent.parts is not None else parent.outer_link

    @property
    def muted(self) -> bool:
        """Whether it is not shown where scripts run."""
        return bool(self.marks & MUTED)

    @property
    def hidden(self) -> bool:
        """Whether the page says that it is not shown to a sighted reader."""
        return bool(self.marks & HIDDEN)

    @property
    def depth(self) -> int:
        """How many elements are around it."""
        return sum(1 for _ in self.ancestors())

    @property
    def block(self) -> "Element":
        """The nearest block-level element: this one, or one around it."""
        return self.outer_block or self

    @property
    def anchor(self) -> "Element | None":
        """The nearest link: this one, or one around it; `None` outside links."""
        return self if self.parts is not None else self.outer_link

    @property
    def link_text(self) -> str:
        """The text of a link, "" if it is none or shows none."""
        return "".join([text for text, _ in self.parts or ()]).strip()

    def get(self, name: str) -> str:
        """The value of an attribute, "" if it is missing or bare."""
        return self.attrs.get(name) or ""

    def ancestors(self) -> "Iterator[Element]":
        """The elements around this one, from the inside out."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def holds(self, index: int) -> bool:
        """Whether the piece at an index is inside."""
        return self.first <= index < self.last


class Piece:
    """A run of text as its `parts` (text, innermost element), or a picture, rule or embed (its element).

    `is_text` is asked by every pass over the pieces: to look up a member of an enumeration takes six times as long.
    """

    __slots__ = ("_folded", "_text", "element", "index", "is_text", "kind", "link_size", "parts", "size")

    def __init__(self, kind: PieceKind, element: Element, index: int) -> None:
        self.kind = kind
        self.is_text = kind is PieceKind.TEXT
        self.element = element
        self.index = index
        self.parts: list[tuple[str, Element]] = []
        self.size = self.link_size = 0
        self._text: str | None = None
        self._folded: str | None = None

    @property
    def text(self) -> str:
        """The text as one clean line."""
        if self._text is None:
            text = "".join([text for text, _ in self.parts]).strip()
            if "  " in text or not text.isprintable():
                text = " ".join(text.split())
            self._text = text
        return self._text

    @property
    def folded(self) -> str:
        """The text for comparing."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def replace(self, parts: list[tuple[str, Element]]) -> None:
        """Give the piece other parts."""
        self.parts = parts
        self._text = self._folded = None


class Outline(NamedTuple):
    """A page: pieces in reading order, its links, and what the head and other machine-readable places say.

    `anchors` are link elements, their `parts` the text inside; `metas` and `links` are attributes of `meta` and
    `link` elements; `scripts` holds the text of JSON-LD scripts; `marked` are elements that carry itemprop, rel or
    datetime.
    """

    root: Element
    pieces: list[Piece]
    anchors: list[Element]
    metas: list[dict[str, str | None]]
    links: list[dict[str, str | None]]
    scripts: list[str]
    title: str
    marked: list[Element]
    images: list[Element]
    cells: list[Element]
    forms: list[Element]


def inherit(
    element: Element, known: "dict[Element, Found]", step: "Callable[[Element, Found], Found]", default: Found
) -> Found:
    """What holds for an element by itself and by those around it; each element is asked once.

    `known` are the answers so far, kept up here; `step` makes that of an element from that of the one around it;
    `default` stands around the outermost.
    """
    path: list[Element] = []
    around: Element | None = element
    while around is not None and around not in known:
        path.append(around)
        around = around.parent
    found = known[around] if around is not None else default
    for inner in reversed(path):
        found = known[inner] = step(inner, found)
    return found


def make_of(element: Element) -> Make:
    """How a block is set."""
    parent = element.parent or element
    return element.tag, element.get("class"), parent.tag, parent.get("class")


def text_inside(outline: Outline, element: Element) -> str:
    """The visible text inside an element, as one line."""
    words: list[str] = []
    for piece in outline.pieces[element.first : element.last]:
        words.extend(text for text, inner in piece.parts if inner is element or element in inner.ancestors())
        words.append(" ")
    return " ".join("".join(words).split())


def amount(text: str) -> int:
    """How much text this is: characters, those of three UTF-8 bytes (CJK) counting twice."""
    return len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "replace"))) // 2
