"""What is derived from the headline and the text of an article: its words in the index, and the prints of its text."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from newsreader.fingerprints import prints_of
from newsreader.searchwords import words_of
from newsreader.store.connection import Connection, rows

# What was announced is found by looking through it (`newsreader.store.conditions`) until an article is made of it.
INDEXED = "a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text)"
_TOLD = f"""SELECT a.id, a.title, a.authors, a.subtitle, a.summary, b.text FROM json_each(?)
CROSS JOIN article a ON a.id = value LEFT JOIN body b ON b.article = a.id WHERE {INDEXED}"""  # noqa: S608 - fixed texts

_HELD = "SELECT d.id FROM json_each(?) CROSS JOIN search_docsize d ON d.id = value"


class _Told(NamedTuple):
    """What an article in the index is derived from."""

    title: str
    authors: str
    subtitle: str
    summary: str
    text: str | None


_Before = dict[int, _Told | None]
_pending: dict[Connection, _Before] = {}  # of each open outermost block: what the articles were before it


@contextmanager
def derived(db: Connection, *ids: int) -> Iterator[None]:
    """Keep what is derived of articles in step with what the block changes of them: their rows, or whether they exist.

    Whoever lists, merges or deletes an article, or changes its headline, byline, standfirst, summary, text or row in
    feed_text does it in such a block, in a transaction that an error inside undoes. The index is written at the end of
    the outermost block, since SQLite writes out what FTS5 gathered at nearly every statement about another table: who
    keeps many articles does it in one (`with derived(db): …`).
    """
    outermost = db not in _pending
    pending = _pending.setdefault(db, {})
    try:
        before = _indexed(db, ids)
        for article_id in ids:
            pending.setdefault(article_id, before.get(article_id))
        yield
        _save_prints(db, before, _indexed(db, ids))
        if outermost:
            _write_index(db, pending)
    finally:
        if outermost:
            del _pending[db]


def _indexed(db: Connection, ids: Collection[int]) -> dict[int, _Told]:
    """Those articles that belong in the index."""
    found = rows(db, _TOLD, (json.dumps(list(ids)),)) if ids else ()
    return {article_id: _Told(*told) for article_id, *told in found}


def _write_index(db: Connection, pending: _Before) -> None:
    after = _indexed(db, pending)
    changed = sorted(article_id for article_id, old in pending.items() if old != after.get(article_id))
    # The index holds no texts: what is to be taken out must be told. What is not in it would damage it.
    held = {each for (each,) in rows(db, _HELD, (json.dumps(changed),))}
    gone = [(each, words_of(*old)) for each in changed if each in held and (old := pending[each])]
    come = [(each, words_of(*after[each])) for each in changed if each in after]
    _write(db, "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", gone)
    _write(db, "INSERT INTO search (rowid, words) VALUES (?, ?)", come)


def _save_prints(db: Connection, before: dict[int, _Told], after: dict[int, _Told]) -> None:
    for article_id in before.keys() | after.keys():
        old, new = (told[article_id].text or "" if article_id in told else "" for told in (before, after))
        if old != new:
            gone, come = set(prints_of(old)), set(prints_of(new))
            sql = "DELETE FROM fingerprint WHERE article = ? AND print = ?"
            _write(db, sql, [(article_id, each) for each in gone - come])
            sql = "INSERT OR IGNORE INTO fingerprint (article, print) VALUES (?, ?)"
            _write(db, sql, [(article_id, each) for each in come - gone])


def _write(db: Connection, sql: str, values: list[tuple[int, str]] | list[tuple[int, int]]) -> None:
    if values:
        db.executemany(sql, values)
