"""Following a story: a mark of its own, that survives what happens to articles."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import apsw
import pytest

from newsreader.errors import NotFoundError
from newsreader.store.connection import rows
from newsreader.store.following import follow, newest_arrival, record_story_visit, unfollow, unseen
from newsreader.store.stories import find_story
from newsreader.store.storylists import load_story
from newsreader.store.terms import save_terms

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

Make = Callable[..., Any]


@pytest.fixture
def day(announce: Make, headline: Make, tell: Make) -> None:
    """Four articles; 1 and 2 tell one story, 3 and 4 stand alone."""
    announce(*(headline(number) for number in range(1, 5)))
    tell(1, 2)


pytestmark = pytest.mark.usefixtures("day")


def stories(db: apsw.Connection) -> list[tuple[Any, ...]]:
    return rows(db, "SELECT id, size, followed_at IS NOT NULL, visited FROM story ORDER BY id")


def test_a_story_is_followed_once(db: apsw.Connection) -> None:
    assert follow(db, 1, NOW)
    assert not follow(db, 1, NOW)
    assert stories(db) == [(1, 2, 1, 4)]

    assert unfollow(db, 1)
    assert not unfollow(db, 1)
    assert stories(db) == [(1, 2, 0, 4)]


def test_the_story_of_an_article_that_stands_alone_can_be_followed(db: apsw.Connection) -> None:
    save_terms(db, 3, {"ferry": 1.0, "ice": 0.5})

    assert follow(db, 3, NOW)

    assert stories(db)[1] == (3, 1, 1, 4)
    assert load_story(db, find_story(db, "3")).following
    told = "SELECT s.title, s.length = t.length, s.terms = t.ids, s.counts FROM story s JOIN article_terms t"
    assert rows(db, f"{told} ON t.article = s.id WHERE s.id = 3") == [("Headline 3", 1, 1, "[1,1]")]


def test_what_is_no_longer_followed_stands_alone_again(db: apsw.Connection) -> None:
    follow(db, 3, NOW)

    assert unfollow(db, 3)

    assert [story for story, *_ in stories(db)] == [1]
    assert rows(db, "SELECT story FROM article WHERE id = 3") == [(None,)]


def test_a_followed_story_outlives_its_articles_until_it_is_unfollowed(db: apsw.Connection) -> None:
    follow(db, 1, NOW)
    db.execute("DELETE FROM article WHERE id IN (1, 2)")
    assert stories(db) == [(1, 0, 1, 4)]

    assert unfollow(db, find_story(db, "1"))
    assert stories(db) == []


def test_an_article_that_is_hidden_can_be_unfollowed(db: apsw.Connection) -> None:
    follow(db, 3, NOW)
    db.execute("UPDATE article SET hidden_by = 'you' WHERE id = 3")

    assert unfollow(db, 3)
    assert [story for story, *_ in stories(db)] == [1]


def test_what_does_not_exist_cannot_be_followed(db: apsw.Connection) -> None:
    for story_id in (2, 99):  # 2 is an article of another story
        with pytest.raises(NotFoundError, match=f"There is no story {story_id}"):
            follow(db, story_id, NOW)
    assert not unfollow(db, 99)


def test_what_came_since_the_last_look_at_a_followed_story_is_new(
    db: apsw.Connection, announce: Make, headline: Make
) -> None:
    follow(db, 1, NOW)
    announce(headline(5), headline(6))
    db.execute("UPDATE article SET story = 1 WHERE id IN (5, 6)")
    assert unseen(db, 1, (1, 2, 5, 6)) == {5, 6}

    record_story_visit(db, 1, newest_arrival(db, [1, 5]))
    assert unseen(db, 1, (1, 2, 5, 6)) == {6}
    record_story_visit(db, 1, newest_arrival(db, []))  # a visit never goes back
    assert unseen(db, 1, (1, 2, 5, 6)) == {6}


def test_of_other_stories_is_new_what_came_since_the_last_visit(db: apsw.Connection) -> None:
    db.execute("UPDATE counter SET value = 1 WHERE name = 'visited'")

    assert unseen(db, 1, (1, 2)) == {2}
    assert unseen(db, 3, (3,)) == {3}
