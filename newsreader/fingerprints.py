"""Whether two texts are the same one: by the sentences that they share.

A text is known by the smallest of the hashes of its sentences (min-wise hashing, Broder 1997, with sentences for
shingles: https://doi.org/10.1109/SEQUEN.1997.666900): who shares one with it is looked at closely.
"""

import re
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from newsreader.text import fold

_KEPT = 4  # prints of a text
_SHORTEST = 10  # letters of a sentence that tells anything
_FEWEST = 3  # sentences of a text that can be told from others
_SIGNS = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in ".!?\n"}  # of ASCII


class Likeness(NamedTuple):
    """How much of the longer and the shorter of two texts is shared, 0 to 1 by letters, and in how many sentences."""

    longer: float
    shorter: float
    sentences: int


@lru_cache(maxsize=8)  # a text that is kept is asked for its prints twice
def prints_of(text: str) -> tuple[int, ...]:
    """A few 32-bit numbers, of which texts with most sentences in common share one; none for a text of few."""
    hashes = {crc32(sentence.encode("utf-8", "replace")) for sentence in sentences_of(text)}
    return tuple(sorted(hashes)[:_KEPT]) if len(hashes) >= _FEWEST else ()


def likeness(one: AbstractSet[str], other: AbstractSet[str]) -> Likeness:
    """How much two texts share, given the sentences of each."""
    shared = one & other
    letters = sum(map(len, shared))
    shorter, longer = sorted((sum(map(len, one)), sum(map(len, other))))
    return Likeness(letters / longer if longer else 0.0, letters / shorter if shorter else 0.0, len(shared))


def sentences_of(text: str) -> frozenset[str]:
    """The sentences of a text, without punctuation, case and width; those of a few letters left out."""
    found = fold(text)
    bare = found.translate(_SIGNS) if found.isascii() else _signs().sub("", found)
    return frozenset(sentence for sentence in _ends().split(bare) if len(sentence) >= _SHORTEST)


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(r"[.!?。!?\n]+")


@cache
def _signs() -> re.Pattern[str]:
    """What is neither a letter nor a digit, nor ends a sentence."""
    return re.compile(r"[^\w.!?。\n]+|_+")
