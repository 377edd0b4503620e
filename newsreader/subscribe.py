"""Finds what to subscribe to at an address: a feed, the feed of a site, or the headlines of its front page."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import NamedTuple

from newsreader.discover.autodiscovery import find_feeds, page_language, site_title
from newsreader.discover.feeds import read_feed
from newsreader.discover.frontpage import find_headlines
from newsreader.discover.sitemaps import read_sitemap
from newsreader.discover.sniff import kind_of
from newsreader.errors import FetchError, NewsreaderError, NotFoundError, ParseError
from newsreader.fetch.request import Request, Response
from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import Source, SourceKind
from newsreader.reading import Fetches
from newsreader.store.connection import Connection, transaction
from newsreader.store.identity import key_of
from newsreader.store.sources import add_sources, all_sources, tag_source
from newsreader.urls import host_of

KINDS = {SourceKind.FEED: "feed", SourceKind.SITEMAP: "news sitemap", SourceKind.FRONTPAGE: "front page"}
FEEDS_TRIED = 5
FEWEST_HEADLINES = 3  # fewer links that look like headlines are no front page


class Proposal(NamedTuple):
    """What an address offers: a source that is not stored yet, and how many headlines it has now."""

    source: Source
    headlines: int


async def propose(fetcher: Fetches, url: str, kind: SourceKind | None = None) -> Proposal:
    """What to subscribe to at an address: the feed itself, the first feed of the page that works, or its headlines.

    `kind` is what the user wants it to be, `None` to find out. Raises `FetchError`, `ParseError`, and `NotFoundError`
    if there is nothing to subscribe to.
    """
    response = await fetcher.fetch(Request(url))
    found = kind_of(response.body, response.content_type)
    if found is SourceKind.FRONTPAGE:
        proposal = await _of_page(fetcher, url, response, kind)
    else:
        proposal = _READERS[found](url, response)
    if proposal is None or kind not in (None, proposal.source.kind):
        raise NotFoundError(
            f"There is no {KINDS[kind] if kind else 'feed and no list of headlines'} at {url}",
            hint=f"To read one page: newsreader show {url}",
        )
    return proposal


async def propose_entry(
    fetcher: Fetches, entry: CatalogEntry, kind: SourceKind | None = None
) -> tuple[Proposal, NewsreaderError | None]:
    """What a source of the catalogue offers under its title, and what is wrong with the address that is known of it.

    Its site is asked where that address cannot be read, and where `kind` wants another kind. Raises as `propose`.
    """
    failure: NewsreaderError | None = None
    if entry.url != entry.site and kind in (None, entry.kind):
        try:
            return _entitled(await propose(fetcher, entry.url, entry.kind), entry), None
        except (FetchError, ParseError, NotFoundError) as error:
            failure = error
    return _entitled(await propose(fetcher, entry.site, kind), entry), failure


def unique_name(name: str, url: str, taken: Container[str]) -> str:
    """A name that no other source has: the title, with the host, the address or a number behind it if need be."""
    return next(name for name in _names(name, url) if name.casefold() not in taken)


def _names(name: str, url: str) -> Iterator[str]:
    """Names for a source, the best first, without end."""
    host = host_of(url)
    wanted = name or host
    yield wanted
    if name:
        yield f"{wanted} ({host})"
    yield (whole := f"{wanted} ({key_of(url)})" if name else key_of(url))
    yield from (f"{whole} {number}" for number in count(2))


class Subscribed(NamedTuple):
    """What came of a list of subscriptions: the sources that are new, and how many were there already."""

    added: list[Source]
    known: int


def subscribe_all(db: Connection, sources: Iterable[Source], now: datetime) -> Subscribed:
    """Subscribe to all sources of a list as they are told, nothing fetched; all or none.

    A source that is there, or comes again, only gets the new tags; names that are missing or taken become unique ones.
    """
    with transaction(db):
        stored = all_sources(db)
        ids = {key_of(source.url): source.id for source in stored}
        names = {source.name.casefold() for source in stored}
        new: dict[str, Source] = {}
        known = set()
        for source in sources:
            key = key_of(source.url)
            if key in ids:
                tag_source(db, ids[key], source.tags)
                known.add(key)
            elif key in new:
                new[key] = new[key]._replace(tags=tuple(dict.fromkeys((*new[key].tags, *source.tags))))
            else:
                name = unique_name(source.name, source.url, names)
                names.add(name.casefold())
                new[key] = source._replace(name=name, added=now)
        return Subscribed(add_sources(db, new.values()), len(known))


def _entitled(proposal: Proposal, entry: CatalogEntry) -> Proposal:
    """A proposal with the title, the site and the language that the catalogue tells."""
    known = proposal.source._replace(name=entry.title, site=entry.site, language=entry.language)
    return proposal._replace(source=known)


async def _of_page(fetcher: Fetches, url: str, page: Response, kind: SourceKind | None) -> Proposal | None:
    """What a page offers: the best of its feeds that can be read, else its own headlines; `None` if neither."""
    for link in find_feeds(page.body, page.url, page.content_type)[:FEEDS_TRIED]:
        if kind not in (None, link.kind):
            continue
        try:
            response = await fetcher.fetch(Request(link.url, home=page.url))
            proposal = _READERS[link.kind](link.url, response)
        except (FetchError, ParseError):
            continue
        source = proposal.source
        name = source.name or link.title or site_title(page.body, page.url, page.content_type)
        return proposal._replace(source=source._replace(name=name, site=source.site or page.url))
    return _front_page(url, page) if kind in (None, SourceKind.FRONTPAGE) else None


def _feed(asked: str, response: Response) -> Proposal:
    """A feed as it is, at the address that was asked for unless it has moved for good; raises `ParseError`."""
    feed = read_feed(response.body, response.url, response.content_type)
    source = Source(0, feed.title, response.moved or asked, feed.site, SourceKind.FEED, feed.language)
    return Proposal(source, len(feed.headlines))


def _sitemap(asked: str, response: Response) -> Proposal:
    """A news sitemap as it is; raises `ParseError`."""
    sitemap = read_sitemap(response.body, response.url)
    source = Source(0, host_of(response.url), response.moved or asked, None, SourceKind.SITEMAP)
    return Proposal(source, len(sitemap.headlines))


def _front_page(asked: str, page: Response) -> Proposal | None:
    """A page whose headlines are on it, `None` if there are too few."""
    headlines = find_headlines(page.body, page.url, page.content_type)
    if len(headlines) < FEWEST_HEADLINES:
        return None
    title = site_title(page.body, page.url, page.content_type)
    language = page_language(page.body, page.content_type)
    source = Source(0, title, page.moved or asked, page.url, SourceKind.FRONTPAGE, language)
    return Proposal(source, len(headlines))


_READERS = {SourceKind.FEED: _feed, SourceKind.SITEMAP: _sitemap}
