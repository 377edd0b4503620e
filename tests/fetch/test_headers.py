"""Waiting and freshness as headers tell them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.fetch.headers import by_name, http_date, is_readable_type, max_age, retry_after

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
YEAR = 366 * 86400


def test_headers_are_found_by_name_and_joined_whatever_their_encoding():
    raw = [(b"ETag", b'"1"'), (b"Link", b"</a>"), (b"link", b"</b>"), (b"X-A", "é".encode()), (b"X-B", b"\xe9")]

    assert by_name(raw) == {"etag": '"1"', "link": "</a>, </b>", "x-a": "é", "x-b": "é"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "9" * 50}, float(YEAR)),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1.5"}, None),
        ({"retry-after": "１２"}, None),
        ({"retry-after": "Tue, 01 Sep 2026 09:00:00 GMT"}, 3600.0),
        ({"retry-after": "Tuesday, 01-Sep-26 09:00:00 GMT"}, 3600.0),
        ({"retry-after": "Tue, 01 Sep 2026 07:00:00 GMT"}, 0.0),
        ({"retry-after": "Tue, 01 Sep 2026 09:00:00 GMT", "date": "Tue, 01 Sep 2026 08:50:00 GMT"}, 600.0),
        ({"retry-after": "Fri, 01 Sep 2990 09:00:00 GMT"}, float(YEAR)),
        ({"retry-after": "Tue, 99 Sep 2026 09:00:00 GMT"}, None),
    ],
)
def test_retry_after(headers, seconds):
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, Max-Age="600"', "age": "100"}, 500),
        ({"cache-control": "max-age=60", "age": "100"}, 0),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "private"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"cache-control": "max-age=" + "9" * 30}, YEAR),
        ({"expires": "Tue, 01 Sep 2026 09:00:00 GMT", "date": "Tue, 01 Sep 2026 08:00:00 GMT"}, 3600),
        ({"expires": "Tue, 01 Sep 2026 07:00:00 GMT", "date": "Tue, 01 Sep 2026 08:00:00 GMT"}, 0),
        ({"expires": "Tue, 01 Sep 2026 09:00:00 GMT"}, None),
        ({"expires": "0"}, 0),
        ({"expires": "never"}, None),
    ],
)
def test_max_age(headers, seconds):
    assert max_age(headers) == seconds


@given(st.dictionaries(st.sampled_from(["retry-after", "date", "expires", "age", "cache-control"]), st.text()))
def test_no_header_is_too_strange(headers):
    assert 0 <= (retry_after(headers, NOW) or 0) <= YEAR
    assert 0 <= (max_age(headers) or 0) <= YEAR


@given(st.integers(0, 2**32))
def test_http_dates_come_back(seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    assert http_date(at.strftime("%a, %d %b %Y %H:%M:%S GMT")) == at


@given(st.text(), st.sampled_from([("feed",), ("page",), ("image",), ("feed", "page")]))
def test_every_content_type_has_an_answer(kind, families):
    assert is_readable_type(kind, families) in (True, False)
    assert is_readable_type(None, families)


def test_svg_is_a_picture_and_not_a_feed():
    assert [is_readable_type("image/svg+xml", (family,)) for family in ("feed", "page", "image")] == [
        False,
        False,
        True,
    ]
