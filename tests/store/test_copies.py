"""Texts that are known again: one article under two addresses, one report in two papers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import apsw
import pytest

from newsreader.fingerprints import Likeness, likeness
from newsreader.keeping import Place, keep
from newsreader.library import Library
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.changes import Change
from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import load_article, load_revisions
from newsreader.store.connection import rows
from newsreader.store.copies import copies_of
from newsreader.store.entries import load_entry
from newsreader.store.identity import find_article
from newsreader.store.marks import mark
from newsreader.store.sources import add_source
from newsreader.transfer import import_objects

Tell = Callable[..., int]

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

THEN = NOW - timedelta(days=20)

ENGLISH = [
    "The Marigold, the only ferry to the islands of Harbourtown, sailed again on Tuesday after nine days in port.",
    "Ice had closed the channel since the last week of February, the harbour master Ann Example said.",
    "Two tugs broke a lane of forty metres before dawn.",
    "About 300 people had waited on the larger island, most of them in the school.",
    "Bread had been flown in twice.",
    "The first crossing carried the post, a vet and eleven sheep.",
    "The mayor asked for a second ferry and did not get an answer.",
    "More frost is expected at the end of the week.",
]
JAPANESE = [
    "港町と島々を結ぶ唯一のフェリー「マリーゴールド」が火曜日、九日ぶりに運航を再開した。",
    "港長の山田花子さんによると、航路は二月の最終週から氷に閉ざされていた。",
    "二隻の曳船が夜明け前に幅四十メートルの水路を開いた。",
    "大きい方の島ではおよそ三百人が、その多くは学校で足止めされていた。",
    "パンは二度、空路で運ばれた。",
    "最初の便は郵便と獣医一人、羊十一頭を乗せた。",
    "町長は二隻目のフェリーを求めたが、返答は得られなかった。",
    "週末には再び冷え込む見込みだという。",
]
LANGUAGES = pytest.mark.parametrize("story", [ENGLISH, JAPANESE], ids=["English", "Japanese"])


@pytest.fixture
def tell(db: apsw.Connection) -> Tell:
    """`tell("https://post.example/1", sentences, title=…)`: a page is read and kept; the id of its article."""

    def tell(url: str, sentences: list[str], **changes: Any) -> int:
        blocks = tuple(Block(BlockKind.PARAGRAPH, sentence) for sentence in sentences)
        values = {"title": "Ferry sails again", "published": THEN, **changes}
        return keep(db, Article(url=url, blocks=blocks, **values), NOW, Place(), seen=[url])

    return tell


def copy_of(db: apsw.Connection, article_id: int) -> int | None:
    found: int | None = rows(db, "SELECT copy_of FROM article WHERE id = ?", (article_id,))[0][0]
    return found


@LANGUAGES
@pytest.mark.parametrize(
    "edit",
    [
        lambda story: story,
        lambda story: story[:5],  # cut
        lambda story: [*story[4:], *story[:4]],  # reordered
        lambda story: [story[0].replace("nine", "ten").replace("九", "十"), *story[1:]],  # one number changed
        lambda story: [*story, "The paper's own reporter adds a sentence. 本紙記者の一文を加える。"],
        lambda story: [" ".join(story[:4]), " ".join(story[4:])],  # other paragraphs
    ],
)
def test_a_report_in_another_paper_is_a_copy_of_the_first(
    db: apsw.Connection, tell: Tell, story: Any, edit: Any
) -> None:
    first = tell("https://post.example/ferry", story)
    later = tell("https://gazette.example/7", edit(story), title="Islands reached", published=THEN + timedelta(hours=3))

    assert (copy_of(db, first), copy_of(db, later)) == (None, first)
    assert [other for other, _ in copies_of(db, first)] == [later]
    assert [other for other, _ in copies_of(db, later)] == [first]


@LANGUAGES
def test_another_report_of_the_same_event_is_no_copy(db: apsw.Connection, tell: Tell, story: Any) -> None:
    tell("https://post.example/ferry", story)
    other = tell("https://gazette.example/7", [*story[:2], *(f"{line[::-1]}." for line in story[2:])])

    assert copy_of(db, other) is None


def test_chains_of_copies_lead_to_the_first(db: apsw.Connection, tell: Tell) -> None:
    second = tell("https://b.example/1", ENGLISH, published=THEN + timedelta(hours=2))
    third = tell("https://c.example/1", ENGLISH[:6], published=THEN + timedelta(hours=3))
    first = tell("https://a.example/1", ENGLISH, published=THEN)

    assert [copy_of(db, each) for each in (first, second, third)] == [None, first, first]
    assert {other for other, _ in copies_of(db, third)} == {first, second}


def test_a_text_that_very_many_papers_have_is_still_recognised(db: apsw.Connection, tell: Tell) -> None:
    first, *others = [tell(f"https://paper{number}.example/1", JAPANESE) for number in range(130)]

    assert {copy_of(db, each) for each in others} == {first}

    earlier = tell("https://earlier.example/1", JAPANESE, published=THEN - timedelta(days=1))
    assert {copy_of(db, each) for each in (first, *others)} == {earlier}
    assert copy_of(db, earlier) is None


def test_related_names_the_same_text_first(db: apsw.Connection, tell: Tell, source: Source) -> None:
    save_headlines(db, source.id, [Headline("https://post.example/ferry", "Ferry sails again", published=THEN)], NOW)
    first = tell("https://post.example/ferry", ENGLISH)
    later = tell("https://gazette.example/7", ENGLISH, title="Islands reached")

    to_later, to_first = Library(db).related(first)[0], Library(db).related(later)[0]

    assert (to_later.entry.id, to_later.kind, to_later.reasons) == (
        later,
        "story",
        ("same wire text, 100%",),
    )
    assert (to_first.entry.id, to_first.reasons) == (first, ("same wire text, 100%",))
    assert to_first.score >= 0.95


@LANGUAGES
def test_the_same_text_under_a_new_address_is_the_same_article(db: apsw.Connection, tell: Tell, story: Any) -> None:
    old = tell("https://post.example/ferry", story)
    mark(db, [old], Change("read"), "you", NOW)

    new = tell("https://post.example/2026/ferry-again", story, published=THEN + timedelta(hours=3))

    assert new == old == find_article(db, "https://post.example/2026/ferry-again")
    assert load_entry(db, new).read
    assert rows(db, "SELECT count(*) FROM article") == [(1,)]


def test_a_corrected_reissue_keeps_the_text_before(db: apsw.Connection, tell: Tell) -> None:
    old = tell("https://post.example/ferry", ENGLISH)

    tell("https://post.example/ferry-corrected", [*ENGLISH[:7], "More frost is expected on Sunday."])

    assert [revision.text for revision in load_revisions(db, old)] == ["\n".join(ENGLISH)]
    assert load_article(db, old).blocks[-1].text == "More frost is expected on Sunday."


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Ferry stays in port"},  # a text that stands under every headline
        {"published": THEN + timedelta(days=7)},  # the same page every week
    ],
)
def test_what_only_looks_the_same_stays_two_articles(db: apsw.Connection, tell: Tell, changes: Any) -> None:
    one = tell("https://post.example/1", ENGLISH)
    other = tell("https://post.example/2", ENGLISH, **changes)

    assert one != other
    assert copy_of(db, other) is None


def test_a_weather_page_of_each_day_is_an_article_of_its_own(tell: Tell) -> None:
    def told(day: int) -> list[str]:
        return [
            f"On the islands {day + 3} degrees are expected at noon.",
            f"Wind from the north, force {day}, is expected.",
            f"High water at {day} hours {day * 7} minutes.",
            "The forecast is made by the harbour office.",
        ]

    ids = [
        tell(f"https://post.example/weather/{day}", told(day), title="Weather", published=THEN + timedelta(days=day))
        for day in range(1, 6)
    ]

    assert len(set(ids)) == 5


def test_one_page_for_many_announced_articles_makes_them_not_one(
    db: apsw.Connection, tell: Tell, source: Source
) -> None:
    told = [Headline(f"https://post.example/{number}", f"Headline {number}") for number in (1, 2)]
    ids = save_headlines(db, source.id, told, NOW).ids

    assert [tell(headline.url, ENGLISH, title="Sign in") for headline in told] == ids


def test_a_paper_that_moves_to_another_site_brings_no_article_twice(
    db: apsw.Connection, tell: Tell, source: Source
) -> None:
    save_headlines(db, source.id, [Headline("https://old.example/ferry", "Ferry sails again", published=THEN)], NOW)
    old = tell("https://old.example/ferry", ENGLISH)
    save_headlines(db, source.id, [Headline("https://post.example/f/1", "Ferry sails again", published=THEN)], NOW)

    assert tell("https://post.example/f/1", ENGLISH) == old


def test_a_list_of_many_papers_keeps_them_apart(db: apsw.Connection, tell: Tell) -> None:
    every = add_source(db, Source(0, "All papers", "https://aggregator.example/feed", added=NOW))
    told = [Headline(f"https://{paper}.example/ferry", "Ferry sails again", published=THEN) for paper in ("a", "b")]
    save_headlines(db, every.id, told, NOW)

    first, later = (tell(headline.url, ENGLISH) for headline in told)

    assert copy_of(db, later) == first != later


def test_sentences_that_all_articles_share_make_no_copies_and_are_not_compared(
    db: apsw.Connection, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = [
        "All rights of this text are reserved.",
        "Sign up for our letter of the morning.",
        "Follow us everywhere.",
    ]
    words = Random(4)
    for number in range(200):
        own = [f"{words.random()} {words.random()} is a sentence of its own." for _ in range(2)]
        tell(f"https://paper-{number}.example/{number}", [*own, *common], title=f"Headline {number}")
    compared = []

    def counted(one: frozenset[str], other: frozenset[str]) -> Likeness:
        compared.append(other)
        return likeness(one, other)

    monkeypatch.setattr("newsreader.store.copies.likeness", counted)

    last = tell("https://last.example/1", [*(f"{words.random()} is a sentence of its own." for _ in range(2)), *common])

    assert copy_of(db, last) is None
    assert len(compared) < 10


def test_a_text_that_is_no_copy_any_more_is_not_marked_as_one(db: apsw.Connection, tell: Tell) -> None:
    tell("https://post.example/ferry", ENGLISH)
    later = tell("https://gazette.example/7", ENGLISH)

    tell("https://gazette.example/7", [f"{line[::-1]}." for line in ENGLISH])

    assert copy_of(db, later) is None


def test_an_imported_text_that_is_known_under_another_address_is_the_same_article(
    db: apsw.Connection, tell: Tell
) -> None:
    old = tell("https://post.example/ferry", ENGLISH)
    earlier = {"revision": 1, "seen": "2026-02-01T00:00:00Z", "title": "Ferry stays in port", "text": "Ice."}
    record = {"url": "https://post.example/2026/ferry-again", "title": "Ferry sails again", "read": True,
              "published": THEN.isoformat(), "text": "\n".join(ENGLISH), "revisions": [earlier]}  # fmt: skip

    import_objects(db, BytesIO(json.dumps(record).encode()), b"", NOW, lambda *_: None)

    assert find_article(db, "https://post.example/2026/ferry-again") == old
    assert rows(db, "SELECT count(*) FROM article") == [(1,)]
    assert [revision.title for revision in load_revisions(db, old)] == ["Ferry stays in port"]
