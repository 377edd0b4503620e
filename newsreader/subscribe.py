"""Finds what to subscribe to at an address: a feed, the feed of a site, or the headlines of its front page."""

from collections.abc import Container
from typing import NamedTuple

from newsreader.discover.autodiscovery import find_feeds, page_language, site_title
from newsreader.discover.feeds import Feed, read_feed
from newsreader.discover.frontpage import find_headlines
from newsreader.discover.sitemaps import read_sitemap
from newsreader.discover.sniff import kind_of
from newsreader.errors import FetchError, NotFoundError, ParseError
from newsreader.fetch.request import Request, Response
from newsreader.model.news import Source, SourceKind
from newsreader.reading import Fetches
from newsreader.urls import host_of

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
    if found is SourceKind.FEED:
        return _feed(response, read_feed(response.body, response.url, response.content_type))
    if found is SourceKind.SITEMAP:
        return _sitemap(response)
    if kind in (None, SourceKind.FEED) and (proposal := await _feed_of(fetcher, response)):
        return proposal
    if kind in (None, SourceKind.FRONTPAGE) and (proposal := _front_page(response)):
        return proposal
    raise NotFoundError(
        f"There is no {kind or 'feed and no list of headlines'} at {url}",
        hint=f"To read this one page: newsreader show {url}",
    )


def unique_name(name: str, url: str, taken: Container[str]) -> str:
    """A name that no other source has: the title, with the host and then a number behind it if need be."""
    host = host_of(url)
    wanted = name or host
    numbered = (f"{wanted} ({host}) {number}" for number in range(2, 1000))
    return next(name for name in (wanted, f"{wanted} ({host})", *numbered) if name.casefold() not in taken)


async def _feed_of(fetcher: Fetches, page: Response) -> Proposal | None:
    """The best feed of a page that can be read, `None` if there is none."""
    for link in find_feeds(page.body, page.url, page.content_type)[:FEEDS_TRIED]:
        try:
            response = await fetcher.fetch(Request(link.url, home=page.url))
            proposal = (
                _sitemap(response)
                if link.kind is SourceKind.SITEMAP
                else _feed(response, read_feed(response.body, response.url, response.content_type))
            )
        except (FetchError, ParseError):
            continue
        title = site_title(page.body, page.url, page.content_type)
        source = proposal.source
        return proposal._replace(
            source=source._replace(name=source.name or link.title or title, site=source.site or page.url)
        )
    return None


def _feed(response: Response, feed: Feed) -> Proposal:
    """A feed as it is."""
    source = Source(0, feed.title, response.moved or response.url, feed.site, SourceKind.FEED, feed.language)
    return Proposal(source, len(feed.headlines))


def _sitemap(response: Response) -> Proposal:
    """A news sitemap as it is."""
    sitemap = read_sitemap(response.body, response.url)
    source = Source(0, host_of(response.url), response.url, None, SourceKind.SITEMAP)
    return Proposal(source, len(sitemap.headlines))


def _front_page(page: Response) -> Proposal | None:
    """A page whose headlines are on it, `None` if there are too few."""
    headlines = find_headlines(page.body, page.url, page.content_type)
    if len(headlines) < FEWEST_HEADLINES:
        return None
    title = site_title(page.body, page.url, page.content_type)
    language = page_language(page.body, page.url, page.content_type)
    return Proposal(Source(0, title, page.url, page.url, SourceKind.FRONTPAGE, language), len(headlines))
