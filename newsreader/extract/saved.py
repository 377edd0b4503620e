"""A page that was saved or piped without its address."""

from dataclasses import replace

from newsreader import dom
from newsreader.extract.article import extract_article
from newsreader.model.article import Article
from newsreader.model.blocks import Block, Image
from newsreader.urls import is_address

# Never a real host (RFC 2606): what is resolved against it is known by its path alone, and has no address.
_NOWHERE = "https://page.invalid/"
_SAVED = _NOWHERE + "a-page-without-an-address"  # like that of an article: whoever saves a page saves no front page
_DECLARATIONS = (("link[rel='canonical']", "href"), ("meta[property='og:url']", "content"))


def read_saved(body: bytes) -> Article:
    """The article of a page whose address is not known: the one that the page declares is taken.

    Where it declares none, `url` is "", and links and pictures whose addresses are relative have the address "".
    """
    declared = _declared_address(body)
    article = extract_article(body, declared or _SAVED)
    return article if declared else _without_addresses(article)


def _declared_address(body: bytes) -> str:
    """The absolute address that a page says is its own, "" if it says none."""
    tree = dom.parse(body)
    for selector, name in _DECLARATIONS:
        node = tree.css_first(selector)
        if node is not None and is_address(found := dom.attr(node, name)):
            return found
    return ""


def _without_addresses(article: Article) -> Article:
    """The article without the addresses that were resolved against nowhere."""
    return replace(
        article,
        url="",
        blocks=tuple(_block(block) for block in article.blocks),
        links=tuple(link._replace(url=_known(link.url)) for link in article.links),
        lead_image=_image(article.lead_image),
        next_page=None,
    )


def _block(block: Block) -> Block:
    spans = tuple(span for span in block.spans if span.url is None or _known(span.url))
    url = _known(block.url) if block.url else None
    return replace(block, spans=spans, image=_image(block.image), items=tuple(map(_block, block.items)), url=url)


def _image(image: Image | None) -> Image | None:
    return image._replace(url=_known(image.url)) if image else None


def _known(url: str) -> str:
    return "" if url.startswith(_NOWHERE) else url
