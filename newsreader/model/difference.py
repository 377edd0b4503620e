"""What was added to a text and taken away from it: by words, and by characters in scripts without spaces.

Lines are compared first, sentences of the lines that differ next, words of the sentences that differ last: a text of
100 KB takes a fraction of a second, whatever was done to it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from typing import NamedTuple

from newsreader.searchwords import PAIRED

_MOST_PAIRS = 40_000  # pairs of equal words up to which two stretches are compared word by word
_LEAST_ALIKE = 0.3  # share of equal words below which a stretch reads better as a new one


class Piece(NamedTuple):
    """A stretch of text: `op` is same, added or removed."""

    op: str
    text: str


def difference(before: str, now: str) -> list[Piece]:
    """The text now with what was taken away: its pieces in order, what was removed before what was added there.

    White space alone makes no difference. Pieces that are not removed are the text now; its line breaks are kept.
    """
    pieces = (piece for piece in _compared(before, now, (_lines, _sentences, _words)) if piece.text)
    return [Piece(op, "".join(text for _, text in group)) for op, group in groupby(pieces, key=lambda each: each.op)]


def _compared(before: str, now: str, cuts: Sequence[Callable[[str], list[str]]]) -> Iterator[Piece]:
    """The pieces of two texts cut into ever smaller parts; parts that differ are compared by the cuts that follow."""
    cut, *finer = cuts
    old, new = cut(before), cut(now)
    matcher = _matcher(old, new, is_last=not finer)
    if matcher is None:
        yield from _replaced(before, now)
        return
    for op, start, end, begin, stop in matcher.get_opcodes():
        if op == "equal":
            yield Piece("same", "".join(new[begin:stop]))
        elif op == "replace" and finer:
            yield from _refined(old[start:end], new[begin:stop], finer)
        else:
            yield from _replaced("".join(old[start:end]), "".join(new[begin:stop]))


def _refined(old: list[str], new: list[str], cuts: Sequence[Callable[[str], list[str]]]) -> Iterator[Piece]:
    """Parts that differ: one by one if there are as many as before, else all of them together."""
    pairs = zip(old, new, strict=True) if len(old) == len(new) else [("".join(old), "".join(new))]
    for before, now in pairs:
        yield from _compared(before, now, cuts)


def _matcher(old: list[str], new: list[str], *, is_last: bool) -> "SequenceMatcher[str] | None":
    """What compares two rows of parts; `None` if they have too little in common, or it would take too long."""
    keys, others = [part.strip() for part in old], [part.strip() for part in new]
    counts, known = Counter(keys), Counter(others)
    if sum(count * known[key] for key, count in counts.items()) > _MOST_PAIRS:
        return None
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    if is_last and (counts & known).total() * 2 < _LEAST_ALIKE * (len(old) + len(new)):
        return None
    return matcher


def _replaced(before: str, now: str) -> Iterator[Piece]:
    """One stretch in the place of another; the white space behind them is part of neither."""
    bare = now.rstrip()
    yield Piece("removed", before.rstrip() if bare else before)
    yield Piece("added", bare)
    yield Piece("same", now[len(bare) :])


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _sentences(text: str) -> list[str]:
    return _cut_sentences()(text)


def _words(text: str) -> list[str]:
    return _cut_words()(text)


@cache
def _cut_sentences() -> Callable[[str], list[str]]:
    return re.compile(r"[^.!?。！？]*(?:[.!?。！？]+\s*|$)").findall


@cache
def _cut_words() -> Callable[[str], list[str]]:
    """Words with the space behind them, single characters of scripts without spaces, signs one by one."""
    return re.compile(rf"[{PAIRED}]\s*|(?:(?![{PAIRED}])\w)+\s*|[^\w]\s*").findall
