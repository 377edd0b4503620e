"""Terms of an article: the words, names and numbers that tell its event from others, by script.

Scripts that part words by spaces give folded words, hangul words without their particles, capitalised names and numbers
with their units. Chinese characters give runs and their pairs (關稅 is found in 對等關稅政策 without a dictionary),
katakana gives runs, hiragana nothing; Thai, Lao, Khmer and Burmese give triples of characters.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

Found = tuple[str, float]  # a term where it occurs, and how much one occurrence says

NAME = "@"  # begins the term of a name, and nothing else
PIECE = "~"  # begins a pair or triple of characters, cut without knowing where words end

LARGEST = 60  # terms of one article: the heaviest, and of those the first
LEAD = 2000  # characters of a text that tell its event: news says first what happened

_TITLE_COUNT = 2  # a term of the title counts as if it occurred so often more
_NAME_WEIGHT = 1.0  # its words are terms too
_SINGLE_NAME_WEIGHT = 0.3  # the word itself is a term too; this one is for saying that it is a name
_PIECE_WEIGHT = 0.5  # each overlaps with the next
_NUMBER_WEIGHT = 1.0

_LONGEST_RUN = 6  # a longer run of Chinese characters is a clause, not a word
_NAME_LENGTHS = (2, 3, 4)  # characters of a person's name before a title
_SHORTEST_WORD = 3  # shorter words of alphabets are articles and prepositions, unless they are initials
_SHOUTED = 0.6  # share of capitalised words from which on a line's capitals tell nothing

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆"
_KATAKANA = r"ァ-ヺー"
_HIRAGANA = r"ぁ-ゟ"
_HANGUL = r"가-힣"
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

# What stands before one of these in Japanese or Chinese is a person.
_TITLES = (
    *(
        "国家主席",
        "大統領",
        "容疑者",
        "委員長",
        "財務相",
        "首相",
        "総統",
        "被告",
        "知事",
        "市長",
        "議員",
        "外相",
        "法相",
    ),
    *("監督", "選手", "教授", "長官", "主席", "政権", "氏", "總統", "总统", "總理", "总理", "先生", "女士"),
)
# Particles behind a Korean word, longest first.
_PARTICLES = (
    *("에서는", "에게서", "으로", "에서", "에게", "까지", "부터"),
    *("은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만"),
)


class Terms(NamedTuple):
    """Terms of an article with their weights (> 0), heaviest first.

    `named` are those words that are written like names, `labels` those that only stand in a label before the headline:
    Opinion: …, 【速報】….
    """

    weights: dict[str, float]
    named: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()


def terms_of(title: str, text: str, language: str | None = None) -> Terms:
    """Terms of a headline and the `LEAD` of a text, at most `LARGEST`; `NAME` and `PIECE` begin those of their kind.

    `language` is a BCP 47 tag, `None` if it is not known; it matters where nouns are capitalised like names.
    """
    single_names = not (language or "").startswith("de")
    named: set[str] = set()
    label, headline = _parted(title)
    parts = [list(_find(part, named, single_names=single_names)) for part in (label, headline, text[:LEAD])]
    weights = dict(chain(*parts))
    counts = Counter(term for term, _ in chain(*parts))
    counts.update(dict.fromkeys((term for term, _ in chain(*parts[:2])), _TITLE_COUNT))
    heavy = {term: weight * (1 + math.log(counts[term])) for term, weight in weights.items()}
    weights = dict(sorted(heavy.items(), key=lambda item: -item[1])[:LARGEST])
    labels = weights.keys() - {term for term, _ in chain(*parts[1:])}
    return Terms(weights, frozenset(named & weights.keys()), frozenset(labels))


def _parted(title: str) -> tuple[str, str]:
    """The label before a headline, "" if it has none, and the headline."""
    title = normalize("NFKC", title)
    found = _label().match(title)
    return (found[0], title[found.end() :]) if found else ("", title)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:【[^】]{1,20}】|\[[^\]]{1,20}\]|[^\s:》|]{1,12}》|[^:》|]{1,20}[:|](?=\s)|[^\s:》|]{1,6}:)"
    )


def _find(text: str, named: set[str], *, single_names: bool) -> Iterator[Found]:
    """The terms of a text; words that are written like names are added to `named`."""
    for line in normalize("NFKC", text).splitlines():
        for token in _token().finditer(line):
            for found in _READERS[token.lastgroup or ""](token):
                yield found
                if found[0].startswith(NAME):
                    named.add(found[0].removeprefix(NAME))
        for name in _names(line, single_names=single_names):
            words = name.split()
            named.update(map(_fold, words))
            yield (NAME + " ".join(words), _NAME_WEIGHT if len(words) > 1 else _SINGLE_NAME_WEIGHT)


@cache
def _token() -> re.Pattern[str]:
    letter = rf"[^\W\d_{_HAN}{_KATAKANA}{_HIRAGANA}{_HANGUL}{_UNSPACED}]"
    measure = r"%|°[CF]|\s?(?:km|kg|mm|cm|GW|MW|GB|TB)\b"
    unit = rf"{measure}|[万億兆千萬亿만억조]*(?:[{_KATAKANA}]{{2,5}}|[円元度人名件台명원도])?"
    return re.compile(
        rf"""(?P<number>(?:(?<!{letter}){letter}{{1,2}})?\d+(?:[.,:]\d+)*(?:{unit}))
        |(?P<katakana>[{_KATAKANA}]{{2,}}(?:[・=][{_KATAKANA}]{{2,}})*)
        |(?P<han>[{_HAN}]+)
        |(?P<hangul>[{_HANGUL}]+)
        |(?P<unspaced>[{_UNSPACED}]+)
        |(?P<word>{letter}(?:[\w'’\-]*{letter})?\d*)""",
        re.VERBOSE,
    )


def _number(token: re.Match[str]) -> Iterator[Found]:
    found = token[0].casefold()
    if len(found) > 1:
        yield (found, _NUMBER_WEIGHT)


def _word(token: re.Match[str]) -> Iterator[Found]:
    found = _fold(token[0])
    long_enough = len(found) >= _SHORTEST_WORD or (len(found) > 1 and token[0].isupper())
    if long_enough and found not in stopwords():
        yield (found, 1.0)


def _katakana(token: re.Match[str]) -> Iterator[Found]:
    parts = re.split("[・=]", token[0])
    yield from ((part, 1.0) for part in parts)
    if len(parts) > 1:
        yield (NAME + "・".join(parts), _NAME_WEIGHT)
    elif token.string.startswith(_TITLES, token.end()):
        yield (NAME + token[0], _SINGLE_NAME_WEIGHT)  # a person


def _han(token: re.Match[str]) -> Iterator[Found]:
    run = token[0]
    title = next((title for title in _TITLES if run.find(title) in _NAME_LENGTHS), "")
    if title:
        name, _, run = run.partition(title)
        yield (NAME + name, _SINGLE_NAME_WEIGHT)
        yield from _run(name)
    if run not in _TITLES:
        yield from _run(run)


def _run(run: str) -> Iterator[Found]:
    """The word that a run may be, and its pairs, by which it is found in longer runs."""
    if 1 < len(run) <= _LONGEST_RUN:
        yield (run, 1.0)
    yield from ((PIECE + run[at : at + 2], _PIECE_WEIGHT) for at in range(len(run) - 1))


def _hangul(token: re.Match[str]) -> Iterator[Found]:
    word = token[0]
    particle = next((found for found in _PARTICLES if word.endswith(found) and len(word) - len(found) > 1), "")
    if len(word) > 1:
        yield (word.removesuffix(particle), 1.0)


def _unspaced(token: re.Match[str]) -> Iterator[Found]:
    run = token[0]
    yield from ((PIECE + run[at : at + 3], _PIECE_WEIGHT) for at in range(len(run) - 2))


_READERS: dict[str, Callable[[re.Match[str]], Iterator[Found]]] = {
    "number": _number,
    "katakana": _katakana,
    "han": _han,
    "hangul": _hangul,
    "unspaced": _unspaced,
    "word": _word,
}


def _names(line: str, *, single_names: bool) -> Iterator[str]:
    """Names by their capitals; a line where most words have one (a headline, a shout) tells none."""
    capitals = [word[0].isupper() for word in line.split() if word[0].isupper() or word[0].islower()]
    if not any(capitals) or sum(capitals) > _SHOUTED * len(capitals):
        return
    for found in _capitalised().finditer(line):
        words = found["name"].split()
        if len(words) > 1 and words[0].casefold() in stopwords():
            del words[0]  # The, In: the beginning of a sentence
        if len(words) > 1 or (single_names and found["start"] is None):
            yield " ".join(map(_bare, words))


def _fold(word: str) -> str:
    return _bare(word).casefold()


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


@cache
def _capitalised() -> re.Pattern[str]:
    word = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я][\w’'\-]+"
    return re.compile(rf"(?P<start>^|[.!?:「“\"]\s*)?(?P<name>{word}(?:[ ]{word})*)")


@cache
def stopwords() -> frozenset[str]:
    """Folded words of many languages that tell no event from another."""
    lines = Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
