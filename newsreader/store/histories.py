"""What became of an article, gathered for `why`."""

from typing import Any

from newsreader.model.history import History, Version
from newsreader.store.articles import load_revisions
from newsreader.store.connection import Connection, rows
from newsreader.store.entries import load_entry
from newsreader.store.journal import changes_of
from newsreader.store.sources import load_source
from newsreader.store.storylists import load_stories
from newsreader.store.times import at_seconds, from_seconds


def load_history(db: Connection, article_id: int) -> History:
    """Everything that was done to an article. Raises NotFoundError."""
    entry = load_entry(db, article_id)
    own = (entry.id,)
    sql = """SELECT first_seen_at, home, wanted, tried_at, failures, failure, read_at, starred_at, later_at, revision
    FROM article WHERE id = ?"""
    first_seen, home, wanted, tried, failures, failure, *marks, revision = rows(db, sql, own)[0]
    read, starred, later = map(from_seconds, marks)
    others = """SELECT s.name FROM announcement n JOIN source s ON s.id = n.source
    WHERE n.article = ? AND n.source IS NOT ? ORDER BY s.id"""
    return History(
        entry=entry,
        first_seen=at_seconds(first_seen),
        home=home,
        source=load_source(db, entry.source_id) if entry.source_id else None,
        others=_column(db, others, (entry.id, entry.source_id)),
        urls=_column(db, "SELECT url FROM article_url WHERE article = ? ORDER BY url", own),
        wanted=bool(wanted),
        tried=from_seconds(tried),
        failures=failures,
        failure=failure,
        read=read,
        starred=starred,
        later=later,
        changes=tuple(changes_of(db, entry.id)),
        merged=_column(db, "SELECT id FROM moved WHERE article = ? ORDER BY id", own),
        copies=_column(db, "SELECT id FROM article WHERE copy_of = ? ORDER BY id", own),
        revision=revision,
        story=next(iter(load_stories(db, [entry.story])), None) if entry.story else None,
        versions=tuple(Version(old.number, old.saved, old.title) for old in load_revisions(db, entry.id)),
    )


def _column(db: Connection, sql: str, bindings: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value for (value,) in rows(db, sql, bindings))
