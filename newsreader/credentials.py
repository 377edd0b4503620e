"""What a user sets for one source: what is sent to its site, secrets kept in the environment, and how much is kept."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from newsreader.errors import ConfigError
from newsreader.model.keep import SourceKeep

_VARIABLE = "env:"  # begins a value that is the name of a variable
# What the client itself must decide, or the connection would break (RFC 9110, 7.6.1).
_OUR_HEADERS = frozenset(
    {"accept-encoding", "connection", "content-length", "cookie", "host", "if-modified-since", "if-none-match"}
    | {"keep-alive", "range", "te", "trailer", "transfer-encoding", "upgrade"}
)


class SourceSettings(NamedTuple):
    """What goes with requests to the site of one source: `headers` and `cookies` by name; and how much is kept of it.

    A value `env:NAME` stands for that variable of the environment; `sent_headers` looks it up.
    """

    headers: Mapping[str, str] = MappingProxyType({})
    cookies: Mapping[str, str] = MappingProxyType({})
    keep: SourceKeep = SourceKeep()


class Setting(NamedTuple):
    """The place of one value in the configuration; `kind` is a field of `SourceSettings`."""

    section: str
    kind: str
    name: str

    def __str__(self) -> str:
        """The place as it is written in messages."""
        return f"{self.section}.{self.kind}.{self.name}"

    def takes(self, value: str) -> bool:
        """Whether a value fits in its header as it is: no line breaks, and in a cookie nothing that ends it."""
        return value.isascii() and value.isprintable() and not (self.kind == "cookies" and ";" in value)


def check_sent(where: Setting, value: object) -> None:
    """Raise `ConfigError` for a header or cookie that cannot be sent."""
    name = where.name
    if not (name.isascii() and name.replace("-", "a").replace("_", "a").replace(".", "a").isalnum()):
        raise ConfigError(f"{where} has a name that cannot be sent: letters, digits and - are allowed")
    if where.kind == "headers" and name.lower() in _OUR_HEADERS:
        hint = "Cookies have a table of their own" if name.lower() == "cookie" else None
        raise ConfigError(f"{where} cannot be set: that header is the program's own", hint=hint)
    if not (isinstance(value, str) and where.takes(value)):
        raise ConfigError(f"{where} must be one line of ASCII, and a cookie have no semicolon")


def sent_headers(section: str, settings: SourceSettings, environ: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headers to send for a source, its cookies as the last one; `section` is what its settings are called.

    Raises `ConfigError`, which names the variable, if one is not set or holds what cannot be sent.
    """
    headers, cookies = (
        [(name, _revealed(Setting(section, kind, name), value, environ)) for name, value in values.items()]
        for kind, values in (("headers", settings.headers), ("cookies", settings.cookies))
    )
    joined = "; ".join(f"{name}={value}" for name, value in cookies)
    return (*headers, ("Cookie", joined)) if joined else tuple(headers)


def _revealed(where: Setting, value: str, environ: Mapping[str, str]) -> str:
    """A value, or what the variable holds that it names; it may be a secret, so no message tells it."""
    if not value.startswith(_VARIABLE):
        return value
    variable = value.removeprefix(_VARIABLE)
    secret = environ.get(variable, "")
    if not secret:
        raise ConfigError(f"{where} is in the variable {variable}, which is not set", hint=f"export {variable}=…")
    if not where.takes(secret):
        raise ConfigError(f"The variable {variable}, wanted by {where}, cannot be sent: it must be one line of ASCII")
    return secret
