"""The shape of the store: whose file it is, which version, and the steps from each version to the next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import apsw

from newsreader.errors import StoreDamagedError, StoreError, StoreForeignError, StoreNewerError

APPLICATION_ID = 0x4E577264  # "NWrd" in the header of the file: ours, whatever its name

# Order is important: step n leads from version n to n + 1. Add at the end, never change one that was released.
MIGRATIONS = ("0001_first.sql", "0002_manners.sql", "0003_feed_text.sql", "0004_library.sql", "0005_stories.sql")
VERSION = len(MIGRATIONS)

_MAGIC = b"SQLite format 3\0"
_FOREIGN_HINT = "Move it away, or keep the store elsewhere: set NEWSREADER_DATA_DIR"


class Stamp(NamedTuple):
    """What a file says it is: `application_id` and `user_version` of SQLite; both 0 in a new one."""

    application_id: int
    version: int


def read_stamp(path: Path) -> Stamp | None:
    """The stamp in the header of a file, read without touching it; `None` if there is no file, or an empty one.

    The header may lag behind a write-ahead log, so a 0 in it proves nothing. Source: SQLite file format, section 1.3.
    Raises StoreError if it cannot be read or is no SQLite file.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"The store {path} cannot be read: {error.strerror}", hint=_access_hint(error)) from error
    if not header:
        return None
    if not header.startswith(_MAGIC):
        hint = "If it was one, this saves what can be read: newsreader doctor. If not, move it away"
        raise StoreDamagedError(f"{path} is not a newsreader store: it is no SQLite file", hint=hint)
    return Stamp(int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big"))


def check_stamp(stamp: Stamp, path: str) -> None:
    """Refuse a file that is another program's (StoreForeignError) or a newer version's (StoreNewerError)."""
    if stamp.application_id not in (0, APPLICATION_ID):
        raise StoreForeignError(f"{path} belongs to another program", hint=_FOREIGN_HINT)
    if stamp.application_id == APPLICATION_ID and stamp.version > VERSION:
        raise StoreNewerError(f"The store {path} is of version {stamp.version}; this newsreader knows up to {VERSION}")


def stamp_of(db: apsw.Connection) -> Stamp:
    """The stamp of an open store, the write-ahead log included.

    Raises StoreForeignError for a file without a stamp that holds tables.
    """
    # Tables first: another process may make them, and then the stamp is there as well.
    holds_tables = bool(db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall())
    stamp = Stamp(db.pragma("application_id"), db.pragma("user_version"))
    if stamp.application_id == 0 and holds_tables:
        raise StoreForeignError(f"{db.filename} belongs to another program", hint=_FOREIGN_HINT)
    return stamp


def altered(db: apsw.Connection) -> str | None:
    """The first table, index, view or trigger of an open store of this version that is not as migrations make it."""
    sql = "SELECT name, CAST(sql AS BLOB) FROM sqlite_schema ORDER BY name"  # damaged text may be none
    fresh = apsw.Connection(":memory:")
    migrate(fresh)
    found = {text for _, text in db.execute(sql.replace("name,", "1,")).fetchall()}
    return next((str(name) for name, text in fresh.execute(sql).fetchall() if text not in found), None)


def migrate(db: apsw.Connection, version: int | None = None) -> None:
    """Bring a store to the newest version, or to an older one, each step in one transaction with its number.

    Another process may do the same at the same time: what it did is found done. A step that fails leaves the version
    before it.
    """
    db.pragma("foreign_keys", False)  # tables may be rebuilt; each step is checked before it is kept
    while _step(db, VERSION if version is None else version):
        pass


def _step(db: apsw.Connection, version: int) -> bool:
    db.execute("BEGIN IMMEDIATE")
    try:
        stamp = stamp_of(db)
        check_stamp(stamp, db.filename)
        if stamp.version >= version:
            db.execute("ROLLBACK")
            return False
        _run(db, stamp.version)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return True


def _run(db: apsw.Connection, version: int) -> None:
    script = Path(__file__).with_name("migrations") / MIGRATIONS[version]
    with functions(db):
        db.execute(script.read_text(encoding="utf-8")).fetchall()
    if broken := db.execute("PRAGMA foreign_key_check").fetchall():
        raise StoreError(f"The store {db.filename} holds rows that lead nowhere, in table {broken[0][0]}")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version + 1}")


@contextmanager
def functions(db: apsw.Connection) -> Iterator[None]:
    """Let SQL call `key_of`, `words_of` and `prints_of` (a JSON array) while the block runs."""
    from newsreader.fingerprints import prints_of
    from newsreader.keys import key_of
    from newsreader.searchwords import words_of

    functions: dict[str, Callable[..., str]] = {
        "key_of": key_of,
        "words_of": words_of,
        "prints_of": lambda text: str(list(prints_of(text))),
    }
    for name, function in functions.items():
        db.create_scalar_function(name, function)
    try:
        yield
    finally:
        for name in functions:
            db.create_scalar_function(name, None)


def _access_hint(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "It is a folder; set NEWSREADER_DATA_DIR to the folder that holds the store"
    return "Check the permissions of the file, or set NEWSREADER_DATA_DIR to a folder of yours"
