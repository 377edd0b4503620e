"""How much articles share: the cosine of their weighted terms, rare terms counting most, and why in words."""

import math
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from newsreader.relate.terms import NAME, PIECE

THRESHOLD = 0.08  # below, what two articles share is chance
_OF_WORDS = 0.12  # below, words without a name or a figure are chance
SAME_TEXT = 0.8  # above, one is a copy of the other, however common its words have become

_EVIDENCE = 2  # one shared word tells nothing, and any number of bare figures
_COMMON_SHARE = 0.15  # a term that more of the articles hold tells nothing
_COMMON_FLOOR = 4  # … once more articles than this hold it: in a small store every term is in a large share
_RARE = 3  # articles that hold a rare word
_SHOWN = 4  # words of a reason


class Ranked(NamedTuple):
    """An article that tells the same story: `score` is 0 to 1, `reasons` are short phrases, strongest first."""

    id: int
    score: float
    reasons: tuple[str, ...]


class _Scale:
    """What a term is worth among the stored articles: its inverse document frequency, log((N + 1) / n)."""

    def __init__(self, frequencies: Mapping[str, int], documents: int) -> None:
        self.frequencies = frequencies
        self.documents = documents
        self.worth = {term: math.log(max((documents + 1) / max(held, 1), 1.0)) for term, held in frequencies.items()}
        self.worth_of_new = math.log(documents + 1)

    def held(self, term: str) -> int:
        return max(1, self.frequencies.get(term, 1))

    def weigh(self, terms: Mapping[str, float]) -> dict[str, float]:
        return {term: weight * self.worth.get(term, self.worth_of_new) for term, weight in terms.items()}

    def is_common(self, term: str) -> bool:
        held = max(self.held(term), self.held(PIECE + term))  # 日本 alone, and in 日本代表
        return held > max(_COMMON_FLOOR, _COMMON_SHARE * self.documents)


def rank(
    terms: Mapping[str, float],
    candidates: Mapping[int, Mapping[str, float]],
    frequencies: Mapping[str, int],
    documents: int,
) -> list[Ranked]:
    """The candidates that tell the same story as an article with these terms, best first.

    `candidates` are the terms of each article by its id, `frequencies` how many of the `documents` stored articles hold
    each term (1 if it is not there). The same input gives the same order: equal scores go by id, newest first.
    """
    scale = _Scale(frequencies, documents)
    own = scale.weigh(terms)
    found = [_compare(own, article_id, scale.weigh(others), scale) for article_id, others in candidates.items()]
    return sorted((match for match in found if match), key=lambda match: (-match.score, -match.id))


def _compare(own: dict[str, float], article_id: int, others: dict[str, float], scale: _Scale) -> Ranked | None:
    shared = {term: own[term] * others[term] for term in own.keys() & others.keys()}
    length = _length(own) * _length(others)
    score = min(1.0, sum(shared.values()) / length) if length else 0.0
    if score < THRESHOLD:
        return None
    telling = _distinct(sorted(shared, key=lambda term: (-shared[term], term)), scale)
    if score < SAME_TEXT and (len(telling) < _EVIDENCE or all(term[0].isdigit() for term in telling)):
        return None
    if score < _OF_WORDS and all(map(_is_plain, telling)):
        return None
    return Ranked(article_id, round(score, 3), tuple(_reasons(telling, score, scale)))


def _is_plain(term: str) -> bool:
    """Whether a term is a word of an alphabet, and no name."""
    return term[0].islower() and not any(map(str.isdigit, term))


def _length(weighed: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weighed.values()))


def _distinct(shared: Iterable[str], scale: _Scale) -> list[str]:
    """The shared terms that tell something, each thing once: not 頼清, 清徳 and 頼清徳, nor Trump and Donald Trump."""
    telling = [term for term in shared if not scale.is_common(term)]
    longest = sorted(telling, key=lambda term: (-len(_bare(term)), not term.startswith(NAME)))
    kept: list[str] = []
    for term in longest:
        if not any(_bare(term) in _bare(other) for other in kept):
            kept.append(term)
    return [term for term in telling if term in kept]


def _bare(term: str) -> str:
    return term.lstrip(NAME + PIECE).casefold()


def _reasons(telling: Collection[str], score: float, scale: _Scale) -> Iterable[str]:
    """Phrases for a person: names, then words, rare or not, then figures."""
    if score >= SAME_TEXT:
        yield f"nearly the same words, {score:.0%}"
    words = [term for term in telling if not term.startswith((NAME, PIECE))]
    figures = [term for term in words if any(char.isdigit() for char in term)]
    kinds = {
        "same names": [term for term in telling if term.startswith(NAME)],
        "rare words": [term for term in words if scale.held(term) <= _RARE and term not in figures],
        "same words": [term for term in words if scale.held(term) > _RARE and term not in figures],
        "same figures": figures,
        "same characters": [term for term in telling if term.startswith(PIECE)],
    }
    for kind, terms in kinds.items():
        if terms:
            yield f"{kind}: {', '.join(term.lstrip(NAME + PIECE) for term in terms[:_SHOWN])}"
