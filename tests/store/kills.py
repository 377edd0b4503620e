"""Kills the program with SIGKILL at random moments while it marks, fetches and migrates; counts what was lost.

    python tests/store/kills.py [--tries 200] [--seed 7]

prints a table: how often it was killed, and how often in the middle of its work; what it had reported as done before
(acknowledged); and losses: reports that the store knows nothing of, and whatever is wrong with the store afterwards.
Each loss is told, and the exit status is 1 if there is one. The victims are forked, so that what is killed is at work
and not at its imports; a part is the whole program, started anew.
"""

import argparse
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import apsw

from newsreader.model.changes import YOU, parse_change
from newsreader.model.news import Headline, Source
from newsreader.searchwords import words_of
from newsreader.store import schema
from newsreader.store.announcing import save_headlines
from newsreader.store.backups import backup_before
from newsreader.store.connection import open_store, rows
from newsreader.store.journal import undo
from newsreader.store.marks import mark
from newsreader.store.sources import add_source

NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
COLUMNS = {"read": "read_at", "star": "starred_at", "later": "later_at"}
SHARES = {"mark": 0.5, "fetch": 0.25, "migrate": 0.25}  # of all tries
FETCH = ["fetch", "--force", "--json", "--max-articles", "1000"]
SOURCES, ITEMS = 4, 5  # of the site that is fetched: feeds, and what is new in each every time


# --- what a store must be


def faults_of(path: Path) -> list[str]:
    """What is wrong with a store: nothing, as a rule."""
    db = open_store(path)
    try:
        found = [f"integrity: {told}" for (told,) in rows(db, "PRAGMA integrity_check") if told != "ok"]
        found += [f"leads nowhere: {told}" for told in rows(db, "PRAGMA foreign_key_check")]
        found += [f"{sentence}: {told}" for sentence, sql in CHECKS.items() if (told := rows(db, f"{sql} LIMIT 5"))]
        return [*found, *_index_faults(db)]
    finally:
        db.close()


_LISTED = "SELECT count(*) FROM article WHERE arrival IS NOT NULL AND hidden_by IS"
_TELLING = "FROM article a WHERE a.story = story.id AND a.arrival IS NOT NULL AND a.hidden_by IS NULL"
CHECKS = {
    "counters that differ from the rows": f"""SELECT name, value FROM counter WHERE value <> CASE name
        WHEN 'listed' THEN ({_LISTED} NULL)
        WHEN 'unread' THEN ({_LISTED} NULL AND read_at IS NULL)
        WHEN 'starred' THEN ({_LISTED} NULL AND starred_at IS NOT NULL)
        WHEN 'later' THEN ({_LISTED} NULL AND later_at IS NOT NULL)
        WHEN 'hidden' THEN ({_LISTED} NOT NULL) ELSE value END""",
    "arrivals beyond their counter": """SELECT id FROM article
        WHERE arrival > (SELECT value FROM counter WHERE name = 'arrivals')""",
    "ids that would be used twice": """SELECT id FROM article
        WHERE id > (SELECT seq FROM sqlite_sequence WHERE name = 'article')""",
    "copies in announcements that differ": """SELECT n.article FROM announcement n JOIN article a ON a.id = n.article
        WHERE n.moment <> a.moment OR n.unread <> (a.read_at IS NULL)""",
    "announced and not listed": """SELECT n.article FROM announcement n JOIN article a ON a.id = n.article
        WHERE a.arrival IS NULL""",
    "articles without an address": "SELECT id FROM article WHERE id NOT IN (SELECT article FROM article_url)",
    "ids that lead to what is no article": "SELECT id FROM moved WHERE article NOT IN (SELECT id FROM article)",
    "ids that are gone and there": "SELECT id FROM gone WHERE id IN (SELECT id FROM article)",
    "ids that are two articles": "SELECT id FROM moved WHERE id IN (SELECT id FROM article)",
    "postings without terms": """SELECT article FROM posting
        WHERE article NOT IN (SELECT article FROM article_terms)""",
    "stories that miscount": f"""SELECT id, size, moment FROM story WHERE size <> (SELECT count(*) {_TELLING})
        OR moment IS NOT (SELECT max(a.moment) {_TELLING})""",
    "articles whose story is lost": """SELECT id, story FROM article
        WHERE story IS NOT NULL AND story NOT IN (SELECT id FROM story)""",
    "stories of nothing": """SELECT id FROM story
        WHERE followed_at IS NULL AND id NOT IN (SELECT story FROM article WHERE story IS NOT NULL)""",
    "ids that are two stories": "SELECT id FROM story_moved WHERE id IN (SELECT id FROM story)",
    "texts without blocks": "SELECT article FROM body WHERE text <> '' AND blocks IS NULL",
}


def _index_faults(db: apsw.Connection) -> list[str]:
    """Words that the index has and the articles have not, and the other way round."""
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed USING fts5vocab(main, search, instance)")
    indexed = set(rows(db, "SELECT doc, term FROM temp.indexed"))
    articles = rows(
        db,
        """SELECT a.id, a.title, a.authors, a.subtitle, a.summary, b.text FROM article a
        LEFT JOIN body b ON b.article = a.id
        WHERE a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text)""",
    )
    expected = {(article_id, word) for article_id, *texts in articles for word in _tokens(words_of(*texts))}
    sides = {"in the index alone": indexed - expected, "not in the index": expected - indexed}
    return [f"words {name}: {sorted(words)[:5]}" for name, words in sides.items() if words]


def _tokens(words: str) -> list[str]:
    """What the tokenizer `ascii` makes of words."""
    return re.findall("[a-z0-9\x80-\U0010ffff]+", re.sub("[A-Z]+", lambda found: found[0].lower(), words))


# --- killing


class Ended(NamedTuple):
    """A victim's end: what it said, and whether it was killed before it was done."""

    said: str
    killed: bool


def fork(work: Callable[[int], object]) -> tuple[int, int]:
    """Start work in a process of its own, which may write to the file descriptor it is given; its id, what it says."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        work(writing)
    except BaseException:  # noqa: BLE001  # the process ends here, whatever it was
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def kill_after(seconds: float, work: Callable[[int], object]) -> Ended:
    """Start work, and kill it when its time is over."""
    child, reading = fork(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    said = read_all(reading)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("A victim failed by itself")
    return Ended(said, os.WIFSIGNALED(status))


def read_all(descriptor: int) -> str:
    """All that is said through a pipe until its end."""
    with os.fdopen(descriptor, encoding="utf-8") as pipe:
        return pipe.read()


def seconds_of(work: Callable[[int], object]) -> float:
    """How long work takes that is left alone."""
    start = time.perf_counter()
    child, reading = fork(work)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    if status:
        raise SystemExit("A victim failed by itself")
    return time.perf_counter() - start


class Table(NamedTuple):
    """A row of the table of faults."""

    tries: int
    killed: int
    acknowledged: int
    losses: list[str]


# --- marks


def kill_marks(folder: Path, tries: int, rng: Random) -> Table:
    """Kill what marks, one article after the other, and takes some of it back."""
    path = folder / "news.sqlite3"
    db = open_store(path)
    source = add_source(db, Source(0, "Harbour Post", "https://post.example/feed"))
    save_headlines(
        db, source.id, [Headline(f"https://post.example/{n}", f"Headline {n} 港{n}") for n in range(1500)], NOW
    )
    db.close()
    usual = seconds_of(lambda said: _mark(path, 0, said, 20))
    killed = acknowledged = 0
    losses: list[str] = []
    for number in range(tries):
        seed = rng.random()
        if number % 8 == 7:
            ended = _kill_star(folder, rng)
        else:
            ended = kill_after(rng.uniform(0, usual), lambda said, seed=seed: _mark(path, seed, said))  # type: ignore[misc]
        killed += ended.killed
        reports = ended.said.split("\n")[:-1]
        acknowledged += len(reports)
        losses += [f"mark {number}: {loss}" for loss in (*_lost_marks(path, reports), *faults_of(path))]
        _unmark(path)
    return Table(tries, killed, acknowledged, losses)


def _mark(path: Path, seed: float, said: int, count: int = 10_000) -> None:
    """Mark articles, each told once it is done, and what is taken back also before."""
    rng = Random(seed)
    db = open_store(path)
    for _ in range(count):
        number, verb = rng.randint(1, 1500), rng.choice(("read", "star", "later", "tag:coast"))
        if mark(db, [number], parse_change(verb), YOU, NOW):
            os.write(said, f"+ {number} {verb}\n".encode())
            if rng.random() < 0.2:
                os.write(said, f"? {number} {verb}\n".encode())
                undo(db)
                os.write(said, f"- {number} {verb}\n".encode())


def _kill_star(folder: Path, rng: Random) -> Ended:
    """Kill the whole program, started anew, while it stars an article."""
    number = rng.randint(1, 1500)
    command = [sys.executable, "-m", "newsreader", "star", str(number)]
    process = subprocess.Popen(command, env=environ(folder), stderr=subprocess.PIPE, text=True)
    time.sleep(rng.uniform(0.1, 0.35))
    process.kill()
    _, told = process.communicate()
    return Ended(f"+ {number} star\n" if "starred" in told else "", process.returncode < 0)


def _lost_marks(path: Path, reports: list[str]) -> list[str]:
    """Reported marks that are not there."""
    expected: dict[tuple[str, str], str] = {}
    for report in reports:
        sign, number, verb = report.split(" ")
        expected[number, verb] = sign
    db = open_store(path, read_only=True)
    found = {
        (str(number), verb)
        for verb, column in COLUMNS.items()
        for (number,) in rows(db, f"SELECT id FROM article WHERE {column} IS NOT NULL")
    }
    found |= {(str(number), f"tag:{tag}") for number, tag in rows(db, "SELECT article, tag FROM article_tag")}
    told = {(str(number), mark) for number, mark in rows(db, "SELECT article, mark FROM changes_readable")}
    db.close()
    lost = [f"{each} is not there" for each, sign in expected.items() if sign == "+" and each not in found]
    lost += [f"{each} is there again" for each, sign in expected.items() if sign == "-" and each in found]
    words = {"star": "starred", "tag:coast": "tag"}
    journal = [
        each for each, sign in expected.items() if sign == "+" and (each[0], words.get(each[1], each[1])) not in told
    ]
    return lost + [f"{each} is not in the journal" for each in journal]


def _unmark(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.pragma("foreign_keys", True)
    db.execute("UPDATE article SET read_at = NULL, starred_at = NULL, later_at = NULL; DELETE FROM article_tag")
    db.execute("DELETE FROM change")
    db.close()


# --- fetch


class Site(BaseHTTPRequestHandler):
    """Feeds that grow: `/3/feed` tells all that there was in the rounds 0 to the number in a file; and their pages."""

    rounds: Path

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if parts[0] == "robots.txt":
            self.send_error(404)
            return
        body = self._feed(parts[0]) if parts[1:] == ["feed"] else page(*parts)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if parts[1:] == ["feed"] else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _feed(self, paper: str) -> bytes:
        last = int(self.rounds.read_text())
        item = "<item><title>Round {0} tells {1} 号外{0}</title><link>/{2}/{0}-{1}</link></item>"
        items = "".join(item.format(number, place, paper) for number in range(last, -1, -1) for place in range(ITEMS))
        head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Paper {paper}</title><link>/{paper}/</link>"
        return f"{head}{items}</channel></rss>".encode()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def page(paper: str, name: str) -> bytes:
    """A page of an article, of some sentences that are its own."""
    number, place = name.split("-")
    sentences = "".join(
        f"<p>In paper {paper} the ferry {name}-{n} left at nine, two minutes late, with the whole of the harbour school"
        f" on the quay to wave it off, and came back at {n} with {paper}{n} goats that nobody had counted.</p>"
        for n in range(6)
    )
    title = f"<title>Round {number} tells {place} 号外{number}</title>"
    return f"<!doctype html><html lang=en>{title}<article><h1>Round {number} tells {place}</h1>{sentences}".encode()


class Server(ThreadingHTTPServer):
    """The site's server, which does not mind that those who ask are killed."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def kill_fetches(folder: Path, tries: int, rng: Random) -> Table:
    """Kill fetches of a site that has more to tell each time."""
    rounds = folder / "rounds"
    rounds.write_text("0")
    server = Server(("127.0.0.1", 0), type("Served", (Site,), {"rounds": rounds}))
    serving, reading = fork(lambda _: server.serve_forever())
    server.server_close()
    try:
        return _kill_fetches(folder, server.server_port, tries, rng)
    finally:
        os.kill(serving, signal.SIGKILL)
        os.waitpid(serving, 0)
        os.close(reading)


def _kill_fetches(folder: Path, port: int, tries: int, rng: Random) -> Table:
    path, rounds = folder / "news.sqlite3", folder / "rounds"
    db = open_store(path)
    for paper in range(SOURCES):
        add_source(db, Source(0, f"Paper {paper}", f"http://127.0.0.1:{port}/{paper}/feed"))
    db.close()
    _fetch(folder, os.open(os.devnull, os.O_WRONLY))  # what it imports is there for those that are forked
    _tell_more(rounds)
    usual = seconds_of(lambda said: _fetch(folder, said))
    killed = acknowledged = 0
    losses: list[str] = []
    before = _known(path)
    for number in range(tries):
        _tell_more(rounds)
        if number % 4:
            ended = kill_after(rng.uniform(0, 2 * usual), lambda said: _fetch(folder, said))
        else:
            ended = _kill_program(folder, rng.uniform(0.2, usual + 0.4))
        killed += ended.killed
        reports = [json.loads(line) for line in ended.said.split("\n")[:-1]]
        acknowledged += len(reports)
        after = _known(path)
        lost = [
            f"{told[0]} is {after.get(known)}"
            for known, told in before.items()
            if after.get(known, ("",))[0] != told[0]
        ]
        lost += [f"marks of {known}" for known, told in before.items() if after.get(known, told)[1:] != told[1:]]
        lost += _lost_reports(path, reports)
        losses += [f"fetch {number}: {loss}" for loss in (*lost, *faults_of(path))]
        before = _marked(path, rng)
    seconds_of(lambda said: _fetch(folder, said))
    return Table(tries, killed, acknowledged, [*losses, *_incomplete(path)])


def _tell_more(rounds: Path) -> None:
    """Begin the next round, while the server may be reading the number of this one."""
    new = rounds.with_suffix(".new")
    new.write_text(str(int(rounds.read_text()) + 1))
    new.rename(rounds)


def _fetch(folder: Path, said: int) -> None:
    """Fetch as the program does, in this process."""
    from newsreader.cli.app import run
    from newsreader.cli.context import Context, Streams

    with os.fdopen(said, "w", encoding="utf-8") as out:
        run(FETCH, Context(Streams(io.BytesIO(), out, io.StringIO()), environ(folder)))


def _kill_program(folder: Path, seconds: float) -> Ended:
    """Kill the whole program, started anew, while it fetches."""
    command = [sys.executable, "-m", "newsreader", *FETCH]
    process = subprocess.Popen(
        command, env=environ(folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    time.sleep(seconds)
    process.kill()
    said, _ = process.communicate()
    return Ended(said, process.returncode < 0)


def _known(path: Path) -> dict[int, tuple[object, ...]]:
    """Address and marks of each article, by id."""
    db = open_store(path, read_only=True)
    found = {known: tuple(told) for known, *told in rows(db, "SELECT id, url, read_at, starred_at FROM article")}
    db.close()
    return found


def _marked(path: Path, rng: Random) -> dict[int, tuple[object, ...]]:
    """What is known after some articles were marked."""
    db = open_store(path)
    for (number,) in rows(db, "SELECT id FROM article WHERE starred_at IS NULL"):
        if rng.random() < 0.1:
            mark(db, [number], parse_change(rng.choice(("read", "star"))), YOU, NOW)
    db.close()
    return _known(path)


def _lost_reports(path: Path, reports: list[dict[str, Any]]) -> list[str]:
    """Sources that were reported as done, and are not."""
    rounds = _rounds(path)
    db = open_store(path, read_only=True)
    lost = []
    for report in reports:
        if "source" not in report:
            continue
        sql = """SELECT count(*), sum(a.state = 'full') FROM announcement n JOIN article a ON a.id = n.article
        WHERE n.source = ?"""
        announced, full = rows(db, sql, (report["source"]["id"],))[0]
        if (report["status"], announced, full) != ("ok", rounds * ITEMS, rounds * ITEMS):
            lost.append(f"{report} but {announced} announced and {full} full in round {rounds}")
    db.close()
    return lost


def _rounds(path: Path) -> int:
    """How many rounds there were."""
    return int(path.with_name("rounds").read_text()) + 1


def _incomplete(path: Path) -> list[str]:
    """What is missing after a fetch that nobody killed."""
    db = open_store(path, read_only=True)
    listed, full, urls = rows(
        db, "SELECT count(*), sum(state = 'full'), count(DISTINCT url) FROM article WHERE arrival IS NOT NULL"
    )[0]
    db.close()
    expected = _rounds(path) * ITEMS * SOURCES
    return [] if listed == full == urls == expected else [f"{listed} listed, {full} full, {urls} urls of {expected}"]


# --- migration


def kill_migrations(folder: Path, tries: int, rng: Random) -> Table:
    """Kill the first opening of an older store."""
    old = folder / "old.sqlite3"
    make_old(old, 2000)
    before = _contents(old)
    path = folder / "news.sqlite3"
    shutil.copyfile(old, path)
    usual = seconds_of(lambda _: open_store(path).close())
    killed = 0
    losses: list[str] = []
    for number in range(tries):
        for file in folder.glob(f"{path.name}*"):
            file.unlink()
        shutil.copyfile(old, path)
        ended = kill_after(rng.uniform(0, usual * 1.05), lambda _: open_store(path).close())
        killed += ended.killed
        losses += [f"migration {number}: {loss}" for loss in _migration_faults(path, before)]
    return Table(tries, killed, 0, losses)


def make_old(path: Path, count: int) -> None:
    """A store of version 3 with so many articles."""
    db = apsw.Connection(str(path))
    db.execute(Path(__file__).with_name("schemas").joinpath("v3.sql").read_text("utf-8"))
    with db:
        for number in range(100, 100 + count):
            text = f"The ferry {number} left at nine. Nobody was on board. {'港長は港を閉じた。' * (number % 10 == 0)}"
            db.execute(
                """INSERT INTO article (id, moment, arrival, source, state, read_at, first_seen_at, url, title, authors,
                subtitle, summary) VALUES (?1, ?1, ?1, 1, 'full', iif(?1 % 3, NULL, ?1), ?1,
                'https://post.example/n' || ?1, 'Headline ' || ?1 || ' 港', '', '', '')""",
                (number,),
            )
            url = f"https://post.example/n{number}"
            db.execute("INSERT INTO article_url (key, article, url) VALUES (?, ?, ?)", (url[8:], number, url))
            db.execute("INSERT INTO announcement VALUES (1, ?1, ?1, ?1 % 3 <> 0, 0, 0, NULL)", (number,))
            db.execute(
                """INSERT INTO body (article, revision, saved_at, blocks, text)
                SELECT ?, 1, 1, blocks, ? FROM body WHERE article = 2""",
                (number, text),
            )
        db.execute("UPDATE counter SET value = (SELECT max(arrival) FROM article) WHERE name = 'arrivals'")
    db.close()


def _contents(path: Path) -> list[tuple[Any, ...]]:
    """What every version keeps of each article."""
    db = apsw.Connection(str(path))
    sql = """SELECT a.id, a.arrival, a.url, a.title, a.read_at, a.starred_at, b.text FROM article a
    LEFT JOIN body b ON b.article = a.id ORDER BY a.id"""
    found = list(db.execute(sql))
    db.close()
    return found


def _migration_faults(path: Path, before: list[tuple[Any, ...]]) -> list[str]:
    """What is wrong after a migration was killed: with the file as it is found, and once it was opened again."""
    db = apsw.Connection(str(path))
    version, told = db.pragma("user_version"), db.pragma("integrity_check")
    db.close()
    found = [] if 3 <= version <= schema.VERSION else [f"version {version}"]
    found += [] if told == "ok" else [f"integrity: {told}"]
    if _contents(path) != before:
        found.append("articles differ before it is opened")
    open_store(path).close()
    if _contents(path) != before:
        found.append("articles differ after it is opened")
    if _contents(backup_before(path, 3)) != before:
        found.append("articles differ in the copy of the older version")
    return found + faults_of(path)


# --- all of it


def environ(folder: Path) -> dict[str, str]:
    """An environment in which the program has its store in a folder."""
    folders = {f"NEWSREADER_{kind}_DIR": str(folder) for kind in ("DATA", "CONFIG", "CACHE")}
    return {**os.environ, **folders, "NEWSREADER_FETCH_GAP": "0"}


KINDS = {"mark": kill_marks, "fetch": kill_fetches, "migrate": kill_migrations}


def run(kind: str, tries: int, seed: int, said: int) -> None:
    """Do one kind of kills, and tell of it."""
    with tempfile.TemporaryDirectory() as folder:
        table = KINDS[kind](Path(folder), tries, Random(seed))
    os.write(said, json.dumps(table).encode())


def main() -> int:
    """Do all kinds side by side, and print the table."""
    parser = argparse.ArgumentParser(description="Kills the program at random moments.")
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", choices=list(KINDS), help="one kind, with all tries")
    options = parser.parse_args()
    tries = {kind: round(options.tries * share) for kind, share in SHARES.items()}
    if options.only:
        tries = {options.only: options.tries}
    running = {
        kind: fork(lambda said, kind=kind: run(kind, tries[kind], options.seed, said))  # type: ignore[misc]
        for kind in tries
    }
    tables = {}
    for kind, (child, reading) in running.items():
        tables[kind] = Table(*json.loads(read_all(reading)))
        os.waitpid(child, 0)
    print(f"{'killed while it':16} {'tries':>6} {'in the middle':>14} {'acknowledged':>13} {'losses':>7}")
    for kind, table in tables.items():
        print(f"{kind:16} {table.tries:6} {table.killed:14} {table.acknowledged:13} {len(table.losses):7}")
    losses = [loss for table in tables.values() for loss in table.losses]
    print(*losses[:40], sep="\n", end="\n" if losses else "")
    return bool(losses)


if __name__ == "__main__":
    sys.exit(main())
