"""The whole article: blocks in reading order, pictures, links, and an honest state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from newsreader.dates import to_iso
from newsreader.model.blocks import Block, BlockKind, Image, block_lines, block_to_dict
from newsreader.model.markdown import write_markdown
from newsreader.model.news import State
from newsreader.text import count_words


class LinkKind(StrEnum):
    """Where a link leads: to this story (inline, related), to other articles (more), or elsewhere (reference)."""

    INLINE = "inline"
    RELATED = "related"
    MORE = "more"
    REFERENCE = "reference"


class Link(NamedTuple):
    """A link of the page; `heading` is the heading of its block, "" if it has none."""

    url: str
    title: str
    kind: LinkKind
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as a page tells it.

    `url` is the canonical address, "" if it is not known; `subtitle` is the standfirst and `lead_image` the picture
    above the text, neither repeated in `blocks`; `reason` says in words why the state is what it is. `published` and
    `updated` are aware, with the offset of the place of publication. `next_page` is the address of the next part,
    `None` if this is all.
    """

    url: str
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    lead_image: Image | None = None
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    state: State = State.FULL
    reason: str = ""
    next_page: str | None = None

    @property
    def text(self) -> str:
        """Standfirst, headings, paragraphs, list items, quotes, tables and code, a block a line; no captions."""
        lines = [self.subtitle, *(line for block in self.blocks for line in block_lines(block))]
        return "\n".join(line for line in lines if line)

    @property
    def markdown(self) -> str:
        """The article as CommonMark, title and pictures included."""
        return write_markdown(self.title, self.subtitle, self.lead_image, self.blocks)

    @property
    def images(self) -> tuple[Image, ...]:
        """Every picture once, the lead picture first."""
        lead = (self.lead_image,) if self.lead_image else ()
        return lead + tuple(block.image for block in self.blocks if block.image)

    @property
    def toc(self) -> tuple[tuple[int, str], ...]:
        """Level and text of each heading, in order."""
        return tuple((block.level, block.text) for block in self.blocks if block.kind is BlockKind.HEADING)

    @property
    def word_count(self) -> int:
        """Words of the text; two CJK characters count as one word."""
        return count_words(self.text)

    def to_dict(self) -> dict[str, Any]:
        """The article as plain values for JSON: times as ISO 8601, empty block fields left out."""
        return {
            "url": self.url,
            "title": self.title,
            "subtitle": self.subtitle,
            "authors": list(self.authors),
            "published": to_iso(self.published),
            "updated": to_iso(self.updated),
            "language": self.language,
            "site_name": self.site_name,
            "section": self.section,
            "tags": list(self.tags),
            "summary": self.summary,
            "lead_image": self.lead_image._asdict() if self.lead_image else None,
            "blocks": [block_to_dict(block) for block in self.blocks],
            "links": [link._asdict() for link in self.links],
            "state": str(self.state),
            "reason": self.reason,
        }
