"""What belongs to an article, in order: what its page names, then what those name, then what shares its terms."""

from datetime import UTC, datetime

import pytest

from newsreader.keeping import Place, keep
from newsreader.library import Library
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind
from newsreader.store.connection import open_store
from newsreader.store.lists import Filter

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
SITE = "https://lantern.example"


def article(number, *links, text="Nothing in particular was said."):
    return Article(
        url=f"{SITE}/{number}",
        title=f"Headline of number {number}",
        blocks=(Block(BlockKind.PARAGRAPH, text),),
        links=tuple(Link(f"{SITE}/{target}", f"Headline of number {target}", kind) for target, kind in links),
    )


@pytest.fixture
def library(tmp_path):
    with open_store(tmp_path / "news.sqlite3") as db:
        yield Library(db)


def urls(matches):
    return [match.entry.url.removeprefix(f"{SITE}/") for match in matches]


def test_linked_stories_stand_first_each_once_and_the_nearer_ones_before_the_farther(library):
    keep(library.db, article(2, (4, LinkKind.RELATED)), NOW, Place())
    first = keep(
        library.db, article(1, (3, LinkKind.INLINE), (2, LinkKind.RELATED), (2, LinkKind.INLINE)), NOW, Place()
    )

    linked = [match for match in library.related(first, depth=2) if match.kind != "story"]

    assert urls(linked) == ["2", "3", "4"]
    assert [match.kind for match in linked] == ["related", "inline", "related"]
    assert [match.score for match in linked] == [1.0, 1.0, 0.5]


def test_the_limit_cuts_what_is_farthest(library):
    keep(library.db, article(2, (4, LinkKind.RELATED)), NOW, Place())
    first = keep(library.db, article(1, (2, LinkKind.RELATED)), NOW, Place())

    assert urls(library.related(first, depth=2, limit=1)) == ["2"]


def test_an_article_is_not_related_to_itself(library):
    first = keep(library.db, article(1, (2, LinkKind.RELATED)), NOW, Place())
    keep(library.db, article(2, (1, LinkKind.RELATED)), NOW, Place())

    assert urls(library.related(first, depth=3)) == ["2"]


def test_a_list_tells_where_to_go_on_and_when_it_ends(library):
    ids = [keep(library.db, article(number), NOW, Place()) for number in (1, 2, 3)]

    page = library.list(Filter(limit=2, order="id"))
    rest = library.list(Filter(limit=2, order="id", after=page.next))

    assert [entry.id for entry in (*page.entries, *rest.entries)] == ids
    assert (page.next, rest.next) == (ids[1], None)


def test_a_library_of_a_missing_store_is_empty_and_makes_none(tmp_path):
    library = Library.open(tmp_path / "none.sqlite3")

    assert library.list(Filter()).entries == []
    assert list(tmp_path.iterdir()) == []
