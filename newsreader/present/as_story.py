"""A story as its timeline: set lines, Markdown and JSON."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from newsreader.model.markdown import escape, link
from newsreader.model.news import Report, State, Story, Timeline
from newsreader.present.ages import day_and_hour
from newsreader.present.as_json import article_reference, story_object
from newsreader.present.as_list import story_lines
from newsreader.present.as_text import packed
from newsreader.present.blocktext import hang
from newsreader.present.lines import BLANK, Line, Segment, safe, safe_url
from newsreader.present.setting import wrap_line
from newsreader.text import numbered
from newsreader.urls import host_of

_FEW = 3  # sentences of an article that are shown, unless all are asked for
_MARGIN = " " * 7  # beside the hour: "18:05  "
_SENTENCE = "• "


def timeline_lines(timeline: Timeline, columns: int, zone: tzinfo, *, every: bool = False) -> list[Line]:
    """The headline, who tells it and when, then day by day what each article added; 0 columns = nothing broken.

    Of the sentences of an article a few are shown, with `every` all. Days and hours are those of `zone`.
    """
    story = timeline.story
    found = [*wrap_line((Segment(safe(story.title), "page-title"),), columns)]
    found += packed(_facts(story, zone), columns)
    if story.sources:
        found += wrap_line((Segment(safe(", ".join(story.sources)), "source"),), columns)
    day, notes = "", _notes(timeline.reports)
    for report in timeline.reports:
        at, hour = day_and_hour(report.entry.published, zone)
        if at and at != day:
            day = at
            found += [BLANK, *wrap_line((Segment(day, "section"),), columns)]
        found += [BLANK, *_report(report, hour, next(notes), columns, every=every)]
    return found


def news_lines(timelines: Sequence[Timeline], columns: int, now: datetime) -> list[Line]:
    """A line a story as in lists; below it, indented, the sentences that its new articles added, all of them."""
    found: list[Line] = []
    for row, timeline in zip(story_lines([each.story for each in timelines], columns, now), timelines, strict=True):
        sentences = [sentence for report in timeline.reports if report.is_new for sentence in report.added]
        found += [row, *sentence_lines(sentences, "", "  ", columns)]
    return found


def _facts(story: Story, zone: tzinfo) -> list[str]:
    """How many tell a story, from when to when, and whether it is followed."""
    return [*counts_of(story), span_of(story, zone), *["followed"] * story.following, f"#{story.id}"]


def counts_of(story: Story) -> list[str]:
    """How many sources and articles tell a story, in words."""
    sources = len(story.sources)
    return [*[numbered(sources, "source")] * bool(sources), numbered(len(story.articles), "article")]


def span_of(story: Story, zone: tzinfo) -> str:
    """From when to when a story was told, to the minute: "2026-09-12 18:05 – 19:30"."""
    first, last = (day_and_hour(at, zone) for at in (story.first_seen, story.last_seen))
    end = [part for at, part in enumerate(last) if at or part != first[0]] if first != last else []
    return " – ".join(" ".join(filter(None, parts)) for parts in (first, end) if any(parts))


def few(sentences: Sequence[str], *, every: bool) -> tuple[Sequence[str], int]:
    """The sentences that are shown, and how many more there are; one alone is not left out."""
    if every or len(sentences) <= _FEW + 1:
        return sentences, 0
    return sentences[:_FEW], len(sentences) - _FEW


def sentence_lines(sentences: Sequence[str], more: str, margin: str, columns: int) -> list[Line]:
    """Sentences below each other beside a margin, then what is said of those left out; "" says nothing."""
    found: list[Line] = []
    for sentence in sentences:
        found += hang((Segment(margin + _SENTENCE, "number"),), (Segment(safe(sentence)),), columns)
    return found + (hang((Segment(margin),), (Segment(more, "meta"),), columns) if more else [])


def _report(report: Report, hour: str, notes: str, columns: int, *, every: bool) -> list[Line]:
    """The hour and the headline; beside the margin, who tells it, and what it added."""
    entry = report.entry
    style = "title" if entry.read else "title unread"
    title = Segment(safe(entry.title or entry.url), style, safe_url(entry.url))
    said = Segment(f" · {notes}", "meta")
    source = Segment(safe(entry.source_name or host_of(entry.url)), "source")
    sentences, more = few(report.added, every=every)
    return [
        *hang((Segment(f"{hour:{len(_MARGIN)}}", "age"),), (title,), columns),
        *hang((Segment(_MARGIN),), (source, said), columns),
        *sentence_lines(sentences, f"…and {more} more" if more else "", _MARGIN, columns),
    ]


def _notes(reports: Sequence[Report]) -> Iterator[str]:
    """What is to say of each article, its id first; that it is new only if not all of them are."""
    tells_new = not all(report.is_new for report in reports)
    for report in reports:
        entry = report.entry
        notes = [f"#{entry.id}"]
        notes += ["new"] * (report.is_new and tells_new)
        notes += ["unread"] * (not entry.read)
        notes += ["changed since"] * report.is_changed
        notes += [f"the same text as {entry.copy_of}"] * (entry.copy_of is not None)
        notes += [entry.state] * (entry.state is not State.FULL)
        yield " · ".join(notes)


def timeline_markdown(timeline: Timeline, zone: tzinfo, *, every: bool = False) -> str:
    """The timeline as CommonMark, a heading a day, a list item an article."""
    story, day, notes = timeline.story, "", _notes(timeline.reports)
    found = [f"# {escape(safe(story.title))}", "", f"*{escape(safe(' · '.join(_facts(story, zone))))}*", ""]
    for report in timeline.reports:
        at, hour = day_and_hour(report.entry.published, zone)
        if at and at != day:
            day = at
            found += [*[""] * (found[-1] != ""), f"## {day}", ""]
        found += _markdown_report(report, hour, next(notes), every=every)
    return "\n".join(found)


def _markdown_report(report: Report, hour: str, notes: str, *, every: bool) -> Iterator[str]:
    entry = report.entry
    who = escape(safe(" ".join(filter(None, (hour, entry.source_name or host_of(entry.url))))))
    title = link(safe(entry.title or entry.url), safe_url(entry.url) or "")
    yield f"- **{who}** {title} · {escape(notes)}"
    sentences, more = few(report.added, every=every)
    for sentence in sentences:
        yield f"    - {escape(safe(sentence))}"
    if more:
        yield f"    - …and {more} more"


def timeline_document(timeline: Timeline) -> dict[str, Any]:
    """`story --json`."""
    reports = [_report_object(report) for report in timeline.reports]
    return {"schema": "newsreader.story/1", **story_object(timeline.story), "reports": reports}


def _report_object(report: Report) -> dict[str, Any]:
    entry = report.entry
    return article_reference(entry) | {
        "state": entry.state,
        "read": entry.read,
        "new": report.is_new,
        "changed": report.is_changed,
        "copy_of": entry.copy_of,
        "added": list(report.added),
    }
