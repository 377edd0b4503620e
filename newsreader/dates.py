"""Any date text in feeds and pages, in any supported language, to an aware datetime, or None."""

from datetime import UTC, datetime


class Day(datetime):
    """Midnight of a day whose hour is not known."""

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
    if len(text) == 10:
        return Day.fromisoformat(text).replace(tzinfo=UTC)
    return datetime.fromisoformat(text)
