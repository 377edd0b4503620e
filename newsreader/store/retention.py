"""What is not kept for ever: which articles are beyond the limits that the user set, and how they go.

An article goes with its text, its words in the index and its prints; links to it stay. Its addresses are remembered, so
that a source that still announces it does not bring it back.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from newsreader.keys import key_of
from newsreader.model.keep import Keep, SourceKeep
from newsreader.model.news import Headline
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.derived import derived
from newsreader.store.times import to_seconds
from newsreader.text import numbered

_AT_ONCE = 50  # articles that go in one transaction, so that no reader's mark waits long
_REMEMBERED = timedelta(days=180)  # how long a source may say nothing of what was dropped before it is news again
_REFRESHED = timedelta(days=30)  # the memory of what is still announced is made new no more often than that

# What never goes, whatever the limits: to be kept in one place.
_FREE = """a.starred_at IS NULL AND a.later_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM changed d JOIN change c ON c.id = d.change
  JOIN article_tag t ON t.article = d.article AND t.tag = c.value
  WHERE d.article = a.id AND c.mark = 'tag' AND c.by = 'you')
AND NOT EXISTS (SELECT 1 FROM story s WHERE s.id = a.story AND s.followed_at IS NOT NULL)"""
_READ = "(a.read_at IS NOT NULL OR a.hidden_by IS NOT NULL)"


class Limits(NamedTuple):
    """How much is kept: in general, and of sources, by their ids, that have limits of their own."""

    general: Keep
    own: Mapping[int, SourceKeep] = MappingProxyType({})

    def __bool__(self) -> bool:
        """Whether there is any limit at all."""
        return any(self.general[:3]) or any(limit > 0 for own in self.own.values() for limit in own)

    def of(self, source_id: int) -> tuple[int, int]:
        """The days and the number of articles that are kept of a source."""
        days, articles = self.own.get(source_id, SourceKeep())
        return self.general.days if days < 0 else days, self.general.per_source if articles < 0 else articles


class Surplus(NamedTuple):
    """Articles of one source (`None`: of none) that are beyond a limit, and which: "older than 30 days"."""

    source: str | None
    reason: str
    ids: list[int]


class _Bound(NamedTuple):
    """A place in the order of lists: what stands before it is old."""

    moment: int
    article: int = 0


def find_surplus(db: Connection, limits: Limits, now: datetime) -> list[Surplus]:
    """The articles that are beyond the limits, each once, by limit and source."""
    found: dict[tuple[str | None, str], list[int]] = {}
    taken: set[int] = set()
    for article_id, source, reason in _beyond(db, limits, now):
        if article_id not in taken:
            taken.add(article_id)
            found.setdefault((source, reason), []).append(article_id)
    return [Surplus(source, reason, ids) for (source, reason), ids in found.items()]


def drop(db: Connection, ids: Sequence[int], keep: Keep, now: datetime) -> int:
    """Take articles away, some at a time; what was marked meanwhile stays. Returns how many went."""
    gone = 0
    for start in range(0, len(ids), _AT_ONCE):
        with transaction(db):
            gone += _drop_some(db, ids[start : start + _AT_ONCE], keep, to_seconds(now))
    return gone


def forget_dropped(db: Connection, now: datetime) -> None:
    """Forget the addresses of what was dropped and no source has named for half a year."""
    with transaction(db):
        db.execute("DELETE FROM dropped WHERE dropped_at < ?", (to_seconds(now - _REMEMBERED),))


def not_dropped(db: Connection, told: list[Headline], now: datetime) -> list[Headline]:
    """The headlines without those of articles that were dropped, unless somebody asked for the article since."""
    keys = [key_of(headline.url) for headline in told]
    sql = """SELECT d.key, d.dropped_at FROM json_each(?) CROSS JOIN dropped d ON d.key = value WHERE NOT EXISTS (
    SELECT 1 FROM article_url u JOIN article a ON a.id = u.article WHERE u.key = d.key AND a.arrival IS NOT NULL)"""
    known = dict(rows(db, sql, (json.dumps(keys),)))
    stale = [key for key, at in known.items() if at < to_seconds(now - _REFRESHED)]
    db.executemany("UPDATE dropped SET dropped_at = ? WHERE key = ?", [(to_seconds(now), key) for key in stale])
    return [headline for key, headline in zip(keys, told, strict=True) if key not in known]


def _beyond(db: Connection, limits: Limits, now: datetime) -> Iterator[tuple[int, str | None, str]]:
    """Id, source and limit of each article beyond a limit; it may come more than once."""
    general = limits.general
    sources: list[tuple[int, str]] = rows(db, "SELECT id, name FROM source ORDER BY name")
    others = [source_id for source_id, _ in sources if limits.of(source_id)[0] != general.days]
    if general.days:
        yield from _of_store(db, general, _older_than(general.days, now), _age(general.days), others)
    if general.articles and (bound := _newest(db, general.articles)):
        yield from _of_store(db, general, bound, f"beyond the newest {general.articles}")
    for source_id, name in sources:
        days, articles = limits.of(source_id)
        if days and source_id in others:
            for article_id in _of_source(db, general, source_id, _older_than(days, now)):
                yield article_id, name, _age(days)
        if articles and (bound := _newest_of(db, source_id, articles)):
            for article_id in _of_source(db, general, source_id, bound):
                yield article_id, name, f"beyond the newest {articles} of their source"


def _of_store(
    db: Connection, keep: Keep, before: _Bound, reason: str, without: Sequence[int] = ()
) -> Iterator[tuple[int, str | None, str]]:
    """What is old in the whole store, but for some sources; hidden articles have an index of their own."""
    for hidden in ("IS NULL", "IS NOT NULL"):
        sql = f"""SELECT a.id, s.name FROM article a LEFT JOIN source s ON s.id = a.source
        WHERE a.arrival IS NOT NULL AND a.hidden_by {hidden} AND (a.moment, a.id) < (?, ?) AND {_free(keep)}
        AND (a.source IS NULL OR a.source NOT IN (SELECT value FROM json_each(?)))"""  # noqa: S608 - fixed texts
        for article_id, name in rows(db, sql, (*before, json.dumps(without))):
            yield article_id, name, reason


def _of_source(db: Connection, keep: Keep, source_id: int, before: _Bound) -> list[int]:
    """What is old among the articles that a source was the first to announce."""
    sql = f"""SELECT a.id FROM announcement n JOIN article a ON a.id = n.article AND a.source = n.source
    WHERE n.source = ? AND (n.moment, n.article) < (?, ?) AND {_free(keep)}"""  # noqa: S608 - fixed texts
    return [article_id for (article_id,) in rows(db, sql, (source_id, *before))]


def _free(keep: Keep) -> str:
    return f"{_FREE} AND {_READ}" if keep.unread else _FREE


def _age(days: int) -> str:
    return f"older than {numbered(days, 'day')}"


def _older_than(days: int, now: datetime) -> _Bound:
    return _Bound(to_seconds(now) - days * 86400)


def _newest(db: Connection, count: int) -> _Bound | None:
    """Where the newest so many articles of the store end; `None` if there are no more."""
    sql = """SELECT moment, id FROM article WHERE arrival IS NOT NULL AND hidden_by IS NULL
    ORDER BY moment DESC, id DESC LIMIT 1 OFFSET ?"""
    found = row(db, sql, (count - 1,))
    return _Bound(*found) if found else None


def _newest_of(db: Connection, source_id: int, count: int) -> _Bound | None:
    """Where the newest so many articles of a source end; `None` if there are no more."""
    sql = (
        "SELECT moment, article FROM announcement WHERE source = ? ORDER BY moment DESC, article DESC LIMIT 1 OFFSET ?"
    )
    found = row(db, sql, (source_id, count - 1))
    return _Bound(*found) if found else None


def _drop_some(db: Connection, ids: Sequence[int], keep: Keep, now: int) -> int:
    sql = f"SELECT a.id FROM json_each(?) CROSS JOIN article a ON a.id = value WHERE {_free(keep)}"  # noqa: S608 - fixed text
    gone = [article_id for (article_id,) in rows(db, sql, (json.dumps(ids),))]
    if not gone:
        return 0
    chosen = (json.dumps(gone),)
    sql = """INSERT INTO dropped SELECT key, ?2 FROM article_url WHERE article IN (SELECT value FROM json_each(?1))
    ON CONFLICT (key) DO UPDATE SET dropped_at = ?2"""
    db.execute(sql, (*chosen, now))
    linked = _column(db, "SELECT DISTINCT target FROM link WHERE article IN (SELECT value FROM json_each(?))", *chosen)
    changes = _column(
        db, "SELECT DISTINCT change FROM changed WHERE article IN (SELECT value FROM json_each(?))", *chosen
    )
    with derived(db, *gone):
        db.execute("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", chosen)
    _drop_unlinked(db, linked)
    sql = """DELETE FROM change WHERE id IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM changed d WHERE d.change = change.id)"""
    db.execute(sql, (changes,))
    return len(gone)


def _drop_unlinked(db: Connection, linked: str) -> None:
    """Take away what was known only because articles that are gone linked to it."""
    sql = f"""DELETE FROM article AS a WHERE a.id IN (SELECT value FROM json_each(?)) AND a.arrival IS NULL
    AND a.read_at IS NULL AND NOT EXISTS (SELECT 1 FROM link l WHERE l.target = a.id) AND {_FREE}"""  # noqa: S608 - fixed texts
    db.execute(sql, (linked,))


def _column(db: Connection, sql: str, chosen: str) -> str:
    """The values of a query of one column, as a JSON array."""
    return json.dumps([value for (value,) in rows(db, sql, (chosen,)) if value is not None])
