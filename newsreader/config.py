"""Where files live, and what the user set: defaults < file < environment < option."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_type_hints

from newsreader.credentials import Setting, SourceSettings, check_sent
from newsreader.errors import ConfigError
from newsreader.model.keep import Keep, SourceKeep

NAME = "newsreader"
_LARGEST = 1_000_000
_POSITIVE = ("fetch.timeout", "fetch.total", "fetch.connections", "fetch.parallel")
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


class Paths(NamedTuple):
    """The three folders: configuration, data (the store) and cache (pictures, HTTP bodies)."""

    config: Path
    data: Path
    cache: Path

    @property
    def config_file(self) -> Path:
        """The configuration, in TOML; it need not exist."""
        return self.config / "config.toml"

    @property
    def store(self) -> Path:
        """The SQLite file with everything read, marked and subscribed."""
        return self.data / "news.sqlite3"


class FetchSettings(NamedTuple):
    """How to fetch.

    `gap` is the pause between two requests to one host, `timeout` the wait for a connection or for more bytes, `total`
    bounds one whole answer (all in seconds). `connections` is per host, `parallel` for all hosts. `interval` is how
    long a source rests between two fetches (minutes). `max_articles` is how many pages one run reads of one source.
    `user_agent` is what we call ourselves, "" for the program's name with its address.
    """

    gap: float = 1.0
    timeout: float = 20.0
    total: float = 60.0
    connections: int = 2
    parallel: int = 16
    interval: int = 30
    max_articles: int = 50
    obey_robots: bool = True
    user_agent: str = ""


class ListSettings(NamedTuple):
    """How to list: `limit` is the number of headlines, 0 for all."""

    limit: int = 50


class ShowSettings(NamedTuple):
    """How to show: `width` is the reading width in columns, 0 never wraps; `mark_read` marks what was shown as read."""

    width: int = 80
    mark_read: bool = True


class RuleSettings(NamedTuple):
    """A rule: `when` is a query, `then` are changes as `mark` takes them."""

    when: str
    then: tuple[str, ...]


class Settings(NamedTuple):
    """Everything that the user can set, by section.

    `source` has a section for each name or address of a source, `views` are queries by name, `rules` have a section
    each.
    """

    fetch: FetchSettings = FetchSettings()
    list: ListSettings = ListSettings()
    show: ShowSettings = ShowSettings()
    keep: Keep = Keep()
    source: Mapping[str, SourceSettings] = MappingProxyType({})
    views: Mapping[str, str] = MappingProxyType({})
    rules: Mapping[str, RuleSettings] = MappingProxyType({})


def find_paths(environ: Mapping[str, str]) -> Paths:
    """The folders that `NEWSREADER_CONFIG_DIR`, `_DATA_DIR` and `_CACHE_DIR` name, else those of the platform."""
    found = {kind: environ.get(f"NEWSREADER_{kind.upper()}_DIR") for kind in Paths._fields}
    if not all(found.values()):
        import platformdirs  # 5 ms that an overridden path need not pay

        for kind in Paths._fields:
            found[kind] = found[kind] or str(getattr(platformdirs, f"user_{kind}_path")(NAME, appauthor=False))
    return Paths(*(Path(found[kind] or "").expanduser() for kind in Paths._fields))


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of the file, overridden by `NEWSREADER_SECTION_KEY` variables.

    Raises `ConfigError` for a file that is not TOML, for an unknown section or key (the nearest known one is named),
    and for a value of another type.
    """
    table = _read_file(path)
    for section in table.keys() & set(Settings._fields):
        if not isinstance(table[section], dict):
            raise ConfigError(f"[{section}] in {path} must be a table", hint=f"Write [{section}] on a line of its own")
    sections: dict[str, Any] = {
        "source": {name: _source(name, told) for name, told in table.pop("source", {}).items()},
        "views": {name: _view(name, told) for name, told in table.pop("views", {}).items()},
        "rules": {name: _rule(name, told) for name, told in table.pop("rules", {}).items()},
    }
    for section, defaults in Settings()._asdict().items():
        if section in sections:
            continue
        values = table.pop(section, {})
        values |= {
            key: environ[name] for key in defaults._fields if (name := f"NEWSREADER_{section}_{key}".upper()) in environ
        }
        sections[section] = _section(section, defaults, values)
    if table:
        raise _unknown(next(iter(table)), Settings._fields, "section")
    return Settings(**sections)


def _read_file(path: Path) -> dict[str, Any]:
    """The tables of the file, none if there is no file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"The configuration {path} cannot be read: {error.strerror}") from error
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The configuration {path} is not TOML: {error}", hint=f"Mend {path}") from error


def _section(section: str, defaults: Any, values: dict[str, Any]) -> Any:
    """One section with the values set in it."""
    if not values:
        return defaults
    kinds = get_type_hints(type(defaults))
    for key, value in values.items():
        if key not in kinds:
            raise _unknown(f"{section}.{key}", [f"{section}.{name}" for name in kinds], "key")
        values[key] = _value(f"{section}.{key}", value, kinds[key])
    return defaults._replace(**values)


def _source(name: str, told: object) -> SourceSettings:
    """What is set for one source."""
    section = f'source."{name}"'
    if not isinstance(told, dict):
        raise ConfigError(f"{section} must be a table", hint=f"Write [{section}] on a line of its own")
    for kind, values in told.items():
        if kind not in SourceSettings._fields:
            raise _unknown(f"{section}.{kind}", [f"{section}.{known}" for known in SourceSettings._fields], "key")
        if not isinstance(values, dict):
            raise ConfigError(
                f"{section}.{kind} must be a table", hint=f"Write [{section}.{kind}] on a line of its own"
            )
        if kind == "keep":
            told = told | {kind: _section(f"{section}.{kind}", SourceKeep(), values)}
            continue
        for key, value in values.items():
            check_sent(Setting(section, kind, key), value)
    return SourceSettings(**told)


def _rule(name: str, told: object) -> RuleSettings:
    """One rule, its query and its changes not read yet."""
    section = f"rules.{name}"
    if not isinstance(told, dict):
        raise ConfigError(f"{section} must be a table", hint=f"Write [{section}] on a line of its own")
    if unknown := next((key for key in told if key not in RuleSettings._fields), None):
        raise _unknown(f"{section}.{unknown}", [f"{section}.{known}" for known in RuleSettings._fields], "key")
    when, then = told.get("when"), told.get("then")
    changes: list[Any] = then if isinstance(then, list) else [then]
    if not (isinstance(when, str) and when.strip() and changes and all(isinstance(each, str) for each in changes)):
        hint = """Write when = 'title:"two words"' and then = "hide", or then = ["star", "tag:NAME"]"""
        raise ConfigError(f"The rule {name} in the configuration needs a query and what is done then", hint=hint)
    return RuleSettings(when, tuple(changes))


def _view(name: str, told: object) -> str:
    """The query of a view; whether it can be read is told where it is."""
    if not isinstance(told, str):
        raise ConfigError(f"views.{name} must be text", hint=f'Write {name} = "QUERY"')
    return told


def _value(key: str, value: object, kind: type) -> object:
    """A value of the kind that the key takes; text, as the environment has it, is converted."""
    if isinstance(value, str) and kind is not str:
        value = _converted(value, kind)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise ConfigError(f"{key} must be {_KINDS[kind]}")
    if isinstance(value, int | float) and not isinstance(value, bool):
        _check_range(key, value)
    if key == "fetch.user_agent" and not (str(value).isascii() and str(value).isprintable()):
        raise ConfigError(f"{key} must be one line of ASCII")  # RFC 9110, 5.5: what a header may hold
    return value


def _check_range(key: str, number: float) -> None:
    """Raise `ConfigError` for a number that nothing could be done with."""
    if not 0 <= number <= _LARGEST:  # neither is "nan"
        raise ConfigError(f"{key} must be between 0 and {_LARGEST}")
    if number == 0 and key in _POSITIVE:
        raise ConfigError(f"{key} must be greater than 0")


def _converted(text: str, kind: type) -> object:
    """Text as a value of a kind; the text itself if it is none."""
    if kind is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    try:
        return kind(text)
    except ValueError:
        return text


def _unknown(name: str, known: Any, noun: str) -> ConfigError:
    """The error for an unknown name, with the nearest known one."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}"
    return ConfigError(f"Unknown {noun} in the configuration: {name}", hint=hint)
