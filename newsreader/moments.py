"""Times as a person types them: 2h, 3d, yesterday, 2026-09-01."""

from datetime import date, datetime, timedelta, tzinfo

from newsreader.errors import UsageError

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment_of(text: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """The time that is meant, counted back from `now`; days begin in the reader's `zone` (`None`: the system's).

    Raises `UsageError`.
    """
    here = now.astimezone(zone)
    today = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if text == "today":
        return today
    if text == "yesterday":
        return today - timedelta(days=1)
    if text[:-1].isascii() and text[:-1].isdigit() and text[-1:] in UNITS:
        try:
            return now - timedelta(**{UNITS[text[-1]]: int(text[:-1])})
        except (OverflowError, ValueError):  # ValueError: more digits than Python reads
            return datetime.min.replace(tzinfo=now.tzinfo)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a time", hint="Write 2h, 3d, 1w, today, yesterday, 2026-09-01 or 2026-09-01T08:30"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=here.tzinfo)


def end_of(text: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """Where the time that is meant ends: a day, named or dated, at the midnight after it, any other time at itself.

    Raises `UsageError`.
    """
    found = moment_of(text, now, zone)
    if not _is_day(text):
        return found
    try:
        return found + timedelta(days=1)
    except OverflowError:
        return datetime.max.replace(tzinfo=found.tzinfo)


def _is_day(text: str) -> bool:
    """Whether a time is a day without an hour."""
    if text in ("today", "yesterday"):
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
