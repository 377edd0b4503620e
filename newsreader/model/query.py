"""What a query asks, as a tree: the parser writes it, the store reads it."""

from datetime import datetime
from typing import NamedTuple, TypeAlias


class Text(NamedTuple):
    """Words that stand in an article one after the other; `field` is "" (anywhere), "title" or "author".

    With `prefix` the last word may go on: `trump*` is found in "trumpet". Case, width and accents of Latin letters do
    not matter. In scripts without spaces, and in Korean, the words may stand inside longer ones.
    """

    words: str
    field: str = ""
    prefix: bool = False


class Is(NamedTuple):
    """A mark or a state of the library: one of `MARKS`."""

    mark: str


class Has(NamedTuple):
    """A value of a field: one of `FIELDS`; a language also means its regions, a source is named as a person does."""

    field: str
    value: str


class Since(NamedTuple):
    """Published (first seen, if that is not known or later) at this time or later."""

    at: datetime


class Until(NamedTuple):
    """Published (first seen, if that is not known or later) before this time."""

    at: datetime


class SinceLast(NamedTuple):
    """Arrived after the last visit, which a counter of this name remembers."""

    visit: str = "visited"  # queries are tuples: Not of an empty one would be EVERYTHING


class And(NamedTuple):
    """All of these; none is everything."""

    parts: "tuple[Query, ...]"


class Or(NamedTuple):
    """At least one of these."""

    parts: "tuple[Query, ...]"


class Not(NamedTuple):
    """What this does not choose."""

    part: "Query"


Query: TypeAlias = Text | Is | Has | Since | Until | SinceLast | And | Or | Not

MARKS = ("read", "unread", "starred", "later", "hidden", "changed", "copy", "followed", "new")
FIELDS = ("source", "tag", "state", "lang", "story")
EVERYTHING = And(())
SHOWN_OR_HIDDEN = Or((Is("hidden"), Not(Is("hidden"))))  # a query that speaks of hidden articles finds them as well
