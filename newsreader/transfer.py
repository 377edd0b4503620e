"""Articles with all that is known of them, out of one store and into another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO, NamedTuple

from newsreader.errors import ParseError
from newsreader.jsonlines import Wrong, read_objects
from newsreader.keeping import Place, keep, load_whole
from newsreader.keys import key_of
from newsreader.model.article import Article, Link
from newsreader.model.news import Entry, Source, State
from newsreader.model.record import Keeping, Origin, Record
from newsreader.records import read_record
from newsreader.store.articles import load_links
from newsreader.store.connection import Connection, hurried, transaction
from newsreader.store.naming import unique_name
from newsreader.store.records import load_keeping, place, settle
from newsreader.store.sources import add_source, all_sources, pause_source

_AT_ONCE = 200  # articles in one transaction
_LARGEST = 8 * 1024 * 1024  # bytes of them
_PAUSED = "it came with imported articles; resume it to fetch it"


class Exported(NamedTuple):
    """An article on its way out: its links are paired with the ids of what they lead to (`None`: no article)."""

    entry: Entry
    article: Article
    links: list[tuple[Link, int | None]]
    keeping: Keeping


def export(db: Connection, entries: Iterable[Entry]) -> Iterator[Exported]:
    """The whole of each article."""
    for entry in entries:
        links = [(stored.link, stored.id) for stored in load_links(db, entry.id)]
        yield Exported(entry, load_whole(db, entry.id), links, load_keeping(db, entry.id))


class Taken(NamedTuple):
    """What came of an import: how many articles are new to lists, and how many were there."""

    new: int = 0
    known: int = 0


def import_objects(
    db: Connection, stream: BinaryIO, head: bytes, now: datetime, report: Callable[[Taken, list[Wrong]], None]
) -> None:
    """Keep the articles that the JSON objects of a stream tell; `head` is what was read of it before.

    After each few hundred articles, which are kept together or not at all, `report` is told how many there were in
    them, and which lines are no articles.
    """
    taking = _Taking(db, now)
    with hurried(db):
        for records, wrong in _batches(stream, head, now):
            with transaction(db):
                new = sum(map(taking.take, records))
            report(Taken(new, len(records) - new), wrong)


def _batches(stream: BinaryIO, head: bytes, now: datetime) -> Iterator[tuple[list[Record], list[Wrong]]]:
    """Records to keep in one transaction, which is not open yet while they are waited for."""
    records: list[Record] = []
    wrong: list[Wrong] = []
    size = 0
    for found in read_objects(stream, head):
        if isinstance(found, Wrong):
            wrong.append(found)
            continue
        try:
            records.append(read_record(found.values, now))
        except ParseError as error:
            wrong.append(Wrong(found.line, error.message))
        size += found.size
        if len(records) == _AT_ONCE or size > _LARGEST:
            yield records, wrong
            records, wrong, size = [], [], 0
    yield records, wrong


class _Taking:
    """Takes records into a store, whose sources it knows."""

    def __init__(self, db: Connection, now: datetime) -> None:
        self.db = db
        self.now = now
        self.sources: dict[str, int] = {}
        self.by_key: dict[str, int] | None = None
        self.names: set[str] = set()

    def take(self, record: Record) -> bool:
        """Keep a record, inside a transaction; whether it is new to lists."""
        article, keeping = record
        for each in keeping.announced:
            self._source(each.source)
        source_id = self._source(keeping.source) if keeping.source else None
        placed = place(self.db, record, source_id)
        if placed.takes or (placed.is_new and keeping.listed):
            is_whole = placed.takes or article.state is State.HEADLINE
            told = article if is_whole else replace(article, state=State.HEADLINE)
            keep(self.db, told, keeping.saved or self.now, Place(source_id, known=placed.id))
        settle(self.db, placed, record, self.sources)
        return placed.is_new

    def _source(self, origin: Origin) -> int:
        """The source at an address, made if it is not there, and paused: nothing is fetched that nobody asked for."""
        if found := self.sources.get(origin.url):
            return found
        if self.by_key is None:
            stored = all_sources(self.db)
            self.by_key = {key_of(source.url): source.id for source in stored}
            self.names = {source.name.casefold() for source in stored}
        key = key_of(origin.url)
        if key not in self.by_key:
            self.by_key[key] = self._add(origin)
        self.sources[origin.url] = self.by_key[key]
        return self.by_key[key]

    def _add(self, origin: Origin) -> int:
        name = unique_name(origin.name, origin.url, self.names)
        self.names.add(name.casefold())
        source = add_source(self.db, Source(0, name, origin.url, kind=origin.kind, added=self.now))
        pause_source(self.db, source.id, paused=True, reason=_PAUSED)
        return source.id
