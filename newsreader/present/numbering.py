"""The numbers that links have on a page, the same wherever the page is shown."""

from collections.abc import Iterable, Iterator

from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block

_LATER = (LinkKind.INLINE, LinkKind.REFERENCE, LinkKind.RELATED, LinkKind.MORE)


def number_links(article: Article) -> list[Link]:
    """The links of an article, each address once (each title, where there is no address); 1 is the first of the list.

    The links of the text stand first, as they appear in it; then what the page lists as inline, reference, related and
    more, in this order.
    """
    told = {link.url: link for link in reversed(article.links)}
    found: dict[str, Link] = {}
    for url, words in _text_links(article.blocks):
        found.setdefault(url, told.get(url) or Link(url, words, LinkKind.REFERENCE))
    for link in sorted(article.links, key=lambda link: _LATER.index(link.kind)):
        found.setdefault(link.url or link.title, link)
    return list(found.values())


def _text_links(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Address and words of each link and embed in reading order."""
    for block in blocks:
        for span in sorted(block.spans):
            if span.kind == "link" and span.url:
                yield span.url, block.text[span.start : span.end]
        if block.url:
            yield block.url, block.text
        yield from _text_links(block.items)
