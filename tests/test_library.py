"""What is read of the store: what belongs to an article, lists, stories, their timelines, and what is new."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsreader import timelines
from newsreader.errors import NotFoundError
from newsreader.keeping import Place, keep
from newsreader.library import Library
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import State
from newsreader.model.query import EVERYTHING, SinceLast
from newsreader.store.connection import open_store
from newsreader.store.following import follow
from newsreader.store.lists import Filter
from newsreader.store.storylists import StoryFilter
from newsreader.store.visits import record_visit

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


FERRY = "The ferry lies fast in the ice off Port Oller.\nPilot Ada Quay counted 63 passengers on board."
REPEATED = f"{FERRY}\nA tug called Beagle left Saltney at noon to free it."
JAPANESE = "三島の港でフェリー「マリゴールド」が氷に閉ざされた。\n乗客六十三人は無事だった。"


def told(library, number, text="", **changes):
    """An article of a paper of its own, an hour after the one before; its id."""
    values: dict[str, Any] = {
        "url": f"https://paper{number}.example/news",
        "title": f"Headline of number {number}",
        "published": NOW + timedelta(hours=number),
        "language": "en",
        "blocks": tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n") if line),
        "state": State.FULL if text else State.HEADLINE,
    }
    return keep(library.db, Article(**values | changes), NOW + timedelta(hours=number), Place())


def make_story(library, *ids):
    """Let articles tell one story."""
    library.db.execute("INSERT INTO story (id, title) VALUES (?, 'Ferry in the ice')", (min(ids),))
    library.db.executemany("UPDATE article SET story = ? WHERE id = ?", [(min(ids), each) for each in ids])
    return min(ids)


@pytest.fixture
def ferry(library):
    """A story of four: a report, one with more in it, a headline alone, and a copy of the first."""
    ids = [told(library, 1, FERRY), told(library, 2, REPEATED), told(library, 3), told(library, 4, FERRY)]
    library.db.execute("UPDATE article SET copy_of = 1 WHERE id = 4")
    return make_story(library, *ids)


def test_a_timeline_tells_what_each_report_added(library, ferry):
    story, reports = library.timeline(ferry)

    assert [report.entry.id for report in reports] == list(story.articles) == [1, 2, 3, 4]
    assert [report.added for report in reports] == [
        tuple(FERRY.split("\n")),
        ("A tug called Beagle left Saltney at noon to free it.",),
        (),
        (),
    ]


def test_the_first_report_is_the_first_in_time_however_late_it_came(library, ferry):
    early = told(library, 5, "Ice closes the strait, the harbour master warns.", published=NOW - timedelta(hours=3))
    library.db.execute("UPDATE article SET story = ? WHERE id = ?", (ferry, early))

    reports = library.timeline(ferry).reports

    assert (reports[0].entry.id, reports[0].added) == (early, ("Ice closes the strait, the harbour master warns.",))


def test_edits_and_news_are_marked_in_a_timeline(library, ferry):
    follow(library.db, ferry, NOW)
    new = told(library, 6, "The tug has freed the ferry Marigold, and nobody is hurt.")
    library.db.execute("UPDATE article SET story = ? WHERE id = ?", (ferry, new))
    library.db.execute("UPDATE article SET revision = 2 WHERE id = 2")

    reports = library.timeline(ferry).reports

    assert [report.entry.id for report in reports if report.is_changed] == [2]
    assert [report.entry.id for report in reports if report.is_new] == [new]


def test_of_very_many_texts_the_newest_are_compared_and_copies_are_none_of_them(library, monkeypatch):
    monkeypatch.setattr(timelines, "_MOST_TEXTS", 2)
    texts = ("The pilots waited for the ice to go.", "A tug left at noon.", "Nobody was hurt, says the captain.", FERRY)
    ids = [told(library, number, text) for number, text in enumerate((*texts, FERRY), 1)]
    library.db.execute("UPDATE article SET copy_of = 4 WHERE id = 5")
    make_story(library, *ids)

    assert [bool(report.added) for report in library.timeline(1).reports] == [False, False, True, True, False]


def test_a_story_of_hidden_articles_has_no_timeline(library, ferry):
    library.db.execute("UPDATE article SET hidden_by = 'you'")

    with pytest.raises(NotFoundError, match="nothing to show of story 1"):
        library.timeline(ferry)


def test_the_catch_up_tells_each_story_once_with_its_lead_and_what_is_new(library, ferry):
    record_visit(library.db, [1])
    alone = told(library, 7, "The bakers of Port Oller ask for flour.\nThe council meets on Friday.")

    story, single = library.brief(SinceLast())

    assert (story.story.id, story.new, story.told_by.id) == (ferry, 3, 1)
    assert story.lead == "The ferry lies fast in the ice off Port Oller."
    assert story.added == ("A tug called Beagle left Saltney at noon to free it.",)
    assert (single.story.articles, single.new, single.added) == ((alone,), 1, ())
    assert single.lead == "The bakers of Port Oller ask for flour."
    assert library.brief(SinceLast(), limit=1) == [story]


def test_what_is_new_of_a_new_story_is_what_others_add_to_its_lead(library, ferry):
    (summary,) = library.brief(EVERYTHING)

    assert (summary.story.id, summary.new) == (ferry, 4)
    assert summary.added == ("A tug called Beagle left Saltney at noon to free it.",)


@pytest.mark.parametrize(
    ("changes", "best"),
    [
        ([{}, {}, {}], 1),
        ([{"text": ""}, {}, {}], 2),
        ([{"state": State.PARTIAL}, {}, {}], 2),
        ([{"text": JAPANESE, "language": "ja"}, {}, {}], 2),
        ([{"text": ""}, {"text": ""}, {"state": State.PARTIAL}], 3),
    ],
    ids=["the first", "with a text", "the whole", "in the language of most", "any text at all"],
)
def test_the_lead_is_of_the_article_that_tells_it_best(library, changes, best):
    texts = (FERRY, REPEATED, "The ferry Marigold is free, says its captain.")
    make_story(library, *(told(library, n, **{"text": texts[n - 1]} | each) for n, each in enumerate(changes, 1)))

    (summary,) = library.brief(EVERYTHING)

    assert summary.told_by.id == best
    assert summary.lead


def test_a_story_without_any_text_has_no_lead(library):
    make_story(library, told(library, 1), told(library, 2))

    (summary,) = library.brief(EVERYTHING)

    assert (summary.lead, summary.told_by.id, summary.added) == ("", 1, ())


def test_a_story_is_found_by_any_of_its_articles(library, ferry):
    alone = told(library, 7)

    assert library.find_story("3") == library.find_story("https://paper2.example/news") == ferry
    assert library.find_story(str(alone)) == alone
    with pytest.raises(NotFoundError):
        library.find_story("99")


def test_a_list_by_stories_tells_where_to_go_on(library, ferry):
    alone = told(library, 7)

    page = library.leading(Filter(limit=1))
    rest = library.leading(Filter(limit=1, after=page.next))

    assert ([entry.id for entry in page.entries], page.next) == ([alone], alone)
    assert ([entry.id for entry in rest.entries], rest.stories[0].id, rest.next) == ([4], ferry, None)
    assert [story.id for story in library.stories(StoryFilter(min_size=1))] == [alone, ferry]
