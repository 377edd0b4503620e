"""What it costs to start: CPU of whole commands against `python -c pass`, for stores of several sizes.

    python tests/benchmarks/startup.py [--runs 21] [--sizes 100,10000]

Each command takes turns with the bare interpreter; the ratio is the median of the ratios pair by pair. Needs the
program installed in the environment that runs this, with its bytecode compiled (an installer does that).
"""

import argparse
import os
import pty
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store
from newsreader.store.sources import add_source

BARE = [sys.executable, "-c", "pass"]
PROGRAM = [sys.executable, "-m", "newsreader"]
COMMANDS = {
    "list": (["list"], False),
    "list --json": (["list", "--json"], False),
    "list, terminal": (["list", "--no-pager"], True),
    "sources": (["sources"], False),
    "--version": (["--version"], False),
}


def fill(folder: Path, size: int) -> None:
    """A store of so many headlines, half English, half Japanese."""
    db = open_store(folder / "news.sqlite3")
    source = add_source(db, Source(0, "Lantern", "https://lantern.example/feed"))
    now = datetime.now(UTC)
    titles = ("The harbour master closed the port, number", "港長は港を閉じた、その")
    headlines = (
        Headline(f"https://lantern.example/{n}", f"{titles[n % 2]} {n}", published=now - timedelta(minutes=n))
        for n in range(size)
    )
    save_headlines(db, source.id, headlines, now)
    db.close()


def cpu(command: list[str], environ: dict[str, str], *, terminal: bool) -> float:
    """User and system seconds of one run, its output read and thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if terminal:
        run_on_terminal(command, environ)
    else:
        subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_on_terminal(command: list[str], environ: dict[str, str]) -> None:
    """Run a command on a terminal of its own."""
    outer, inner = pty.openpty()
    process = subprocess.Popen(command, env=environ, stdin=inner, stdout=inner, stderr=inner)
    os.close(inner)
    try:
        while os.read(outer, 65536):
            pass
    except OSError:  # the terminal ends with its last writer
        pass
    finally:
        os.close(outer)
        process.wait()


def measure(name: str, environ: dict[str, str], runs: int) -> tuple[float, float]:
    """Median milliseconds of a command, and the median of its ratios to the bare interpreter."""
    arguments, terminal = COMMANDS[name]
    pairs = [
        (cpu(PROGRAM + arguments, environ, terminal=terminal), cpu(BARE, environ, terminal=False)) for _ in range(runs)
    ]
    return statistics.median(a for a, _ in pairs) * 1000, statistics.median(a / b for a, b in pairs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--sizes", default="100,10000")
    options = parser.parse_args()
    print(f"{'rows':>8}  {'command':16} {'ms CPU':>7} {'ratio':>6}")
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder), size)
            environ = {**os.environ, **{f"NEWSREADER_{kind}_DIR": folder for kind in ("DATA", "CONFIG", "CACHE")}}
            environ.pop("PYTHONDONTWRITEBYTECODE", None)
            cpu([*PROGRAM, "list"], environ, terminal=False)
            for name in COMMANDS:
                spent, ratio = measure(name, environ, options.runs)
                print(f"{size:8}  {name:16} {spent:7.1f} {ratio:6.2f}", flush=True)


if __name__ == "__main__":
    main()
