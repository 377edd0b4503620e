"""Small files kept from one run to the next, such as robots.txt, in a folder that may be lost at any time."""

import os
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

_MOST_FILES = 2000
_MOST_BYTES = 32 * 1024 * 1024  # of all files together
_PUTS_BETWEEN = 200  # after so many, the oldest files beyond the limits are dropped


class Kept(NamedTuple):
    """What a shelf holds under a key, and how old it is in seconds."""

    body: bytes
    age: float


class Shelf(Protocol):
    """Keeps bytes under keys; it may forget, and never fails."""

    def get(self, key: str) -> Kept | None:
        """What is kept under a key, `None` if nothing is."""

    def put(self, key: str, body: bytes) -> None:
        """Keep bytes under a key."""


class NoShelf:
    """A shelf that keeps nothing."""

    def get(self, key: str) -> None:
        """Nothing."""

    def put(self, key: str, body: bytes) -> None:
        """Forget it at once."""


class FolderShelf:
    """A shelf of one file a key in a folder, made when needed; one that cannot be read or written keeps nothing.

    Files are written whole or not at all, and begin with their key: one that a crash has emptied is none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._puts = 0

    def get(self, key: str) -> Kept | None:
        """What is kept under a key, `None` if nothing is."""
        path = self._path(key)
        try:
            age = abs(time.time() - path.stat().st_mtime)  # a time to come is as doubtful as one long past
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        return Kept(body, age) if head == key.encode() else None

    def put(self, key: str, body: bytes) -> None:
        """Keep bytes under a key; now and then, drop the oldest files beyond the limits."""
        path = self._path(key)
        aside = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            if self._puts % _PUTS_BETWEEN == 0:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._drop_oldest()
            self._puts += 1
            aside.write_bytes(key.encode() + b"\n" + body)
            aside.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / sha256(key.encode()).hexdigest()

    def _drop_oldest(self) -> None:
        found = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(self._folder)]
        total = 0
        for number, (_, size, path) in enumerate(sorted(found, reverse=True), 1):
            total += size
            if number > _MOST_FILES or total > _MOST_BYTES:
                Path(path).unlink()
