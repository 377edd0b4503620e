"""Marks: set, taken away, all or nothing, for many articles as for one."""

from datetime import datetime, timedelta

import apsw
import pytest

from newsreader.errors import NotFoundError, UsageError
from newsreader.model.changes import VERBS, Change, parse_change
from newsreader.store.connection import rows
from newsreader.store.marks import count_affected, mark

COLUMNS = ("read_at", "starred_at", "later_at", "hidden_by")


def marks_of(db: apsw.Connection, article_id: int) -> dict[str, object]:
    values = rows(db, f"SELECT {', '.join(COLUMNS)} FROM article WHERE id = ?", (article_id,))[0]
    return {column: value for column, value in zip(COLUMNS, values, strict=True) if value is not None}


def tags_of(db: apsw.Connection, article_id: int) -> list[str]:
    return [
        tag for (tag,) in rows(db, "SELECT tag FROM article_tag WHERE article = ? ORDER BY position", (article_id,))
    ]


def counters(db: apsw.Connection) -> dict[str, int]:
    return dict(rows(db, "SELECT name, value FROM counter WHERE name IN ('listed', 'unread', 'starred', 'hidden')"))


def test_marks_are_set_and_taken_each_alone(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1))
    seconds = int(now.timestamp())

    assert mark(db, [1], Change("read"), "you", now) == 1
    assert mark(db, [1], Change("later"), "you", now) == 1
    assert marks_of(db, 1) == {"read_at": seconds, "later_at": seconds}
    assert mark(db, [1], Change("later", on=False), "you", now) == 1
    assert mark(db, [1], Change("starred"), "you", now) == 1
    assert marks_of(db, 1) == {"read_at": seconds, "starred_at": seconds}


def test_what_is_hidden_names_its_cause(db: apsw.Connection, announce, headline, now: datetime) -> None:
    announce(headline(1), headline(2), headline(3))

    mark(db, [1], Change("hidden"), "you", now)
    mark(db, [2], Change("hidden"), "rule no-sport", now)
    mark(db, [3], Change("hidden", text="seen in print"), "you", now)

    assert [marks_of(db, each)["hidden_by"] for each in (1, 2, 3)] == ["you", "rule no-sport", "seen in print"]
    assert counters(db) == {"listed": 0, "unread": 0, "starred": 0, "hidden": 3}


def test_a_mark_that_is_set_keeps_its_time_and_its_cause(
    db: apsw.Connection, announce, headline, now: datetime
) -> None:
    announce(headline(1), headline(2))
    later = now + timedelta(hours=1)
    mark(db, [1], Change("read"), "you", now)
    mark(db, [1], Change("hidden"), "rule no-sport", now)

    assert mark(db, [1, 2], Change("read"), "you", later) == 1
    assert mark(db, [1, 2], Change("hidden"), "you", later) == 1
    assert marks_of(db, 1) == {"read_at": int(now.timestamp()), "hidden_by": "rule no-sport"}


def test_a_tag_stands_behind_the_others_and_is_there_once_whatever_its_case(
    db: apsw.Connection, announce, headline, now: datetime
) -> None:
    announce(headline(1, tags=("Coast", "ferry")), headline(2))

    assert mark(db, [1, 2], Change("tag", text="港"), "you", now) == 2
    assert mark(db, [1, 2], Change("tag", text="coast"), "you", now) == 1
    assert [tags_of(db, 1), tags_of(db, 2)] == [["Coast", "ferry", "港"], ["港", "coast"]]
    assert mark(db, [1, 2], Change("tag", on=False, text="COAST"), "you", now) == 2
    assert [tags_of(db, 1), tags_of(db, 2)] == [["ferry", "港"], ["港"]]


def test_one_article_that_is_not_there_leaves_all_as_they_were(
    db: apsw.Connection, announce, headline, now: datetime
) -> None:
    announce(headline(1))

    with pytest.raises(NotFoundError, match="99"):
        mark(db, [1, 99], Change("read"), "you", now)

    assert marks_of(db, 1) == {}
    assert rows(db, "SELECT * FROM change") == []


def test_what_would_change_is_counted_and_nothing_is_changed(
    db: apsw.Connection, announce, headline, now: datetime
) -> None:
    announce(headline(1, tags=("coast",)), headline(2))
    mark(db, [1], Change("read"), "you", now)

    assert count_affected(db, [1, 2, 2], Change("read")) == 1
    assert count_affected(db, [1, 2], Change("starred", on=False)) == 0
    assert count_affected(db, [1, 2], Change("tag", on=False, text="Coast")) == 1
    assert marks_of(db, 2) == {}
    with pytest.raises(NotFoundError):
        count_affected(db, [99], Change("read"))


def test_marks_of_ids_that_became_one_article_go_to_the_kept_one(
    db: apsw.Connection, announce, headline, article, keep, now: datetime
) -> None:
    announce(headline(1), headline(2, title="Headline 1"))
    keep(article(1, url="https://post.example/2"), id=1)
    assert rows(db, "SELECT id FROM article") == [(1,)]

    assert mark(db, [2, 1, 2], Change("starred"), "you", now) == 1
    assert set(marks_of(db, 1)) == {"starred_at"}


def test_many_articles_are_marked_in_one_change(db: apsw.Connection, announce, headline, now: datetime) -> None:
    ids = announce(*(headline(number) for number in range(3000)))
    mark(db, ids[:1000], Change("read"), "you", now)

    assert mark(db, ids, Change("read"), "you", now) == 2000
    assert counters(db)["unread"] == 0
    assert rows(db, "SELECT count(*) FROM announcement WHERE unread = 1") == [(0,)]
    assert rows(db, "SELECT change, count(*) FROM changed GROUP BY change") == [(1, 1000), (2, 2000)]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if not verb.endswith("tag")])
def test_every_verb_is_a_change(verb: str) -> None:
    assert parse_change(verb) == VERBS[verb]


@pytest.mark.parametrize("text", ["tag:two words", "tag two words", " tag:  two\twords "])
def test_a_tag_is_told_with_a_colon_or_a_space(text: str) -> None:
    assert parse_change(text) == Change("tag", text="two words")
    assert parse_change(text.replace("tag", "untag")) == Change("tag", on=False, text="two words")


@pytest.mark.parametrize("text", ["", "raed", "READ", "tag", "tag:", "tag: \u200b", "read:x", "star now"])
def test_what_is_no_change_is_told_with_all_that_are(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_change(text)

    assert caught.value.hint == (
        "Changes: read, unread, star, unstar, later, not-later, hide, unhide, tag:NAME, untag:NAME"
    )
