"""Which articles tell the same event: how much more likely texts are as one story than as two.

The texts of a story are taken for draws from a Dirichlet compound multinomial over terms: it expects again what they
said already. The likeness of two stories is the logarithm of the Bayes factor of one story against two. It grows with
what they share and shrinks with what only one of them says, so that two strikes in two towns stay two stories however
many words they have in common; and the more is known of each, the more the differences count. Stories are made by
joining the two most alike, again and again, as long as any are alike enough. Sources: Madsen, Kauchak and Elkan,
"Modeling word burstiness using the Dirichlet distribution" (2005); Heller and Ghahramani, "Bayesian hierarchical
clustering" (2005).
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from newsreader.relate.terms import NAME, PIECE


class _Kind(NamedTuple):
    """A kind of terms: `weight` is how much one counts, `length` by how much it makes a text longer.

    `prior` is in how many texts a story is taken to have said one that it never said.
    """

    prior: float
    weight: float
    length: float


_DISTINCT = (
    _Kind(prior=0.08, weight=1.0, length=1.0),  # names
    _Kind(prior=0.05, weight=1.5, length=0.8),  # katakana: foreign names and things
    _Kind(prior=0.09, weight=0.3, length=1.0),  # persons in katakana, who are in the news every day
    _Kind(prior=0.15, weight=1.4, length=1.0),  # figures
    _Kind(prior=0.0013, weight=0.2, length=0.5),  # words
    _Kind(prior=0.0013, weight=0.2, length=0.11),  # pieces of runs, which overlap
    _Kind(prior=1.0, weight=0.0, length=0.0),  # labels, and names of several words: each of these is a term
)
_NAME, _KATAKANA, _PERSON, _FIGURE, _WORD, _PIECE, _NOTHING = range(len(_DISTINCT))
_COMMON = len(_DISTINCT)  # added to the kind of a term that is everywhere
_DULL = 0.25  # what is left then of what it counts
_KINDS = (*_DISTINCT, *(_Kind(kind.prior, kind.weight * _DULL, kind.length * _DULL) for kind in _DISTINCT))

_NAMED = 0.33  # share of its articles that write a term like a name from which on it is one
_LABELS = 0.5  # share of its articles that have a term in their label only above which it is none
_EVERYWHERE = 0.2  # share of all articles that hold a term above which it tells little
_FEW = 40  # articles: of fewer, all may tell one event

_VOCABULARY = 48.7  # sum of the priors of all terms, as long as a text of so many names
_MARGIN = 0.35  # by how much likeness must grow with the length of the shorter story: its words depend on each other
_SHORT, _LONG = 16.3, 50.3  # lengths between which it must
_ALIKE = -2.0  # the least likeness of one story: that two articles tell one event is not unlikely beforehand
_LEAST = 6.0  # the least that what is shared must say: a word or two are no event
_FRESH = 3 * 86400  # seconds without news after which a story begins to be over
_FADING = 2.0  # likeness lost each time that this time doubles
_OVER = 45 * 86400  # seconds after which it is
_NAMES = 3  # things that two texts name, and none of them the same, from which on they tell two events
_PARTNERS, _MANY = 12, 5  # what a text is most like, so many at most, and how many make it a survey of the news …
_TOGETHER = 0.15  # … if no more than this share of their pairs is alike
_SURVEYS = 2  # surveys of one day that may be alike
_UNLIKE = -8.0  # so unlike that more texts will not change it
_NEVER = 10 * _UNLIKE  # whatever else is shared
_HINT = 3.0  # what is shared at least by what may be one story later
_HELD = 100  # stories that hold a term at most if it is to bring any two together
_UNIT = 1 << 20  # likeness is summed in whole numbers, so that no order of summing makes a difference


class Profile(NamedTuple):
    """What the texts of a story say: in how many of them each term stands, by the term's id.

    `length` is how long they are together (`length_of`), `first` and `last` are seconds since 1970 of the first and the
    last of them.
    """

    counts: Mapping[int, int]
    length: float
    first: int
    last: int


class Usage(NamedTuple):
    """How articles use a term: how many hold it, write it like a name, and have it in their label only."""

    term: str
    documents: int
    named: int
    labelled: int


def kind_of(usage: Usage, documents: int) -> int:
    """The kind of a term among so many articles, for `length_of` and `gather`."""
    held = max(usage.documents, 1)
    kind = _distinct(usage.term, is_named=usage.named >= _NAMED * held)
    if usage.labelled > _LABELS * held:
        kind = _NOTHING
    return kind + (_COMMON if documents >= _FEW and held > _EVERYWHERE * documents else 0)


def _distinct(term: str, *, is_named: bool) -> int:
    if term.startswith((NAME, PIECE)):
        return _PIECE if term.startswith(PIECE) else _NOTHING
    if any(char.isdigit() for char in term):
        return _FIGURE
    if "ァ" <= term[0] <= "ヺ":
        return _PERSON if is_named else _KATAKANA
    return _NAME if is_named else _WORD


def length_of(kinds: Sequence[int]) -> float:
    """How long a text with terms of these kinds is."""
    return sum(_KINDS[kind].length for kind in kinds)


class Gathered(NamedTuple):
    """Which profiles tell one event: groups of indexes, each in order, every index in one of them.

    `surveys` are those that tell of many events; each stands alone.
    """

    groups: list[list[int]]
    surveys: frozenset[int]


def gather(profiles: Sequence[Profile], kinds: Mapping[int, int], stored: int = 0) -> Gathered:
    """Which of the profiles tell one event.

    `kinds` are the kinds of terms; a term that only one profile holds may be missing. The first `stored` profiles are
    stories that were told apart before: two of these come together only by what a new one adds to one of them.
    """
    gathering = _Gathering(profiles, kinds, stored)
    surveys = gathering.part_surveys()
    return Gathered(gathering.groups(), surveys)


class _Gathering:
    """Profiles on their way together. Those that came together are a new node; the old ones are gone."""

    def __init__(self, profiles: Sequence[Profile], kinds: Mapping[int, int], stored: int) -> None:
        self.kinds = kinds
        self.nodes: dict[int, Profile] = dict(enumerate(profiles))
        self.members: dict[int, list[int]] = {at: [at] for at in self.nodes}
        self.near: dict[int, set[int]] = {at: set() for at in self.nodes}
        self.named: dict[int, frozenset[int]] = {}  # the names and figures of each, once they are asked for
        self.heap: list[tuple[int, int, int, int, int]] = []
        for one, other in _sharing(profiles, kinds, stored):
            self._weigh(one, other)

    def part_surveys(self) -> frozenset[int]:
        """Let texts stand alone that are alike to several which are not alike.

        Such are lists of all headlines of a day; they would glue it together.
        """
        partners: dict[int, list[int]] = defaultdict(list)
        for *_, one, other in sorted(self.heap):  # the most alike first
            partners[one].append(other)
            partners[other].append(one)
        surveys = frozenset(at for at, others in partners.items() if self._is_survey(at, others))
        self.heap = [pair for pair in self.heap if surveys.isdisjoint(pair[-2:])]
        heapq.heapify(self.heap)
        self.near = {at: set() if at in surveys else near - surveys for at, near in self.near.items()}
        return surveys

    def _is_survey(self, node: int, partners: Sequence[int]) -> bool:
        """Whether a text, or two as one story, is alike to several that are not; the first may be surveys as well."""
        if len(partners) < _MANY or max(self.nodes[node].counts.values()) > _SURVEYS:
            return False
        return any(self._are_apart(partners[start : start + _PARTNERS]) for start in range(_SURVEYS + 1))

    def _are_apart(self, nodes: Sequence[int]) -> bool:
        pairs = list(combinations(nodes, 2))
        return len(nodes) >= _MANY and sum(self._compare(*pair)[1] for pair in pairs) < _TOGETHER * len(pairs)

    def groups(self) -> list[list[int]]:
        while self.heap:
            *_, one, other = heapq.heappop(self.heap)
            if one in self.nodes and other in self.nodes:
                self._join(one, other)
        return sorted(self.members.values())

    def _join(self, one: int, other: int) -> None:
        new = max(self.members) + 1
        self.nodes[new] = _join(self.nodes.pop(one), self.nodes.pop(other))
        near = {at for at in self.near.pop(one) | self.near.pop(other) if at in self.nodes}
        self.members[new] = sorted(self.members.pop(one) + self.members.pop(other))
        self.near[new] = set()
        for at in sorted(near):
            self._weigh(new, at)

    def _weigh(self, one: int, other: int) -> None:
        """See whether two nodes may be one story, now or when more texts have joined them."""
        found, is_alike = self._compare(one, other)
        if found > _UNLIKE * _UNIT:
            self.near[one].add(other)
            self.near[other].add(one)
        if is_alike:
            first, second = sorted((self.members[one][0], self.members[other][0]))
            heapq.heappush(self.heap, (-found, first, second, one, other))

    def _compare(self, one: int, other: int) -> tuple[int, bool]:
        """How alike two nodes are, and whether that makes them one story."""
        evidence = self._evidence(one, other)
        if evidence < _HINT * _UNIT:
            return round(_NEVER * _UNIT), False
        found = evidence + round(_UNIT * _difference(self.nodes[one], self.nodes[other]))
        is_enough = found >= _ALIKE * _UNIT and evidence >= _LEAST * _UNIT
        return found, is_enough and not self._names_apart(one, other)

    def _names_apart(self, one: int, other: int) -> bool:
        """Whether two nodes both name several things and none of them is the same: one form for two events."""
        few, many = self._named(one), self._named(other)
        return min(len(few), len(many)) >= _NAMES and few.isdisjoint(many)

    def _named(self, node: int) -> frozenset[int]:
        if node not in self.named:
            terms = self.nodes[node].counts
            self.named[node] = frozenset(t for t in terms if self.kinds.get(t, _NOTHING) % _COMMON <= _FIGURE)
        return self.named[node]

    def _evidence(self, one: int, other: int) -> int:
        few, many = sorted((self.nodes[one].counts, self.nodes[other].counts), key=len)
        return sum(_gain(self.kinds[term], count, many[term]) for term, count in few.items() if term in many)


def _sharing(profiles: Sequence[Profile], kinds: Mapping[int, int], stored: int) -> Iterator[tuple[int, int]]:
    """Pairs that share terms which few others hold, but for pairs of stored ones."""
    new = set().union(*(profile.counts for profile in profiles[stored:])) & kinds.keys()
    held = Counter(term for profile in profiles for term in profile.counts.keys() & new)
    holding: dict[int, list[int]] = {term: [] for term in new if held[term] <= _HELD}
    for at, profile in enumerate(profiles):
        told = profile.counts.keys() & holding.keys()
        if at >= stored:
            found: dict[int, int] = defaultdict(int)
            for term in told:
                gain = _gain(kinds[term], 1, 1)
                for other in holding[term]:
                    found[other] += gain
            yield from ((other, at) for other, evidence in found.items() if evidence >= _HINT * _UNIT)
        for term in told:
            holding[term].append(at)


@cache
def _gain(kind: int, one: int, other: int) -> int:
    """What a term says that stands in so many texts of one story and in so many of another: log Bayes factor × unit."""
    prior, weight, _ = _KINDS[kind]
    told = math.lgamma(prior + one + other) - math.lgamma(prior + one) - math.lgamma(prior + other)
    return round(_UNIT * weight * (told + math.lgamma(prior)))


def _difference(one: Profile, other: Profile) -> float:
    """What speaks against one story, whatever is shared: how much there is to say, and time without news."""
    a, b = one.length, other.length
    told = math.lgamma(_VOCABULARY + a) + math.lgamma(_VOCABULARY + b)
    told -= math.lgamma(_VOCABULARY + a + b) + math.lgamma(_VOCABULARY)
    gap = max(one.first - other.last, other.first - one.last, _FRESH)
    if gap > _OVER:
        return _NEVER
    return told - _MARGIN * (min(max(min(a, b), _SHORT), _LONG) - _SHORT) - _FADING * math.log2(gap / _FRESH)


def _join(one: Profile, other: Profile) -> Profile:
    counts = dict(one.counts)
    for term, count in other.counts.items():
        counts[term] = counts.get(term, 0) + count
    return Profile(counts, one.length + other.length, min(one.first, other.first), max(one.last, other.last))
