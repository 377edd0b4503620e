"""The catch-up: headline, who tells it, the lead, what is new."""

import pytest

from newsreader.present.as_brief import brief_lines, brief_markdown, heading_of
from newsreader.present.lines import plain, text_of
from newsreader.text import width

BRIEF_80 = """\
Since your last visit: 2 stories, 4 new articles

> Harbour bridge reopens after eleven months
Harbour Post, 港湾新聞 · 3 articles, 2 new · #101
The Harbour Bridge reopened on Friday after eleven months of repairs. (Harbour
Post, #101)
• Lane 1 opens in May, the port authority said on Tuesday.
• Lane 2 opens in May, the port authority said on Tuesday.
• Lane 3 opens in May, the port authority said on Tuesday.
…and 3 more: newsreader story 101

港の大橋、渋滞が続く 市長「想定の範囲内」
港湾新聞 · 2 articles, all new · #104
"""
MARKDOWN = """\
# Since your last visit: 2 stories, 4 new articles

## [Harbour bridge reopens after eleven months](https://news.example/a/101)

*followed · Harbour Post, 港湾新聞 · 3 articles, 2 new · #101*

The Harbour Bridge reopened on Friday after eleven months of repairs. (Harbour Post, #101)

- Lane 1 opens in May, the port authority said on Tuesday.
- Lane 2 opens in May, the port authority said on Tuesday.
- Lane 3 opens in May, the port authority said on Tuesday.
- …and 3 more: newsreader story 101

## [港の大橋、渋滞が続く 市長「想定の範囲内」](https://news.example/a/104)

*港湾新聞 · 2 articles, all new · #104*"""


def test_a_catch_up(summaries):
    assert plain(brief_lines(summaries, heading_of(summaries, since_last=True), 80)) == BRIEF_80


def test_a_catch_up_as_markdown(summaries):
    assert brief_markdown(summaries, heading_of(summaries, since_last=True)) == MARKDOWN


def test_the_heading_counts(summaries):
    assert heading_of(summaries[:1], since_last=False) == "1 story, 2 new articles"


def test_many_sources_are_not_all_named(summaries):
    story = summaries[1].story._replace(sources=tuple(f"Paper {number}" for number in range(1, 9)))

    text = plain(brief_lines([summaries[1]._replace(story=story)], "", 80))

    assert "Paper 5 and 3 more" in text
    assert "Paper 6" not in text


@pytest.mark.parametrize("columns", [10, 20, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(summaries, columns):
    lines = brief_lines(summaries, heading_of(summaries, since_last=True), columns)
    assert [text_of(line) for line in lines if width(text_of(line)) > columns] == []
