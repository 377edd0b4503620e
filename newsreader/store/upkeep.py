"""The file of the store: what is in it, and how it is made small again."""

from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import apsw

from newsreader.store.backups import check_room, size_of
from newsreader.store.connection import PAGE_SIZE, Connection, row, rows, translated
from newsreader.store.schema import stamp_of


class Status(NamedTuple):
    """What is in a store: sizes in bytes, of which `log_bytes` are the write-ahead log; `free_bytes` are to be reused.

    `version` is that of its shape, `sqlite` that of the library.
    """

    path: Path
    bytes: int
    log_bytes: int
    free_bytes: int
    index_bytes: int
    page_size: int
    articles: int
    unread: int
    starred: int
    linked: int
    sources: int
    dropped: int
    version: int
    sqlite: str


def status_of(db: Connection, path: Path) -> Status:
    """What is in the store at a path, which `db` reads."""
    log = path.with_name(f"{path.name}-wal")
    page_size = _number(db, "PRAGMA page_size")
    counters: dict[str, int] = dict(rows(db, "SELECT name, value FROM counter"))
    return Status(
        path=path,
        bytes=path.stat().st_size if path.exists() else 0,
        log_bytes=log.stat().st_size if log.exists() else 0,
        free_bytes=_number(db, "PRAGMA freelist_count") * page_size,
        index_bytes=_number(db, "SELECT coalesce(sum(length(block)), 0) FROM search_data"),
        page_size=page_size,
        articles=counters["listed"] + counters["hidden"],
        unread=counters["unread"],
        starred=counters["starred"],
        linked=_number(db, "SELECT count(*) FROM article") - counters["listed"] - counters["hidden"],
        sources=_number(db, "SELECT count(*) FROM source"),
        dropped=_number(db, "SELECT count(*) FROM dropped"),
        version=stamp_of(db).version,
        sqlite=apsw.sqlite_lib_version(),
    )


def vacuum(db: Connection, path: Path) -> tuple[int, int]:
    """Rewrite the store without gaps; its bytes before and after. Everything waits for it.

    Raises StoreError if the disk has no room for it, and StoreBusyError while another process is at the store.
    """
    before = size_of(path)
    for folder in (path.parent, Path(gettempdir())):  # a second copy, and the log of the change from one to the other
        check_room(folder, 2 * before, f"tidying the store {path}")
    with translated(str(path)):
        rows(db, "INSERT INTO search (search) VALUES ('optimize')")
        if db.pragma("page_size") != PAGE_SIZE:  # which it may change outside of WAL mode only
            db.pragma("journal_mode", "delete")
            db.pragma("page_size", PAGE_SIZE)
        try:
            db.execute("VACUUM")
        finally:
            db.pragma("journal_mode", "wal")
        rows(db, "PRAGMA wal_checkpoint(TRUNCATE)")
    return before, size_of(path)


def _number(db: Connection, sql: str) -> int:
    found = row(db, sql)
    assert found
    return int(found[0])
