"""An HTML page to an article: the parts of this stage in their order."""

from typing import NamedTuple

from newsreader import dom
from newsreader.extract.asides import cut_asides
from newsreader.extract.blocks import Setting, build_blocks
from newsreader.extract.body import find_container
from newsreader.extract.figures import Figure, find_figures, lead_of
from newsreader.extract.jsonld import is_closed
from newsreader.extract.judge import Page, choose
from newsreader.extract.links import Text, find_links
from newsreader.extract.metadata import Metadata, read_metadata
from newsreader.extract.outline import read_outline
from newsreader.extract.pieces import Outline, Piece, PieceKind, amount
from newsreader.extract.standfirst import find_standfirst, opens_as_standfirst
from newsreader.extract.state import Evidence, judge_state
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, block_lines
from newsreader.model.news import State
from newsreader.text import clean, count_words

_FEW = 2  # pieces of which none is a standfirst
_LITTLE = 400  # size of text below which other places of the page are looked at
_NOT_SHOWN = (State.BLOCKED, State.CONSENT, State.GONE)


class Content(NamedTuple):
    """What was read of the text: standfirst, lead picture, blocks, and where they stand on the page."""

    subtitle: str = ""
    lead: Image | None = None
    blocks: tuple[Block, ...] = ()
    text: Text = Text(None, frozenset(), frozenset())

    @property
    def size(self) -> int:
        """The amount of text."""
        return amount(self.subtitle) + sum(amount(line) for block in self.blocks for line in block_lines(block))


def read_page(body: bytes, url: str, content_type: str | None = None) -> Article:
    """The article of an HTML page; `url` is where the page was found."""
    tree = dom.parse(body, content_type)
    outline = read_outline(tree)
    meta = read_metadata(outline, url)
    content = read_content(outline, meta, url)
    if content.size < _LITTLE:
        shown = read_outline(tree, see_hidden=True)
        content = max(
            content, read_content(shown, read_metadata(shown, url), url), _declared(meta), key=lambda one: one.size
        )
    return _article(outline, meta, content, url)


def read_content(outline: Outline, meta: Metadata, url: str) -> Content:
    """The text of a page, with its pictures."""
    container = find_container(outline, meta.headline)
    if container is None:
        return Content()
    start = meta.headline if 0 <= meta.headline < container.first else container.first
    figures = find_figures(outline, url, range(start, container.last))
    pieces = choose(Page(outline, container, meta.title, meta.headline, figures, is_closed(meta.article)))
    first = next((piece.index for piece in pieces if piece.kind is PieceKind.TEXT), None)
    if first is None:
        return Content()
    lead = lead_of(figures, max(meta.headline, 0), first)
    pieces = [piece for piece in pieces if piece.index >= first]
    standfirst = _standfirst(outline, meta, pieces)
    kept = frozenset(piece.index for piece in (*pieces, *filter(None, (standfirst,))) if piece.kind is PieceKind.TEXT)
    pieces = [piece for piece in pieces if piece is not standfirst]
    cut = frozenset(anchor for piece in pieces if piece.kind is PieceKind.TEXT for anchor in cut_asides(piece))
    blocks = build_blocks(pieces, Setting(container, url, figures, outline.cells))
    return Content(
        subtitle=standfirst.text if standfirst else "",
        lead=lead.image if lead else _declared_image(meta, figures),
        blocks=blocks,
        text=Text(container, kept, cut),
    )


def _standfirst(outline: Outline, meta: Metadata, pieces: list[Piece]) -> Piece | None:
    """The standfirst: before the text, or its first piece where that is set apart and more follows."""
    found = find_standfirst(outline, meta.headline, pieces[0].index, meta.summary)
    if found is None and len(pieces) > _FEW and opens_as_standfirst(pieces[0]):
        return pieces[0]
    return found


def _declared_image(meta: Metadata, figures: dict[int, Figure]) -> Image | None:
    """The picture that the page declares, unless it is one of those in the text."""
    if meta.image is None:
        return None
    name = meta.image.split("?", 1)[0].rsplit("/", 1)[-1]
    if any(figure.image.url.split("?", 1)[0].endswith("/" + name) for figure in figures.values()):
        return None
    return Image(meta.image)


def _declared(meta: Metadata) -> Content:
    """The text that JSON-LD carries, for pages that draw their text by script."""
    body = meta.article.get("articleBody")
    if not isinstance(body, str):
        return Content()
    texts = dom.text_of(root) if (root := dom.parse_text(body).root) is not None and "<" in body else body
    lines = [clean(line) for line in texts.replace("\r", "\n").split("\n")]
    image = Image(meta.image) if meta.image else None
    return Content(lead=image, blocks=tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line))


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
    lines = [line for block in content.blocks for line in block_lines(block)]
    return Evidence(
        outline=outline,
        url=url,
        title=meta.title,
        article=meta.article,
        text_size=content.size,
        words=sum(map(count_words, lines)) if "wordCount" in meta.article else 0,
        last=content.text.last,
        listed=sum(link.kind is LinkKind.MORE for link in links),
        is_declared=bool(meta.article) or meta.og_type == "article",
    )
