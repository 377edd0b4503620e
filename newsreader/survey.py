"""Looks at what a site offers to subscribe to: its feeds, its news sitemaps, its front page; with few requests."""

from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from newsreader.discover.autodiscovery import (
    Found,
    differ,
    find_feeds,
    forwards_to,
    page_language,
    site_title,
)
from newsreader.discover.feeds import read_feed
from newsreader.discover.frontpage import find_headlines
from newsreader.discover.sitemaps import is_news, names_news
from newsreader.discover.sniff import kind_of
from newsreader.discover.wellknown import likely_feeds, likely_sitemaps, section_of
from newsreader.errors import ConnectError, FetchError, ParseError, SlowError, StatusError
from newsreader.fetch.request import Request, Response
from newsreader.headlines import MOST_HEADLINES, read_sitemaps
from newsreader.model.news import Headline, Source, SourceKind
from newsreader.reading import Fetches
from newsreader.text import script_language
from newsreader.urls import canonical, host_of, resolve

FEWEST_HEADLINES = 3  # fewer links that look like headlines are no front page
_FEEDS_READ = 5  # of those that a page names
_SITEMAPS_READ = 2
_STALE = timedelta(days=60)
_PAGES_FOR_ALL = 3  # guesses that are answered with a page: such a site answers everything with one
_NO_SUCH = range(404, 411)  # HTTP statuses that say something of one address only


class Surveys(Fetches, Protocol):
    """What fetches and knows what robots.txt says."""

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's site names; raises `FetchError`."""

    async def ask_robots(self, url: str) -> None:
        """Raise `RobotsError` if robots.txt asks programs to leave an address alone; another `FetchError` too."""


class Hit(NamedTuple):
    """Something to subscribe to: a source that is not stored yet.

    `headlines` counts those that it has now (`None`: not looked at, or not to be had); `doubt` says in words why it may
    not be what is wanted, "" if nothing speaks against it.
    """

    source: Source
    headlines: int | None = None
    doubt: str = ""


class Page(NamedTuple):
    """A page of a site, by the address at which it is subscribed to, and what it shows."""

    url: str
    answer: Response
    title: str
    language: str | None
    headlines: Sequence[Headline]


async def open_page(fetcher: Fetches, asked: str, answer: Response) -> Page:
    """The page of an answer, or the one to which it sends its readers on if it shows nothing; raises `FetchError`."""
    page = _page(answer.moved or asked, answer)
    target = forwards_to(answer.body, answer.url, answer.content_type)
    if target is None or len(page.headlines) >= FEWEST_HEADLINES:
        return page
    answer = await fetcher.fetch(Request(target, home=answer.url, accept=("page",)))
    return _page(answer.moved or target, answer)


def _page(url: str, answer: Response) -> Page:
    told = answer.body, answer.url, answer.content_type
    headlines = find_headlines(*told)
    language = _language(headlines, page_language(answer.body, answer.content_type))
    return Page(url, answer, site_title(*told), language, headlines)


def read_feed_hit(asked: str, answer: Response) -> tuple[Hit, Sequence[Headline]]:
    """A feed as it is, at the address that was asked for unless it has moved for good; raises `ParseError`."""
    feed = read_feed(answer.body, answer.url, answer.content_type, most=MOST_HEADLINES)
    language = _language(feed.headlines, feed.language)
    source = Source(0, feed.title, answer.moved or asked, feed.site, SourceKind.FEED, language)
    return Hit(source, len(feed.headlines)), feed.headlines


async def read_sitemap_hit(
    fetcher: Fetches, asked: str, answer: Response, now: datetime
) -> tuple[Hit, Sequence[Headline]]:
    """A sitemap as it is, or the one news sitemap that an index lists; raises `ParseError` and `FetchError`."""
    batch = await read_sitemaps(fetcher, answer, now)
    url = answer.moved or asked
    if len(batch.nested) == 1 and not any(map(str.isdigit, urlsplit(batch.nested[0]).path)):  # else it is one of a row
        url = batch.nested[0]
    declared = next((headline.language for headline in batch.headlines if headline.language), None)
    language = _language(batch.headlines, declared)
    source = Source(0, host_of(url), url, resolve("/", url), SourceKind.SITEMAP, language)
    return Hit(source, len(batch.headlines)), batch.headlines


class Survey:
    """What one page and its site offer. Each method looks at one kind of thing, and returns it if nothing is doubtful.

    `hits` are all that were found so far, doubtful ones and those not looked at as well; `refusal` is why the front
    page may not be read, `None` if it may; `is_section` is whether the page is a front page within its site.
    """

    def __init__(self, fetcher: Surveys, page: Page, now: datetime) -> None:
        source = Source(0, page.title, page.url, page.answer.url, SourceKind.FRONTPAGE, page.language)
        self.front = Hit(source, len(page.headlines))
        self.hits: list[Hit] = []
        self.refusal: FetchError | None = None
        self._fetcher = fetcher
        self._page = page
        self._now = now
        self._seen = {canonical(page.url), canonical(page.answer.url)}
        self._shown = _keys(page.headlines)
        self.is_section = bool(section_of(page.url)) and self._is_front

    async def declared_feeds(self) -> Hit | None:
        """The feeds to which the page leads, by way of a page of feeds perhaps."""
        links = deque(self._new_feeds(self._named))
        for _ in range(_FEEDS_READ):
            if not links:
                break
            link = links.popleft()
            try:
                answer = await self._ask(link.url)
                if kind_of(answer.body, answer.content_type) is SourceKind.FRONTPAGE:
                    links.extend(self._new_feeds(find_feeds(answer.body, answer.url, answer.content_type)))
                    continue
                hit = self._feed(link.url, answer, link.title)
            except (FetchError, ParseError) as error:
                hit = Hit(Source(0, link.title, link.url), doubt=error.message)
            self.hits.append(hit)
            if not hit.doubt:
                break
        self.hits += [Hit(Source(0, link.title, link.url)) for link in links]
        return self._best(SourceKind.FEED)

    async def guessed_feeds(self) -> Hit | None:
        """The first feed at the addresses where feeds often are, those aside that robots.txt keeps from programs.

        A site that answers all with pages, or that refuses, is asked no more.
        """
        pages = 0
        guesses = likely_feeds(self._page.answer.url, is_section=self.is_section)
        for url in filter(self._is_new, guesses):
            try:
                answer = await self._ask(url, robots=True)
                pages += kind_of(answer.body, answer.content_type) is SourceKind.FRONTPAGE
                hit = self._feed(url, answer)
            except (FetchError, ParseError) as error:
                if pages == _PAGES_FOR_ALL or _is_refusal(error):
                    break
                continue
            self.hits.append(hit)
            if hit.headlines:
                break
        return self._best(SourceKind.FEED)

    async def sitemaps(self) -> Hit | None:
        """The news sitemaps that the page or robots.txt names, or that are where they often are."""
        for url in await self._likely_sitemaps():
            try:
                answer = await self._ask(url, robots=True)
                hit, headlines = await read_sitemap_hit(self._fetcher, url, answer, self._now)
            except (FetchError, ParseError) as error:
                if _is_refusal(error):
                    break
                continue
            if not headlines:
                continue
            is_told = any(map(is_news, headlines))
            doubt = self._doubt(headlines, hit.source.language) if is_told else "it does not say what is news"
            source = hit.source._replace(name=self._page.title, site=self._page.answer.url)
            self.hits.append(Hit(source, hit.headlines, doubt))
            if not doubt:
                break
        return self._best(SourceKind.SITEMAP)

    async def front_page(self) -> Hit | None:
        """The headlines of the page itself, if robots.txt allows to read it."""
        if not self._is_front:
            return None
        try:
            await self._fetcher.ask_robots(self._page.answer.url)
        except FetchError as error:
            self.refusal = error
            self.front = self.front._replace(doubt=error.message)
            return None
        return self.front

    def others(self, chosen: Hit | None) -> tuple[Hit, ...]:
        """All that was found but what was chosen."""
        front = (self.front,) if self._is_front else ()
        return tuple(hit for hit in (*front, *self.hits) if hit is not chosen)

    def second_best(self, kind: SourceKind | None) -> Hit | None:
        """The doubtful hit with the most headlines, of a kind if that is not `None`; an empty feed at worst."""
        known = [hit for hit in self.hits if hit.headlines is not None and kind in (None, hit.source.kind)]
        return max(known, key=lambda hit: hit.headlines or 0, default=None)

    @property
    def _is_front(self) -> bool:
        return len(self._page.headlines) >= FEWEST_HEADLINES

    async def _ask(self, url: str, *, robots: bool = False) -> Response:
        request = Request(url, robots=robots, home=self._page.answer.url, accept=("feed",))
        return await self._fetcher.fetch(request)

    def _is_new(self, url: str) -> bool:
        """Whether an address was not met before."""
        before = len(self._seen)
        self._seen.add(canonical(url))
        return len(self._seen) > before

    @cached_property
    def _named(self) -> list[Found]:
        """The feeds and sitemaps to which the page leads."""
        page = self._page.answer
        return find_feeds(page.body, page.url, page.content_type)

    def _new_feeds(self, links: Iterable[Found]) -> list[Found]:
        """The feeds among links that were not met before."""
        return [link for link in links if link.kind is SourceKind.FEED and self._is_new(link.url)]

    def _feed(self, url: str, answer: Response, title: str = "") -> Hit:
        """A feed of the site; raises `ParseError`."""
        (source, count, _), headlines = read_feed_hit(url, answer)
        name = source.name or title or self._page.title
        doubt = self._doubt(headlines, source.language)
        return Hit(source._replace(name=name, site=source.site or self._page.answer.url), count, doubt)

    def _doubt(self, found: Sequence[Headline], language: str | None) -> str:
        """Why headlines may not be the news that the page shows; "" if nothing speaks against them."""
        if not found:
            return "it is empty"
        newest, shared = self._newest(found), not self._shown.isdisjoint(_keys(found))
        if newest and self._now - newest > _STALE:
            fresh = self._newest(self._page.headlines)
            if fresh > newest if fresh else not shared:
                return f"its newest headline is of {newest.date()}"
        if shared or not self._is_front:
            return ""
        if len(found) < FEWEST_HEADLINES:
            return "it has hardly any headlines"
        if language and self._page.language and differ(language, self._page.language):
            return f"its language is {language}"
        return ""

    def _newest(self, headlines: Iterable[Headline]) -> datetime | None:
        """The latest time of publication, those to come aside."""
        times = (headline.published or headline.updated for headline in headlines)
        return max((time for time in times if time and time <= self._now), default=None)

    def _best(self, kind: SourceKind) -> Hit | None:
        """The first hit of a kind without a doubt."""
        good = (hit for hit in self.hits if hit.headlines and not hit.doubt)
        return next((hit for hit in good if hit.source.kind is kind), None)

    async def _likely_sitemaps(self) -> list[str]:
        """The addresses of a few sitemaps that are named, those of news first; guesses if none is."""
        url = self._page.answer.url
        named = [link.url for link in self._named if link.kind is SourceKind.SITEMAP]
        with suppress(FetchError):
            named += await self._fetcher.sitemaps(url)
        named.sort(key=lambda url: not names_news(url))
        return list(filter(self._is_new, named))[:_SITEMAPS_READ] or likely_sitemaps(url)


def _is_refusal(error: FetchError | ParseError) -> bool:
    """Whether a site can or will not answer, which is no matter of one address."""
    if isinstance(error, StatusError):
        return error.http_status not in _NO_SUCH
    return isinstance(error, ConnectError | SlowError)


def _keys(headlines: Iterable[Headline]) -> set[str]:
    """The addresses of headlines, for comparing: feeds and pages differ in the scheme and the www of their links."""
    return {headline.url.partition("://")[2].removeprefix("www.") for headline in headlines}


def _language(headlines: Iterable[Headline], declared: str | None) -> str | None:
    """The declared language; that of the script of the titles if none is, or English, as templates have it."""
    told = script_language(" ".join(headline.title for headline in islice(headlines, 20)))
    return told if told and (declared is None or not differ(declared, "en")) else declared
