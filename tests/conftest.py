"""Every test: no network beyond this machine, a clean environment, a store of its own, a clock that stands still."""

import io
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail when a test reaches for anything but loopback."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else ""
            assert host.startswith(("127.", "::1")), f"a test connects to {host}"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person who runs the tests reaches them, and nothing of theirs reaches that person."""
    for name in list(os.environ):
        if name.startswith("NEWSREADER_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "PAGER", "LESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


class Result(NamedTuple):
    """What a command said: its exit status, its data and its talk."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh user, on a machine that need not wait between requests."""
    folders = {f"NEWSREADER_{kind}_DIR": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")}
    return {**folders, "HOME": str(tmp_path / "home"), "NEWSREADER_FETCH_GAP": "0", "PATH": os.environ["PATH"]}


class Program:
    """The program in this process: `newsreader("list", "--json")`; `terminal=80` gives it a terminal of 80 columns."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.store = Path(environ["NEWSREADER_DATA_DIR"], "news.sqlite3")
        self.config = Path(environ["NEWSREADER_CONFIG_DIR"])

    def __call__(
        self, *args: object, stdin: bytes = b"", terminal: int = 0, now: datetime = NOW, **more: str
    ) -> Result:
        from newsreader.cli.app import run
        from newsreader.cli.context import Context, Streams

        out, err = (Terminal(), Terminal()) if terminal else (io.StringIO(), io.StringIO())
        environ = {**self.environ, "NEWSREADER_PAGER": "", **({"COLUMNS": str(terminal)} if terminal else {}), **more}
        context = Context(Streams(io.BytesIO(stdin), out, err), environ, lambda: now)
        status = run([str(arg) for arg in args], context)
        return Result(int(status), out.getvalue(), err.getvalue())


@pytest.fixture
def newsreader(environ: dict[str, str]) -> Program:
    """The program, with a store of its own."""
    return Program(environ)


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[str]:
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    with server:
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


Serving = Callable[[ThreadingHTTPServer], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Lets a server of a test answer from a thread of its own while a block runs; the block is told its address."""
    return _serving


@pytest.fixture
def demo_site() -> Iterator[str]:
    """The address of the demo site, served on this machine."""
    from newsreader.demo.server import serve

    with serve(now=lambda: NOW) as address:
        yield address


@pytest.fixture
def subscribed(newsreader: Program, demo_site: str) -> Program:
    """The program with the demo site's English feed and Japanese front page, fetched in this order: ids follow it."""
    for address in (demo_site, f"{demo_site}ja/"):
        assert newsreader("add", address).status == 0
        assert newsreader("fetch").status == 0
    return newsreader
