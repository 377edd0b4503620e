"""The composition root: streams, environment, clock, settings and the store, made when they are first needed."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO

from newsreader.config import Paths, Settings, find_paths, load_settings
from newsreader.errors import TooLargeError, UsageError

if TYPE_CHECKING:
    from newsreader.model.rules import Rule
    from newsreader.store.connection import Connection


MOST_BYTES = 10 * 1024 * 1024  # of a page in a file or a pipe, as of one from the network


class Streams(NamedTuple):
    """Where data comes from and goes to: `stdout` is data, `stderr` is talk."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO


def _output(stream: TextIO | None) -> TextIO:
    """A stream of the process that takes any text: UTF-8 in a pipe, what a terminal can show on one.

    A stream that is closed, as it may be for a daemon, takes everything and keeps nothing.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # open for as long as the process
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def read_capped(file: BinaryIO, name: str) -> bytes:
    """Everything that a file holds; raises `TooLargeError` if that is more than a page may be."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooLargeError(f"{name} is larger than {MOST_BYTES >> 20} MiB")
    return content


class Context:
    """What a command may know of the world; tests give it other streams, another environment and another clock."""

    def __init__(self, streams: Streams, environ: Mapping[str, str], clock: Callable[[], datetime] = utc_now) -> None:
        self.streams = streams
        self.environ = environ
        self.now = clock

    @classmethod
    def of_process(cls) -> "Context":
        """The context of this process."""
        stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()
        return cls(Streams(stdin, _output(sys.stdout), _output(sys.stderr)), os.environ)

    @cached_property
    def paths(self) -> Paths:
        """The folders of this user."""
        return find_paths(self.environ)

    @cached_property
    def settings(self) -> Settings:
        """What the user set; raises `ConfigError`."""
        return load_settings(self.paths.config_file, self.environ)

    @cached_property
    def rules(self) -> "tuple[Rule, ...]":
        """The user's rules, times in them counted back from now; raises `ConfigError`."""
        if not self.settings.rules:
            return ()
        from newsreader.rules import read_rules

        return read_rules(self.settings, self.now())

    @cached_property
    def db(self) -> "Connection":
        """The store, open for reading and writing; made if it is missing. Raises `StoreError`."""
        from newsreader.store.connection import open_store

        return open_store(self.paths.store, tell=self.talk)

    @property
    def readable_db(self) -> "Connection":
        """The store, open for reading; a missing one reads as empty, one that may not be written is read all the same.

        Raises `StoreError`.
        """
        return self.db if "db" in self.__dict__ else self._read_only_db

    @cached_property
    def _read_only_db(self) -> "Connection":
        from newsreader.store.connection import open_store

        return open_store(self.paths.store, read_only=True, tell=self.talk)

    @property
    def zone(self) -> tzinfo:
        """The reader's time zone."""
        return self.now().astimezone().tzinfo or UTC

    @property
    def on_terminal(self) -> bool:
        """Whether data goes to a person's terminal."""
        return self.streams.stdout.isatty()

    @property
    def talks_to_terminal(self) -> bool:
        """Whether talk goes to a person's terminal."""
        return self.streams.stderr.isatty()

    @property
    def columns(self) -> int:
        """Columns of the terminal: `COLUMNS`, what the terminal says, or 80."""
        given = self.environ.get("COLUMNS", "")
        if given.isdigit() and int(given) > 0:
            return int(given)
        try:
            return os.get_terminal_size(self.streams.stdout.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    @property
    def color(self) -> bool:
        """Whether to colour data: on a terminal, unless `NO_COLOR` is set or it is dumb; `CLICOLOR_FORCE` always."""
        if self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("CLICOLOR_FORCE", "0") != "0":
            return True
        return self.on_terminal and not self.is_dumb

    @property
    def is_dumb(self) -> bool:
        """Whether the terminal can do nothing but print."""
        return self.environ.get("TERM") == "dumb"

    def write(self, lines: Iterable[str]) -> None:
        """Data, a line each."""
        self.streams.stdout.writelines(f"{line}\n" for line in lines)

    def talk(self, sentence: str) -> None:
        """A sentence to the person, never data; what was written before stands before it."""
        self.streams.stdout.flush()
        self.streams.stderr.write(f"{sentence}\n")
        self.streams.stderr.flush()

    def close(self) -> None:
        """Close the store if it was opened."""
        for name in ("db", "_read_only_db"):
            if name in self.__dict__:
                self.__dict__[name].close()

    def open_file(self, name: str) -> BinaryIO | None:
        """A file, open to be read, `None` if there is none; raises `UsageError` for a folder."""
        try:
            path = Path(name).expanduser()
            if not path.exists():
                return None
        except (OSError, ValueError, RuntimeError):
            return None
        if path.is_dir():
            raise UsageError(f"{name} is a folder", hint="Name the files in it")
        return path.open("rb")

    def read_file(self, name: str) -> bytes | None:
        """The bytes of a file, `None` if there is none; raises `UsageError` for a folder, and `TooLargeError`."""
        file = self.open_file(name)
        if file is None:
            return None
        with file:
            return read_capped(file, name)

    def read_stdin(self) -> bytes:
        """All of standard input; raises `TooLargeError`."""
        return read_capped(self.streams.stdin, "Standard input")
