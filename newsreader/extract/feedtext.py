"""The text that a feed carries, as an article: what there is until the page has been read, or if it cannot be."""

from dataclasses import replace

from newsreader.extract.fragment import read_fragment
from newsreader.model.article import Article
from newsreader.model.blocks import Block, Image
from newsreader.model.news import FEED_TEXT, Headline, State
from newsreader.text import clean
from newsreader.urls import canonical

_FAR = 1.25  # times the words of the page
_FEWEST = 50  # words of a text that may be whole
_BROKEN_OFF = ("…", "...", "…]", "...]")


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
        lead_image=_unshown(Image(headline.image) if headline.image else None, blocks),
        blocks=blocks if has_text else (),
        state=State.FEED_ONLY if has_text else State.HEADLINE,
        reason=FEED_TEXT if has_text else "only the headline is known so far",
    )


def wholer(page: Article, told: Article) -> Article:
    """What a page tells, but with the text that its feed carried if that is at least as whole.

    `told` is the article as the feed tells it. Its text is taken for the whole one, and the state is `full`, if it is
    far longer than what the page shows and does not break off: the page wants to be paid for, or was not read well.
    """
    words, shown = told.word_count, page.word_count
    is_far_longer = words > max(_FAR * shown, _FEWEST) and not told.text.endswith(_BROKEN_OFF)
    if words <= shown or (page.state is State.FULL and not is_far_longer):
        return page
    best = replace(page, blocks=told.blocks, lead_image=_unshown(page.lead_image or told.lead_image, told.blocks))
    if not is_far_longer:
        return best
    return replace(best, state=State.FULL, reason=f"this is the text of the feed: {page.reason}" if page.reason else "")


def _unshown(image: Image | None, blocks: tuple[Block, ...]) -> Image | None:
    """The picture above a text, unless the text shows it."""
    shown = {block.image.url for block in blocks if block.image}
    return image if image and image.url not in shown else None
