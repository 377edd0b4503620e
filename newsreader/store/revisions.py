"""Earlier headlines and texts of articles that changed."""

from newsreader.store.connection import Connection, row
from newsreader.text import substance


def is_edited(before: str | None, after: str) -> bool:
    """Whether a headline or text says something else than the one before; "" and `None` are none."""
    return bool(before and after) and before != after and substance(before or "") != substance(after)


def keep_revision(db: Connection, article_id: int) -> None:
    """Keep the headline and the text of an article as they are, before they change: its next revision begins."""
    sql = """INSERT OR IGNORE INTO revision (article, revision, saved_at, title, text)
    SELECT a.id, a.revision, coalesce(b.saved_at, a.first_seen_at), a.title, coalesce(b.text, '')
    FROM article a LEFT JOIN body b ON b.article = a.id WHERE a.id = ?"""
    db.execute(sql, (article_id,))
    db.execute("UPDATE article SET revision = revision + 1 WHERE id = ?", (article_id,))


def is_under_way(db: Connection, article_id: int) -> bool:
    """Whether a source told of an edit, with a new headline, whose page is still to be read: the two are one edit."""
    sql = """SELECT 1 FROM article a JOIN body b ON b.article = a.id
    JOIN revision r ON r.article = a.id AND r.revision = a.revision - 1 AND r.text = b.text
    WHERE a.id = ? AND a.wanted = 1"""
    return row(db, sql, (article_id,)) is not None
