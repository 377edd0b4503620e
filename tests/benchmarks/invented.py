"""Writes invented articles as JSON lines, half English, half Japanese, for benchmarks of the store.

    python tests/benchmarks/invented.py [--articles 1000] [--seed 5] [--events] > articles.jsonl

Texts are some 3 KB of UTF-8. Words are as frequent as words are (Zipf); a few names make the subject of each text. What
is looked for is planted, in known shares of all articles (`PLANTED`). The same seed gives the same articles.

With `--events`, articles tell of events, oldest first, a third each in English, Japanese and Cyrillic letters: an event
is told by one paper or by several, within two days, in other words or word for word. What they share are names and
figures of the event; events of one topic look alike, and a few names are in the news every day. Which event it is
stands in the address, which tells no reader.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

WORDS, NAMES = 60_000, 100_000  # of each language
SIZE, SPREAD = 3000, 900  # bytes of a text: on average, and about it
NEWEST = datetime(2026, 9, 14, 12, tzinfo=UTC)

# Of events
A_DAY = 1000  # articles
ALONE = 0.5  # share of events that one paper tells
COPIED = 0.15  # share of the other reports that are the first one, word for word
TOPICS = 100  # of each language
CYRILLIC = str.maketrans("abcdefghiklmnoprstuvwABCDEFGHIKLMNOPRSTUVW", "абцдефгхиклмнопрстувщАБЦДЕФГХИКЛМНОПРСТУВЩ")

# What is planted in texts, and in how many of a thousand articles, those of the other language counted too; a third of
# them have it in the title as well. The words of the phrase apart, and the parts of a word of three characters, are
# there to be mixed up.
PLANTED = {
    "en": {"harbour": 100, "lighthouse": 1, "river": 100, "market": 100, "river market": 10, "ferryman": 5},
    "ja": {"台湾": 30, "半導体": 10, "半導": 10, "導体": 10, "港湾局長": 5, "ＡＩ": 20},
}


class Language(NamedTuple):
    """Words and names with the sums of their weights; how words become sentences of so many, ended in this way."""

    words: list[str]
    names: list[str]
    word_sums: list[float]
    name_sums: list[float]
    end: str
    sentence: int
    bytes_each: float  # of a word and what stands behind it
    gap: str = ""  # between words
    particles: tuple[str, ...] = ()  # behind words


def english(rng: Random) -> Language:
    """Words of syllables, common ones short."""
    starts = [*"bcdfghklmnprstvw", "st", "tr", "br", "ch", "sh", "pl", "gr"]
    vowels, ends = [*"aeiou", "ea", "ou", "ai"], [*"nrstlmd", "ck", "st", "nd", "ng", *[""] * 4]

    def word(syllables: int) -> str:
        return "".join(rng.choice(starts) + rng.choice(vowels) + rng.choice(ends) for _ in range(syllables))

    words = distinct(lambda: word(rng.choice((1, 1, 2, 2, 2, 3, 3))), WORDS)
    words.sort(key=lambda each: len(each) + rng.random() * 10)
    names = distinct(lambda: word(rng.choice((2, 3))).capitalize(), NAMES)
    return Language(words, names, sums_of(WORDS), sums_of(NAMES), ".", 17, 5.25, gap=" ")


def japanese(rng: Random) -> Language:
    """Words of kanji, kana and both, each with a particle behind it."""
    planted = set("".join(PLANTED["ja"]))
    kanji = rng.sample([char for char in map(chr, range(0x4E00, 0x4E00 + 8000)) if char not in planted], 2000)
    sums = sums_of(len(kanji))
    katakana, hiragana = [*map(chr, range(0x30A2, 0x30F3))], [*map(chr, range(0x3042, 0x3093))]

    def word() -> str:
        kind = rng.random()
        if kind < 0.7:
            return "".join(rng.choices(kanji, cum_weights=sums, k=rng.choice((2, 2, 2, 3, 4))))
        if kind < 0.85:
            return "".join(rng.choices(katakana, k=rng.choice((3, 4, 5))))
        return rng.choice(kanji) + "".join(rng.choices(hiragana, k=rng.choice((1, 2, 3))))

    def name() -> str:
        letters, sizes = (kanji, (3, 4)) if rng.random() < 0.7 else (katakana, (4, 5, 6))
        return "".join(rng.choices(letters, k=rng.choice(sizes)))

    particles = (*"ののはがをにでとも", "から", "まで", "より", "という", "について", "として")
    words, names = distinct(word, WORDS), distinct(name, NAMES)
    return Language(words, names, sums_of(WORDS), sums_of(NAMES), "した。", 10, 14.9, particles=particles)


def distinct(make: Callable[[], str], count: int) -> list[str]:
    """So many different words, none of them planted, in the order in which they were made."""
    planted = {word for each in PLANTED["en"] for word in each.split()}
    found: dict[str, None] = {}
    while len(found) < count:
        word = make()
        if word.casefold() not in planted:
            found[word] = None
    return list(found)


def sums_of(count: int) -> list[float]:
    """The sums of weights by the law of Zipf and Mandelbrot: of 500 words of a text, some 300 are different ones."""
    return list(accumulate(1 / (rank + 1.5) ** 1.15 for rank in range(1, count + 1)))


def articles(count: int, seed: int = 5) -> Iterator[dict[str, Any]]:
    """Articles, newest first, English and Japanese in turn."""
    rng = Random(seed)
    languages = {"en": english(rng), "ja": japanese(rng)}
    for number in range(count):
        code = ("en", "ja")[number % 2]
        language = languages[code]
        planted = [word for word, share in PLANTED[code].items() if rng.random() < share / 500]
        told = rng.choices(language.names, cum_weights=language.name_sums, k=3)
        slug = "-".join([f"{number:07}", *told[:2]] if code == "en" else [f"{number:07}"])
        yield {
            "url": f"https://paper{rng.randrange(200)}.example/{code}/2026/{slug}",
            "title": title(rng, language, told, [word for word in planted if rng.random() < 1 / 3]),
            "published": (NEWEST - timedelta(minutes=3 * number + rng.randrange(3))).isoformat(),
            "language": code,
            "authors": [rng.choice(language.names[:2000])],
            "text": text(rng, language, told, planted),
        }


class Event(NamedTuple):
    """What papers tell: by its names and figures, and by words of which each report has some."""

    number: int
    code: str
    names: list[str]
    figures: list[str]
    words: list[str]


def reports(count: int, seed: int = 5) -> Iterator[dict[str, Any]]:
    """Articles about events, oldest first, the last of them before `NEWEST`."""
    rng = Random(seed)
    languages = {"en": english(rng), "ja": japanese(rng)}
    languages["ru"] = cyrillic(languages["en"])
    topics = {
        code: [rng.choices(each.words[50:20_000], k=40) for _ in range(TOPICS)] for code, each in languages.items()
    }
    moments: list[tuple[float, Event, int]] = []
    number = 0
    while len(moments) < count:
        number += 1
        code = rng.choice([*languages])
        event = invent(rng, number, code, languages[code], rng.choice(topics[code]))
        start = rng.random() * count / A_DAY
        others = 0 if rng.random() < ALONE else min(int(rng.paretovariate(1.5)), 25)
        moments += [(max(start - rng.random() * 2 * bool(told), 0), event, told) for told in range(others + 1)]
    for days, event, told in sorted(moments, key=lambda each: -each[0])[-count:]:
        yield report(event, languages[event.code], NEWEST - timedelta(days=days), told, seed)


def invent(rng: Random, number: int, code: str, language: Language, topic: list[str]) -> Event:
    """An event of a topic."""
    names = [*rng.choices(language.names[500:], k=4), rng.choice(language.names[:100])]
    figures = [str(rng.choice((rng.randrange(11, 99), rng.randrange(100, 9999), rng.random() * 99))) for _ in range(3)]
    words = rng.sample(topic, 8) + rng.choices(language.words[500:], k=10)
    return Event(number, code, names, [each[: 4 if "." in each else 9] for each in figures], words)


def report(event: Event, language: Language, moment: datetime, told: int, seed: int) -> dict[str, Any]:
    """The article of one of the papers that tell an event; 0 is the first of them."""
    paper = Random(f"{seed}-{event.number}-{told}")
    rng = Random(f"{seed}-{event.number}-0") if told and paper.random() < COPIED else paper
    names = [event.names[0], *rng.sample(event.names[1:], rng.randint(1, 4))]
    figures, words = rng.sample(event.figures, rng.randint(1, 3)), rng.sample(event.words, 11)
    lines = []
    for at in range(rng.randint(3, 7)):
        said = [*rng.choices(names, k=2), *rng.sample(words, 4), *(figures if at == 0 else rng.choices(figures, k=1))]
        said += rng.choices(language.words, cum_weights=language.word_sums, k=rng.randint(6, 12))
        rng.shuffle(said)
        lines.append(joined(rng, language, said) + language.end)
    headline = [*names[:2], *words[:3], *rng.choices(language.words, cum_weights=language.word_sums, k=3)]
    return {
        "url": f"https://paper{paper.randrange(200)}.example/{event.code}/event-{event.number}/{told}",
        "title": joined(rng, language, headline),
        "published": moment.isoformat(timespec="seconds"),
        "language": event.code,
        "authors": [],
        "text": "\n".join(lines),
    }


def cyrillic(language: Language) -> Language:
    """The same words in other letters."""
    words, names = ([word.translate(CYRILLIC) for word in each] for each in (language.words, language.names))
    return language._replace(words=words, names=names)


def title(rng: Random, language: Language, told: list[str], planted: list[str]) -> str:
    """A headline with one of the names that an article tells of."""
    words = rng.choices(language.words, cum_weights=language.word_sums, k=6)
    return joined(rng, language, [told[0], *planted, *words])


def text(rng: Random, language: Language, told: list[str], planted: list[str]) -> str:
    """Paragraphs, one a line, in which the names come again and again, and each planted word once to three times."""
    size = min(max(rng.gauss(SIZE, SPREAD), SIZE / 4), SIZE * 2)
    count = int(size / language.bytes_each)
    words = rng.choices(language.words, cum_weights=language.word_sums, k=count)
    for word in [*told * (count // 60), *(each for each in planted for _ in range(rng.randint(1, 3)))]:
        words[rng.randrange(count)] = word
    found, start = "", 0
    while start < count:
        end = start + rng.randint(language.sentence // 2, language.sentence * 3 // 2)
        found += joined(rng, language, words[start:end]) + language.end + ("\n" if rng.random() < 0.3 else language.gap)
        start = end
    return found.strip()


def joined(rng: Random, language: Language, words: list[str]) -> str:
    """Words as they stand in a sentence."""
    if language.gap:
        found = language.gap.join(words)
        return found[0].upper() + found[1:]
    return "".join(map(str.__add__, words, rng.choices(language.particles, k=len(words))))


def main() -> None:
    """Write them to standard output."""
    parser = argparse.ArgumentParser(description="Writes invented articles as JSON lines.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--events", action="store_true", help="articles that tell of events")
    options = parser.parse_args()
    for article in (reports if options.events else articles)(options.articles, options.seed):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
