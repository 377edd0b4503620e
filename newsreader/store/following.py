"""What the reader follows: a mark of a story, and how far its reader has seen it."""

import json
from collections.abc import Sequence
from datetime import datetime

from newsreader.errors import NotFoundError
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.times import to_seconds

_FOLLOW = """UPDATE story SET followed_at = ?2, visited = (SELECT value FROM counter WHERE name = 'arrivals')
WHERE id = ?1 AND followed_at IS NULL"""


def follow(db: Connection, story_id: int, now: datetime) -> bool:
    """Follow a story: what comes to it from now on is new to its reader; whether it was not followed before.

    Raises NotFoundError.
    """
    from newsreader.store.placing import begin  # a list asks what is followed and has no need of it

    with transaction(db):
        if not row(db, "SELECT 1 FROM story WHERE id = ?", (story_id,)):
            if not row(db, "SELECT 1 FROM article WHERE id = ? AND arrival IS NOT NULL AND story IS NULL", (story_id,)):
                hint = "newsreader stories lists them; any article will do as well"
                raise NotFoundError(f"There is no story {story_id}", hint=hint)
            begin(db, story_id)
        db.execute(_FOLLOW, (story_id, to_seconds(now)))
        return bool(db.changes())


def follow_since(db: Connection, article_id: int, at: datetime) -> None:
    """Follow the story of an article, if lists show it, inside a transaction; the earlier time of two counts."""
    sql = "SELECT coalesce(story, id) FROM article WHERE id = ? AND arrival IS NOT NULL"
    if found := row(db, sql, (article_id,)):
        follow(db, found[0], at)
        db.execute("UPDATE story SET followed_at = min(followed_at, ?) WHERE id = ?", (to_seconds(at), found[0]))


def unfollow(db: Connection, story_id: int) -> bool:
    """Follow a story no longer; whether it was followed. An article that is alone in it stands alone again."""
    with transaction(db):
        db.execute("UPDATE story SET followed_at = NULL WHERE id = ? AND followed_at IS NOT NULL", (story_id,))
        if not db.changes():
            return False
        sql = """UPDATE article SET story = NULL WHERE id = ?1 AND story = ?1
        AND NOT EXISTS (SELECT 1 FROM article o WHERE o.story = ?1 AND o.id <> ?1)"""
        db.execute(sql, (story_id,))
        sql = "DELETE FROM story WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE story = ?1)"
        db.execute(sql, (story_id,))
        return True


def followed(db: Connection) -> frozenset[int]:
    """The ids of the stories that are followed."""
    return frozenset(story for (story,) in rows(db, "SELECT id FROM story WHERE followed_at IS NOT NULL"))


def newest_arrival(db: Connection, ids: Sequence[int]) -> int:
    """The arrival of that of some articles which came last; 0 if there is none."""
    sql = "SELECT coalesce(max(arrival), 0) FROM article WHERE id IN (SELECT value FROM json_each(?))"
    return int(rows(db, sql, (json.dumps(list(ids)),))[0][0])


def record_story_visit(db: Connection, story_id: int, arrival: int) -> None:
    """Remember that a story was seen up to an arrival; a visit never goes back."""
    with transaction(db):
        db.execute("UPDATE story SET visited = max(visited, ?) WHERE id = ?", (arrival, story_id))


def unseen(db: Connection, story_id: int, ids: Sequence[int]) -> set[int]:
    """Those of the articles of a story that came since its reader looked at it; if none follows it, at the list."""
    sql = """SELECT a.id FROM json_each(?2) CROSS JOIN article a ON a.id = value WHERE a.arrival > coalesce(
    (SELECT visited FROM story WHERE id = ?1 AND followed_at IS NOT NULL),
    (SELECT value FROM counter WHERE name = 'visited'))"""
    return {article_id for (article_id,) in rows(db, sql, (story_id, json.dumps(list(ids))))}
