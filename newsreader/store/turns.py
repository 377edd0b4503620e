"""One run at a time fetches into a store: the others wait, and find done what the first did."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from newsreader.store.connection import translated

_LOOK = 0.2  # seconds between two looks whether it is our turn


@contextmanager
def turn(store: Path, waits: Callable[[], None], sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Hold the turn to fetch into the store at a path until the block ends, or its process does.

    `waits` is called once if another holds it. The lock is SQLite's on a file beside the store, which holds nothing:
    it is the same on every system and cannot be left behind. Raises StoreError if the file cannot be made.
    """
    with translated(str(store)):
        lock = apsw.Connection(str(store.with_name(store.name + ".fetching")))
        try:
            is_told = False
            while not _is_ours(lock):
                if not is_told:
                    waits()
                    is_told = True
                sleep(_LOOK)
            yield
        finally:
            lock.close()


def _is_ours(lock: apsw.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except apsw.BusyError:
        return False
    return True
