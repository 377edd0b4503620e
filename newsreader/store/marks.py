"""Marks: what a person did to an article."""

from collections.abc import Iterable
from datetime import datetime

from newsreader.store.connection import Connection, transaction
from newsreader.store.identity import existing
from newsreader.store.times import to_seconds


def mark(  # noqa: PLR0913 - four of them are options by name
    db: Connection,
    ids: Iterable[int],
    *,
    now: datetime,
    read: bool | None = None,
    starred: bool | None = None,
    later: bool | None = None,
) -> int:
    """Set or take marks of articles; `None` leaves a mark as it is. Returns how many articles changed.

    Setting a mark that is set keeps its time. All or nothing: raises NotFoundError if one of them is not there.
    """
    asked = {"read_at": read, "starred_at": starred, "later_at": later}
    marks = {column: value for column, value in asked.items() if value is not None}
    if not marks:
        return 0
    changes = ", ".join(
        f"{column} = {'coalesce(' + column + ', :now)' if on else 'NULL'}" for column, on in marks.items()
    )
    differs = " OR ".join(f"{column} IS {'' if on else 'NOT '}NULL" for column, on in marks.items())
    sql = f"UPDATE article SET {changes} WHERE id = :id AND ({differs})"  # noqa: S608 - names of columns
    changed = 0
    with transaction(db):
        for article_id in ids:
            db.execute(sql, {"id": existing(db, article_id), "now": to_seconds(now)})
            changed += db.changes()
    return changed
