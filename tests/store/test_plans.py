"""Lists walk an index in its order: they cost the same in a store of any size."""

from typing import Any

import apsw
import pytest

from newsreader.model.news import State
from newsreader.store.connection import rows
from newsreader.store.entries import COLUMNS
from newsreader.store.lists import Filter, list_entries, query_of

LISTS: list[dict[str, Any]] = [
    {},
    {"order": "oldest"},
    {"order": "id"},
    {"order": "id", "after": 3, "unread": True},
    {"after": 3},
    {"unread": True},
    {"unread": True, "after": 3},
    {"starred": True},
    {"later": True},
    {"sources": (1,)},
    {"sources": (1,), "after": 3},
    {"sources": (1,), "unread": True},
    {"sources": (1, 2)},
    {"tags": ("coast",)},
    {"states": (State.FULL,)},
    {"language": "ja"},
    {"query": "ferry"},
]


def plan(db: apsw.Connection, sql: str, bindings: tuple[Any, ...]) -> list[str]:
    return [str(found[-1]) for found in rows(db, f"EXPLAIN QUERY PLAN {sql}", bindings)]


@pytest.fixture(params=[1, 400], ids=["small", "larger"])
def filled(request: pytest.FixtureRequest, db: apsw.Connection, announce, headline) -> apsw.Connection:
    announce(*(headline(number) for number in range(1, 3 + request.param)))
    if request.param > 1:
        db.execute("ANALYZE")  # what the planner knows must not change its mind
    return db


@pytest.mark.parametrize("asked", LISTS, ids=str)
def test_a_list_neither_scans_nor_sorts(filled: apsw.Connection, asked: dict[str, Any]) -> None:
    steps = plan(filled, *query_of(filled, Filter(**asked), COLUMNS))
    own = [step for step in steps if "TEMP B-TREE FOR group_concat" not in step]

    assert not any("TEMP B-TREE" in step for step in own), own
    assert not any(step.startswith("SCAN") and "INDEX" not in step and step != "SCAN source_tag" for step in own), own


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "article_newest"),
        ({"unread": True}, "article_unread"),
        ({"starred": True}, "article_starred"),
        ({"later": True}, "article_later"),
        ({"sources": (1,)}, "announcement_newest"),
        ({"sources": (1,), "unread": True}, "announcement_unread"),
        ({"order": "id", "after": 3}, "article_arrival"),
    ],
)
def test_each_list_walks_its_index(filled: apsw.Connection, asked: dict[str, Any], index: str) -> None:
    steps = plan(filled, *query_of(filled, Filter(**asked), COLUMNS))

    assert any(index in step for step in steps), steps


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
        for asked in ({}, {"unread": True}, {"sources": (1,)}, {"sources": (1,), "unread": True}, {"order": "id"}):
            list_entries(db, Filter(**asked, limit=20))
            costs.append(steps_of(db, Filter(**asked, limit=20)))
    small, large = costs[:5], costs[5:]

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
