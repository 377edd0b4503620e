"""Whether two texts are the same one: by the sentences that they share.

A text is known by the smallest of the hashes of its sentences (min-wise hashing, Broder 1997, with sentences for
shingles: https://doi.org/10.1109/SEQUEN.1997.666900): who shares one with it is looked at closely.
"""

import re
from functools import cache
from zlib import crc32

from newsreader.text import fold

_KEPT = 4  # prints of a text
_SHORTEST = 10  # letters of a sentence that tells anything
_FEWEST = 3  # sentences of a text that can be told from others


def prints_of(text: str) -> tuple[int, ...]:
    """A few 32-bit numbers, of which texts with most sentences in common share one; none for a text of few."""
    hashes = {crc32(sentence.encode("utf-8", "replace")) for sentence in _sentences(text)}
    return tuple(sorted(hashes)[:_KEPT]) if len(hashes) >= _FEWEST else ()


def likeness(one: str, other: str) -> float:
    """How much of the longer text is in the other as well, 0 to 1, by the letters of its sentences."""
    first, second = _sentences(one), _sentences(other)
    longer = max(sum(map(len, first)), sum(map(len, second)))
    return sum(map(len, first & second)) / longer if longer else 0.0


def _sentences(text: str) -> set[str]:
    """The sentences of a text, without punctuation, case and width."""
    bare = ("".join(_letters().findall(part)) for part in _ends().split(fold(text)))
    return {sentence for sentence in bare if len(sentence) >= _SHORTEST}


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(r"[.!?。!?\n]+")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")
