"""Stores with invented news, for commands that need no network: a dozen headlines; stories of several papers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import save_article
from newsreader.store.connection import open_store
from newsreader.store.sources import add_source, all_sources

_TITLES = (
    "The ferry Marigold stays in harbour",
    "Chowder for sixty-three who waited",
    "Harbour lights go out for a night",
    "A clock that stays fast",
    "凪浦小の児童、クジラへ手紙四十七通",
    "灯台の霧笛、百年ぶりに鳴る",
    "Amber the whale surfaces off Saltney",
    "Library book returned sixty-one years late",
    "Three lights drill on Thursday",
    "Bakers build a lighthouse of dough",
    "The mayor's harbour plan is printed again",
    "Ferry prices rise in winter",
)


@pytest.fixture
def stocked(newsreader: Any) -> Any:
    """The program with twelve headlines of the Saltney Post, a minute apart: the newest, and first told, is 1."""
    at = datetime(2026, 9, 14, 11, 0, tzinfo=UTC)
    db = open_store(newsreader.store)
    source = add_source(db, Source(0, "Saltney Post", "https://post.example/feed", tags=("coast",), added=at))
    told = [
        Headline(f"https://post.example/{number}", title, published=at - timedelta(minutes=number))
        for number, title in enumerate(_TITLES, 1)
    ]
    save_headlines(db, source.id, told, at)
    db.close()
    return newsreader


@pytest.fixture
def ids(stocked: Any) -> Callable[..., list[int]]:
    """`ids("--unread")`: the ids that a list has, the smallest first."""

    def ids(*args: str) -> list[int]:
        listed = stocked("list", "-n", "0", "--json", *args)
        assert listed.status == 0, listed.err
        return sorted(article["id"] for article in json.loads(listed.out)["articles"])

    return ids


@pytest.fixture
def write_config(newsreader: Any) -> Callable[[str], None]:
    """`write_config("[rules.x]…")`: the configuration is this."""

    def write_config(text: str) -> None:
        newsreader.config.mkdir(parents=True, exist_ok=True)
        (newsreader.config / "config.toml").write_text(text, "utf-8")

    return write_config


class Told(NamedTuple):
    """An article of the invented papers: its id will be its place in the list, from 1."""

    paper: str
    title: str
    hours: float  # before noon of the day of the tests
    text: str


_FERRY = "The ferry Marigold waited three hours in the harbour of Saltney.\nA grey whale lay across the channel."
_TOLD = (
    Told("Saltney Post", "Grey whale holds the ferry Marigold in harbour", 30, _FERRY),
    Told("Hill Gazette", "Ferry held by whale", 29, _FERRY),
    Told("凪浦新聞", "瀬戸に新しい灯台 来春点灯へ", 26, "凪浦港の沖に新しい灯台が建つ。\n来春に点灯する。"),
    Told(
        "Saltney Post", "Bakers build a lighthouse of dough", 20, "The bakers of Saltney built a lighthouse of dough."
    ),
    Told("三島灯報", "新灯台、来春に点灯", 4, "灯台の高さは40メートル。"),
    Told(
        "Hill Gazette",
        "Marigold passengers get their money back",
        3,
        "The ferry Marigold waited three hours in the harbour of Saltney.\nAll sixty-three passengers get a refund.\n"
        "Free chowder was served on deck.\nThe mayor of Saltney thanked the crew.\nAt noon the whale swam away.\n"
        "Tickets for October cost nothing.",
    ),
    Told("三島灯報", "クジラへの手紙", 2, "凪浦小の児童がクジラに手紙を書いた。"),
)
_STORIES = {1: (1, 2, 6), 3: (3, 5)}


@pytest.fixture
def tell(newsreader: Any) -> Callable[..., int]:
    """`tell(Told(…), story=1)`: an article comes to the store, and to a story; its id."""

    def tell(told: Told, story: int | None = None) -> int:
        at = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
        url = f"https://{quote(told.paper, safe='').lower().replace('%', '')}.example/{quote(told.title)}"
        published = at - timedelta(hours=told.hours)
        db = open_store(newsreader.store)
        papers = {source.name: source.id for source in all_sources(db)}
        paper = papers.get(told.paper) or add_source(db, Source(0, told.paper, f"{url}/feed", added=at)).id
        (found,) = save_headlines(db, paper, [Headline(url, told.title, published=published)], at).ids
        text = tuple(Block(BlockKind.PARAGRAPH, part) for part in told.text.splitlines())
        save_article(db, Article(url=url, title=told.title, published=published, blocks=text), paper, at)
        db.execute(
            "INSERT INTO story (id, title) SELECT ?, ? WHERE ? IS NOT NULL ON CONFLICT DO NOTHING",
            (story, told.title, story),
        )
        db.execute("UPDATE article SET story = ? WHERE id = ?", (story, found))
        db.close()
        return found

    return tell


@pytest.fixture
def storied(newsreader: Any, tell: Callable[..., int]) -> Any:
    """The program with seven articles of four papers: 1, 2 and 6 tell one story, 3 and 5 another, 4 and 7 stand alone.

    2 has the text of 1; 6 repeats a sentence of it and adds five.
    """
    homes = {article: story for story, articles in _STORIES.items() for article in articles}
    for number, told in enumerate(_TOLD, 1):
        assert tell(told, homes.get(number)) == number
    return newsreader


@pytest.fixture
def told() -> type[Told]:
    """What `tell` takes."""
    return Told
