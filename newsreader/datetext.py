"""Finding the date in a visible phrase of any supported language; what the words mean is in `datewords`."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from newsreader import datewords
from newsreader.datezones import fixed_zone, named_zone, zone_names

FIRST_YEAR, LAST_YEAR = 1900, 2100

_NEAR = 40  # characters between a date and its time of day
_SHORT = 40  # a phrase with "today" in it that is a date, not a sentence
_MONTH, _YEAR = 30, 365  # days, for what is only told roughly
_FURTHEST_ZONE = 14  # hours from UTC
_LAST_HOUR = 29  # 25時 is one in the morning


class Clock(NamedTuple):
    """A time of day; `zone` is None if the text names none. The hour may pass 23: it is then of the next day."""

    hour: int
    minute: int
    second: int = 0
    zone: tzinfo | None = None


class Moment(NamedTuple):
    """A date of the text, and its time of day if it has one."""

    day: date
    clock: Clock | None = None


class Reading(NamedTuple):
    """How to read what is ambiguous.

    `today` completes a date without a year (None: such a text holds no date); with `month_first`, 1/8 is in January.
    """

    today: date | None = None
    month_first: bool = True


_Reader = Callable[[re.Match[str], Reading], date | None]


def prepare(text: str) -> str:
    """Compatibility forms, dashes, digits of all scripts and Chinese numerals of dates made plain."""
    if not text.isascii():
        text = normalize("NFKC", text).translate(_plain_signs())
        text = "".join(str(int(char)) if char.isdecimal() else char for char in text)
        text = _han_number().sub(lambda found: str(_from_han(found.group())), text)
    return text


def find_moment(text: str, reading: Reading) -> Moment | None:
    """The first date of a prepared text."""
    if not _figure().search(text):
        return None
    found: list[tuple[int, int, date, re.Match[str]]] = []
    for pattern, read in _absolute():
        for match in pattern.finditer(text):
            if day := read(match, reading):
                found.append((match.start(), -match.end(), day, match))
                break
    if not found:
        return _without_year(text, reading)
    start, end, day, match = min(found, key=lambda item: item[:2])
    inside = find_clock(match.group("clock")) if match.groupdict().get("clock") else None
    return Moment(day, inside or _near_clock(text, start, -end))


def find_relative(text: str, now: datetime) -> datetime | Moment | None:
    """A moment told from now: to the minute as a datetime, to the day as a `Moment`."""
    lowered = text.lower()
    if len(text) <= _SHORT and any(phrase in lowered for phrase in datewords.JUST_NOW.split("|")):
        return now
    if amount := _past(lowered):
        exact, span = amount
        try:
            return now - span if exact else Moment((now - span).date())
        except OverflowError:
            return None
    return _named_day(lowered, text, now)


def find_clock(text: str) -> Clock | None:
    """The first time of day in a text."""
    for match in _clock().finditer(text):
        if clock := _read_clock(match):
            return clock
    return None


def offset_zone(text: str) -> tzinfo | None:
    """The zone of `Z`, `+0900`, `+09:00`, `+09`, `GMT+9` or a name; None for anything else."""
    if match := _offset().fullmatch(text):
        hours = int(match["hours"]) + int(match["minutes"] or 0) / 60
        return fixed_zone(hours if match["sign"] == "+" else -hours) if hours <= _FURTHEST_ZONE else None
    return named_zone(text)


# --- the day


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _read_cjk(match: re.Match[str], _: Reading) -> date | None:
    year = int(match["year"] or 0)
    if era := match["era"]:
        year = datewords.ERAS[era] + (1 if match["count"] == "元" else int(match["count"]))
    return _valid(year, int(match["month"]), int(match["day"]))


def _read_ymd(match: re.Match[str], _: Reading) -> date | None:
    return _valid(int(match["year"]), int(match["month"]), int(match["day"]))


def _read_named(match: re.Match[str], _: Reading) -> date | None:
    month = datewords.month_of(match["name"])
    year = int(match["year"])
    if datewords.is_thai(match["name"]) and year > LAST_YEAR:
        year -= datewords.THAI_ERA
    return _valid(year, month, int(match["day"])) if month else None


def _read_numeric(match: re.Match[str], reading: Reading) -> date | None:
    """Two numbers before the year: with dots the day is first everywhere, with slashes the country decides."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:  # noqa: PLR2004 -- RFC 2822, 4.3
        year += 2000 if year < 50 else 1900  # noqa: PLR2004
    day_first = _valid(year, second, first)
    month_first = _valid(year, first, second)
    if match["sign"] == "/" and reading.month_first:
        return month_first or day_first
    return day_first or month_first


def _without_year(text: str, reading: Reading) -> Moment | None:
    """A day and a month alone: the last time that they were."""
    if reading.today is None:
        return None
    for match in _yearless().finditer(text):
        month = int(match["m"]) if match["m"] else datewords.month_of(match["after"] or match["before"])
        day = int(match["d"] or match["first"] or match["second"])
        found = _valid(reading.today.year, month, day) if month else None
        if found and found > reading.today + timedelta(days=2):
            found = _valid(reading.today.year - 1, found.month, found.day)
        if found:
            return Moment(found, _near_clock(text, match.start(), match.end()))
    return None


def _named_day(lowered: str, text: str, now: datetime) -> Moment | None:
    """Today and yesterday, in a phrase short enough to be a date."""
    if len(text) > _SHORT:
        return None
    for match in _day_word().finditer(lowered):
        day = now.date() + timedelta(days=datewords.day_words()[match.group()])
        return Moment(day, _near_clock(text, match.start(), match.end()))
    return None


# --- amounts of time


def _past(lowered: str) -> tuple[bool, timedelta] | None:
    """Whether an amount is exact to the minute, and the amount itself."""
    for pattern in _ago():
        if match := pattern.search(lowered):
            amounts = [_amount(count, unit) for count, unit in _amounts().findall(match["amounts"])]
            known = [amount for amount in amounts if amount]
            if known:
                return all(exact for exact, _ in known), sum((span for _, span in known), timedelta())
    return None


def _amount(count: str, unit: str) -> tuple[bool, timedelta] | None:
    number = int(count) if count.isdigit() else 1
    match datewords.unit_of(unit):
        case "second" | "minute" | "hour" as name:
            return True, timedelta(**{f"{name}s": number})
        case "day":
            return False, timedelta(days=number)
        case "week":
            return False, timedelta(weeks=number)
        case "month":
            return False, timedelta(days=number * _MONTH)
        case "year":
            return False, timedelta(days=number * _YEAR)
    return None


# --- the time of day


def _near_clock(text: str, start: int, end: int) -> Clock | None:
    """The time of day after a date, else the last one before it."""
    if after := find_clock(text[end : end + _NEAR]):
        return after
    before = [
        clock for match in _clock().finditer(text[max(0, start - _NEAR) : start]) if (clock := _read_clock(match))
    ]
    return before[-1] if before else None


def _read_clock(match: re.Match[str]) -> Clock | None:
    hour, minute, second = (int(match[f"{name}1"] or match[f"{name}2"] or 0) for name in ("hour", "minute", "second"))
    if match["hour3"]:
        hour = int(match["hour3"])
    half = datewords.half_of(match["pre"] or "") or datewords.half_of(match["post"] or "")
    if match["hour3"] and not (half or match["mark"]):
        return None
    if half == "pm" and hour < 12:  # noqa: PLR2004 -- the clock's twelve
        hour += 12
    elif half == "am" and hour == 12:  # noqa: PLR2004
        hour = 0
    if hour > _LAST_HOUR or minute > 59 or second > 60:  # noqa: PLR2004 -- a leap second is the last of its minute
        return None
    return Clock(hour, minute, min(second, 59), offset_zone(match["zone"]) if match["zone"] else None)


# --- the patterns, compiled when first asked for


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(r"\d")


@cache
def _absolute() -> list[tuple[re.Pattern[str], _Reader]]:
    patterns = (
        ((_CJK,), _read_cjk),
        ((_YMD, _VIETNAMESE, _RFC_IN_NUMBERS), _read_ymd),
        ((_DAY_NAME_YEAR, _NAME_DAY_YEAR, _YEAR_NAME_DAY), _read_named),
        ((_NUMERIC, _SHORT_NUMERIC), _read_numeric),
    )
    return [(re.compile(pattern, re.IGNORECASE), read) for group, read in patterns for pattern in group]


_NAME = r"(?P<name>(?:تشرين|كانون) (?:الأول|الثاني)|[^\W\d_][^\s\d,()/|:;+\-]{1,19})"
_YEAR_LAST = r"(?P<year>\d{4})(?!\d)"
_CLOCK_WITHIN = (
    r"(?P<clock>\s+\d{1,2}:\d\d(?::\d\d)?(?:\s+(?:[A-Z]{1,5}|[+\-]\d{4}))?)"  # as ctime and date(1) write it
)
_CJK = (
    r"(?:(?P<era>令和|平成|昭和|大正|明治|民國|民国)\s?(?P<count>元|\d{1,3})|(?<!\d)(?P<year>\d{4}))"
    r"\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})(?!\d)\s?[日일號号]?"
)
_YMD = r"(?<!\d)(?P<year>\d{4})\s?([\-/.])\s?(?P<month>\d{1,2})\s?\2\s?(?P<day>\d{1,2})(?!\d)"
_VIETNAMESE = r"(?<!\d)(?P<day>\d{1,2}) tháng (?P<month>\d{1,2})(?:,| năm)* (?P<year>\d{4})(?!\d)"
# RFC 822 from a machine whose language names months by number: 土, 01 8月 2026 10:30:00.
_RFC_IN_NUMBERS = r"(?<![\d.:])(?P<day>\d{1,2}) (?P<month>\d{1,2})[月월]? (?P<year>\d{4})(?= \d{1,2}:\d\d)"
_DAY_NAME_YEAR = (
    r"(?<![\d.:])(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|ª|o|a|°|\.|-?го)?[\s.\-/]*(?:de\s+|of\s+|del\s+|d['’]\s?)?"
    rf"{_NAME}[.,]*[\s\-/]*(?:de\s+|del\s+|of\s+|พ\.ศ\.\s*)?['’]?{_YEAR_LAST}"
)
_NAME_DAY_YEAR = rf"{_NAME}[.,]?[\s\-]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?{_CLOCK_WITHIN}?[,\s\-]+{_YEAR_LAST}"
_YEAR_NAME_DAY = rf"(?<!\d)(?P<year>\d{{4}})\.?(?:\s+m\.)?[\s\-]+{_NAME}[\s.\-]+(?P<day>\d{{1,2}})(?!\d)"
_NUMERIC = r"(?<![\d.])(?P<first>\d{1,2})\s?(?P<sign>[/.\-])\s?(?P<second>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4})(?!\d)"
# Only at the start of a text: within one it may be a version or a price.
_SHORT_NUMERIC = r"\A\s*(?P<first>\d{1,2})(?P<sign>[/.])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{2})(?!\S*\d)(?=\D|\Z)"


@cache
def _yearless() -> re.Pattern[str]:
    name = r"[^\W\d_][^\s\d,()/|:;+\-]{2,19}"
    return re.compile(
        r"(?<!\d)(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일號号]"
        rf"|(?<![\d.:])(?P<first>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?(?P<after>{name})"
        rf"|(?P<before>{name})[.]?\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])",
        re.IGNORECASE,
    )


@cache
def _clock() -> re.Pattern[str]:
    half = "|".join(re.escape(word) for word in datewords.half_words())
    zones = "|".join(map(re.escape, zone_names()))
    return re.compile(
        rf"(?:(?<!\w)(?P<pre>{half})\s*)?(?<![\d.:/\-])(?:"
        r"(?P<hour1>\d{1,2})(?:\s?:\s?|h|\.)(?P<minute1>\d\d)(?!\d|\.\d{3})(?:[:.](?P<second1>\d\d)(?!\d)(?:[.,]\d+)?)?"
        r"|(?P<hour2>\d{1,2})\s?[時时點点시]\s?(?:(?P<minute2>\d{1,2})\s?[分분]\s?(?:(?P<second2>\d{1,2})\s?[秒초])?)?"
        r"|(?P<hour3>\d{1,2})(?=\s?(?P<mark>Uhr|h\b|o'clock)|\s?(?:[ap]\.?m\b)))"
        rf"(?:\s*Uhr\b)?\s*(?P<post>(?:{half})(?!\w))?"
        rf"\s*[(\[]?(?P<zone>(?:GMT|UTC)?\s?[+\-]\d{{1,2}}(?::?\d\d)?(?!\d)|(?-i:(?:\b|(?<=\d))(?:{zones})\b))?",
        re.IGNORECASE,
    )


@cache
def _offset() -> re.Pattern[str]:
    return re.compile(r"(?:GMT|UTC)?\s?(?P<sign>[+\-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?", re.IGNORECASE)


@cache
def _ago() -> tuple[re.Pattern[str], ...]:
    unit = "|".join(map(re.escape, datewords.unit_words()))
    ones = "|".join(datewords.one_words())
    one = rf"(?:\d{{1,4}}\s*|(?<!\w)(?:{ones})\s+)(?:{unit})(?!\w*[a-z])\.?"
    some = rf"(?P<amounts>(?:{one}[\s,]*(?:and |und |et |y )?){{1,3}})"
    return (
        re.compile(rf"(?<!\w)(?:{datewords.AGO_BEFORE})\s+{some}"),
        re.compile(rf"{some}(?:{datewords.AGO_AFTER})(?![a-z])"),
        re.compile(rf"(?<!\w)(?:{datewords.BARE_AGO_BEFORE})\s+(?P<amounts>{unit})(?!\w)"),
        re.compile(rf"(?<!\w)(?P<amounts>{unit})\s+(?:{datewords.BARE_AGO_AFTER})(?!\w)"),
        re.compile(r"\A\s*(?P<amounts>\d{1,3}\s?(?:s|sec|secs|m|min|mins|h|hr|hrs|d|w))\.?\s*\Z"),
    )


@cache
def _amounts() -> re.Pattern[str]:
    unit = "|".join(map(re.escape, datewords.unit_words()))
    ones = "|".join(datewords.one_words())
    return re.compile(rf"(\d{{1,4}}|(?<!\w)(?:{ones})(?=\s)|)\s*(?<![^\W\d])({unit})(?!\w*[a-z])")


@cache
def _day_word() -> re.Pattern[str]:
    words = sorted(datewords.day_words(), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z\d]){re.escape(word)}(?![a-z])" for word in words))


@cache
def _han_number() -> re.Pattern[str]:
    return re.compile("[〇零一二三四五六七八九十]{1,4}(?=[年月日時时分號号])")


@cache
def _plain_signs() -> dict[int, str]:
    dashes = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
    return dashes | dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")


def _from_han(text: str) -> int:
    """二〇二五 → 2025, 三十一 → 31."""
    digits = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
    if "十" not in text:
        return int("".join(str(digits[char]) for char in text))
    tens, _, ones = text.partition("十")
    return 10 * (digits.get(tens, 1) if tens else 1) + digits.get(ones, 0)
