"""One pass over the tree of a page: tree to pieces.

The walk never recurses, so depth costs nothing but time; below `MAX_DEPTH` elements are taken as their ancestor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import is_normalized

from newsreader.dom import Node, Tree
from newsreader.extract.mathml import read_formula
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind, amount
from newsreader.extract.tags import (
    EMBED_TAGS,
    HIDDEN,
    IN_HEADING,
    IN_PRE,
    MUTED,
    SKIPPED_TAGS,
    Kind,
    has_hidden_class,
    is_glyph,
    is_hidden,
    kind_of,
)
from newsreader.text import clean

MAX_DEPTH = 256
MAX_PIECES = 40_000
MAX_PARTS = 5_000  # of a piece, which ends there
MAX_ANCHORS = 5_000
MAX_MARKED = 500
MAX_ELEMENTS = 100_000
"""The rest of a page with more is not read."""

_LEFT_OPEN, _FEW_TEXTS = 0.7, 4  # share of the text of all links that is in one, and its pieces

_KNOWN_TAGS = 1024  # the parser numbers the tags it knows; to others it gives an address, which other pages use again
_SITE_ROLES = ("navigation", "contentinfo", "search", "dialog", "alertdialog")
_MARKING = frozenset(["itemprop", "datetime", "rel"])
_TELLING = _MARKING | frozenset(["role", "hidden", "aria-hidden", "style"])
_CELLS = ("td", "th")
_LISTED = ("a", "form", *_CELLS)


def read_outline(tree: Tree) -> Outline:
    """The outline of a page."""
    walk = _Walk()
    if tree.root is not None:
        walk.run(tree.root)
        if (left_open := _left_open(walk)) is not None:
            walk = _Walk(left_open)
            walk.run(tree.root)
    return walk.outline()


def _left_open(walk: "_Walk") -> str | None:
    """The address of a link that was never closed, so that most of the page is its text."""
    if 2 * walk.root.link_size <= walk.root.size:
        return None
    texts: dict[str, list[str]] = {}
    for anchor in walk.anchors:
        texts.setdefault(anchor.get("href"), []).extend([text for text, _ in anchor.parts or ()])
    address = max(texts, key=lambda one: sum(map(amount, texts[one])))
    is_most = sum(map(amount, texts[address])) > _LEFT_OPEN * walk.root.link_size
    return address if is_most and len(texts[address]) > _FEW_TEXTS else None


@dataclass(frozen=True, slots=True)
class _Rule(Kind):
    """What the walk does with a tag: `visit` takes a node and says whether it is to be entered."""

    visit: "Callable[[_Walk, Node], bool] | None"
    is_listed: bool


class _Walk:
    """The state of one pass."""

    def __init__(self, left_open: str | None = None) -> None:
        self.left_open = left_open
        self.root = self.element = Element(kind_of("html"), None, {}, 0)
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
        self.cells: list[Element] = []
        self.forms: list[Element] = []

    def run(self, root: Node) -> None:  # noqa: C901, PLR0912 -- see below
        """Walk the whole tree below `root`, in document order.

        A page has thousands of nodes, and a question to the parser costs as much as ten steps here: each node is
        asked as little as can be, and what is done for every node is done in this loop, without calls.
        """
        self.root.attrs = root.attributes
        pieces, rules = self.pieces, _rules()
        stack: list[Node] = []
        left = MAX_ELEMENTS
        element = self.root
        node: Node | None = root.first_child
        while True:
            if node is None:
                if not stack:
                    break
                node = stack.pop()
                outer = element.parent
                if outer is not None and len(stack) < MAX_DEPTH:
                    if self.open is not None and element.outer_block is None:
                        self.flush()
                    element.last = len(pieces) if self.open is None else len(pieces) + 1
                    if element.size:
                        outer.size += element.size
                        outer.link_size += element.link_size
                    self.element = element = outer
            elif (text := node.text_content) is not None:
                if words := text.strip():
                    self.take_text(text, words)
                elif self.open is not None or element.marks & IN_PRE:
                    self.take_space(text)
            else:
                rule = rules.get(node.tag_id) or _learn(node)
                if rule.visit is None or rule.visit(self, node):
                    attrs = node.attributes
                    is_told = attrs and not _TELLING.isdisjoint(attrs)
                    hides = has_hidden_class(attrs.get("class")) or (is_told and is_hidden(attrs))
                    if not (
                        (hides and rule.tag != "p" and node.css_first("p, math") is None)
                        or (is_told and attrs.get("role") in _SITE_ROLES)
                    ):
                        if rule.is_block and self.open is not None:
                            self.flush()
                        if len(stack) < MAX_DEPTH:
                            self.element = element = Element(rule, element, attrs, len(pieces))
                            if hides:
                                element.marks |= HIDDEN
                            if is_told or rule.is_listed:
                                self.enlist(element)
                        stack.append(node)
                        left -= 1
                        node = node.first_child if left > 0 else None
                        continue
            node = node.next if left > 0 else None
        self.flush()
        self.root.last = len(pieces)

    def enlist(self, element: Element) -> None:
        """Remember an element that is asked for later: a link, a cell, a form, or one with telling attributes."""
        attrs = element.attrs
        if element.tag in _CELLS:
            self.cells.append(element)
        elif element.tag == "form":
            self.forms.append(element)
        elif element.tag == "a" and attrs.get("href") not in ("", None, self.left_open):
            element.parts = []
            if len(self.anchors) < MAX_ANCHORS:
                self.anchors.append(element)
        if len(self.marked) < MAX_MARKED and not _MARKING.isdisjoint(attrs):
            self.marked.append(element)

    def flush(self) -> None:
        """The open run of text ends here."""
        piece = self.open
        if piece is None:
            return
        self.open = None
        self.breaks = 0
        self.pieces.append(piece)
        block = piece.element
        block.size += piece.size
        block.link_size += piece.link_size

    def take_space(self, text: str) -> None:
        """A text node of white space."""
        element = self.element
        if element.marks & MUTED:
            return
        if element.marks & IN_PRE:
            self.add(text, element)
        elif self.open is not None:
            self.open.parts.append((" ", element))

    def take_text(self, text: str, words: str) -> None:
        """A text node: into the open run, and to the link around it. `words` is the text without space at the ends."""
        element = self.element
        if element.marks & (MUTED | IN_PRE):
            self.take_other(text, words)
            return
        line = words
        # Most texts need no more than this: of all white space only the plain space is printable.
        if not words.isprintable() or "  " in words or not (words.isascii() or is_normalized("NFC", words)):
            line = clean(words)
            if not line:
                return
        if len(words) < len(text):  # one space is kept where there was some
            line = f"{' ' if text[0].isspace() else ''}{line}{' ' if text[-1].isspace() else ''}"
        if self.breaks:
            self.end_line(text)
        self.add(line, element)

    def take_other(self, text: str, words: str) -> None:
        """Text that is not shown, which is kept only as the name of a link, or that keeps its lines."""
        element = self.element
        if not element.marks & MUTED:
            self.add("\n" * self.breaks + text, element)
            self.breaks = 0
        elif (anchor := element.anchor) is not None and anchor.parts is not None:
            anchor.parts.append((clean(words), bool(element.marks & IN_HEADING)))

    def add(self, line: str, element: Element) -> None:
        """Text into the open run, or into a new one."""
        piece = self.open
        if piece is not None and len(piece.parts) >= MAX_PARTS:
            self.flush()
            piece = None
        if piece is None:
            if len(self.pieces) >= MAX_PIECES:
                return
            piece = self.open = Piece(PieceKind.TEXT, element.outer_block or element, len(self.pieces))
        piece.parts.append((line, element))
        size = len(line) if line.isascii() else amount(line)
        piece.size += size
        anchor = element if element.parts is not None else element.outer_link
        if anchor is not None and anchor.parts is not None:
            piece.link_size += size
            anchor.parts.append((line, bool(element.marks & IN_HEADING)))

    def end_line(self, text: str) -> None:
        """Text after `br`: two of them, a sentence end in CJK or an ideographic indent make a new paragraph."""
        piece, breaks = self.open, self.breaks
        self.breaks = 0
        if piece is None:
            return
        before = piece.parts[-1][0][-1:]
        if breaks > 1 or text.lstrip("\r\n\t ").startswith("\u3000") or before in tuple("。」』）"):
            self.flush()
        else:
            piece.parts.append(("\n", self.element))

    def take_break(self, _: Node) -> bool:
        """A `br`."""
        if self.open is not None:
            self.breaks += 1
        return False

    def lone(self, kind: PieceKind, tag: str, attrs: dict[str, str | None]) -> Element | None:
        """A piece that is no text: it ends the open run."""
        if len(self.pieces) >= MAX_PIECES:
            return None
        if self.open is not None:
            self.flush()
        element = Element(kind_of(tag), self.element, attrs, len(self.pieces))
        element.last = element.first + 1
        self.pieces.append(Piece(kind, element, element.first))
        return element

    def take_rule(self, _: Node) -> bool:
        """A `hr`."""
        self.lone(PieceKind.RULE, "hr", {})
        return False

    def take_picture(self, node: Node) -> bool:
        """A picture, with the sources that its `picture` element offers."""
        attrs = node.attributes
        if self.open is not None and attrs.get("aria-hidden") == "true":
            return False
        if self.open is not None and is_glyph(attrs):
            self.open.parts.append((clean(attrs.get("alt") or ""), self.element))
            return False
        before = node.prev if self.element.tag == "picture" else None
        while before is not None:
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
        return False

    def take_formula(self, node: Node) -> bool:
        """A formula: a word of the text around it."""
        if formula := read_formula(node):
            self.take_text(f" {formula} " if node.attributes.get("display") == "block" else formula, formula)
        return False

    def take_embed(self, node: Node) -> bool:
        """A frame or a player."""
        self.lone(PieceKind.EMBED, node.tag or "", node.attributes)
        return False

    def take_footer(self, _: Node) -> bool:
        """A footer is walked if it is that of an `article`."""
        around: Element | None = self.element
        while around is not None and around.tag != "article":
            around = around.parent
        return around is not None

    def take_meta(self, node: Node) -> bool:
        """A `meta` element, wherever it stands."""
        self.metas.append(node.attributes)
        return False

    def take_link(self, node: Node) -> bool:
        """A `link` element."""
        self.links.append(node.attributes)
        return False

    def take_nothing(self, _: Node) -> bool:
        """An element that shows nothing a reader reads."""
        return False

    def take_title(self, node: Node) -> bool:
        """The first title of the document."""
        if not self.title:
            self.title = node.text()
        return False

    def take_script(self, node: Node) -> bool:
        """Scripts are kept only if they hold JSON-LD."""
        if "ld+json" in (node.attributes.get("type") or "").lower():
            self.scripts.append(node.text())
        return False

    def outline(self) -> Outline:
        """What was found."""
        lists = self.anchors, self.metas, self.links, self.scripts
        return Outline(self.root, self.pieces, *lists, self.title, self.marked, self.images, self.cells, self.forms)


_VISITS: dict[str, Callable[[_Walk, Node], bool]] = {
    "meta": _Walk.take_meta,
    "link": _Walk.take_link,
    "title": _Walk.take_title,
    "script": _Walk.take_script,
    "br": _Walk.take_break,
    "hr": _Walk.take_rule,
    "img": _Walk.take_picture,
    "amp-img": _Walk.take_picture,
    "math": _Walk.take_formula,
    "nav": _Walk.take_nothing,
    "footer": _Walk.take_footer,
    **dict.fromkeys(EMBED_TAGS, _Walk.take_embed),
    **dict.fromkeys(SKIPPED_TAGS, _Walk.take_nothing),
}


@cache
def _rules() -> dict[int, _Rule]:
    """The rules of the tags that the parser knows, by its number for them, as they are met."""
    return {}


def _learn(node: Node) -> _Rule:
    """The rule of a node whose number is new, or no number."""
    rule = _rule_of(node.tag or "")
    if node.tag_id < _KNOWN_TAGS:
        _rules()[node.tag_id] = rule
    return rule


@lru_cache(maxsize=1024)
def _rule_of(tag: str) -> _Rule:
    """The rule of a tag; names that do not begin with a letter are those of comments and the like."""
    visit = _VISITS.get(tag) if tag[:1].isalpha() else _Walk.take_nothing
    kind = kind_of(tag)
    return _Rule(kind.tag, kind.is_block, kind.keep, kind.add, visit, tag in _LISTED)
