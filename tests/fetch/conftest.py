"""The fault server, and a Fetcher that does not make tests wait."""

import asyncio  # noqa: TID253  # tests need no quick start
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsreader.fetch.client import Fetcher, FetchOptions, Request, Response


def _load_faults() -> Any:
    """The module beside this file: folders of tests are no packages, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location("newsreader_test_faults", Path(__file__).with_name("faults.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FAULTS = _load_faults()


@pytest.fixture
def faults() -> Iterator[Any]:
    """A server that answers well or badly, as its paths say."""
    with FAULTS.FaultServer() as server:
        yield server


@pytest.fixture
def fault_server() -> Any:
    """The class of it, for tests that need several or TLS."""
    return FAULTS.FaultServer


@pytest.fixture
def get(faults: Any) -> Callable[..., Response]:
    """Fetch one path of the fault server: `get("/feed", etag=…, timeout=…)`; options and fields of requests mixed."""

    def call(path: str, **more: Any) -> Response:
        options = FetchOptions(**{"gap": 0.0, **{k: v for k, v in more.items() if k in FetchOptions._fields}})
        fields = {name: value for name, value in more.items() if name in Request._fields}
        kept = {"shelf": more["shelf"]} if "shelf" in more else {}
        url = faults.address + path if path.startswith("/") else path

        async def fetch() -> Response:
            async with Fetcher(options, **kept) as fetcher:
                return await fetcher.fetch(Request(url, **fields))

        return asyncio.run(fetch())

    return call
