"""Blocks as the store keeps them: JSON whose texts are stretches of the article's text, none is kept twice.

A block is an object, `{"kind":"heading","text":[0,12],"level":2}`; a paragraph that is nothing but such a stretch is
the stretch alone, `[13,420]`.
"""

import json
from collections.abc import Iterable
from typing import Any

from newsreader.model.blocks import Block, BlockKind, Image, block_from_dict, block_to_dict


def pack_blocks(blocks: Iterable[Block], text: str) -> str:
    """Blocks as JSON; a text that stands in `text` becomes its start and end there, in code points."""
    cursor = 0
    packed: list[dict[str, Any] | list[int]] = []
    for block in blocks:
        if _is_plain(block) and (start := text.find(block.text, cursor)) >= 0:
            cursor = start + len(block.text)
            packed.append([start, cursor])
            continue
        values = block_to_dict(block)
        for part in (values, *values.get("items", ())):
            cursor = _pack(part, text, cursor)
        packed.append(values)
    return dump(packed)


def _is_plain(block: Block) -> bool:
    """Whether a block is a paragraph of text and nothing else."""
    more = (block.level, block.spans, block.items, block.ordered, block.rows, block.header, block.image, block.url)
    return block.kind is BlockKind.PARAGRAPH and bool(block.text) and not any(more)


def _pack(values: dict[str, Any], text: str, cursor: int) -> int:
    found = text.find(values["text"], cursor) if "text" in values else -1
    if found < 0:
        return cursor
    end = found + len(values["text"])
    values["text"] = [found, end]
    return end


def unpack_blocks(packed: str, text: str) -> tuple[Block, ...]:
    """The blocks that `pack_blocks` wrote, given the same text."""
    found = json.loads(packed)
    return tuple(_unpack(values, text) for values in found)


def _unpack(values: dict[str, Any] | list[int], text: str) -> Block:
    if isinstance(values, list):
        return Block(BlockKind.PARAGRAPH, text[values[0] : values[1]])
    for part in (values, *values.get("items", ())):
        if isinstance(place := part.get("text"), list):
            part["text"] = text[place[0] : place[1]]
    return block_from_dict(values)


def pack_image(image: Image | None) -> str | None:
    """A picture as JSON, `None` for none."""
    return dump(image._asdict()) if image else None


def unpack_image(packed: str | None) -> Image | None:
    """The picture that `pack_image` wrote."""
    return Image(**json.loads(packed)) if packed else None


def dump(value: object) -> str:
    """JSON in as few characters as it takes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
