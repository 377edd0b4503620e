"""Styled stretches of a block's text, in order, from spans that may overlap."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsreader.model.blocks import Block
from newsreader.present.lines import safe, safe_url


class Stretch(NamedTuple):
    """Text with the kinds of the spans over it; `url` is where it leads, `ends_link` whether its link ends with it."""

    text: str
    kinds: tuple[str, ...] = ()
    url: str | None = None
    ends_link: bool = False


def stretches(block: Block) -> Iterator[Stretch]:
    """The text of a block in stretches, safe to show; line feeds are kept. Spans that lie outside the text are cut."""
    text, spans = block.text, block.spans
    if not spans:
        yield Stretch(_kept(text))
        return
    edges = {0, len(text), *(min(max(edge, 0), len(text)) for span in spans for edge in (span.start, span.end))}
    for start, end in pairwise(sorted(edges)):
        over = [span for span in spans if span.start <= start and end <= span.end]
        kinds = tuple(dict.fromkeys(span.kind for span in over))
        link = next((span for span in over if span.kind == "link"), None)
        ends = link is not None and end == min(link.end, len(text))
        yield Stretch(_kept(text[start:end]), kinds, safe_url(link.url) if link else None, ends)


def _kept(text: str) -> str:
    """`safe` for a stretch within a text: line feeds and the spaces at its ends stay."""
    return "\n".join(line if line.isprintable() else _kept_line(line) for line in text.split("\n"))


def _kept_line(line: str) -> str:
    before, after = " " * line[:1].isspace(), " " * line[-1:].isspace()
    return f"{before}{safe(line)}{after}"
