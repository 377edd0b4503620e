"""A store of its own for each test, and builders of invented news."""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import save_article
from newsreader.store.connection import open_store
from newsreader.store.mending import rebuild_index
from newsreader.store.sources import add_source
from newsreader.store.terms import save_terms

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def _load_kills() -> Any:
    """The module beside this file: folders of tests are no packages, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location("newsreader_test_kills", Path(__file__).with_name("kills.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Path], list[str]]:
    """`faults_of(path)`: what is wrong with a store, in words; nothing, as a rule."""
    found: Callable[[Path], list[str]] = _load_kills().faults_of
    return found


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "news.sqlite3"


@pytest.fixture
def db(path: Path) -> Iterator[apsw.Connection]:
    db = open_store(path)
    yield db
    db.close()


@pytest.fixture
def source(db: apsw.Connection) -> Source:
    """The Harbour Post, a feed."""
    return add_source(db, Source(0, "Harbour Post", "https://post.example/feed", tags=("coast",), added=NOW))


@contextmanager
def _undone(db: apsw.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


@pytest.fixture(scope="session")
def undone() -> Callable[[apsw.Connection], AbstractContextManager[None]]:
    """A block whose writes are taken back at its end: one example of many in the same store."""
    return _undone


def _headline(number: int, **changes: Any) -> Headline:
    at = NOW - timedelta(days=1) + timedelta(minutes=number)
    made = Headline(f"https://post.example/{number}", f"Headline {number}", published=at, feed_id=f"id-{number}")
    return made._replace(**changes)


@pytest.fixture
def headline() -> Callable[..., Headline]:
    """`headline(7, title="…")`: an invented headline; 1 is the oldest, a minute lies between two."""
    return _headline


@pytest.fixture
def article() -> Callable[..., Article]:
    """`article(7, "A paragraph.", …, state=…)`: the whole text of headline 7."""

    def article(number: int, *paragraphs: str, **changes: Any) -> Article:
        told = _headline(number)
        blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs or (f"Text {number}.",))
        values = {"url": told.url, "title": told.title, "published": told.published, "blocks": blocks, **changes}
        return Article(**values)

    return article


@pytest.fixture
def link() -> Callable[..., Link]:
    """`link(7, LinkKind.MORE)`: a link to the article of headline 7."""

    def link(number: int, kind: LinkKind = LinkKind.RELATED) -> Link:
        return Link(f"https://post.example/{number}", f"Headline {number}", kind, "Read also")

    return link


@pytest.fixture
def announce(db: apsw.Connection, source: Source) -> Callable[..., list[int]]:
    """`announce(*headlines)`: the Harbour Post announces them; their ids."""

    def announce(*headlines: Headline) -> list[int]:
        return save_headlines(db, source.id, headlines, NOW).ids

    return announce


@pytest.fixture
def keep(db: apsw.Connection) -> Callable[..., int]:
    """`keep(article, id=…)`: an article is stored; its id."""

    def keep(told: Article, **options: Any) -> int:
        return save_article(db, told, None, NOW, **options).id

    return keep


@pytest.fixture
def tell(db: apsw.Connection) -> Callable[..., int]:
    """`tell(3, 5, title="…")`: these articles tell one story; its id, which is the lowest of theirs."""

    def tell(*ids: int, title: str = "Ferry in the ice") -> int:
        db.execute("INSERT INTO story (id, title) VALUES (?, ?)", (min(ids), title))
        db.executemany("UPDATE article SET story = ? WHERE id = ?", [(min(ids), article_id) for article_id in ids])
        return min(ids)

    return tell


@pytest.fixture(scope="session")
def _used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("used") / "news.sqlite3"
    db = open_store(path)
    for name in ("post", "gazette"):
        add_source(db, Source(0, name, f"https://{name}.example/feed", tags=("coast",), added=NOW))
    for number in range(1, 81):
        english = f"The ferry crossed the strait {number} times before the ice came. " * (1 + number % 9 * 12)
        japanese = f"港の氷は{number}日目に溶け、フェリーは再び海峡を渡った。" * (1 + number % 7 * 9)
        text = japanese if number % 2 else english
        told = _headline(number, summary=text[:80], tags=("ice",), title=f"{text[:30]} {number}")
        save_headlines(db, 1 + number % 2, [told], NOW)
        if number % 10 == 9:
            continue  # a headline alone
        links = (Link(f"https://post.example/{number - 1}", "Before", LinkKind.RELATED, "Read also"),)
        blocks = tuple(
            Block(BlockKind.PARAGRAPH, part) for part in (text, f"Second paragraph {number}.", "Third one here.")
        )
        saved = Article(url=told.url, title=told.title, published=told.published, blocks=blocks, links=links)
        save_article(db, saved, None, NOW)
        save_terms(db, number, {f"word{number}": 1.0, "ferry": 0.5})
    edited = Article(
        url=_headline(4).url, title="Edited", blocks=(Block(BlockKind.PARAGRAPH, "The text is another now."),)
    )
    save_article(db, edited, None, NOW)
    db.execute("""UPDATE article SET read_at = moment + 60 WHERE id % 3 = 0;
    UPDATE article SET starred_at = moment + 70 WHERE id % 8 = 0;
    INSERT INTO article_tag VALUES (5, 'mine', 9);
    INSERT INTO change (at, by, mark, value, undo) VALUES (1772600000, 'you', 'tag', 'mine', 'yes');
    INSERT INTO changed (change, article) VALUES (1, 5);
    DELETE FROM feed_text WHERE article % 2""")
    rebuild_index(db)
    db.close()
    return path


@pytest.fixture
def filled(_used: Path, path: Path) -> Path:
    """A store that was used for a while: two sources, eighty articles in two languages, marks, tags, edits, links."""
    path.parent.mkdir(parents=True)
    shutil.copyfile(_used, path)
    return path
