"""Dates are read in every form that feeds and pages write."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.dates import Day, from_iso, parse_date, to_iso, zone_for

TOKYO = timezone(timedelta(hours=9))
NOW = datetime(2025, 8, 1, 12, 0, 30, tzinfo=TOKYO)
NAIVE = NOW.replace(tzinfo=None)
PIECES = """
2025 8 1 31 年 月 日 Aug августа de 10:30 pm 午後 3 ago hours 時間前 EST +0900 Z T / - . , 令和 元 yesterday 昨日
99999999999
"""
WORDS = st.sampled_from([*PIECES.split(), " "])


@given(
    st.one_of(st.text(st.characters(exclude_categories=()), max_size=80), st.lists(WORDS, max_size=12).map(" ".join))
)
@example("0001-01-01T00:00:00+14:00")
@example("9999 years ago")
@example("令和999年1月1日")
@example("1 aug 2025 ²³:½½")
def test_parse_date_never_raises_and_is_aware_and_sane(text):
    found = parse_date(text, zone=TOKYO, now=NOW)

    if found is not None:
        assert found.tzinfo is not None
        assert found.microsecond == 0
        assert 1900 <= found.year <= 2101


@given(st.datetimes(NAIVE.replace(year=1901), NAIVE.replace(year=2099)), st.integers(-14 * 60, 14 * 60))
def test_iso_and_rfc_forms_round_trip(moment, minutes):
    at = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))

    assert at == parse_date(at.isoformat())
    assert at == from_iso(to_iso(at))
    assert at == parse_date(f"{at:%a, %d %b %Y %H:%M:%S %z}")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_alone_round_trips_as_a_day(day):
    found = parse_date(day.isoformat(), zone=TOKYO)

    assert isinstance(found, Day)
    assert day.isoformat() == to_iso(found)
    assert found == from_iso(to_iso(found))
    assert isinstance(from_iso(to_iso(found)), Day)


def test_nothing_is_no_date():
    assert to_iso(None) is None
    assert from_iso(None) is None
    assert from_iso("") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ISO 8601
        ("2025-08-01T10:30:00Z", "2025-08-01T10:30:00+00:00"),
        ("2025-08-01T10:30:00.123456+0900", "2025-08-01T10:30:00+09:00"),
        ("2025-08-01T10:30:00-03:30", "2025-08-01T10:30:00-03:30"),
        ("2025-08-01T10:30+09", "2025-08-01T10:30:00+09:00"),
        ("2025-08-01T24:00:00", "2025-08-02T00:00:00+09:00"),
        ("20250801T103000Z", "2025-08-01T10:30:00+00:00"),
        ("2025-08-01 10:30", "2025-08-01T10:30:00+09:00"),
        ("2025-08-01", "2025-08-01"),
        ("20250801", "2025-08-01"),
        # RFC 822 to 5322, ctime, script
        ("Fri, 01 Aug 2025 10:30:00 GMT", "2025-08-01T10:30:00+00:00"),
        ("Fri, 01 Aug 2025 10:30:00 EST", "2025-08-01T10:30:00-05:00"),
        ("Fri, 01 Aug 2025 10:30:00 JST", "2025-08-01T10:30:00+09:00"),
        ("Fri, 1 Aug 25 10:30 -0400", "2025-08-01T10:30:00-04:00"),
        ("Friday, 01-Aug-25 10:30:00 GMT", "2025-08-01T10:30:00+00:00"),
        ("Fri, 01 Aug 2025", "2025-08-01"),
        ("ven., 01 août 2025 10:30:00 +0200", "2025-08-01T10:30:00+02:00"),
        ("Fri Aug  1 10:30:00 UTC 2025", "2025-08-01T10:30:00+00:00"),
        ("Fri Aug 01 2025 10:30:00 GMT+0900 (Japan Standard Time)", "2025-08-01T10:30:00+09:00"),
        ("Mon, 01 Aug 2025 10:30:00 +0000", "2025-08-01T10:30:00+00:00"),
        ("Fri, 01 Aug 2025 24:00:00 GMT", "2025-08-02T00:00:00+00:00"),
        ("Fri, 01 Aug 2025 23:59:60 GMT", "2025-08-01T23:59:59+00:00"),
        ("Fri, 01 Aug 2025 10:30:00 PM EST", "2025-08-01T22:30:00-05:00"),
        ("Fri, 01 Aug 2025 10:30:00 +0200 (CEST)", "2025-08-01T10:30:00+02:00"),
        ("Fri, 01 Aug 2025 10:30:00 (UTC)", "2025-08-01T10:30:00+00:00"),
        ("Fri, 01 Aug 2025 10:30:00 America/New_York", "2025-08-01T10:30:00-04:00"),
        ("Fri, 01 Aug 2025 10:30:00", "2025-08-01T10:30:00+09:00"),
        ("Fri, 01 Aug 2025 10:30:00 +9999", "2025-08-01T10:30:00+09:00"),
        ("Пт, 01 авг 2025 10:30:00 +0300", "2025-08-01T10:30:00+03:00"),
        ("金, 01 8月 2025 10:30:00 +0900", "2025-08-01T10:30:00+09:00"),
        ("Fri, 01 8 2025 10:30:00 +0900", "2025-08-01T10:30:00+09:00"),
        ("Fri, 01 Aug 2025T10:30:00Z", "2025-08-01T10:30:00+00:00"),
        ("2025-08-01T1:30:00Z", "2025-08-01T01:30:00+00:00"),
        ("2025-08-01 10:30:00 JST", "2025-08-01T10:30:00+09:00"),
        ("20250801103000", "2025-08-01T10:30:00+09:00"),
        ("1754011800.5", "2025-08-01T01:30:00+00:00"),
        ("1754011800", "2025-08-01T01:30:00+00:00"),
        ("1754011800000", "2025-08-01T01:30:00+00:00"),
        # visible forms
        ("2025/08/01 10:30:05", "2025-08-01T10:30:05+09:00"),
        ("2025.08.01", "2025-08-01"),
        ("31/07/2025", "2025-07-31"),
        ("18:24 31/07/2025", "2025-07-31T18:24:00+09:00"),
        ("01.08.2025, 10:30 Uhr", "2025-08-01T10:30:00+09:00"),
        ("01.08.25", "2025-08-01"),
        ("August 1, 2025 10:30 AM", "2025-08-01T10:30:00+09:00"),
        ("August 1st, 2025", "2025-08-01"),
        ("Aug. 1, 2025, 10:30 p.m. ET", "2025-08-01T22:30:00-04:00"),
        ("Aug 1, 2025 | 3 PM", "2025-08-01T15:00:00+09:00"),
        ("1 Aug 2025, 12:05 am", "2025-08-01T00:05:00+09:00"),
        ("Friday 1 August 2025 10.30 BST", "2025-08-01T10:30:00+01:00"),
        ("1. August 2025, 10:30 Uhr", "2025-08-01T10:30:00+09:00"),
        ("1er août 2025 à 10h30", "2025-08-01T10:30:00+09:00"),
        ("1 de agosto de 2025", "2025-08-01"),
        ("1 de março de 2025 às 10h30", "2025-03-01T10:30:00+09:00"),
        ("1º agosto 2025 alle 10.30", "2025-08-01T10:30:00+09:00"),
        ("1 августа 2025 г., 10:30", "2025-08-01T10:30:00+09:00"),
        ("1 серпня 2025", "2025-08-01"),
        ("1 sierpnia 2025", "2025-08-01"),
        ("1. srpna 2025", "2025-08-01"),
        ("2025. augusztus 1. 10:30", "2025-08-01T10:30:00+09:00"),
        ("2025 m. rugpjūčio 1 d.", "2025-08-01"),
        ("1. elokuuta 2025 klo 10.30", "2025-08-01T10:30:00+09:00"),
        ("1 aug 2025 kl. 10.30", "2025-08-01T10:30:00+09:00"),
        ("1 Ağustos 2025 10:30", "2025-08-01T10:30:00+09:00"),
        ("1 Agustus 2025 10:30 WIB", "2025-08-01T10:30:00+07:00"),
        ("Thứ sáu, ngày 1 tháng 8 năm 2025", "2025-08-01"),
        ("1 Αυγούστου 2025", "2025-08-01"),
        ("1 באוגוסט 2025", "2025-08-01"),
        ("١ أغسطس ٢٠٢٥", "2025-08-01"),
        ("1 تشرين الأول 2025", "2025-10-01"),
        ("1 अगस्त 2025", "2025-08-01"),
        ("1 ส.ค. 2568", "2025-08-01"),
        ("2025年8月1日(金) 10時30分", "2025-08-01T10:30:00+09:00"),
        ("２０２５年８月１日　１０：３０", "2025-08-01T10:30:00+09:00"),
        ("2025年8月1日 午後3時", "2025-08-01T15:00:00+09:00"),
        ("2025年8月1日 25時30分", "2025-08-02T01:30:00+09:00"),
        ("二〇二五年八月三十一日", "2025-08-31"),
        ("令和7年8月1日", "2025-08-01"),
        ("令和元年12月1日", "2019-12-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("民國114年8月1日", "2025-08-01"),
        ("2025年8月1日 下午3:05", "2025-08-01T15:05:00+09:00"),
        ("2025년 8월 1일 오전 10:30", "2025-08-01T10:30:00+09:00"),
        ("2025. 8. 1. 오후 3:05", "2025-08-01T15:05:00+09:00"),
        # within a phrase
        ("Published: August 1, 2025 at 10:30 am EDT", "2025-08-01T10:30:00-04:00"),
        ("10:30 am EDT, Fri August 1, 2025", "2025-08-01T10:30:00-04:00"),
        ("Publié le 1 août 2025 à 10:30 - Mis à jour le 2 août 2025", "2025-08-01T10:30:00+09:00"),
        ("更新 2025-08-01 10:30", "2025-08-01T10:30:00+09:00"),
        ("By Ann Example | Aug 1, 2025", "2025-08-01"),
    ],
)
def test_a_date_that_needs_no_now(text, expected):
    assert expected == to_iso(parse_date(text, zone=TOKYO))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 hours ago", "2025-08-01T09:00:30+09:00"),
        ("an hour ago", "2025-08-01T11:00:30+09:00"),
        ("1 hour 30 minutes ago", "2025-08-01T10:30:30+09:00"),
        ("3h", "2025-08-01T09:00:30+09:00"),
        ("2 days ago", "2025-07-30"),
        ("il y a 2 heures", "2025-08-01T10:00:30+09:00"),
        ("vor 3 Stunden", "2025-08-01T09:00:30+09:00"),
        ("hace 1 día", "2025-07-31"),
        ("há 2 horas", "2025-08-01T10:00:30+09:00"),
        ("2 ore fa", "2025-08-01T10:00:30+09:00"),
        ("2 часа назад", "2025-08-01T10:00:30+09:00"),
        ("час назад", "2025-08-01T11:00:30+09:00"),
        ("3 godz. temu", "2025-08-01T09:00:30+09:00"),
        ("för 3 timmar sedan", "2025-08-01T09:00:30+09:00"),
        ("منذ 3 ساعات", "2025-08-01T09:00:30+09:00"),
        ("3 घंटे पहले", "2025-08-01T09:00:30+09:00"),
        ("3 giờ trước", "2025-08-01T09:00:30+09:00"),
        ("3時間前", "2025-08-01T09:00:30+09:00"),
        ("3小時前", "2025-08-01T09:00:30+09:00"),
        ("5分钟前", "2025-08-01T11:55:30+09:00"),
        ("3시간 전", "2025-08-01T09:00:30+09:00"),
        ("just now", "2025-08-01T12:00:30+09:00"),
        ("Today 10:30", "2025-08-01T10:30:00+09:00"),
        ("gestern, 18:00 Uhr", "2025-07-31T18:00:00+09:00"),
        ("昨日 10時30分", "2025-07-31T10:30:00+09:00"),
        ("yesterday", "2025-07-31"),
        ("8月1日 10:30", "2025-08-01T10:30:00+09:00"),
        ("Dec 24", "2024-12-24"),
        ("1 août", "2025-08-01"),
    ],
)
def test_a_date_told_from_now(text, expected):
    assert expected == to_iso(parse_date(text, zone=TOKYO, now=NOW))
    assert parse_date(text, zone=TOKYO) is None


@pytest.mark.parametrize(
    "text",
    ["", "   ", "hello world", "2025-13-01", "2025-02-30", "1850-01-01", "2500-01-01", "2025", "10:30", "5 min read",
     "3.5 million", "version 1.8.25 is out", "32 August 2025", "2025-08-01T10:61:00Z",
     "Fri, 32 Aug 2025 10:30:00 GMT", "17540118001", "12345678901234567890"],
)  # fmt: skip
def test_nonsense_is_no_date(text):
    assert parse_date(text, zone=TOKYO, now=NOW) is None


def test_a_time_without_zone_is_utc_unless_the_page_says_more():
    assert datetime(2025, 8, 1, 10, 30, tzinfo=UTC) == parse_date("2025-08-01 10:30")
    assert datetime(2025, 8, 1, 1, 30, tzinfo=UTC) == parse_date("2025-08-01 10:30", zone=TOKYO)


def test_numbers_with_slashes_are_read_as_the_country_does():
    paris, new_york = zone_for("fr", None), zone_for("en-US", None)

    assert to_iso(parse_date("08/01/2025", zone=paris)) == "2025-01-08"
    assert to_iso(parse_date("08/01/2025", zone=new_york)) == "2025-08-01"


@pytest.mark.parametrize(
    ("language", "host", "summer"),
    [
        ("ja", None, 9),
        ("ja-JP", "example.com", 9),
        ("ko", None, 9),
        ("zh-Hant-TW", None, 8),
        ("zh", "example.com.hk", 8),
        ("de", "example.com", 2),
        ("en-GB", "example.com", 1),
        ("en", "example.co.uk", 1),
        ("pt", "example.pt", 1),
        ("pt-BR", "example.com", -3),
        ("es", "example.com.ar", -3),
        ("en", "example.com", 0),
        ("en", "example.io", 0),
        (None, "example.co.jp", 9),
        (None, None, 0),
        ("x-nonsense", "localhost", 0),
    ],
)
def test_zone_for(language, host, summer):
    noon = datetime(2025, 8, 1, 12, tzinfo=zone_for(language, host))

    assert timedelta(hours=summer) == noon.utcoffset()
