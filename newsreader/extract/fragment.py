"""A piece of HTML that is all text of one article to blocks: that of a feed, of JSON-LD or of a script."""

from html import unescape

from newsreader import dom
from newsreader.extract.blocks import Setting, build_blocks
from newsreader.extract.figures import find_figures
from newsreader.extract.judge import Page, choose, is_kept_alone
from newsreader.extract.outline import read_outline
from newsreader.extract.pieces import PieceKind
from newsreader.model.blocks import Block, BlockKind
from newsreader.text import clean


def read_fragment(html: str, url: str, title: str) -> tuple[Block, ...]:
    """The blocks of HTML: all of it is text, but for boxes that say otherwise; () if there is no text."""
    if "<" not in html:  # text without a tag, as most feeds have it, needs no tree
        text = clean(unescape(html))
        return (Block(BlockKind.PARAGRAPH, text),) if text and is_kept_alone(text, title) else ()
    outline = read_outline(dom.parse_text(html))
    figures = find_figures(outline, url, range(len(outline.pieces)))
    pieces = choose(Page(outline, outline.root, title, -1, figures))
    if not any(piece.kind is PieceKind.TEXT for piece in pieces):
        return ()
    return build_blocks(pieces, Setting(outline.root, url, figures, outline.cells))
