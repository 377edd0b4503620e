"""Earlier headlines and texts: what is an edit, what is none, and when a page is wanted again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import pytest

from newsreader.model.news import Source, State
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import load_revisions, save_article
from newsreader.store.connection import rows
from newsreader.store.entries import load_entry
from newsreader.store.headlines import wanted

Make = Callable[..., Any]

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def revision_of(db: apsw.Connection, article_id: int = 1) -> int:
    found: int = rows(db, "SELECT revision FROM article WHERE id = ?", (article_id,))[0][0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "AI は 船を数えた。\n ２隻だった。",
        "ＡＩは船を数えた。\n2隻だった。",
        "AIは船\u200bを数えた。\u00ad\n2隻だった。",
        "AIは船を数えた。2隻だった。",
    ],
    ids=["white space", "width", "invisible characters", "paragraphs"],
)
def test_what_cannot_be_seen_is_no_edit(db: apsw.Connection, article: Make, text: str) -> None:
    save_article(db, article(1, "AIは船を数えた。", "2隻だった。", title="二隻の船"), None, NOW)

    again = save_article(db, article(1, *text.split("\n"), title="二隻 の船"), None, LATER)

    assert (again.revision, again.changed, load_revisions(db, 1)) == (1, False, [])


def test_an_edited_headline_of_a_page_is_kept_with_the_text(db: apsw.Connection, article: Make) -> None:
    save_article(db, article(1, "Two boats."), None, NOW)

    again = save_article(db, article(1, "Two boats.", title="Boats counted"), None, LATER)

    assert (again.revision, again.changed) == (2, False)
    assert load_revisions(db, 1) == [(1, NOW, "Headline 1", "Two boats.")]
    assert revision_of(db) == 2


def test_a_headline_that_its_feed_edits_is_kept(db: apsw.Connection, announce: Make, headline: Make) -> None:
    announce(headline(1))

    announce(headline(1, title="Headline 1, edited"))
    announce(headline(1, title="Headline  1, edited", summary="More."))

    assert [(each.number, each.title, each.text) for each in load_revisions(db, 1)] == [(1, "Headline 1", "")]
    assert (revision_of(db), load_entry(db, 1).title) == (2, "Headline  1, edited")


def test_another_source_with_another_headline_edits_nothing(
    db: apsw.Connection, announce: Make, headline: Make
) -> None:
    from newsreader.store.sources import add_source

    announce(headline(1))
    gazette = add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed", added=NOW))
    save_headlines(db, gazette.id, [headline(1, title="Boats!")], NOW)

    assert (revision_of(db), load_revisions(db, 1)) == (1, [])


def test_the_headline_of_the_first_page_is_no_edit(
    db: apsw.Connection, announce: Make, headline: Make, article: Make
) -> None:
    announce(headline(1))

    save_article(db, article(1, title="Headline of the page"), None, NOW, id=1)

    assert (revision_of(db), load_revisions(db, 1)) == (1, [])


@pytest.fixture
def read_once(db: apsw.Connection, source: Source, announce: Make, headline: Make, article: Make) -> None:
    """Headline 1 was announced and its page read."""
    announce(headline(1))
    save_article(db, article(1), source.id, NOW, id=1)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    ("changes", "again"),
    [
        ({"title": "Headline 1, edited"}, True),
        ({"summary": "Another end.", "updated": LATER}, True),
        ({"summary": "Another end."}, False),
        ({"updated": LATER}, False),  # some say at every fetch that all was changed just now
        ({"summary": "Another end.", "updated": NOW - timedelta(hours=1)}, False),
        ({"title": "Headline  1"}, False),
    ],
)
def test_a_page_is_wanted_again_once_its_announcement_tells_of_an_edit(
    db: apsw.Connection,
    source: Source,
    announce: Make,
    headline: Make,
    article: Make,
    changes: dict[str, Any],
    again: bool,
) -> None:
    announce(headline(1, **changes))
    assert [each for each, _ in wanted(db, source.id, 10)] == [1] * again

    save_article(db, article(1), source.id, LATER, id=1)
    announce(headline(1, **changes))
    assert wanted(db, source.id, 10) == []


def test_a_page_that_could_not_be_read_is_not_asked_for_by_an_edit(
    db: apsw.Connection, source: Source, announce: Make, headline: Make, article: Make
) -> None:
    announce(headline(1))
    save_article(db, article(1, state=State.GONE), source.id, NOW, id=1)

    announce(headline(1, title="Headline 1, edited"))

    assert wanted(db, source.id, 10) == []


@pytest.mark.usefixtures("read_once")
def test_a_headline_that_its_feed_edits_and_then_the_page_are_one_edit(
    db: apsw.Connection, source: Source, announce: Make, headline: Make, article: Make
) -> None:
    announce(headline(1, title="Edited"))
    again = save_article(db, article(1, "Another text.", title="Edited"), source.id, LATER, id=1)

    assert (again.revision, again.changed) == (2, True)
    assert [(each.title, each.text) for each in load_revisions(db, 1)] == [("Headline 1", "Text 1.")]

    save_article(db, article(1, "A third text.", title="Edited"), source.id, LATER, id=1)
    assert [each.text for each in load_revisions(db, 1)] == ["Text 1.", "Another text."]
