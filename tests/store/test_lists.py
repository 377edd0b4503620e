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
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store
from newsreader.store.headlines import record_failure
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark
from newsreader.store.sources import add_source

Make = Callable[..., Any]


def ids(db: apsw.Connection, **asked: Any) -> list[int]:
    return [entry.id for entry in list_entries(db, Filter(**asked))]


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
    keep(article(1, "Pilots waited 100% of the time.", title="Ferry in the ice", language="en"), id=1)
    record_failure(db, 5, State.GONE, "gone", now)
    mark(db, [1, 2], Change("read"), "you", now)
    mark(db, [2, 6], Change("starred"), "you", now)
    mark(db, [3], Change("later"), "you", now)


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"limit": 2}, [6, 5]),
        ({"limit": 0}, [6, 5, 4, 3, 2, 1]),
        ({"order": "oldest"}, [1, 2, 3, 4, 5, 6]),
        ({"order": "id"}, [1, 2, 3, 4, 5, 6]),
        ({"unread": True}, [6, 5, 4, 3]),
        ({"starred": True}, [6, 2]),
        ({"later": True}, [3]),
        ({"starred": True, "unread": True}, [6]),
        ({"starred": True, "later": True}, []),
        ({"sources": (1,)}, [4, 3, 2, 1]),
        ({"sources": (2,)}, [6, 5, 4]),
        ({"sources": (2,), "order": "oldest"}, [4, 5, 6]),
        ({"sources": (2,), "order": "id"}, [4, 5, 6]),
        ({"sources": (1,), "unread": True}, [4, 3]),
        ({"sources": (1,), "starred": True}, [2]),
        ({"sources": (1, 2)}, [6, 5, 4, 3, 2, 1]),
        ({"sources": (9,)}, []),
        ({"tags": ("hills",)}, [6, 5, 4]),
        ({"tags": ("WEATHER",)}, [1]),
        ({"tags": ("weather", "hills")}, [6, 5, 4, 1]),
        ({"tags": ("coast",), "unread": True}, [4, 3]),
        ({"states": (State.FULL,)}, [1]),
        ({"states": (State.FULL, State.GONE)}, [5, 1]),
        ({"language": "zh"}, [3]),
        ({"language": "zh-TW"}, [3]),
        ({"language": "z"}, []),
        ({"query": "ice"}, [1]),
        ({"query": "港"}, [3, 2]),
        ({"query": "港 -氷"}, [3]),
        ({"query": "café étoile"}, [4]),
        ({"query": '"pilots waited"'}, [1]),
        ({"query": "pilots ferry"}, [1]),
        ({"query": "100%"}, [1]),
        ({"query": "1%"}, []),
        ({"query": '""'}, [6, 5, 4, 3, 2, 1]),
        ({"query": "headline", "sources": (2,), "limit": 1}, [6]),
    ],
)
def test_filters(db: apsw.Connection, asked: dict[str, Any], expected: list[int]) -> None:
    assert ids(db, **asked) == expected


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("sources", [(), (1,)])
def test_times_are_from_and_before(db: apsw.Connection, headline: Make, sources: tuple[int, ...]) -> None:
    moment = headline(3).published

    assert ids(db, since=moment, sources=sources, order="oldest")[0] == 3
    assert ids(db, until=moment, sources=sources) == [2, 1]
    assert ids(db, since=moment, until=moment + timedelta(seconds=1), sources=sources) == [3]


@pytest.mark.usefixtures("day")
def test_what_is_hidden_is_not_listed(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET hidden_by = 'rule: no ice' WHERE id IN (1, 4)")

    assert ids(db) == [6, 5, 3, 2]
    assert ids(db, sources=(1,)) == [3, 2]
    assert ids(db, order="id") == [2, 3, 5, 6]


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("order", ["newest", "oldest", "id"])
@pytest.mark.parametrize("more", [{}, {"sources": (1,)}, {"unread": True}, {"sources": (2,), "unread": True}])
def test_pages_go_on_where_the_one_before_ended(db: apsw.Connection, order: str, more: dict[str, Any]) -> None:
    whole = ids(db, order=order, **more)
    walked: list[int] = []
    while page := ids(db, order=order, limit=2, after=walked[-1] if walked else None, **more):
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


steps = st.lists(st.tuples(st.sampled_from(["announce", "link", "read page", "walk"]), st.integers(1, 12)), max_size=40)


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
    """A walk by id, two at a time, while headlines, links and pages are added in any order."""
    walked: list[int] = []

    def walk(size: int) -> list[int]:
        return ids(db, order="id", limit=size, after=walked[-1] if walked else None)

    with undone(db):
        for step, number in steps:
            if step == "announce":
                save_headlines(db, source.id, [headline(number)], now)
            elif step == "walk":
                walked += walk(2)
            else:
                keep(article(number, links=(link(number + 1),) if step == "link" else ()))
        walked += walk(0)

        assert len(set(walked)) == len(walked)
        assert sorted(walked) == sorted(ids(db, limit=0))


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

    assert ids(db, query=query) in ([], [1])
    assert ids(db, tags=(query,), language=query) == []
    assert ids(db, since=datetime(1, 1, 1, tzinfo=UTC)) == [1]
