"""What the store costs: import, search, lists, marks and disk, for invented articles and for very many headlines.

    python tests/benchmarks/store.py [--articles 100000] [--rows 1000000] [--runs 5] [--folder DIR]

Milliseconds are CPU of this process (or, where a row says so, of a whole run of the program), wall time beside them.
A folder keeps the stores for the next time: to make them takes minutes. Where a list is compared with the bare
interpreter, the two take turns, and the figure is the median of the ratios pair by pair.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple, TypeVar
from unittest.mock import patch

from newsreader.model.changes import YOU, Change
from newsreader.model.query import Is, Query
from newsreader.query import parse
from newsreader.searchwords import folded, words_of
from newsreader.store.connection import Connection, open_store, rows, transaction
from newsreader.store.entries import COLUMNS
from newsreader.store.journal import undo
from newsreader.store.lists import Filter, count_entries, list_entries, query_of, select_ids
from newsreader.store.marks import mark
from newsreader.store.ranking import search
from newsreader.text import clean
from newsreader.transfer import import_objects

BARE = [sys.executable, "-c", "pass"]
PROGRAM = [sys.executable, "-m", "newsreader"]
NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
SOME = 10_000  # articles that are imported with terms of stories too
MARKED = 100_000
STRETCHES = 50  # random ones of each length that are looked for in both ways

QUERIES = {
    "台湾": "in 3 %",
    "半導体": "in 1 %; its parts in 2 % more",
    "港湾局長": "in 0.5 %",
    "AI": "in 2 %, written ＡＩ",
    "harbour": "in 10 %",
    "lighthouse": "in 0.1 %",
    '"river market"': "in 1 %, both words in 3 %",
    "river market": "in 3 %",
    "harb*": "in 10 %",
    "title:harbour": "in 3 %",
    "harbour OR 台湾": "in 13 %",
    "harbour -river": "in 8 %",
}


T = TypeVar("T")


class Used(NamedTuple):
    """CPU and wall seconds."""

    cpu: float
    wall: float


# --- measuring


def timed(work: Callable[..., Any], *args: Any) -> Used:
    """What some work costs this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work(*args)
    return Used(time.process_time() - cpu, time.perf_counter() - wall)


def spent(command: list[str], folder: Path) -> Used:
    """What a whole run of a command costs, its output thrown away."""
    environ = {**os.environ, **{f"NEWSREADER_{kind}_DIR": str(folder) for kind in ("DATA", "CONFIG", "CACHE")}}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Used(cpu, time.perf_counter() - wall)


def heading(title: str) -> None:
    print(f"\n{title:44} {'min':>8} {'median':>8} {'p95':>8} {'max':>8} {'wall p95':>9}")


def show(name: str, runs: list[Used], note: str = "") -> None:
    """A row of milliseconds."""
    cpu, wall = (sorted(values) for values in zip(*runs, strict=True))
    late = max(0, round(len(runs) * 0.95) - 1)
    figures = cpu[0], median(cpu), cpu[late], cpu[-1]
    told = " ".join(f"{value * 1000:8.2f}" for value in figures)
    wide = sum(ord(char) > 0x2E7F for char in name + note)
    print(f"{f'{name}  {note}':{44 - wide}} {told} {wall[late] * 1000:9.2f}", flush=True)


# --- import


def make_articles(folder: Path, count: int) -> Path:
    """A file of invented articles."""
    path = folder / f"articles-{count}.jsonl"
    if not path.exists():
        with path.with_suffix(".part").open("wb") as file:
            subprocess.run(
                [sys.executable, Path(__file__).with_name("invented.py"), "--articles", str(count)],
                stdout=file,
                check=True,
            )
        path.with_suffix(".part").rename(path)
    return path


def told(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def measure_import(folder: Path, path: Path, count: int) -> Path:
    """The table of import; the folder of the store that it makes, without terms of stories."""
    print(f"\n{'newsreader import, index included':44} {'articles':>8} {'CPU s':>8} {'a CPU s':>8} {'wall s':>8}")
    home, some = folder / f"articles-{count}", min(count, SOME)
    if not home.exists():
        show_rate("stories apart", count, made(home, lambda part: import_apart(part, path)))
    with tempfile.TemporaryDirectory(dir=folder) as name:
        few = Path(name, "some.jsonl")
        with path.open("rb") as file:
            few.write_bytes(b"".join(islice(file, some)))
        show_rate("terms of stories too, the whole program", some, spent([*PROGRAM, "import", str(few)], Path(name)))
        show_size("  its file", Path(name, "news.sqlite3"), text_bytes(few))
    return home


def import_apart(part: Path, path: Path) -> Used:
    """Import articles as the program does, in this process and without terms of stories."""
    with (
        closing(open_store(part / "news.sqlite3")) as db,
        path.open("rb") as stream,
        patch("newsreader.relate.terms.terms_of", return_value={}),
        patch("newsreader.store.terms.save_terms", return_value=None),
    ):
        return timed(import_objects, db, stream, b"", NOW, lambda *_: None)


def made(home: Path, make: Callable[[Path], T]) -> T:
    """Make a folder, which is not there until it is whole."""
    part = home.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    result = make(part)
    part.rename(home)
    return result


def show_rate(name: str, count: int, used: Used) -> None:
    print(f"{name:44} {count:8} {used.cpu:8.1f} {count / used.cpu:8.0f} {used.wall:8.1f}", flush=True)


def show_size(name: str, path: Path, text: int) -> None:
    print(f"{name:34} {path.stat().st_size / text:6.3f}", flush=True)


def text_bytes(path: Path) -> int:
    """Bytes of the texts of articles, without titles."""
    return sum(len(article["text"].encode()) for article in told(path))


# --- disk


def measure_disk(home: Path, path: Path) -> None:
    """What the file holds, in bytes a byte of text; the text is that of the articles, without titles."""
    text = text_bytes(path)
    print(f"\nbytes of the file a byte of text ({text / 1e6:.0f} MB), stories apart")
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        copy = Path(folder, "news.sqlite3")
        with closing(open_store(home / "news.sqlite3")) as db:
            rows(db, "VACUUM INTO ?", (str(copy),))
        show_size("as it was imported", home / "news.sqlite3", text)
        with closing(open_store(copy)) as db:
            rows(db, "INSERT INTO search (search) VALUES ('optimize')")
            rows(db, "VACUUM")
            rows(db, "PRAGMA wal_checkpoint(TRUNCATE)")
            show_size("after optimize and VACUUM", copy, text)
            sql = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12"
            for name, size in rows(db, sql):
                print(f"  {name:32} {size / text:6.3f}")


# --- search


def asked(query: str) -> Query:
    return parse(query, NOW, {})


def measure_search(home: Path, path: Path, runs: int) -> None:
    """The tables of search."""
    with closing(open_store(home / "news.sqlite3", read_only=True)) as db:
        common = next(word for word in next(told(path))["text"].split() if word.islower())
        queries = {**QUERIES, common: "a common word", "の": "in half"}
        for order in ("rank", "newest"):
            heading(f"search, by {order}, warm")
            for query, note in queries.items():
                where = asked(query)
                found = [timed(search, db, where, 20, order) for _ in range(max(runs, 20))]
                show(query, found, note)
        heading("count")
        for query in QUERIES:
            where = asked(query)
            found = [timed(count_entries, db, where) for _ in range(runs)]
            show(query, found, f"{count_entries(db, where)} found")
    heading("newsreader search, whole run less --version")
    for query in QUERIES:
        pairs = [(spent([*PROGRAM, "search", query], home), spent([*PROGRAM, "--version"], home)) for _ in range(runs)]
        show(query, [Used(max(a.cpu - b.cpu, 0), max(a.wall - b.wall, 0)) for a, b in pairs])


def measure_recall(home: Path, path: Path) -> None:
    """Whether a query finds exactly what a scan of all texts finds."""
    with closing(open_store(home / "news.sqlite3", read_only=True)) as db:
        ids = {url: article_id for article_id, url in rows(db, "SELECT id, url FROM article")}
        texts = {}
        for article in told(path):
            parts = article["title"], *article["authors"], article["text"]
            texts[ids[article["url"]]] = folded("\n".join(map(clean_lines, parts)))
        wanted = ["台湾", "半導体", "半導", "港湾局長", "ＡＩ", *stretches(path)]
        wrong = found = 0
        for each in wanted:
            scanned = {article_id for article_id, text in texts.items() if folded(each) in text}
            chosen = set(select_ids(db, asked(f'"{each}"')))
            found += len(scanned)
            if each != "ＡＩ" and scanned != chosen:
                wrong += 1
                print(f"  {each}: missing {sorted(scanned - chosen)[:5]}, extra {sorted(chosen - scanned)[:5]}")
    print(f"\nrecall: {len(wanted)} stretches of 2 to 4 characters, {found} articles by a scan, {wrong} answers differ")


def clean_lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.split("\n"))


def stretches(path: Path) -> Iterator[str]:
    """Random stretches of Japanese texts."""
    rng = Random(11)
    texts = [article["text"] for article in islice(told(path), 4000) if article["language"] == "ja"]
    letters = re.compile(r"[^\W_]+")
    for number in range(3 * STRETCHES):
        size = 2 + number % 3
        runs = [run for run in letters.findall(rng.choice(texts)) if len(run) >= size]
        run = rng.choice(runs)
        start = rng.randrange(len(run) - size + 1)
        yield run[start : start + size]


# --- lists


def make_rows(folder: Path, count: int) -> Path:
    """A store of so many headlines of 200 sources: three of four unread, one of a hundred starred."""
    home = folder / f"rows-{count}"
    if not home.exists():
        made(home, lambda part: fill(part / "news.sqlite3", count))
    return home


def fill(path: Path, count: int) -> None:
    db = open_store(path)
    titles = ("The harbour master closed the port, number", "港長は港を閉じた、その")
    now = int(NOW.timestamp())
    rows(
        db,
        """WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200)
        INSERT INTO source (id, name, url, kind, added_at) SELECT n, 'Paper ' || n, 'paper' || n || '.example/feed',
        'feed', ? FROM n""",
        (now,),
    )
    for first in range(0, count, 10_000):
        batch = range(first, min(first + 10_000, count))
        new = [(n + 1, n + 1, now - 60 * (count - n), n % 200 + 1, f"{titles[n % 2]} {n}") for n in batch]
        with transaction(db):
            write(db, new, now)
    db.close()


def write(db: Connection, new: list[tuple[int, int, int, int, str]], now: int) -> None:
    """Headlines as a feed brings them, with their marks: id, arrival, moment, source, title."""
    sql = f"""INSERT INTO article (id, arrival, moment, source, title, url, state, first_seen_at, language,
    read_at, starred_at) VALUES (?1, ?2, ?3, ?4, ?5, 'https://paper' || ?4 || '.example/' || ?1, 'headline', {now},
    iif(?1 % 2, 'en', 'ja'), iif(?1 % 4, NULL, {now}), iif(?1 % 100, NULL, {now}))"""
    db.executemany(sql, new)
    first = new[0][0]
    rows(
        db,
        """INSERT INTO announcement (source, article, moment, unread, title_crc, crc)
        SELECT source, id, moment, read_at IS NULL, 0, 0 FROM article WHERE id >= ?""",
        (first,),
    )
    sql = "INSERT INTO article_url (key, article, url) SELECT substr(url, 9), id, url FROM article WHERE id >= ?"
    rows(db, sql, (first,))
    db.executemany(
        "INSERT INTO search (rowid, words) VALUES (?, ?)", [(each[0], words_of(each[4], "")) for each in new]
    )
    rows(db, "UPDATE counter SET value = ? WHERE name = 'arrivals'", (new[-1][1],))


def measure_lists(folder: Path, count: int, runs: int) -> None:
    """The tables of lists."""
    sizes = [size for size in (100, 10_000, 1_000_000) if size < count] + [count]
    homes = {size: make_rows(folder, size) for size in sizes}
    heading(f"of {count} rows")
    with closing(open_store(homes[count] / "news.sqlite3", read_only=True)) as db:
        sql, values = query_of(db, Filter(Is("unread")), COLUMNS)
        works: dict[str, Callable[[], Any]] = {
            "newest 50 unread, in SQLite": lambda: rows(db, sql, values),
            "newest 50 unread": lambda: list_entries(db, Filter(Is("unread"))),
            "newest 50 starred": lambda: list_entries(db, Filter(Is("starred"))),
            "newest 50 of a source": lambda: list_entries(db, Filter(asked('source:"Paper 7"'))),
            "50 after an id": lambda: list_entries(db, Filter(after=count // 2, order="id")),
            "count is:unread": lambda: count_entries(db, Is("unread")),
        }
        for name, work in works.items():
            work()
            show(name, [timed(work) for _ in range(max(runs, 20))])
    print(f"\n{'newsreader list, whole run':>34} {'ms CPU':>8} {'ratio':>8} {'to the first':>13}")
    ratios: dict[int, list[float]] = {size: [] for size in sizes}
    costs: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(max(runs, 5) * 3):
        for size, home in homes.items():
            used, bare = spent([*PROGRAM, "list"], home), spent(BARE, home)
            costs[size].append(used.cpu)
            ratios[size].append(used.cpu / bare.cpu)
    for size in sizes:
        flat = median(costs[size]) / median(costs[sizes[0]])
        print(f"{size:29} rows {median(costs[size]) * 1000:8.1f} {median(ratios[size]):8.2f} {flat:13.3f}", flush=True)


# --- marks


def measure_marks(folder: Path, count: int, runs: int) -> None:
    """The table of marks, in a copy of the store."""
    heading(f"marks, by a query, of {count} rows")
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        copy = Path(temporary, "news.sqlite3")
        shutil.copy(make_rows(folder, count) / "news.sqlite3", copy)
        with closing(open_store(copy)) as db:
            where = asked("is:unread until:2026-09-14")
            chosen: list[list[int]] = []
            works: dict[str, Callable[[], Any]] = {
                "choose them": lambda: chosen.append(select_ids(db, where)[:MARKED]),
                f"mark {min(count, MARKED)} read": lambda: mark(db, chosen[-1], Change("read"), YOU, NOW),
                "undo": lambda: undo(db),
                "mark one": lambda: mark(db, chosen[-1][:1], Change("starred"), YOU, NOW + timedelta(seconds=1)),
                "undo it": lambda: undo(db),
            }
            used: dict[str, list[Used]] = {name: [] for name in works}
            for _ in range(runs):
                for name, work in works.items():
                    used[name].append(timed(work))
        for name, found in used.items():
            show(name, found)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="What the store costs.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="keeps the stores for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        path = make_articles(folder, options.articles)
        home = measure_import(folder, path, options.articles)
        measure_disk(home, path)
        measure_search(home, path, options.runs)
        measure_recall(home, path)
        measure_lists(folder, options.rows, options.runs)
        measure_marks(folder, options.rows, options.runs)


if __name__ == "__main__":
    main()
