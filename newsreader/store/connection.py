"""Opens the store, and is where SQLite's errors become ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import apsw

from newsreader.errors import NewsreaderError, StoreBusyError, StoreDamagedError, StoreError
from newsreader.store import schema

Connection = apsw.Connection

PATIENCE = 30.0  # seconds that a writer waits for another
# Bytes of a page of a new store, and of one that was vacuumed: of pages of four thousand, texts of three would leave a
# quarter empty.
PAGE_SIZE = 16384
_LOG = 256  # pages of the write-ahead log before they are taken into the file
_LOG_IN_A_RUN = 2000
_LONG = 0.05  # seconds of a transaction after which others get their turn …
_GAP = 0.01  # … for so many seconds

_PERMISSIONS_HINT = "Check the permissions of the file and its folder, or set NEWSREADER_DATA_DIR to a folder of yours"

# What a user can mend. Anything else (SQLError, ConstraintError, …) is a mistake of the program and stays as it is.
_SENTENCES: dict[type[apsw.Error], tuple[type[StoreError], str, str | None]] = {
    apsw.BusyError: (StoreBusyError, "The store {path} is in use by another process", None),
    apsw.LockedError: (StoreBusyError, "The store {path} is in use by another process", None),
    apsw.ProtocolError: (StoreBusyError, "The store {path} is in use by another process", None),
    apsw.ReadOnlyError: (StoreError, "The store {path} cannot be written", _PERMISSIONS_HINT),
    apsw.PermissionsError: (StoreError, "The store {path} cannot be written", _PERMISSIONS_HINT),
    apsw.CantOpenError: (StoreError, "The store {path} cannot be opened", _PERMISSIONS_HINT),
    apsw.FullError: (StoreError, "The disk is full; {path} was left as it was", "Free some space and try again"),
    apsw.IOError: (StoreError, "The store {path} cannot be read or written: {cause}", "Check the disk"),
    apsw.CorruptError: (StoreDamagedError, "The store {path} is damaged: {cause}", None),
    apsw.NotADBError: (StoreDamagedError, "The store {path} is damaged: {cause}", None),
    apsw.FormatError: (StoreDamagedError, "The store {path} is damaged: {cause}", None),
    apsw.NoLFSError: (StoreError, "The store {path} is too large for this system", None),
    apsw.NoMemError: (StoreError, "There is not enough memory for the store {path}", None),
}


def store_error(error: apsw.Error, path: str) -> NewsreaderError | None:
    """What an error of SQLite means for the user of the store at `path`; `None` if it is a mistake of the program."""
    if found := _SENTENCES.get(type(error)):
        kind, sentence, hint = found
        return kind(sentence.format(path=path, cause=error), hint=hint)
    return None


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise SQLite's errors as StoreError and StoreBusyError."""
    try:
        yield
    except apsw.Error as error:
        if found := store_error(error, path):
            raise found from error
        raise


def _silent(_: str) -> None:
    """Tells nobody."""


def open_store(
    path: Path, *, read_only: bool = False, patience: float = PATIENCE, tell: Callable[[str], None] = _silent
) -> Connection:
    """Open the store at `path`, made or brought to the newest version as needed.

    With `read_only` nothing is written: a store that is not there reads as an empty one, and a file or folder that
    cannot be written will do. Writers wait `patience` seconds for each other. Before an older store is changed a copy
    of it is kept beside it; `tell` is told of that, in sentences for the user.
    Raises StoreError (with the path and a hint) and its kinds for a newer, foreign or busy store.
    """
    stamp = schema.read_stamp(path)
    if stamp:
        schema.check_stamp(stamp, str(path))
    try:
        with translated(str(path)):
            return _open_to_read(path, patience, tell) if read_only else _open_to_write(path, patience, tell)
    except UnicodeDecodeError as error:  # a migration reads texts
        raise damaged(str(path), error) from error


def damaged(path: str, cause: object) -> StoreDamagedError:
    """What is to be said of a store that holds what cannot be."""
    return StoreDamagedError(f"The store {path} is damaged: {cause}")


def _open_to_write(path: Path, patience: float, tell: Callable[[str], None]) -> Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"The folder {path.parent} cannot be made: {error.strerror}"
        raise StoreError(sentence, hint=_PERMISSIONS_HINT) from error
    db = apsw.Connection(str(path))
    try:
        _check_writable(db)
        _prepare(db, patience)
        stamp = schema.stamp_of(db)
        schema.check_stamp(stamp, str(path))
        if stamp.version != schema.VERSION:
            if not stamp.version:
                db.pragma("page_size", PAGE_SIZE)
            _keep_a_log(db, patience)
            if stamp.version:
                _keep_as_it_is(db, path, tell)
            schema.migrate(db)
        # Each commit reaches the disk, not only the system: with NORMAL a power cut could take back a mark that was
        # acknowledged. It is one flush a commit, so whoever writes much writes in one transaction.
        db.execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON")
        db.pragma("wal_autocheckpoint", _LOG)
    except BaseException:
        db.close()
        raise
    return db


def _keep_a_log(db: Connection, patience: float) -> None:
    """Let readers and one writer at the store at once; the file remembers it."""
    until = monotonic() + patience
    while True:
        try:
            db.pragma("journal_mode", "wal")
        except apsw.BusyError:  # SQLite asks no busy handler before it changes the mode
            if monotonic() >= until:
                raise
            sleep(_GAP)
        else:
            return


def _keep_as_it_is(db: Connection, path: Path, tell: Callable[[str], None]) -> None:
    """Copy a store of an older version beside it, unless that was done before; then it may be changed."""
    from newsreader.store.backups import back_up, backup_before, is_backup

    db.execute("BEGIN IMMEDIATE")  # another process may be at it
    try:
        version = schema.stamp_of(db).version
        if version == schema.VERSION:
            return
        target = backup_before(path, version)
        if not is_backup(target, version):
            back_up(path, target)
            tell(f"Kept a copy of the store as it is: {target}")
        tell(f"Bringing the store to version {schema.VERSION} …")
    finally:
        db.execute("ROLLBACK")


def _check_writable(db: Connection) -> None:
    if db.readonly("main"):  # SQLite opens a protected file for reading without a word
        raise apsw.ReadOnlyError


def _open_to_read(path: Path, patience: float, tell: Callable[[str], None]) -> Connection:
    if not path.exists() or path.stat().st_size == 0:
        return _empty()
    db = connect_to_read(path, patience)
    if schema.stamp_of(db).version == schema.VERSION:
        return db
    db.close()
    try:
        _open_to_write(path, patience, tell).close()
    except StoreError as error:
        sentence = f"The store {path} is of an older version and must be written once. {error.message}"
        raise StoreError(sentence, hint=error.hint) from error
    return connect_to_read(path, patience)


def connect_to_read(path: Path, patience: float) -> Connection:
    """A connection that reads a store of any version as it is. Raises errors of SQLite, StoreError for one not ours."""
    try:
        return _probed(str(path), apsw.SQLITE_OPEN_READONLY, patience)
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.FullError):
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        # In a folder that cannot be written, or on a full disk, SQLite cannot make its shared memory; nor can anybody
        # else write there.
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        return _probed(f"{path.absolute().as_uri()}?immutable=1", flags, patience)


def _probed(name: str, flags: int, patience: float) -> Connection:
    db = apsw.Connection(name, flags=flags)
    try:
        _prepare(db, patience)
        schema.check_stamp(schema.stamp_of(db), name)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: Connection, patience: float) -> None:
    db.set_busy_handler(_patient(patience))


def _patient(patience: float) -> Callable[[int], bool]:
    """Waits for another writer, looking often enough to be there when it lets go for a moment (`_GAP`)."""
    until = 0.0

    def wait(tries: int) -> bool:
        nonlocal until
        if tries == 0:
            until = monotonic() + patience
        if monotonic() >= until:
            return False
        sleep(_GAP / 10 * (1 + tries % 5))
        return True

    return wait


def _empty() -> Connection:
    db = apsw.Connection(":memory:")
    schema.migrate(db)
    db.pragma("query_only", True)
    return db


@contextmanager
def hurried(db: Connection) -> Iterator[None]:
    """Commits that reach the system and not the disk each time, for rows that could be fetched again.

    The store stays whole whatever happens; a power cut may take the last commits back, all that is in them together.
    """
    # What a savepoint would restore stays in memory: every page that a feed changes is kept, and hardly ever wanted.
    rows(db, f"PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {_LOG_IN_A_RUN}; PRAGMA temp_store = MEMORY")
    try:
        yield
    finally:
        rows(db, f"PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {_LOG}; PRAGMA temp_store = DEFAULT")


@contextmanager
def snapshot(db: Connection) -> Iterator[None]:
    """Read what belongs together: all that is read inside is of one moment, whatever others write meanwhile."""
    if db.in_transaction:
        yield
        return
    rows(db, "BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            rows(db, "ROLLBACK")


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """All or nothing: what is written inside is kept when the block ends, and undone if it raises.

    Waits for other writers before it begins, so that what is read inside stays true. Inside another transaction it is a
    part of that one, and undone with it (see `savepoint`).
    """
    if db.in_transaction:
        with translated(db.filename):
            yield
        return
    with translated(db.filename):
        db.execute("BEGIN IMMEDIATE")
        start = monotonic()
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
    if monotonic() - start > _LONG:
        sleep(_GAP)  # one long transaction after the other would let nobody else write


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """A part of a transaction that is undone alone if it raises.

    For a group of articles rather than for each: FTS5 writes out what it gathered at every savepoint.
    """
    with translated(db.filename), db:
        yield


def rows(db: Connection, sql: str, bindings: Any = ()) -> list[tuple[Any, ...]]:
    """Every row of a query. Raises StoreError."""
    try:
        return db.execute(sql, bindings).fetchall()
    except UnicodeDecodeError as error:
        raise damaged(db.filename, error) from error
    except apsw.SQLError as error:  # a mistake of ours, unless a table is not what it should be
        if schema.altered(db):
            raise damaged(db.filename, error) from error
        raise
    except apsw.Error as error:
        raise store_error(error, db.filename) or error from error


def row(db: Connection, sql: str, bindings: Any = ()) -> tuple[Any, ...] | None:
    """The first row of a query, `None` if there is none. Raises StoreError."""
    found = rows(db, sql, bindings)
    return found[0] if found else None
