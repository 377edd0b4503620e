"""Looks through a store for all that may be wrong with it, and mends what can be mended."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import apsw

from newsreader.errors import StoreDamagedError, StoreForeignError, StoreNewerError
from newsreader.store import schema
from newsreader.store.backups import free_bytes, in_mib, size_of
from newsreader.store.connection import (
    PATIENCE,
    Connection,
    connect_to_read,
    damaged,
    open_store,
    row,
    rows,
    translated,
)
from newsreader.store.mending import CHECKS, mend, rebuild_index
from newsreader.store.rescue import Rescued, rescue
from newsreader.store.times import from_seconds, to_seconds
from newsreader.text import numbered

_LEAST_ROOM = 64 << 20  # bytes that should be free on the disk
_LARGE_LOG = 64 << 20  # bytes of a log that should be in the store by now
_PATIENT = timedelta(minutes=2)  # by which clocks may differ
_LONGEST_WAIT = timedelta(days=366)  # before a source is asked again: more is the mistake of a clock
_INDEX_PROBLEMS = ("missing from index", "wrong # of entries in index", "non-unique entry in index", "FTS5", "fts5")


class Verdict(StrEnum):
    """What is said of something."""

    OK = "ok"
    MENDED = "mended"
    PROBLEM = "problem"


class Finding(NamedTuple):
    """What was looked at, the verdict, and what there is to say, in words."""

    check: str
    verdict: Verdict
    message: str


class Report(NamedTuple):
    """All findings, and the new store if one had to be made of what is left."""

    findings: list[Finding]
    rescued: Rescued | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing is left to be done."""
        return all(found.verdict is not Verdict.PROBLEM for found in self.findings)


class Visit(NamedTuple):
    """What is asked of the doctor.

    With `dry_run` nothing is written. `target` is where a new store is made of what is left of a damaged one, `None`
    for a file beside it; if it is given, that is tried with any file. `tell` is told what takes long.
    """

    store: Path
    now: datetime
    tell: Callable[[str], None]
    dry_run: bool = False
    target: Path | None = None


def examine(visit: Visit) -> Report:
    """Look through a store and mend it; a file that is damaged is left as it is, and what can be read is saved.

    Raises StoreError for a file that cannot be read or is not ours.
    """
    store = visit.store
    if not store.exists():
        return Report([Finding("file", Verdict.OK, f"There is no store yet at {store}")])
    try:
        problems = _read_through(visit)
        return Report(list(_look(visit, problems)))
    except StoreDamagedError as error:
        return _save_what_is_left(visit, error.message)


def _read_through(visit: Visit) -> list[str]:
    """What SQLite finds wrong with indexes. Raises StoreDamagedError if it is more."""
    store = visit.store
    try:
        if stamp := schema.read_stamp(store):
            schema.check_stamp(stamp, str(store))
        with _reading(store) as db:
            visit.tell("Reading the store through …")
            problems = [text for (text,) in rows(db, "PRAGMA integrity_check") if text != "ok"]
            if schema.stamp_of(db).version == schema.VERSION and (name := schema.altered(db)):
                raise damaged(str(store), f"{name} is not what it should be")
    except (StoreForeignError, StoreNewerError) as error:
        if visit.target is None:
            raise
        raise StoreDamagedError(error.message) from error
    if any(not any(sign in text for sign in _INDEX_PROBLEMS) for text in problems):
        raise damaged(str(store), "; ".join(problems[:3]))
    return problems


@contextmanager
def _reading(store: Path) -> Iterator[Connection]:
    """The store, read as it is, for as long as the block runs; what cannot be in a store is damage."""
    try:
        with translated(str(store)), closing(connect_to_read(store, PATIENCE)) as db:
            yield db
    except (apsw.SQLError, UnicodeDecodeError) as error:  # a table is not what it should be
        raise damaged(str(store), error) from error


def _look(visit: Visit, problems: list[str]) -> Iterator[Finding]:
    """Every finding of a file that can be read."""
    store = visit.store
    yield Finding("file", Verdict.OK, f"{store}, {in_mib(size_of(store))}")
    yield _permissions(store)
    with _reading(store) as old:
        version = schema.stamp_of(old).version
        if not visit.dry_run and _is_writable(store):
            with closing(open_store(store, tell=visit.tell)) as db:
                yield from _look_inside(db, visit, problems, dry=False)
        elif version == schema.VERSION:
            yield from _look_inside(old, visit, problems, dry=True)
        else:
            yield Finding("version", Verdict.OK, f"it is of version {version}: the next command brings it to this one")
    yield _room(store)
    yield from _copies(store)


def _look_inside(db: Connection, visit: Visit, problems: list[str], *, dry: bool) -> Iterator[Finding]:
    """Every finding in the tables of a store."""
    yield _indexes(db, problems, dry=dry)
    yield from _checks(db, visit, dry=dry)
    yield from _clock(db, visit.now, dry=dry)
    yield _log(db, visit.store, dry=dry)


def _permissions(store: Path) -> Finding:
    if _is_writable(store):
        return Finding("permissions", Verdict.OK, "the store and its folder can be written")
    return Finding("permissions", Verdict.PROBLEM, f"{store} or its folder cannot be written: chmod u+w")


def _is_writable(store: Path) -> bool:
    return os.access(store, os.W_OK) and os.access(store.parent, os.W_OK)


def _indexes(db: Connection, problems: list[str], *, dry: bool) -> Finding:
    """What SQLite itself found wrong, in indexes only."""
    if not problems:
        return Finding("integrity", Verdict.OK, "every page is as it should be")
    if dry:
        return Finding("integrity", Verdict.PROBLEM, f"indexes are damaged: {problems[0]}")
    rebuild_index(db)
    rows(db, "REINDEX")
    left = [text for (text,) in rows(db, "PRAGMA integrity_check") if text != "ok"]
    if left:
        raise damaged(db.filename, left[0])
    return Finding("integrity", Verdict.MENDED, f"indexes were made anew: {problems[0]}")


def _checks(db: Connection, visit: Visit, *, dry: bool) -> Iterator[Finding]:
    """What must hold beside that."""
    if dry:
        wrong, verdict = _wrong(db), Verdict.PROBLEM
    else:
        visit.tell("Comparing what belongs together …")
        wrong, verdict = {check.name: count for check, count in mend(db)}, Verdict.MENDED
    for check in CHECKS:
        if count := wrong.get(check.name):
            yield Finding(check.name, verdict, f"{count} {check.about}")
        else:
            yield Finding(check.name, Verdict.OK, f"no {check.about}")


def _wrong(db: Connection) -> dict[str, int]:
    """How often each check fails; what needs whole texts is not asked while there are broken ones."""
    wrong: dict[str, int] = {}
    rows(db, "BEGIN")  # what others write meanwhile is not seen by half
    try:
        for check in CHECKS:
            if not (check.name in ("words", "prints") and wrong["texts"]):
                wrong[check.name] = check.count(db)
    finally:
        rows(db, "ROLLBACK")
    return wrong


def _clock(db: Connection, now: datetime, *, dry: bool) -> Iterator[Finding]:
    """Whether the clock was ahead once, or is behind now."""
    newest = row(
        db,
        """SELECT max((SELECT coalesce(max(first_seen_at), 0) FROM article),
    (SELECT coalesce(max(checked_at), 0) FROM source))""",
    )
    last = from_seconds(newest[0]) if newest and newest[0] else None
    if last and last > now + _PATIENT:
        message = f"the clock says {now:%Y-%m-%d %H:%M} UTC, and something was fetched at {last:%Y-%m-%d %H:%M}"
        yield Finding("clock", Verdict.PROBLEM, f"{message}: it is behind, or was ahead; check the clock")
    else:
        yield Finding("clock", Verdict.OK, "the clock agrees with what was fetched")
    late = (to_seconds(now + _LONGEST_WAIT),)
    if found := rows(db, "SELECT name FROM source WHERE due_at > ?", late):
        if not dry:
            rows(db, "UPDATE source SET due_at = NULL, due_reason = NULL WHERE due_at > ?", late)
        verdict = Verdict.PROBLEM if dry else Verdict.MENDED
        yield Finding("due", verdict, f"{len(found)} sources were to be asked in more than a year, {found[0][0]} first")


def _log(db: Connection, store: Path, *, dry: bool) -> Finding:
    """Whether the write-ahead log has grown without end."""
    log = store.with_name(f"{store.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size <= _LARGE_LOG:
        return Finding("log", Verdict.OK, f"the log takes {in_mib(size)}")
    if not dry:
        rows(db, "PRAGMA wal_checkpoint(TRUNCATE)")
        size = log.stat().st_size
    verdict = Verdict.MENDED if size <= _LARGE_LOG else Verdict.PROBLEM
    return Finding("log", verdict, f"the log had grown and takes {in_mib(size)} now")


def _room(store: Path) -> Finding:
    free = free_bytes(store.parent)
    verdict = Verdict.OK if free >= _LEAST_ROOM else Verdict.PROBLEM
    return Finding("disk", verdict, f"{in_mib(free)} are free")


def _copies(store: Path) -> Iterator[Finding]:
    """Copies that lie beside the store, which nobody takes away but the user."""
    for copy in sorted(store.parent.glob(f"{store.name}.*")):
        if copy.suffix in (".backup", ".rescued"):
            yield Finding("copy", Verdict.OK, f"{copy}, {in_mib(copy.stat().st_size)}, is yours to delete")


def _save_what_is_left(visit: Visit, problem: str) -> Report:
    """Make a new store of what can be read in a damaged one."""
    store = visit.store
    damage = Finding("integrity", Verdict.PROBLEM, problem)
    if visit.dry_run:
        return Report([damage])
    target = visit.target or store.with_name(f"{store.name}.rescued")
    visit.tell(f"The store is damaged; saving what can be read to {target} …")
    rescued = rescue(store, target)
    findings = [damage]
    for saved in rescued.tables:
        lost = f", {saved.unreadable} rows or whole pages could not be read" if saved.unreadable else ""
        verdict = Verdict.PROBLEM if lost else Verdict.MENDED
        if saved.rows or lost:
            findings.append(Finding(saved.table, verdict, f"{numbered(saved.rows, 'row')} saved{lost}"))
    if rescued.remade:
        message = f"{rescued.remade} articles were made again from their addresses, announcements and texts"
        findings.append(Finding("article", Verdict.MENDED, message))
    return Report(findings, rescued)
