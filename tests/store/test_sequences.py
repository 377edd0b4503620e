"""Whatever is done, in whatever order: the store is whole, ids are used once, and stars and what is followed stay."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

from newsreader.grouping import place_articles, rebuild
from newsreader.keeping import Place, keep, make_announced
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.changes import YOU, parse_change
from newsreader.model.keep import Keep
from newsreader.model.news import Headline, Source, State
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import rows
from newsreader.store.following import follow as follow_story
from newsreader.store.following import unfollow
from newsreader.store.headlines import record_failure
from newsreader.store.identity import follow
from newsreader.store.journal import undo
from newsreader.store.marks import mark
from newsreader.store.placing import join, stored_nodes
from newsreader.store.retention import drop
from newsreader.store.sources import add_source, remove_source
from newsreader.transfer import import_objects

STEPS = 60
STORY = "coalesce(story, id)"
WORDS = ("the", "harbour", "ferry", "left", "at nine", "港長は", "港を閉じた", "半導体", "台湾", "nobody", "goats")
ADDRESSES = (
    "https://post.example/{}",
    "http://www.post.example/{}/?utm_source=feed",
    "https://m.post.example/{}#top",
    "https://post.example/amp/{}",
)


class World:
    """A store to which things are done at random."""

    def __init__(self, db: apsw.Connection, seed: int, now: datetime) -> None:
        self.db = db
        self.rng = Random(seed)
        self.now = now
        self.starred: set[int] = set()
        self.followed: set[int] = set()
        for number in range(3):
            add_source(db, Source(0, f"Paper {number}", f"https://paper{number}.example/feed"))

    def announce(self) -> None:
        """A source announces some articles, new ones and old ones, changed and under other addresses."""
        told = [
            Headline(self.url(), self.title(), summary=self.text(), published=self.time(), feed_id=self.feed_id())
            for _ in range(self.rng.randint(1, 6))
        ]
        if self.rng.random() < 0.5:
            told = [each._replace(html=f"<p>{self.text()}</p><p>{self.text()}</p>") for each in told]
        save_headlines(self.db, self.source(), told, self.now)

    def read(self) -> None:
        """A page is read, which may call itself another article that is known; it links to others."""
        links = tuple(
            Link(self.url(), self.title(), self.rng.choice((LinkKind.RELATED, LinkKind.INLINE, LinkKind.MORE)))
            for _ in range(self.rng.randint(0, 3))
        )
        blocks = tuple(Block(BlockKind.PARAGRAPH, self.text()) for _ in range(self.rng.randint(1, 4)))
        state = self.rng.choice((State.FULL, State.FULL, State.PARTIAL, State.FEED_ONLY, State.GONE, State.HEADLINE))
        known = self.some() if self.rng.random() < 0.7 else None
        url, title = self.url(), self.title()
        if known and self.rng.random() < 0.7:
            url, title = self.rng.choice(rows(self.db, "SELECT url, title FROM article"))
        article = Article(
            url=url, title=title, published=self.time(), authors=("A. B.",), state=state, blocks=blocks, links=links
        )
        keep(self.db, article, self.now, Place(None, known=known), seen=self.url() if self.rng.random() < 0.3 else "")

    def make_texts(self) -> None:
        """Articles are made of what feeds carry."""
        make_announced(self.db, self.now)

    def fail(self) -> None:
        """A page cannot be had."""
        if known := self.some():
            record_failure(self.db, known, self.rng.choice((State.FAILED, State.GONE)), "no answer", self.now)

    def mark(self) -> None:
        """A person marks an article."""
        known = self.some()
        verb = self.rng.choice(
            ("star", "star", "read", "unread", "star", "later", "not-later", "hide", "unhide", "tag:coast")
        )
        if known and mark(self.db, [known], parse_change(verb), YOU, self.now, undo=verb != "star"):
            self.starred |= {known} if verb == "star" else set()

    def place(self) -> None:
        """Articles find their stories; now and then, two that have nothing in common are one, or all are told anew."""
        list(place_articles(self.db))
        known = [story for (story,) in rows(self.db, f"SELECT DISTINCT {STORY} FROM article WHERE arrival IS NOT NULL")]
        nodes = stored_nodes(self.db, self.rng.sample(known, min(len(known), 2)))
        if nodes and self.rng.random() < 0.6:
            join(self.db, nodes)
        elif self.rng.random() < 0.2:
            rebuild(self.db)
            self.followed = {story for (story,) in rows(self.db, "SELECT id FROM story WHERE followed_at IS NOT NULL")}

    def follow(self) -> None:
        """A person follows the story of an article, or follows one no longer."""
        if self.followed and self.rng.random() < 0.3:
            gone = self.story(self.rng.choice(sorted(self.followed)))
            unfollow(self.db, gone)
            self.followed = {story for story in self.followed if self.story(story) != gone}
        elif known := rows(self.db, f"SELECT {STORY} FROM article WHERE arrival IS NOT NULL"):
            (story,) = self.rng.choice(known)
            follow_story(self.db, story, self.now)
            self.followed.add(story)

    def undo(self) -> None:
        """The last change is taken back; never a star, as `mark` asks for that."""
        undo(self.db)

    def drop(self) -> None:
        """Some articles are dropped; those that are starred stay."""
        ids = [
            number
            for (number,) in rows(self.db, "SELECT id FROM article WHERE arrival IS NOT NULL AND starred_at IS NULL")
        ]
        drop(self.db, self.rng.sample(ids, min(len(ids), 3)), Keep(unread=False), self.now)

    def remove_source(self) -> None:
        """A source goes, and comes back as another."""
        gone = self.source()
        remove_source(self.db, gone)
        add_source(self.db, Source(0, f"Paper after {gone}", f"https://paper-after-{gone}.example/feed"))

    def import_some(self) -> None:
        """Articles of another store come in."""
        objects = [
            {"url": self.url(), "title": self.title(), "published": self.time().isoformat(), "text": self.text(),
             "read": self.rng.random() < 0.5, "starred": False}
            for _ in range(self.rng.randint(1, 4))
        ]  # fmt: skip
        lines = "\n".join(map(json.dumps, objects)).encode()
        import_objects(self.db, io.BytesIO(lines), b"", self.now, lambda *_: None)

    def wait(self) -> None:
        """Time passes, or the clock is put back."""
        self.now += timedelta(minutes=self.rng.randint(-200, 400))

    def url(self) -> str:
        return self.rng.choice(ADDRESSES).format(self.rng.randint(1, 20))

    def feed_id(self) -> str | None:
        return self.rng.choice((None, f"id-{self.rng.randint(1, 9)}"))

    def title(self) -> str:
        return f"Headline {self.rng.randint(1, 4)}"

    def text(self) -> str:
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(3, 30))) + "."

    def time(self) -> datetime:
        return self.now + timedelta(minutes=self.rng.randint(-3000, 100))

    def source(self) -> int:
        return int(self.rng.choice(rows(self.db, "SELECT id FROM source"))[0])

    def story(self, story: int) -> int:
        """The story that an id means now."""
        sql = "SELECT id FROM story WHERE id = ?1 UNION ALL SELECT story FROM story_moved WHERE id = ?1"
        return int((rows(self.db, sql, (story,)) or [(story,)])[0][0])

    def some(self) -> int | None:
        """An article that is there, or an id that leads to one."""
        known = rows(self.db, "SELECT id FROM article UNION SELECT id FROM moved")
        return int(self.rng.choice(known)[0]) if known else None


DEEDS: dict[str, tuple[Callable[[World], None], int]] = {
    "announce": (World.announce, 5),
    "read": (World.read, 6),
    "make texts": (World.make_texts, 2),
    "fail": (World.fail, 1),
    "mark": (World.mark, 5),
    "place": (World.place, 4),
    "follow": (World.follow, 2),
    "undo": (World.undo, 1),
    "drop": (World.drop, 2),
    "remove a source": (World.remove_source, 1),
    "import": (World.import_some, 2),
    "wait": (World.wait, 1),
}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_the_store_is_whole(
    db: apsw.Connection, path: Path, now: datetime, faults_of: Any, seed: int
) -> None:
    world = World(db, seed, now)
    deeds = world.rng.choices(list(DEEDS), weights=[weight for _, weight in DEEDS.values()], k=STEPS)
    seen: set[int] = set()
    for step, name in enumerate(deeds):
        before = {number for (number,) in rows(db, "SELECT id FROM article")}
        DEEDS[name][0](world)
        new = {number for (number,) in rows(db, "SELECT id FROM article")} - before

        assert faults_of(path) == [], f"after {name}, step {step}"
        assert not new & seen, f"{name} used an id twice, step {step}"
        assert min(new, default=max(seen, default=0) + 1) > max(seen, default=0), (
            f"{name}: ids do not grow, step {step}"
        )
        seen |= new | before
        there = {number for (number,) in rows(db, "SELECT id FROM article WHERE starred_at IS NOT NULL")}
        assert {follow(db, number) for number in world.starred} == there, f"{name} lost a star, step {step}"
        followed = {number for (number,) in rows(db, "SELECT id FROM story WHERE followed_at IS NOT NULL")}
        assert {world.story(number) for number in world.followed} <= followed, f"{name} lost a story, step {step}"
