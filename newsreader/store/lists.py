"""Lists of articles: filters, order and pages over indexes, so that a list costs the same in a store of any size."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from newsreader.errors import NotFoundError
from newsreader.model.news import Entry, State
from newsreader.store.connection import Connection, row, rows
from newsreader.store.entries import COLUMNS, JOINS, entry_of
from newsreader.store.identity import follow
from newsreader.store.times import to_seconds

Condition = tuple[str, tuple[Any, ...]]


class Filter(NamedTuple):
    """Which articles to list, in which order.

    `query` is words (see `newsreader.store.words`); `sources` are ids, `tags` those of sources or articles, `language`
    is a BCP 47 tag that also means its regions; of several values one must hold. `since` ≤ moment < `until`, where the
    moment is when an article was published, or first seen if that is not known. `limit` 0 means all.

    `order` "newest" and "oldest" go by moment; "id" goes by arrival in the list, which is the order of ids but for
    articles that were linked to before they were announced. `after` is the id of the last article of the page before:
    by "id" a walk neither skips nor repeats an article, whatever is added meanwhile.
    """

    query: str = ""
    sources: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    unread: bool = False
    starred: bool = False
    later: bool = False
    states: tuple[State, ...] = ()
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 50
    after: int | None = None
    order: str = "newest"


def list_entries(db: Connection, wanted: Filter) -> list[Entry]:
    """The listed articles that pass, in order. Raises NotFoundError if the article to go on after is not there."""
    sql, bindings = query_of(db, wanted, COLUMNS)
    return [entry_of(values) for values in rows(db, sql, bindings)]


def query_of(db: Connection, wanted: Filter, columns: str) -> tuple[str, tuple[Any, ...]]:
    """The query for a filter, and what to bind."""
    by_source = len(wanted.sources) == 1 and wanted.order != "id"
    conditions = [
        *_conditions(wanted, by_source=by_source),
        *_page(db, wanted, by_source=by_source),
        *_words(db, wanted.query),
    ]
    walk, order = _walk(wanted, by_source=by_source)
    text = "LEFT JOIN body b ON b.article = a.id" if wanted.query else ""
    where = " AND ".join(condition for condition, _ in conditions)
    bindings = tuple(value for _, values in conditions for value in values)
    sql = f"SELECT {columns} FROM {walk} {JOINS} {text} WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 - fixed text
    return sql, (*bindings, wanted.limit or -1)


def _walk(wanted: Filter, *, by_source: bool) -> tuple[str, str]:
    """What is walked in order, named: SQLite would have to guess which index is the short one."""
    down = "ASC" if wanted.order == "oldest" else "DESC"
    if wanted.order == "id":
        return "article a INDEXED BY article_arrival", "a.arrival"
    if by_source:
        index = "announcement_unread" if wanted.unread else "announcement_newest"
        walk = f"announcement n INDEXED BY {index} CROSS JOIN article a ON a.id = n.article"
        return walk, f"n.moment {down}, n.article {down}"
    marks = {"article_starred": wanted.starred, "article_later": wanted.later, "article_unread": wanted.unread}
    index = next((name for name, asked in marks.items() if asked), "article_newest")
    return f"article a INDEXED BY {index}", f"a.moment {down}, a.id {down}"


def _conditions(wanted: Filter, *, by_source: bool) -> list[Condition]:
    """What an article must be."""
    found: list[Condition] = [("a.arrival IS NOT NULL AND a.hidden_by IS NULL", ())]
    if by_source:
        found.append(("n.source = ?" + (" AND n.unread = 1" if wanted.unread else ""), wanted.sources))
    elif wanted.sources:
        found.append(_announced(wanted.sources))
    if wanted.states:
        found.append((_one_of("a.state", wanted.states), tuple(map(str, wanted.states))))
    if wanted.language:
        found.append(("(a.language = ? OR a.language LIKE ? || '-%')", (wanted.language, wanted.language)))
    if wanted.tags:
        found.append(_tagged(wanted.tags))
    return [*found, *_marked(wanted), *_between(wanted, "n.moment" if by_source else "a.moment")]


def _marked(wanted: Filter) -> list[Condition]:
    marks = {
        "a.read_at IS NULL": wanted.unread,
        "a.starred_at IS NOT NULL": wanted.starred,
        "a.later_at IS NOT NULL": wanted.later,
    }
    return [(condition, ()) for condition, asked in marks.items() if asked]


def _between(wanted: Filter, moment: str) -> list[Condition]:
    limits = ((f"{moment} >= ?", wanted.since), (f"{moment} < ?", wanted.until))
    return [(condition, (to_seconds(at),)) for condition, at in limits if at]


def _announced(sources: tuple[int, ...]) -> Condition:
    one_of = _one_of("n.source", sources)
    return f"EXISTS (SELECT 1 FROM announcement n WHERE n.article = a.id AND {one_of})", sources  # noqa: S608 - placeholders


def _one_of(column: str, values: Sequence[Any]) -> str:
    return f"{column} IN ({','.join('?' * len(values))})"


def _tagged(tags: tuple[str, ...]) -> Condition:
    one_of = _one_of("tag", tags)
    own = f"SELECT 1 FROM article_tag t WHERE t.article = a.id AND t.{one_of}"  # noqa: S608 - placeholders
    sources = f"SELECT source FROM source_tag WHERE {one_of}"  # noqa: S608 - placeholders
    of_source = f"SELECT 1 FROM announcement n WHERE n.article = a.id AND n.source IN ({sources})"  # noqa: S608 - placeholders
    return f"(EXISTS ({own}) OR EXISTS ({of_source}))", (*tags, *tags)


def _page(db: Connection, wanted: Filter, *, by_source: bool) -> list[Condition]:
    """Where the page starts."""
    if wanted.after is None:
        return []
    after = follow(db, wanted.after)
    if wanted.order == "id":
        return [("a.arrival > ?", (_arrival(db, after),))]
    found = row(db, "SELECT moment FROM article WHERE id = ?", (after,))
    if not found:
        raise NotFoundError(f"There is no article {wanted.after} to go on after", hint="newsreader list shows the ids")
    moment, key = ("n.moment", "n.article") if by_source else ("a.moment", "a.id")
    side = ">" if wanted.order == "oldest" else "<"
    return [(f"{moment} {side}= ? AND ({moment} {side} ? OR {key} {side} ?)", (found[0], found[0], after))]


def _arrival(db: Connection, article_id: int) -> int:
    """The arrival to go on after; of an article that is gone or was never listed: that of the one before it."""
    sql = "SELECT arrival FROM article WHERE id <= ? AND arrival IS NOT NULL ORDER BY id DESC LIMIT 1"
    found = row(db, sql, (article_id,))
    return int(found[0]) if found else 0


def _words(db: Connection, query: str) -> list[Condition]:
    if not query:
        return []
    from newsreader.store.words import read_words

    words = read_words(query)
    if not words:
        return []
    # LIKE folds the case of ASCII alone; this folds every script and the width too.
    db.create_scalar_function("has_words", lambda *parts: words.match(*map(str, filter(None, parts))), 3)
    return [("has_words(a.title, a.summary, b.text)", ())]
