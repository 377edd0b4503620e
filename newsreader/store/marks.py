"""Marks: what a person or a rule did to articles, each change written to the journal."""

import json
from collections.abc import Iterable
from datetime import datetime

from newsreader.model.changes import Change
from newsreader.store.connection import Connection, rows, transaction
from newsreader.store.identity import all_existing
from newsreader.store.journal import COLUMNS, begin, settle
from newsreader.store.times import to_seconds


def mark(  # noqa: PLR0913 - what, to which, by whom and when
    db: Connection, ids: Iterable[int], change: Change, by: str, now: datetime, *, undo: bool = True
) -> int:
    """Set or take away a mark of articles; how many it changed.

    `by` tells who did it: "you", or "rule NAME"; `undo` is whether `undo` takes it back. A mark that is set keeps its
    time and its cause. All or nothing: raises NotFoundError if one of them is not there.
    """
    if change.mark == "hidden" and change.on and not change.text:
        change = change._replace(text=by)
    with transaction(db):
        number = begin(db, change, by, now, undo=undo)
        bindings = {"ids": json.dumps(all_existing(db, ids)), "change": number, "text": change.text}
        db.execute(f"INSERT INTO changed (change, article, before, position) {_affected(change)}", bindings)
        count = db.changes()
        if count:
            db.execute(_written(change), bindings | {"value": _value(change, now)})
        settle(db, number)
    return count


def count_affected(db: Connection, ids: Iterable[int], change: Change) -> int:
    """How many of these articles a change would change. Raises NotFoundError if one of them is not there."""
    bindings = {"ids": json.dumps(all_existing(db, ids)), "change": 0, "text": change.text}
    return int(rows(db, f"SELECT count(*) FROM ({_affected(change)})", bindings)[0][0])  # noqa: S608 - fixed text


def _affected(change: Change) -> str:
    """The query for rows of the journal: what differs, and what stands there."""
    if change.mark != "tag":
        column = COLUMNS[change.mark]
        return f"""SELECT :change, a.id, a.{column}, NULL FROM json_each(:ids) c CROSS JOIN article a ON a.id = c.value
        WHERE a.{column} IS {"" if change.on else "NOT"} NULL"""  # noqa: S608 - names of columns
    if change.on:
        return """SELECT :change, c.value, NULL, NULL FROM json_each(:ids) c
        WHERE NOT EXISTS (SELECT 1 FROM article_tag t WHERE t.article = c.value AND t.tag = :text)"""
    return """SELECT :change, t.article, t.tag, t.position FROM json_each(:ids) c
    CROSS JOIN article_tag t ON t.article = c.value AND t.tag = :text"""


def _written(change: Change) -> str:
    """The statement that changes the articles in the journal."""
    articles = "(SELECT article FROM changed WHERE change = :change)"
    if change.mark != "tag":
        return f"UPDATE article SET {COLUMNS[change.mark]} = :value WHERE id IN {articles}"  # noqa: S608 - names of columns
    if change.on:
        return """INSERT INTO article_tag (article, tag, position)
        SELECT d.article, :text, 1 + coalesce((SELECT max(position) FROM article_tag WHERE article = d.article), 0)
        FROM changed d WHERE d.change = :change"""
    return f"DELETE FROM article_tag WHERE tag = :text AND article IN {articles}"  # noqa: S608 - fixed text


def _value(change: Change, now: datetime) -> int | str | None:
    """What is written into the column of a mark."""
    if not change.on:
        return None
    return change.text if change.mark == "hidden" else to_seconds(now)
