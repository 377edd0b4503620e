"""Ranked search: headline before text, often before seldom, new before old, and every script alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import pytest

from newsreader.query import parse
from newsreader.store import ranking
from newsreader.store.ranking import search

Make = Callable[..., Any]
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def found(db: apsw.Connection, query: str, limit: int = 0, order: str = "rank") -> list[int]:
    return [hit.entry.id for hit in search(db, parse(query, NOW, {}), limit, order)]


@pytest.fixture
def port(keep: Make, article: Make) -> None:
    keep(article(1, "The ferry is mentioned once here, and then no more of it is said.", title="A day at the port"))
    keep(article(2, "The ferry left. The ferry came back. The ferry left again.", title="A day at sea"))
    keep(article(3, "It was late once more.", title="The ferry is late"))
    keep(article(4, "Nothing of that kind.", title="A day in the hills"))
    keep(article(5, "連絡船が港を出た。", title="港の一日"))
    keep(article(6, "今日も連絡船は来ない。連絡船は氷の中だ。", title="連絡船、氷に閉ざされる"))


@pytest.mark.usefixtures("port")
def test_the_headline_tells_most_then_how_often(db: apsw.Connection) -> None:
    assert found(db, "ferry") == [3, 2, 1]
    assert found(db, "連絡船") == [6, 5]


@pytest.mark.usefixtures("port")
def test_scores_are_between_0_and_1_and_fall(db: apsw.Connection) -> None:
    scores = [hit.score for hit in search(db, parse("ferry OR 港", NOW, {}), 0)]

    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


@pytest.mark.usefixtures("port")
def test_of_two_equal_finds_the_newer_is_first(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(7, "It was late once more.", title="The ferry is late", published=NOW - timedelta(days=300)))

    assert found(db, "title:ferry") == [3, 7]


@pytest.mark.usefixtures("port")
def test_a_rare_word_tells_more_than_a_common_one(db: apsw.Connection, keep: Make, article: Make) -> None:
    for number in range(10, 30):
        keep(article(number, "The ferry sails.", title=f"Timetable {number}"))
    keep(article(40, "The walrus and the ferry.", title="Walrus"))
    keep(article(41, "The ferry and a walrus.", title="Ferry"))

    assert found(db, "walrus ferry") == [27, 28]


@pytest.mark.usefixtures("port")
def test_by_date_the_score_does_not_count(db: apsw.Connection) -> None:
    assert found(db, "ferry", order="newest") == [3, 2, 1]
    assert found(db, "ferry", order="oldest") == [1, 2, 3]
    assert found(db, "is:unread", 2) == [6, 5]


@pytest.mark.usefixtures("port")
def test_snippets_show_where_it_was_found(db: apsw.Connection) -> None:
    (hit,) = search(db, parse("氷の中", NOW, {}), 0)

    assert hit.snippet == (("今日も連絡船は来ない。連絡船は", False), ("氷の中", True), ("だ。", False))


@pytest.mark.usefixtures("port")
def test_what_is_beyond_the_weighed_comes_behind_by_date(
    db: apsw.Connection, keep: Make, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "_WEIGHED", 2)
    monkeypatch.setattr(ranking, "_TITLED", 1)
    keep(article(7, "The ferry sank.", title="The last ferry", published=NOW - timedelta(days=900)))
    keep(article(8, "A ferry was built.", title="The yard", published=NOW - timedelta(days=800)))

    assert found(db, "ferry") == [3, 2, 1, 8, 7]
    assert found(db, "ferry", 3) == [3, 2, 1]


def test_what_waits_to_be_made_an_article_is_found_as_well(db: apsw.Connection, announce: Make, headline: Make) -> None:
    announce(headline(1, title="The ferry is late"), headline(2, title="連絡船が遅れる", summary="氷のため"))

    assert found(db, "ferry") == [1]
    assert found(db, "氷") == [2]
    assert found(db, "-ferry") == [2]
