"""One fetch at a time: the second waits, also for another process, and for one that is killed."""

import subprocess
import sys

from newsreader.store.turns import turn

HOLD = """
import sys, time
from pathlib import Path
from newsreader.store.turns import turn
with turn(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_waits_until_the_first_ends_and_says_so_once(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    process = holder(path)
    looks, told = [], []

    def sleep(seconds):
        looks.append(seconds)
        if len(looks) == 2:
            process.communicate("go on\n", timeout=20)

    with turn(path, lambda: told.append("waiting"), sleep):
        assert told == ["waiting"]
        assert len(looks) >= 2


def test_a_process_that_is_killed_leaves_no_lock_behind(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    process = holder(path)
    process.kill()
    process.communicate(timeout=20)

    with turn(path, lambda: None, lambda _: None):
        pass
