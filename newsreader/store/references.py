"""Rows that belong to other rows: those that lead nowhere, and articles that only the rest tells of."""

import json

from newsreader.store.connection import Connection, rows
from newsreader.store.journal import COLUMNS

_REFERENCES = """SELECT m.name, f."from", f."table", f.on_delete FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' ORDER BY m.name"""

# An article whose own row is lost, from its addresses, announcements, links and text.
_REMAKE = """INSERT INTO article
(id, moment, arrival, source, state, reason, wanted, read_at, first_seen_at, url, title)
SELECT lost.id, coalesce(n.moment, b.saved_at, 0),
  CASE WHEN n.article OR b.article
    THEN (SELECT max(coalesce(max(arrival), 0), (SELECT max(value) FROM counter WHERE name = 'arrivals')) FROM article)
      + row_number() OVER (ORDER BY n.article IS NULL AND b.article IS NULL, lost.id) END,
  (SELECT id FROM source WHERE id = n.source),
  CASE WHEN b.article THEN 'partial' ELSE 'headline' END,
  CASE WHEN b.article THEN 'saved from a damaged store, which did not tell whether it is whole' END,
  b.article IS NULL AND n.article IS NOT NULL,
  CASE WHEN n.unread = 0 THEN n.moment END,
  coalesce(n.moment, b.saved_at, 0),
  lost.url,
  coalesce((SELECT title FROM link WHERE target = lost.id AND title <> '' LIMIT 1),
    nullif(trim(substr(b.text, 1, instr(substr(b.text, 1, 200) || char(10), char(10)) - 1)), ''), lost.url)
FROM (SELECT article AS id, max(url) AS url FROM article_url WHERE article NOT IN (SELECT id FROM article)
  GROUP BY article) lost
LEFT JOIN announcement n ON n.article = lost.id
  AND n.source = (SELECT min(source) FROM announcement WHERE article = lost.id)
LEFT JOIN body b ON b.article = lost.id"""


# What the journal tells last of a mark of these articles; {0} is its column, {1} what is written there.
_MARKED = """UPDATE article SET {0} = told.value FROM (
  SELECT d.article, iif(c.value IS NULL, NULL, c.{1}) AS value, max(c.id)
  FROM changed d JOIN change c ON c.id = d.change
  WHERE c.mark = ? AND c.undo <> 'done' AND d.article IN (SELECT value FROM json_each(?)) GROUP BY d.article) told
WHERE told.article = article.id"""


def remake_articles(db: Connection) -> int:
    """Make rows of articles that are lost from all that still tells of them; how many."""
    sql = "SELECT DISTINCT article FROM article_url WHERE article NOT IN (SELECT id FROM article)"
    ids = [article_id for (article_id,) in rows(db, sql)]
    lost = json.dumps(ids)
    db.execute(_REMAKE)
    if rows(db, "SELECT 1 FROM sqlite_schema WHERE name = 'change'"):  # since version 4
        for mark, column in COLUMNS.items():
            sql = _MARKED.format(column, "value" if mark == "hidden" else "at")
            db.execute(sql, (mark, lost))
    if rows(db, "SELECT 1 FROM sqlite_schema WHERE name = 'unplaced'"):  # since version 5
        sql = """INSERT OR IGNORE INTO unplaced (article) SELECT t.article FROM json_each(?) CROSS JOIN article_terms t
        ON t.article = value JOIN article a ON a.id = t.article WHERE a.arrival IS NOT NULL"""
        db.execute(sql, (lost,))
    db.execute("""UPDATE counter SET value = max(value, coalesce((SELECT max(arrival) FROM article), 0))
    WHERE name = 'arrivals'""")
    return len(ids)


def count_lost_references(db: Connection) -> int:
    """How many rows lead to rows that are not there."""
    return len(rows(db, "PRAGMA foreign_key_check"))


def mend_references(db: Connection) -> None:
    """Take rows away that belong to nothing, and let the others lead nowhere, as the shape of the store says."""
    for table, column, parent, way in rows(db, _REFERENCES):
        lost = f"{column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})"  # noqa: S608 - our names
        if way == "SET NULL":
            db.execute(f"UPDATE {table} SET {column} = NULL WHERE {lost}")  # noqa: S608 - our names
        else:
            db.execute(f"DELETE FROM {table} WHERE {lost}")  # noqa: S608 - our names
