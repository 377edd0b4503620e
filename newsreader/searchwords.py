"""Words as the search index keeps them: every script, without a dictionary and without a tokenizer of our own.

Case, width (NFKC), accents of Latin letters and vowel signs of Arabic and Hebrew are folded. Scripts that part words by
spaces give words. Chinese characters, kana, hangul, Thai, Lao, Khmer and other scripts that do not give each pair of
characters that stand together (bigrams) and the last character of a run: any stretch of two is one word of the index, a
single character is the beginning of one, and a longer stretch is a row of them.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from newsreader.text import fold

# What begins a word of a field, beside the word itself; private characters, so no text has them.
MARKERS = {"": "", "title": "\ue000", "author": "\ue001"}

# Letters of scripts that are written without spaces, and hangul, whose particles hang on the word.
PAIRED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e81-\u0edf"  # Thai, Lao
    "\u1000-\u1049\u1050-\u109f\u1100-\u11ff\u1780-\u17d3\u17d7\u17dc-\u17e9"  # Burmese, Jamo, Khmer
    "\u1950-\u19df\u1a20-\u1a9f\u1b00-\u1b59\ua000-\ua4cf\ua980-\ua9c0\uaa60-\uaadf"  # Tai, Balinese, Yi, Javanese
    "\u3005-\u3007\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# Marks that belong to the letters of spaced scripts and that `\w` leaves out.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u0711\u0730-\u074a\u0900-\u0963\u0966-\u096f\u0971-\u0df3\u0f18-\u0f39\u0f71-\u0fbc"
)
_LETTER, _MARK = rf"[^\W_{PAIRED}]", f"[{_MARKS}]"  # of spaced scripts
_BETWEEN = rf"(?:[\W_](?<![{_MARKS}{PAIRED}]))"  # what is no part of a run


def folded(text: str) -> str:
    """A text in the form in which it is compared."""
    found = fold(text)
    if found.isascii() or not _between_latin_and_cjk().search(found):
        return found
    return normalize("NFC", _accents().sub("", _signs().sub("", normalize("NFD", found))))


def index_words(text: str, marker: str = "") -> str:
    """The words of a text, separated by what is no letter; each behind the `marker`."""
    found = folded(text)
    if found.isascii() and not marker:
        return found
    words: list[str] = []
    for run in _runs_of(found):
        words += _words(run)
    return f"{marker}{f' {marker}'.join(words)}" if words else ""


def words_of(title: str, authors: str, *texts: str | None) -> str:
    """All words of an article for the index: those of its texts, and of headline and byline also as such."""
    everything = "\n".join(filter(None, (title, authors, *texts)))
    fields = index_words(title, MARKERS["title"]), index_words(authors, MARKERS["author"])
    return " ".join([index_words(everything), *filter(None, fields)])


class Needle(NamedTuple):
    """Words to look for one after the other, folded: runs of letters; with `prefix` the last may go on."""

    runs: tuple[str, ...]
    prefix: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the index alone tells who has it; else what it finds is still to be looked at (`is_in`)."""
        return len(self.runs) == 1 and (not _is_paired(self.runs[0]) or len(self.runs[0]) <= 2)  # noqa: PLR2004 - a pair

    def expression(self, field: str = "") -> str:
        """The FTS5 expression for articles that hold all its words, in whatever order, anywhere or in a field."""
        marker = MARKERS[field]
        words = list(dict.fromkeys(self._words()))
        last = self.runs[-1]
        goes_on = len(last) == 1 if _is_paired(last) else self.prefix
        found = [f'"{marker}{word}"' for word in words]
        if goes_on:
            found = [each for each, word in zip(found, words, strict=True) if word != last]
            found.append(f'"{marker}{last}" *')
        return " AND ".join(found)

    def is_in(self, text: str) -> bool:
        """Whether a text has these words, one after the other."""
        if len(self.runs) == 1 and self.runs[0] in text and _is_paired(self.runs[0]):
            return True
        return any(True for _ in self.find(folded(text)))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a folded text: start and end of each."""
        for match in _pattern(self).finditer(text):
            if _is_paired(self.runs[0]) or not (match.start() and _letter().match(text[match.start() - 1])):
                yield match.span()

    def _words(self) -> Iterator[str]:
        *others, last = self.runs
        for run in others:
            yield from _words(run)
        yield from _words(last)[: -1 if _is_paired(last) and len(last) > 1 else None]


def needle_of(text: str, *, prefix: bool = False) -> Needle | None:
    """What to look for; `None` if the text has no letter and no digit."""
    runs = _runs_of(folded(text))
    return Needle(tuple(runs), prefix) if runs else None


@cache
def _pattern(needle: Needle) -> re.Pattern[str]:
    """What it looks like in a folded text, but for what stands before: a pattern that begins with letters is quick."""
    runs = needle.runs
    found = re.escape(runs[0])
    for before, run in pairwise(runs):
        found += f"{_BETWEEN}{'+' if _is_paired(before) == _is_paired(run) else '*'}{re.escape(run)}"
    if not (_is_paired(runs[-1]) or needle.prefix):
        found += f"(?!{_LETTER}|{_MARK})"
    return re.compile(found)


def _words(run: str) -> list[str]:
    """The words of one run of letters."""
    return [*map(str.__add__, run, run[1:]), run[-1]] if _is_paired(run) else [run]


def _is_paired(run: str) -> bool:
    return run[0] >= "\u0e01" and _paired().match(run) is not None


@cache
def _paired() -> re.Pattern[str]:
    return re.compile(f"[{PAIRED}]")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(f"{_LETTER}|{_MARK}")


@cache
def _between_latin_and_cjk() -> re.Pattern[str]:
    """Where all signs and marks are."""
    return re.compile("[\u00c0-\u1fff]")


@cache
def _signs() -> re.Pattern[str]:
    """Points and vowel signs of Hebrew and Arabic, and the stroke that stretches Arabic words."""
    return re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


@cache
def _accents() -> re.Pattern[str]:
    return re.compile("(?<=[A-Za-z])[\u0300-\u036f]+")


def _runs_of(found: str) -> list[str]:
    """The runs of letters of one kind in a folded text."""
    return (_marked_runs() if _between_latin_and_cjk().search(found) else _runs())(found)


@cache
def _runs() -> Callable[[str], list[str]]:
    return re.compile(f"[{PAIRED}]+|{_LETTER}+").findall


@cache
def _marked_runs() -> Callable[[str], list[str]]:
    """The same where letters may have marks, at three times the cost."""
    return re.compile(f"[{PAIRED}]+|(?:{_LETTER}|{_MARK})+").findall
