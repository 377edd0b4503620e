"""Blocks of an article in reading order, and the pictures in them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quote"
    FIGURE = "figure"
    TABLE = "table"
    CODE = "code"
    EMBED = "embed"
    RULE = "rule"


class Span(NamedTuple):
    """A stretch of a block's text, `text[start:end]`: `kind` is bold, italic, code, or link, which has a `url`."""

    start: int
    end: int
    kind: str
    url: str | None = None


class Image(NamedTuple):
    """A picture; `width` and `height` are declared CSS pixels, `None` if the page does not say."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text.

    `level` is 1–6 for headings and, for an item of a list, its depth (1 = outermost). A list keeps its items as
    paragraph blocks; a table keeps `rows` of cells, the first of them a header if `header`; a figure keeps its `image`;
    an embed keeps its `url` and a name as `text`. A quote or code keeps its line breaks.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    spans: tuple[Span, ...] = ()
    items: "tuple[Block, ...]" = ()
    ordered: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False
    image: Image | None = None
    url: str | None = None


def block_to_dict(block: Block) -> dict[str, Any]:
    """A block as plain values, fields that say nothing left out."""
    found: dict[str, Any] = {"kind": str(block.kind)}
    for name in ("text", "level", "ordered", "header", "url"):
        if value := getattr(block, name):
            found[name] = value
    if block.spans:
        found["spans"] = [span._asdict() for span in block.spans]
    if block.items:
        found["items"] = [block_to_dict(item) for item in block.items]
    if block.rows:
        found["rows"] = [list(row) for row in block.rows]
    if block.image:
        found["image"] = block.image._asdict()
    return found


def block_from_dict(values: dict[str, Any]) -> Block:
    """The block that `block_to_dict` wrote."""
    image = values.get("image")
    return Block(
        kind=BlockKind(values["kind"]),
        text=values.get("text", ""),
        level=values.get("level", 0),
        spans=tuple(Span(**span) for span in values.get("spans", ())),
        items=tuple(block_from_dict(item) for item in values.get("items", ())),
        ordered=values.get("ordered", False),
        rows=tuple(tuple(row) for row in values.get("rows", ())),
        header=values.get("header", False),
        image=Image(**image) if image else None,
        url=values.get("url"),
    )


def block_lines(block: Block) -> list[str]:
    """The text lines of a block, without captions."""
    if block.kind in (BlockKind.FIGURE, BlockKind.EMBED, BlockKind.RULE):
        return []
    if block.kind is BlockKind.LIST:
        return [item.text for item in block.items]
    if block.kind is BlockKind.TABLE:
        return [" ".join(cell for cell in row if cell) for row in block.rows]
    return [block.text]
