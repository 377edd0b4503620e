"""Several programs at one store, and a program that is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw

from newsreader.model.news import Source
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store, rows
from newsreader.store.lists import Filter, list_entries
from newsreader.store.sources import all_sources

HEAD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from newsreader.model.changes import Change
from newsreader.model.news import Headline, Source
from newsreader.store.connection import open_store
from newsreader.store.announcing import save_headlines
from newsreader.store.marks import mark
from newsreader.store.sources import add_source
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
path, own = Path(sys.argv[1]), int(sys.argv[2])
"""

OPENS = HEAD + "add_source(open_store(path), Source(0, f'Paper {own}', f'https://paper{own}.example/feed'))"

WRITES = (
    HEAD
    + """
db = open_store(path)
for number in range(20):
    save_headlines(db, 1, [Headline(f"https://post.example/{own}/{number}", f"Headline {own} {number}")], NOW)
    mark(db, [1], Change("starred", on=number % 2 == 0), "you", NOW)
"""
)

MARKS = (
    HEAD
    + """
db = open_store(path)
for number in range(1, 2001):
    mark(db, [number], Change("read"), "you", NOW)
    print(number, flush=True)
"""
)


def start(program: str, path: Path, own: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path), str(own)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def run_together(program: str, path: Path, count: int) -> list[str]:
    """What each of several programs said in anger."""
    running = [start(program, path, own) for own in range(count)]
    return [process.communicate(timeout=60)[1] for process in running]


def test_programs_that_make_the_store_at_once_make_one(path: Path) -> None:
    assert run_together(OPENS, path, 4) == [""] * 4

    db = open_store(path)
    assert len(all_sources(db)) == 4
    db.close()


def test_writers_wait_for_each_other_and_readers_for_nobody(path: Path, announce, headline) -> None:
    announce(headline(1))

    running = [start(WRITES, path, own) for own in range(3)]
    reader = open_store(path, read_only=True, patience=0.0)
    while any(process.poll() is None for process in running):
        entries = list_entries(reader, Filter(order="id", limit=0))
        assert [entry.id for entry in entries] == list(range(1, len(entries) + 1))
    errors = [process.communicate()[1] for process in running]

    assert errors == [""] * 3
    assert len(list_entries(reader, Filter(limit=0))) == 61
    reader.close()


def test_a_program_killed_while_it_marks_loses_no_mark_that_it_reported(
    db: apsw.Connection, path: Path, source: Source, headline, now
) -> None:
    save_headlines(db, source.id, [headline(number) for number in range(1, 2001)], now)
    moments = random.Random(7)
    for _ in range(4):
        db.execute("UPDATE article SET read_at = NULL")
        process = start(MARKS, path, 0)
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.08))
        process.send_signal(signal.SIGKILL)
        reported = [int(line) for line in (first, *process.stdout) if line.endswith("\n")]
        process.communicate()

        again = open_store(path)
        kept = {number for (number,) in rows(again, "SELECT id FROM article WHERE read_at IS NOT NULL")}
        assert reported
        assert set(reported) <= kept <= {*reported, reported[-1] + 1}
        assert again.pragma("integrity_check") == "ok"
        assert rows(again, "SELECT count(*) FROM announcement WHERE unread") == [(2000 - len(kept),)]
        again.close()
