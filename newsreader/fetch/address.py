"""An address taken apart as HTTP needs it; httpx is only asked about the few that are not in plain form."""

import re
from functools import cache
from typing import NamedTuple

from newsreader.errors import FetchError
from newsreader.text import clean


class Address(NamedTuple):
    """An address in the form in which it is asked for.

    `url` is the whole of it, `host` in ASCII, `port` None where it is the scheme's own, `target` path and query.
    `login` is a name and a password if it holds them: private feeds have https://name:password@example.org/feed.
    """

    url: str
    scheme: str
    host: str
    port: int | None
    target: str
    login: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The host as people know it."""
        if "xn--" not in self.host:
            return self.host
        import idna

        try:
            return idna.decode(self.host)
        except UnicodeError:  # names that the standard refuses are in use: emoji
            return self.host

    @property
    def place(self) -> str:
        """The host as people know it, with its port if that is unusual."""
        return self.name if self.port is None else f"{self.name}:{self.port}"

    @property
    def authority(self) -> str:
        """What the Host header says (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


def address_of(url: str) -> Address:
    """An address without fragment, taken apart; raises FetchError for one that cannot be meant."""
    plain = _plain().fullmatch(url)
    if plain is None or "/." in url:
        return _encoded(url)
    scheme, host, port, target = plain.groups()
    return Address(url, scheme, host, int(port) if port else None, target)


def _encoded(url: str) -> Address:
    import httpx

    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _unmeant(clean(str(error))[:200]) from error
    if found.scheme not in {"http", "https"} or not found.host:
        raise _unmeant("it names no web server")
    host, target = found.raw_host.decode("ascii"), found.raw_path.decode("ascii")
    login = (found.username, found.password) if found.userinfo else None
    return Address(str(found), found.scheme, host, found.port, target, login)


def _unmeant(reason: str) -> FetchError:
    return FetchError(
        f"Not an address that can be fetched: {reason}", hint="An address starts with https:// or http://"
    )


@cache
def _plain() -> re.Pattern[str]:
    """An address that needs no change: its scheme, host, port and target."""
    ip = r"[1-9][0-9]{0,2}(?:\.(?:0|[1-9][0-9]{0,2})){3}"
    name = r"(?![0-9.]+[:/])[a-z0-9._-]{1,253}"
    return re.compile(
        rf"(https?)://({ip}|{name})(?::(?!80/|443/)([1-9][0-9]{{0,4}}))?(/[!$-;=@-_a-z|~]*(?:\?[!$-;=?-~]*)?)"
    )
