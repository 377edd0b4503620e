"""The write side: sources to headlines to whole articles in the store, reported as it goes."""

import asyncio  # noqa: TID253  # only the write side imports this module
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
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
from newsreader.fetch.request import Request, shown
from newsreader.grouping import place_articles
from newsreader.headlines import Batch, read_source
from newsreader.keeping import Place, make_announced
from newsreader.model.news import Headline, Source, SourceKind
from newsreader.reading import UNREADABLE, Desk, read_page
from newsreader.schedule import Freshness, after_answer, after_failure, is_due
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import linked_headlines
from newsreader.store.commits import Commits
from newsreader.store.connection import Connection, hurried
from newsreader.store.feedtexts import count_announced
from newsreader.store.headlines import wanted
from newsreader.store.naming import complete_source
from newsreader.store.rules import apply_rules
from newsreader.store.sources import Outcome, postpone_source, record_outcome
from newsreader.urls import resolve

TEXTS = "texts of feeds"
STORIES = "stories"
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
    """How far a group of sources is: `done` of the `total` addresses known so far; `text` is the newest.

    A source belongs to the group of its first tag; the `group` of those without tags is "", and that of the texts of
    feeds that are made articles at the end is `TEXTS`, that of what finds its story then `STORIES`.
    """

    done: int
    total: int
    text: str
    group: str = ""


class Plan(NamedTuple):
    """How to run: `interval` is how long a source rests, `max_articles` how many pages are read of one (0: none).

    A source that is not due only has the pages read that are owed from an earlier run, unless the run is `forced`.
    `related` is how many steps the links of the articles that were read are followed. `chance` draws the luck that
    keeps sources from falling due together.
    """

    report: Callable[[SourceDone | Progress], None]
    interval: timedelta
    max_articles: int
    forced: bool = False
    related: int = 0
    chance: Callable[[], float] = random


async def refresh(desk: Desk, chosen: Iterable[Source], plan: Plan) -> list[SourceDone]:
    """Fetch sources side by side: headlines, then the whole articles of what is new.

    A source that fails does not stop the others. What is done is kept when the run is cancelled.
    """
    run = _Run(desk, plan)
    with hurried(desk.db):
        try:
            done = await asyncio.gather(*(run.source(source) for source in chosen))
        finally:
            run.commits.close()
        if plan.max_articles:
            await _make_texts(desk, plan)
            await _place(desk, plan)
    return list(done)


async def _make_texts(desk: Desk, plan: Plan) -> None:
    """Make articles of the headlines and texts whose pages were not read."""
    done, total = 0, count_announced(desk.db)
    while made := make_announced(desk.db, desk.now(), desk.rules):
        done += made
        plan.report(Progress(done, max(done, total), "", TEXTS))
        await asyncio.sleep(0)  # a Ctrl-C gets its turn


async def _place(desk: Desk, plan: Plan) -> None:
    """Find the stories of what is new."""
    for done, total in place_articles(desk.db):
        plan.report(Progress(done, total, "", STORIES))
        await asyncio.sleep(0)


class Planned(NamedTuple):
    """A request that a run would make: the `source` it is made for, and what it `asks` for: headlines or article.

    `conditional` is whether an answer that has not changed comes without a body.
    """

    source: Source
    asks: str
    url: str
    conditional: bool


def planned(db: Connection, chosen: Iterable[Source], plan: Plan, now: datetime) -> Iterator[Planned]:
    """What a run would ask for as far as it is known before: not the pages of headlines that are still to come."""
    for source in chosen:
        if plan.forced or is_due(source, now):
            yield Planned(source, "headlines", source.url, bool(source.etag or source.last_modified))
        pages = wanted(db, source.id, plan.max_articles) if plan.max_articles else ()
        yield from (Planned(source, "article", url, conditional=False) for _, url in pages)


async def look(desk: Desk, source: Source) -> list[Headline]:
    """The headlines that a fetch of a source would see now, nothing kept; raises `FetchError` and `ParseError`."""
    response = await desk.fetcher.fetch(_request(source)._replace(etag=None, last_modified=None))
    return (await read_source(desk.fetcher, source.kind, response, desk.now())).headlines


class _Run:
    """One run: what its sources share."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk = desk
        self.plan = plan
        self.commits = Commits(desk.db)
        self.counts: dict[str, list[int]] = {}  # done and total of each group

    async def source(self, source: Source) -> SourceDone:
        """One source from its headlines to its articles; whatever goes wrong with it stays with it."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        self._expect(source, 1)
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
        """Headlines, then articles, then what those link to."""
        is_asked = self.plan.forced or is_due(source, self.desk.now())
        done = await self._headlines(source) if is_asked else SourceDone(source.id, source.name, "unchanged")
        self._step(source, source.name)
        if done.status in {"failed", "skipped"} or not self.plan.max_articles:
            return done
        asked = read = 0
        pages = [
            (url, Place(source.id, source.url, known))
            for known, url in wanted(self.desk.db, source.id, self.plan.max_articles)
        ]
        for _ in range(1 + self.plan.related):
            good = await self._read(source, pages)
            asked, read = asked + len(pages), read + len(good)
            linked = linked_headlines(self.desk.db, good, self.plan.max_articles)
            pages = [(url, Place(None, home, known)) for known, url, home in linked]
        return done._replace(articles=read, failed=asked - read)

    async def _headlines(self, source: Source) -> SourceDone:
        """Fetch and keep the headlines of a source, and how that went."""
        now = self.desk.now()
        try:
            response = await self.desk.fetcher.fetch(_request(source))
            batch = Batch([], source.ttl)
            if not response.not_modified:
                batch = await read_source(self.desk.fetcher, source.kind, response, now)
        except PostponedError as error:
            return await self._postponed(source, error)
        except (FetchError, ParseError, ConfigError) as error:
            return await self._failed(source, error)
        status = "unchanged" if response.not_modified else "ok"
        turn = after_answer(now, self.plan.interval, Freshness(batch.ttl, response.max_age), self.plan.chance())
        # What an empty page moved to may be an error page.
        moved = response.moved if batch.headlines or response.not_modified else None
        validators = (None, None) if batch.nested else (response.etag, response.last_modified)
        outcome = Outcome(status, now, turn.due, None, *validators, moved)
        outcome = outcome._replace(due_reason=turn.reason, ttl=batch.ttl)

        def save() -> SourceDone:
            new, updated, unchanged, _ = save_headlines(self.desk.db, source.id, batch.headlines, now)
            apply_rules(self.desk.db, self.desk.rules, new, now)
            told = record_outcome(self.desk.db, source.id, outcome)
            name = source.name
            if source.status is None and status == "ok":
                name = complete_source(self.desk.db, source, batch.title, batch.site, batch.language)
            return SourceDone(source.id, name, status, len(new), updated, unchanged, reason=told)

        return await self.commits.write(save)

    async def _postponed(self, source: Source, error: PostponedError) -> SourceDone:
        """Leave a source alone that was not asked, as long as its host wants: that is no failure of the source."""
        if error.retry_after is None:
            return await self._failed(source, error)
        due, reason = after_failure(self.desk.now(), timedelta(), 1, error.retry_after)
        await self.commits.write(lambda: postpone_source(self.desk.db, source.id, due, reason))
        return SourceDone(source.id, source.name, "skipped", reason=error.message)

    async def _failed(self, source: Source, error: FetchError | ParseError | ConfigError) -> SourceDone:
        """Keep why the headlines of a source could not be had."""
        now = self.desk.now()
        asked = getattr(error, "retry_after", None)
        turn = after_failure(now, self.plan.interval, source.failures + 1, asked, self.plan.chance())
        http_status = getattr(error, "http_status", None)
        gone, missing = http_status == HTTPStatus.GONE, http_status == HTTPStatus.NOT_FOUND
        reason = error.message.rstrip(".")
        if missing and source.missing + 1 >= MANY_404:
            reason += _how_to_mend(source)
        outcome = Outcome("failed", now, turn.due, reason, paused=gone, due_reason=turn.reason, missing=missing)
        await self.commits.write(lambda: record_outcome(self.desk.db, source.id, outcome))
        reached = not isinstance(error, ConnectError | SlowError)
        told = f"{reason}; it is paused now" if gone else reason
        return SourceDone(source.id, source.name, "failed", reason=told, reached=reached)

    async def _read(self, source: Source, pages: list[tuple[str, Place]]) -> list[int]:
        """Read pages side by side; the ids of those that could be read."""
        self._expect(source, len(pages))
        read = await asyncio.gather(*(self._article(source, *page) for page in pages))
        return [article_id for article_id in read if article_id]

    async def _article(self, source: Source, url: str, place: Place) -> int:
        """Read one page and return its id, 0 if it could not be read; what is wrong is kept with its article."""
        try:
            read = await read_page(self.desk, url, place)
        except (FetchError, ConfigError):
            return 0
        finally:
            self._step(source, url)
        return 0 if read.state in UNREADABLE else read.id

    def _expect(self, source: Source, more: int) -> None:
        """So many addresses more are to be fetched."""
        self.counts.setdefault(_group_of(source), [0, 0])[1] += more

    def _step(self, source: Source, text: str) -> None:
        """One address more is done."""
        count = self.counts[_group_of(source)]
        count[0] += 1
        self.plan.report(Progress(count[0], count[1], text, _group_of(source)))


def _group_of(source: Source) -> str:
    """The group of a source: its first tag, "" if it has none."""
    return source.tags[0] if source.tags else ""


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
