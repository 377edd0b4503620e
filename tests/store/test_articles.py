"""Whole articles: what is written comes back, marks stay, edits are kept, failures take nothing away."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader.dates import Day
from newsreader.errors import NotFoundError
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.changes import Change
from newsreader.model.news import Source, State
from newsreader.model.query import And, Has, Is
from newsreader.store.announcing import save_headlines
from newsreader.store.articles import load_article, load_links, load_revisions, save_article
from newsreader.store.connection import open_store, rows
from newsreader.store.entries import load_entry
from newsreader.store.headlines import record_failure, wanted
from newsreader.store.identity import find_article
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark

Make = Callable[..., Any]

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared_db() -> Iterator[apsw.Connection]:
    """One store for many examples, each undone."""
    with TemporaryDirectory() as folder:
        db = open_store(Path(folder, "news.sqlite3"))
        yield db
        db.close()


words = st.text("ab cd港氷é—\"'", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
lines = st.text("ab港\n  ", min_size=1, max_size=20).filter(str.strip)
numbers = st.integers(1, 40)
addresses = numbers.map(lambda number: f"https://post.example/{number}")
images = st.builds(Image, addresses, words, words, st.just(""), st.none() | numbers, st.none() | numbers)
spans = st.lists(st.builds(Span, st.just(0), st.just(1), st.sampled_from(["bold", "link"]), st.none()), max_size=2)
items = st.lists(st.builds(Block, st.just(BlockKind.PARAGRAPH), words, st.integers(1, 3)), min_size=1, max_size=3)
tables = st.lists(st.lists(words, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)
blocks = st.one_of(
    st.builds(Block, st.just(BlockKind.PARAGRAPH), words, spans=spans.map(tuple)),
    st.builds(Block, st.just(BlockKind.HEADING), words, st.integers(1, 6)),
    st.builds(Block, st.sampled_from([BlockKind.QUOTE, BlockKind.CODE]), lines),
    st.builds(Block, st.just(BlockKind.LIST), items=items.map(tuple), ordered=st.booleans()),
    st.builds(Block, st.just(BlockKind.TABLE), rows=tables, header=st.booleans()),
    st.builds(Block, st.just(BlockKind.FIGURE), image=images),
    st.builds(Block, st.just(BlockKind.EMBED), words, url=addresses),
    st.just(Block(BlockKind.RULE)),
)
links = st.builds(
    Link,
    st.integers(50, 60).map(lambda n: f"https://post.example/{n}?tab={n}"),
    words,
    st.sampled_from(list(LinkKind)),
    words,
)
times = st.none() | st.builds(
    lambda seconds, hours: datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))),
    st.integers(0, 2**31), st.integers(-11, 13),
)  # fmt: skip
days = st.builds(lambda number: Day(2026, 1, number, tzinfo=UTC), st.integers(1, 31))
articles = st.builds(
    Article,
    url=addresses,
    title=words,
    subtitle=st.just("") | words,
    authors=st.lists(words, max_size=2).map(tuple),
    published=times | days,
    updated=times,
    language=st.sampled_from([None, "en", "ja", "zh-TW"]),
    site_name=st.none() | words,
    section=st.none() | words,
    tags=st.lists(words, max_size=3, unique_by=str.lower).map(tuple),
    summary=st.just("") | words,
    lead_image=st.none() | images,
    blocks=st.lists(blocks, max_size=6).map(tuple),
    links=st.lists(links, max_size=5).map(tuple),
    state=st.sampled_from([State.FULL, State.PARTIAL, State.PAYWALLED, State.FEED_ONLY]),
    reason=st.just("") | words,
    next_page=st.none() | addresses,
)


@given(told=articles)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_article_comes_back_as_it_was_saved(shared_db: apsw.Connection, undone: Make, told: Article) -> None:
    with undone(shared_db):
        stored = save_article(shared_db, told, None, NOW)

        assert load_article(shared_db, stored.id) == told


@given(first=articles, second=articles)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_text_before_is_kept_only_if_headline_or_text_changed(
    shared_db: apsw.Connection, undone: Make, first: Article, second: Article
) -> None:
    with undone(shared_db):
        before = save_article(shared_db, first, None, NOW)
        after = save_article(shared_db, second, None, NOW, id=before.id)

        kept = [revision.text for revision in load_revisions(shared_db, before.id)]
        edited = first.text.split() != second.text.split() or first.title.split() != second.title.split()
        is_reading = first.state is second.state and first.text
        assert kept == ([first.text] if is_reading and edited else [])
        assert after.revision == before.revision + len(kept)


def test_no_text_is_stored_twice(db: apsw.Connection, keep: Make, article: Make) -> None:
    long = "The ferry sailed again after nine days. " * 40
    keep(article(1, long.strip(), long.upper().strip()))

    assert rows(db, "SELECT length(blocks) < 100, text FROM body") == [(1, f"{long.strip()}\n{long.upper().strip()}")]


def test_a_page_fills_in_its_headline(
    db: apsw.Connection, source: Source, announce: Make, keep: Make, headline: Make, article: Make
) -> None:
    announce(headline(1, published=None))

    keep(article(1, "Nine days of ice.", section="Weather", language="en", tags=("Ice",), summary="In brief."), id=1)

    entry = load_entry(db, 1)
    assert (entry.state, entry.section, entry.language, entry.tags) == (State.FULL, "Weather", "en", ("Ice",))
    assert (entry.published, entry.fetched, entry.word_count) == (headline(1).published, NOW, 4)
    assert wanted(db, source.id, 10) == []


def test_marks_outlive_a_refetch(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(1, "First."))
    for kind in ("read", "starred", "later"):
        mark(db, [1], Change(kind), "you", NOW)

    keep(article(1, "Second."))

    entry = load_entry(db, 1)
    assert (entry.read, entry.starred, entry.later) == (True, True, True)


def test_an_edit_keeps_the_text_before(db: apsw.Connection, article: Make) -> None:
    first = save_article(db, article(1, "Two boats."), None, NOW)
    second = save_article(db, article(1, "Three boats.", title="Edited"), None, NOW + timedelta(hours=1))

    assert [(stored.revision, stored.changed) for stored in (first, second)] == [(1, True), (2, True)]
    assert load_article(db, 1).text == "Three boats."
    assert load_revisions(db, 1) == [(1, NOW, "Headline 1", "Two boats.")]


def test_white_space_and_pictures_are_no_edit(db: apsw.Connection, article: Make) -> None:
    save_article(db, article(1, "Two boats."), None, NOW)

    again = save_article(db, article(1, "Two  boats.", lead_image=Image("https://post.example/1.jpg")), None, NOW)

    assert (again.revision, again.changed) == (1, False)
    assert load_revisions(db, 1) == []
    assert load_entry(db, 1).image == "https://post.example/1.jpg"


def test_the_whole_page_after_the_text_of_the_feed_is_no_edit(
    db: apsw.Connection, source: Source, announce: Make, headline: Make, article: Make
) -> None:
    announce(headline(1))
    fed = save_article(db, article(1, "The beginning.", state=State.FEED_ONLY), source.id, NOW, id=1)
    assert [found for found, _ in wanted(db, source.id, 10)] == [1]
    assert load_entry(db, 1).fetched is None

    whole = save_article(db, article(1, "The beginning.", "The end."), source.id, NOW, id=1)

    assert (fed.changed, whole.changed, whole.revision) == (True, True, 1)
    assert load_revisions(db, 1) == []
    assert wanted(db, source.id, 10) == []


@pytest.mark.parametrize("stored", [State.FULL, State.PARTIAL, State.FEED_ONLY, State.PAYWALLED])
@pytest.mark.parametrize("state", [State.CONSENT, State.BLOCKED, State.GONE, State.FAILED])
def test_a_page_that_is_no_article_never_replaces_text(
    db: apsw.Connection, keep: Make, article: Make, stored: State, state: State
) -> None:
    keep(article(1, "Nine days of ice.", state=stored))
    before = load_article(db, 1)

    again = save_article(db, article(1, "We value your privacy.", title="Consent", state=state), None, NOW)

    after = load_article(db, 1)
    assert (again.id, again.changed) == (1, False)
    assert (after.title, after.text, after.state) == (before.title, before.text, stored)


def test_a_refetch_that_failed_leaves_text_and_state(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(1, "Nine days of ice."))
    before = load_entry(db, 1), load_article(db, 1)

    record_failure(db, 1, State.GONE, "the server says that it is gone", NOW)

    assert (load_entry(db, 1), load_article(db, 1)) == before
    assert rows(db, "SELECT failure, failures FROM article") == [("the server says that it is gone", 1)]


def test_less_text_does_not_replace_more(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(1, "All of it.", state=State.FULL))

    keep(article(1, "A teaser.", state=State.PAYWALLED))

    assert load_article(db, 1).text == "All of it."


def test_consent_text_is_not_stored_even_when_nothing_is(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(1, "We value your privacy.", state=State.CONSENT, reason="a consent page"))

    found = load_article(db, 1)
    assert (found.blocks, found.state, found.reason) == ((), State.CONSENT, "a consent page")


def test_an_article_that_is_only_a_headline_has_no_blocks(db: apsw.Connection, announce: Make, headline: Make) -> None:
    announce(headline(1, authors=("Ada Quay", "Ben Pier"), summary="In brief."))

    found = load_article(db, 1)

    assert (found.blocks, found.links, found.text) == ((), (), "")
    assert (found.title, found.authors, found.summary, found.state) == (
        "Headline 1", ("Ada Quay", "Ben Pier"), "In brief.", State.HEADLINE
    )  # fmt: skip


def test_a_day_does_not_replace_the_hour_that_is_known(
    db: apsw.Connection, announce: Make, keep: Make, headline: Make, article: Make
) -> None:
    announce(headline(1))
    keep(article(1, published=Day(2026, 3, 3, tzinfo=UTC)), id=1)
    assert load_entry(db, 1).published == headline(1).published

    keep(article(1, published=Day(2026, 2, 1, tzinfo=UTC)), id=1)
    assert load_entry(db, 1).published == Day(2026, 2, 1, tzinfo=UTC)


def test_links_to_articles_get_ids_and_are_not_listed(
    db: apsw.Connection, keep: Make, article: Make, link: Make
) -> None:
    keep(article(2))
    told = (
        link(2), link(3, LinkKind.MORE), link(4, LinkKind.INLINE), link(4),
        Link("https://ice.example/chart", "Ice chart", LinkKind.REFERENCE),
    )  # fmt: skip

    stored = save_article(db, article(1, links=told), None, NOW)

    assert stored.linked == (3, 4)
    assert load_links(db, stored.id) == [*zip(told, (1, 3, 4, 4, None), strict=True)]
    assert load_entry(db, stored.id).related_count == 2
    assert (load_entry(db, 3).title, load_entry(db, 3).state) == ("Headline 3", State.HEADLINE)
    assert [entry.id for entry in list_entries(db, Filter())] == [1, 2]


def test_a_link_outlives_the_article_it_leads_to(db: apsw.Connection, keep: Make, article: Make, link: Make) -> None:
    keep(article(1, links=(link(2),)))

    db.execute("DELETE FROM article WHERE id = 2")

    assert load_links(db, 1) == [(link(2), None)]


def test_a_page_that_links_to_itself_is_not_its_own_relation(
    db: apsw.Connection, keep: Make, article: Make, link: Make
) -> None:
    keep(article(1, links=(link(1),)))

    assert load_links(db, 1) == [(link(1), None)]
    assert load_entry(db, 1).related_count == 0


def test_an_article_that_a_person_did_not_ask_for_is_not_listed(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(1), listed=False)
    assert list_entries(db, Filter()) == []

    keep(article(1))
    assert [entry.id for entry in list_entries(db, Filter())] == [1]

    keep(article(1), listed=False)
    assert [entry.id for entry in list_entries(db, Filter())] == [1]


def test_a_page_is_found_by_the_address_it_gives_itself_and_the_one_that_led_there(
    db: apsw.Connection, announce: Make, keep: Make, headline: Make, article: Make
) -> None:
    announce(headline(1, url="https://short.example/x"))

    assert keep(article(1), id=1) == 1

    assert find_article(db, "https://short.example/x") == find_article(db, "https://post.example/1") == 1
    assert load_entry(db, 1).url == "https://post.example/1"


def test_two_rows_that_are_one_article_become_one(
    db: apsw.Connection, source: Source, announce: Make, keep: Make, headline: Make, article: Make, link: Make
) -> None:
    """The older id stays, the other leads to it; marks, sources, links and addresses of both are kept."""
    announce(headline(1, url="https://short.example/x"), headline(2))
    keep(article(2, links=(link(1),)), id=2)
    mark(db, [3], Change("read"), "you", NOW)
    mark(db, [1], Change("starred"), "you", NOW)

    assert keep(article(1, "Both."), id=1) == 1

    entry = load_entry(db, 3)
    assert (entry.id, entry.read, entry.starred, entry.source_id) == (1, True, True, source.id)
    assert [stored.id for stored in load_links(db, 2)] == [1]
    assert find_article(db, "3") == find_article(db, "https://post.example/1") == 1
    assert find_article(db, "https://short.example/x") == 1
    assert [entry.id for entry in list_entries(db, Filter(And((Is("unread"), Has("source", str(source.id))))))] == [2]
    assert db.pragma("integrity_check") == "ok"
    assert rows(db, "PRAGMA foreign_key_check") == []


def test_the_text_of_the_row_that_goes_is_kept(
    db: apsw.Connection, keep: Make, article: Make, announce: Make, headline: Make
) -> None:
    announce(headline(1, url="https://short.example/x"))
    keep(article(1, "All of it."))

    assert keep(article(1, "A teaser.", state=State.PAYWALLED), id=1) == 1

    assert load_article(db, 2).text == "All of it."
    assert load_entry(db, 1).state is State.FULL


def test_the_better_text_of_two_rows_is_kept_with_the_earlier_texts_of_both(
    db: apsw.Connection, keep: Make, article: Make, announce: Make, headline: Make
) -> None:
    announce(headline(1, url="https://short.example/x"))
    keep(article(1, "A teaser at the short address.", url="https://short.example/x", state=State.FEED_ONLY), id=1)
    keep(article(1, "The first text of the page."))
    keep(article(1, "The second text of the page, which is longer."))

    assert keep(article(1, "A teaser.", state=State.PAYWALLED), id=1) == 1

    assert load_entry(db, 1).state is State.FULL
    assert load_article(db, 1).text == "The second text of the page, which is longer."
    assert "The first text of the page." in [revision.text for revision in load_revisions(db, 1)]

    keep(article(1, "The third text of the page."), id=1)
    texts = [revision.text for revision in load_revisions(db, 1)]
    assert "The second text of the page, which is longer." in texts
    assert rows(db, "PRAGMA foreign_key_check") == []


def test_a_row_that_was_only_linked_to_is_listed_when_it_becomes_one_with_a_listed_one(
    db: apsw.Connection, keep: Make, article: Make, link: Make, announce: Make, headline: Make
) -> None:
    keep(article(1, links=(link(2),)))
    announce(headline(2, url="https://short.example/x"))

    assert keep(article(2), id=3) == 2

    assert [entry.id for entry in list_entries(db, Filter(order="id"))] == [1, 2]


def test_pages_that_all_name_the_front_page_stay_apart(
    db: apsw.Connection, announce: Make, keep: Make, headline: Make, article: Make
) -> None:
    """A wrong rel=canonical."""
    announce(headline(1), headline(2))

    assert keep(article(1, url="https://post.example/"), id=1) == 1
    assert keep(article(2, url="https://post.example/"), id=2) == 2

    assert [load_entry(db, number).title for number in (1, 2)] == ["Headline 1", "Headline 2"]
    assert load_entry(db, 2).url == "https://post.example/2"


def test_ids_are_never_used_twice(db: apsw.Connection, keep: Make, article: Make) -> None:
    keep(article(1))
    db.execute("DELETE FROM article")

    assert keep(article(2)) == 2


def test_what_is_not_there_is_not_found(db: apsw.Connection, article: Make) -> None:
    for find in (load_article, load_links, load_revisions, load_entry):
        with pytest.raises(NotFoundError):
            find(db, 1)
    with pytest.raises(NotFoundError):
        save_article(db, article(1), None, NOW, id=7)
    assert list_entries(db, Filter()) == []


def test_headlines_of_an_article_without_an_address_of_the_web(db: apsw.Connection, keep: Make, article: Make) -> None:
    """A page from standard input is named by its bytes."""
    keep(article(1, url="urn:sha256:00ff"))
    keep(article(1, "Again.", url="urn:sha256:00ff"))

    assert [entry.url for entry in list_entries(db, Filter())] == ["urn:sha256:00ff"]


def test_saving_headlines_after_the_page_keeps_its_text(
    db: apsw.Connection, source: Source, keep: Make, headline: Make, article: Make
) -> None:
    """`show URL` first, the feed later."""
    keep(article(1, "Nine days of ice."))

    save_headlines(db, source.id, [headline(1)], NOW)

    assert load_article(db, 1).text == "Nine days of ice."
    assert wanted(db, source.id, 10) == []
    assert [entry.id for entry in list_entries(db, Filter(Has("source", str(source.id))))] == [1]
