"""The journal of marks: what was done to them, so that it can be taken back and explained."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from newsreader.model.changes import Change, Recorded
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.identity import existing
from newsreader.store.times import at_seconds, to_seconds

COLUMNS = {"read": "read_at", "starred": "starred_at", "later": "later_at", "hidden": "hidden_by"}
KEPT = 200  # changes of commands that are remembered; those of rules always are, for `why`

_RECORDED = """SELECT c.id, c.at, c.by, c.mark, c.value, c.undo,
(SELECT count(*) FROM changed WHERE change = c.id), (SELECT before FROM changed WHERE change = c.id LIMIT 1)
FROM change c"""


def begin(db: Connection, change: Change, by: str, now: datetime, *, undo: bool) -> int:
    """Write a change into the journal, inside a transaction; its number, under which articles are written."""
    value = (change.text or "yes") if change.on else None
    sql = "INSERT INTO change (at, by, mark, value, undo) VALUES (?, ?, ?, ?, ?)"
    db.execute(sql, (to_seconds(now), by, change.mark, value, "yes" if undo else "no"))
    return db.last_insert_rowid()


def settle(db: Connection, number: int) -> None:
    """Forget a change that changed nothing, and the oldest ones of commands; no mark is touched."""
    db.execute("DELETE FROM change WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM changed WHERE change = ?1)", (number,))
    sql = "SELECT id FROM change WHERE undo IN ('yes', 'done') ORDER BY id DESC LIMIT 1 OFFSET ?"
    if oldest := row(db, sql, (KEPT,)):
        sql = """DELETE FROM change WHERE undo IN ('yes', 'done') AND id <= ? AND by NOT LIKE 'rule %'
        AND (mark <> 'tag' OR value IS NULL)"""  # retention asks which tags are the user's own
        db.execute(sql, oldest)
        db.execute("UPDATE change SET undo = 'no' WHERE undo = 'yes' AND id <= ?", oldest)


def undoable(db: Connection, limit: int) -> list[Recorded]:
    """The newest changes that can be taken back, the newest first."""
    return [_recorded(values) for values in _undoable(db, limit)]


def undo(db: Connection) -> Recorded | None:
    """Take the newest change back: what stood there before stands there again. `None` if there is nothing to undo.

    Articles that became part of another, or are gone, are passed over.
    """
    with transaction(db):
        for values in _undoable(db, 1):
            done = _recorded(values)
            for sql in _restoring(done.change):
                db.execute(sql, {"change": values[0], "text": done.change.text})
            db.execute("UPDATE change SET undo = 'done' WHERE id = ?", values[:1])
            return done
    return None


def changes_of(db: Connection, article_id: int) -> list[Recorded]:
    """What was done to the marks of an article, the oldest first. Raises NotFoundError."""
    sql = """SELECT c.id, c.at, c.by, c.mark, c.value, c.undo, 1, d.before
    FROM changed d CROSS JOIN change c ON c.id = d.change WHERE d.article = ? ORDER BY c.id"""
    return [_recorded(values) for values in rows(db, sql, (existing(db, article_id),))]


def untouched(db: Connection, ids: Iterable[int], change: Change) -> list[int]:
    """Those of these articles whose mark nobody ever changed, as far as the journal tells."""
    sql = """SELECT e.value FROM json_each(:ids) e WHERE NOT EXISTS (
    SELECT 1 FROM changed d CROSS JOIN change c ON c.id = d.change WHERE d.article = e.value AND c.mark = :mark
    AND (c.mark <> 'tag' OR coalesce(c.value, d.before) = :text COLLATE NOCASE))"""
    bindings = {"ids": json.dumps(list(ids)), "mark": change.mark, "text": change.text}
    return [article_id for (article_id,) in rows(db, sql, bindings)]


def count_changed(db: Connection, by: str) -> int:
    """How many articles of those that are there somebody changed the marks of."""
    sql = "SELECT count(DISTINCT d.article) FROM change c CROSS JOIN changed d ON d.change = c.id WHERE c.by = ?"
    return int(rows(db, sql, (by,))[0][0])


def _undoable(db: Connection, limit: int) -> list[tuple[Any, ...]]:
    sql = f"""{_RECORDED} WHERE c.undo = 'yes' AND EXISTS (SELECT 1 FROM changed WHERE change = c.id)
    ORDER BY c.id DESC LIMIT ?"""  # noqa: S608 - fixed text
    return rows(db, sql, (limit,))


def _recorded(values: tuple[Any, ...]) -> Recorded:
    _, at, by, mark, value, undo, articles, before = values
    text = {"tag": value or before, "hidden": value}.get(mark) or ""
    return Recorded(at_seconds(at), by, Change(mark, value is not None, text), articles, undo == "done")


def _restoring(change: Change) -> list[str]:
    """The statements that write back what stood there before."""
    if change.mark != "tag":
        return [
            f"""UPDATE article SET {COLUMNS[change.mark]} = d.before FROM changed d
            WHERE d.change = :change AND article.id = d.article"""  # noqa: S608 - names of columns
        ]
    return [
        """DELETE FROM article_tag WHERE tag = :text
        AND article IN (SELECT article FROM changed WHERE change = :change)""",
        """INSERT INTO article_tag (article, tag, position) SELECT article, before, position FROM changed
        WHERE change = :change AND before IS NOT NULL""",
    ]
