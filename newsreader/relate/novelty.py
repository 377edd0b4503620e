"""What a text says that none before it did, sentence by sentence, by names, figures and words that tell something.

A sentence is known if one before it in another text holds nearly all that it says, whatever the order of the words;
words that stand in many sentences of the story count little. A figure or a name that was in no text is always new.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from heapq import nlargest
from typing import NamedTuple
from unicodedata import normalize

from newsreader.relate.terms import stopwords
from newsreader.searchwords import PAIRED
from newsreader.sentences import sentences

_KNOWN = 0.6  # share of what a sentence says from which on it is known if one sentence holds it
_MOST = 20  # sentences that a term is remembered of: the cost must not grow with the story
_COMPARED = 3  # sentences that one is compared with
_SHORTEST = 3  # letters of a word that tells something, if it is no initials
_STEM = 6  # letters of a word that count: council and councils, Hafen and Hafens
_NOUNS = 0.28  # share of capitalised words in a text from which on they are nouns, not names
_FEW = 20  # words that do not tell whether they are
_SAMPLE = 3000  # characters of a text that tell whether they are
_KATAKANA = "ァ-ヺー"


class _Said(NamedTuple):
    """What a sentence says: its terms, and those of them that make it new if no text had them."""

    terms: frozenset[str]
    facts: frozenset[str]


def new_sentences(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The sentences of each text that no text before it had, in the same or nearly the same words.

    `texts` are those of one story in time order, a block a line; sentences are word for word, in reading order. What a
    text adds does not depend on those that follow.
    """
    told = _Told()
    return [tuple(told.tell(text)) for text in texts]


def lead_sentence(text: str) -> str:
    """The first sentence of a text, word for word; "" if it has none."""
    return next(sentences(text), "")


class _Told:
    """What the texts so far have said."""

    def __init__(self) -> None:
        self.letters: set[str] = set()  # of all sentences
        self.sentences = 0
        self.counts: Counter[str] = Counter()  # of sentences, by term
        self.new: list[frozenset[str]] = []  # the terms of each sentence that was new
        self.holding: defaultdict[str, list[int]] = defaultdict(list)  # places of the first of these, by term

    def tell(self, text: str) -> Iterator[str]:
        """The sentences of the next text that are new."""
        nouns = _are_nouns_capitalised(text)
        every: list[tuple[frozenset[str], bool]] = []
        for sentence in sentences(text):
            letters = _signs().sub("", sentence).casefold()
            if letters in self.letters:
                continue
            self.letters.add(letters)
            said = _read(sentence, nouns=nouns)
            is_new = self._is_new(said)
            every.append((said.terms, is_new))
            if is_new:
                yield sentence
        for terms, is_new in every:
            self._add(terms, is_new=is_new)

    def _is_new(self, said: _Said) -> bool:
        if not self.sentences or not said.facts <= self.counts.keys():
            return True
        if not said.terms:
            return False
        worth = {term: math.log(1 + self.sentences / max(self.counts[term], 1)) for term in said.terms}
        wanted = _KNOWN * sum(worth.values())
        return all(
            sum(worth[term] for term in self.new[each] & said.terms) < wanted for each in self._alike(worth, wanted)
        )

    def _alike(self, worth: dict[str, float], wanted: float) -> Iterable[int]:
        """The sentences that are likeliest to hold terms of so much worth: each holds one of the rarest few."""
        held: defaultdict[int, float] = defaultdict(float)
        left = sum(worth.values())
        for term in sorted(worth, key=lambda term: (-worth[term], term)):
            if left < wanted:
                break
            left -= worth[term]
            for each in self.holding.get(term, ()):
                held[each] += worth[term]
        return nlargest(_COMPARED, held, key=held.__getitem__)

    def _add(self, terms: frozenset[str], *, is_new: bool) -> None:
        self.sentences += 1
        self.counts.update(terms)
        if not is_new:
            return
        for term in terms:
            if len(self.holding[term]) < _MOST:
                self.holding[term].append(len(self.new))
        self.new.append(terms)


def _read(sentence: str, *, nouns: bool) -> _Said:
    """What a sentence says; with `nouns`, one capitalised word is no name."""
    terms: set[str] = set()
    facts: set[str] = set()
    follows_name = False  # no word is a name because it begins the sentence
    for at, token in enumerate(_tokens()(sentence if sentence.isascii() else normalize("NFKC", sentence))):
        found = _terms(token)
        is_capitalised = at > 0 and token[0].isupper()
        terms.update(found.terms)
        facts.update(found.terms if is_capitalised and (follows_name or not nouns) else found.facts)
        follows_name = is_capitalised
    return _Said(frozenset(terms), frozenset(facts))


@lru_cache(maxsize=10_000)
def _terms(token: str) -> _Said:
    """A figure as it is, a word by its beginning, the parts of a name in katakana, other characters in pairs."""
    if token[0].isdigit():
        found = frozenset([token])
        return _Said(found, found if len(token) > 1 else frozenset())
    if _katakana().match(token):
        found = frozenset(token.split("・"))
        return _Said(found, found if len(found) > 1 else frozenset())
    if _paired().match(token):
        return _Said(frozenset(map(str.__add__, token, token[1:]) if len(token) > 1 else token), frozenset())
    word = token.casefold()
    tells = word not in stopwords() and (len(word) >= _SHORTEST or token.isupper())
    return _Said(frozenset([word[:_STEM]] if tells else []), frozenset())


def _are_nouns_capitalised(text: str) -> bool:
    words = _capitals().findall(text, 0, _SAMPLE)
    return len(words) >= _FEW and sum(word[0].isupper() for word in words) > _NOUNS * len(words)


@cache
def _tokens() -> Callable[[str], list[str]]:
    """Figures, katakana, runs of characters of other scripts without spaces but for hiragana, and words."""
    paired = rf"(?![{_KATAKANA}ぁ-ゟ])[{PAIRED}]"
    figure, katakana = r"\d+(?:[.,:]\d+)*", rf"[{_KATAKANA}]+(?:・[{_KATAKANA}]+)*"
    return re.compile(rf"{figure}|{katakana}|(?:{paired})+|(?:(?![{PAIRED}])[^\W_])+").findall


@cache
def _katakana() -> re.Pattern[str]:
    return re.compile(f"[{_KATAKANA}]")


@cache
def _paired() -> re.Pattern[str]:
    return re.compile(f"[{PAIRED}]")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(r"[\W_]+")


@cache
def _capitals() -> re.Pattern[str]:
    """Words that do not begin a sentence."""
    return re.compile(r"(?:(?<=[^\W\d_] )|(?<=, ))[^\W\d_]+")
