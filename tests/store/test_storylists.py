"""Lists of stories: which ones, in which order, with which articles, whatever their number."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import pytest

from newsreader.dates import Day
from newsreader.errors import NotFoundError
from newsreader.model.news import Source, Story
from newsreader.model.query import EVERYTHING, Is, Query
from newsreader.query import parse
from newsreader.store import storylists
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import rows
from newsreader.store.lists import Filter
from newsreader.store.sources import add_source
from newsreader.store.storylists import StoryFilter, leading, list_news, list_stories, load_story

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

Make = Callable[..., Any]


def asked(query: str) -> Query:
    return parse(query, NOW, {})


def ids(db: apsw.Connection, query: str = "", **options: Any) -> list[int]:
    return [story.id for story in list_stories(db, StoryFilter(asked(query), **options))]


@pytest.fixture
def day(announce: Make, headline: Make, tell: Make) -> None:
    """Ten articles, 10 the newest; stories 1 (of 1, 4, 9), 2 (of 2, 3) and 5 (of 5, 6, 7, 8); 10 stands alone."""
    announce(*(headline(number) for number in range(1, 11)))
    tell(1, 4, 9, title="Ferry in the ice")
    tell(2, 3, title="港の氷")
    tell(5, 6, 7, 8, title="Mayor of Port Oller resigns")


@pytest.fixture(params=["few", "many"])
def _found(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to the stories of a query, the one for few articles and the one for many."""
    monkeypatch.setattr(storylists, "_FEW", 2000 if request.param == "few" else 0)


@pytest.mark.usefixtures("day")
def test_stories_stand_in_the_order_of_their_newest_article(db: apsw.Connection) -> None:
    assert ids(db) == [1, 5, 2]
    assert ids(db, order="largest") == [5, 1, 2]
    assert ids(db, limit=2) == [1, 5]
    assert ids(db, min_size=3) == [1, 5]


@pytest.mark.usefixtures("day", "_found")
def test_an_article_that_stands_alone_is_a_story_of_one(db: apsw.Connection) -> None:
    assert ids(db, min_size=1) == [10, 1, 5, 2]
    assert ids(db, min_size=1, order="largest") == [5, 1, 2, 10]
    assert ids(db, min_size=1, limit=3, order="largest") == [5, 1, 2]
    assert ids(db, "-is:later", min_size=1, limit=0) == [10, 1, 5, 2]

    (alone, *_) = list_stories(db, StoryFilter(min_size=1))
    assert (alone.title, alone.articles, alone.following) == ("Headline 10", (10,), False)


@pytest.mark.usefixtures("day", "_found")
def test_a_story_is_chosen_by_any_of_its_articles_and_shows_all(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET starred_at = 1 WHERE id IN (3, 5, 10)")

    assert ids(db, "is:starred") == [5, 2]
    assert ids(db, "is:starred", min_size=1) == [10, 5, 2]
    assert ids(db, "is:starred", min_size=1, order="largest") == [5, 2, 10]
    assert ids(db, "is:starred", min_size=1, limit=1) == [10]
    assert ids(db, "-is:starred", limit=0) == [1, 5, 2]
    assert ids(db, "headline", limit=2) == [1, 5]
    assert list_stories(db, StoryFilter(Is("starred")))[0].articles == (5, 6, 7, 8)


@pytest.mark.usefixtures("day", "_found")
def test_a_hidden_article_is_in_no_story_that_is_shown(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET hidden_by = 'you' WHERE id IN (9, 3, 10)")

    assert ids(db) == [5, 1]  # by article 4, since 9 is hidden
    assert ids(db, min_size=1) == [5, 1, 2]
    assert load_story(db, 1).articles == (1, 4)
    assert ids(db, "is:hidden", min_size=1) == [1, 2]  # they have articles that are hidden, and others
    with pytest.raises(NotFoundError, match="nothing to show of story 10"):
        load_story(db, 10)


@pytest.mark.usefixtures("day")
def test_all_stories_together_are_a_partition_of_what_lists_show(db: apsw.Connection) -> None:
    every = list_stories(db, StoryFilter(min_size=1, limit=0))

    assert sorted(article for story in every for article in story.articles) == list(range(1, 11))


def test_sources_are_told_once_in_the_order_of_their_reports(
    db: apsw.Connection, announce: Make, headline: Make, tell: Make, keep: Make, article: Make
) -> None:
    gazette = add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed"))
    save_headlines(db, gazette.id, [headline(2, url="https://gazette.example/2")], NOW)
    announce(headline(1), headline(3))
    brought = keep(article(4, url="https://lantern.example/4"))
    tell(1, 2, 3, brought)

    assert load_story(db, 1).sources == ("Harbour Post", "Hill Gazette", "lantern.example")


def test_a_story_tells_when_it_began_and_when_it_was_last_told(
    db: apsw.Connection, announce: Make, headline: Make, tell: Make
) -> None:
    day = Day(2026, 3, 2, tzinfo=UTC)
    ahead = NOW + timedelta(days=900)  # a clock that runs wrong
    announce(headline(1, published=day), headline(2), headline(3, published=None), headline(4, published=ahead))
    tell(1, 2)
    tell(3, 4)

    first, second = load_story(db, 1), load_story(db, 3)
    assert (first.first_seen, type(first.first_seen), first.last_seen) == (day, Day, headline(2).published)
    assert (second.first_seen, second.last_seen) == (NOW, NOW)


@pytest.mark.usefixtures("day")
def test_of_a_followed_story_it_is_told_how_much_is_new(db: apsw.Connection) -> None:
    db.execute("UPDATE story SET followed_at = 1, visited = 4 WHERE id = 1")

    assert (load_story(db, 1).following, load_story(db, 1).new) == (True, 1)
    assert (load_story(db, 5).following, load_story(db, 5).new) == (False, 0)


def of_page(db: apsw.Connection, query: str = "", **options: Any) -> list[tuple[int, int]]:
    return [(entry.id, story.id) for entry, story in leading(db, Filter(asked(query), **options))]


@pytest.mark.usefixtures("day")
def test_the_first_entry_of_each_story_stands_for_it(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET read_at = 1 WHERE id IN (9, 7)")

    assert of_page(db) == [(10, 10), (9, 1), (8, 5), (3, 2)]
    assert of_page(db, "is:unread") == [(10, 10), (8, 5), (4, 1), (3, 2)]
    assert of_page(db, "title:headline", limit=2) == [(10, 10), (9, 1)]
    assert of_page(db, order="oldest") == [(1, 1), (2, 2), (5, 5), (10, 10)]
    assert of_page(db, limit=0) == of_page(db)


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("order", ["newest", "oldest", "id"])
@pytest.mark.parametrize("query", ["", "is:unread", "headline"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_repeat_no_story_and_skip_none(db: apsw.Connection, query: str, order: str, size: int) -> None:
    db.execute("UPDATE article SET read_at = 1 WHERE id IN (9, 7, 1)")
    walked: list[tuple[int, int]] = []
    while page := of_page(db, query, limit=size, order=order, after=walked[-1][0] if walked else None):
        walked += page

    assert walked == of_page(db, query, limit=0, order=order)


def test_a_story_of_very_many_articles_hides_no_other(
    db: apsw.Connection, announce: Make, headline: Make, tell: Make
) -> None:
    announce(*(headline(number) for number in range(1, 501)))
    tell(*range(3, 501))

    assert of_page(db, limit=3) == [(500, 3), (2, 2), (1, 1)]
    assert ids(db, min_size=1) == [3, 2, 1]


@pytest.mark.usefixtures("day")
def test_news_come_by_how_many_tell_them(db: apsw.Connection) -> None:
    db.execute("UPDATE counter SET value = 6 WHERE name = 'visited'")  # 7, 8, 9 and 10 are new

    assert list_news(db, asked("since:last"), 0) == [5, 1, 10]
    assert list_news(db, asked("since:last"), 2) == [5, 1]
    assert list_news(db, EVERYTHING, 0) == [5, 1, 2, 10]


def cost_of(db: apsw.Connection, read: Callable[[], Any]) -> int:
    """Steps of SQLite's virtual machine, which do not depend on the machine."""
    counted = 0

    def count() -> bool:
        nonlocal counted
        counted += 1
        return False

    read()
    db.set_progress_handler(count, 1)
    read()
    db.set_progress_handler(None, 1)
    return counted


def test_a_page_of_stories_costs_the_same_in_a_larger_store(
    db: apsw.Connection, announce: Make, headline: Make, tell: Make
) -> None:
    costs: list[list[int]] = []
    for start, stop in ((1, 100), (100, 1500)):
        announce(*(headline(number) for number in range(start, stop)))
        for first in range(start, stop - 3, 3):
            tell(first, first + 1)
        costs.append(
            [
                cost_of(db, lambda: list_stories(db, StoryFilter(limit=10))),
                cost_of(db, lambda: list_stories(db, StoryFilter(limit=10, min_size=1))),
                cost_of(db, lambda: leading(db, Filter(limit=10))),
            ]
        )

    assert all(after <= before * 1.2 for before, after in zip(*costs, strict=True)), costs


def test_the_walks_neither_scan_nor_sort(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storylists, "_FEW", -1)
    plans: list[str] = []

    def explained(db: apsw.Connection, sql: str, bindings: Any = ()) -> list[Any]:
        plans.extend(str(found[-1]) for found in rows(db, f"EXPLAIN QUERY PLAN {sql}", bindings))
        return rows(db, sql, bindings)

    monkeypatch.setattr(storylists, "rows", explained)
    for query in ("", "is:unread", "ferry"):
        for size in (1, 2):
            list_stories(db, StoryFilter(asked(query), min_size=size))

    assert not any("ORDER BY" in step for step in plans), plans
    assert not any(step.startswith("SCAN") and "INDEX" not in step for step in plans), plans


def test_an_empty_store_has_no_stories(db: apsw.Connection) -> None:
    assert list_stories(db, StoryFilter(min_size=1)) == []
    assert leading(db, Filter()) == []
    assert list_news(db, EVERYTHING, 0) == []
    with pytest.raises(NotFoundError):
        load_story(db, 1)


def test_a_story_of_a_damaged_store_without_a_row_has_a_headline_of_its_own(
    db: apsw.Connection, announce: Make, headline: Make
) -> None:
    announce(headline(1), headline(2))
    db.execute("UPDATE article SET story = 1")

    (story,) = list_stories(db, StoryFilter(min_size=1))
    assert isinstance(story, Story)
    assert (story.title, story.articles) == ("Headline 1", (1, 2))
