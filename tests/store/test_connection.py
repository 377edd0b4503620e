"""Opening a store: what may go wrong with the file, and what is left as it was."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from newsreader.errors import StoreBusyError, StoreError, StoreForeignError, StoreNewerError
from newsreader.model.news import Source
from newsreader.store import schema
from newsreader.store.connection import hurried, open_store, rows, savepoint, store_error, transaction
from newsreader.store.lists import Filter, list_entries
from newsreader.store.sources import add_source, all_sources

SUFFIXES = ("", "-wal", "-shm", "-journal")


def files(path: Path) -> dict[str, bytes]:
    """The store and its companions, as they are on the disk."""
    found = [Path(f"{path}{suffix}") for suffix in SUFFIXES]
    return {file.name: file.read_bytes() for file in found if file.exists()}


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users can reach."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_other_user(public: Path) -> Iterator[None]:
    """Root may write everywhere: become somebody who may not."""
    assert public.exists()
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_new_store_is_made_with_its_folder(path: Path) -> None:
    open_store(path).close()

    assert path.exists()
    assert files(path)[path.name][:16] == b"SQLite format 3\0"


def test_a_store_carries_our_stamp_in_its_header(path: Path) -> None:
    open_store(path).close()

    assert schema.read_stamp(path) == schema.Stamp(schema.APPLICATION_ID, schema.VERSION)


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()

    db = open_store(path)

    assert all_sources(db) == []
    db.close()


def test_commits_reach_the_disk_and_readers_do_not_wait(db: apsw.Connection) -> None:
    """WAL with FULL: an acknowledged mark outlives a power cut, not only a killed process."""
    assert db.pragma("journal_mode") == "wal"
    assert db.pragma("synchronous") == 2
    assert db.pragma("foreign_keys") == 1


def test_only_commits_of_a_hurried_run_do_not_wait_for_the_disk(db: apsw.Connection) -> None:
    names = ("synchronous", "wal_autocheckpoint", "temp_store")
    before = [db.pragma(name) for name in names]

    with hurried(db):
        assert [db.pragma(name) for name in names] == [1, 2000, 2]

    assert [db.pragma(name) for name in names] == before == [2, 256, 0]


def test_a_file_of_another_program_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.executescript("PRAGMA application_id = 1234; CREATE TABLE recipe (name); INSERT INTO recipe VALUES ('soup')")
    other.close()
    before = files(path)

    for read_only in (False, True):
        with pytest.raises(StoreForeignError, match=r"news\.sqlite3 belongs to another program"):
            open_store(path, read_only=read_only)

    assert files(path) == before


def test_a_file_with_tables_but_no_stamp_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE recipe (name)")
    other.close()
    before = files(path)

    for read_only in (False, True):
        with pytest.raises(StoreForeignError):
            open_store(path, read_only=read_only)

    assert files(path) == before


def test_a_newer_store_is_refused_untouched(path: Path) -> None:
    db = open_store(path)
    db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.close()
    before = files(path)

    for read_only in (False, True):
        with pytest.raises(StoreNewerError, match=f"version {schema.VERSION + 1}") as caught:
            open_store(path, read_only=read_only)
        assert caught.value.hint

    assert files(path) == before


def test_a_newer_store_whose_version_is_still_in_the_log_is_refused(path: Path) -> None:
    """The header lags behind the write-ahead log."""
    db = open_store(path)
    db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")

    with pytest.raises(StoreNewerError):
        open_store(path)

    db.close()


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, today the harbour froze over. " * 100)
    before = files(path)

    with pytest.raises(StoreError, match=r"news\.sqlite3 is not a newsreader store") as caught:
        open_store(path)

    assert caught.value.hint
    assert files(path) == before


def test_a_damaged_store_is_a_clear_error(path: Path) -> None:
    open_store(path).close()
    body = bytearray(path.read_bytes())
    body[100:4096] = os.urandom(3996)
    path.write_bytes(body)

    with pytest.raises(StoreError, match=r"news\.sqlite3 is damaged") as caught:
        open_store(path)

    assert caught.value.hint


def test_a_folder_in_the_place_of_the_store_is_a_clear_error(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(StoreError, match=r"news\.sqlite3 cannot be read: Is a directory") as caught:
        open_store(path)

    assert "folder" in str(caught.value.hint)


def test_a_file_in_the_place_of_the_folder_is_a_clear_error(path: Path) -> None:
    path.parent.write_text("in the way")

    with pytest.raises(StoreError, match="store"):
        open_store(path)


@pytest.mark.usefixtures("as_other_user")
def test_a_folder_that_cannot_be_written_is_a_clear_error(public: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be (made|opened)") as caught:
        open_store(public / "news.sqlite3") if os.geteuid() == 0 else open_store(Path("/proc/news.sqlite3"))

    assert "NEWSREADER_DATA_DIR" in str(caught.value.hint)


def test_a_store_in_a_folder_that_cannot_be_written_can_be_read(public: Path) -> None:
    path = public / "news.sqlite3"
    db = open_store(path)
    add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
    db.close()
    path.chmod(0o444)
    public.chmod(0o555)
    before = files(path)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        db = open_store(path, read_only=True)
        names = [source.name for source in all_sources(db)]
        entries = list_entries(db, Filter())
        with pytest.raises(StoreError, match="cannot be written") as caught:
            add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed"))
        db.close()
        with pytest.raises(StoreError, match="cannot be written"):
            open_store(path)
    finally:
        if root:
            os.seteuid(0)

    assert names == ["Harbour Post"]
    assert entries == []
    assert caught.value.hint
    assert files(path) == before


def test_reading_makes_no_file(path: Path) -> None:
    db = open_store(path, read_only=True)

    assert list_entries(db, Filter()) == []
    assert not path.exists()
    db.close()


def test_a_store_opened_to_read_sees_what_others_write(db: apsw.Connection, path: Path) -> None:
    reader = open_store(path, read_only=True)
    add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))

    assert [source.name for source in all_sources(reader)] == ["Harbour Post"]
    reader.close()


def test_a_store_that_is_held_for_too_long_is_busy(db: apsw.Connection, path: Path) -> None:
    other = open_store(path, patience=0.01)

    with transaction(db), pytest.raises(StoreBusyError) as caught:
        add_source(other, Source(0, "Harbour Post", "https://post.example/feed"))

    assert str(path) in caught.value.message
    other.close()


def test_readers_do_not_wait_for_a_writer(db: apsw.Connection, path: Path) -> None:
    reader = open_store(path, read_only=True, patience=0.0)
    with transaction(db):
        add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))

        assert all_sources(reader) == []
    reader.close()


def test_a_transaction_that_raises_leaves_nothing(db: apsw.Connection) -> None:
    def fail() -> None:
        with transaction(db):
            add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert all_sources(db) == []


def test_a_savepoint_is_undone_alone(db: apsw.Connection) -> None:
    def fail() -> None:
        with savepoint(db):
            add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed"))
            raise LookupError

    with transaction(db):
        add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
        with pytest.raises(LookupError):
            fail()

    assert [source.name for source in all_sources(db)] == ["Harbour Post"]


def test_a_transaction_inside_another_is_undone_with_it(db: apsw.Connection) -> None:
    def fail() -> None:
        with transaction(db):
            with transaction(db):
                add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert all_sources(db) == []


# Mistakes of the program, not of the user's world: they are to be seen as they are.
BUGS = {
    "SQLError", "ConstraintError", "MismatchError", "MisuseError", "RangeError", "SchemaChangeError", "InternalError",
    "AuthError", "AbortError", "InterruptError", "EmptyError", "NotFoundError", "TooBigError", "ExtensionLoadingError",
    "ThreadingViolationError", "ConnectionNotClosedError", "ConnectionClosedError", "CursorClosedError",
    "BindingsError",
    "ExecutionCompleteError", "ExecTraceAbort", "VFSNotImplementedError", "VFSFileClosedError", "ForkingViolationError",
    "IncompleteExecutionError", "InvalidContextError", "NoFTS5Error", "UnraisableException",
}  # fmt: skip


def test_every_error_of_sqlite_is_translated_or_known_to_be_a_bug() -> None:
    """A class that a newer apsw brings fails here."""
    classes = [value for value in vars(apsw).values() if isinstance(value, type) and issubclass(value, apsw.Error)]
    unknown = {
        found.__name__
        for found in classes
        if found is not apsw.Error and not store_error(found("why"), "/store") and found.__name__ not in BUGS
    }

    assert unknown == set()


def test_errors_of_queries_are_translated_and_bugs_are_not(db: apsw.Connection) -> None:
    with pytest.raises(apsw.SQLError):
        rows(db, "SELECT nothing FROM nowhere")
