"""The fault server, certificates, a port that hangs, and a Fetcher that does not make tests wait."""

import asyncio  # noqa: TID253  # tests need no quick start
import importlib.util
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

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
def full_port() -> Iterator[int]:
    """A port whose queue is full: connections to it hang."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        fillers = [socket.socket() for _ in range(8)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        yield server.getsockname()[1]
        for filler in fillers:
            filler.close()


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


class Certificates(NamedTuple):
    """Files of an authority of our own and of server certificates that it signed."""

    authority: Path
    folder: Path

    def context(self, name: str) -> ssl.SSLContext:
        found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        found.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return found


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_key(folder: Path, name: str) -> None:
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")


def make_certificate(folder: Path, name: str, alternative: str, days: str) -> None:
    make_key(folder, name)
    openssl(folder, "req", "-new", "-key", f"{name}.key", "-subj", "/CN=test", "-out", f"{name}.csr")
    identifiers = "authorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash"  # Python 3.13 asks for them
    (folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\n{identifiers}\n")
    signed_by = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial"]
    details = ["-days", days, "-extfile", f"{name}.ext", "-out", f"{name}.pem"]
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", *signed_by, *details)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    if shutil.which("openssl") is None:
        pytest.skip("the openssl program makes the certificates")
    folder = tmp_path_factory.mktemp("tls")
    make_key(folder, "authority")
    subject = ["-subj", "/CN=An authority for tests", "-days", "2", "-out", "authority.pem"]
    usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    openssl(folder, "req", "-x509", "-new", "-key", "authority.key", *subject, *usage)
    make_certificate(folder, "good", "IP:127.0.0.1", "2")
    make_certificate(folder, "expired", "IP:127.0.0.1", "0")
    make_certificate(folder, "other", "DNS:elsewhere.example", "2")
    return Certificates(folder / "authority.pem", folder)


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """The authority is one that this machine trusts, by its environment."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    return certificates
