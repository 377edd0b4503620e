"""News sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html, Google News 0.9)."""

import zlib
from typing import NamedTuple

from newsreader.dates import parse_date
from newsreader.discover.markup import Element, children, name_of, parse_xml, text_in
from newsreader.errors import ParseError
from newsreader.model.news import Headline
from newsreader.text import clean
from newsreader.urls import canonical, resolve

MAX_BYTES = 50 * 1024 * 1024  # uncompressed, as the protocol limits it
_GZIP = b"\x1f\x8b"


class Sitemap(NamedTuple):
    """The articles of a sitemap, and the addresses of the sitemaps that it lists, newest first.

    An entry without a news title has the title "": it tells an address only.
    """

    headlines: tuple[Headline, ...]
    sitemaps: tuple[str, ...]


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The sitemap in a body, gzip or plain; raises `ParseError` if it is none or too large."""
    root = parse_xml(unpack(body, url), url)
    name = name_of(root)
    if name == "urlset":
        headlines = (_headline(entry, url) for entry in root if name_of(entry) == "url")
        return Sitemap(tuple(headline for headline in headlines if headline), ())
    if name == "sitemapindex":
        return Sitemap((), tuple(_nested(root, url)))
    raise ParseError(f"{url} is not a sitemap.", hint="A sitemap is XML with a list of addresses.")


def unpack(body: bytes, url: str) -> bytes:
    """A body out of gzip, if it is in it; never more than `MAX_BYTES`: raises `ParseError`."""
    if body.startswith(_GZIP):
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            body = inflater.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise ParseError(f"{url} is broken: it cannot be decompressed.") from error
    if len(body) > MAX_BYTES:
        raise ParseError(f"{url} is larger than 50 MB.", hint="Give the address of the news sitemap alone.")
    return body


def _headline(entry: Element, base: str) -> Headline | None:
    found = children(entry)
    url = _address(found.get("loc", ()), base)
    if url is None:
        return None
    news = children(found["news:news"][0]) if "news:news" in found else {}
    publication = children(news["news:publication"][0]) if "news:publication" in news else {}
    picture = children(found["image:image"][0]) if "image:image" in found else {}
    return Headline(
        url=canonical(url),
        title=clean(_text(news, "news:title")),
        published=parse_date(_text(news, "news:publication_date")),
        updated=parse_date(_text(found, "lastmod")),
        tags=tuple(tag for tag in map(clean, _text(news, "news:keywords").split(",")) if tag),
        image=_address(picture.get("image:loc", ()), base),
        language=clean(_text(publication, "news:language")) or None,
    )


def _nested(root: Element, base: str) -> list[str]:
    """The sitemaps of an index, the last changed first; those without a date keep their order behind them."""
    listed = [children(entry) for entry in root if name_of(entry) == "sitemap"]
    dated = [(parse_date(_text(entry, "lastmod")), _address(entry.get("loc", ()), base)) for entry in listed]
    dated.sort(key=lambda pair: pair[0].timestamp() if pair[0] else 0.0, reverse=True)
    return [url for _, url in dated if url]


def _text(found: dict[str, list[Element]], name: str) -> str:
    return next((text_in(element) for element in found.get(name, ())), "")


def _address(elements: "list[Element] | tuple[()]", base: str) -> str | None:
    return next((resolve(text_in(element), base) for element in elements), None)
