"""The words of a query: all of them must occur, `-word` must not, and quotes make a phrase of several."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from newsreader.text import fold


class Words(NamedTuple):
    """What a text must hold and must not hold, folded."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.wanted or self.unwanted)

    def match(self, *parts: str | None) -> bool:
        """Whether the parts of an article, taken together, are what is asked: case and width do not matter."""
        text = fold("\n".join(part for part in parts if part))
        return all(word in text for word in self.wanted) and not any(word in text for word in self.unwanted)


@cache
def _pieces() -> Callable[[str], list[tuple[str, str, str]]]:
    return re.compile(r'(-?)(?:"([^"]*)"?|(\S+))').findall


def read_words(query: str) -> Words:
    """What a query asks; white space parts words, a quote that is not closed goes to the end."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _pieces()(query):
        if found := fold(" ".join((phrase or word).split())):
            (unwanted if minus else wanted).append(found)
    return Words(tuple(wanted), tuple(unwanted))
