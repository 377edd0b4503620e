"""Sources: subscriptions, their tags, and how their last check went."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from newsreader.errors import NotFoundError, UsageError
from newsreader.keys import key_of, typed_key
from newsreader.model.news import Source, SourceKind
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.identity import LARGEST_ID
from newsreader.store.times import from_seconds, to_seconds
from newsreader.text import fold
from newsreader.urls import host_of

_COLUMNS = """s.id, s.name, s.url, s.site, s.kind, s.language,
(SELECT group_concat(tag, char(10) ORDER BY position) FROM source_tag t WHERE t.source = s.id),
s.paused, s.etag, s.last_modified, s.added_at, s.checked_at, s.due_at, s.failures, s.status, s.reason,
s.due_reason, s.missing, s.moved_from, s.moved_at, s.ttl"""


class Outcome(NamedTuple):
    """How the check of a source went.

    `status` is "ok", "unchanged" or "failed", `reason` says why in words; `checked` is now, `due` the next attempt
    (`None` = at once), `due_reason` why then. `etag`, `last_modified` and `ttl` (minutes between two changes, as the
    feed says; 0: it does not) replace those kept if the status is "ok". `moved` is the new address if every hop there
    was permanent; `paused` ends the checks (the server says that the source is gone); `missing` is whether the answer
    was HTTP 404.
    """

    status: str
    checked: datetime
    due: datetime | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved: str | None = None
    paused: bool = False
    due_reason: str | None = None
    missing: bool = False
    ttl: int = 0


def add_source(db: Connection, source: Source) -> Source:
    """Subscribe; the id is given by the store, `added` is now if it is `None`.

    Raises UsageError if the address or the name is there already.
    """
    (added,) = add_sources(db, [source])
    return added


def add_sources(db: Connection, sources: Iterable[Source]) -> list[Source]:
    """Subscribe to many at once, or to none: the stored addresses are looked through once. Else as `add_source`."""
    with transaction(db):
        stored = rows(db, "SELECT id, name, url FROM source")
        known = {key_of(url): f"{source_id} {name}" for source_id, name, url in stored}
        return [_add(db, source, known) for source in sources]


def all_sources(db: Connection) -> list[Source]:
    """Every source, by name."""
    found = rows(db, f"SELECT {_COLUMNS} FROM source s ORDER BY s.name, s.id")  # noqa: S608 - fixed text
    return [_source_of(values) for values in found]


def load_source(db: Connection, source_id: int) -> Source:
    """One source. Raises NotFoundError."""
    found = row(db, f"SELECT {_COLUMNS} FROM source s WHERE s.id = ?", (source_id,))  # noqa: S608 - fixed text
    if not found:
        raise _not_found(str(source_id))
    return _source_of(found)


def find_sources(db: Connection, names: Sequence[str]) -> list[Source]:
    """The sources that a person means by ids, names, parts of names or addresses, in this order, each once.

    Raises NotFoundError for the first that means none.
    """
    ids = dict.fromkeys(_find_id(db, name) for name in names)
    return [load_source(db, source_id) for source_id in ids]


def remove_source(db: Connection, source_id: int) -> None:
    """Unsubscribe; the articles stay. Raises NotFoundError."""
    with transaction(db):
        _change(db, source_id, "DELETE FROM source WHERE id = ?", ())


def rename_source(db: Connection, source_id: int, name: str) -> None:
    """Give a source another name. Raises NotFoundError, and UsageError if the name is taken."""
    with transaction(db):
        _check_name(db, name, source_id)
        _change(db, source_id, "UPDATE source SET name = ? WHERE id = ?", (name,))


def tag_source(db: Connection, source_id: int, add: Iterable[str], remove: Iterable[str] = ()) -> None:
    """Add tags to a source and take others away; case does not matter. Raises NotFoundError."""
    with transaction(db):
        load_source(db, source_id)
        gone = [(source_id, tag) for tag in remove]
        db.executemany("DELETE FROM source_tag WHERE source = ? AND tag = ?", gone)
        _add_tags(db, source_id, add)


def pause_source(db: Connection, source_id: int, paused: bool, reason: str | None = None) -> None:  # noqa: FBT001 - a value, no switch
    """Stop checking a source, or go on (at once, with a clean slate). Raises NotFoundError."""
    sql = "UPDATE source SET paused = 1, reason = ? WHERE id = ?"
    if not paused:
        sql = """UPDATE source SET paused = 0, due_at = NULL, due_reason = NULL, failures = 0, missing = 0, reason = ?
        WHERE id = ?"""
    with transaction(db):
        _change(db, source_id, sql, (reason,))


def postpone_source(db: Connection, source_id: int, due: datetime, reason: str) -> None:
    """Ask a source later, and why; what is known of its last check stays. Raises NotFoundError."""
    with transaction(db):
        _change(db, source_id, "UPDATE source SET due_at = ?, due_reason = ? WHERE id = ?", (to_seconds(due), reason))


def record_outcome(db: Connection, source_id: int, outcome: Outcome) -> str | None:
    """Keep how a check went; returns what there is to tell of the address of the source, if it changed.

    An address is changed when two answers in a row say that it moved for good to the same place (RFC 9110, 15.4.2):
    the first may be a mistake. Raises NotFoundError if the source was removed meanwhile.
    """
    sql = """UPDATE source SET status = :status, reason = :reason, checked_at = :checked, due_at = :due,
    due_reason = :due_reason, paused = max(paused, :paused),
    failures = CASE :status WHEN 'failed' THEN failures + 1 ELSE 0 END,
    missing = CASE :missing WHEN 1 THEN missing + 1 ELSE 0 END,
    etag = CASE :status WHEN 'ok' THEN :etag ELSE etag END,
    last_modified = CASE :status WHEN 'ok' THEN :last_modified ELSE last_modified END,
    ttl = CASE :status WHEN 'ok' THEN :ttl ELSE ttl END
    WHERE id = :id RETURNING url, moving_to"""
    values: dict[str, Any] = {
        **outcome._asdict(),
        "id": source_id,
        "checked": to_seconds(outcome.checked),
        "due": to_seconds(outcome.due) if outcome.due else None,
        "paused": int(outcome.paused),
        "missing": int(outcome.missing),
    }
    with transaction(db):
        found = row(db, sql, values)
        if not found:
            raise _not_found(str(source_id))
        if outcome.status == "failed":  # says nothing of where the source is
            return None
        url, moving_to = found
        moved = None if outcome.moved and _is_downgrade(url, outcome.moved) else outcome.moved
        if moved and moved == moving_to:
            return _move(db, source_id, moved, outcome.checked)
        db.execute("UPDATE source SET moving_to = ?1 WHERE id = ?2 AND moving_to IS NOT ?1", (moved, source_id))
    return None


def _is_downgrade(old: str, new: str) -> bool:
    """Whether a move would give up encryption for good, on the word of one hop that may have been tampered with."""
    return old.startswith("https:") and not new.startswith("https:")


def _move(db: Connection, source_id: int, url: str, now: datetime) -> str:
    """Change the address of a source, or pause it if another source is there already; returns what to tell."""
    if other := _name_at(db, url, source_id):
        reason = f"it moved for good to {url}, which is fetched as {other}; it is paused now"
        db.execute("UPDATE source SET paused = 1, reason = ? WHERE id = ?", (reason, source_id))
        return reason
    sql = "UPDATE source SET moved_from = url, url = ?, moved_at = ?, moving_to = NULL WHERE id = ?"
    db.execute(sql, (url, to_seconds(now), source_id))
    return f"it moved for good to {url}"


def _change(db: Connection, source_id: int, sql: str, values: tuple[str | int | None, ...]) -> None:
    db.execute(sql, (*values, source_id))
    if not db.changes():
        raise _not_found(str(source_id))


def _add(db: Connection, source: Source, known: dict[str, str]) -> Source:
    """Store one source whose address is none of the `known` ones, and know it then."""
    key = key_of(source.url)
    if key in known:
        raise UsageError(f"{source.url} is subscribed already: {known[key]}", hint="newsreader sources lists them")
    _check_name(db, source.name, None)
    added = to_seconds(source.added or datetime.now(UTC))
    sql = "INSERT INTO source (name, url, site, kind, language, paused, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(
        sql, (source.name, source.url, source.site, str(source.kind), source.language, int(source.paused), added)
    )
    source_id = db.last_insert_rowid()
    _add_tags(db, source_id, source.tags)
    known[key] = f"{source_id} {source.name}"
    return load_source(db, source_id)


def _name_at(db: Connection, url: str, besides: int) -> str | None:
    """The name of the source at an address, whatever its scheme, but for one; `None` if there is none."""
    key = key_of(url)
    others = rows(db, "SELECT name, url FROM source WHERE id <> ?", (besides,))
    return next((name for name, other in others if key_of(other) == key), None)


def _check_name(db: Connection, name: str, own: int | None) -> None:
    if found := row(db, "SELECT id, url FROM source WHERE name = ? AND id IS NOT ?", (name, own)):
        sentence = f"{name} is the name of another source: {found[0]} {found[1]}"
        raise UsageError(sentence, hint="Give it a name of its own: --name")


def _find_id(db: Connection, name: str) -> int:
    if name.isascii() and name.isdigit() and int(name) <= LARGEST_ID:
        found = row(db, "SELECT id FROM source WHERE id = ?", (int(name),))
    else:
        found = row(db, "SELECT id FROM source WHERE name = ?", (name,))
    if found:
        return int(found[0])
    key = typed_key(name)
    every = rows(db, "SELECT id, name, url, site FROM source ORDER BY id")
    for column in (2, 3):  # what is fetched comes before what people open
        for each in every:
            if each[column] and key_of(each[column]) == key:
                return int(each[0])
    return _find_by_part(every, name)


def _find_by_part(every: list[tuple[Any, ...]], name: str) -> int:
    """The one source whose name begins with what was typed, or whose host has it as a part between dots."""
    word = fold(name)
    near = [each for each in every if word and (fold(each[1]).startswith(word) or word in host_of(each[2]).split("."))]
    if len(near) == 1:
        return int(near[0][0])
    if near:
        named = ", ".join(f"{source_id} {called}" for source_id, called, *_ in near[:5])
        raise NotFoundError(f"{name} may be several sources: {named}", hint="Give the number of the one that you mean")
    raise _not_found(name)


def _not_found(name: str) -> NotFoundError:
    return NotFoundError(f"There is no source {name}", hint="newsreader sources lists them")


def _add_tags(db: Connection, source_id: int, tags: Iterable[str]) -> None:
    sql = """INSERT INTO source_tag (source, tag, position)
    SELECT ?1, ?2, coalesce(max(position), 0) + 1 FROM source_tag WHERE source = ?1 ON CONFLICT DO NOTHING"""
    db.executemany(sql, [(source_id, tag) for tag in tags])


def _source_of(values: Sequence[Any]) -> Source:
    return Source(
        id=values[0],
        name=values[1],
        url=values[2],
        site=values[3],
        kind=SourceKind(values[4]),
        language=values[5],
        tags=tuple(values[6].split("\n")) if values[6] else (),
        paused=bool(values[7]),
        etag=values[8],
        last_modified=values[9],
        added=from_seconds(values[10]),
        checked=from_seconds(values[11]),
        due=from_seconds(values[12]),
        failures=values[13],
        status=values[14],
        reason=values[15],
        due_reason=values[16],
        missing=values[17],
        moved_from=values[18],
        moved=from_seconds(values[19]),
        ttl=values[20],
    )
