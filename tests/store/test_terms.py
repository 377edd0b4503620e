"""Terms and their totals."""

import apsw
import pytest

from newsreader.store.connection import rows
from newsreader.store.terms import document_count, frequencies, load_terms, save_terms, sharing


@pytest.fixture
def terms(db: apsw.Connection, announce, headline) -> None:
    announce(*(headline(number) for number in range(1, 5)))
    save_terms(db, 1, {"ferry": 3.0, "ice": 1.0, "harbour": 1.0})
    save_terms(db, 2, {"ferry": 2.0, "ice": 2.0})
    save_terms(db, 3, {"harbour": 1.0, "budget": 2.0})


@pytest.mark.usefixtures("terms")
def test_totals_are_kept(db: apsw.Connection) -> None:
    assert document_count(db) == 3
    assert frequencies(db, ["ferry", "harbour", "budget", "unknown"]) == {"ferry": 2, "harbour": 2, "budget": 1}
    assert load_terms(db, 1) == {"ferry": 3.0, "harbour": 1.0, "ice": 1.0}


@pytest.mark.usefixtures("terms")
def test_new_terms_replace_old_ones_and_what_was_counted_is_not_counted_again(db: apsw.Connection) -> None:
    """A headline first, its page later."""
    save_terms(db, 2, {"ferry": 1.0, "ice": 3.0, "budget": 1.0})

    assert document_count(db) == 3
    assert frequencies(db, ["ferry", "ice", "budget"]) == {"ferry": 2, "ice": 2, "budget": 2}
    assert load_terms(db, 2) == {"ice": 3.0, "ferry": 1.0, "budget": 1.0}


@pytest.mark.usefixtures("terms")
def test_an_article_without_terms_is_not_counted_and_loses_those_it_had(db: apsw.Connection) -> None:
    save_terms(db, 4, {})
    save_terms(db, 1, {})

    assert document_count(db) == 3
    assert load_terms(db, 1) == load_terms(db, 4) == {}
    assert list(sharing(db, {"ferry": 1.0}, limit=10).candidates) == [2]


@pytest.mark.usefixtures("terms")
def test_a_deleted_article_is_not_found_by_its_terms_and_stays_counted(db: apsw.Connection) -> None:
    db.execute("DELETE FROM article WHERE id = 1")

    assert list(sharing(db, {"ferry": 1.0}, limit=10).candidates) == [2]
    assert rows(db, "SELECT count(*) FROM posting WHERE article = 1") == [(0,)]
    assert document_count(db) == 3


def test_the_most_telling_terms_come_first(db: apsw.Connection, announce, headline) -> None:
    """An article is found by them: those that other articles hold too come last."""
    announce(*(headline(number) for number in range(1, 4)))
    common = {f"common {number}": 1.0 for number in range(50)}
    save_terms(db, 1, common)
    save_terms(db, 2, common)
    save_terms(db, 3, {**common, "rare": 1.0, "weighty": 9.0})

    assert list(load_terms(db, 3))[:2] == ["weighty", "rare"]
    assert list(sharing(db, {"rare": 1.0}, limit=10).candidates) == [3]


@pytest.mark.usefixtures("terms")
def test_articles_that_share_terms_come_with_all_theirs(db: apsw.Connection) -> None:
    shared = sharing(db, {"ice": 1.0, "ferry": 1.0, "snow": 1.0}, limit=10)

    assert list(shared.candidates) == [2, 1]
    assert shared.candidates[1] == {"ferry": 3.0, "harbour": 1.0, "ice": 1.0}
    assert shared.frequencies == {"ferry": 2, "ice": 2, "harbour": 2}
    assert shared.documents == 3


@pytest.mark.usefixtures("terms")
def test_the_article_itself_can_be_left_out_and_the_number_bounded(db: apsw.Connection) -> None:
    own = load_terms(db, 1)

    assert list(sharing(db, own, limit=10, without=1).candidates) == [2, 3]
    assert list(sharing(db, own, limit=1, without=1).candidates) == [2]


def test_nothing_shares_with_nothing(db: apsw.Connection) -> None:
    assert sharing(db, {}, limit=10) == ({}, {}, 0)
    assert sharing(db, {"ice": 1.0}, limit=10) == ({}, {}, 0)


def test_common_terms_are_not_read_through(db: apsw.Connection, announce, headline, monkeypatch) -> None:
    """The cost of one article must not grow with the store."""
    monkeypatch.setattr("newsreader.store.terms._READ", 3)
    announce(*(headline(number) for number in range(1, 6)))
    for number in range(1, 6):
        save_terms(db, number, {"the": 1.0, f"rare {number % 2}": 1.0})

    assert list(sharing(db, {"the": 1.0, "rare 1": 1.0}, limit=10).candidates) == [5, 3, 1]
