"""What is not kept for ever goes, and nothing else; sources do not bring it back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import pytest

from newsreader.errors import NotFoundError
from newsreader.model.article import Article, Link
from newsreader.model.changes import Change
from newsreader.model.keep import Keep, SourceKeep
from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import load_links, save_article
from newsreader.store.connection import row, rows
from newsreader.store.entries import load_entry
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark
from newsreader.store.mending import CHECKS, rebuild_index
from newsreader.store.retention import Limits, Surplus, drop, find_surplus, forget_dropped
from newsreader.store.sources import add_source

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ALL = Keep(unread=False)


@pytest.fixture
def old(db: apsw.Connection, announce: Callable[..., list[int]], headline: Callable[..., Headline]) -> list[int]:
    """Ten articles that were read: the first is ten days old, the last one day. Their ids are 1 to 10."""
    ids = announce(*(headline(n, published=NOW - timedelta(days=11 - n, hours=1)) for n in range(1, 11)))
    db.execute("UPDATE article SET read_at = 1")
    rebuild_index(db)
    return ids


def beyond(db: apsw.Connection, keep: Keep, own: dict[int, SourceKeep] | None = None) -> list[int]:
    return sorted(article for found in find_surplus(db, Limits(keep, own or {}), NOW) for article in found.ids)


def ids(db: apsw.Connection) -> list[int]:
    return sorted(entry.id for entry in list_entries(db, Filter(limit=0)))


def failing(db: apsw.Connection) -> list[str]:
    return [check.name for check in CHECKS if check.count(db)]


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize(
    ("keep", "gone"),
    [
        (Keep(), []),
        (Keep(days=7), [1, 2, 3, 4]),
        (Keep(days=1000), []),
        (Keep(articles=4), [1, 2, 3, 4, 5, 6]),
        (Keep(articles=10), []),
        (Keep(per_source=9), [1]),
        (Keep(days=7, articles=4), [1, 2, 3, 4, 5, 6]),
    ],
)
def test_what_is_beyond_a_limit_would_go(db: apsw.Connection, keep: Keep, gone: list[int]) -> None:
    assert beyond(db, keep) == gone
    assert len(ids(db)) == 10


@pytest.mark.usefixtures("old")
def test_each_article_is_told_once_with_its_limit_and_source(db: apsw.Connection) -> None:
    found = find_surplus(db, Limits(Keep(days=7, articles=4)), NOW)

    assert found == [
        Surplus("Harbour Post", "older than 7 days", [1, 2, 3, 4]),
        Surplus("Harbour Post", "beyond the newest 4", [5, 6]),
    ]


@pytest.mark.parametrize(
    ("sql", "keep"),
    [
        ("UPDATE article SET starred_at = 1 WHERE id = 2", ALL),
        ("UPDATE article SET later_at = 1 WHERE id = 2", ALL),
        ("UPDATE article SET read_at = NULL WHERE id = 2", Keep()),
        (
            "INSERT INTO story (id, title, followed_at) VALUES (2, '', 1); UPDATE article SET story = 2 WHERE id = 2",
            ALL,
        ),
    ],
    ids=["starred", "later", "unread", "followed"],
)
def test_what_the_user_marked_never_goes(db: apsw.Connection, old: list[int], sql: str, keep: Keep) -> None:
    db.execute(sql)

    for limits in (keep._replace(days=1), keep._replace(articles=1), keep._replace(per_source=1)):
        assert 2 not in beyond(db, limits)
        assert 3 in beyond(db, limits)
    assert drop(db, old, keep, NOW) == 9
    assert ids(db) == [2]


@pytest.mark.usefixtures("old")
def test_what_the_user_tagged_stays_however_long_ago_and_what_a_publisher_or_a_rule_tagged_does_not(
    db: apsw.Connection,
) -> None:
    mark(db, [2], Change("tag", True, "mine"), "you", NOW)
    mark(db, [3], Change("tag", True, "mine"), "rule all", NOW)
    mark(db, [4], Change("tag", True, "mine"), "you", NOW)
    mark(db, [4], Change("tag", False, "mine"), "you", NOW)
    for _ in range(150):
        mark(db, [9], Change("later", True, ""), "you", NOW)
        mark(db, [9], Change("later", False, ""), "you", NOW)

    assert beyond(db, Keep(days=6)) == [1, 3, 4, 5]


@pytest.mark.usefixtures("old")
def test_unread_articles_go_where_that_is_set_and_hidden_ones_are_as_good_as_read(db: apsw.Connection) -> None:
    db.execute("UPDATE article SET read_at = NULL; UPDATE article SET hidden_by = 'rule quiz' WHERE id = 2")

    assert beyond(db, Keep(days=7, unread=False)) == [1, 2, 3, 4]
    assert beyond(db, Keep(days=7)) == [2]


@pytest.mark.usefixtures("old")
def test_a_source_may_have_limits_of_its_own(db: apsw.Connection, headline: Callable[..., Headline]) -> None:
    other = add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed")).id
    told = [headline(n, published=NOW - timedelta(days=31 - n, hours=1)) for n in range(21, 31)]
    save_headlines(db, other, told, NOW)
    db.execute("UPDATE article SET read_at = 1")

    assert beyond(db, Keep(days=7), {other: SourceKeep(days=9)}) == [1, 2, 3, 4, 11, 12]
    assert beyond(db, Keep(days=7), {other: SourceKeep(days=0)}) == [1, 2, 3, 4]
    assert beyond(db, Keep(), {other: SourceKeep(articles=8)}) == [11, 12]
    assert beyond(db, Keep(per_source=9), {other: SourceKeep(articles=0)}) == [1]
    assert Limits(Keep(), {other: SourceKeep(days=3)})
    assert not Limits(Keep(), {other: SourceKeep(days=0)})


@pytest.mark.usefixtures("old")
def test_an_article_goes_with_all_that_belongs_to_it(db: apsw.Connection) -> None:
    assert drop(db, [1, 2, 3, 4], Keep(), NOW) == 4

    assert ids(db) == [5, 6, 7, 8, 9, 10]
    for table in ("announcement", "article_url", "feed_text"):
        assert rows(db, f"SELECT * FROM {table} WHERE article < 5") == []
    assert failing(db) == []
    with pytest.raises(NotFoundError):
        load_entry(db, 1)


def test_many_go_in_several_transactions(db: apsw.Connection, announce: Any, headline: Any) -> None:
    announced = announce(*(headline(n) for n in range(1, 131)))

    assert drop(db, announced, ALL, NOW) == 130

    assert ids(db) == []
    assert failing(db) == []


@pytest.mark.usefixtures("old")
def test_what_was_starred_meanwhile_stays(db: apsw.Connection) -> None:
    (found,) = find_surplus(db, Limits(Keep(days=7)), NOW)
    db.execute("UPDATE article SET starred_at = 1 WHERE id = 3")

    assert drop(db, found.ids, Keep(days=7), NOW) == 3
    assert 3 in ids(db)


@pytest.mark.usefixtures("old")
def test_links_to_an_article_that_went_keep_their_words(
    db: apsw.Connection, article: Callable[..., Article], link: Callable[..., Link]
) -> None:
    save_article(db, article(10, "A whole text.", links=(link(2),)), None, NOW)

    drop(db, [2], Keep(), NOW)

    (stored,) = load_links(db, 10)
    assert (stored.link.url, stored.link.title, stored.id) == ("https://post.example/2", "Headline 2", None)


@pytest.mark.usefixtures("old")
def test_what_was_known_only_by_a_link_of_it_goes_along(
    db: apsw.Connection, article: Callable[..., Article], link: Callable[..., Link]
) -> None:
    save_article(db, article(1, "A whole text.", links=(link(50), link(51), link(10))), None, NOW)
    save_article(db, article(9, "Another text.", links=(link(51),)), None, NOW)

    drop(db, [1], Keep(), NOW)

    assert rows(db, "SELECT url FROM article WHERE arrival IS NULL") == [("https://post.example/51",)]
    assert 10 in ids(db)


@pytest.mark.usefixtures("old")
def test_a_source_that_still_announces_it_does_not_bring_it_back(
    db: apsw.Connection, source: Source, headline: Callable[..., Headline]
) -> None:
    drop(db, [1, 2], Keep(), NOW)

    saved = save_headlines(db, source.id, [headline(1), headline(2, title="Edited"), headline(3), headline(40)], NOW)

    assert ids(db) == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert saved.new == [11]


@pytest.mark.usefixtures("old")
def test_it_is_remembered_for_half_a_year_after_it_was_last_announced(
    db: apsw.Connection, source: Source, headline: Callable[..., Headline]
) -> None:
    drop(db, [1, 2], Keep(), NOW)
    late = NOW + timedelta(days=100)
    save_headlines(db, source.id, [headline(1)], late)

    forget_dropped(db, NOW + timedelta(days=190))

    assert rows(db, "SELECT key FROM dropped") == [("post.example/1",)]
    save_headlines(db, source.id, [headline(1), headline(2)], NOW + timedelta(days=190))
    assert [entry.url for entry in list_entries(db, Filter()) if entry.id > 10] == ["https://post.example/2"]


@pytest.mark.usefixtures("old")
def test_it_comes_back_where_somebody_asks_for_it(
    db: apsw.Connection, source: Source, article: Callable[..., Article], headline: Callable[..., Headline]
) -> None:
    drop(db, [1], Keep(), NOW)

    back = save_article(db, article(1, "Read again."), None, NOW).id
    saved = save_headlines(db, source.id, [headline(1, title="Edited")], NOW)

    assert back == 11
    assert back in ids(db)
    assert saved.ids == [back]


@pytest.mark.usefixtures("old")
def test_an_article_that_was_dropped_and_is_only_linked_to_is_not_listed(
    db: apsw.Connection, source: Source, article: Callable[..., Article], link: Callable[..., Link], headline: Any
) -> None:
    drop(db, [1], Keep(), NOW)
    save_article(db, article(10, "A whole text.", links=(link(1),)), None, NOW)

    save_headlines(db, source.id, [headline(1)], NOW)

    assert len(ids(db)) == 9


@pytest.mark.usefixtures("old")
def test_changes_of_marks_go_with_the_last_article_that_they_changed(db: apsw.Connection) -> None:
    db.execute("""INSERT INTO change (at, by, mark, value, undo) VALUES (1, 'you', 'read', 'yes', 'yes');
    INSERT INTO changed (change, article) VALUES (1, 1), (1, 9)""")

    drop(db, [1], Keep(), NOW)
    assert row(db, "SELECT count(*) FROM change") == (1,)
    drop(db, [9], Keep(), NOW)
    assert row(db, "SELECT count(*) FROM change") == (0,)


def test_a_story_goes_with_its_last_article(db: apsw.Connection, old: list[int], tell: Callable[..., int]) -> None:
    tell(1, 2)
    assert drop(db, old[:1], ALL, NOW) == 1
    assert rows(db, "SELECT id, size FROM story") == [(1, 1)]

    assert drop(db, old[1:2], ALL, NOW) == 1
    assert rows(db, "SELECT id FROM story") == []
