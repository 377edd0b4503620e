"""Times as a reader takes them in: ages in lists, dates in the reader's zone, minutes to read."""

from datetime import date, datetime, timedelta, tzinfo

from newsreader.dates import Day

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_DAYS_AS_AGE = 7
_WORDS_A_MINUTE = 220  # silent reading of news prose; two CJK characters count as a word


def age(at: datetime | None, now: datetime) -> str:
    """How long ago, in few columns: "now", "5m", "3h", "6d", then "1 Aug", in other years "Aug 2024"; "" for `None`.

    `now` is aware, in the reader's zone. A `Day` tells days only ("today"). What lies more than an hour ahead of `now`
    is shown as its date.
    """
    if at is None:
        return ""
    day = _date_of(at, now.tzinfo)
    days = (now.date() - day).days
    past = now - at
    if isinstance(at, Day):
        recent = "today" if days == 0 else f"{days}d" if days > 0 else ""
    elif past < _DAY:
        recent = _span(past) if past > -_HOUR else ""
    else:
        recent = f"{past // _DAY}d"
    return recent if recent and days < _DAYS_AS_AGE else _short(day, now)


def ago(at: datetime, now: datetime) -> str:
    """`age` in a sentence: "3h ago", "just now", "on 1 Aug"."""
    found = age(at, now)
    if found in ("now", "today"):
        return found.replace("now", "just now")
    if " " in found:
        return f"on {found}" if found[0].isdigit() else f"in {found}"
    return f"{found} ago"


def ahead(at: datetime, now: datetime) -> str:
    """When something is due: "now", "in 5m", "in 3h", "in 2d", to the nearest hour or day."""
    left = at - now
    if left < timedelta(minutes=1):
        return "now"
    if left >= _DAY:
        return f"in {round(left / _DAY)}d"
    return f"in {_span(left + timedelta(minutes=30) if left > timedelta(hours=1) else left)}"


def moment(at: datetime, zone: tzinfo) -> str:
    """A time in the reader's zone, "2025-08-01 03:30"; a `Day` as its date.

    The publisher's own time follows where its clock shows another: "(10:30 UTC+9 there)". A time in UTC has none: that
    is how feeds write any time.
    """
    if isinstance(at, Day):
        return at.date().isoformat()
    here = at.astimezone(zone)
    text = f"{here:%Y-%m-%d %H:%M}"
    offset = at.utcoffset()
    if not offset or offset == here.utcoffset():
        return text
    there = f"{at:%H:%M}" if at.date() == here.date() else f"{at:%Y-%m-%d %H:%M}"
    return f"{text} ({there} UTC{_offset(offset)} there)"


def day_and_hour(at: datetime | None, zone: tzinfo) -> tuple[str, str]:
    """A time in the reader's zone as "2025-08-01" and "03:30"; what is not known is ""."""
    if at is None:
        return "", ""
    day = _date_of(at, zone).isoformat()
    return day, "" if isinstance(at, Day) else f"{at.astimezone(zone):%H:%M}"


def reading_minutes(words: int) -> int:
    """Minutes to read so many words, at least 1."""
    return max(1, round(words / _WORDS_A_MINUTE))


def _span(past: timedelta) -> str:
    """Less than a day, in minutes or hours; "now" for less than a minute."""
    if past < timedelta(minutes=1):
        return "now"
    return f"{past // timedelta(minutes=1)}m" if past < _HOUR else f"{past // _HOUR}h"


def _date_of(at: datetime, zone: tzinfo | None) -> date:
    return at.date() if isinstance(at, Day) else at.astimezone(zone).date()


def _short(day: date, now: datetime) -> str:
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month}" if day.year == now.year else f"{month} {day.year}"


def _offset(offset: timedelta) -> str:
    """An offset as in "+9" or "-3:30"."""
    sign = "-" if offset < timedelta() else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}"
