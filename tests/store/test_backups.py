"""The copy that is kept before a store is brought to a newer version."""

from pathlib import Path
from types import SimpleNamespace

import apsw
import pytest

from newsreader.errors import StoreError
from newsreader.store import backups, schema
from newsreader.store.connection import open_store, rows

DUMP = Path(__file__).with_name("schemas") / "v3.sql"


@pytest.fixture
def old(path: Path) -> Path:
    """A store of version 3."""
    path.parent.mkdir(parents=True)
    db = apsw.Connection(str(path))
    db.execute(DUMP.read_text("utf-8"))
    db.close()
    return path


@pytest.fixture
def copy(path: Path) -> Path:
    """Where the copy of it is to be."""
    return path.with_name("news.sqlite3.v3.backup")


def titles(path: Path) -> list[tuple[str]]:
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        assert db.pragma("integrity_check") == "ok"
        return rows(db, "SELECT title FROM article ORDER BY id")
    finally:
        db.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_copy_is_kept_before_the_first_step_and_that_is_told(old: Path, copy: Path, *, read_only: bool) -> None:
    before = titles(old)
    said: list[str] = []

    open_store(old, read_only=read_only, tell=said.append).close()

    assert schema.read_stamp(copy) == schema.Stamp(schema.APPLICATION_ID, 3)
    assert titles(copy) == before
    assert said == [f"Kept a copy of the store as it is: {copy}", f"Bringing the store to version {schema.VERSION} …"]
    assert [file.name for file in old.parent.iterdir() if file.suffix == ".part"] == []


def test_the_copy_holds_what_is_still_in_the_log(old: Path, copy: Path) -> None:
    writer = apsw.Connection(str(old))
    writer.pragma("journal_mode", "wal")
    writer.execute("UPDATE article SET title = 'Ferry sinks' WHERE id = 1")

    open_store(old).close()

    assert ("Ferry sinks",) in titles(copy)
    writer.close()


def test_a_good_copy_is_never_replaced(old: Path, copy: Path) -> None:
    backups.back_up(old, copy)
    kept = copy.read_bytes()
    db = apsw.Connection(str(old))
    db.execute("UPDATE article SET title = 'Ferry sinks'")
    db.close()

    open_store(old).close()

    assert copy.read_bytes() == kept


def test_a_copy_that_is_none_is_made_again(old: Path, copy: Path) -> None:
    copy.write_text("half a copy")

    open_store(old).close()

    assert len(titles(copy)) > 1


def test_a_new_store_and_one_of_this_version_need_no_copy(path: Path) -> None:
    said: list[str] = []

    open_store(path, tell=said.append).close()
    open_store(path, tell=said.append).close()

    assert said == []
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("read_only", [False, True])
def test_without_room_for_the_copy_the_store_stays_as_it_is(
    old: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, *, read_only: bool
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))

    with pytest.raises(StoreError, match="has no room for a copy") as caught:
        open_store(old, read_only=read_only)

    assert "free some space" in str(caught.value.hint)
    assert schema.read_stamp(old) == schema.Stamp(schema.APPLICATION_ID, 3)
    assert titles(old)
    assert len(before) == old.stat().st_size
    assert not copy.exists()


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(old: Path, copy: Path) -> None:
    copy.with_name(f"{copy.name}.part").mkdir()

    with pytest.raises(StoreError, match="cannot be written"):
        open_store(old)

    assert not copy.exists()
    assert schema.read_stamp(old) == schema.Stamp(schema.APPLICATION_ID, 3)
