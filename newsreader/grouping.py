"""Stories, kept up as articles arrive: each goes to the story that it tells, or begins one."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from newsreader.keeping import make_announced
from newsreader.model.rules import Rule
from newsreader.relate.stories import Profile, Usage, gather, kind_of, length_of
from newsreader.store.connection import Connection, hurried, transaction
from newsreader.store.placing import (
    count_waiting,
    join,
    near_nodes,
    new_nodes,
    save_lengths,
    set_apart,
    usages,
    waiting,
)
from newsreader.store.rebuilding import dissolve, restore
from newsreader.store.terms import document_count

_AT_ONCE = 1000  # articles that are placed together, in one transaction


class Placed(NamedTuple):
    """How many articles have found their story, of how many that waited for it."""

    done: int
    total: int


def place_articles(db: Connection) -> Iterator[Placed]:
    """Find the stories of the articles that wait for it, some hundred at a time.

    What waits is taken in the order of its time, whatever the order in which it came. What is done is kept when the run
    is broken off.
    """
    ids = waiting(db)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with transaction(db):
            _place(db, some)
        yield Placed(start + len(some), len(ids))


def catch_up(db: Connection, now: datetime, rules: Sequence[Rule]) -> Iterator[Placed]:
    """Make articles of the headlines that wait for it, then place what waits for its story."""
    with hurried(db):
        while make_announced(db, now, rules):
            yield Placed(0, count_waiting(db))
        yield from place_articles(db)


def rebuild(db: Connection, report: Callable[[int, int], None] = lambda *_: None) -> None:
    """Tell all stories apart anew; old ids lead to what holds most of their articles, and what was followed still is.

    All of it is one transaction. `report` is told how many articles are done, and of how many.
    """
    with transaction(db):
        before = dissolve(db)
        for placed in place_articles(db):
            report(*placed)
        restore(db, before)


def _place(db: Connection, ids: Sequence[int]) -> None:
    new = new_nodes(db, ids)
    near = near_nodes(db, new)
    texts = {article: terms for node in new for article, terms in node.new.items()}
    holding = Counter(term for node in (*near, *new) for term in node.counts)
    told = usages(db, {term for term, nodes in holding.items() if nodes > 1}.union(*texts.values()))
    documents = document_count(db)
    kinds = {term: kind_of(Usage(*usage), documents) for term, usage in told.items()}
    lengths = {article: length_of([kinds[term] for term in terms]) for article, terms in texts.items()}
    save_lengths(db, lengths)
    nodes = near + [node._replace(length=node.length or lengths[next(iter(node.new))]) for node in new]
    profiles = [Profile(node.counts, node.length, node.first, node.last) for node in nodes]
    gathered = gather(profiles, kinds, stored=len(near))
    for group in gathered.groups:
        if any(nodes[at].new for at in group):
            join(db, [nodes[at] for at in group])
    set_apart(db, [nodes[at].id for at in gathered.surveys])
