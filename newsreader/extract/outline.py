"""One pass over the tree of a page: tree to pieces.

The walk never recurses, so depth costs nothing but time; below `MAX_DEPTH` elements are taken as their ancestor.
"""

from collections.abc import Callable
from unicodedata import is_normalized

from newsreader.dom import Node, Tree
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind, amount
from newsreader.extract.tags import BLOCK_TAGS, EMBED_TAGS, HEADINGS, SKIPPED_TAGS, is_glyph, is_hidden, is_social
from newsreader.text import clean

MAX_DEPTH = 256
MAX_PIECES = 60_000
MAX_ANCHORS = 5_000
MAX_ELEMENTS = 200_000
"""The rest of a page with more is not read."""

_TEXT_NODE = 2
_CELLS = ("td", "th")
_SITE_TAGS = ("nav", "footer")
_SITE_ROLES = ("navigation", "contentinfo", "search", "dialog", "alertdialog")


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
        self.breaks = self.count = 0
        self.anchors: list[Element] = []
        self.metas: list[dict[str, str | None]] = []
        self.links: list[dict[str, str | None]] = []
        self.scripts: list[str] = []
        self.title = ""
        self.marked: list[Element] = []
        self.images: list[Element] = []
        self.cells: list[Element] = []

    def run(self, root: Node) -> None:
        """Walk the whole tree below `root`, in document order."""
        self.root.attrs = root.attributes
        stack: list[tuple[Node, Element]] = []
        node: Node | None = root.first_child
        special = _SPECIAL
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
                special[tag](self, node)
                node = node.next
            elif tag[:1] in "-!" or self.leaves_out(node, tag, attrs := node.attributes):
                node = node.next
            elif self.count > MAX_ELEMENTS:
                node = None
            else:
                stack.append((node, self.element))
                self.enter(tag, attrs)
                node = node.first_child
        self.flush()
        self.root.last = len(self.pieces)

    def leaves_out(self, node: Node, tag: str, attrs: dict[str, str | None]) -> bool:
        """Whether an element is not worth a visit: hidden, or the menu or the footer of the site."""
        if tag == "blockquote" and is_social(attrs):
            self.take_post(node)
            return True
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
        self.count += 1
        if tag in BLOCK_TAGS:
            self.flush()
        parent = self.element
        if parent.depth >= MAX_DEPTH:
            return
        element = Element(tag, parent, attrs, len(self.pieces))
        if tag == "a" and attrs.get("href"):
            element.parts = []
            if len(self.anchors) < MAX_ANCHORS:
                self.anchors.append(element)
        elif tag in _CELLS:
            self.cells.append(element)
        if attrs and ("itemprop" in attrs or "datetime" in attrs or "rel" in attrs):
            self.marked.append(element)
        self.element = element

    def leave(self, outer: Element) -> None:
        """The current element ends; `outer` is the one around it."""
        element = self.element
        if element is outer:  # below the depth that is kept
            return
        if element.outer_block is None:
            self.flush()
        element.last = len(self.pieces) + (self.open is not None)
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
        """A text node: into the open run, and to the link around it."""
        element = self.element
        words = text.split()
        if element.muted:
            self.take_muted(" ".join(words))
        elif element.block.tag == "pre":
            self.add(text, element)
        elif not words:
            if self.open is not None:
                self.open.parts.append((" ", element))
        elif line := _fold(text, words):
            if self.breaks:
                self.end_line(text)
            self.add(line, element)

    def take_muted(self, line: str) -> None:
        """Text that is not shown: kept only as the name of a link."""
        anchor = self.element.anchor
        if line and anchor is not None and anchor.parts is not None:
            anchor.parts.append((clean(line), self.element.block.tag in HEADINGS))

    def add(self, line: str, element: Element) -> None:
        """Text into the open run, or into a new one."""
        piece, block = self.open, element.block
        if piece is None:
            if len(self.pieces) >= MAX_PIECES:
                return
            piece = self.open = Piece(PieceKind.TEXT, block, len(self.pieces))
        piece.parts.append((line, element))
        size = amount(line)
        piece.size += size
        anchor = element.anchor
        if anchor is not None and anchor.parts is not None:
            piece.link_size += size
            anchor.parts.append((line, block.tag in HEADINGS))

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

    def take_rule(self, _: Node) -> None:
        """A `hr`."""
        self.lone(PieceKind.RULE, "hr", {})

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

    def take_post(self, node: Node) -> None:
        """A post of another site as an embed, named by its words."""
        links = [href for link in node.css("a") if (href := link.attributes.get("href"))]
        self.lone(
            PieceKind.EMBED,
            "blockquote",
            {"src": links[-1] if links else node.attributes.get("cite"), "title": node.text()[:200]},
        )

    def take_meta(self, node: Node) -> None:
        """A `meta` element, wherever it stands."""
        self.metas.append(node.attributes)

    def take_link(self, node: Node) -> None:
        """A `link` element."""
        self.links.append(node.attributes)

    def take_nothing(self, _: Node) -> None:
        """An element that shows nothing a reader reads."""

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
            self.cells,
        )


_SPECIAL: dict[str, Callable[[_Walk, Node], None]] = {
    "meta": _Walk.take_meta,
    "link": _Walk.take_link,
    "title": _Walk.take_title,
    "script": _Walk.take_script,
    "br": _Walk.take_break,
    "hr": _Walk.take_rule,
    "img": _Walk.take_picture,
    "amp-img": _Walk.take_picture,
    **dict.fromkeys(EMBED_TAGS, _Walk.take_embed),
    **dict.fromkeys(SKIPPED_TAGS, _Walk.take_nothing),
}


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
