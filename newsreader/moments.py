"""Times as a person types them: 2h, 3d, yesterday, 2026-09-01."""

from datetime import datetime, timedelta, tzinfo

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
        except OverflowError:
            return datetime.min.replace(tzinfo=now.tzinfo)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a time", hint="Write 2h, 3d, 1w, today, yesterday, 2026-09-01 or 2026-09-01T08:30"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=here.tzinfo)
