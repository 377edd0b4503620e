"""Ages and dates as a reader in Tokyo sees them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from newsreader.dates import Day
from newsreader.present.ages import age, ago, ahead, moment, reading_minutes

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=5), "5m"),
        (timedelta(minutes=59, seconds=59), "59m"),
        (timedelta(hours=3), "3h"),
        (timedelta(hours=23, minutes=59), "23h"),
        (timedelta(days=1), "1d"),
        (timedelta(days=6), "6d"),
        (timedelta(days=7), "17 Nov"),
        (timedelta(days=300), "28 Jan"),
        (timedelta(days=480), "Aug 2025"),
        (timedelta(minutes=-10), "now"),
        (timedelta(days=-2), "26 Nov"),
        (timedelta(days=-400), "Dec 2027"),
    ],
)
def test_age(now, past, expected):
    assert age(now - past, now) == expected
    assert age((now - past).astimezone(UTC), now) == expected


def test_no_time_has_no_age(now):
    assert age(None, now) == ""


@pytest.mark.parametrize(
    ("day", "expected"),
    [((2026, 11, 24), "today"), ((2026, 11, 22), "2d"), ((2026, 11, 2), "2 Nov"), ((2026, 11, 25), "25 Nov")],
)
def test_a_day_tells_days_only(now, day, expected):
    assert age(Day(day[0], day[1], day[2], tzinfo=UTC), now) == expected


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (timedelta(), "just now"),
        (timedelta(hours=3), "3h ago"),
        (timedelta(days=10), "on 14 Nov"),
        (timedelta(days=480), "in Aug 2025"),
    ],
)
def test_ago_is_an_age_in_a_sentence(now, past, expected):
    assert ago(now - past, now) == expected


def test_what_is_due_in_an_hour_or_a_day_is_told_to_the_nearest(now):
    found = [ahead(now + timedelta(minutes=minutes), now) for minutes in (59, 61, 119, 121, 1430, 2800)]

    assert found == ["in 59m", "in 1h", "in 2h", "in 2h", "in 24h", "in 2d"]


def test_ahead(now):
    found = [ahead(now + timedelta(minutes=minutes), now) for minutes in (-5, 0, 12, 180, 4000)]
    assert found == ["now", "now", "in 12m", "in 3h", "in 3d"]


def test_a_moment_is_in_the_zone_of_the_reader():
    assert moment(datetime(2025, 8, 1, 10, 30, tzinfo=TOKYO), TOKYO) == "2025-08-01 10:30"
    assert moment(datetime(2025, 8, 1, 10, 30, tzinfo=TOKYO), UTC) == "2025-08-01 01:30 (10:30 UTC+9 there)"


def test_the_day_of_the_publisher_is_told_where_it_is_another():
    at = datetime(2025, 8, 1, 22, 0, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    assert moment(at, TOKYO) == "2025-08-02 10:30 (2025-08-01 22:00 UTC-3:30 there)"


def test_utc_is_the_time_of_no_place():
    assert moment(datetime(2025, 8, 1, 1, 30, tzinfo=UTC), TOKYO) == "2025-08-01 10:30"


def test_a_day_is_the_same_day_everywhere():
    assert moment(Day(2025, 8, 1, tzinfo=UTC), timezone(timedelta(hours=-8))) == "2025-08-01"


def test_reading_takes_a_minute_at_least():
    assert [reading_minutes(words) for words in (0, 100, 500, 2200)] == [1, 1, 2, 10]
