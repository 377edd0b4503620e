"""No text from the network reaches a terminal as a command, whatever form it is shown in."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.dates import Day
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.news import Match, Report, Source, State, Story, Summary, Timeline
from newsreader.present.as_brief import brief_document, brief_lines, brief_markdown
from newsreader.present.as_json import (
    article_document,
    dump,
    list_document,
    related_document,
    sources_document,
    stories_document,
)
from newsreader.present.as_list import entry_lines, match_lines, source_lines, story_lines
from newsreader.present.as_rich import print_lines
from newsreader.present.as_story import timeline_document, timeline_lines, timeline_markdown
from newsreader.present.as_text import Companions, article_lines
from newsreader.present.as_tsv import list_rows, related_rows, sources_rows, story_rows
from newsreader.present.lines import plain, safe, safe_lines, safe_url
from newsreader.text import width

HOSTILE = "a\x1b]0;owned\x07\x1b[2J\r\nb\tc\x9b31m\x7f\x00\u202ed\u2066e\u2028f\u200bg\ud800"
URL = "https://news.example/\x1b[31m\n\u202e"


def dangerous(text: str, allowed: str = "") -> set[str]:
    """The characters that a terminal would obey or reorder by."""
    found = {char for char in text if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"}}
    return (found | set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")) - set(allowed)


@pytest.fixture(name="article")
def _article():
    """Hostile in every field, with spans that fit nothing."""
    spans = (Span(0, 3, "link", URL), Span(-9, 99, "bold\x1b"), Span(8, 2, "italic"), Span(5, 9, "code"))
    image = Image(URL, HOSTILE, HOSTILE, HOSTILE)
    blocks = [Block(kind, HOSTILE, level=2, spans=spans, url=URL, image=image) for kind in BlockKind]
    blocks += [
        Block(BlockKind.LIST, items=(Block(BlockKind.PARAGRAPH, HOSTILE, level=7, spans=spans),), ordered=True),
        Block(BlockKind.TABLE, rows=((HOSTILE, HOSTILE), (HOSTILE,)), header=True),
        Block(BlockKind.HEADING, HOSTILE, level=9),
        Block(BlockKind.HEADING, HOSTILE, level=1),
    ]
    return Article(
        url=URL,
        title=HOSTILE,
        subtitle=HOSTILE,
        authors=(HOSTILE,),
        site_name=HOSTILE,
        summary=HOSTILE,
        language=HOSTILE,
        lead_image=image,
        blocks=tuple(blocks),
        links=tuple(Link(f"{URL}{kind}", HOSTILE, kind) for kind in LinkKind),
        state=State.FAILED,
        reason=HOSTILE,
    )


@pytest.fixture(name="match")
def _match(an_entry):
    entry = an_entry(title=HOSTILE, url=URL, source_name=HOSTILE, reason=HOSTILE, state=State.FAILED, starred=True)
    return Match(entry, "related", 0.5, (HOSTILE, HOSTILE))


@pytest.fixture(name="source")
def _source():
    return Source(1, HOSTILE, URL, failures=2, status="failed", reason=HOSTILE)


@pytest.fixture(name="timeline")
def _timeline(match, now):
    story = Story(1, HOSTILE, (1, 2), (HOSTILE, HOSTILE), now, now, following=True)
    return Timeline(story, (Report(match.entry, (HOSTILE,) * 6, is_changed=True, is_new=True),))


@pytest.fixture(name="summary")
def _summary(timeline):
    (report,) = timeline.reports
    return Summary(timeline.story, HOSTILE, report.entry, 2, (f"{HOSTILE}.", *report.added))


@pytest.mark.parametrize("columns", [0, 3, 10, 20, 80])
def test_lines(article, match, source, timeline, summary, now, columns):
    lines = [
        *article_lines(article, Companions(match.entry, related=[match], all_links=True), columns=columns),
        *entry_lines([match.entry], columns, now),
        *match_lines([match], columns, now),
        *source_lines([source], columns, now, why=True),
        *story_lines([timeline.story], columns, now),
        *timeline_lines(timeline, columns, now.tzinfo),
        *brief_lines([summary], HOSTILE, columns),
    ]
    assert dangerous(plain(lines), "\n") == set()
    assert plain(lines).count("\n") == len(lines)
    assert {segment.url for line in lines for segment in line} == {None}
    if columns:
        assert [line for line in plain(lines).splitlines() if width(line) > max(columns, 8)] == []
    stream = io.StringIO()
    print_lines(lines, stream, color=False, links=True)
    assert dangerous(stream.getvalue(), "\n") == set()


def test_markdown_of_stories(timeline, summary, now):
    assert dangerous(timeline_markdown(timeline, now.tzinfo), "\n") == set()
    assert dangerous(brief_markdown([summary], HOSTILE), "\n") == set()


def test_rows(match, source, timeline):
    rows = [*list_rows([match.entry]), *related_rows([match]), *sources_rows([source]), *story_rows([timeline.story])]
    assert [dangerous(row, "\t") for row in rows] == [set()] * 4
    assert [row.count("\t") for row in rows] == [6, 7, 8, 6]


def test_json(article, match, source, timeline, summary):
    documents = [
        list_document([match.entry], None),
        related_document(1, [match]),
        sources_document([source]),
        article_document(match.entry, article),
        stories_document([timeline.story]),
        timeline_document(timeline),
        brief_document([summary]),
    ]
    assert [dangerous(dump(document)) for document in documents] == [set()] * 7


@given(st.text())
def test_safe_text_is_one_harmless_line(text):
    assert dangerous(safe(text)) == set()
    assert [dangerous(line) for line in safe_lines(text)] == [set()] * len(safe_lines(text))


def test_safe_text_keeps_what_is_meant():
    assert safe("  two  spaces ") == "  two  spaces "
    assert safe("👩‍🚒 نامه‌ها 🫩") == "👩‍🚒 نامه‌ها 🫩"
    assert safe_lines("if x:\n    y") == ["if x:", "    y"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", URL, "", None])
def test_only_addresses_of_the_web_lead_anywhere(url):
    assert safe_url(url) is None
    assert safe_url("https://news.example/港?q=1") == "https://news.example/港?q=1"


@pytest.mark.parametrize(
    "title", ["漢" * 10_000, "a" * 10_000, "e\u0301" * 5_000, "a" + "\u0301" * 10_000, "👩‍🚒" * 3000]
)
def test_floods_are_cut_and_wrapped(an_entry, now, title):
    (row,) = entry_lines([an_entry(title=title, published=Day(2026, 11, 24, tzinfo=now.tzinfo))], 40, now)
    assert width(plain([row]).rstrip("\n")) <= 40
    article = Article(url="https://news.example/a", title=title, blocks=(Block(BlockKind.PARAGRAPH, title),))
    assert all(width(line) <= 40 for line in plain(article_lines(article, columns=40)).splitlines())
