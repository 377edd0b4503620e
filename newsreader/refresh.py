"""The write side: sources to headlines to whole articles in the store, reported as it goes."""

import asyncio  # noqa: TID253  # only the write side imports this module
from collections.abc import Callable, Iterable
from datetime import timedelta
from http import HTTPStatus
from random import random
from typing import NamedTuple

from newsreader.errors import (
    ConfigError,
    ConnectError,
    FetchError,
    NotFoundError,
    ParseError,
    PostponedError,
    SlowError,
    StoreError,
)
from newsreader.extract.feedtext import article_from_headline
from newsreader.fetch.request import Request, shown
from newsreader.headlines import Batch, read_source
from newsreader.model.news import Headline, Source, SourceKind
from newsreader.reading import UNREADABLE, Desk, Place, keep, read_page
from newsreader.schedule import Freshness, after_answer, after_failure
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import transaction
from newsreader.store.headlines import wanted
from newsreader.store.sources import Outcome, postpone_source, record_outcome
from newsreader.urls import resolve

MANY_404 = 5  # answers in a row that there is no such page, after which a source is thought to be elsewhere


class SourceDone(NamedTuple):
    """What became of one source: `status` is ok, unchanged, failed or skipped (not asked), `reason` says why.

    `new`, `updated` and `unchanged` count headlines; `articles` the pages read and `failed` those that could not be.
    `reached` is whether any server answered, `seconds` is wall time.
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
    """How to run: `interval` is how long a source rests, `max_articles` how many pages are read of one (0: none).

    A source that is not due only has the pages read that are owed from an earlier run, unless the run is `forced`.
    `chance` draws the luck that keeps sources from falling due together.
    """

    report: Callable[[SourceDone | Progress], None]
    interval: timedelta
    max_articles: int
    forced: bool = False
    chance: Callable[[], float] = random


async def refresh(desk: Desk, chosen: Iterable[Source], plan: Plan) -> list[SourceDone]:
    """Fetch sources side by side: headlines, then the whole articles of what is new.

    A source that fails does not stop the others. What is done is kept when the run is cancelled.
    """
    run = _Run(desk, plan)
    return list(await asyncio.gather(*(run.source(source) for source in chosen)))


async def look(desk: Desk, source: Source) -> list[Headline]:
    """The headlines that a fetch of a source would see now, nothing kept; raises `FetchError` and `ParseError`."""
    response = await desk.fetcher.fetch(_request(source)._replace(etag=None, last_modified=None))
    return (await read_source(desk.fetcher, source.kind, response, desk.now())).headlines


class _Run:
    """One run: the counts that its sources share."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk = desk
        self.plan = plan
        self.done = self.total = 0

    async def source(self, source: Source) -> SourceDone:
        """One source from its headlines to its articles; whatever goes wrong with it stays with it."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        self.total += 1
        try:
            done = await self._whole(source)
        except StoreError:
            raise
        except NotFoundError:
            done = SourceDone(source.id, source.name, "failed", reason="it was removed meanwhile")
        except Exception as error:  # noqa: BLE001  # a mistake of ours must not cost the other sources their run
            reason = f"something went wrong inside newsreader: {type(error).__name__}: {error}"
            done = SourceDone(source.id, source.name, "failed", reason=reason)
        done = done._replace(seconds=loop.time() - start)
        self.plan.report(done)
        return done

    async def _whole(self, source: Source) -> SourceDone:
        """Headlines, then articles."""
        is_due = self.plan.forced or source.due is None or source.due <= self.desk.now()
        done = await self._headlines(source) if is_due else SourceDone(source.id, source.name, "unchanged")
        self._step(source.name)
        if done.status in {"failed", "skipped"}:
            return done
        read = await self._articles(source)
        return done._replace(articles=sum(read), failed=len(read) - sum(read))

    async def _headlines(self, source: Source) -> SourceDone:
        """Fetch and keep the headlines of a source, and how that went."""
        now = self.desk.now()
        try:
            response = await self.desk.fetcher.fetch(_request(source))
            batch = Batch([], source.ttl)
            if not response.not_modified:
                batch = await read_source(self.desk.fetcher, source.kind, response, now)
        except PostponedError as error:
            return self._postponed(source, error)
        except (FetchError, ParseError, ConfigError) as error:
            return self._failed(source, error)
        saved = self._save(source, batch.headlines)
        status = "unchanged" if response.not_modified else "ok"
        turn = after_answer(now, self.plan.interval, Freshness(batch.ttl, response.max_age), self.plan.chance())
        is_proof = response.not_modified or bool(batch.headlines)  # an empty page may be an error page
        validators = (None, None) if batch.nested else (response.etag, response.last_modified)
        outcome = Outcome(status, now, turn.due, None, *validators, response.moved if is_proof else None)
        outcome = outcome._replace(due_reason=turn.reason, ttl=batch.ttl)
        told = record_outcome(self.desk.db, source.id, outcome)
        return SourceDone(source.id, source.name, status, *saved, reason=told)

    def _postponed(self, source: Source, error: PostponedError) -> SourceDone:
        """Leave a source alone that was not asked, as long as its host wants: that is no failure of the source."""
        if error.retry_after is None:
            return self._failed(source, error)
        due, reason = after_failure(self.desk.now(), timedelta(), 1, error.retry_after)
        postpone_source(self.desk.db, source.id, due, reason)
        return SourceDone(source.id, source.name, "skipped", reason=error.message)

    def _failed(self, source: Source, error: FetchError | ParseError | ConfigError) -> SourceDone:
        """Keep why the headlines of a source could not be had."""
        now = self.desk.now()
        asked = getattr(error, "retry_after", None)
        turn = after_failure(now, self.plan.interval, source.failures + 1, asked, self.plan.chance())
        http_status = getattr(error, "http_status", None)
        gone, missing = http_status == HTTPStatus.GONE, http_status == HTTPStatus.NOT_FOUND
        reason = error.message + (_how_to_mend(source) if missing and source.missing + 1 >= MANY_404 else "")
        outcome = Outcome("failed", now, turn.due, reason, paused=gone, due_reason=turn.reason, missing=missing)
        record_outcome(self.desk.db, source.id, outcome)
        reached = not isinstance(error, ConnectError | SlowError)
        told = f"{reason}; it is paused now" if gone else reason
        return SourceDone(source.id, source.name, "failed", reason=told, reached=reached)

    def _save(self, source: Source, headlines: list[Headline]) -> tuple[int, int, int]:
        """Keep headlines, with the texts that a feed carries; returns new, updated, unchanged."""
        now = self.desk.now()
        articles = [article_from_headline(headline) for headline in headlines]
        with transaction(self.desk.db):
            saved = save_headlines(self.desk.db, source.id, headlines, now)
            new = set(saved.new)
            for article, known in zip(articles, saved.ids, strict=True):
                if known in new:  # the text that the feed carries stands until the page is read
                    keep(self.desk.db, article, now, Place(source.id, source.url, known))
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
            read = await read_page(self.desk, url, Place(source.id, source.url, known))
        except (FetchError, ConfigError):
            return False
        finally:
            self._step(url)
        return read.state not in UNREADABLE

    def _step(self, text: str) -> None:
        """One address more is done."""
        self.done += 1
        self.plan.report(Progress(self.done, self.total, text))


def _how_to_mend(source: Source) -> str:
    """What to do about a source whose address has been missing for long."""
    site = shown(source.site or resolve("/", source.url) or source.url)
    return (
        f", {source.missing + 1} times in a row. If its feed has a new address:"
        f" newsreader sources remove {source.id} && newsreader add {site}"
    )


def _request(source: Source) -> Request:
    """The conditional request for the headlines of a source; feeds are meant to be fetched, pages ask robots.txt."""
    robots = source.kind is SourceKind.FRONTPAGE
    return Request(source.url, source.etag, source.last_modified, robots=robots, home=source.url)
