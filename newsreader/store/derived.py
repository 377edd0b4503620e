"""What is derived from the headline and the text of an article: its words in the index, and the prints of its text."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from newsreader.fingerprints import prints_of
from newsreader.searchwords import words_of
from newsreader.store.connection import Connection, rows

_SOURCES = """SELECT a.id, a.title, a.authors, a.subtitle, a.summary, b.text FROM json_each(?)
CROSS JOIN article a ON a.id = value LEFT JOIN body b ON b.article = a.id"""
# What was announced is found by looking through it (`newsreader.store.conditions`) until an article is made of it.
_INDEXED = " WHERE a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text)"


@contextmanager
def derived(db: Connection, *ids: int) -> Iterator[None]:
    """Change articles: what is derived of them before the block is forgotten, and derived anew behind it."""
    before = _derive(db, ids)
    yield
    after = _derive(db, ids)
    _write(db, "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", before[0] - after[0])
    _write(db, "INSERT INTO search (rowid, words) VALUES (?, ?)", after[0] - before[0])
    _write(db, "DELETE FROM fingerprint WHERE article = ? AND print = ?", before[1] - after[1])
    _write(db, "INSERT OR IGNORE INTO fingerprint (article, print) VALUES (?, ?)", after[1] - before[1])


def _derive(db: Connection, ids: Iterable[int]) -> tuple[set[tuple[int, str]], set[tuple[int, int]]]:
    """Words and prints of articles, each with the id in front."""
    words, prints = set(), set()
    for article_id, title, authors, subtitle, summary, text in rows(db, _SOURCES + _INDEXED, (json.dumps(ids),)):
        words.add((article_id, words_of(title, authors, subtitle, summary, text)))
        prints |= {(article_id, each) for each in prints_of(text or "")}
    return words, prints


def _write(db: Connection, sql: str, values: set[tuple[int, str]] | set[tuple[int, int]]) -> None:
    if values:
        db.executemany(sql, sorted(values))
