"""What can be done to the marks of an article, in the words of `mark` and of rules."""

from datetime import datetime
from typing import NamedTuple

from newsreader.errors import UsageError
from newsreader.text import clean

YOU = "you"  # who did what a command was told to


class Change(NamedTuple):
    """One mark set, or taken away where it is not `on`.

    `mark` is read, starred, later, hidden or tag; `text` the tag, or why it is hidden ("": because of who hid it).
    """

    mark: str
    on: bool = True
    text: str = ""

    @property
    def word(self) -> str:
        """How it is typed: "read", "tag:coast"."""
        verb = next(verb for verb, change in VERBS.items() if change[:2] == self[:2])
        return f"{verb}:{self.text}" if self.mark == "tag" else verb

    @property
    def done(self) -> str:
        """What was done, behind "1 article": "marked read", "tagged coast"."""
        words = "tagged" if self.on else "untagged"
        return f"{words} {self.text}" if self.mark == "tag" else _DONE[self.mark, self.on]


class Recorded(NamedTuple):
    """A change in the journal: when, by whom ("you", "rule NAME"), and to how many articles that are still there.

    `taken_back` is whether it was undone.
    """

    at: datetime
    by: str
    change: Change
    articles: int
    taken_back: bool = False


VERBS = {
    "read": Change("read"),
    "unread": Change("read", on=False),
    "star": Change("starred"),
    "unstar": Change("starred", on=False),
    "later": Change("later"),
    "not-later": Change("later", on=False),
    "hide": Change("hidden"),
    "unhide": Change("hidden", on=False),
    "tag": Change("tag"),
    "untag": Change("tag", on=False),
}
_DONE = {
    ("read", True): "marked read",
    ("read", False): "marked unread",
    ("starred", True): "starred",
    ("starred", False): "unstarred",
    ("later", True): "kept for later",
    ("later", False): "no longer kept for later",
    ("hidden", True): "hidden",
    ("hidden", False): "shown again",
}


def parse_change(text: str) -> Change:
    """The change that a person means by "read", "tag:coast" or "tag coast"; raises `UsageError`, which lists them."""
    verb, colon, name = text.strip().partition(":")
    if not colon:
        verb, _, name = text.strip().partition(" ")
    found = VERBS.get(verb)
    if found is None or (found.mark == "tag") != bool(clean(name)):
        words = ", ".join(f"{word}:NAME" if change.mark == "tag" else word for word, change in VERBS.items())
        raise UsageError(f"There is no change {text!r}", hint=f"Changes: {words}")
    return found._replace(text=clean(name))
