"""Many programs at one store, at the same moment."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest

from newsreader.model.changes import YOU, Change
from newsreader.store import schema
from newsreader.store.connection import open_store, rows
from newsreader.store.journal import KEPT
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark
from newsreader.store.sources import all_sources

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a crowd is forked, so that all begin at once")

# `crowd COUNT PATH` calls `work(path, number)` in so many processes, which begin when all are there.
CROWD = """
import os, sys, traceback
from datetime import UTC, datetime
from pathlib import Path
from newsreader.model.changes import YOU, Change
from newsreader.model.news import Headline, Source
from newsreader.model.query import Is
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store, rows
from newsreader.store.lists import Filter, count_entries, list_entries
from newsreader.store.marks import mark
from newsreader.store.sources import add_source
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

{work}

waiting, start = os.pipe()
children = []
for number in range(int(sys.argv[1])):
    if child := os.fork():
        children.append(child)
        continue
    os.close(start)
    os.read(waiting, 1)
    try:
        work(Path(sys.argv[2]), number)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)
os.close(start)
for child in children:
    os.waitpid(child, 0)
"""

OPENS = """
def work(path, number):
    add_source(open_store(path), Source(0, f"Paper {number}", f"https://paper{number}.example/feed"))
"""

MARKS_AND_READS = """
def work(path, number):
    db = open_store(path)
    for step in range(3):
        mark(db, [1 + number * 3 + step], Change("read"), YOU, NOW)
        mark(db, [151 + number], Change("tag", text=f"tag{step}"), YOU, NOW)
        db.execute("BEGIN")
        unread = [entry.id for entry in list_entries(db, Filter(Is("unread"), limit=0, order="id"))]
        assert unread == sorted(set(unread)), unread
        assert len(unread) == count_entries(db, Is("unread")), (len(unread), count_entries(db, Is("unread")))
        assert len(list_entries(db, Filter(limit=0))) == 200
        db.execute("COMMIT")
        assert not {1 + number * 3 + each for each in range(step + 1)} & set(unread), unread
"""

ANNOUNCES = """
def work(path, number):
    db = open_store(path)
    for step in range(40):
        urls = [f"https://post.example/{number}/{step}/{each}" for each in range(3)]
        told = [Headline(url, f"Headline {url[21:]}") for url in urls]
        if step % 5 == 4:
            told.append(Headline(f"https://post.example/{number}/{step - 1}/0", f"Headline {number}, told again"))
        save_headlines(db, 1, told, NOW)
        mark(db, [1], Change("starred", on=step % 2 == 0), YOU, NOW)
"""

CHANGES_AND_READS = """
from contextlib import suppress
from random import Random
from newsreader.errors import NotFoundError
from newsreader.keeping import Place, keep
from newsreader.library import Library
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.keep import Keep
from newsreader.model.query import Text
from newsreader.store.retention import drop

def work(path, number):
    rng = Random(number)
    reads(Library.open(path), rng) if number % 2 else changes(open_store(path), rng)

def changes(db, rng):
    for _ in range(40):
        url = f"https://post.example/{rng.randint(1, 60)}"
        text = " ".join(rng.choices(("ferry", "harbour", "left", "nine"), k=20))
        article = Article(url=url, title="Headline", blocks=(Block(BlockKind.PARAGRAPH, text),), published=NOW)
        known = rows(db, "SELECT id FROM article ORDER BY random() LIMIT 1")
        with suppress(NotFoundError):  # dropped by another meanwhile
            keep(db, article, NOW, Place(known=known[0][0] if known and rng.random() < 0.5 else None))
        if rng.random() < 0.3:
            ids = [number for number, in rows(db, "SELECT id FROM article ORDER BY random() LIMIT 4")]
            drop(db, ids, Keep(unread=False), NOW)

def reads(library, rng):
    for _ in range(60):
        for order in ("rank", "newest"):
            library.search(Text(rng.choice(("ferry", "ferry left", "head"))), order=order, limit=0)
        library.count(Text("harbour"))
        for entry in library.list(Filter(limit=10)).entries:
            with suppress(NotFoundError):
                library.show(entry.id)
                library.related(entry.id)
"""


@pytest.fixture
def crowd(path: Path) -> Callable[[str, int], "subprocess.Popen[str]"]:
    """`crowd(work, 50)`: so many processes at the store, begun."""

    def crowd(work: str, count: int) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", CROWD.replace("{work}", work), str(count), str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    return crowd


def complaints(running: "subprocess.Popen[str]") -> str:
    """What the processes said in anger, once all have ended."""
    return running.communicate(timeout=120)[1]


def test_programs_that_make_the_store_at_once_make_one(path: Path, crowd: Any) -> None:
    path.parent.mkdir()

    assert complaints(crowd(OPENS, 20)) == ""

    db = open_store(path)
    assert len(all_sources(db)) == 20
    db.close()


def test_programs_that_bring_an_old_store_up_to_date_at_once_do_it_once(path: Path, crowd: Any, faults_of: Any) -> None:
    path.parent.mkdir()
    old = apsw.Connection(str(path))
    old.execute(Path(__file__).with_name("schemas").joinpath("v1.sql").read_text("utf-8"))
    old.close()

    assert complaints(crowd(OPENS, 20)) == ""

    db = open_store(path)
    assert schema.stamp_of(db).version == schema.VERSION
    assert len(all_sources(db)) == 21
    assert [entry.id for entry in list_entries(db, Filter())] == [2, 1]
    db.close()
    assert faults_of(path) == []


def test_fifty_programs_mark_and_read_at_once(path: Path, crowd: Any, announce, headline, faults_of: Any) -> None:
    announce(*(headline(number) for number in range(1, 201)))

    assert complaints(crowd(MARKS_AND_READS, 50)) == ""

    db = open_store(path)
    read = [number for (number,) in rows(db, "SELECT id FROM article WHERE read_at IS NOT NULL ORDER BY id")]
    tags = Counter(rows(db, "SELECT article, tag FROM article_tag"))
    journal = rows(db, "SELECT article, mark FROM changes_readable")
    db.close()
    assert read == list(range(1, 151))
    assert tags == Counter((151 + number, f"tag{step}") for number in range(50) for step in range(3))
    assert len(journal) >= KEPT
    assert faults_of(path) == []


def test_a_walk_by_id_neither_skips_nor_repeats_while_others_announce(
    path: Path, crowd: Any, announce, headline, faults_of: Any
) -> None:
    announce(headline(1))
    running = crowd(ANNOUNCES, 3)
    reader = open_store(path, read_only=True, patience=0.0)
    walked: list[int] = []
    while True:
        is_over = running.poll() is not None
        page = list_entries(reader, Filter(limit=7, after=walked[-1] if walked else None, order="id"))
        walked += [entry.id for entry in page]
        if is_over and not page:
            break

    assert complaints(running) == ""
    assert walked == [number for (number,) in rows(reader, "SELECT id FROM article ORDER BY arrival")]
    assert walked == list(range(1, 362))
    reader.close()
    assert faults_of(path) == []


def test_the_program_reads_at_once_while_another_holds_a_long_transaction(
    subscribed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patience does not help a reader that waits: whoever holds the store here goes on for as long as they all run."""
    monkeypatch.setattr("newsreader.store.connection._prepare", lambda db, _: db.set_busy_timeout(0))
    writer = open_store(subscribed.store)
    before = [subscribed(*command) for command in READS]
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE article SET title = 'not committed', read_at = 1")

    during = [subscribed(*command) for command in READS]

    writer.execute("ROLLBACK")
    writer.close()
    assert during == before
    assert [result.status for result in during] == [0] * len(READS)


READS = (
    ("list", "--json"),
    ("count", "is:unread"),
    ("search", "harbour"),
    ("related", "1"),
    ("sources",),
)


def test_two_programs_that_write_wait_for_each_other(path: Path, crowd: Any, announce, headline) -> None:
    """One of them holds the store for longer than a writer usually does."""
    announce(*(headline(number) for number in range(1, 201)))
    db = open_store(path)
    db.execute("BEGIN IMMEDIATE")
    running = crowd(MARKS_AND_READS, 2)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(1.0)
    db.execute("COMMIT")
    db.close()

    assert complaints(running) == ""


def test_a_copy_that_is_made_while_others_write_is_whole(
    path: Path, tmp_path: Path, crowd: Any, announce, headline, faults_of: Any
) -> None:
    from newsreader.store.backups import back_up

    announce(headline(1))
    running = crowd(ANNOUNCES, 2)
    copies: list[Path] = []
    while running.poll() is None and len(copies) < 5:
        copies.append(tmp_path / f"copy{len(copies)}.sqlite3")
        back_up(path, copies[-1])

    assert complaints(running) == ""
    assert copies
    assert [fault for copy in copies for fault in faults_of(copy)] == []


def test_readers_bear_that_articles_go_and_become_one_meanwhile(path: Path, crowd: Any, faults_of: Any) -> None:
    open_store(path).close()

    assert complaints(crowd(CHANGES_AND_READS, 6)) == ""

    assert faults_of(path) == []


HOGS = """
import time
from newsreader.store.connection import transaction

def work(path, number):
    db = open_store(path)
    parent = os.getppid()
    print("begun", flush=True)
    while os.getppid() == parent:
        with transaction(db):
            rows(db, "UPDATE counter SET value = value + 1 WHERE name = 'visited'")
            time.sleep(0.3)
"""


def test_who_writes_one_long_transaction_after_the_other_lets_others_write_between(
    path: Path, crowd: Any, announce, headline, now: Any
) -> None:
    announce(headline(1))
    running = crowd(HOGS, 1)
    assert running.stdout.readline() == "begun\n"
    db = open_store(path, patience=3.0)

    for step in range(3):
        mark(db, [1], Change("tag", text=f"tag{step}"), YOU, now)

    db.close()
    running.kill()
    running.communicate()
