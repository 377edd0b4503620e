"""Chosen pieces as blocks: headings, paragraphs with spans, lists, quotes, tables, code, figures, embeds, rules."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from newsreader.extract.addresses import media_address
from newsreader.extract.figures import Figure
from newsreader.extract.pieces import Element, Piece, PieceKind
from newsreader.extract.tables import table_block
from newsreader.extract.tags import BOLD, CODE, HEADINGS, ITALIC
from newsreader.model.blocks import Block, BlockKind, Span
from newsreader.text import clean, clean_lines
from newsreader.urls import canonical, resolve

_LISTS = ("ul", "ol", "dl")
_MARK_NAMES = ((BOLD, "bold"), (ITALIC, "italic"), (CODE, "code"))


class Setting(NamedTuple):
    """What building needs to know: the element around the text, the base of addresses, the pictures, the cells."""

    container: Element
    base: str
    figures: dict[int, Figure]
    cells: list[Element]


class Place(NamedTuple):
    """Where a piece stands: the outermost list, quote, table or `pre` around it, its list depth and its item."""

    kind: BlockKind
    holder: Element
    depth: int
    item: Element | None


def build_blocks(pieces: Iterable[Piece], setting: Setting) -> tuple[Block, ...]:
    """The blocks of pieces that were chosen, in order; neighbours in one list, quote or table become one block."""
    placed = [(piece, _place(piece, setting.container)) for piece in pieces]
    blocks: list[Block] = []
    for (kind, _), group in groupby(placed, key=lambda one: (one[1].kind, one[1].holder)):
        blocks.extend(_build(kind, list(group), setting))
    return tuple(blocks)


def _place(piece: Piece, container: Element) -> Place:
    """Where a piece stands."""
    if piece.kind is not PieceKind.TEXT:
        return Place(BlockKind.FIGURE, piece.element, 0, None)
    kind, holder, depth, item = BlockKind.PARAGRAPH, piece.element, 0, None
    around: Element | None = piece.element
    while around is not None and around is not container:
        tag = around.tag
        if tag in HEADINGS:
            return Place(BlockKind.HEADING, around, HEADINGS[tag], None)
        if tag in _LISTS:
            kind, holder, depth = BlockKind.LIST, around, depth + 1
        elif tag in ("li", "dd", "dt"):
            item = item or around
        elif tag == "blockquote":
            kind, holder = BlockKind.QUOTE, around
        elif tag == "pre":
            kind, holder = BlockKind.CODE, around
        elif tag == "table":
            kind, holder = BlockKind.TABLE, around
        around = around.parent
    return Place(kind, holder, depth, item)


def _build(kind: BlockKind, group: list[tuple[Piece, Place]], setting: Setting) -> list[Block]:
    """The blocks of neighbours of one kind and holder."""
    pieces = [piece for piece, _ in group]
    place = group[0][1]
    if kind is BlockKind.FIGURE:
        return _lone(pieces[0], setting)
    if kind is BlockKind.HEADING:
        found = [_text_block(kind, pieces, setting, level=place.depth)]
    elif kind is BlockKind.LIST:
        found = [_list_block(group, setting)]
    elif kind is BlockKind.TABLE:
        found = table_block(pieces, place.holder, setting.cells) or _paragraphs(pieces, setting)
    elif kind is BlockKind.CODE:
        found = [_code_block(pieces)]
    elif kind is BlockKind.QUOTE:
        found = [_text_block(kind, pieces, setting)]
    else:
        found = _paragraphs(pieces, setting)
    return [block for block in found if block.text or block.items or block.rows]


def _code_block(pieces: list[Piece]) -> Block:
    """Text as it stands, line breaks and indents kept."""
    lines = ["".join(text for text, _ in piece.parts) for piece in pieces]
    return Block(BlockKind.CODE, clean_lines("\n".join(lines)).strip("\n"))


def _paragraphs(pieces: list[Piece], setting: Setting) -> list[Block]:
    return [_text_block(BlockKind.PARAGRAPH, [piece], setting) for piece in pieces]


def _list_block(group: list[tuple[Piece, Place]], setting: Setting) -> Block:
    """A list; the pieces of one item are joined."""
    items: list[Block] = []
    for _, same in groupby(group, key=lambda one: one[1].item or one[0].element):
        members = list(same)
        item = _text_block(BlockKind.PARAGRAPH, [piece for piece, _ in members], setting, level=members[0][1].depth)
        if item.text:
            items.append(Block(BlockKind.PARAGRAPH, item.text.replace("\n", " "), item.level, item.spans))
    return Block(BlockKind.LIST, items=tuple(items), ordered=group[0][1].holder.tag == "ol")


def _lone(piece: Piece, setting: Setting) -> list[Block]:
    """A picture, an embed or a rule."""
    if piece.kind is PieceKind.PICTURE:
        return [Block(BlockKind.FIGURE, image=setting.figures[piece.index].image)]
    if piece.kind is PieceKind.RULE:
        return [Block(BlockKind.RULE)]
    source = piece.element.get("src") or piece.element.get("data-src")
    url = media_address(source, setting.base) if source else None
    name = clean(piece.element.get("title") or piece.element.get("aria-label"))
    return [Block(BlockKind.EMBED, text=name, url=url)] if url and name else []


def _text_block(kind: BlockKind, pieces: list[Piece], setting: Setting, *, level: int = 0) -> Block:
    """A block of text; several pieces become its lines."""
    writer = _Writer(setting.base)
    for piece in pieces:
        writer.line()
        for text, element in piece.parts:
            writer.write(text, element)
    text, spans = writer.finish()
    if kind is not BlockKind.QUOTE:
        text = text.replace("\n", " ")
    return Block(kind, text, level, spans)


class _Writer:
    """Text that grows, with the spans over it."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.chunks: list[str] = []
        self.at = 0
        self.last = "\n"
        self.spans: list[Span] = []

    def line(self) -> None:
        """A new line, unless this is the first."""
        if self.at and self.last != "\n":
            self.put("\n")

    def put(self, text: str) -> tuple[int, int]:
        """Add text; where it begins and ends."""
        start = self.at
        self.chunks.append(text)
        self.at += len(text)
        self.last = text[-1]
        return start, self.at

    def write(self, raw: str, element: Element) -> None:
        """Add the text of one part, white space folded across parts."""
        words = " ".join(raw.split())
        if raw[:1].isspace() and self.last not in " \n":
            self.put(" ")
        if not words:
            return
        start, end = self.put(words)
        marks = element.marks
        for bit, name in _MARK_NAMES:
            if marks & bit:
                self.mark(start, end, name, None)
        if element.anchor is not None and (url := resolve(element.anchor.get("href"), self.base)):
            self.mark(start, end, "link", canonical(url))
        if raw[-1:].isspace():
            self.put(" ")

    def mark(self, start: int, end: int, kind: str, url: str | None) -> None:
        """Add a span, or lengthen the same one that ended just before."""
        for index in range(len(self.spans) - 1, max(len(self.spans) - 5, -1), -1):
            last = self.spans[index]
            if last.kind == kind and last.url == url and start - last.end <= 1:
                self.spans[index] = last._replace(end=end)
                return
        self.spans.append(Span(start, end, kind, url))

    def finish(self) -> tuple[str, tuple[Span, ...]]:
        """The text and its spans."""
        text = "".join(self.chunks).rstrip()
        if clean_lines(text) != text:  # a letter and its accent in two parts: rare, and then the spans would be off
            return clean_lines(text).strip(), ()
        return text, tuple(span for span in self.spans if span.end > span.start)
