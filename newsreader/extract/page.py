"""An HTML page to an article: the parts of this stage in their order."""

from dataclasses import dataclass
from functools import cached_property

from newsreader import dom
from newsreader.dom import Tree
from newsreader.extract.asides import cut_asides
from newsreader.extract.blocks import Setting, build_blocks
from newsreader.extract.body import find_container
from newsreader.extract.classifier import find_text
from newsreader.extract.features import Survey
from newsreader.extract.figures import Figure, find_figures, lead_of
from newsreader.extract.headings import add_headings, find_subheads
from newsreader.extract.jsonld import is_closed
from newsreader.extract.judge import Page, choose
from newsreader.extract.links import Text, find_links
from newsreader.extract.metadata import Metadata, read_metadata
from newsreader.extract.outline import read_outline
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind, amount
from newsreader.extract.scripted import declared_size, read_undrawn
from newsreader.extract.standfirst import Head, find_standfirst, join_points, opens_as_standfirst
from newsreader.extract.state import Evidence, judge_state
from newsreader.extract.updates import find_times
from newsreader.extract.wholes import complete_wholes
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, Image, block_lines
from newsreader.model.news import State

_FEW = 2  # pieces of which none is a standfirst
_LITTLE = 400  # size of text below which other places of the page are looked at
_NO_TEXT = Text(None, frozenset(), frozenset())
_NOT_SHOWN = (State.BLOCKED, State.CONSENT, State.GONE)


@dataclass(frozen=True)
class Content:
    """What was read of the text: standfirst, lead picture, blocks, and where they stand on the page."""

    subtitle: str = ""
    lead: Image | None = None
    blocks: tuple[Block, ...] = ()
    text: Text = _NO_TEXT

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the blocks."""
        return [line for block in self.blocks for line in block_lines(block)]

    @cached_property
    def size(self) -> int:
        """The amount of text."""
        return amount(self.subtitle) + sum(map(amount, self.lines))


def read_page(body: bytes, url: str, content_type: str | None = None) -> Article:
    """The article of an HTML page; `url` is where the page was found."""
    tree = dom.parse(body, content_type)
    outline = read_outline(tree)
    meta = read_metadata(outline, url)
    content = read_content(outline, meta, url)
    if content.size < max(_LITTLE, declared_size(meta) // 2):
        content, meta = max((content, meta), _undrawn(tree, meta, url), key=lambda one: one[0].size)
    return _article(outline, meta, content, url)


def read_content(outline: Outline, meta: Metadata, url: str) -> Content:
    """The text of a page, with its pictures."""
    container = find_container(outline, meta.headline)
    if container is None:
        return Content()
    text = find_text(Survey(outline, container, meta.headline, meta.summary))
    container = _widen(container, text)
    text = add_headings(outline, container, complete_wholes(outline, container, text))
    start = meta.headline if 0 <= meta.headline < container.first else container.first
    figures = find_figures(outline, url, range(start, container.last))
    times = find_times(outline, container, text)
    page = Page(outline, container, meta.title, meta.headline, figures, is_closed(meta.article), times)
    pieces = choose(page, text | times)
    first = _first_text(pieces)
    if first is None:
        return Content()
    text_on = [piece for piece in pieces if piece.index >= first]
    standfirst = _standfirst(outline, meta, text_on)
    kept = frozenset(piece.index for piece in (*standfirst, *text_on) if piece.kind is PieceKind.TEXT)
    text_on = [piece for piece in text_on if piece not in standfirst]
    first = _first_text(text_on) or first
    players = [piece for piece in pieces if piece.kind is PieceKind.EMBED and 0 <= meta.headline < piece.index < first]
    lead = lead_of(figures, max(meta.headline, 0), first)
    pieces = [*players, *(piece for piece in text_on if piece.index >= first)]
    cut = frozenset(anchor for piece in pieces if piece.kind is PieceKind.TEXT for anchor in cut_asides(piece))
    setting = Setting(container, url, figures, outline.cells, find_subheads(pieces), times)
    return Content(
        subtitle=join_points([piece.text for piece in standfirst]),
        lead=lead.image if lead else _declared_image(meta, figures),
        blocks=build_blocks(pieces, setting),
        text=Text(container, kept, cut),
    )


def _first_text(pieces: list[Piece]) -> int | None:
    return next((piece.index for piece in pieces if piece.kind is PieceKind.TEXT), None)


def _widen(container: Element, text: frozenset[int]) -> Element:
    """The container or the first element around it that holds all of the text."""
    around: Element | None = container
    while around is not None and not all(map(around.holds, text)):
        around = around.parent
    return around or container


def _standfirst(outline: Outline, meta: Metadata, pieces: list[Piece]) -> list[Piece]:
    """The standfirst: before the text, or its first piece where that is set apart and more follows."""
    head = Head(meta.headline, meta.title, meta.summary)
    found = find_standfirst(outline, head, pieces[0].index)
    if not found and len(pieces) > _FEW and opens_as_standfirst(outline, head, pieces[0], pieces[1]):
        return pieces[:1]
    return found


def _declared_image(meta: Metadata, figures: dict[int, Figure]) -> Image | None:
    """The picture that the page declares, unless it is one of those in the text."""
    if meta.image is None:
        return None
    name = meta.image.split("?", 1)[0].rsplit("/", 1)[-1]
    if any(figure.image.url.split("?", 1)[0].endswith("/" + name) for figure in figures.values()):
        return None
    return Image(meta.image)


def _undrawn(tree: Tree, meta: Metadata, url: str) -> tuple[Content, Metadata]:
    """The text that the page has not drawn yet, with its pictures, and what is known of it."""
    blocks, meta = read_undrawn(tree, meta, url)
    shows = any(block.image for block in blocks)
    return Content(lead=Image(meta.image) if meta.image and not shows else None, blocks=blocks), meta


def _article(outline: Outline, meta: Metadata, content: Content, url: str) -> Article:
    """Everything together, with its state; a page that is no article keeps no text."""
    links = find_links(outline, url, content.text)
    verdict = judge_state(_evidence(outline, meta, content, (url, links)))
    if verdict.state in (*_NOT_SHOWN, State.FAILED):
        content, links = Content(), ()
    return Article(
        url=meta.url,
        title="" if verdict.state in _NOT_SHOWN else meta.title,
        subtitle=content.subtitle,
        authors=meta.authors,
        published=meta.published,
        updated=meta.updated,
        language=meta.language,
        site_name=meta.site_name,
        section=meta.section,
        tags=meta.tags,
        summary=meta.summary,
        lead_image=content.lead,
        blocks=content.blocks,
        links=links,
        state=verdict.state,
        reason=verdict.reason,
        next_page=meta.next_page,
    )


def _evidence(outline: Outline, meta: Metadata, content: Content, page: tuple[str, tuple[Link, ...]]) -> Evidence:
    """What the state is judged by."""
    url, links = page
    return Evidence(
        outline=outline,
        url=url,
        title=meta.title,
        article=meta.article,
        text_size=content.size,
        lines=content.lines,
        last=content.text.last,
        listed=sum(link.kind is LinkKind.MORE for link in links),
        is_declared=bool(meta.article) or meta.og_type == "article",
    )
