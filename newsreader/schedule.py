"""When a source is due again, and why, in words that follow "next in 2h, …".

Pure: the clock comes in as `now`, and luck as `chance`, a number from 0 to below 1 that is drawn for each answer.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from newsreader.model.news import Source
from newsreader.text import lasting

LONGEST_REST = timedelta(days=1)  # whatever a source says and however often it failed, it is tried once a day
_SPREAD = 0.1  # of the interval: sources that were fetched together do not stay together for ever
_BACKOFF_SPREAD = 0.25  # of the wait after failures: sources of one server that is down do not all return at once


class Turn(NamedTuple):
    """The next turn of a source: when it is `due`, and the `reason` in words."""

    due: datetime
    reason: str


class Freshness(NamedTuple):
    """For how long an answer stays fresh: `ttl` as its feed says (minutes, 0: not said), `max_age` as its server does.

    `max_age` is in seconds; 0 or `None`: the server does not say, or says "not at all".
    """

    ttl: int = 0
    max_age: int | None = None


def is_due(source: Source, now: datetime) -> bool:
    """Whether it is the turn of a source; also if its last turn lies ahead: then the clock was wrong, or is now."""
    return source.due is None or source.due <= now or (source.checked is not None and source.checked > now)


def after_answer(now: datetime, interval: timedelta, fresh: Freshness, chance: float = 0.0) -> Turn:
    """The turn after an answer: the interval, up to a tenth shorter, or longer if its feed or its server says so.

    What they say is never cut short, except at `LONGEST_REST`.
    """
    ttl, age = timedelta(minutes=fresh.ttl), timedelta(seconds=fresh.max_age or 0)
    said = max(ttl, age)
    if said <= interval:
        own = interval * (1 - _SPREAD * chance)
        return Turn(now + max(own, said), f"since a source rests for {lasting(interval.total_seconds())}")
    words = lasting(said.total_seconds())
    if ttl == said:
        reason = f"since its feed says that it changes every {words.removeprefix('1 ')}"
    else:
        reason = f"since its server says that nothing changes for {words}"
    if said > max(interval, LONGEST_REST):
        reason += ", and every source is asked once a day"
    return Turn(now + max(interval, min(said, LONGEST_REST)), reason)


def after_failure(
    now: datetime, interval: timedelta, failures: int, retry_after: float | None = None, chance: float = 0.0
) -> Turn:
    """The turn after some `failures` in a row: the interval, doubled for each, up to a quarter shorter.

    Never before the server asked (`retry_after`, seconds).
    """
    rest = min(interval * (1 << min(failures, 10)), max(LONGEST_REST, interval))
    rest *= 1 - _BACKOFF_SPREAD * chance
    if retry_after is not None and (asked := timedelta(seconds=retry_after)) > rest:
        return Turn(now + asked, f"since the server asked to wait for {lasting(retry_after)}")
    return Turn(now + rest, f"after {failures} failures in a row" if failures > 1 else "after a failure")
