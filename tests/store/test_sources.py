"""Subscriptions: added, found by whatever a person calls them, changed, and removed without loss."""

from datetime import datetime, timedelta

import apsw
import pytest

from newsreader.errors import NotFoundError, UsageError
from newsreader.model.news import Source, SourceKind
from newsreader.store.lists import Filter, list_entries
from newsreader.store.sources import (
    Outcome,
    add_source,
    all_sources,
    find_sources,
    load_source,
    pause_source,
    record_outcome,
    remove_source,
    rename_source,
    tag_source,
)


def test_a_source_comes_back_as_it_was_added(db: apsw.Connection, now: datetime) -> None:
    told = Source(
        id=0,
        name="Harbour Post",
        url="https://post.example/",
        site="https://post.example/",
        kind=SourceKind.FRONTPAGE,
        language="en",
        tags=("coast", "ice"),
        added=now,
    )

    added = add_source(db, told)

    assert added == told._replace(id=1)
    assert all_sources(db) == [added]


@pytest.mark.parametrize("url", ["https://post.example/feed", "http://post.example/feed"])
def test_an_address_is_subscribed_once(db: apsw.Connection, source: Source, url: str) -> None:
    with pytest.raises(UsageError, match="subscribed already: 1 Harbour Post"):
        add_source(db, Source(0, "Other", url))

    assert all_sources(db) == [source]


def test_a_name_is_given_once_whatever_its_case(db: apsw.Connection, source: Source) -> None:
    with pytest.raises(UsageError, match="name of another source") as caught:
        add_source(db, Source(0, "HARBOUR POST", "https://other.example/"))

    assert caught.value.hint
    assert all_sources(db) == [source]


@pytest.mark.parametrize(
    "name", ["1", "Harbour Post", "harbour post", "https://post.example/feed", "http://post.example/feed#top"]
)
def test_a_source_is_found_by_id_name_and_address(db: apsw.Connection, source: Source, name: str) -> None:
    assert find_sources(db, [name, "1"]) == [source]


def test_a_source_is_found_by_the_page_of_its_site(db: apsw.Connection) -> None:
    added = add_source(db, Source(0, "Post", "https://post.example/feed", site="https://post.example/"))

    assert find_sources(db, ["https://post.example/"]) == [added]


@pytest.mark.parametrize("name", ["2", "Hill Gazette", "https://post.example/other", "9" * 30, ""])
def test_a_source_that_is_not_there_is_not_found(db: apsw.Connection, source: Source, name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_sources(db, [str(source.id), name])

    assert caught.value.hint


def test_a_number_is_an_id_before_it_is_a_name(db: apsw.Connection, source: Source) -> None:
    add_source(db, Source(0, "1", "https://one.example/"))

    assert find_sources(db, ["1"]) == [source]


def test_a_source_is_renamed(db: apsw.Connection, source: Source) -> None:
    rename_source(db, source.id, "harbour post")
    rename_source(db, source.id, "The Post")

    assert load_source(db, source.id).name == "The Post"


def test_a_source_keeps_its_name_if_the_new_one_is_taken(db: apsw.Connection, source: Source) -> None:
    add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed"))

    with pytest.raises(UsageError):
        rename_source(db, source.id, "hill gazette")

    assert load_source(db, source.id) == source


def test_tags_are_added_behind_and_taken_away_whatever_their_case(db: apsw.Connection, source: Source) -> None:
    tag_source(db, source.id, ["ice", "COAST", "sea"], ["Sea"])

    assert load_source(db, source.id).tags == ("coast", "ice", "sea")

    tag_source(db, source.id, [], ["COAST", "unknown"])

    assert load_source(db, source.id).tags == ("ice", "sea")


def test_a_paused_source_goes_on_with_a_clean_slate(db: apsw.Connection, source: Source, now: datetime) -> None:
    due = now + timedelta(days=1)
    record_outcome(
        db, source.id, Outcome("failed", now, due, "no such page", due_reason="after a failure", missing=True)
    )

    pause_source(db, source.id, True, "on holiday")
    paused = load_source(db, source.id)
    pause_source(db, source.id, False)
    resumed = load_source(db, source.id)

    assert (paused.paused, paused.reason) == (True, "on holiday")
    assert (resumed.paused, resumed.reason, resumed.due, resumed.failures) == (False, None, None, 0)
    assert (paused.due_reason, resumed.due_reason, resumed.missing) == ("after a failure", None, 0)


def test_outcomes_are_kept(db: apsw.Connection, source: Source, now: datetime) -> None:
    """Validators change with an answer only; failures count up until something comes."""
    due = now + timedelta(hours=1)
    record_outcome(db, source.id, Outcome("ok", now, due, etag='"1"', last_modified="yesterday", ttl=60))
    record_outcome(db, source.id, Outcome("failed", now, due, "no answer"))
    record_outcome(db, source.id, Outcome("failed", now, due, "still no answer"))
    failed = load_source(db, source.id)
    record_outcome(db, source.id, Outcome("unchanged", now, due))
    unchanged = load_source(db, source.id)
    record_outcome(db, source.id, Outcome("ok", now, due))
    fresh = load_source(db, source.id)

    assert (failed.status, failed.reason, failed.failures, failed.etag) == ("failed", "still no answer", 2, '"1"')
    assert (failed.checked, failed.due) == (now, due)
    assert (unchanged.failures, unchanged.etag, unchanged.last_modified) == (0, '"1"', "yesterday")
    assert (failed.ttl, unchanged.ttl) == (60, 60)
    assert (fresh.etag, fresh.last_modified, fresh.reason, fresh.ttl) == (None, None, None, 0)


NEW = "https://post.example/new"


def move(db: apsw.Connection, now: datetime, *targets: str | None) -> list[str | None]:
    """Answers of the Harbour Post one after another that said so; what there was to tell of each."""
    return [record_outcome(db, 1, Outcome("ok", now, moved=target)) for target in targets]


def test_a_move_for_good_is_remembered_when_it_was_seen_twice(
    db: apsw.Connection, source: Source, now: datetime
) -> None:
    assert move(db, now, NEW) == [None]
    assert load_source(db, source.id).url == source.url

    assert move(db, now, NEW) == [f"it moved for good to {NEW}"]
    moved = load_source(db, source.id)
    assert (moved.url, moved.moved_from, moved.moved) == (NEW, source.url, now)

    assert move(db, now, None, "https://post.example/newer", "https://post.example/newer")[2]
    assert load_source(db, source.id).moved_from == NEW


@pytest.mark.parametrize("between", [None, "https://post.example/elsewhere"])
def test_a_move_that_is_taken_back_is_none(db: apsw.Connection, source: Source, now: datetime, between) -> None:
    assert move(db, now, NEW, between, NEW) == [None, None, None]
    assert load_source(db, source.id).url == source.url


def test_a_failure_between_two_moves_takes_nothing_back(db: apsw.Connection, source: Source, now: datetime) -> None:
    move(db, now, NEW)
    record_outcome(db, source.id, Outcome("failed", now, reason="no answer"))

    assert move(db, now, NEW)[0]
    assert load_source(db, source.id).url == NEW


def test_encryption_is_not_given_up_for_good(db: apsw.Connection, source: Source, now: datetime) -> None:
    assert move(db, now, *["http://post.example/feed"] * 3) == [None] * 3
    assert load_source(db, source.id).url == source.url


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_source_that_moves_to_another_is_paused_and_loses_nothing(
    db: apsw.Connection, source: Source, now: datetime, announce, headline, scheme
) -> None:
    announce(headline(1))
    add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed"))
    record_outcome(db, source.id, Outcome("ok", now, moved=None))
    db.execute("UPDATE source SET url = ? WHERE id = 1", (f"{scheme}://post.example/feed",))

    target = f"{scheme}://gazette.example/feed"
    told = move(db, now, target, target)[1]

    paused = load_source(db, source.id)
    assert told == paused.reason == f"it moved for good to {target}, which is fetched as Hill Gazette; it is paused now"
    assert (paused.paused, paused.url, paused.moved_from) == (True, f"{scheme}://post.example/feed", None)
    assert [entry.source_id for entry in list_entries(db, Filter())] == [source.id]


def test_answers_of_404_are_counted_in_a_row(db: apsw.Connection, source: Source, now: datetime) -> None:
    for _ in range(3):
        record_outcome(db, source.id, Outcome("failed", now, missing=True))
    counted = load_source(db, source.id)
    record_outcome(db, source.id, Outcome("failed", now))

    assert (counted.missing, load_source(db, source.id).missing) == (3, 0)


def test_a_source_that_is_gone_is_paused_and_stays_so(db: apsw.Connection, source: Source, now: datetime) -> None:
    record_outcome(db, source.id, Outcome("failed", now, reason="gone", paused=True))
    record_outcome(db, source.id, Outcome("ok", now))

    assert load_source(db, source.id).paused


def test_articles_outlive_their_source(db: apsw.Connection, source: Source, announce, headline) -> None:
    announce(headline(1), headline(2))

    remove_source(db, source.id)

    assert [(entry.id, entry.source_id) for entry in list_entries(db, Filter())] == [(2, None), (1, None)]
    assert db.execute("SELECT count(*) FROM announcement").fetchall() == [(0,)]


def test_an_id_is_never_used_twice(db: apsw.Connection, source: Source) -> None:
    remove_source(db, source.id)

    assert add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed")).id == source.id + 1


@pytest.mark.parametrize(
    "change",
    [
        lambda db: remove_source(db, 9),
        lambda db: rename_source(db, 9, "x"),
        lambda db: tag_source(db, 9, ["x"]),
        lambda db: pause_source(db, 9, True),
        lambda db: record_outcome(db, 9, Outcome("ok", datetime.fromisoformat("2026-03-04T12:00+00:00"))),
    ],
)
def test_what_is_not_there_cannot_be_changed(db: apsw.Connection, change) -> None:
    with pytest.raises(NotFoundError):
        change(db)


def test_a_source_is_found_by_the_beginning_of_its_name_or_a_part_of_its_host(db: apsw.Connection) -> None:
    lantern = add_source(db, Source(0, "ランタン新聞", "https://www3.lantern.example/rss"))
    post = add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
    add_source(db, Source(0, "Harbour Times", "https://times.example/feed"))

    assert find_sources(db, ["lantern", "ランタン", "harbour p"]) == [lantern, post]
    with pytest.raises(NotFoundError, match="harbour may be several sources: 2 Harbour Post, 3 Harbour Times"):
        find_sources(db, ["harbour"])
    with pytest.raises(NotFoundError, match="There is no source arbour"):
        find_sources(db, ["arbour"])
