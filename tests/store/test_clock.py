"""A clock that is put back, or was ahead: nothing is lost, and lists stay in a sane order."""

from datetime import timedelta
from typing import Any

import pytest

from newsreader.model.changes import YOU, Change
from newsreader.store.connection import open_store, rows
from newsreader.store.journal import undo
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark

BACK = timedelta(days=400)
JSON = ("--json", "--fields", "id,title,read", "--limit", "0")


def listed(program: Any, *options: str) -> list[tuple[Any, ...]]:
    import json

    return [tuple(article.values()) for article in json.loads(program("list", *options, *JSON).out)["articles"]]


def test_a_clock_that_jumps_back_between_two_fetches_loses_nothing(
    newsreader: Any, demo_site: str, now: Any, faults_of: Any
) -> None:
    newsreader("add", demo_site, now=now)
    newsreader("fetch", now=now)
    newsreader("read", "1", now=now)
    before = listed(newsreader)
    newsreader("add", f"{demo_site}ja/", now=now - BACK)

    assert newsreader("fetch", now=now - BACK).status == 0

    after = listed(newsreader)
    assert set(before) < set(after)
    assert [article for article in after if article in before] == before
    walked = listed(newsreader, "--order", "id")
    assert walked[: len(before)] == sorted(before)
    assert len(walked) == len(after)
    assert faults_of(newsreader.store) == []


def test_a_source_is_asked_again_though_the_clock_was_years_ahead(newsreader: Any, demo_site: str, now: Any) -> None:
    newsreader("add", demo_site, now=now + BACK)
    assert "Nothing is due" not in newsreader("fetch", now=now + BACK).err

    assert "Nothing is due" not in newsreader("fetch", now=now).err
    assert "Nothing is due" in newsreader("fetch", now=now).err


def test_articles_without_a_date_that_come_after_the_clock_was_put_back_stand_by_that_clock(
    db: Any, announce: Any, headline: Any, source: Any, now: Any
) -> None:
    """Nothing can be known of their time but what the clock said; the list by id is in the order in which they came."""
    from newsreader.store.announcing import save_headlines

    announce(headline(1, published=None), headline(2, published=None))
    save_headlines(db, source.id, [headline(3, published=None), headline(4)], now - BACK)

    assert [entry.id for entry in list_entries(db, Filter())] == [1, 2, 3, 4]
    assert [entry.id for entry in list_entries(db, Filter(order="id"))] == [1, 2, 3, 4]


def test_undo_takes_back_the_last_change_whatever_the_clock_said(
    db: Any, announce: Any, headline: Any, now: Any
) -> None:
    announce(headline(1))
    mark(db, [1], Change("starred"), YOU, now)
    mark(db, [1], Change("read"), YOU, now - BACK)

    undone = undo(db)

    assert undone
    assert undone.change.mark == "read"
    assert rows(db, "SELECT read_at, starred_at IS NOT NULL FROM article") == [(None, 1)]


@pytest.mark.parametrize("since", ["last", "2h"])
def test_times_of_queries_bear_a_clock_that_was_put_back(newsreader: Any, demo_site: str, now: Any, since: str) -> None:
    newsreader("add", demo_site, now=now)
    newsreader("fetch", now=now)

    assert newsreader("list", "--since", since, now=now - BACK).status == 0
    db = open_store(newsreader.store)
    assert rows(db, "SELECT count(*) FROM article WHERE moment > first_seen_at") == [(0,)]
    db.close()
