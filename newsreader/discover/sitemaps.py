"""News sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html, Google News 0.9)."""

import re
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from newsreader.dates import parse_date
from newsreader.discover.addresses import LONGEST, article_score, is_elsewhere
from newsreader.discover.markup import Element, children, name_of, parse_xml, text_in
from newsreader.errors import ParseError
from newsreader.model.news import Headline
from newsreader.text import clean
from newsreader.urls import canonical, resolve

MAX_BYTES = 50 * 1024 * 1024  # uncompressed, as the protocol limits it
_GZIP = b"\x1f\x8b"
_FRESH = timedelta(days=3)  # a page that did not change for longer is no news


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


def names_news(url: str) -> bool:
    """Whether a sitemap is one of news by its address."""
    return len(url) <= LONGEST and _news().search(url) is not None


def news_first(sitemaps: Iterable[str]) -> list[str]:
    """The sitemaps of news among those of an index; all of them, in their order, if none is by its address."""
    listed = list(sitemaps)
    return [url for url in listed if names_news(url)] or listed


def news_of(headlines: Iterable[Headline], now: datetime) -> list[Headline]:
    """What is news in the entries of sitemaps: those that say so, and articles that changed in the last days."""
    return [headline for headline in headlines if is_news(headline) or _is_fresh_article(headline, now)]


def is_news(headline: Headline) -> bool:
    """Whether the entry of a sitemap says that it is news (`news:news`), not an address only."""
    return bool(headline.title) or headline.published is not None


def _is_fresh_article(headline: Headline, now: datetime) -> bool:
    changed = headline.updated is not None and now - headline.updated < _FRESH
    return changed and not is_elsewhere(headline.url) and article_score(headline.url) > 0


def unpack(body: bytes, url: str) -> bytes:
    """A body out of gzip, if it is in it; never more than `MAX_BYTES`: raises `ParseError`."""
    body = inflate(body, url, MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise ParseError(f"{url} is larger than 50 MB.", hint="Give the address of the news sitemap alone.")
    return body


def inflate(body: bytes, url: str, most: int) -> bytes:
    """The first `most` bytes of a body out of gzip, all of one that is not in it; raises `ParseError`."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, most)
    except zlib.error as error:
        raise ParseError(f"{url} is broken: it cannot be decompressed.") from error


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
    """The sitemaps of an index, the last changed first; those without a date keep their order behind them.

    A year and month in an address (sitemap-2026-09.xml) stand for a date where the index names none.
    """
    listed = [children(entry) for entry in root if name_of(entry) == "sitemap"]
    dated = [
        (parse_date(_text(entry, "lastmod")), url) for entry in listed if (url := _address(entry.get("loc", ()), base))
    ]
    dated.sort(key=lambda pair: (pair[0].timestamp() if pair[0] else 0.0, _month_in(pair[1])), reverse=True)
    return [url for _, url in dated]


def _month_in(url: str) -> tuple[int, ...]:
    """The numbers of year, month and day in an address, () if it has none."""
    found = _dated().search(url)
    return tuple(int(number) for number in found.groups() if number) if found else ()


def _text(found: dict[str, list[Element]], name: str) -> str:
    return next((text_in(element) for element in found.get(name, ())), "")


def _address(elements: "list[Element] | tuple[()]", base: str) -> str | None:
    return next((resolve(text_in(element), base) for element in elements), None)


@cache
def _news() -> re.Pattern[str]:
    return re.compile(r"//[^/]*/.*news(?!letter)", re.IGNORECASE)


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(20\d\d)(?:[-_/.]?(\d\d?))?(?:[-_/.]?(\d\d?))?(?!\d)")
