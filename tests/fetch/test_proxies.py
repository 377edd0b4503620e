"""Proxies of the environment: HTTP, tunnels for TLS, SOCKS; with passwords, and no way around the fence."""

import gc
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from newsreader.errors import ConnectError, PrivateAddressError

PUBLIC = "http://93.184.215.14/"
SOCKS_VERSION, BY_NAME, BY_PASSWORD = 5, 3, 2


class Tunnel:
    """A proxy that leads every connection to one port of this machine, by SOCKS5 (RFC 1928) or CONNECT.

    `asked` lists the places that it was asked for; `password` is what it wants ("name:password", "" for none), `reply`
    its answer to SOCKS clients (0: granted).
    """

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        self.password = ""
        self.reply = 0
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._ends: list[socket.socket] = [self._listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._ends.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError, IndexError):
            first = client.recv(1)
            if not (self._greet_socks(client) if first[0] == SOCKS_VERSION else self._greet_http(client)):
                return client.close()
            server = socket.create_connection(("127.0.0.1", self._target))
            self._ends.append(server)
            threading.Thread(target=self._pipe, args=(client, server), daemon=True).start()
            self._pipe(server, client)
        return None

    def _greet_socks(self, client: socket.socket) -> bool:
        methods = client.recv(client.recv(1)[0])
        if self.password:
            client.sendall(bytes([SOCKS_VERSION, BY_PASSWORD if BY_PASSWORD in methods else 255]))
            if BY_PASSWORD not in methods:
                return False
            client.recv(1)
            pair = [client.recv(client.recv(1)[0]).decode() for _ in range(2)]
            client.sendall(bytes([1, ":".join(pair) != self.password]))
        else:
            client.sendall(bytes([SOCKS_VERSION, 0]))
        kind = client.recv(4)[3]
        host = client.recv(client.recv(1)[0]).decode() if kind == BY_NAME else socket.inet_ntoa(client.recv(4))
        self.asked.append(f"{host}:{int.from_bytes(client.recv(2), 'big')}")
        client.sendall(bytes([SOCKS_VERSION, self.reply, 0, 1, 0, 0, 0, 0, 0, 0]))
        return self.reply == 0

    def _greet_http(self, client: socket.socket) -> bool:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(1)
        self.asked.append(head.split()[1].decode())
        client.sendall(b"HTTP/1.1 200 Go ahead\r\n\r\n")
        return True

    def _pipe(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while part := source.recv(65536):
                target.sendall(part)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def tunnel(faults) -> Iterator[Tunnel]:
    """A tunnel to the fault server."""
    found = Tunnel(faults.port)
    yield found
    found.close()


@pytest.fixture
def strays() -> Iterator[None]:
    """For handshakes that fail: httpcore leaves such a connection to the proxy, which must close it (RFC 1928, 6)."""
    yield
    gc.collect()


def test_the_proxy_of_the_environment_is_used(get, faults, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", faults.address)
    assert get("http://news.invalid/page").body
    assert faults.paths == ["http://news.invalid/page"]


def test_a_proxy_with_a_password_gets_it(get, faults, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", faults.address.replace("//", "//ann:secret@"))
    assert get("http://news.invalid/page").body
    assert faults.asked[0].headers["proxy-authorization"] == "basic yw5uonnly3jlda=="


def test_no_proxy_is_heeded(get, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert get("/page").body


def test_a_proxy_that_does_not_answer_is_told(get, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with pytest.raises(
        ConnectError, match=r"^The proxy on the way to news\.invalid does not answer: connection refused"
    ):
        get("http://news.invalid/page")


@pytest.mark.parametrize("address", ["socks4://127.0.0.1:1", "ftp://ann:secret@127.0.0.1:1", "http://[::1", "http://"])
def test_what_is_no_proxy_is_told_without_its_password(get, monkeypatch, address):
    monkeypatch.setenv("HTTP_PROXY", address)
    with pytest.raises(ConnectError, match=r"^The proxy (does not lead|on the way) to news\.invalid") as caught:
        get("http://news.invalid/page")
    assert "HTTP_PROXY" in (caught.value.hint or "")
    assert "secret" not in caught.value.message


def test_a_public_source_leads_to_no_private_network_through_a_proxy_either(get, faults, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", faults.address)
    with pytest.raises(PrivateAddressError):
        get("http://10.0.0.1/admin", home=PUBLIC)
    assert get("http://news.invalid/page", home=PUBLIC).body
    assert faults.paths == ["http://news.invalid/page"]


def test_what_a_person_typed_may_be_private_but_not_where_it_redirects_to(get, faults, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", faults.address)
    assert get("http://10.0.0.1/page").body
    with pytest.raises(PrivateAddressError):
        get("http://news.invalid/redirect/302/http://10.0.0.1/admin")
    assert get("http://10.0.0.1/redirect/302/http://10.0.0.2/page").body


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_socks_proxy_is_used_and_looks_up_the_name(get, faults, tunnel, monkeypatch, scheme):
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://{tunnel.place}")
    assert get("http://news.invalid/page").body
    assert (tunnel.asked, faults.paths) == (["news.invalid:80"], ["/page"])


def test_a_socks_proxy_with_a_password_gets_it(get, tunnel, monkeypatch):
    tunnel.password = "ann:secret"
    monkeypatch.setenv("ALL_PROXY", f"socks5://ann:secret@{tunnel.place}")
    assert get("http://news.invalid:8080/page").body
    assert tunnel.asked == ["news.invalid:8080"]


@pytest.mark.usefixtures("strays")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("login", ["", "ann:wrong@"])
def test_a_socks_proxy_that_refuses_is_told_without_the_password(get, tunnel, monkeypatch, login):
    tunnel.password = "ann:secret"
    monkeypatch.setenv("ALL_PROXY", f"socks5://{login}{tunnel.place}")
    with pytest.raises(ConnectError, match=r"^The proxy does not lead to news\.invalid: ") as caught:
        get("http://news.invalid/page")
    assert "wrong" not in caught.value.message


@pytest.mark.usefixtures("strays")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_socks_proxy_that_cannot_connect_is_told(get, tunnel, monkeypatch):
    tunnel.reply = 5
    monkeypatch.setenv("ALL_PROXY", f"socks5://{tunnel.place}")
    with pytest.raises(ConnectError, match=r"does not lead to news\.invalid: .*Connection refused"):
        get("http://news.invalid/page")


@pytest.mark.usefixtures("strays")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("said", [b"220 mail.example ready\r\n", b"", b"\x05"])
def test_something_that_is_no_socks_proxy_is_told(get, monkeypatch, said):
    def answer() -> None:
        client, _ = listener.accept()
        with client:
            client.recv(100)
            client.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, daemon=True).start()
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(ConnectError, match=r"^The proxy does not lead to news\.invalid"):
            get("http://news.invalid/page")


def test_a_public_source_leads_to_no_private_network_through_socks_either(get, tunnel, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", f"socks5://{tunnel.place}")
    with pytest.raises(PrivateAddressError):
        get("http://10.0.0.1/admin", home=PUBLIC)
    assert get("http://news.invalid/page", home=PUBLIC).body
    assert tunnel.asked == ["news.invalid:80"]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_tls_goes_through_a_proxy_from_end_to_end(get, trusted, fault_server, monkeypatch, scheme):
    with fault_server(tls=trusted.context("good")) as server:
        tunnel = Tunnel(server.port)
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://{tunnel.place}")
        assert get(f"https://127.0.0.1:{server.port}/page").body
        assert (tunnel.asked, server.paths) == ([f"127.0.0.1:{server.port}"], ["/page"])
        tunnel.close()
