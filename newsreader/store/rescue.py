"""Saves what is left in a damaged store into a new one; the damaged one is only read."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import apsw

from newsreader.errors import StoreError
from newsreader.store import schema
from newsreader.store.backups import check_room, size_of
from newsreader.store.connection import PAGE_SIZE, Connection, rows, translated
from newsreader.store.mending import mend, rebuild_index
from newsreader.store.pages import HEADER, MAGIC, PageFile, Value, size_of_pages
from newsreader.store.references import mend_references, remake_articles
from newsreader.store.terms import post_again
from newsreader.store.trees import SCHEMA, Salvage, trees_of

# What is made anew from the rest, or is SQLite's own.
_DERIVED = ("search", "sqlite_", "fingerprint", "posting")
# What a person did comes first, should there be no room for everything.
_FIRST = ("source", "source_tag", "article", "article_url", "article_tag", "story", "change", "changed")
_SEQUENCE = "sqlite_sequence"


class Saved(NamedTuple):
    """How many rows of a table were saved, and how many of its rows and pages could not be read."""

    table: str
    rows: int
    unreadable: int


class Rescued(NamedTuple):
    """The new store, what was saved of each table, and how many lost articles were made again from the rest."""

    file: Path
    tables: list[Saved]
    remade: int


def rescue(store: Path, target: Path) -> Rescued:
    """Make a new store of what is left in a damaged one.

    Raises StoreError if there is a file already, no room for one, or nothing of a store in it.
    """
    if target.exists() or target.with_name(f"{target.name}-wal").exists():
        raise StoreError(f"{target} is there already", hint="Move it away, or name another file: --rescue FILE")
    check_room(target.parent, 2 * size_of(store), f"what can be saved of {store}")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with translated(str(target)), _whole_file(store, target.parent) as source, source.open("rb") as file:
            rescued = _rescue(PageFile(file, *size_of_pages(file)), part)
        if not any(saved.rows for saved in rescued.tables if saved.table in ("source", "article")):
            raise StoreError(f"Nothing of a newsreader store could be read in {store}", hint="Is there a backup of it?")
        part.replace(target)
    finally:
        for suffix in ("", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return rescued._replace(file=target)


def _rescue(file: PageFile, part: Path) -> Rescued:
    roots, texts = _schema_of(file)
    version = _version_of(file, texts)
    db = apsw.Connection(str(part))
    try:
        db.pragma("page_size", PAGE_SIZE)
        db.pragma("journal_mode", "wal")
        db.pragma("synchronous", "off")  # it gets its name when it is whole
        schema.migrate(db, version)
        salvage = Salvage(file, trees_of(db, roots))
        with _without_triggers(db):
            tables = _save(db, salvage)
            remade = remake_articles(db)
            mend_references(db)
            post_again(db)
            _go_on_counting(db, salvage)
        if version == schema.VERSION:
            rebuild_index(db)  # else the migration makes it
        schema.migrate(db)
        mend(db)
        db.pragma("synchronous", "full")
    finally:
        db.close()
    return Rescued(part, tables, remade)


@contextmanager
def _whole_file(store: Path, folder: Path) -> Iterator[Path]:
    """The store with what is in its log: itself, or a copy of it in a folder, for as long as the block runs."""
    log = store.with_name(f"{store.name}-wal")
    if not log.exists() or not log.stat().st_size:
        yield store
        return
    with TemporaryDirectory(dir=folder, prefix=f"{store.name}.") as temporary:
        copy = Path(temporary, store.name)
        shutil.copyfile(store, copy)
        shutil.copyfile(log, copy.with_name(log.name))
        _mend_header(copy, int.from_bytes(log.read_bytes()[8:12], "big"))
        with suppress(apsw.Error):
            db = apsw.Connection(str(copy))
            with suppress(apsw.Error):
                db.execute("SELECT 1 FROM sqlite_schema").fetchall()
            with suppress(apsw.Error):
                db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            db.close()
        yield copy


def _mend_header(copy: Path, page_size: int) -> None:
    """Give a file that lost its first bytes those of a new one, so that SQLite reads its log."""
    with copy.open("r+b") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return
        fresh = apsw.Connection(":memory:")
        fresh.execute(f"PRAGMA page_size = {page_size}; CREATE TABLE nothing (nothing)")
        file.seek(0)
        header = bytearray(fresh.serialize("main")[:HEADER])
        header[18:20] = b"\2\2"  # there is a write-ahead log
        header[92:96] = bytes(4)  # the count of pages is not told
        file.write(header)


def _schema_of(file: PageFile) -> tuple[dict[str, int], dict[str, str]]:
    """Where the tables and indexes of a file begin, and the texts that made its tables, by name."""
    roots: dict[str, int] = {}
    texts: dict[str, str] = {}
    for kind, name, _, root, text in Salvage(file, [SCHEMA]).rows(SCHEMA.name):
        if kind in ("table", "index") and isinstance(name, str) and isinstance(root, int):
            roots.setdefault(name, root)
            texts.setdefault(name, str(text))
    return roots, texts


def _version_of(file: PageFile, texts: dict[str, str]) -> int:
    """The version of a store by the texts of its tables; the header may be damaged."""
    told = int.from_bytes(file.raw(1)[60:64], "big")
    best = (0, False, 0)
    db = apsw.Connection(":memory:")
    for version in range(1, schema.VERSION + 1):
        schema.migrate(db, version)
        same = sum(texts.get(name) == text for name, text in db.execute("SELECT name, sql FROM sqlite_schema"))
        best = max(best, (same, version == told, version))
    db.close()
    return best[2]


def _save(db: Connection, salvage: Salvage) -> list[Saved]:
    names = [name for name, tree in salvage.trees.items() if _is_table(db, name) and not name.startswith(_DERIVED)]
    saved = []
    for name in sorted(names, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)):
        db.execute("BEGIN")
        count = _insert(db, name, salvage.rows(name))
        db.execute("COMMIT")
        saved.append(Saved(name, count, salvage.broken[name]))
    return saved


def _insert(db: Connection, table: str, found: Iterable[list[Value]]) -> int:
    """Add rows; of two with one key the first stays. What the migrations put there gives way."""
    db.execute(f"DELETE FROM {table}")  # noqa: S608 - our names
    before = db.total_changes()
    places = ",".join("?" * len(db.execute("SELECT 1 FROM pragma_table_xinfo(?)", (table,)).fetchall()))
    sql = f"INSERT OR IGNORE INTO {table} VALUES ({places})"  # noqa: S608 - our names
    db.executemany(sql, found)
    return db.total_changes() - before


def _is_table(db: Connection, name: str) -> bool:
    return bool(db.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)).fetchall())


@contextmanager
def _without_triggers(db: Connection) -> Iterator[None]:
    """What rows bring with them is not counted again."""
    triggers = rows(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    yield
    for _, text in triggers:
        db.execute(text)


def _go_on_counting(db: Connection, salvage: Salvage) -> None:
    """No id is given twice, also none of a row that is gone."""
    for name, last in salvage.rows(_SEQUENCE) if _SEQUENCE in salvage.trees else ():
        sql = f"UPDATE {_SEQUENCE} SET seq = max(seq, ?) WHERE name = ?"  # noqa: S608 - fixed text
        db.execute(sql, (last, name))
        if not db.changes() and name in salvage.trees:
            db.execute(f"INSERT INTO {_SEQUENCE} VALUES (?, ?)", (name, last))  # noqa: S608 - fixed text
