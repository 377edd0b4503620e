"""The demo site, served once for all tests of this folder on a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from newsreader.demo.server import serve

NOW = datetime(2031, 3, 1, 10, 20, 30, 456, UTC)


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    with serve(now=lambda: NOW) as address:
        yield address


@pytest.fixture
def ask(base: str) -> Callable[..., Answer]:
    """Ask the server for a path exactly as it is written, with no client to tidy it; `_` in a header's name is `-`."""
    host = urlsplit(base).netloc

    def ask_path(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection(host, timeout=10)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    return ask_path
