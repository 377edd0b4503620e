"""What belongs to an article, each once with all its reasons: links, the same text, the same story, what is alike."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from newsreader.keeping import Place, keep
from newsreader.library import Library
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import Headline, Match, Source
from newsreader.relations import related
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store
from newsreader.store.identity import find_article
from newsreader.store.sources import add_source

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)

SINKING = [
    "The ferry Tern sank off Norholm on Friday.",
    "Captain Ada Quay and 41 others were rescued by the coast guard.",
]
RESCUE = ["All 41 people aboard the Tern were saved near Norholm.", "Captain Ada Quay thanked the crew of the tug."]
ELSEWHERE = ["The council raised the price of water.", "Residents are not amused, a councillor admitted."]
RELEASE = [
    f"Sentence {word} of the press release tells of the new pier." for word in ("one", "two", "three", "four", "five")
]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[apsw.Connection]:
    with open_store(tmp_path / "news.sqlite3") as db:
        add_source(db, Source(0, "Harbour Post", "https://post.example/feed", added=NOW))
        yield db


Tell = Callable[..., int]


@pytest.fixture
def tell(db: apsw.Connection) -> Tell:
    """`tell("post.example/1", lines, links)`: an article is announced and read; its id."""

    def tell(address: str, lines: list[str], *links: tuple[str, LinkKind], title: str = "") -> int:
        url = f"https://{address}"
        save_headlines(db, 1, [Headline(url, title or lines[0], published=NOW)], NOW)
        blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
        made = tuple(Link(f"https://{target}", "A linked headline", kind) for target, kind in links)
        return keep(
            db, Article(url=url, title=title or lines[0], published=NOW, blocks=blocks, links=made), NOW, Place(1)
        )

    return tell


def in_one_story(db: apsw.Connection, *ids: int) -> None:
    db.execute("INSERT INTO story (id, title) VALUES (?, 'The ferry Tern')", (min(ids),))
    for each in ids:
        db.execute("UPDATE article SET story = ? WHERE id = ?", (min(ids), each))


def told(matches: Sequence[Match]) -> dict[int, tuple[str, ...]]:
    return {match.entry.id: match.reasons for match in matches}


def test_an_article_is_listed_once_with_all_its_reasons(db: apsw.Connection, tell: Tell) -> None:
    other = tell("gazette.example/1", RESCUE)
    links = ("gazette.example/1", LinkKind.INLINE), ("gazette.example/1", LinkKind.RELATED)
    first = tell("post.example/1", SINKING, *links)
    in_one_story(db, first, other)

    (match,) = related(db, first)

    assert (match.entry.id, match.kind, match.score) == (other, "related", 1.0)
    assert match.reasons[:3] == ("named as related by the page", "linked in the text", "same story")
    assert match.reasons[3].startswith("same names: Captain Ada Quay")


def test_a_member_of_the_story_is_listed_even_if_it_shares_no_terms_any_more(db: apsw.Connection, tell: Tell) -> None:
    first, drifted = tell("post.example/1", SINKING), tell("gazette.example/1", ELSEWHERE)
    assert related(db, first) == []

    in_one_story(db, first, drifted)

    assert told(related(db, first)) == {drifted: ("same story",)}
    assert related(db, first)[0].score == 0.5


def test_what_tells_the_same_story_stands_before_what_is_only_like_it(db: apsw.Connection, tell: Tell) -> None:
    first, drifted = tell("post.example/1", SINKING), tell("gazette.example/1", ELSEWHERE)
    like = tell(
        "courier.example/1", SINKING[1:], title="Captain Ada Quay of the ferry Tern rescued off Norholm on Friday"
    )
    in_one_story(db, first, drifted)

    found = related(db, first)

    assert [match.entry.id for match in found] == [drifted, like]
    assert found[0].score > found[1].score > 0.4
    assert "same story" not in found[1].reasons


def test_a_copy_tells_how_much_of_its_text_is_the_same(db: apsw.Connection, tell: Tell) -> None:
    first = tell("post.example/1", RELEASE)
    whole = tell("gazette.example/1", RELEASE, title="A pier")
    cut = tell("courier.example/1", [*RELEASE[:4], "The mayor of Overhill, Ben Stone, was not there."], title="Pier")

    assert told(related(db, first)) == {whole: ("same wire text, 100%",), cut: ("same wire text, 83%",)}


def test_what_is_hidden_tells_no_story(db: apsw.Connection, tell: Tell) -> None:
    first, member, copy = (
        tell("post.example/1", RELEASE),
        tell("b.example/1", ELSEWHERE),
        tell("c.example/1", RELEASE, title="A pier"),
    )
    in_one_story(db, first, member)

    db.execute("UPDATE article SET hidden_by = 'rule x' WHERE id IN (?, ?)", (member, copy))

    assert related(db, first) == []


def test_headlines_that_are_not_read_yet_are_listed_with_their_ids(db: apsw.Connection, tell: Tell) -> None:
    first = tell("post.example/1", SINKING, ("post.example/2", LinkKind.RELATED))

    assert told(related(db, first)) == {find_article(db, "https://post.example/2"): ("named as related by the page",)}


def test_deeper_links_say_through_which_page_they_lead(db: apsw.Connection, tell: Tell) -> None:
    second = tell(
        "post.example/2", ELSEWHERE, ("post.example/3", LinkKind.INLINE), ("post.example/1", LinkKind.RELATED)
    )
    first = tell("post.example/1", SINKING, ("post.example/2", LinkKind.RELATED))
    third = find_article(db, "https://post.example/3")

    assert told(Library(db).related(first, depth=5)) == {
        second: ("named as related by the page",),
        third: (f"linked in the text of {second}",),
    }
