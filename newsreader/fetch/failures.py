"""Every exception of httpcore and TLS turned into ours, with a sentence for people."""

import errno
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import NamedTuple

import httpcore
import socksio

from newsreader.errors import ConnectError, FetchError, SlowError
from newsreader.text import clean, numbered


class _Place(NamedTuple):
    """Where it happened: the host (with the port, if unusual) and the time limit in seconds."""

    host: str
    timeout: float


_Maker = Callable[[Exception, _Place], FetchError]

# The codes of OpenSSL's X509_V_ERR_*, as ssl.SSLCertVerificationError.verify_code gives them.
_CERTIFICATE_FAULTS = {
    9: "is not valid yet",
    10: "expired",
    18: "is signed by nobody but itself",
    19: "is signed by an authority that is not trusted",
    20: "is signed by an authority that is not known",
    21: "cannot be verified",
    23: "was revoked",
    62: "is for another host name",
    64: "is for another address",
}
_NETWORK_FAULTS = {
    errno.ECONNREFUSED: "does not answer: connection refused",
    errno.EHOSTUNREACH: "cannot be reached: no route to the host",
    errno.ENETUNREACH: "cannot be reached: no network",
    errno.ECONNRESET: "broke off the connection",
    errno.ECONNABORTED: "broke off the connection",
    errno.EPIPE: "broke off the connection",
    errno.ETIMEDOUT: "does not answer: the connection timed out",
    errno.EACCES: "cannot be reached: not permitted here",
    errno.EPERM: "cannot be reached: not permitted here",
    errno.EADDRNOTAVAIL: "cannot be reached: no such address here",
}


def explain(error: Exception, host: str, timeout: float) -> FetchError:
    """Our error for an exception of the network libraries.

    `host` is whom we spoke to, `timeout` the limit in seconds that a SlowError names. A class that is not in the table
    is taken by its nearest base; anything else is a plain FetchError.
    """
    for kind in type(error).__mro__:
        if kind in MAKERS:
            return MAKERS[kind](error, _Place(host, timeout))
    return _plain(error, _Place(host, timeout))


def _plain(error: Exception, place: _Place) -> FetchError:
    return FetchError(f"{place.host} could not be read: {_said(error)}")


def _said(error: Exception) -> str:
    """What an exception says, in one line that may be shown."""
    return clean(str(error))[:200] or type(error).__name__


def _no_connection(_error: Exception, place: _Place) -> FetchError:
    return SlowError(f"{place.host} does not answer: no connection within {numbered(place.timeout, 'second')}")


def _silent(_error: Exception, place: _Place) -> FetchError:
    return SlowError(f"{place.host} went silent for {numbered(place.timeout, 'second')}")


def _refused(error: Exception, place: _Place) -> FetchError:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return _insecure(cause, place)
        if isinstance(cause, (socket.gaierror, UnicodeError)):
            return _nameless(cause, place)
    fault = _NETWORK_FAULTS.get(_errno_of(error))
    if fault:
        return ConnectError(f"{place.host} {fault}")
    return ConnectError(f"{place.host} cannot be reached: {_said(error)}")


def _insecure(error: ssl.SSLError, place: _Place) -> FetchError:
    if isinstance(error, ssl.SSLCertVerificationError):
        fault = _CERTIFICATE_FAULTS.get(error.verify_code, f"cannot be trusted: {clean(error.verify_message)}")
        return ConnectError(
            f"The TLS certificate of {place.host} {fault}",
            hint="Check the clock of this machine; behind a company proxy, name its certificates in SSL_CERT_FILE",
        )
    reason = (getattr(error, "reason", None) or "it broke off").replace("_", " ").lower()
    return ConnectError(
        f"No secure connection to {place.host}: {clean(reason)}",
        hint="The site may speak only http://",
    )


def _nameless(error: Exception, place: _Place) -> FetchError:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        return ConnectError(f"The name {place.host} cannot be looked up now", hint="Check your connection")
    return ConnectError(f"No such host: {place.host}", hint="Check the spelling of the address, and your connection")


def _broken(_error: Exception, place: _Place) -> FetchError:
    return ConnectError(f"{place.host} broke off the connection", hint="Try again later")


def _misspoken(error: Exception, place: _Place) -> FetchError:
    said = _said(error)
    if "without sending complete" in said:
        return ConnectError(f"{place.host} broke off before the answer was whole", hint="Try again later")
    if "disconnected" in said:
        return ConnectError(f"{place.host} closed the connection without an answer", hint="Try again later")
    return ConnectError(f"{place.host} does not answer in HTTP")


def _no_proxy(error: Exception, place: _Place) -> FetchError:
    fault = _NETWORK_FAULTS.get(_errno_of(error))
    said = f"on the way to {place.host} {fault}" if fault else f"does not lead to {place.host}: {_said(error)}"
    return ConnectError(f"The proxy {said}", hint="Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY")


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def _errno_of(error: Exception) -> int:
    """The number of the system's error behind an exception, 0 if there is none.

    asyncio joins the failures of several addresses into one text; the first number in it stands for all.
    """
    for cause in _causes(error):
        if isinstance(cause, OSError):
            numbers = re.findall(r"\[Errno (\d+)\]", str(cause))
            return cause.errno or int(numbers[0] if numbers else 0)
    return 0


MAKERS: dict[type[BaseException], _Maker] = {
    httpcore.ConnectTimeout: _no_connection,
    httpcore.TimeoutException: _silent,
    httpcore.ConnectError: _refused,
    httpcore.NetworkError: _broken,
    httpcore.ProtocolError: _misspoken,
    httpcore.ProxyError: _no_proxy,
    socksio.ProtocolError: _no_proxy,
    httpcore.UnsupportedProtocol: _plain,
    httpcore.ConnectionNotAvailable: _plain,
}
