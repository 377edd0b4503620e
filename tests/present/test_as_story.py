"""A story day by day: what each article added, what is new, edited, copied, unread."""

from datetime import UTC

import pytest

from newsreader.dates import Day
from newsreader.present.as_story import timeline_lines, timeline_markdown
from newsreader.present.lines import plain, text_of
from newsreader.text import width

TIMELINE_80 = """\
Harbour bridge reopens after eleven months
2 sources · 3 articles · 2026-11-22 13:00 – 2026-11-24 10:00 · followed · #101
Harbour Post, 港湾新聞

2026-11-22

13:00  Harbour bridge reopens after eleven months of repairs, two weeks early
       Harbour Post · #101
       • The Harbour Bridge reopened on Friday after eleven months of repairs.
       • It carries sensors.

13:00  港の大橋が開通
       港湾新聞 · #102 · new · unread · the same text as 101

2026-11-24

10:00  Tolls on the bridge from May
       Harbour Post · #130 · new · unread · changed since · partial
       • Lane 1 opens in May, the port authority said on Tuesday.
       • Lane 2 opens in May, the port authority said on Tuesday.
       • Lane 3 opens in May, the port authority said on Tuesday.
       …and 3 more
"""
MARKDOWN = """\
# Harbour bridge reopens after eleven months

*2 sources · 3 articles · 2026-11-22 13:00 – 2026-11-24 10:00 · followed · #101*

## 2026-11-22

- **13:00 Harbour Post** [Harbour bridge reopens after eleven months of repairs, two weeks early]\
(https://news.example/a/101) · #101
    - The Harbour Bridge reopened on Friday after eleven months of repairs.
    - It carries sensors.
- **13:00 港湾新聞** [港の大橋が開通](https://news.example/a/102) · #102 · new · unread · the same text as 101

## 2026-11-24

- **10:00 Harbour Post** [Tolls on the bridge from May]\
(https://news.example/a/130) · #130 · new · unread · changed since · partial
    - Lane 1 opens in May, the port authority said on Tuesday.
    - Lane 2 opens in May, the port authority said on Tuesday.
    - Lane 3 opens in May, the port authority said on Tuesday.
    - …and 3 more"""


def test_a_timeline(timeline, zone):
    assert plain(timeline_lines(timeline, 80, zone)) == TIMELINE_80


def test_a_timeline_as_markdown(timeline, zone):
    assert timeline_markdown(timeline, zone) == MARKDOWN


def test_all_sentences_are_there_when_they_are_asked_for(timeline, zone):
    for text in (plain(timeline_lines(timeline, 80, zone, every=True)), timeline_markdown(timeline, zone, every=True)):
        assert "Lane 6" in text
        assert "more" not in text


def test_one_sentence_alone_is_not_left_out(timeline, zone):
    *_, later = timeline.reports
    shown = timeline._replace(reports=(later._replace(added=later.added[:4]),))

    assert "Lane 4" in plain(timeline_lines(shown, 80, zone))


@pytest.mark.parametrize("columns", [10, 20, 39, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(timeline, zone, columns):
    lines = timeline_lines(timeline, columns, zone, every=True)
    assert [text_of(line) for line in lines if width(text_of(line)) > columns] == []


def test_days_are_those_of_the_reader(timeline, utc):
    later = timeline.reports[2]
    moved = later._replace(entry=later.entry._replace(published=later.entry.published.replace(hour=3)))
    text = plain(timeline_lines(timeline._replace(reports=(moved,)), 80, utc))

    assert "2026-11-23\n\n18:00  Tolls" in text


def test_an_article_without_an_hour_or_a_date_stands_in_its_place(timeline, zone):
    first, copy, later = timeline.reports
    day = first._replace(entry=first.entry._replace(published=Day(2026, 11, 24, tzinfo=UTC)))
    undated = copy._replace(entry=copy.entry._replace(published=None))
    text = plain(timeline_lines(timeline._replace(reports=(undated, day, later)), 80, zone))

    assert text.count("2026-11-24\n") == 1
    assert "\n\n       港の大橋が開通" in text
    assert "2026-11-24\n\n       Harbour bridge" in text


def test_unread_headlines_are_told_by_their_style_and_lead_to_the_article(timeline, zone):
    titles = [
        segment
        for line in timeline_lines(timeline, 80, zone)
        for segment in line
        if segment.style in ("title", "title unread")
    ]
    assert [title.style for title in titles] == ["title", "title unread", "title unread"]
    assert titles[0].url == "https://news.example/a/101"
