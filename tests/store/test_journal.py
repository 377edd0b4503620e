"""The journal: every change is taken back exactly, one after the other, and the oldest are forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import apsw
import pytest

from newsreader.model.changes import Change, Recorded
from newsreader.store import journal
from newsreader.store.connection import rows
from newsreader.store.journal import changes_of, count_changed, undo, undoable, untouched
from newsreader.store.marks import mark

NOW = datetime.fromisoformat("2026-03-04T12:00:00+00:00")
CHANGES = [
    *(Change(kind, on=on) for kind in ("read", "starred", "later", "hidden") for on in (True, False)),
    *(Change("tag", text=text, on=on) for text in ("coast", "港") for on in (True, False)),
]


def marks(db: apsw.Connection) -> list[tuple[object, ...]]:
    """Everything that marks consist of, with what is counted of them."""
    return [
        *rows(db, "SELECT id, read_at, starred_at, later_at, hidden_by FROM article ORDER BY id"),
        *rows(db, "SELECT article, tag, position FROM article_tag ORDER BY article, position"),
        *rows(db, "SELECT article, unread FROM announcement ORDER BY article"),
        *rows(db, "SELECT name, value FROM counter ORDER BY name"),
    ]


def test_a_change_tells_who_when_what_and_how_many(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1), headline(2))
    mark(db, [1, 2], Change("tag", text="港"), "you", now)

    assert undoable(db, 10) == [Recorded(now, "you", Change("tag", text="港"), 2)]
    assert undo(db) == Recorded(now, "you", Change("tag", text="港"), 2)
    assert undo(db) is None
    assert undoable(db, 10) == []


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.mark}-{change.on}-{change.text}")
def test_what_stood_there_stands_there_again(
    db: apsw.Connection, announce, headline, now: datetime, change: Change
) -> None:
    announce(headline(1, tags=("Coast", "ferry", "港")), headline(2), headline(3, tags=("ferry",)))
    for hours, kind in enumerate(("read", "starred", "later")):
        mark(db, [1], Change(kind), "you", now - timedelta(hours=hours))
    mark(db, [1], Change("hidden"), "rule no-sport", now, undo=False)
    before = marks(db)

    mark(db, [1, 2, 3], change, "you", now)
    assert marks(db) != before
    assert undo(db) is not None

    assert marks(db) == before


def test_forty_changes_are_taken_back_one_by_one(db: apsw.Connection, announce, headline, now: datetime) -> None:
    ids = announce(*(headline(number, tags=("coast",)) for number in range(8)))
    luck = Random(7)
    stands = [marks(db)]
    while len(stands) <= 40:
        at = now + timedelta(minutes=len(stands))
        if mark(db, luck.sample(ids, 3), luck.choice(CHANGES), "you", at):
            stands.append(marks(db))

    for before in reversed(stands[:-1]):
        assert undo(db)
        assert marks(db) == before
    assert undo(db) is None


def test_a_change_of_nothing_is_not_remembered(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1))
    mark(db, [1], Change("read"), "you", now)

    assert mark(db, [1], Change("read"), "you", now) == 0
    assert len(undoable(db, 10)) == 1


def test_undo_passes_over_what_rules_did(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1))
    mark(db, [1], Change("read"), "you", now)
    mark(db, [1], Change("starred"), "rule harbour", now, undo=False)

    done = undo(db)

    assert done is not None
    assert done.change == Change("read")
    assert rows(db, "SELECT read_at, starred_at IS NOT NULL FROM article") == [(None, 1)]
    assert undo(db) is None


def test_articles_that_are_gone_are_passed_over(
    db: apsw.Connection, announce, headline, article, keep, now: datetime
) -> None:
    announce(headline(1), headline(2), headline(3), headline(4, title="Headline 3"))
    mark(db, [1], Change("read"), "you", now)
    mark(db, [2, 4], Change("read"), "you", now)
    mark(db, [4], Change("starred"), "you", now)
    keep(article(3, url="https://post.example/4"), id=3)
    db.execute("DELETE FROM article WHERE id = 2")

    done = undo(db)  # 4 is 3 now, and 2 is gone: the change before is the newest that can be taken back

    assert done == Recorded(now, "you", Change("read"), 1)
    assert rows(db, "SELECT id, read_at IS NOT NULL, starred_at IS NOT NULL FROM article") == [(1, 0, 0), (3, 1, 1)]


def test_the_oldest_changes_are_forgotten_and_no_mark_with_them(
    db: apsw.Connection, announce, headline, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "KEPT", 10)
    ids = announce(*(headline(number) for number in range(30)))
    mark(db, ids[:1], Change("tag", text="old"), "rule harbour", now, undo=False)
    mark(db, ids[:1], Change("tag", text="older"), "rule harbour", now)
    for number in ids:
        mark(db, [number], Change("read"), "you", now)
    undo(db)

    assert rows(db, "SELECT count(*) FROM change WHERE by = 'you'") == [(10,)]
    assert rows(db, "SELECT undo FROM change WHERE by <> 'you'") == [("no",), ("no",)]
    assert rows(db, "SELECT count(*) FROM changed WHERE change NOT IN (SELECT id FROM change)") == [(0,)]
    assert rows(db, "SELECT count(*) FROM article WHERE read_at IS NOT NULL") == [(29,)]
    assert [bool(undo(db)) for _ in range(10)] == [True] * 9 + [False]


def test_an_article_tells_all_that_was_done_to_it(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1, tags=("Coast",)), headline(2))
    mark(db, [1, 2], Change("hidden"), "rule no-sport", now, undo=False)
    mark(db, [1], Change("hidden", on=False), "you", now)
    mark(db, [1], Change("tag", on=False, text="coast"), "you", now)
    undo(db)

    assert changes_of(db, 1) == [
        Recorded(now, "rule no-sport", Change("hidden", text="rule no-sport"), 1),
        Recorded(now, "you", Change("hidden", on=False), 1),
        Recorded(now, "you", Change("tag", on=False, text="Coast"), 1, taken_back=True),
    ]
    assert count_changed(db, "rule no-sport") == 2


@pytest.mark.parametrize(
    "take_back", [undo, lambda db: mark(db, [1], Change("tag", on=False, text="Coast"), "you", NOW)]
)
def test_a_mark_that_somebody_changed_is_touched(
    db: apsw.Connection, announce, headline, now: datetime, take_back: Callable[[apsw.Connection], object]
) -> None:
    announce(headline(1), headline(2))
    mark(db, [1], Change("tag", text="coast"), "you", now)
    take_back(db)

    assert untouched(db, [1, 2], Change("tag", text="COAST")) == [2]
    assert untouched(db, [1, 2], Change("tag", text="ferry")) == [1, 2]
    assert untouched(db, [1, 2], Change("read")) == [1, 2]
