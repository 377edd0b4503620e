"""The text that a feed carries, as an article: what there is until the page has been read, or if it cannot be."""

from newsreader.extract.fragment import read_fragment
from newsreader.model.article import Article
from newsreader.model.blocks import Block, Image
from newsreader.model.news import FEED_TEXT, Headline, State
from newsreader.text import clean
from newsreader.urls import canonical


def article_from_headline(headline: Headline) -> Article:
    """The article as far as a feed tells it; never raises.

    Its state is `feed-only` if the feed has text, `headline` if it has none.
    """
    blocks = read_fragment(headline.html, headline.url, headline.title)
    has_text = any(block.text or block.items or block.rows for block in blocks)
    return Article(
        url=canonical(headline.url),
        title=clean(headline.title),
        authors=headline.authors,
        published=headline.published,
        updated=headline.updated,
        language=headline.language,
        tags=headline.tags,
        summary=clean(headline.summary),
        lead_image=_lead(headline, blocks),
        blocks=blocks if has_text else (),
        state=State.FEED_ONLY if has_text else State.HEADLINE,
        reason=FEED_TEXT if has_text else "only the headline is known so far",
    )


def _lead(headline: Headline, blocks: tuple[Block, ...]) -> Image | None:
    """The picture of the feed, unless the text shows it."""
    shown = {block.image.url for block in blocks if block.image}
    return Image(headline.image) if headline.image and headline.image not in shown else None
