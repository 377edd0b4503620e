"""Every exception that the network libraries show is one of ours in the end."""

import socket
import ssl

import httpcore
import pytest

from newsreader.errors import ConnectError, FetchError, SlowError
from newsreader.fetch.failures import MAKERS, explain

EXPECTED = {
    "ConnectTimeout": SlowError,
    "ReadTimeout": SlowError,
    "WriteTimeout": SlowError,
    "PoolTimeout": SlowError,
    "TimeoutException": SlowError,
    "ConnectError": ConnectError,
    "ReadError": ConnectError,
    "WriteError": ConnectError,
    "CloseError": ConnectError,
    "NetworkError": ConnectError,
    "ProxyError": ConnectError,
    "ProtocolError": ConnectError,
    "LocalProtocolError": ConnectError,
    "RemoteProtocolError": ConnectError,
}


EXCEPTIONS = [
    kind
    for kind in vars(httpcore).values()
    if isinstance(kind, type) and issubclass(kind, Exception) and kind.__name__ in httpcore.__all__
]


@pytest.mark.parametrize("kind", EXCEPTIONS)
def test_every_exception_is_mapped_on_purpose(kind):
    assert any(base in MAKERS for base in kind.__mro__)
    found = explain(kind("said"), "example.org", 20)
    assert type(found) is EXPECTED.get(kind.__name__, FetchError)
    assert found.message
    assert "\n" not in found.message


def caused_by(cause: BaseException) -> Exception:
    error = httpcore.ConnectError(str(cause))
    error.__cause__ = cause
    return error


def untrusted(code: int, message: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, message
    return error


@pytest.mark.parametrize(
    ("cause", "message"),
    [
        (ConnectionRefusedError(111, "refused"), "example.org does not answer: connection refused"),
        (OSError(113, "no route"), "example.org cannot be reached: no route to the host"),
        (ConnectionResetError(104, "reset"), "example.org broke off the connection"),
        (
            OSError("Multiple exceptions: [Errno 111] to ::1, [Errno 111] to 1.2"),
            "example.org does not answer: connection refused",
        ),
        (OSError("something new"), "example.org cannot be reached: something new"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "No such host: example.org"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "The name example.org cannot be looked up now"),
        (UnicodeError("label empty or too long"), "No such host: example.org"),
        (untrusted(10, "certificate has expired"), "The TLS certificate of example.org expired"),
        (untrusted(62, "Hostname mismatch"), "The TLS certificate of example.org is for another host name"),
        (untrusted(99, "a new\nfault"), "The TLS certificate of example.org cannot be trusted: a new fault"),
        (ssl.SSLError(1, "[SSL] wrong"), "No secure connection to example.org: it broke off"),
    ],
)
def test_no_connection_is_told_by_its_cause(cause, message):
    found = explain(caused_by(cause), "example.org", 20)
    assert (type(found), found.message) == (ConnectError, message)
    assert found.hint


def test_what_a_server_says_cannot_reach_the_terminal_as_control():
    found = explain(httpcore.RemoteProtocolError("illegal status line: \x1b[2Jgone\r\n"), "example.org", 20)
    assert found.message.isprintable()


def test_an_exception_that_nobody_knows_is_a_plain_failure():
    assert type(explain(ZeroDivisionError("x"), "example.org", 20)) is FetchError
