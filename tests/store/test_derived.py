"""The index and the prints of texts: in step with the articles, whatever is done to these."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader import keeping
from newsreader.fingerprints import prints_of
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import Headline, Source, State
from newsreader.searchwords import words_of
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import save_article
from newsreader.store.connection import open_store, rows, transaction
from newsreader.store.derived import derived
from newsreader.store.headlines import record_failure
from newsreader.store.merging import merge
from newsreader.store.sources import add_source

Make = Callable[..., Any]

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SOURCES = """SELECT a.id, a.title, a.authors, a.subtitle, a.summary, b.text FROM article a
LEFT JOIN body b ON b.article = a.id
WHERE a.arrival IS NOT NULL AND a.id NOT IN (SELECT article FROM feed_text)"""


@pytest.fixture(scope="module")
def shared_db() -> Iterator[apsw.Connection]:
    """One store with two sources for many examples, each undone."""
    with TemporaryDirectory() as folder:
        db = open_store(Path(folder, "news.sqlite3"))
        add_source(db, Source(0, "Harbour Post", "https://post.example/feed", added=NOW))
        add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed", added=NOW))
        prepare(db)
        yield db
        db.close()


def prepare(db: apsw.Connection) -> None:
    """Make room for an index that is built anew, and ways to look into both."""
    db.execute("CREATE VIRTUAL TABLE temp.rebuilt USING fts5(words, content='', detail='none', tokenize='ascii')")
    db.execute("CREATE VIRTUAL TABLE temp.is_there USING fts5vocab(main, search, instance)")
    db.execute("CREATE VIRTUAL TABLE temp.should_be USING fts5vocab(temp, rebuilt, instance)")


def in_step(db: apsw.Connection) -> bool:
    """Whether index and prints are those that the rows tell."""
    db.execute("INSERT INTO temp.rebuilt (rebuilt) VALUES ('delete-all')")
    prints = set()
    for article_id, *told, text in rows(db, SOURCES):
        db.execute("INSERT INTO temp.rebuilt (rowid, words) VALUES (?, ?)", (article_id, words_of(*told, text)))
        prints |= {(each, article_id) for each in prints_of(text or "")}
    words = "SELECT term, doc FROM temp.{} ORDER BY term, doc"
    assert rows(db, words.format("is_there")) == rows(db, words.format("should_be"))
    counts = "SELECT sz FROM search_docsize ORDER BY id", "SELECT sz FROM temp.rebuilt_docsize ORDER BY id"
    assert rows(db, counts[0]) == rows(db, counts[1])
    assert set(rows(db, "SELECT print, article FROM fingerprint")) == prints
    return True


numbers = st.integers(1, 4)
sentences = [
    "The ferry sailed again after nine days.",
    "Nobody had seen the whale.",
    "The mayor thanked the pilots.",
    "Ice, ice.",
    "港の氷が九日ぶりに割れた。",
    "市長は船乗りたちに礼を述べた。",
]
texts = st.lists(st.sampled_from(sentences), max_size=5).map(" ".join)
titles = st.sampled_from(["Ice", "Ice breaks", "氷が割れる", ""])
people = st.sampled_from([(), ("Ann Example",), ("山田花子",)])


def address(number: int) -> str:
    return f"https://post.example/{number}"


headlines = st.lists(
    st.builds(
        Headline, numbers.map(address), titles, texts, authors=people, html=texts,
        feed_id=st.none() | numbers.map(str),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
pages = st.builds(
    Article, url=numbers.map(address), title=titles, subtitle=texts, authors=people, summary=texts,
    blocks=texts.map(lambda text: (Block(BlockKind.PARAGRAPH, text),) if text else ()),
    state=st.sampled_from([State.FULL, *State]), links=st.just(()),
)  # fmt: skip
steps = st.lists(
    st.one_of(
        st.tuples(st.just("announce"), st.integers(1, 2), headlines),
        st.tuples(st.just("keep"), st.none() | numbers, pages),
        st.tuples(st.just("save"), st.booleans(), pages),
        st.tuples(st.just("digest")),
        st.tuples(st.just("merge"), numbers, numbers),
        st.tuples(st.just("delete"), numbers),
        st.tuples(st.just("fail"), numbers),
    ),
    max_size=12,
)


def take(db: apsw.Connection, step: tuple[Any, ...], now: datetime) -> None:
    """Do one step; one about articles that are not there is left out."""
    there = {article_id for (article_id,) in rows(db, "SELECT id FROM article")}
    match step:
        case ("announce", source, told):
            save_headlines(db, source, told, now)
        case ("keep", known, page) if known is None or known in there:
            keeping.keep(db, page, now, keeping.Place(known=known))
        case ("save", listed, page):
            save_article(db, page, None, now, listed=listed)
        case ("digest",):
            keeping.make_announced(db, now)
        case ("merge", one, other) if one != other and {one, other} <= there:
            merge(db, one, other)
        case ("delete", gone) if gone in there:
            with derived(db, gone):
                db.execute("DELETE FROM article WHERE id = ?", (gone,))
        case ("fail", article_id) if article_id in there:
            record_failure(db, article_id, State.BLOCKED, "no", now)


@given(steps=steps, at_once=st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_index_is_what_a_rebuild_would_make(
    shared_db: apsw.Connection, undone: Make, steps: list[tuple[Any, ...]], at_once: bool
) -> None:
    with undone(shared_db):
        save_headlines(shared_db, 1, [Headline(address(number), f"Headline {number}") for number in (1, 2, 3)], NOW)
        keeping.make_announced(shared_db, NOW)
        if at_once:
            with derived(shared_db):
                for place, step in enumerate(steps):
                    take(shared_db, step, NOW + timedelta(hours=place))
        for place, step in enumerate([] if at_once else steps):
            take(shared_db, step, NOW + timedelta(hours=place))

        assert in_step(shared_db)


def test_a_block_that_raises_leaves_the_index_as_it_was(db: apsw.Connection, keep: Make, article: Make) -> None:
    prepare(db)

    def fail() -> None:
        with transaction(db), derived(db):
            keep(article(1, "Ice on the river."))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    keep(article(2, "Ice on the lake."))

    assert in_step(db)
    assert rows(db, "SELECT rowid FROM search('ice')") == [(1,)]
