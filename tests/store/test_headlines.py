"""Headlines and identity: an article stays itself, and stays read, whatever its feed does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import apsw
import pytest

from newsreader.dates import Day
from newsreader.errors import NotFoundError
from newsreader.model.changes import Change
from newsreader.model.news import Headline, Source, State
from newsreader.model.query import Has, Is
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import rows
from newsreader.store.entries import load_entries, load_entry
from newsreader.store.headlines import TRIES, record_failure, wanted
from newsreader.store.identity import find_article, find_by_address
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark
from newsreader.store.sources import add_source

Announce = Callable[..., list[int]]
Make = Callable[..., Headline]


def test_new_headlines_are_listed_unread_and_wanted(
    db: apsw.Connection, source: Source, headline: Make, now: datetime
) -> None:
    told = headline(
        1, summary="In brief.", authors=("Ada Quay",), tags=("Weather", "Ice"), image="https://post.example/1.jpg",
        language="en", updated=now,
    )  # fmt: skip

    saved = save_headlines(db, source.id, [told], now)

    assert saved == ([1], 0, 0, [1])
    entry = load_entry(db, 1)
    assert (entry.title, entry.url, entry.summary, entry.tags) == (
        told.title,
        told.url,
        "In brief.",
        ("Weather", "Ice"),
    )
    assert (entry.published, entry.updated, entry.language, entry.image) == (
        told.published, now, "en", "https://post.example/1.jpg"
    )  # fmt: skip
    assert (entry.source_id, entry.source_name, entry.state) == (source.id, "Harbour Post", State.HEADLINE)
    assert (entry.read, entry.starred, entry.later, entry.fetched) == (False, False, False, None)
    assert wanted(db, source.id, 10) == [(1, told.url)]


def test_headlines_announced_again_are_unchanged(
    db: apsw.Connection, source: Source, headline: Make, now: datetime
) -> None:
    told = [headline(1), headline(2)]
    save_headlines(db, source.id, told, now)

    assert save_headlines(db, source.id, told, now) == ([], 0, 2, [1, 2])


def test_a_headline_twice_in_one_feed_is_one_article(
    db: apsw.Connection, source: Source, headline: Make, now: datetime
) -> None:
    assert save_headlines(db, source.id, [headline(1), headline(1)], now) == ([1], 0, 1, [1, 1])


def test_of_two_announcements_in_one_list_the_first_counts_each_time(db, source, headline, now):
    told = [headline(1, title="Ferry sails"), headline(1, title="Ferry sails after the ice")]
    save_headlines(db, source.id, told, now)
    assert load_entry(db, 1).title == "Ferry sails"

    assert save_headlines(db, source.id, told, now) == ([], 0, 2, [1, 1])
    assert load_entry(db, 1).title == "Ferry sails"


@pytest.mark.parametrize(
    "again",
    [
        {"url": "http://post.example/1"},
        {"url": "https://POST.example:443/1?utm_source=feed&utm_medium=rss#top"},
        {"feed_id": "another"},
        {"feed_id": None},
        {"title": "Headline 1, edited"},
        {"url": "https://post.example/moved-to", "updated": None},
        {"published": None},
    ],
    ids=["scheme", "trackers", "changed id", "no id", "edited title", "same id, title and date", "no date"],
)
def test_read_stays_read(db: apsw.Connection, announce: Announce, headline: Make, now: datetime, again) -> None:
    announce(headline(1))
    for kind in ("read", "starred"):
        mark(db, [1], Change(kind), "you", now)

    assert announce(headline(1, **again)) == [1]

    entry = load_entry(db, 1)
    assert (entry.read, entry.starred) == (True, True)
    assert [entry.id for entry in list_entries(db, Filter(Is("unread")))] == []


@pytest.mark.parametrize(
    "other", [{"title": "Another matter"}, {"published": datetime.fromisoformat("2026-03-04T01:00+00:00")}]
)
def test_an_id_that_a_feed_uses_twice_does_not_hide_an_article(announce: Announce, headline: Make, other) -> None:
    """Feeds that number from 1 each day, or give every item the same id."""
    announce(headline(1))

    assert announce(headline(1, url="https://post.example/9", **other)) == [2]


def test_an_address_known_by_its_feed_id_is_known_by_itself_afterwards(
    db: apsw.Connection, announce: Announce, headline: Make
) -> None:
    announce(headline(1))
    announce(headline(1, url="https://post.example/new"))

    assert find_by_address(db, "https://post.example/new") == 1


def test_the_address_becomes_the_secure_one(db: apsw.Connection, announce: Announce, headline: Make) -> None:
    announce(headline(1, url="http://post.example/1"))
    announce(headline(1, url="https://post.example/1", summary="new"))

    assert load_entry(db, 1).url == "https://post.example/1"


def test_an_edited_headline_updates_its_row(
    db: apsw.Connection, source: Source, announce: Announce, headline: Make, now: datetime
) -> None:
    announce(headline(1))

    saved = save_headlines(db, source.id, [headline(1, title="Better said", summary="More.", tags=("Ice",))], now)

    assert (saved.new, saved.updated) == ([], 1)
    entry = load_entry(db, 1)
    assert (entry.title, entry.summary, entry.tags) == ("Better said", "More.", ("Ice",))


def test_a_feed_that_tells_less_takes_nothing_away(db: apsw.Connection, announce: Announce, headline: Make) -> None:
    announce(headline(1, summary="In brief.", language="en", authors=("Ada Quay",)))
    before = load_entry(db, 1)

    announce(headline(1, title="", published=None))

    assert load_entry(db, 1) == before


def test_the_title_of_the_page_stays_until_the_feed_edits_its_own(
    db: apsw.Connection, announce: Announce, keep, headline: Make, article
) -> None:
    announce(headline(1, title="Short"))
    keep(article(1, title="The long title of the page", summary="Of the page."), id=1)

    announce(headline(1, title="Short", summary="Of the feed."))
    assert (load_entry(db, 1).title, load_entry(db, 1).summary) == ("The long title of the page", "Of the page.")

    announce(headline(1, title="Short, edited"))
    assert load_entry(db, 1).title == "Short, edited"


def test_a_headline_that_was_only_linked_to_is_listed_when_a_source_announces_it(
    db: apsw.Connection, source: Source, keep, headline: Make, article, link, now: datetime
) -> None:
    keep(article(1, links=(link(2),)))
    assert [entry.id for entry in list_entries(db, Filter())] == [1]

    saved = save_headlines(db, source.id, [headline(2, title="Announced")], now)

    assert saved.new == [2]
    assert [(entry.id, entry.title) for entry in list_entries(db, Filter())] == [(2, "Announced"), (1, "Headline 1")]
    assert wanted(db, source.id, 10) == [(2, "https://post.example/2")]


def test_an_article_of_two_sources_is_listed_with_both(
    db: apsw.Connection, source: Source, announce: Announce, headline: Make, now: datetime
) -> None:
    other = add_source(db, Source(0, "Harbour Post: Ice", "https://post.example/ice.xml"))
    announce(headline(1))

    saved = save_headlines(db, other.id, [headline(1, title="Same, said otherwise")], now)

    assert (saved.new, saved.unchanged) == ([], 1)
    for source_id in (source.id, other.id):
        assert [entry.title for entry in list_entries(db, Filter(Has("source", str(source_id))))] == ["Headline 1"]
    assert load_entry(db, 1).source_id == source.id


def test_an_article_from_the_future_does_not_stay_on_top(
    db: apsw.Connection, announce: Announce, headline: Make, now: datetime
) -> None:
    announce(headline(1, published=now + timedelta(days=400)))

    assert rows(db, "SELECT moment FROM article") == [(int(now.timestamp()),)]
    assert load_entry(db, 1).published == now + timedelta(days=400)


def test_an_article_without_a_date_is_where_it_was_first_seen(
    db: apsw.Connection, source: Source, announce: Announce, headline: Make, now: datetime
) -> None:
    announce(headline(1, published=None), headline(2))
    save_headlines(db, source.id, [headline(1, published=None, summary="later")], now + timedelta(days=3))

    assert [entry.id for entry in list_entries(db, Filter())] == [1, 2]
    assert load_entry(db, 1).published is None


def test_a_date_that_comes_later_moves_the_article(db: apsw.Connection, announce: Announce, headline: Make) -> None:
    announce(headline(1, published=None), headline(2))
    announce(headline(1))

    assert [entry.id for entry in list_entries(db, Filter())] == [2, 1]
    assert [entry.id for entry in list_entries(db, Filter(Has("source", "1")))] == [2, 1]


def test_a_day_without_an_hour_stays_one(db: apsw.Connection, announce: Announce, headline: Make) -> None:
    announce(headline(1, published=Day.fromisoformat("2026-03-01T00:00+00:00")))

    assert isinstance(load_entry(db, 1).published, Day)


def test_wanted_pages_come_newest_first(
    db: apsw.Connection, source: Source, announce: Announce, headline: Make
) -> None:
    announce(*(headline(number) for number in (2, 3, 1)))

    assert [url[-1] for _, url in wanted(db, source.id, 2)] == ["3", "2"]


@pytest.mark.parametrize("state", [State.GONE, State.BLOCKED, State.PAYWALLED, State.CONSENT])
def test_a_page_that_will_not_come_is_not_asked_for_again(
    db: apsw.Connection, source: Source, announce: Announce, headline: Make, now: datetime, state: State
) -> None:
    announce(headline(1))

    record_failure(db, 1, state, "the reason", now)

    assert (load_entry(db, 1).state, load_entry(db, 1).reason) == (state, "the reason")
    assert wanted(db, source.id, 10) == []


def test_a_page_that_fails_is_asked_for_a_few_times(
    db: apsw.Connection, source: Source, announce: Announce, headline: Make, now: datetime
) -> None:
    announce(headline(1))
    tries = 0
    while wanted(db, source.id, 1):
        record_failure(db, 1, State.FAILED, "no answer", now)
        tries += 1

    assert tries == TRIES
    assert load_entry(db, 1).state is State.FAILED


def test_a_failure_of_what_is_not_there_is_not_found(db: apsw.Connection, now: datetime) -> None:
    with pytest.raises(NotFoundError):
        record_failure(db, 1, State.FAILED, "no answer", now)


@pytest.mark.parametrize("ref", ["1", "https://post.example/1", "http://post.example/1?utm_campaign=x"])
def test_an_article_is_found_by_id_and_by_every_address(
    db: apsw.Connection, announce: Announce, headline: Make, ref: str
) -> None:
    announce(headline(1))

    assert find_article(db, ref) == 1


@pytest.mark.parametrize("ref", ["2", "https://post.example/2", "Headline 1", "", "-1", "9" * 40, "١"])
def test_what_is_not_stored_is_not_found(db: apsw.Connection, announce: Announce, headline: Make, ref: str) -> None:
    announce(headline(1))

    with pytest.raises(NotFoundError) as caught:
        find_article(db, ref)

    assert caught.value.hint


def test_entries_are_loaded_by_id(db: apsw.Connection, announce: Announce, headline: Make) -> None:
    announce(headline(1), headline(2))

    assert load_entries(db, [2, 9, 1]) == {1: load_entry(db, 1), 2: load_entry(db, 2)}
