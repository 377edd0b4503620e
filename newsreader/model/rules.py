"""What the user's rules say: which articles, and what is done to them."""

from typing import NamedTuple

from newsreader.model.changes import Change
from newsreader.model.query import Query


class Rule(NamedTuple):
    """A rule: `when` is its query as written, `where` what that asks, `then` what is done, to each article once."""

    name: str
    when: str
    where: Query
    then: tuple[Change, ...]

    @property
    def by(self) -> str:
        """Who did it, in the journal: "rule harbour"."""
        return f"rule {self.name}"


class Tally(NamedTuple):
    """How many articles a rule chooses now, hidden ones counted, and how many it changed so far.

    `matches` is `None` if it cannot choose, for the `problem`.
    """

    rule: Rule
    matches: int | None
    changed: int
    problem: str | None = None
