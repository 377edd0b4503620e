"""When a source is due again, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.model.news import Source
from newsreader.schedule import LONGEST_REST, Freshness, after_answer, after_failure, is_due
from newsreader.text import lasting

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
CHANCES = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("fresh", "minutes", "reason"),
    [
        (Freshness(), 30, "since a source rests for 30 minutes"),
        (Freshness(0, 0), 30, "since a source rests for 30 minutes"),
        (Freshness(10, 600), 30, "since a source rests for 30 minutes"),
        (Freshness(120, 10), 120, "since its feed says that it changes every 2 hours"),
        (Freshness(60, 10), 60, "since its feed says that it changes every hour"),
        (Freshness(10, 5400), 90, "since its server says that nothing changes for 90 minutes"),
        (
            Freshness(0, 10**7),
            24 * 60,
            "since its server says that nothing changes for 116 days, and every source is asked once a day",
        ),
    ],
)
def test_a_feed_or_a_server_may_ask_for_a_longer_rest_but_not_for_more_than_a_day(fresh, minutes, reason):
    assert after_answer(NOW, HALF_HOUR, fresh) == (NOW + timedelta(minutes=minutes), reason)


def test_someone_who_wants_a_source_less_often_than_daily_gets_that():
    week = timedelta(days=7)

    assert after_answer(NOW, week, Freshness(10**6)).due == NOW + week
    assert after_failure(NOW, week, 3).due == NOW + week


@pytest.mark.parametrize(
    ("failures", "retry_after", "minutes", "reason"),
    [
        (1, None, 60, "after a failure"),
        (3, None, 240, "after 3 failures in a row"),
        (99, None, 1440, "after 99 failures in a row"),
        (1, 7200.0, 120, "since the server asked to wait for 2 hours"),
        (1, 1.0, 60, "after a failure"),
        (1, 10 * 86400.0, 14400, "since the server asked to wait for 10 days"),
    ],
)
def test_rest_doubles_with_failures_and_is_never_shorter_than_asked(failures, retry_after, minutes, reason):
    assert after_failure(NOW, HALF_HOUR, failures, retry_after) == (NOW + timedelta(minutes=minutes), reason)


@given(CHANCES, st.integers(0, 3000), st.none() | st.integers(0, 200_000))
def test_luck_takes_a_tenth_of_the_interval_at_most_and_nothing_of_what_was_said(chance, ttl, max_age):
    rest = after_answer(NOW, HALF_HOUR, Freshness(ttl, max_age), chance).due - NOW
    said = min(max(timedelta(minutes=ttl), timedelta(seconds=max_age or 0)), LONGEST_REST)

    assert said <= rest
    assert HALF_HOUR * 0.9 <= rest <= max(said, HALF_HOUR)


@given(CHANCES, st.integers(1, 50), st.none() | st.floats(0, 10**6))
def test_luck_takes_a_quarter_of_the_wait_at_most_and_nothing_of_what_the_server_asked(chance, failures, asked):
    wait = after_failure(NOW, HALF_HOUR, failures, asked, chance).due - NOW
    whole = after_failure(NOW, HALF_HOUR, failures, asked).due - NOW

    assert timedelta(seconds=asked or 0) <= wait <= whole
    assert wait >= 0.75 * HALF_HOUR


def test_sources_that_fell_due_together_part():
    dues = {after_answer(NOW, HALF_HOUR, Freshness(), chance / 10).due for chance in range(10)}
    late = {after_failure(NOW, HALF_HOUR, 2, chance=chance / 10).due for chance in range(10)}

    assert (len(dues), len(late)) == (10, 10)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (7, "7 seconds"),
        (60, "1 minute"),
        (119, "119 seconds"),
        (5400, "90 minutes"),
        (7200, "2 hours"),
        (9000, "150 minutes"),
        (86400, "1 day"),
        (100_000, "28 hours"),
        (10**6, "12 days"),
    ],
)
def test_lengths_of_time_in_words(seconds, words):
    assert lasting(seconds) == words


def test_a_source_is_due_at_its_time_and_if_it_was_never_asked():
    source = Source(1, "Harbour Post", "https://post.example/feed")

    assert is_due(source, NOW)
    assert is_due(source._replace(checked=NOW - HALF_HOUR, due=NOW), NOW)
    assert not is_due(source._replace(checked=NOW - HALF_HOUR, due=NOW + HALF_HOUR), NOW)


def test_a_source_that_was_asked_in_the_future_is_due():
    """The clock was ahead for a while: nobody wants to wait until it is as late as that."""
    source = Source(1, "Harbour Post", "https://post.example/feed", checked=NOW + LONGEST_REST, due=NOW + LONGEST_REST)

    assert is_due(source, NOW)
