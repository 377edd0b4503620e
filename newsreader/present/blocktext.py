"""Blocks of an article as styled lines: headings, paragraphs, lists, quotes, tables, code, pictures, embeds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from newsreader.model.blocks import Block, BlockKind, Image
from newsreader.present.lines import BLANK, Line, Segment, safe, safe_lines, safe_url
from newsreader.present.setting import chop, wrap_line
from newsreader.present.spans import stretches
from newsreader.present.tabletext import table_lines
from newsreader.text import width

Numbers: TypeAlias = Mapping[str, int]

_CODE_INDENT = "  "
_BAR = "│ "
_RULE = "* * *"
_LEAST = 4  # columns that text keeps beside a margin


def block_text(blocks: Iterable[Block], columns: int, numbers: Numbers) -> list[Line]:
    """The blocks with a blank line between them and two before a heading; `numbers` are those of linked addresses."""
    found: list[Line] = []
    for block in blocks:
        if lines := _SETTERS[block.kind](block, columns, numbers):
            if found:
                found += [BLANK] * (2 if block.kind is BlockKind.HEADING else 1)
            found += lines
    return found


def picture_lines(image: Image, columns: int) -> list[Line]:
    """A picture in words: "[picture] caption (credit)", the alternative text where it has no caption."""
    caption, credit = safe(image.caption or image.alt), safe(image.credit)
    if credit and credit in caption:
        credit = ""
    words = " ".join(part for part in (caption, credit and f"({credit})") if part)
    sign = Segment("[picture]", "meta", safe_url(image.url))
    return wrap_line((sign, Segment(f" {words}", "caption")) if words else (sign,), columns)


def hang(first: Line, body: Line, columns: int) -> list[Line]:
    """The body wrapped beside a margin, which holds `first` on the first line and spaces on the others."""
    margin = sum(width(segment.text) for segment in first)
    if 0 < columns < margin + _LEAST:
        return wrap_line((*first, *body), columns)
    lines = wrap_line(body, columns and columns - margin)
    rest = (Segment(" " * margin),)
    return [((rest if at else first) + line) for at, line in enumerate(lines)]


def _heading(block: Block, columns: int, numbers: Numbers) -> list[Line]:
    return wrap_line(_styled(block, numbers, "heading"), columns) if block.text else []


def _paragraph(block: Block, columns: int, numbers: Numbers) -> list[Line]:
    return wrap_line(_styled(block, numbers), columns) if block.text else []


def _list(block: Block, columns: int, numbers: Numbers) -> list[Line]:
    """Items with a bullet or their number, indented by depth; numbers of a depth start anew under each outer item."""
    found: list[Line] = []
    counts: list[int] = []
    for item in block.items:
        depth = min(max(item.level, 1), len(counts) + 1)
        counts[depth:] = []
        counts += [0] * (depth - len(counts))
        counts[-1] += 1
        sign = f"{counts[-1]}. " if block.ordered else "• "
        indent = "  " * (depth - 1) * (2 if block.ordered else 1)
        found += hang((Segment(indent + sign, "meta"),), _styled(item, numbers), columns)
    return found


def _quote(block: Block, columns: int, numbers: Numbers) -> list[Line]:
    if not block.text:
        return []
    bar = (Segment(_BAR, "bar"),) if columns == 0 or columns >= len(_BAR) + _LEAST else ()
    room = columns and columns - len(_BAR) * len(bar)
    return [bar + line for line in wrap_line(_styled(block, numbers, "quote"), room)]


def _figure(block: Block, columns: int, _: Numbers) -> list[Line]:
    return picture_lines(block.image, columns) if block.image else []


def _table(block: Block, columns: int, _: Numbers) -> list[Line]:
    return table_lines(block.rows, columns, header=block.header)


def _code(block: Block, columns: int, _: Numbers) -> list[Line]:
    indent = _CODE_INDENT if columns == 0 or columns >= len(_CODE_INDENT) + _LEAST else ""
    room = columns and columns - len(indent)
    parts = [part for line in safe_lines(block.text) for part in chop(line, room)]
    return [(Segment(indent + part, "code"),) if part else BLANK for part in parts]


def _embed(block: Block, columns: int, numbers: Numbers) -> list[Line]:
    name = safe(block.text or block.url or "")
    number = numbers.get(block.url or "")
    line = (Segment("[embed] ", "meta"), Segment(name, "link", safe_url(block.url)))
    return wrap_line((*line, *_number(number, block.url)), columns)


def _rule(_: Block, columns: int, __: Numbers) -> list[Line]:
    return wrap_line((Segment(_RULE, "meta"),), columns)


_SETTERS: dict[BlockKind, Callable[[Block, int, Numbers], list[Line]]] = {
    BlockKind.HEADING: _heading,
    BlockKind.PARAGRAPH: _paragraph,
    BlockKind.LIST: _list,
    BlockKind.QUOTE: _quote,
    BlockKind.FIGURE: _figure,
    BlockKind.TABLE: _table,
    BlockKind.CODE: _code,
    BlockKind.EMBED: _embed,
    BlockKind.RULE: _rule,
}


def _styled(block: Block, numbers: Numbers, base: str = "") -> Line:
    """The text of a block in segments, each link followed by its number."""
    found: list[Segment] = []
    for text, kinds, url, ends_link in stretches(block):
        found.append(Segment(text, " ".join((base, *kinds) if base else kinds), url))
        if url and ends_link:
            found += _number(numbers.get(url), url)
    return tuple(found)


def _number(number: int | None, url: str | None) -> Iterator[Segment]:
    if number:
        yield Segment(f"[{number}]", "number", safe_url(url))
