"""Which articles come to stand in one story, whatever comes in, in whatever order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

import apsw
import pytest

from newsreader.grouping import place_articles
from newsreader.keeping import Place, keep
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.store.connection import open_store, rows
from newsreader.store.stories import find_story

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)


class Told(NamedTuple):
    """A report: its headline and text; the event is known by the first letters of `name`."""

    name: str
    title: str
    text: str
    published: datetime | None = NOW
    language: str = "en"

    @property
    def url(self) -> str:
        return f"https://{self.name.lower()}.example/{self.name}"


NEWS = [
    Told(
        "Ferry-1",
        "Ferry Tern sinks off Norholm",
        "The ferry Tern sank off Norholm in a storm. Captain Ada Quay and 41 others were rescued by the coast guard.",
    ),
    Told(
        "Ferry-2",
        "Forty-one rescued as the Tern goes down",
        "All 41 people aboard the Tern were saved near Norholm, Captain Ada Quay told the coast guard after the storm.",
    ),
    Told(
        "Ferry-3",
        "Captain Ada Quay: how the Tern sank",
        "Ada Quay told a court in Norholm how the ferry Tern filled with water. 41 owe their lives to the coast guard.",
    ),
    Told(
        "Water-1",
        "Overhill raises water prices",
        "The council of Overhill will raise water prices by 12% in May, mayor Ben Stone said. The pipes are old.",
    ),
    Told(
        "Water-2",
        "Protest against dearer water in Overhill",
        "Hundreds protested in Overhill against the 12% rise of water prices. Mayor Ben Stone defended the council.",
    ),
    Told(
        "Quake-1",
        "Quake of 7.6 shakes Brackwater",
        "An earthquake of magnitude 7.6 shook Brackwater. The Institute of Lindmoor measured 23 aftershocks.",
    ),
    Told(
        "Quake-2",
        "Brackwater counts the damage after earthquake",
        "Brackwater counts the damage after the magnitude 7.6 earthquake. Lindmoor reports 23 aftershocks so far.",
    ),
    Told(
        "Chip-1",
        "Kranich sells its K20 chip again",
        "Kranich will resume sales of its K20 chip, said Joan Fenwick, its head. Shares of Kranich rose by 8.4%.",
    ),
    Told(
        "Chip-2",
        "Shares jump as Kranich returns with the K20",
        "Shares of Kranich rose 8.4% after Joan Fenwick announced that sales of the K20 chip resume.",
    ),
    Told(
        "Musik-1",
        "白浜音楽祭2026が閉幕、来場者5万人",
        "白浜音楽祭2026が14日に閉幕した。実行委員会によると来場者は5万人で、歌手の青井みどりさんが最後の舞台に立った。",
        language="ja",
    ),
    Told(
        "Musik-2",
        "青井みどりさんの舞台で白浜音楽祭2026閉幕",
        "歌手の青井みどりさんが白浜音楽祭2026の最後を飾った。来場者は5万人と実行委員会は発表した。",
        language="ja",
    ),
    Told(
        "Robin-1", "Robin found in a letter box", "A robin raised four chicks in the letter box of a retired postman."
    ),
    Told(
        "Nisse-1",
        "市役所の窓口、木曜は午後7時まで",
        "市は木曜の窓口を午後7時まで開ける。仕事帰りの手続きに応える。",
        language="ja",
    ),
]
EVENTS = {
    frozenset(told.name for told in NEWS if told.name.startswith(name))
    for name in {told.name.split("-")[0] for told in NEWS}
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[apsw.Connection]:
    with open_store(tmp_path / "news.sqlite3") as db:
        yield db


def tell(db: apsw.Connection, *news: Told) -> list[int]:
    """Keep reports, and place them; their ids."""
    ids = []
    for told in news:
        blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in told.text.splitlines())
        article = Article(
            url=told.url, title=told.title, published=told.published, language=told.language, blocks=blocks
        )
        ids.append(keep(db, article, NOW, Place()))
    for _ in place_articles(db):
        pass
    return ids


def stories(db: apsw.Connection) -> set[frozenset[str]]:
    """The names of the reports in each story."""
    found = defaultdict(set)
    for story, url in rows(db, "SELECT coalesce(story, id), url FROM article WHERE arrival IS NOT NULL"):
        found[story].add(url.rsplit("/", 1)[1])
    return {frozenset(names) for names in found.values()}


def without(found: set[frozenset[str]], *names: str) -> set[frozenset[str]]:
    return {each.difference(names) for each in found} - {frozenset()}


def story_of(db: apsw.Connection, article: int) -> int:
    return int(rows(db, "SELECT coalesce(story, id) FROM article WHERE id = ?", (article,))[0][0])


def test_events_come_together_and_nothing_else(db: apsw.Connection) -> None:
    tell(db, *NEWS)

    assert stories(db) == EVENTS


@pytest.mark.parametrize("seed", range(5))
def test_a_batch_gives_the_same_stories_in_any_order(tmp_path: Path, seed: int) -> None:
    news = list(NEWS)
    Random(seed).shuffle(news)
    with open_store(tmp_path / "news.sqlite3") as db:
        tell(db, *news)

        assert stories(db) == EVENTS


def test_one_by_one_events_come_together_as_well(db: apsw.Connection) -> None:
    for told in NEWS:
        tell(db, told)

    assert stories(db) == EVENTS


def test_a_story_keeps_its_id_when_it_grows(db: apsw.Connection) -> None:
    first, second = tell(db, *NEWS[:2])
    assert story_of(db, first) == story_of(db, second) == first

    (third,) = tell(db, NEWS[2])

    assert story_of(db, third) == first
    assert find_story(db, str(third)) == first
    assert rows(db, "SELECT size FROM story WHERE id = ?", (first,)) == [(3,)]


@pytest.mark.parametrize("title", ["", "Ferry", "津波", "…", "!!!", "12", "Norholm"])
def test_what_says_nothing_stands_alone(db: apsw.Connection, title: str) -> None:
    tell(db, *NEWS, *(Told(f"Empty-{number}", title, "") for number in range(3)))

    assert without(stories(db), "Empty-0", "Empty-1", "Empty-2") == EVENTS


def test_hundreds_of_copies_of_a_press_release_are_one_story(db: apsw.Connection) -> None:
    release = "\n".join(f"Sentence {word} of the release praises the new pier of Quayside." for word in "abcdefgh")
    copies = [Told(f"Pier-{number}", "Quayside opens its pier", release) for number in range(300)]

    tell(db, *NEWS[:5], *copies[:150])
    tell(db, *NEWS[5:], *copies[150:])

    names = {told.name for told in copies}
    assert names in stories(db)
    assert without(stories(db), *names) == EVENTS


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("separator", ["\n", "; "])
def test_an_article_that_lists_the_headlines_of_the_day_glues_nothing_together(
    db: apsw.Connection, separator: str, first: bool
) -> None:
    digest = Told("Digest", "The day in brief", separator.join(told.title for told in NEWS))
    digest_of_all = Told("Digest-2", "What happened today", separator.join(told.text for told in NEWS))
    batches = [[digest, digest_of_all], NEWS] if first else [NEWS, [digest, digest_of_all]]

    for batch in batches:
        tell(db, *batch)

    assert without(stories(db), "Digest", "Digest-2") == EVENTS


def test_what_comes_after_such_a_list_is_not_glued_by_it_either(db: apsw.Connection) -> None:
    digest = Told("Digest", "The day in brief", "\n".join(told.title for told in NEWS))
    later = [*NEWS[2:3], *NEWS[4::2]]

    tell(db, *(told for told in NEWS if told not in later), digest)
    for told in later:
        tell(db, told)

    assert without(stories(db), "Digest") == EVENTS
    assert frozenset({"Digest"}) in stories(db)


def test_a_live_blog_is_one_article_however_long_it_is(db: apsw.Connection) -> None:
    posts = [
        f"{hour}:{minute:02} Reporter: {NEWS[minute % 3].text} More later."
        for hour in range(24)
        for minute in range(60)
    ]
    others = [told.text for told in NEWS[3:]] * 50
    blog = Told("Ferry-live", "Live: the ferry Tern sinks off Norholm", "\n".join([*posts, *others]))

    tell(db, *NEWS, blog)

    assert without(stories(db), "Ferry-live") == EVENTS
    assert frozenset({"Ferry-1", "Ferry-2", "Ferry-3", "Ferry-live"}) in stories(db)


def test_articles_without_a_date_or_from_the_future_are_placed(db: apsw.Connection) -> None:
    undated = [told._replace(published=None) for told in NEWS[1:2]]
    future = [told._replace(published=datetime(2099, 1, 1, tzinfo=UTC)) for told in NEWS[4:5]]

    tell(db, *(told for at, told in enumerate(NEWS) if at not in (1, 4)), *undated, *future)

    assert without(stories(db), "Water-1", "Water-2") == without(EVENTS, "Water-1", "Water-2")
    assert rows(db, "SELECT count(*) FROM unplaced") == [(0,)]


def test_two_stories_that_turn_out_to_be_one_are_merged_and_the_old_id_leads_there(db: apsw.Connection) -> None:
    pilot = "Pilot Cora Finch flew the airship Osprey from Eastmere."
    mayor = "Wreckage was found on the farm of Hugo Marsh near Tolland."
    first, _ = tell(
        db, Told("Air-1", "Airship Osprey leaves Eastmere", pilot), Told("Air-2", "Cora Finch flies the Osprey", pilot)
    )
    later, _ = tell(
        db, Told("Farm-1", "Wreckage on farm near Tolland", mayor), Told("Farm-2", "Hugo Marsh finds wreckage", mayor)
    )
    assert (story_of(db, first), story_of(db, later)) == (first, later)

    both = f"{pilot} {mayor}"
    tell(
        db,
        *(
            Told(f"Both-{number}", f"Osprey of Cora Finch fell on farm of Hugo Marsh, {at}", f"{both} So said {at}.")
            for number, at in enumerate(("Eastmere", "Tolland", "Osprey"))
        ),
    )

    assert story_of(db, later) == story_of(db, first) == first
    assert find_story(db, str(later)) == first
    assert rows(db, "SELECT size FROM story") == [(7,)]
