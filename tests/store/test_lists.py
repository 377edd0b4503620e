"""Lists: filters, order, and pages that neither skip nor repeat."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader.errors import NotFoundError
from newsreader.model.changes import Change
from newsreader.model.news import Source, State
from newsreader.model.query import EVERYTHING, And, Has, Is, Not, Query, Since, SinceLast, Text, Until
from newsreader.query import parse
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store, rows, transaction
from newsreader.store.headlines import record_failure
from newsreader.store.identity import follow
from newsreader.store.lists import Filter, count_entries, list_entries, select_ids
from newsreader.store.marks import mark
from newsreader.store.merging import merge
from newsreader.store.sources import add_source

Make = Callable[..., Any]


NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def ids(db: apsw.Connection, query: str = "", **page: Any) -> list[int]:
    return [entry.id for entry in list_entries(db, Filter(parse(query, NOW, {}), **page))]


@pytest.fixture
def day(db: apsw.Connection, announce: Make, keep: Make, headline: Make, article: Make, now: datetime) -> None:
    """Six articles: 1–4 of the Harbour Post, 5 and 6 of the Hill Gazette, 4 of both."""
    announce(
        headline(1, title="Ferry in the ice", language="en", tags=("Weather",)),
        headline(2, title="氷に閉ざされた港", language="ja"),
        headline(3, title="港口結冰", language="zh-TW"),
        headline(4, title="CAFÉ ÉTOILE rouvre", language="fr"),
    )
    gazette = add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed", tags=("Hills",)))
    save_headlines(
        db, gazette.id, [headline(number, language="en", feed_id=None) for number in (5, 6)], now - timedelta(minutes=5)
    )
    save_headlines(db, gazette.id, [headline(4, title="CAFÉ ÉTOILE rouvre", language="fr")], now)
    told = article(1, "Pilots waited 100% of the time.", title="Ferry in the ice", language="en", authors=("Ada Quay",))
    keep(told, id=1)
    record_failure(db, 5, State.GONE, "gone", now)
    mark(db, [1, 2], Change("read"), "you", now)
    mark(db, [2, 6], Change("starred"), "you", now)
    mark(db, [3], Change("later"), "you", now)


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [6, 5, 4, 3, 2, 1]),
        ("is:unread", [6, 5, 4, 3]),
        ("is:read", [2, 1]),
        ("is:starred", [6, 2]),
        ("is:later", [3]),
        ("is:starred is:unread", [6]),
        ("is:starred is:later", []),
        ("is:starred OR is:later", [6, 3, 2]),
        ("-is:starred", [5, 4, 3, 1]),
        ("source:1", [4, 3, 2, 1]),
        ("source:2", [6, 5, 4]),
        ("source:hill", [6, 5, 4]),
        ("source:1 is:unread", [4, 3]),
        ("source:1 is:starred", [2]),
        ("source:1 OR source:2", [6, 5, 4, 3, 2, 1]),
        ("-source:1", [6, 5]),
        ("tag:hills", [6, 5, 4]),
        ("tag:WEATHER", [1]),
        ("tag:weather OR tag:hills", [6, 5, 4, 1]),
        ("tag:coast is:unread", [4, 3]),
        ("-tag:coast", [6, 5]),
        ("state:full", [1]),
        ("state:full OR state:gone", [5, 1]),
        ("lang:zh", [3]),
        ("lang:zh-TW", [3]),
        ("lang:zz", []),
        ("-lang:en", [4, 3, 2]),
        ("ice", [1]),
        ("ICE", [1]),
        ("ＩＣＥ", [1]),
        ("ic", []),
        ("ic*", [1]),
        ("港", [3, 2]),
        ("港 -氷", [3]),
        ("港 OR ice", [3, 2, 1]),
        ("氷に閉ざされた", [2]),
        ("閉ざし", []),
        ("café étoile", [4]),
        ("cafe etoile", [4]),
        ('"pilots waited"', [1]),
        ('"waited pilots"', []),
        ("pilots ferry", [1]),
        ("title:ferry", [1]),
        ("title:pilots", []),
        ("author:ada", [1]),
        ("author:quay -title:port", [1]),
        ("100%", [1]),
        ("10%", []),
        ("headline source:2", [6, 5]),
        ("-headline", [4, 3, 2, 1]),
        ("story:3", [3]),  # what stands alone is a story of one article
        ("story:7", []),
        ("story:99", []),
    ],
)
def test_queries(db: apsw.Connection, query: str, expected: list[int]) -> None:
    assert ids(db, query) == expected
    assert ids(db, query, order="oldest") == sorted(expected)
    assert ids(db, query, order="id") == sorted(expected)
    assert ids(db, query, limit=1) == expected[:1]
    assert select_ids(db, parse(query, NOW, {})) == sorted(expected)
    assert select_ids(db, parse(query, NOW, {}), among=[1, 3, 5, 99]) == sorted({1, 3, 5} & set(expected))
    assert count_entries(db, parse(query, NOW, {})) == len(expected)


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("more", [(), (Has("source", "1"),)])
def test_times_are_from_and_before(db: apsw.Connection, headline: Make, more: tuple[Query, ...]) -> None:
    moment = headline(3).published

    def between(*parts: Query) -> list[int]:
        return [entry.id for entry in list_entries(db, Filter(And((*parts, *more)), order="oldest"))]

    assert between(Since(moment))[0] == 3
    assert between(Until(moment)) == [1, 2]
    assert between(Since(moment), Until(moment + timedelta(seconds=1))) == [3]
    assert between(Not(Since(moment))) == [1, 2]


@pytest.mark.usefixtures("day")
def test_what_arrived_since_the_last_visit(db: apsw.Connection) -> None:
    db.execute("UPDATE counter SET value = 4 WHERE name = 'visited'")

    assert [entry.id for entry in list_entries(db, Filter(SinceLast()))] == [6, 5]
    assert [entry.id for entry in list_entries(db, Filter(Not(SinceLast())))] == [4, 3, 2, 1]
    assert (count_entries(db, SinceLast()), count_entries(db, Not(SinceLast()))) == (2, 4)


@pytest.mark.usefixtures("day")
def test_what_is_hidden_is_not_listed(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET hidden_by = 'rule: no ice' WHERE id IN (1, 4)")

    assert ids(db) == [6, 5, 3, 2]
    assert ids(db, "source:1") == [3, 2]
    assert ids(db, "ferry") == []
    assert ids(db, order="id") == [2, 3, 5, 6]
    assert count_entries(db, EVERYTHING) == 4


@pytest.mark.usefixtures("day")
def test_what_is_hidden_is_found_by_those_who_ask_for_it(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET hidden_by = 'rule: no ice' WHERE id IN (1, 4)")

    assert ids(db, "is:hidden") == [4, 1]
    assert ids(db, "is:hidden ferry") == [1]
    assert ids(db, 'is:hidden "pilots waited"', limit=1) == [1]
    assert ids(db, "is:hidden OR is:later") == [4, 3, 1]
    assert ids(db, "-is:hidden") == [6, 5, 3, 2]
    assert count_entries(db, Is("hidden")) == 2


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("order", ["newest", "oldest", "id"])
@pytest.mark.parametrize("query", ["", "source:1", "is:unread", "source:2 is:unread", "headline", "-港", "ice OR 港"])
def test_pages_go_on_where_the_one_before_ended(db: apsw.Connection, order: str, query: str) -> None:
    whole = ids(db, query, order=order)
    walked: list[int] = []
    while page := ids(db, query, order=order, limit=2, after=walked[-1] if walked else None):
        walked += page

    assert walked == whole


@pytest.mark.usefixtures("day")
def test_articles_of_one_moment_are_paged_by_id(db: apsw.Connection, announce: Make, headline: Make) -> None:
    at = headline(3).published
    announce(*(headline(number, published=at) for number in range(10, 20)))
    walked: list[int] = []
    while page := ids(db, limit=3, after=walked[-1] if walked else None):
        walked += page

    assert walked == ids(db)
    assert len(set(walked)) == len(walked) == 16


@pytest.mark.usefixtures("day")
def test_an_article_to_go_on_after_must_be_there(db: apsw.Connection) -> None:
    with pytest.raises(NotFoundError) as caught:
        ids(db, after=99)

    assert caught.value.hint


@pytest.mark.usefixtures("day")
def test_a_walk_by_id_goes_on_after_an_article_that_is_gone(db: apsw.Connection) -> None:
    db.execute("DELETE FROM article WHERE id = 3")

    assert ids(db, order="id", after=3) == [4, 5, 6]
    assert ids(db, order="id", after=0) == [1, 2, 4, 5, 6]
    assert ids(db, order="id", after=99) == []


def test_a_link_that_is_announced_after_the_cursor_passed_its_id_is_not_skipped(
    db: apsw.Connection, keep: Make, announce: Make, headline: Make, article: Make, link: Make
) -> None:
    keep(article(1, links=(link(2),)))
    announce(headline(3))
    assert ids(db, order="id") == [1, 3]

    announce(headline(2))

    assert ids(db, order="id", after=3) == [2]


def test_a_walk_by_id_goes_on_where_it_was_though_its_last_article_is_gone_or_became_another(
    db: apsw.Connection, keep: Make, announce: Make, headline: Make, article: Make, link: Make
) -> None:
    """An id tells nothing of when its article came into the list: 2 was linked to before it was announced."""
    keep(article(1, links=(link(2),)))
    for number in (3, 4, 2, 5):
        announce(headline(number))
    assert ids(db, order="id") == [1, 3, 4, 2, 5]

    db.execute("DELETE FROM article WHERE id = 3")
    assert ids(db, order="id", after=3) == [4, 2, 5]
    with transaction(db):
        merge(db, 2, 4)
    assert ids(db, order="id", after=4) == [2, 5]
    assert ids(db, order="id", after=2) == [5]


deeds = st.sampled_from(["announce", "link", "read page", "walk", "walk", "drop", "merge"])
steps = st.lists(st.tuples(deeds, st.integers(1, 12)), max_size=40)


@given(steps=steps)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_cursor_neither_skips_nor_repeats_whatever_comes_meanwhile(
    db: apsw.Connection,
    source: Source,
    keep: Make,
    headline: Make,
    article: Make,
    link: Make,
    undone: Make,
    steps,
    now: datetime,
) -> None:
    """A walk by id, two at a time, while headlines, links and pages come, go and become one in any order."""
    walked: list[int] = []

    def walk(size: int) -> list[int]:
        return ids(db, order="id", limit=size, after=walked[-1] if walked else None)

    with undone(db):
        for step, number in steps:
            if step == "announce":
                save_headlines(db, source.id, [headline(number)], now)
            elif step == "walk":
                walked += walk(2)
            elif step == "drop":
                db.execute("DELETE FROM article WHERE id = ?", (number,))
            elif step == "merge":
                pair = rows(db, "SELECT id FROM article WHERE id >= ? LIMIT 2", (number,))
                if len(pair) == 2:
                    merge(db, *(each for (each,) in pair))
            else:
                keep(article(number, links=(link(number + 1),) if step == "link" else ()))
        walked += walk(0)

        assert len(set(walked)) == len(walked)
        assert {follow(db, each) for each in walked} >= set(ids(db, limit=0))


def test_another_connection_walks_while_rows_are_added(path: Path, announce: Make, headline: Make) -> None:
    announce(*(headline(number) for number in range(1, 6)))
    reader = open_store(path, read_only=True)
    first = ids(reader, order="id", limit=3)

    announce(*(headline(number) for number in range(6, 9)))

    assert first + ids(reader, order="id", after=first[-1]) == list(range(1, 9))
    reader.close()


@pytest.mark.parametrize("query", ["'; DROP TABLE article; --", '"', "%", "_", "\\", "-", "NULL", "\x00", "a" * 5000])
def test_what_is_typed_is_never_sql(db: apsw.Connection, announce: Make, headline: Make, query: str) -> None:
    announce(headline(1))

    for where in (Text(query), Text(query, "title", prefix=True)):
        assert select_ids(db, where) in ([], [1])
        assert select_ids(db, where, among=[1]) == select_ids(db, where)
    for field in ("tag", "lang", "state"):
        assert select_ids(db, Has(field, query)) == []
    for field in ("source", "story"):
        with pytest.raises(NotFoundError):
            select_ids(db, Has(field, query))
    assert select_ids(db, Since(datetime(1, 1, 1, tzinfo=UTC))) == [1]
