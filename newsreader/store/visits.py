"""Visits: how far the list of what is new was looked through."""

import json
from collections.abc import Sequence

from newsreader.store.connection import Connection, transaction


def record_visit(db: Connection, ids: Sequence[int]) -> None:
    """Remember that everything was seen up to the newest arrival among these articles; a visit never goes back."""
    sql = """UPDATE counter SET value = max(value, coalesce(
    (SELECT max(arrival) FROM article WHERE id IN (SELECT value FROM json_each(?))), 0)) WHERE name = 'visited'"""
    with transaction(db):
        db.execute(sql, (json.dumps(list(ids)),))
