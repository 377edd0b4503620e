"""Articles carried from one store to another: nothing is lost on the way, and coming twice changes nothing."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from newsreader.dates import Day
from newsreader.keeping import Place, keep
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.news import Headline, Source, State
from newsreader.model.query import Text
from newsreader.present.as_export import export_object
from newsreader.present.as_json import dump, schema
from newsreader.store.announcing import save_headlines
from newsreader.store.headlines import add_tags, record_failure
from newsreader.store.identity import find_by_address
from newsreader.store.lists import Filter, list_entries
from newsreader.store.schema import migrate
from newsreader.store.sources import add_source, all_sources
from newsreader.text import clean
from newsreader.transfer import exported, import_objects

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
SITE = "https://lantern.example"
VALIDATOR = Draft202012Validator(schema("export"))


def opened() -> apsw.Connection:
    """An empty store that is gone with the test."""
    db = apsw.Connection(":memory:")
    migrate(db)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def export(db: apsw.Connection) -> bytes:
    """The store as JSON lines."""
    return "".join(f"{dump(export_object(*each))}\n" for each in exported(db)).encode()


def take(db: apsw.Connection, body: bytes, now: datetime = LATER) -> tuple[int, int, list[Any]]:
    """Import JSON lines: how many are new, how many were there, and which lines are wrong."""
    told: list[Any] = []
    import_objects(db, io.BytesIO(body), b"", now, lambda taken, wrong: told.append((taken, wrong)))
    new, known = (sum(each) for each in zip(*(taken for taken, _ in told), strict=True))
    return new, known, [each for _, wrong in told for each in wrong]


def objects(body: bytes) -> list[dict[str, Any]]:
    """The articles of an export without their ids, which each store gives; links have the address of what they mean."""
    found = [json.loads(line) for line in body.splitlines()]
    addresses = {each["id"]: each["url"] for each in found}
    for each in found:
        VALIDATOR.validate(each)
        del each["id"]
        each["source"] = each["source"] and {**each["source"], "id": 0}
        each["links"] = [{**link, "id": addresses.get(link["id"], bool(link["id"]))} for link in each["links"]]
    return found


words = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
        st.sampled_from("台湾半導体ｱｲカタカナ ไทย한국اخبارעבריתKäse 🗞🏳\u200d🌈.。\n"),
    ),
    max_size=60,
).map(clean)
some_words = words.filter(bool)
times = st.datetimes(datetime(2020, 1, 1), datetime(2026, 9, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001
days = times.map(lambda at: Day(at.year, at.month, at.day, tzinfo=UTC))
number = st.integers(0, 9)
addresses = number.map(lambda number: f"{SITE}/{number}")
images = st.tuples(addresses, words, words, words, st.none() | number).map(lambda told: Image(*told))
blocks = st.one_of(
    some_words.map(lambda text: Block(BlockKind.PARAGRAPH, text)),
    some_words.map(lambda text: Block(BlockKind.HEADING, text, 2)),
    some_words.map(lambda text: Block(BlockKind.PARAGRAPH, text, spans=(Span(0, len(text), "bold"),))),
    some_words.map(lambda text: Block(BlockKind.LIST, items=(Block(BlockKind.PARAGRAPH, text, 1),), ordered=True)),
    st.builds(lambda a, b: Block(BlockKind.TABLE, rows=((a, b), (b, a)), header=True), words, words),
    images.map(lambda image: Block(BlockKind.FIGURE, image=image)),
    some_words.map(lambda text: Block(BlockKind.CODE, f"{text}\n    {text}")),
)
links = st.tuples(addresses, words, st.sampled_from(LinkKind), words).map(lambda told: Link(*told))
articles = st.builds(
    Article,
    url=addresses,
    title=some_words,
    subtitle=words,
    authors=st.lists(some_words, max_size=2, unique=True).map(tuple),
    published=st.one_of(st.none(), times, days),
    updated=st.one_of(st.none(), times),
    language=st.sampled_from([None, "ja", "zh-Hant"]),
    site_name=st.one_of(st.none(), some_words),
    section=st.one_of(st.none(), some_words),
    tags=st.lists(some_words, max_size=2).map(tuple),
    summary=words,
    lead_image=st.none() | images,
    blocks=st.lists(blocks, min_size=1, max_size=4).map(tuple),
    links=st.lists(links, max_size=3).map(tuple),
    state=st.sampled_from([State.FULL, State.PARTIAL, State.FEED_ONLY, State.PAYWALLED]),
    reason=words,
)
headlines = st.tuples(addresses, some_words, words, st.none() | times, st.none() | some_words).map(
    lambda told: Headline(*told[:4], tags=("sea",), language="en", feed_id=told[4])
)
MARKS = ("read_at", "starred_at", "later_at", "hidden_by")
steps = st.one_of(
    st.tuples(st.just("announce"), st.lists(headlines, max_size=3), number),
    st.tuples(st.just("keep"), articles, number),
    st.tuples(st.just("mark"), st.sampled_from(MARKS), number),
    st.tuples(st.just("tag"), some_words, number),
    st.tuples(st.just("fail"), st.sampled_from([State.GONE, State.FAILED]), number),
)


def history(taken: list[tuple[str, Any, int]]) -> apsw.Connection:
    """A store to which all that happened."""
    db = opened()
    paper = add_source(db, Source(0, "The Lantern", f"{SITE}/feed", added=NOW))
    other = add_source(db, Source(0, "灯台", f"{SITE}/ja", added=NOW))
    for hour, (what, told, number) in enumerate(taken):
        now = NOW + timedelta(hours=hour)
        if what == "announce":
            save_headlines(db, (paper, other)[number % 2].id, told, now)
            continue
        if what == "keep":
            keep(db, told, now, Place())
            continue
        found = find_by_address(db, f"{SITE}/{number}")
        if found and what == "mark":
            value = "a rule" if told == "hidden_by" else now.timestamp() // 1
            db.execute(
                f"UPDATE article SET {told} = ? WHERE id = ?", (value if told == "hidden_by" else int(value), found)
            )
        elif found and what == "tag":
            add_tags(db, found, [told])
        elif found:
            record_failure(db, found, told, "the server said so", now)
    return db


@settings(max_examples=150)
@given(st.lists(steps, max_size=12))
def test_a_store_comes_out_of_another_as_it_was(taken):
    here, there = history(taken), opened()
    before = export(here)

    assert take(there, before)[2] == []
    after = export(there)
    assert objects(after) == objects(before)
    assert all(source.paused for source in all_sources(there))

    take(there, before)
    assert export(there) == after
    take(here, after)
    assert export(here) == before
