"""Lists of articles: what a query chooses, in order and by pages, at a cost that does not grow with the store."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from newsreader.errors import NotFoundError
from newsreader.model.news import Entry
from newsreader.model.query import EVERYTHING, And, Has, Is, Query
from newsreader.store.conditions import Compiler, Condition, asks_for_hidden, expression_of, is_looked_at, parts_of
from newsreader.store.connection import Connection, row, rows
from newsreader.store.entries import COLUMNS, JOINS, entry_of, load_entries
from newsreader.store.identity import follow

_AT_ONCE = 100  # articles whose texts are looked at together
_FEW = 2000  # finds that are sorted; of more, the newest are come upon soon by walking an index
_COUNTED: dict[Query, str] = {
    EVERYTHING: "listed",
    **{Is(mark): mark for mark in ("unread", "starred", "later", "hidden")},
}


class Filter(NamedTuple):
    """Which articles to list, in which order; hidden ones only if the query speaks of them. `limit` 0 means all.

    `order` "newest" and "oldest" go by moment, which is when an article was published, or first seen if that is not
    known; "id" goes by arrival in the list, which is the order of ids but for articles that were linked to before they
    were announced. `after` is the id of the last article of the page before: by "id" a walk neither skips nor repeats
    an article, whatever is added meanwhile.
    """

    where: Query = EVERYTHING
    limit: int = 50
    after: int | None = None
    order: str = "newest"


class _Bound(NamedTuple):
    """The FTS5 expression that finds all that is asked for, and more, and whether that is little."""

    expression: str
    is_few: bool


class _Walk(NamedTuple):
    """What is gone through, how it is sorted, and what is known of each article by that."""

    tables: str
    order: str
    known: tuple[Query, ...] = ()
    conditions: tuple[Condition, ...] = ()


def list_entries(db: Connection, wanted: Filter) -> list[Entry]:
    """The listed articles that pass, in order. Raises NotFoundError if the article to go on after is not there."""
    if expression_of(wanted.where) is None:
        sql, values = query_of(db, wanted, COLUMNS)
        return [entry_of(found) for found in rows(db, sql, values)]
    ids = ids_of(db, wanted)  # sorting whole rows would read all of them
    entries = load_entries(db, ids)
    return [entries[article_id] for article_id in ids if article_id in entries]


def ids_of(db: Connection, wanted: Filter, expression: str = "") -> list[int]:
    """The ids of listed articles that pass, in order; with an FTS5 `expression` only of those that it finds as well."""
    parts = tuple(parts_of(wanted.where))
    looked_at = tuple(part for part in parts if is_looked_at(part))
    bound = _bound_of(db, wanted.where, expression)
    is_short = bool(looked_at and wanted.limit) and not asks_for_hidden(wanted.where)
    asked = wanted
    if is_few := bool(is_short and bound and bound.is_few):
        # SQLite would look at the texts of all that the index finds before it sorts.
        rest = And(tuple(part for part in parts if part not in looked_at))
        asked = wanted._replace(where=rest, limit=0)
    sql, values = _query_of(db, asked, "a.id", bound)
    found = [article_id for (article_id,) in rows(db, sql, values)]
    if not is_few:
        return found
    kept: list[int] = []
    while found and len(kept) < wanted.limit:
        some, found = found[:_AT_ONCE], found[_AT_ONCE:]
        passed = set(select_ids(db, And(looked_at), among=some))
        kept += [article_id for article_id in some if article_id in passed]
    return kept[: wanted.limit]


def select_ids(db: Connection, where: Query, among: Sequence[int] | None = None) -> list[int]:
    """Every listed article that a query chooses, by id; with `among`, of those, which are looked at one by one."""
    if among is None:
        return sorted(ids_of(db, Filter(where, 0, order="none")))
    from json import dumps  # `list` has no need of it

    condition = Compiler(db, scan=True).condition(where)
    sql = f"""SELECT a.id FROM json_each(?) CROSS JOIN article a ON a.id = value
    WHERE {listed(where).sql} AND {condition.sql} ORDER BY a.id"""  # noqa: S608 - fixed texts
    return [article_id for (article_id,) in rows(db, sql, (dumps(list(among)), *condition.values))]


def count_entries(db: Connection, where: Query) -> int:
    """How many listed articles a query chooses; what every reader asks is not counted but kept."""
    if name := _COUNTED.get(where):
        return int(rows(db, "SELECT value FROM counter WHERE name = ?", (name,))[0][0])
    sql, values = query_of(db, Filter(where, 0, order="none"), "count(*)")
    return int(rows(db, sql, values)[0][0])


def query_of(db: Connection, wanted: Filter, columns: str) -> tuple[str, tuple[Any, ...]]:
    """The SQL for a filter, and what to bind."""
    return _query_of(db, wanted, columns, _bound_of(db, wanted.where))


def count_found(db: Connection, expression: str, most: int) -> int:
    """How many articles an FTS5 expression finds, as far as they are counted."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)"
    return int(rows(db, sql, (expression, most))[0][0])


def _query_of(db: Connection, wanted: Filter, columns: str, bound: _Bound | None) -> tuple[str, tuple[Any, ...]]:
    compiler = Compiler(db)
    walk = _walk(compiler, wanted, bound)
    parts = [part for part in parts_of(wanted.where) if part not in walk.known]
    conditions = [
        *walk.conditions,
        listed(wanted.where),
        compiler.condition(And(tuple(parts)), found=bound is not None),
        *([behind(db, wanted, walk.order)] if wanted.after is not None else []),
    ]
    where = " AND ".join(condition.sql for condition in conditions)
    values = tuple(value for condition in conditions for value in condition.values)
    order = f"ORDER BY {walk.order}" if walk.order else ""
    sql = f"SELECT {columns} FROM {walk.tables} {JOINS} WHERE {where} {order} LIMIT ?"  # noqa: S608 - fixed text
    return sql, (*values, wanted.limit or -1)


def _bound_of(db: Connection, where: Query, narrower: str = "") -> _Bound | None:
    """What the index finds for a query, and for an expression that must find it as well; `None`: all there is."""
    expression = " AND ".join(f"({each})" for each in (expression_of(where), narrower) if each)
    return _Bound(expression, count_found(db, expression, _FEW + 1) <= _FEW) if expression else None


def listed(where: Query) -> Condition:
    """What lists show for a query: hidden articles only if it speaks of them."""
    return Condition("a.arrival IS NOT NULL" + ("" if asks_for_hidden(where) else " AND a.hidden_by IS NULL"))


def _walk(compiler: Compiler, wanted: Filter, bound: _Bound | None) -> _Walk:
    """What is walked in order, named: SQLite would have to guess which index is the short one."""
    order = _order(wanted)
    down = "ASC" if wanted.order == "oldest" else "DESC"
    if bound is None:
        return _indexed(compiler, wanted, order, down)
    candidates = compiler.candidates(bound.expression)
    if bound.is_few:
        return _Walk("article a", order, conditions=(Condition(f"a.id IN ({candidates.sql})", candidates.values),))
    walk = _indexed(compiler, wanted, order, down)
    found = Condition(f"+a.id IN ({candidates.sql})", candidates.values)  # the + keeps SQLite from looking ids up
    return walk._replace(conditions=(*walk.conditions, found))


def _indexed(compiler: Compiler, wanted: Filter, order: str, down: str) -> _Walk:
    """The shortest index that holds the articles asked for in order."""
    parts = list(parts_of(wanted.where))
    if wanted.order == "id":
        return _Walk("article a INDEXED BY article_arrival", order)
    sources = [part for part in parts if isinstance(part, Has) and part.field == "source"]
    if len(sources) == 1:
        return _of_source(compiler, sources[0], is_unread=Is("unread") in parts, down=down if order else "")
    if any(isinstance(part, Has) and part.field == "story" for part in parts):
        return _Walk("article a", order)  # a story is few articles, which SQLite finds by two indexes
    if Is("hidden") in parts:
        return _Walk("article a INDEXED BY article_hidden", order)
    if asks_for_hidden(wanted.where):
        return _Walk("article a", order)
    index = next((mark for mark in ("starred", "later", "changed", "unread") if Is(mark) in parts), "newest")
    return _Walk(f"article a INDEXED BY article_{index}", order)


def _of_source(compiler: Compiler, source: Has, *, is_unread: bool, down: str) -> _Walk:
    index = "announcement_unread" if is_unread else "announcement_newest"
    tables = f"announcement n INDEXED BY {index} CROSS JOIN article a ON a.id = n.article"
    condition = Condition("n.source = ?" + (" AND n.unread = 1" if is_unread else ""), (compiler.source(source.value),))
    return _Walk(tables, f"n.moment {down}, n.article {down}" if down else "", (source,), (condition,))


def _order(wanted: Filter) -> str:
    down = "ASC" if wanted.order == "oldest" else "DESC"
    return {"id": "a.arrival", "none": ""}.get(wanted.order, f"a.moment {down}, a.id {down}")


def behind(db: Connection, wanted: Filter, order: str = "") -> Condition:
    """What stands in the order of a filter (in the columns of `order`) behind the article to go on after.

    Raises NotFoundError if that is not there.
    """
    assert wanted.after is not None
    if wanted.order == "id":
        return Condition("a.arrival > ?", (_arrival(db, wanted.after),))
    after = follow(db, wanted.after)
    found = row(db, "SELECT moment FROM article WHERE id = ?", (after,))
    if not found:
        raise NotFoundError(f"There is no article {wanted.after} to go on after", hint="newsreader list shows the ids")
    moment, key = (part.split()[0] for part in (order or _order(wanted)).split(", "))
    side = ">" if wanted.order == "oldest" else "<"
    sql = f"{moment} {side}= ? AND ({moment} {side} ? OR {key} {side} ?)"
    return Condition(sql, (found[0], found[0], after))


def _arrival(db: Connection, article_id: int) -> int:
    """The arrival to go on after, also of an article that is gone; of one that was never listed: that before it."""
    if found := row(db, "SELECT arrival FROM gone WHERE id = ?", (article_id,)):
        return int(found[0])
    sql = "SELECT arrival FROM article WHERE id <= ? AND arrival IS NOT NULL ORDER BY id DESC LIMIT 1"
    found = row(db, sql, (follow(db, article_id),))
    return int(found[0]) if found else 0
