"""What the user's rules say: which articles, and what is done to them."""

from typing import NamedTuple

from newsreader.model.changes import Change
from newsreader.model.query import Query


class Rule(NamedTuple):
    """A rule: `when` is its query as it is written, `where` what that asks, `then` what is done to each article once."""

    name: str
    when: str
    where: Query
    then: tuple[Change, ...]

    @property
    def by(self) -> str:
        """Who did it, in the journal: "rule harbour"."""
        return f"rule {self.name}"
