"""Blocks as CommonMark."""

from collections.abc import Iterable

from newsreader.model.blocks import Block, Image


def write_markdown(title: str, subtitle: str, lead_image: Image | None, blocks: Iterable[Block]) -> str:
    """An article as CommonMark: title as level 1, standfirst in bold, pictures with their captions below."""
    raise NotImplementedError
