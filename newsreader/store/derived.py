"""What is derived from the headline and the text of an article: its words in the index, and the prints of its text."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from newsreader.fingerprints import prints_of
from newsreader.searchwords import words_of
from newsreader.store.connection import Connection, rows

# What was announced is found by looking through it (`newsreader.store.conditions`) until an article is made of it.
_INDEXED = """SELECT a.id, a.title, a.authors, a.subtitle, a.summary, b.text FROM json_each(?)
CROSS JOIN article a ON a.id = value LEFT JOIN body b ON b.article = a.id
WHERE a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text)"""


class _Told(NamedTuple):
    """What an article in the index is derived from."""

    title: str
    authors: str
    subtitle: str
    summary: str
    text: str | None


@contextmanager
def derived(db: Connection, *ids: int) -> Iterator[None]:
    """Keep what is derived of articles in step with what the block changes of them: their rows, or whether they exist.

    Inside a transaction; whoever lists, merges, deletes an article, or changes its headline, byline, standfirst,
    summary, text or row in feed_text does it in such a block. Blocks about one article do not stand in each other.
    """
    before = _indexed(db, ids)
    yield
    after = _indexed(db, ids)
    for article_id in ids:
        old, new = before.get(article_id), after.get(article_id)
        if old != new:
            _index(db, article_id, old, new)


def _indexed(db: Connection, ids: tuple[int, ...]) -> dict[int, _Told]:
    """Those articles that belong in the index."""
    return {article_id: _Told(*told) for article_id, *told in rows(db, _INDEXED, (json.dumps(ids),))}


def _index(db: Connection, article_id: int, old: _Told | None, new: _Told | None) -> None:
    """Put what is derived of an article in the place of what was; `None`: it was not, or is not, in the index."""
    if old:  # the index holds no texts: what is to be taken out must be told
        db.execute("INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", (article_id, words_of(*old)))
    if new:
        db.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (article_id, words_of(*new)))
    if (text := old.text if old else None) == (now := new.text if new else None):
        return
    gone, come = set(prints_of(text or "")), set(prints_of(now or ""))
    _write(db, "DELETE FROM fingerprint WHERE article = ? AND print = ?", article_id, gone - come)
    _write(db, "INSERT OR IGNORE INTO fingerprint (article, print) VALUES (?, ?)", article_id, come - gone)


def _write(db: Connection, sql: str, article_id: int, prints: set[int]) -> None:
    if prints:
        db.executemany(sql, [(article_id, each) for each in sorted(prints)])
