"""Any date text in feeds and pages, in any supported language, to an aware datetime, or None."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache

_LONGEST = 300  # characters of a phrase that are looked at
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_FIRST = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    *("Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Asia/Taipei", "Asia/Manila"),
)
_JAPAN_AND_KOREA = timezone(timedelta(hours=9))


class Day(datetime):
    """Midnight, in UTC, of a day whose hour is not known: only its date means something, whatever the zone."""

    __slots__ = ()


def to_iso(at: datetime | None) -> str | None:
    """ISO 8601 with offset and whole seconds; a `Day` as its date alone."""
    if at is None:
        return None
    return at.date().isoformat() if isinstance(at, Day) else at.isoformat(timespec="seconds")


def from_iso(text: str | None) -> datetime | None:
    """What `to_iso` wrote; a date alone is a `Day` in UTC."""
    if not text:
        return None
    if len(text) == len("2025-08-01"):
        return Day.fromisoformat(text).replace(tzinfo=UTC)
    return datetime.fromisoformat(text)


def parse_date(text: str, *, zone: tzinfo | None = None, now: datetime | None = None) -> datetime | None:
    """The moment that a date of a feed or a page tells, or None if the text holds none.

    ISO 8601, RFC 822 to 5322, Unix seconds, and visible forms alone or within a phrase, also with eras (令和7年8月1日).
    A date without an hour is a `Day`; a time that names no zone is of `zone` (None: UTC); seconds are whole. What is
    told from now ("3 hours ago", "yesterday") or without its year needs `now`, aware. Years outside 1900–2100 are
    nonsense.
    """
    text = text.strip()[:_LONGEST]
    if not text:
        return None
    try:
        return _stamp(text, zone) or _iso(text, zone) or _rfc822(text, zone) or _unix(text) or _visible(text, zone, now)
    except (ValueError, OverflowError):
        return None


def zone_for(language: str | None, host: str | None) -> tzinfo:
    """The zone that a page means when its dates name none: by language, then by the host's country; UTC if unknown."""
    from newsreader import datezones

    return datezones.zone_for(language, host)


def _stamp(text: str, zone: tzinfo | None) -> datetime | None:
    """The two forms that most feeds write, in a fraction of the time: RFC 822 and ISO 8601, to the second."""
    if text[3:5] == ", ":
        month = _month_numbers().get(text[7:12])
        iso, offset = f"{text[12:16]}-{month}-{text[5:7]}T{text[17:25]}", text[25:].strip(" ()")
        if month is None or text[16:17] != " ":
            return None
    else:
        iso, offset = text[:19], text[19:]
    if iso[4:17:3] != "--T::":
        return None
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:  # an hour of 24, a leap second
        return None
    known = _offset(offset)
    if (offset and known is None) or not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return None
    return datetime.combine(at, at.time(), known or zone or UTC)  # ten times as fast as `replace`


def _iso(text: str, zone: tzinfo | None) -> datetime | None:
    """ISO 8601, extended or basic, as W3CDTF and RFC 3339 narrow it."""
    match = _iso_form().fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    at = date(int(year), int(month), int(day))
    if hour is None:
        return _day(at)
    return _at(at, (int(hour), int(minute), int(second or 0)), _offset(offset) or zone)


def _rfc822(text: str, zone: tzinfo | None) -> datetime | None:
    """RFC 822, 850, 1123, 2822 and 5322."""
    match = _rfc822_form().fullmatch(text)
    if match is None:
        return None
    day, name, year, hour, minute, second, offset = match.groups()
    known = _offset(offset)
    if offset and known is None:
        return None  # "12:05 pm" is no stamp
    found = int(year)
    if len(year) == 2:  # noqa: PLR2004 -- RFC 2822, 4.3
        found += 2000 if found < 50 else 1900  # noqa: PLR2004
    at = date(found, _MONTHS.index(name.lower()) // 4 + 1, int(day))
    if hour is None:
        return _day(at)
    return _at(at, (int(hour), int(minute), int(second or 0)), known or zone)


def _unix(text: str) -> datetime | None:
    """Seconds, perhaps with a fraction, or milliseconds since 1970, as script data has them."""
    number = text.partition(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) in (10, 13) and text[10:].strip(".0123456789") == ""):
        return None
    return datetime.fromtimestamp(int(number[:10]), UTC)


def _visible(text: str, zone: tzinfo | None, now: datetime | None) -> datetime | None:
    from newsreader import datetext

    text = datetext.prepare(text)
    here = now.astimezone(zone or now.tzinfo or UTC).replace(microsecond=0) if now else None
    found: datetime | datetext.Moment | None = datetext.find_moment(
        text, datetext.Reading(here.date() if here else None, _is_month_first(zone))
    )
    if found is None and here:
        found = datetext.find_relative(text, here)
    if not isinstance(found, datetext.Moment):
        return found
    if found.clock is None:
        return _day(found.day)
    return _at(found.day, found.clock[:3], found.clock.zone or zone)


def _day(at: date) -> datetime | None:
    return Day(at.year, at.month, at.day, tzinfo=UTC) if _FIRST_YEAR <= at.year <= _LAST_YEAR else None


def _at(day: date, clock: tuple[int, int, int], zone: tzinfo | None) -> datetime | None:
    """A moment; hours from 24 on are of the next day, a leap second is the last second of its minute."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    hour, minute, second = clock
    at = datetime(day.year, day.month, day.day, hour % 24, minute, min(second, 59), tzinfo=zone or UTC)
    return at + timedelta(days=hour // 24)


@lru_cache(maxsize=256)
def _offset(text: str | None) -> tzinfo | None:
    """The zone that a stamp names, None if the name is unknown."""
    if not text:
        return None
    if text in ("Z", "GMT", "+0000", "+00:00", "UTC", "z"):
        return UTC
    from newsreader.datetext import offset_zone

    return offset_zone(text)


def _is_month_first(zone: tzinfo | None) -> bool:
    """Whether 8/1 is August the first: in the United States and East Asia, and where nothing tells the country."""
    return zone in (None, UTC, _JAPAN_AND_KOREA) or str(getattr(zone, "key", "")) in _MONTH_FIRST


@cache
def _month_numbers() -> dict[str, str]:
    """The months as RFC 822 has them between day and year, and their numbers as ISO 8601 has them."""
    return {f" {name.title()} ": f"{number:02}" for number, name in enumerate(_MONTHS.split(), 1)}


@cache
def _iso_form() -> re.Pattern[str]:
    return re.compile(
        r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ]?\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|z|[+-]\d\d:?(?:\d\d)?)?)?",
        re.ASCII,
    )


@cache
def _rfc822_form() -> re.Pattern[str]:
    names = _MONTHS.replace(" ", "|")
    return re.compile(
        rf"(?:[A-Za-z]{{3,9}}\.?,?\s*)?(\d{{1,2}})[ -]({names})[a-z]*\.?[ -](\d{{4}}|\d\d)"
        r"(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
        r"\s*([A-Za-z]{1,5}|(?:GMT|UTC)?[+-]\d{1,2}:?\d\d)?(?:\s*\([^)]*\))?)?",
        re.ASCII | re.IGNORECASE,
    )
