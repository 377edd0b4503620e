"""All stories made anew: what there was before is taken apart, and led to what comes of it."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from newsreader.store.connection import Connection, rows
from newsreader.store.placing import begin


class Before(NamedTuple):
    """A story that was taken apart: its `articles`, and what its row said of the reader, as the table keeps it."""

    id: int
    articles: list[int]
    followed_at: int | None
    visited: int


def dissolve(db: Connection) -> list[Before]:
    """Take all stories apart, inside a transaction; all listed articles wait for theirs to be found."""
    sql = """SELECT s.id, (SELECT json_group_array(a.id) FROM article a WHERE a.story = s.id), s.followed_at, s.visited
    FROM story s ORDER BY s.id"""
    before = [Before(story, json.loads(articles), *rest) for story, articles, *rest in rows(db, sql)]
    moved = rows(db, "SELECT id, story FROM story_moved")
    db.execute("UPDATE story SET followed_at = NULL")
    db.execute("UPDATE article SET story = NULL WHERE story IS NOT NULL")
    db.execute("DELETE FROM story")
    db.execute("""INSERT OR IGNORE INTO unplaced (article)
    SELECT t.article FROM article_terms t JOIN article a ON a.id = t.article WHERE a.arrival IS NOT NULL""")
    articles = {old.id: old.articles for old in before}
    return before + [Before(gone, articles[kept], None, 0) for gone, kept in moved]


def restore(db: Connection, before: Sequence[Before]) -> None:
    """Lead old stories to those that hold most of their articles now, inside a transaction; follow what was followed.

    A followed story that was split is followed wherever several of its articles are.
    """
    for old in before:
        sql = """SELECT coalesce(a.story, a.id) AS new, count(*) AS held FROM json_each(?) CROSS JOIN article a
        ON a.id = value GROUP BY new ORDER BY held DESC, new"""
        parts = rows(db, sql, (json.dumps(old.articles),))
        if not parts:
            continue
        heir = parts[0][0]
        if old.followed_at is not None:
            for part in [heir, *(story for story, held in parts[1:] if held > 1)]:
                _follow(db, part, old)
        sql = """INSERT OR IGNORE INTO story_moved (id, story) SELECT ?1, id FROM story
        WHERE id = ?2 AND id <> ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)"""
        db.execute(sql, (old.id, heir))


def _follow(db: Connection, story: int, old: Before) -> None:
    begin(db, story)
    sql = "UPDATE story SET followed_at = coalesce(min(followed_at, ?1), ?1), visited = max(visited, ?2) WHERE id = ?3"
    db.execute(sql, (old.followed_at, old.visited, story))
