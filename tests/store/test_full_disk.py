"""A disk without room: one sentence, and a store that is whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from newsreader.errors import StoreError
from newsreader.model.news import Headline, Source
from newsreader.store import schema
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store, rows
from newsreader.store.sources import add_source

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DUMP = Path(__file__).with_name("schemas") / "v3.sql"


def is_whole(path: Path) -> bool:
    db = apsw.Connection(str(path))
    try:
        return db.pragma("integrity_check") == "ok" and rows(db, "PRAGMA foreign_key_check") == []
    finally:
        db.close()


def full_at(db: apsw.Connection, more: int) -> None:
    """Let a store take so many pages more."""
    db.pragma("max_page_count", db.pragma("page_count") + more)


def many(headline: Callable[..., Headline]) -> list[Headline]:
    return [headline(n, html="A long text of a feed. " * 100, summary="A text.") for n in range(1000, 1200)]


def test_a_fetch_that_fills_the_disk_takes_nothing_and_says_so(
    db: apsw.Connection, path: Path, source: Source, headline: Callable[..., Headline]
) -> None:
    save_headlines(db, source.id, [headline(1)], NOW)
    full_at(db, 3)

    with pytest.raises(StoreError, match="disk is full") as caught:
        save_headlines(db, source.id, many(headline), NOW)

    assert caught.value.hint
    assert rows(db, "SELECT title FROM article") == [("Headline 1",)]
    assert is_whole(path)


def test_a_migration_that_fills_the_disk_leaves_the_version_before_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(parents=True)
    old = apsw.Connection(str(path))
    old.execute(DUMP.read_text("utf-8"))
    old.close()
    migrate = schema.migrate

    def filled(db: apsw.Connection) -> None:
        full_at(db, 5)
        migrate(db)

    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrate", filled)
        with pytest.raises(StoreError, match="disk is full"):
            open_store(path)

    assert schema.read_stamp(path) == schema.Stamp(schema.APPLICATION_ID, 3)
    assert is_whole(path)
    open_store(path).close()
    assert is_whole(path)


FETCHED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from newsreader.errors import NewsreaderError
from newsreader.model.news import Headline
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store

db = open_store(Path(sys.argv[1]))
if sys.argv[2] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    for n in range(100):
        addresses = [f"https://a.example/{n}-{k}" for k in range(20)]
        told = [Headline(url, f"Headline {url}", html="A long text. " * 99) for url in addresses]
        save_headlines(db, 1, told, datetime.now(UTC))
        print(n + 1, flush=True)
    db.close()
except NewsreaderError as error:
    print("newsreader:", error.message, flush=True)
"""


def run(path: Path, limit: int) -> list[str]:
    """Save headlines, twenty at once, until a file may grow no more; what was said."""
    command = [sys.executable, "-c", FETCHED, str(path), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="this system sets no limit to the size of files")
@pytest.mark.parametrize("kib", [300, 600, 1000])
def test_what_was_acknowledged_before_a_file_could_grow_no_more_is_there(
    db: apsw.Connection, path: Path, source: Source, kib: int
) -> None:
    assert source
    db.close()

    *acknowledged, said = run(path, kib << 10)

    assert said.startswith("newsreader: ")
    assert is_whole(path)
    db = open_store(path)
    assert rows(db, "SELECT count(*) FROM article") == [(20 * len(acknowledged),)]
    db.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six mebibytes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_ends_a_fetch_in_one_sentence_and_loses_nothing(small_disk: Path) -> None:
    path = small_disk / "news.sqlite3"
    db = open_store(path)
    add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
    db.close()

    *acknowledged, said = run(path, 0)

    assert said.startswith(f"newsreader: The disk is full; {path} was left as it was")
    assert is_whole(path)
    db = open_store(path, read_only=True)
    assert rows(db, "SELECT count(*) FROM article") == [(20 * len(acknowledged),)]
    db.close()


def test_a_store_on_a_full_disk_can_still_be_read_and_marks_say_why_not(small_disk: Path) -> None:
    path = small_disk / "data" / "news.sqlite3"
    environ = {**os.environ, "NEWSREADER_DATA_DIR": str(path.parent), "NEWSREADER_CONFIG_DIR": str(small_disk / "none")}
    db = open_store(path)
    source = add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
    save_headlines(db, source.id, [Headline("https://post.example/1", "The ice breaks")], NOW)
    db.close()
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass

    def newsreader(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "newsreader", *args]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    listed, marked = newsreader("list"), newsreader("mark", "read", "1")

    assert (listed.returncode, "The ice breaks" in listed.stdout) == (0, True)
    assert (marked.returncode, marked.stdout) == (6, "")
    assert marked.stderr.startswith("newsreader: The ")
    assert len(marked.stderr.splitlines()) == 1
    filler.unlink()
    again = newsreader("mark", "read", "1")
    assert (again.returncode, again.stderr) == (0, "1 article marked read.\n")
    assert is_whole(path)
