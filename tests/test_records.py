"""Article objects of anybody: little is asked for, and nothing that they hold gets through as it is."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.dates import Day
from newsreader.errors import ParseError
from newsreader.model.article import Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Span
from newsreader.model.news import SourceKind, State
from newsreader.model.record import Origin, Record
from newsreader.records import read_record

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
BARE = {"url": "https://example.org/a", "title": "A lamp"}


def record(**values: Any) -> Record:
    return read_record(BARE | values, NOW)


def test_an_address_and_a_title_are_enough():
    article, keeping = record()

    assert (article.url, article.title, article.state, article.text) == (*BARE.values(), State.HEADLINE, "")
    assert (keeping.first_seen, keeping.saved, keeping.source, keeping.listed) == (NOW, None, None, True)


def test_a_text_becomes_a_paragraph_a_line_without_the_standfirst():
    article, _ = record(subtitle="It is lit", text="It is lit\n\nOne  line.\r\n  Another\tline.\u2028Third.\n")

    assert [block.text for block in article.blocks] == ["One line.", "Another line.", "Third."]
    assert article.state is State.FULL


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"url": None}, "it has no address"),
        ({"url": "javascript:alert(1)"}, "its url is no address"),
        ({"url": "file:///etc/passwd"}, "its url is no address"),
        ({"url": "https://example.org/" + "a" * 5000}, "its url is no address"),
        ({"url": ["https://example.org/"]}, "its url is no address"),
        ({"title": None}, "it has no title"),
        ({"title": 7}, "it has no title"),
        ({"text": ["a"]}, "its text is no text"),
        ({"published": "soon"}, "its published is no time"),
        ({"published": "9999-12-31T23:59:59-23:59"}, "its published is no time"),
        ({"published": 1e300}, "its published is no time"),
        ({"published": 10**400}, "its published is no time"),
        ({"read_at": {"a": 1}}, "its read_at is no time"),
        ({"authors": 7}, "its authors are no list"),
        ({"tags": [7]}, "its tags are no texts"),
        ({"links": "https://example.org/"}, "its links are no list"),
        ({"blocks": ["a"]}, "its blocks are no objects"),
        ({"revisions": [[]]}, "its revisions are no objects"),
    ],
)
def test_what_is_wrong_is_told(values, reason):
    with pytest.raises(ParseError) as caught:
        record(**values)
    assert caught.value.message == reason


def test_kinds_that_are_none_are_told_with_those_there_are():
    for values in (
        {"state": "fine"},
        {"blocks": [{"kind": "x"}]},
        {"links": [{"url": "https://a.example/", "kind": "x"}]},
    ):
        with pytest.raises(ParseError, match="is none of"):
            record(**values)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("2026-08-01T10:00:00+09:00", datetime(2026, 8, 1, 1, 0, tzinfo=UTC)),
        ("2026-08-01T10:00:00", datetime(2026, 8, 1, 10, 0, tzinfo=UTC)),
        ("Sat, 01 Aug 2026 10:00:00 GMT", datetime(2026, 8, 1, 10, 0, tzinfo=UTC)),
        ("令和8年8月1日", Day(2026, 8, 1, tzinfo=UTC)),
        ("2026-08-01", Day(2026, 8, 1, tzinfo=UTC)),
        (1785578400, datetime(2026, 8, 1, 10, 0, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_times_are_read_in_every_form(told, at):
    published = record(published=told).article.published

    assert published == at
    assert isinstance(published, Day) == isinstance(at, Day)


def test_a_state_fits_what_is_there():
    assert record(state="full").article.state is State.HEADLINE
    assert record(state="gone", text="It is lit.").article.state is State.FULL
    assert record(state="gone", reason="HTTP 404").article.reason == "HTTP 404"
    assert record(state="paywalled", text="It is lit.").article.state is State.PAYWALLED


def test_no_control_reaches_the_store():
    evil = "\x1b[2J\u202eevil\x00\ud800\x9b\u2028"
    article, keeping = record(
        title=evil,
        text=evil,
        authors=[evil],
        tags=[evil],
        reason=evil,
        hidden=evil,
        source={"url": "https://example.org/feed", "name": evil},
        revisions=[{"revision": 1, "seen": "2026-08-01", "title": evil, "text": evil}],
        links=[{"url": "https://example.org/\x1b]0;x", "title": evil, "kind": "inline", "heading": evil}],
        blocks=[
            {"kind": "code", "text": evil},
            {"kind": "table", "rows": [[evil, 7], 7]},
            {"kind": "figure", "image": {"url": evil}},
        ],
    )

    assert "\x1b" not in repr(article) + repr(keeping)
    assert {article.title, *article.authors, *article.tags, keeping.marks.hidden} == {"[2Jevil"}
    assert keeping.source == Origin("https://example.org/feed", "[2Jevil")
    assert [block.rows for block in article.blocks][1] == (("[2Jevil", ""),)


def test_links_lead_to_the_web_alone():
    told = [{"url": url, "title": "x"} for url in ("https://example.org/b", "javascript:alert(1)", 7, None)]

    assert record(links=told).article.links == (
        Link("https://example.org/b", "x", LinkKind.REFERENCE),
        *[Link("", "x", LinkKind.REFERENCE)] * 3,
    )


def test_spans_lie_within_their_text():
    spans = [
        {"start": 0, "end": 2, "kind": "bold", "url": None},
        {"start": 1, "end": 99, "kind": "bold"},
        {"start": 2, "end": 1, "kind": "bold"},
        {"start": 0, "end": 2, "kind": "link", "url": "javascript:x"},
        {"start": True, "end": 2, "kind": "bold"},
        {"start": 0, "end": 2, "kind": "blink"},
    ]
    blocks = [
        {"kind": "paragraph", "text": "A lamp", "spans": spans},
        {"kind": "paragraph", "text": " A", "spans": spans},
    ]

    assert record(blocks=blocks).article.blocks == (
        Block(BlockKind.PARAGRAPH, "A lamp", spans=(Span(0, 2, "bold"),)),
        Block(BlockKind.PARAGRAPH, "A"),
    )


def test_a_source_without_an_address_is_none():
    assert record(source={"id": 7, "name": "The Lantern"}).keeping.source is None
    assert record(source="The Lantern").keeping.source is None
    assert record(source={"url": "https://example.org/feed", "kind": "x"}).keeping.source == Origin(
        "https://example.org/feed", "", SourceKind.FEED
    )


def test_countless_and_endless_values_are_cut():
    article, keeping = record(
        title="a" * 100_000,
        tags=[str(number) for number in range(1000)],
        links=[{"url": "https://example.org/b", "title": "x" * 9000}] * 9000,
        urls=["https://example.org/b"] * 9000,
    )

    assert (len(article.title), len(article.tags), len(article.links), len(keeping.urls)) == (2000, 200, 5000, 200)
    assert len(article.links[0].title) == 2000


def nested(children: Any) -> Any:
    return st.lists(children, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), children, max_size=6)


FIELDS = [
    *("url", "title", "text", "blocks", "kind", "spans", "start", "end", "items", "rows", "image", "links", "state"),
    *(
        "published",
        "fetched",
        "read_at",
        "hidden",
        "source",
        "sources",
        "name",
        "revisions",
        "revision",
        "seen",
        "urls",
    ),
    *("authors", "tags", "subtitle", "lead_image", "crc", "title_crc", "feed_id", "level", "listed", "moment", "width"),
]
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["link", "full"])
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.recursive(leaves, nested, max_leaves=12)))
def test_whatever_an_object_holds_it_is_a_record_or_told_why_not(values):
    try:
        found = read_record(BARE | values, NOW)
    except ParseError:
        return
    assert found.article.url.startswith("https://")
    assert isinstance(found.article.text.encode(), bytes)
