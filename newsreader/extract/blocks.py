"""Chosen pieces as blocks: headings, paragraphs with spans, lists, quotes, tables, code, figures, embeds, rules."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple
from unicodedata import is_normalized

from newsreader.extract.addresses import media_address
from newsreader.extract.figures import Figure
from newsreader.extract.pieces import Element, Piece, PieceKind
from newsreader.extract.tables import table_block
from newsreader.extract.tags import BOLD, CODE, HEADINGS, IN_PRE, ITALIC
from newsreader.model.blocks import Block, BlockKind, Span
from newsreader.text import clean, clean_lines
from newsreader.urls import canonical, resolve

# What text is by the outermost of these around it; items are those of a list.
_HOLDERS = {
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(("ul", "ol", "dl"), BlockKind.LIST),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
    "table": BlockKind.TABLE,
    **dict.fromkeys(("li", "dd", "dt"), None),
}
_MAX_SPANS = 1_000  # of a block; the rest of its text is plain
_SET = BOLD | ITALIC | CODE | IN_PRE
_TIME = 2  # level of a time over an update
_SUBHEAD = 3  # level of a bold line that is a heading
_MARK_NAMES = ((BOLD, "bold"), (ITALIC, "italic"), (CODE, "code"))


class Setting(NamedTuple):
    """What building needs to know.

    The element around the text, the base of addresses, the pictures, the cells, the lines that are headings and the
    times over updates.
    """

    container: Element
    base: str
    figures: dict[int, Figure]
    cells: list[Element]
    subheads: frozenset[int] = frozenset()
    times: frozenset[int] = frozenset()


class Place(NamedTuple):
    """Where a piece stands: the outermost list, quote, table or `pre` around it, its list depth and its item."""

    kind: BlockKind
    holder: Element
    depth: int
    item: Element | None


def build_blocks(pieces: Iterable[Piece], setting: Setting) -> tuple[Block, ...]:
    """The blocks of pieces that were chosen, in order; neighbours in one list, quote or table become one block."""
    placed = [(piece, _place(piece, setting)) for piece in pieces]
    blocks: list[Block] = []
    for (kind, _), group in groupby(placed, key=lambda one: (one[1].kind, one[1].holder)):
        blocks.extend(_build(kind, list(group), setting))
    return tuple(blocks)


def _place(piece: Piece, setting: Setting) -> Place:
    """Where a piece stands."""
    if piece.kind is not PieceKind.TEXT:
        return Place(BlockKind.FIGURE, piece.element, 0, None)
    if piece.index in setting.times or piece.index in setting.subheads:
        return Place(BlockKind.HEADING, piece.element, _TIME if piece.index in setting.times else _SUBHEAD, None)
    kind, holder, depth, item = BlockKind.PARAGRAPH, setting.container, 0, None
    around: Element | None = piece.element
    while around is not None and around is not setting.container:
        tag = around.tag
        if tag in _HOLDERS:
            found = _HOLDERS[tag]
            if found is BlockKind.HEADING:
                return Place(found, around, HEADINGS[tag], None)
            if found is None:
                item = item or around
            else:
                kind, holder, depth = found, around, depth + (found is BlockKind.LIST)
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
    if len(pieces) == 1 and len(pieces[0].parts) == 1:
        text, element = pieces[0].parts[0]
        if not element.marks & _SET and element.anchor is None:
            return Block(kind, text.strip(), level)
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
        if self.last == " ":
            self.chunks.pop()
            self.at -= 1
        if self.at and self.last != "\n":
            self.put("\n")

    def put(self, text: str) -> None:
        """Add text."""
        self.chunks.append(text)
        self.at += len(text)
        self.last = text[-1]

    def space(self) -> None:
        """Add a space, unless there is one."""
        if self.last not in " \n":
            self.put(" ")

    def write(self, raw: str, element: Element) -> None:
        """Add the text of one part, white space folded across parts; within a part it is already, but for `pre`."""
        words = clean(raw) if element.marks & IN_PRE else raw.strip()
        if raw[:1].isspace():
            self.space()
        if not words:
            return
        start = self.at
        self.put(words)
        if len(self.spans) < _MAX_SPANS:
            self.set(start, element)
        if raw[-1].isspace():
            self.space()

    def set(self, start: int, element: Element) -> None:
        """Mark the text since `start` with what its element is set in, and where that leads."""
        marks = element.marks
        if marks & _SET:
            for bit, name in _MARK_NAMES:
                if marks & bit:
                    self.mark(start, self.at, name, None)
        anchor = element.anchor
        if anchor is not None and (url := resolve(anchor.get("href"), self.base)):
            self.mark(start, self.at, "link", canonical(url))

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
        if not (text.isascii() or is_normalized("NFC", text)):
            return clean_lines(text), ()  # a letter and its accent in two parts: rare, and the spans would be off
        return text, tuple(self.spans)
