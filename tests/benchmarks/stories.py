"""What stories cost: to place one new article, to place many, to list stories, and their part of the file.

    python tests/benchmarks/stories.py [--sizes 1000,10000,100000] [--runs 5] [--folder DIR]

News are invented: half of the events are told by several papers in their own words, many events look alike, in three
scripts. Milliseconds are CPU of this process, of `newsreader stories` CPU of a whole run, beside the bare interpreter;
the two take turns, and the ratio is the median of the ratios pair by pair. A folder keeps the stores for the next time:
to make the largest takes minutes. How well the stories are those that were invented is told too, as a check: pairs of
articles of one event.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from newsreader.grouping import place_articles
from newsreader.store.connection import Connection, hurried, open_store, rows
from newsreader.transfer import import_objects

BARE = [sys.executable, "-c", "pass"]
PROGRAM = [sys.executable, "-m", "newsreader"]
NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
NEW = 200  # articles that are placed one by one
BATCH = 500  # articles that are placed together
PARTS = ("story", "term", "article_terms", "posting", "unplaced")  # of the file


# --- measuring


def timed(work: Callable[..., Any], *args: Any) -> float:
    """CPU seconds that some work costs this process."""
    before = time.process_time()
    work(*args)
    return time.process_time() - before


def spent(command: list[str], folder: Path) -> float:
    """CPU seconds of a whole run of a command, its output thrown away."""
    environ = {**os.environ, **{f"NEWSREADER_{kind}_DIR": str(folder) for kind in ("DATA", "CONFIG", "CACHE")}}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(name: str, seconds: Iterable[float], note: str = "") -> None:
    """A row of milliseconds."""
    found = sorted(seconds)
    late = max(0, round(len(found) * 0.95) - 1)
    told = " ".join(f"{value * 1000:8.2f}" for value in (found[0], median(found), found[late], found[-1]))
    print(f"{name:40} {told}  {note}", flush=True)


# --- stores


def make_news(folder: Path, count: int) -> Path:
    """A file of invented news: so many articles for a store, then those that come later."""
    path = folder / f"events-{count}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        invented = [sys.executable, str(Path(__file__).with_name("invented.py")), "--events", "--articles"]
        with part.open("wb") as file:
            subprocess.run([*invented, str(count + NEW + BATCH)], stdout=file, check=True)
        part.rename(path)
    return path


def make_store(folder: Path, path: Path, count: int) -> Path:
    """A store of the first articles of a file, placed; what that costs is printed."""
    home = folder / f"events-{count}"
    if home.exists():
        return home
    part = home.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    with closing(open_store(part / "news.sqlite3")) as db, path.open("rb") as file:
        kept = timed(keep, db, list(islice(file, count)))
        placed = timed(place, db)
        print(f"{'kept, a thousand articles':40} {kept * 1e6 / count:8.0f} ms")
        print(f"{'placed, a thousand articles':40} {placed * 1e6 / count:8.0f} ms", flush=True)
        rows(db, "PRAGMA wal_checkpoint(TRUNCATE)")
    part.rename(home)
    return home


def keep(db: Connection, lines: list[bytes]) -> None:
    """Import articles, an object a line, without placing them."""
    import_objects(db, BytesIO(b"".join(lines)), b"", NOW, lambda *_: None)


def place(db: Connection) -> None:
    """Find the stories of what waits for it, as at the end of a fetch."""
    with hurried(db):
        for _ in place_articles(db):
            pass


# --- tables


def measure_placing(folder: Path, home: Path, path: Path, count: int, runs: int) -> None:
    """The rows of new articles, in a copy of the store."""
    with path.open("rb") as file:
        later = list(islice(file, count, None))
    singles, many = later[:NEW], later[NEW:]
    one: list[float] = []
    batches: list[float] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=folder) as name:
            shutil.copy(home / "news.sqlite3", name)
            with closing(open_store(Path(name, "news.sqlite3"))) as db:
                for line in singles:
                    keep(db, [line])
                    one.append(timed(place, db))
                keep(db, many)
                batches.append(timed(place, db) / len(many))
    show("place one new article", one)
    show(f"place {BATCH} together, an article", batches)


def measure_list(home: Path, runs: int) -> None:
    """The row of `newsreader stories`."""
    pairs = [(spent([*PROGRAM, "stories"], home), spent(BARE, home)) for _ in range(runs * 3)]
    show("newsreader stories, whole run", [used for used, _ in pairs], f"× {median(a / b for a, b in pairs):.2f}")


def measure_file(home: Path, count: int) -> None:
    """How much of the file stories take: their tables with the indexes of these."""
    with closing(open_store(home / "news.sqlite3", read_only=True)) as db:
        sql = """SELECT m.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_master m ON m.name = d.name
        GROUP BY m.tbl_name"""
        sizes = dict(rows(db, sql))
    parts = {name: sum(size for table, size in sizes.items() if table.startswith(name)) for name in PARTS}
    told = ", ".join(f"{name} {size / count:.0f}" for name, size in parts.items())
    total = sum(parts.values())
    share = total / sum(sizes.values())
    print(f"{'bytes of the file an article':40} {total / count:8.0f}  {share:.0%} of all: {told}")


def measure_stories(home: Path) -> None:
    """Whether articles of one event, and no others, stand together: by pairs."""
    with closing(open_store(home / "news.sqlite3", read_only=True)) as db:
        found = rows(db, "SELECT coalesce(story, id), url FROM article WHERE arrival IS NOT NULL")
    told = [(story, re.findall(r"/event-(\d+)/", url)[0]) for story, url in found]
    stories, events, both = (
        sum(size * (size - 1) // 2 for size in Counter(each).values())
        for each in ([story for story, _ in told], [event for _, event in told], told)
    )
    share = f"{both / max(stories, 1):.3f} of pairs in stories are right, {both / max(events, 1):.3f} of all are found"
    print(f"{'as they were invented':40} {len({story for story, _ in told}):8} stories; {share}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="What stories cost.")
    parser.add_argument("--sizes", default="1000,10000,100000", help="of stores, in articles")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keeps the stores for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for count in map(int, options.sizes.split(",")):
            print(f"\n{f'{count} articles':40} {'min':>8} {'median':>8} {'p95':>8} {'max':>8}")
            path = make_news(folder, count)
            home = make_store(folder, path, count)
            measure_placing(folder, home, path, count, options.runs)
            measure_list(home, options.runs)
            measure_file(home, count)
            measure_stories(home)


if __name__ == "__main__":
    main()
