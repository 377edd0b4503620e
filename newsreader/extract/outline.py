"""One pass over the tree: the page as a flat list of pieces in reading order, and the elements that hold them.

A piece is what a reader sees as one run of text (all text between two block boundaries), a picture, a rule or an embed.
The walk never recurses, so depth costs nothing but time; below `MAX_DEPTH` elements are taken as their ancestor.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple
from unicodedata import is_normalized

from newsreader.dom import Node, Tree
from newsreader.extract.tags import (
    BLOCK_TAGS,
    EMBED_TAGS,
    MARKS,
    MUTED_TAGS,
    SKIPPED_TAGS,
    Role,
    is_glyph,
    is_hidden,
    is_social,
)
from newsreader.text import clean, clean_lines, fold

MAX_DEPTH = 256
MAX_PIECES = 60_000

_TEXT_NODE = 2
_SITE_TAGS = ("nav", "footer")
_SITE_ROLES = ("navigation", "contentinfo", "search", "dialog", "alertdialog")


class PieceKind(Enum):
    """What a piece is."""

    TEXT = auto()
    PICTURE = auto()
    RULE = auto()
    EMBED = auto()


class Element:
    """An element of the page with what was counted below it.

    `pieces[first:last]` are the pieces inside. `size` is the amount of visible text (a CJK character counts as two),
    `link_size` the part of it inside links. `href` and `marks` are inherited by everything inside; `block` is the nearest
    block-level element, `anchor` the nearest link. `role` is filled on first use by `roles.role_of`.
    """

    __slots__ = (
        "anchor",
        "attrs",
        "block",
        "depth",
        "first",
        "last",
        "link_size",
        "marks",
        "muted",
        "parent",
        "parts",
        "role",
        "size",
        "tag",
    )

    def __init__(self, tag: str, parent: "Element | None", attrs: dict[str, str | None], first: int) -> None:
        self.tag = tag
        self.parent = parent
        self.attrs = attrs
        self.first = self.last = first
        self.size = self.link_size = 0
        self.role: Role | None = None
        self.parts: list[tuple[str, Element]] | None = None
        if parent is None:
            self.depth, self.marks, self.muted, self.anchor, self.block = 0, 0, False, None, self
            return
        self.depth = parent.depth + 1
        self.marks = parent.marks | MARKS.get(tag, 0)
        self.muted = parent.muted or tag in MUTED_TAGS
        self.anchor: Element | None = parent.anchor
        self.block: Element = self if tag in BLOCK_TAGS else parent.block

    def get(self, name: str) -> str:
        """The value of an attribute, "" if it is missing or bare."""
        return self.attrs.get(name) or ""

    def holds(self, index: int) -> bool:
        """Whether the piece at an index is inside."""
        return self.first <= index < self.last


class Piece:
    """A run of text as its `parts` (text, innermost element), or a picture, rule or embed (its element)."""

    __slots__ = ("_folded", "_text", "element", "index", "kind", "link_size", "parts", "size")

    def __init__(self, kind: PieceKind, element: Element, index: int) -> None:
        self.kind = kind
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
            self._text = " ".join("".join([text for text, _ in self.parts]).split())
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

    `anchors` are link elements, their `parts` the text inside; `metas` and `links` are attributes of `meta` and `link` elements;
    `scripts` holds the text of JSON-LD scripts; `marked` are elements that carry itemprop, rel=author or datetime.
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


def amount(text: str) -> int:
    """How much text this is: characters, those of three UTF-8 bytes (CJK) counting twice."""
    return len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "replace"))) // 2


def read_outline(tree: Tree, *, see_hidden: bool = False) -> Outline:
    """The outline of a page; `see_hidden` takes what scripts would show as visible."""
    walk = _Walk(see_hidden=see_hidden)
    if tree.root is not None:
        walk.run(tree.root)
    return walk.outline()


class _Walk:
    """The state of one pass."""

    def __init__(self, *, see_hidden: bool) -> None:
        self.see_hidden = see_hidden
        self.root = self.element = Element("html", None, {}, 0)
        self.pieces: list[Piece] = []
        self.open: Piece | None = None
        self.breaks = 0
        self.anchors: list[Element] = []
        self.metas: list[dict[str, str | None]] = []
        self.links: list[dict[str, str | None]] = []
        self.scripts: list[str] = []
        self.title = ""
        self.marked: list[Element] = []
        self.images: list[Element] = []
        self.special: dict[str, Callable[[Node], None]] = {
            "meta": lambda node: self.metas.append(node.attributes),
            "link": lambda node: self.links.append(node.attributes),
            "title": self.take_title,
            "script": self.take_script,
            "br": self.take_break,
            "hr": lambda _: self.lone(PieceKind.RULE, "hr", {}),
            "img": self.take_picture,
            "amp-img": self.take_picture,
            **dict.fromkeys(EMBED_TAGS, self.take_embed),
            **dict.fromkeys(SKIPPED_TAGS, lambda _: None),
        }

    def run(self, root: Node) -> None:
        """Walk the whole tree below `root`, in document order."""
        self.root.attrs = root.attributes
        stack: list[tuple[Node, Element]] = []
        node: Node | None = root.first_child
        special = self.special
        while True:
            if node is None:
                if not stack:
                    break
                node, outer = stack.pop()
                self.leave(outer)
                node = node.next
            elif node.tag_id == _TEXT_NODE:
                self.take_text(node.text_content or "")
                node = node.next
            elif (tag := node.tag or "") in special:
                special[tag](node)
                node = node.next
            elif tag[:1] in "-!" or (tag == "blockquote" and self.take_post(node)):
                node = node.next
            elif self.leaves_out(tag, attrs := node.attributes):
                node = node.next
            else:
                stack.append((node, self.element))
                self.enter(tag, attrs)
                node = node.first_child
        self.flush()
        self.root.last = len(self.pieces)

    def leaves_out(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """Whether an element is not worth a visit: hidden, or the menu or the footer of the site."""
        if self.see_hidden:
            return False
        if tag in _SITE_TAGS:
            return tag == "nav" or not self.in_article()
        return bool(attrs) and (attrs.get("role") in _SITE_ROLES or is_hidden(attrs))

    def in_article(self) -> bool:
        """Whether the current element stands in an `article`."""
        around: Element | None = self.element
        while around is not None and around.tag != "article":
            around = around.parent
        return around is not None

    def enter(self, tag: str, attrs: dict[str, str | None]) -> None:
        """An element begins."""
        if tag in BLOCK_TAGS:
            self.flush()
        parent = self.element
        if parent.depth >= MAX_DEPTH:
            return
        element = Element(tag, parent, attrs, len(self.pieces))
        if tag == "a" and attrs.get("href"):
            element.anchor = element
            element.parts = []
            self.anchors.append(element)
        if attrs and ("itemprop" in attrs or "datetime" in attrs or "rel" in attrs):
            self.marked.append(element)
            element.parts = [] if element.parts is None else element.parts
        self.element = element

    def leave(self, outer: Element) -> None:
        """The current element ends; `outer` is the one around it."""
        element = self.element
        if element is outer:  # below the depth that is kept
            return
        if element.block is element:
            self.flush()
        element.last = len(self.pieces)
        if element.block is not element and self.open is not None:
            element.last += 1
        outer.size += element.size
        outer.link_size += element.link_size
        self.element = outer

    def flush(self) -> None:
        """The open run of text ends here."""
        self.breaks = 0
        piece = self.open
        if piece is None:
            return
        self.open = None
        self.pieces.append(piece)
        block = piece.element
        block.size += piece.size
        block.link_size += piece.link_size

    def take_text(self, text: str) -> None:
        """A text node: into the open run, and to the links and marked elements around it."""
        element = self.element
        words = text.split()
        if not words or element.muted:
            if element.muted and words and element.anchor is not None and element.anchor.parts is not None:
                element.anchor.parts.append((" ".join(words), element))
            elif self.open is not None and text and not element.muted:
                self.open.parts.append((" ", element))
            return
        if self.breaks:
            self.end_line(text)
        folded = clean_lines(text) if element.block.tag == "pre" else _fold(text, words)
        if not folded:
            return
        piece = self.open
        if piece is None:
            if len(self.pieces) >= MAX_PIECES:
                return
            piece = self.open = Piece(PieceKind.TEXT, element.block, len(self.pieces))
        piece.parts.append((folded, element))
        size = amount(folded)
        piece.size += size
        if element.anchor is not None:
            piece.link_size += size
            element.anchor.parts.append((folded, element))  # type: ignore[union-attr] # a link always has its list
        self.note_marked(folded, element)

    def note_marked(self, text: str, element: Element) -> None:
        """Text belongs to the nearest marked element too."""
        around: Element | None = element
        for _ in range(3):
            if around is None or around is element.anchor:
                return
            if around.parts is not None:
                around.parts.append((text, element))
                return
            around = around.parent

    def end_line(self, text: str) -> None:
        """Text after `br`: two of them, a sentence end in CJK or an ideographic indent make a new paragraph."""
        piece, breaks = self.open, self.breaks
        self.breaks = 0
        if piece is None:
            return
        before = piece.parts[-1][0][-1:]
        if self.element.block.tag == "pre":
            piece.parts.append(("\n", self.element))
        elif breaks > 1 or text.lstrip("\r\n\t ").startswith("\u3000") or before in tuple("。」』）"):
            self.flush()
        else:
            piece.parts.append(("\n", self.element))

    def take_break(self, _: Node) -> None:
        """A `br`."""
        if self.open is not None:
            self.breaks += 1

    def lone(self, kind: PieceKind, tag: str, attrs: dict[str, str | None]) -> Element | None:
        """A piece that is no text: it ends the open run."""
        if len(self.pieces) >= MAX_PIECES:
            return None
        self.flush()
        element = Element(tag, self.element, attrs, len(self.pieces))
        element.last = element.first + 1
        self.pieces.append(Piece(kind, element, element.first))
        return element

    def take_picture(self, node: Node) -> None:
        """A picture, with the sources that its `picture` element offers."""
        attrs = node.attributes
        if self.open is not None and is_glyph(attrs):
            self.open.parts.append((attrs.get("alt") or "", self.element))
            return
        before = node.prev
        while before is not None and self.element.tag == "picture":
            if before.tag == "source":
                found = before.attributes
                attrs["data-picture"] = ", ".join(
                    value
                    for name in ("srcset", "data-srcset", "data-picture")
                    if (value := found.get(name) or attrs.get(name))
                )
            before = before.prev
        element = self.lone(PieceKind.PICTURE, "img", attrs)
        if element is not None:
            self.images.append(element)
            if (attrs.get("alt") or "") and element.anchor is not None and element.anchor.parts is not None:
                element.anchor.attrs.setdefault("data-alt", attrs.get("alt"))

    def take_embed(self, node: Node) -> None:
        """A frame or a player."""
        self.lone(PieceKind.EMBED, node.tag or "", node.attributes)

    def take_post(self, node: Node) -> bool:
        """A post of another site as an embed, named by its words; False if the quote is an ordinary one."""
        attrs = node.attributes
        if not is_social(attrs):
            return False
        links = [href for link in node.css("a") if (href := link.attributes.get("href"))]
        self.lone(
            PieceKind.EMBED,
            "blockquote",
            {"src": links[-1] if links else attrs.get("cite"), "title": node.text()[:200]},
        )
        return True

    def take_title(self, node: Node) -> None:
        """The first title of the document."""
        if not self.title and self.element.tag != "svg":
            self.title = node.text()

    def take_script(self, node: Node) -> None:
        """Scripts are kept only if they hold JSON-LD."""
        if "ld+json" in (node.attributes.get("type") or "").lower():
            self.scripts.append(node.text())

    def outline(self) -> Outline:
        """What was found."""
        return Outline(
            self.root,
            self.pieces,
            self.anchors,
            self.metas,
            self.links,
            self.scripts,
            self.title,
            self.marked,
            self.images,
        )


def _fold(text: str, words: list[str]) -> str:
    """Clean text with white space folded, one space kept at each end where there was some; "" if nothing is left."""
    line = " ".join(words)
    if not (line.isprintable() and is_normalized("NFC", line)):  # most texts need no more
        line = clean(line)
        if not line:
            return ""
    if text[0].isspace():
        line = " " + line
    return line + " " if text[-1].isspace() else line
