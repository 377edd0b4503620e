"""Every way of choosing articles comes to the same end, whatever is asked: lists, counts, search, rules, the texts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import NotFoundError, QueryError
from newsreader.library import Library
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import Headline, Source
from newsreader.query import parse
from newsreader.store import storylists
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import save_article
from newsreader.store.connection import open_store
from newsreader.store.lists import Filter, select_ids
from newsreader.store.sources import add_source
from newsreader.store.storylists import StoryFilter

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
TEXTS = (
    ("The ferry is late", "Ada Quay", "The ferry was late, and Grey Whale Street was closed.", "en"),
    ("港の一日", "山田 太郎", "連絡船が港を出た。ＡＩの船だ。", "ja"),
    ("เรือออกจากท่า", "", "เรือข้ามฟากออกจากท่าแล้ว", "th"),
    ("Café by the port", "", "A grey whale, 12.4 metres.", "en-GB"),
    ("배가 항구를 떠났다", "", "항구의 배는 늦었다.", "ko"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Five articles with their texts, a headline of a feed that is not read yet; one is hidden, one is starred."""
    path: Path = tmp_path_factory.mktemp("store") / "news.sqlite3"
    db = open_store(path)
    for number, (title, author, text, language) in enumerate(TEXTS):
        told = Article(
            url=f"https://post.example/{number}",
            title=title,
            authors=(author,) if author else (),
            published=NOW - timedelta(days=number),
            language=language,
            blocks=(Block(BlockKind.PARAGRAPH, text),),
        )
        save_article(db, told, None, NOW)
    source = add_source(db, Source(0, "Harbour Post", "https://post.example/feed", tags=("coast",), added=NOW))
    save_headlines(
        db, source.id, [Headline("https://post.example/9", "Ferry prices", html="<p>A whale.</p>", summary="Ice")], NOW
    )
    db.execute("UPDATE article SET hidden_by = 'you' WHERE id = 2")
    db.execute("UPDATE article SET starred_at = 1 WHERE id IN (1, 3)")
    db.execute("INSERT INTO story (id, title, followed_at, visited) VALUES (1, 'The port', 1, 2), (2, '港', NULL, 0)")
    db.execute("UPDATE article SET story = 1 WHERE id IN (1, 4); UPDATE article SET story = 2 WHERE id IN (2, 3)")
    yield Library(db)
    db.close()


WORDS = (
    "ferry port cafe whal* ai 港 連絡船 連* เรือ 항구 배는 12.4 é title:ferry author:ada title:港 ice prices ' % _ 👩‍🚒"
)
FIELDS = (
    "is:unread is:starred is:hidden is:copy is:followed is:new state:full lang:en lang:JA tag:coast source:1 story:1 "
    "story:3 since:2d since:last"
)
ATOMS = (*WORDS.split(), *FIELDS.split(), '"grey whale"', "until:yesterday", "OR", "OR", "AND", "NOT", "-", "(", ")")


@given(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=7).map(" ".join) | st.text(max_size=8))
def test_every_way_chooses_the_same(library: Library, text: str) -> None:
    try:
        where = parse(text, NOW, {})
        listed = sorted(entry.id for entry in library.list(Filter(where, 0)).entries)
    except (QueryError, NotFoundError):
        return

    everything = select_ids(library.db, parse("is:hidden OR -is:hidden", NOW, {}))
    assert len(everything) == 6
    assert library.count(where) == len(listed)
    assert sorted(hit.entry.id for hit in library.search(where, limit=0)) == listed
    assert select_ids(library.db, where) == listed
    assert select_ids(library.db, where, everything) == listed
    stories = {{4: 1, 3: 2}.get(article, article) for article in listed}
    assert {story.id for story in library.leading(Filter(where, 0)).stories} == stories
    for few in (0, 100):
        with patch.object(storylists, "_FEW", few):
            assert {story.id for story in library.stories(StoryFilter(where, 1, 0))} == stories
            assert {story.id for story in library.stories(StoryFilter(where, 2, 0))} == stories & {1}
