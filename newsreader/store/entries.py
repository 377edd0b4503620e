"""Rows of articles as lists show them; light to import, without the texts."""

from collections.abc import Sequence
from typing import Any

from newsreader.dates import from_iso
from newsreader.errors import StoreDamagedError
from newsreader.model.news import Entry, State
from newsreader.store.connection import Connection, rows
from newsreader.store.identity import existing
from newsreader.store.times import from_seconds

# One column a field of Entry, in its order; tags one a line. For a query over `article a` joined with JOINS.
COLUMNS = """a.id, a.url, a.title, a.source, s.name, a.published, a.updated, a.fetched_at, a.language,
a.state, a.reason, a.read_at, a.starred_at, a.later_at, a.story, a.summary, a.section,
(SELECT group_concat(tag, char(10) ORDER BY position) FROM article_tag t WHERE t.article = a.id),
a.word_count, a.image, a.related_count, a.hidden_by, a.copy_of"""
JOINS = "LEFT JOIN source s ON s.id = a.source"

_STATES: dict[str, State] = {str(state): state for state in State}


def entry_of(values: Sequence[Any]) -> Entry:
    """The entry that a row of COLUMNS tells. Raises StoreDamagedError for one that cannot be."""
    try:
        return _entry_of(values)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError, OSError) as error:
        raise StoreDamagedError(f"The store holds what cannot be in article {values[0]}: {error}") from error


def _entry_of(values: Sequence[Any]) -> Entry:
    return Entry(
        id=values[0],
        url=values[1],
        title=values[2],
        source_id=values[3],
        source_name=values[4],
        published=from_iso(values[5]),
        updated=from_iso(values[6]),
        fetched=from_seconds(values[7]),
        language=values[8],
        state=_STATES[values[9]],
        reason=values[10],
        read=values[11] is not None,
        starred=values[12] is not None,
        later=values[13] is not None,
        story=values[14],
        summary=values[15],
        section=values[16],
        tags=tuple(values[17].split("\n")) if values[17] else (),
        word_count=values[18],
        image=values[19],
        related_count=values[20],
        hidden=values[21],
        copy_of=values[22],
    )


def load_entry(db: Connection, article_id: int) -> Entry:
    """One article as lists show it, listed or not. Raises NotFoundError."""
    found = existing(db, article_id)
    return entry_of(rows(db, f"SELECT {COLUMNS} FROM article a {JOINS} WHERE a.id = ?", (found,))[0])  # noqa: S608 - fixed text


def load_entries(db: Connection, ids: Sequence[int]) -> dict[int, Entry]:
    """The entries with these ids, by id; those that do not exist are left out."""
    found: dict[int, Entry] = {}
    for start in range(0, len(ids), 500):
        some = tuple(ids[start : start + 500])
        places = ",".join("?" * len(some))
        sql = f"SELECT {COLUMNS} FROM article a {JOINS} WHERE a.id IN ({places})"  # noqa: S608 - placeholders
        found.update((values[0], entry_of(values)) for values in rows(db, sql, some))
    return found
