"""Marks: set, taken, and all or nothing."""

from datetime import datetime, timedelta

import apsw
import pytest

from newsreader.errors import NotFoundError
from newsreader.store.connection import rows
from newsreader.store.entries import load_entry
from newsreader.store.marks import mark


def marks_of(db: apsw.Connection, article_id: int) -> tuple[bool, bool, bool]:
    entry = load_entry(db, article_id)
    return entry.read, entry.starred, entry.later


def test_marks_are_set_and_taken_each_alone(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1))

    assert mark(db, [1], read=True, later=True, now=now) == 1
    assert marks_of(db, 1) == (True, False, True)
    assert mark(db, [1], later=False, starred=True, now=now) == 1
    assert marks_of(db, 1) == (True, True, False)


def test_a_mark_that_is_set_changes_nothing(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1), headline(2))
    mark(db, [1], read=True, now=now)

    assert mark(db, [1, 2], read=True, now=now + timedelta(hours=1)) == 1
    assert rows(db, "SELECT read_at FROM article WHERE id = 1") == [(int(now.timestamp()),)]


def test_nothing_asked_changes_nothing(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1))

    assert mark(db, [1], now=now) == 0


def test_one_article_that_is_not_there_leaves_all_as_they_were(
    db: apsw.Connection, announce, headline, now: datetime
) -> None:
    announce(headline(1))

    with pytest.raises(NotFoundError):
        mark(db, [1, 99], read=True, now=now)

    assert marks_of(db, 1) == (False, False, False)
