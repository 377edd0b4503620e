"""Rules as the configuration has them, read: `[rules.NAME]` with `when` and `then`."""

from datetime import datetime

from newsreader.config import Settings
from newsreader.errors import ConfigError, UsageError
from newsreader.model.changes import Change, parse_change
from newsreader.model.query import Query
from newsreader.model.rules import Rule
from newsreader.query import parse

_HINT = "then is read, star, later, hide or tag:NAME, or a list of them"


def read_rules(settings: Settings, now: datetime) -> tuple[Rule, ...]:
    """The rules in their order; relative times are counted back from `now`.

    Raises `ConfigError`, which names the rule and the place, for a query or a change that cannot be read.
    """
    return tuple(
        Rule(name, told.when, _where(name, told.when, settings, now), tuple(_change(name, each) for each in told.then))
        for name, told in settings.rules.items()
    )


def _where(name: str, when: str, settings: Settings, now: datetime) -> Query:
    try:
        return parse(when, now, settings.views)
    except UsageError as error:
        raise ConfigError(f'The rule "{name}" in the configuration: {error.message}', hint=error.hint) from error


def _change(name: str, word: str) -> Change:
    try:
        found = parse_change(word)
    except UsageError as error:
        raise ConfigError(f'The rule "{name}" in the configuration: {error.message}', hint=_HINT) from error
    if not found.on:
        raise ConfigError(f'The rule "{name}" in the configuration: a rule takes no mark away', hint=_HINT)
    return found
