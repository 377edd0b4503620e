"""Times as the store keeps them: whole seconds since 1970-01-01 UTC."""

from datetime import UTC, datetime


def to_seconds(at: datetime) -> int:
    """An aware time as whole seconds since 1970-01-01 UTC, rounded down; negative before."""
    return int(at.timestamp() // 1)


def at_seconds(seconds: int) -> datetime:
    """The time in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def from_seconds(seconds: int | None) -> datetime | None:
    """The time in UTC; `None` for `None`."""
    return None if seconds is None else at_seconds(seconds)


def moment_of(published: datetime | None, first_seen: int) -> int:
    """The place of an article in lists: when it was published, or first seen.

    Nothing is published after it was seen: a clock that runs ahead, or a wrong zone, must not hold an article on top.
    """
    return first_seen if published is None else min(to_seconds(published), first_seen)
