"""The write side: sources to headlines to whole articles in the store, reported as it goes."""

import asyncio  # noqa: TID253  # only the write side imports this module
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple

from newsreader.discover.feeds import read_feed
from newsreader.discover.frontpage import find_headlines
from newsreader.discover.sitemaps import read_sitemap
from newsreader.errors import ConnectError, FetchError, ParseError, SlowError, StatusError
from newsreader.extract.feedtext import article_from_headline
from newsreader.fetch.request import Request, Response
from newsreader.model.news import Headline, Source, SourceKind
from newsreader.reading import Desk, Place, keep, read_page
from newsreader.store.connection import transaction
from newsreader.store.headlines import save_headlines, wanted
from newsreader.store.sources import Outcome, record_outcome

LONGEST_REST = timedelta(days=1)  # however often a source failed, it is tried once a day


class SourceDone(NamedTuple):
    """What became of one source: `status` is ok, unchanged or failed, `reason` says why, `seconds` is wall time.

    `new`, `updated` and `unchanged` count headlines; `articles` the pages read and `failed` those that could not be.
    `reached` is whether any server answered.
    """

    id: int
    name: str
    status: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    articles: int = 0
    failed: int = 0
    reason: str | None = None
    seconds: float = 0.0
    reached: bool = True


class Progress(NamedTuple):
    """How far a run is: `done` of the `total` addresses known so far; `text` is the newest."""

    done: int
    total: int
    text: str


class Plan(NamedTuple):
    """How to run: `interval` is how long a source rests, `max_articles` how many pages are read of one (0: none)."""

    report: Callable[[SourceDone | Progress], None]
    interval: timedelta
    max_articles: int


async def refresh(desk: Desk, chosen: Iterable[Source], plan: Plan) -> list[SourceDone]:
    """Fetch sources side by side: headlines, then the whole articles of what is new.

    A source that fails does not stop the others. What is done is kept when the run is cancelled.
    """
    run = _Run(desk, plan)
    return list(await asyncio.gather(*(run.source(source) for source in chosen)))


async def look(desk: Desk, source: Source) -> list[Headline]:
    """The headlines that a fetch of a source would see now, nothing kept; raises `FetchError` and `ParseError`."""
    response = await desk.fetcher.fetch(_request(source)._replace(etag=None, last_modified=None))
    return read_headlines(source.kind, response)


def read_headlines(kind: SourceKind, response: Response) -> list[Headline]:
    """The headlines in an answer; raises `ParseError`."""
    if kind is SourceKind.FEED:
        return list(read_feed(response.body, response.url, response.content_type).headlines)
    if kind is SourceKind.SITEMAP:
        return list(read_sitemap(response.body, response.url).headlines)
    return find_headlines(response.body, response.url, response.content_type)


def next_due(now: datetime, interval: timedelta, failures: int, retry_after: float | None = None) -> datetime:
    """When a source is due again: after `interval`, doubled for each failure in a row, never before the server asked.

    `retry_after` is in seconds.
    """
    rest = min(interval * (1 << min(failures, 10)), max(LONGEST_REST, interval))
    asked = timedelta(seconds=retry_after or 0)
    return now + max(rest, asked)


class _Run:
    """One run: the counts that its sources share."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk = desk
        self.plan = plan
        self.done = self.total = 0

    async def source(self, source: Source) -> SourceDone:
        """One source from its headlines to its articles."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        self.total += 1
        done = await self._headlines(source)
        self._step(source.name)
        if done.status != "failed":
            read = await self._articles(source)
            done = done._replace(articles=sum(read), failed=len(read) - sum(read))
        done = done._replace(seconds=loop.time() - start)
        self.plan.report(done)
        return done

    async def _headlines(self, source: Source) -> SourceDone:
        """Fetch and keep the headlines of a source, and how that went."""
        now, rest = self.desk.now(), self.plan.interval
        try:
            response = await self.desk.fetcher.fetch(_request(source))
            saved = self._save(source, response)
        except (FetchError, ParseError) as error:
            due = next_due(now, rest, source.failures + 1, getattr(error, "retry_after", None))
            gone = isinstance(error, StatusError) and error.http_status == HTTPStatus.GONE
            outcome = Outcome("failed", now, due, error.message, paused=gone)
            record_outcome(self.desk.db, source.id, outcome)
            reached = not isinstance(error, ConnectError | SlowError)
            return SourceDone(source.id, source.name, "failed", reason=error.message, reached=reached)
        status = "unchanged" if response.not_modified else "ok"
        outcome = Outcome(
            status, now, next_due(now, rest, 0), None, response.etag, response.last_modified, response.moved
        )
        record_outcome(self.desk.db, source.id, outcome)
        return SourceDone(source.id, source.name, status, *saved)

    def _save(self, source: Source, response: Response) -> tuple[int, int, int]:
        """Keep the headlines of an answer, with the texts that a feed carries; returns new, updated, unchanged."""
        if response.not_modified:
            return 0, 0, 0
        headlines = read_headlines(source.kind, response)
        now = self.desk.now()
        with transaction(self.desk.db):
            saved = save_headlines(self.desk.db, source.id, headlines, now)
            new = set(saved.new)
            for headline, known in zip(headlines, saved.ids, strict=True):
                if known in new:  # the text that the feed carries stands until the page is read
                    keep(self.desk.db, article_from_headline(headline), now, Place(source.id, source.url, known))
        return len(saved.new), saved.updated, saved.unchanged

    async def _articles(self, source: Source) -> list[bool]:
        """Read the pages of what is new in a source; whether each could be read."""
        if not self.plan.max_articles:
            return []
        pages = wanted(self.desk.db, source.id, self.plan.max_articles)
        self.total += len(pages)
        return list(await asyncio.gather(*(self._article(source, *page) for page in pages)))

    async def _article(self, source: Source, known: int, url: str) -> bool:
        """Read one page; what is wrong with it is kept with its article."""
        try:
            await read_page(self.desk, url, Place(source.id, source.url, known))
        except FetchError:
            return False
        finally:
            self._step(url)
        return True

    def _step(self, text: str) -> None:
        """One address more is done."""
        self.done += 1
        self.plan.report(Progress(self.done, self.total, text))


def _request(source: Source) -> Request:
    """The conditional request for the headlines of a source; feeds are meant to be fetched, pages ask robots.txt."""
    robots = source.kind is SourceKind.FRONTPAGE
    return Request(source.url, source.etag, source.last_modified, robots=robots, home=source.url)
