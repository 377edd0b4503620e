"""Articles with all that is known of them, out of one store and into another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from newsreader.errors import ParseError
from newsreader.jsonlines import Wrong, read_objects
from newsreader.keeping import Place, keep, load_whole
from newsreader.keys import key_of
from newsreader.model.article import Article, Link
from newsreader.model.news import Entry, Source, SourceKind, State
from newsreader.model.query import SHOWN_OR_HIDDEN, Query
from newsreader.model.record import Keeping, Origin, Record
from newsreader.records import read_record
from newsreader.store.articles import load_links
from newsreader.store.connection import Connection, hurried, snapshot, transaction
from newsreader.store.derived import derived
from newsreader.store.entries import load_entries
from newsreader.store.identity import find_by_address
from newsreader.store.lists import Filter, list_entries
from newsreader.store.naming import unique_name
from newsreader.store.records import load_keeping, marked_links, place, settle
from newsreader.store.sources import add_source, all_sources, pause_source

if TYPE_CHECKING:
    from newsreader.discover.subscriptions import Subscriptions

_PAGE = 500
_HEAD = 4096  # bytes that tell whether a file is a page
_AT_ONCE = 500  # articles in one transaction
_LARGEST = 8 * 1024 * 1024  # bytes of them
_PAUSED = "it came with imported articles; resume it to fetch it"


class Exported(NamedTuple):
    """An article on its way out: its links are paired with the ids of what they lead to (`None`: no article)."""

    entry: Entry
    article: Article
    links: list[tuple[Link, int | None]]
    keeping: Keeping


def exported(db: Connection, where: Query = SHOWN_OR_HIDDEN) -> Iterator[Exported]:
    """The articles that a query chooses, in the order in which they came into lists, at most a page in memory.

    The whole store is also what lists hide, and what is only linked to and marked all the same. All is of one moment,
    whatever others write meanwhile.
    """
    with snapshot(db):
        for entry in _entries(db, where):
            links = [(stored.link, stored.id) for stored in load_links(db, entry.id)]
            yield Exported(entry, load_whole(db, entry.id), links, load_keeping(db, entry.id))


def _entries(db: Connection, where: Query) -> Iterator[Entry]:
    page = Filter(where, limit=_PAGE, order="id")
    while entries := list_entries(db, page):
        yield from entries
        page = page._replace(after=entries[-1].id)
    if where == SHOWN_OR_HIDDEN:
        ids = marked_links(db)
        linked = load_entries(db, ids)
        yield from (linked[article_id] for article_id in ids)


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
            with transaction(db), derived(db):
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


def import_page(db: Connection, body: bytes, now: datetime) -> bool:
    """Keep the article in the bytes of a saved page or text; whether it is new.

    Raises `ParseError` if there is none.
    """
    from newsreader.reading import read_bytes, refuse_empty

    article = read_bytes(body, "")
    refuse_empty(article, "it")
    known = find_by_address(db, article.url)
    keep(db, article, now, Place(known=known))
    return known is None


def subscriptions_in(body: bytes, name: str) -> "Subscriptions | None":
    """The subscriptions in a file, `None` if it is a page, or a text as it is saved from one.

    `name` is what to call the file. Raises `ParseError` if it is none of these.
    """
    from newsreader.discover.subscriptions import read_subscriptions

    if any(tag in body[:_HEAD].replace(b"\0", b"").lower() for tag in (b"<html", b"<!doctype html")):
        return None
    if b"\0" in body[:_HEAD] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ParseError(f"{name} is no text")
    try:
        found = read_subscriptions(body, name)
    except ParseError:
        if _holds_article(body):
            return None
        raise
    # A text may name an address on a line of its own; a line of a list begins with one, or with that of a program.
    prose = sum(":" not in entry for entry in found.wrong)
    return None if prose > len(found.sources) and _holds_article(body) else found


def _holds_article(body: bytes) -> bool:
    from newsreader.discover.sniff import kind_of
    from newsreader.extract.dump import looks_like_dump
    from newsreader.reading import UNREADABLE, read_bytes

    try:
        is_page = looks_like_dump(body) or kind_of(body) is SourceKind.FRONTPAGE
    except ParseError:
        return False
    return is_page and read_bytes(body, "").state not in UNREADABLE


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
            kept = keep(self.db, told, keeping.saved or self.now, Place(source_id, known=placed.id))
            placed = placed._replace(id=kept)
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
