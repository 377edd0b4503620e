"""A store with a dozen invented headlines, for commands that need no network."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store
from newsreader.store.sources import add_source

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
