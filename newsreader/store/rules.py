"""Rules at work: what they say is done to the articles that they choose, and written into the journal."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from newsreader.errors import NotFoundError
from newsreader.model.changes import Change
from newsreader.model.query import SHOWN_OR_HIDDEN, And
from newsreader.model.rules import Rule, Tally
from newsreader.store.connection import Connection, transaction
from newsreader.store.journal import count_changed, untouched
from newsreader.store.lists import count_entries, select_ids
from newsreader.store.marks import count_affected, mark


class Applied(NamedTuple):
    """What a rule did: the change, and to how many articles."""

    rule: Rule
    change: Change
    articles: int


def apply_rules(db: Connection, rules: Sequence[Rule], ids: Sequence[int], now: datetime) -> None:
    """Do what rules say to some articles, for good.

    No rule sees what another does at the same time. A mark that anybody ever changed is left alone, so that what was
    taken back stays so. A rule for a source that is not there chooses nothing.
    """
    if not rules or not ids:
        return
    with transaction(db):
        for rule, change, chosen in _due(db, rules, ids):
            mark(db, chosen, change, rule.by, now, undo=False)


def apply_to_stored(db: Connection, rules: Sequence[Rule], now: datetime, *, dry_run: bool = False) -> list[Applied]:
    """Do what rules say to all stored articles, as `apply_rules` does, but so that `undo` takes it back.

    With `dry_run` nothing is done, and what would be is told.
    """
    if dry_run:
        applied = [Applied(rule, change, count_affected(db, ids, change)) for rule, change, ids in _due(db, rules)]
    else:
        with transaction(db):
            due = _due(db, rules)
            applied = [Applied(rule, change, mark(db, ids, change, rule.by, now)) for rule, change, ids in due]
    return [each for each in applied if each.articles]


def tally(db: Connection, rule: Rule) -> Tally:
    """What a rule chooses now, and did so far."""
    changed = count_changed(db, rule.by)
    try:
        return Tally(rule, count_entries(db, And((rule.where, SHOWN_OR_HIDDEN))), changed)
    except NotFoundError as error:
        return Tally(rule, None, changed, error.message)


def _due(
    db: Connection, rules: Sequence[Rule], among: Sequence[int] | None = None
) -> list[tuple[Rule, Change, list[int]]]:
    """What is to be done to which articles."""
    due = []
    for rule in rules:
        try:
            chosen = select_ids(db, rule.where, among)
        except NotFoundError:
            continue
        due += [(rule, change, untouched(db, chosen, change)) for change in rule.then if chosen]
    return [(rule, change, ids) for rule, change, ids in due if ids]
