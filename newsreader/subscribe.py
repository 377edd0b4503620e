"""Finds what to subscribe to at an address: a feed, the feed of a site, or the headlines of its front page."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from newsreader.discover.sniff import kind_of
from newsreader.errors import FetchError, NewsreaderError, NotFoundError, ParseError
from newsreader.fetch.request import Request
from newsreader.keys import key_of
from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import Source, SourceKind
from newsreader.store.connection import Connection, transaction
from newsreader.store.naming import unique_name
from newsreader.store.sources import add_sources, all_sources, tag_source
from newsreader.survey import Hit, Survey, Surveys, open_page, read_feed_hit, read_sitemap_hit

KINDS = {SourceKind.FEED: "feed", SourceKind.SITEMAP: "news sitemap", SourceKind.FRONTPAGE: "front page"}


class Proposal(NamedTuple):
    """What to subscribe to at an address: a source that is not stored yet, and how many headlines it has now.

    `others` are what else is there, with the reason of each that was passed over; `doubt` is what speaks against the
    source itself, "" if nothing does.
    """

    source: Source
    headlines: int
    others: tuple[Hit, ...] = ()
    doubt: str = ""


async def propose(fetcher: Surveys, url: str, kind: SourceKind | None = None, now: datetime | None = None) -> Proposal:
    """What to subscribe to at an address: the feed or sitemap itself; of a site the best feed, sitemap or front page.

    `kind` is what the user wants it to be, `None` to find out; `now` tells what is stale. Raises `FetchError`,
    `ParseError`, and `NotFoundError` if there is nothing to subscribe to.
    """
    now = now or datetime.now(UTC)
    response = await fetcher.fetch(Request(url))
    found = kind_of(response.body, response.content_type)
    others: tuple[Hit, ...] = ()
    if found is SourceKind.FRONTPAGE:
        survey = Survey(fetcher, await open_page(fetcher, url, response), now)
        hit = await _choose(survey, kind)
        others = survey.others(hit)
        if hit is None and survey.refusal:
            raise survey.refusal
    elif found is SourceKind.FEED:
        hit, _ = read_feed_hit(url, response)
    else:
        hit, _ = await read_sitemap_hit(fetcher, url, response, now)
    if hit is None or kind not in (None, hit.source.kind):
        raise NotFoundError(
            f"There is no {KINDS[kind] if kind else 'feed and no list of headlines'} at {url}",
            hint=f"To read one page: newsreader show {url}",
        )
    return Proposal(hit.source, hit.headlines or 0, others, hit.doubt)


async def _choose(survey: Survey, kind: SourceKind | None) -> Hit | None:
    """The best of a site: a live feed, else a live news sitemap, else its front page, else what is doubtful.

    A sitemap tells of the whole site, so it is none for a section.
    """
    stages = (
        (SourceKind.FEED, survey.declared_feeds),
        (SourceKind.FEED, survey.guessed_feeds),
        (SourceKind.SITEMAP, survey.sitemaps),
        (SourceKind.FRONTPAGE, survey.front_page),
    )
    for wanted, look in stages:
        if kind is None and wanted is SourceKind.SITEMAP and survey.is_section:
            continue
        if kind in (None, wanted) and (hit := await look()):
            return hit
    return survey.second_best(kind)


async def propose_entry(
    fetcher: Surveys, entry: CatalogEntry, kind: SourceKind | None = None, now: datetime | None = None
) -> tuple[Proposal, NewsreaderError | None]:
    """What a source of the catalogue offers under its title, and what is wrong with the address that is known of it.

    Its site is asked where that address cannot be read, and where `kind` wants another kind. Raises as `propose`.
    """
    failure: NewsreaderError | None = None
    if kind in (None, entry.kind):
        try:
            return _entitled(await propose(fetcher, entry.url, entry.kind, now), entry), None
        except (FetchError, ParseError, NotFoundError) as error:
            if entry.url == entry.site and isinstance(error, FetchError):
                raise
            failure = error
    return _entitled(await propose(fetcher, entry.site, kind, now), entry), failure


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
