"""Lists walk an index in its order: they cost the same in a store of any size."""

from datetime import UTC, datetime
from typing import Any

import apsw
import pytest

from newsreader.query import parse
from newsreader.store.connection import rows
from newsreader.store.entries import COLUMNS
from newsreader.store.lists import Filter, list_entries, query_of

LISTS: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("", {"order": "oldest"}),
    ("", {"order": "id"}),
    ("is:unread", {"order": "id", "after": 3}),
    ("", {"after": 3}),
    ("is:unread", {}),
    ("is:unread", {"after": 3}),
    ("is:starred", {}),
    ("is:later", {}),
    ("is:changed", {}),
    ("is:hidden", {}),
    ("source:1", {}),
    ("source:1", {"after": 3}),
    ("story:1", {}),
    ("story:1", {"after": 2}),
    ("story:3", {}),
    ("source:1 is:unread", {}),
    ("source:1 OR is:starred", {}),
    ("tag:coast", {}),
    ("state:full", {}),
    ("lang:ja", {}),
    ("since:2d -is:read", {}),
]
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def chosen(query: str, **page: Any) -> Filter:
    return Filter(parse(query, NOW, {}), **page)


def plan(db: apsw.Connection, sql: str, bindings: tuple[Any, ...]) -> list[str]:
    return [str(found[-1]) for found in rows(db, f"EXPLAIN QUERY PLAN {sql}", bindings)]


@pytest.fixture(params=[1, 400], ids=["small", "larger"])
def filled(request: pytest.FixtureRequest, db: apsw.Connection, announce, headline, tell) -> apsw.Connection:
    announce(*(headline(number) for number in range(1, 3 + request.param)))
    tell(1, 2)
    if request.param > 1:
        db.execute("ANALYZE")  # what the planner knows must not change its mind
    return db


@pytest.mark.parametrize(("query", "page"), LISTS)
def test_a_list_neither_scans_nor_sorts(filled: apsw.Connection, query: str, page: dict[str, Any]) -> None:
    steps = plan(filled, *query_of(filled, chosen(query, **page), COLUMNS))
    own = [step for step in steps if "TEMP B-TREE FOR group_concat" not in step]

    assert not any("TEMP B-TREE" in step for step in own), own
    assert not any(step.startswith("SCAN") and "INDEX" not in step and step != "SCAN source_tag" for step in own), own


@pytest.mark.parametrize(
    ("query", "page", "index"),
    [
        ("", {}, "article_newest"),
        ("is:unread", {}, "article_unread"),
        ("is:starred", {}, "article_starred"),
        ("is:later", {}, "article_later"),
        ("is:changed is:unread", {}, "article_changed"),
        ("is:hidden", {}, "article_hidden"),
        ("source:1", {}, "announcement_newest"),
        ("source:1 is:unread", {}, "announcement_unread"),
        ("", {"order": "id", "after": 3}, "article_arrival"),
        ("story:1", {}, "article_story"),
        ("is:followed is:unread", {}, "article_story"),
        ("is:new", {}, "article_story"),
        ("story:1 is:unread -is:starred", {"order": "none"}, "article_story"),
    ],
)
def test_each_list_walks_its_index(filled: apsw.Connection, query: str, page: dict[str, Any], index: str) -> None:
    steps = plan(filled, *query_of(filled, chosen(query, **page), COLUMNS))

    assert any(index in step for step in steps), steps


def test_few_finds_are_looked_up_and_sorted(filled: apsw.Connection) -> None:
    steps = plan(filled, *query_of(filled, chosen("ferry"), "a.id"))

    assert any("USING INTEGER PRIMARY KEY" in step for step in steps), steps
    assert not any("article_newest" in step for step in steps), steps


def test_wanted_pages_neither_scan_nor_sort(filled: apsw.Connection) -> None:
    sql = """SELECT id, url FROM article INDEXED BY article_wanted WHERE wanted = 1 AND source = ?
    ORDER BY moment DESC, id DESC LIMIT ?"""

    assert plan(filled, sql, (1, 10)) == ["SEARCH article USING INDEX article_wanted (source=?)"]


def test_a_page_costs_the_same_in_a_larger_store(db: apsw.Connection, announce, headline) -> None:
    """Counted in steps of SQLite's virtual machine, which do not depend on the machine."""
    costs = []
    for size in (60, 600):
        announce(*(headline(number) for number in range(1, size + 1)))
        db.execute(
            "UPDATE article SET read_at = 1 WHERE id % 2 = 0 AND moment > (SELECT max(moment) - 3600 FROM article)"
        )
        for query, order in (("", "newest"), ("is:unread", "newest"), ("source:1", "newest"), ("", "id")):
            asked = chosen(query, order=order, limit=20)
            list_entries(db, asked)
            costs.append(steps_of(db, asked))
    small, large = costs[:4], costs[4:]

    assert all(after <= before * 1.2 for before, after in zip(small, large, strict=True)), costs


def steps_of(db: apsw.Connection, asked: Filter) -> int:
    sql, bindings = query_of(db, asked, COLUMNS)
    cursor = db.cursor()
    cursor.execute(sql, bindings)
    cursor.fetchall()
    counted = 0

    def count() -> bool:
        nonlocal counted
        counted += 1
        return False

    db.set_progress_handler(count, 1)
    db.execute(sql, bindings).fetchall()
    db.set_progress_handler(None, 1)
    return counted
