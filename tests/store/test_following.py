"""Following a story: a mark of its own, that survives what happens to articles."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import apsw
import pytest

from newsreader.errors import NotFoundError
from newsreader.model.query import Is
from newsreader.query import parse
from newsreader.store.connection import rows
from newsreader.store.following import follow, newest_arrival, record_story_visit, unfollow, unseen
from newsreader.store.lists import Filter, count_entries, list_entries, select_ids
from newsreader.store.merging import merge
from newsreader.store.ranking import search
from newsreader.store.stories import find_story
from newsreader.store.storylists import StoryFilter, list_stories, load_story
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


def test_a_story_that_says_nothing_has_a_headline_all_the_same(db: apsw.Connection) -> None:
    follow(db, 4, NOW)

    assert rows(db, "SELECT title FROM story WHERE id = 4") == [("Headline 4",)]


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


def test_what_is_followed_is_a_part_of_queries(db: apsw.Connection) -> None:
    follow(db, 1, NOW)
    follow(db, 3, NOW)

    def ids(query: str, order: str = "newest") -> list[int]:
        where = parse(query, NOW, {})
        found = [entry.id for entry in list_entries(db, Filter(where, order=order))]
        assert count_entries(db, where) == len(found)
        assert select_ids(db, where) == sorted(found)
        assert select_ids(db, where, among=[1, 2, 3, 4]) == sorted(found)
        return found

    assert ids("is:followed") == [3, 2, 1]
    assert ids("is:followed", "oldest") == ids("is:followed", "id") == [1, 2, 3]
    assert ids("-is:followed") == [4]
    assert ids("is:followed headline") == [3, 2, 1]
    assert ids("is:followed OR title:4") == [4, 3, 2, 1]
    assert [hit.entry.id for hit in search(db, parse("is:followed headline", NOW, {}), 10, "newest")] == [3, 2, 1]
    assert list_stories(db, StoryFilter(Is("followed"), min_size=1))[0].id == 3


def test_a_story_is_meant_by_any_of_its_articles_and_by_old_ids(db: apsw.Connection) -> None:
    db.execute("INSERT INTO story_moved VALUES (90, 1)")

    def ids(query: str, order: str = "newest") -> list[int]:
        return [entry.id for entry in list_entries(db, Filter(parse(query, NOW, {}), order=order))]

    assert ids("story:1") == ids("story:2") == ids("story:90") == [2, 1]
    assert ids("story:1", "oldest") == ids("story:1", "id") == [1, 2]
    assert ids("story:1", "newest")[:1] == [2]
    assert ids("story:3") == [3]
    assert ids("-story:1") == [4, 3]
    assert ids("story:1 OR story:4") == [4, 2, 1]
    assert ids("story:1 headline") == [2, 1]
    assert find_story(db, "https://post.example/2") == 1
    with pytest.raises(NotFoundError):
        find_story(db, "9" * 30)


def test_two_articles_that_are_one_are_in_one_story(db: apsw.Connection) -> None:
    follow(db, 3, NOW)

    merge(db, 2, 3)

    assert stories(db) == [(1, 2, 1, 4)]
    assert (find_story(db, "3"), find_story(db, "2")) == (1, 1)


def test_an_article_takes_the_story_of_the_one_that_it_is(db: apsw.Connection, tell: Make) -> None:
    follow(db, tell(3, 4), NOW)
    db.execute("UPDATE article SET story = NULL WHERE id IN (1, 2)")

    merge(db, 1, 3)

    assert stories(db) == [(1, 2, 1, 4)]
    assert load_story(db, find_story(db, "4")).articles == (1, 4)
    assert rows(db, "SELECT id, story FROM story_moved") == [(3, 1)]


def test_an_article_that_stands_alone_stays_in_no_story_when_it_is_another(db: apsw.Connection) -> None:
    merge(db, 3, 4)
    assert stories(db) == [(1, 2, 0, 0)]

    merge(db, 2, 3)
    assert stories(db) == [(1, 2, 0, 0)]
    assert find_story(db, "4") == 1


def test_texts_that_move_to_the_kept_article_let_it_wait_for_its_story(
    db: apsw.Connection, keep: Make, article: Make
) -> None:
    keep(article(4, "The ferry is back."), id=4)
    save_terms(db, 4, {"ferry": 1.0})

    merge(db, 3, 4)

    assert rows(db, "SELECT article FROM unplaced") == [(3,)]
