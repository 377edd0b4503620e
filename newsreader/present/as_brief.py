"""The catch-up: what is new, story by story, as set lines, Markdown and JSON."""

from collections.abc import Sequence
from typing import Any

from newsreader.model.markdown import escape, link
from newsreader.model.news import Summary
from newsreader.present.as_json import article_reference, story_object
from newsreader.present.as_list import FOLLOWED
from newsreader.present.as_story import counts_of, few, sentence_lines
from newsreader.present.as_text import packed
from newsreader.present.lines import BLANK, Line, Segment, safe, safe_url
from newsreader.present.setting import wrap_line
from newsreader.text import numbered
from newsreader.urls import host_of

_NAMES = 5  # sources that are named


def brief_lines(summaries: Sequence[Summary], heading: str, columns: int) -> list[Line]:
    """The heading, then for each story its headline, who tells it, its lead and what is new; 0 columns = not broken."""
    found = wrap_line((Segment(safe(heading), "section"),), columns)
    for each in summaries:
        title = Segment(safe(each.story.title), "page-title", safe_url(each.told_by.url))
        followed = [Segment(f"{FOLLOWED} ", "match")] * each.story.following
        found += [BLANK, *wrap_line((*followed, title), columns)]
        found += packed(map(safe, _facts(each)), columns)
        if each.lead:
            found += wrap_line((Segment(safe(each.lead)), Segment(f" ({_teller(each)})", "meta")), columns)
        sentences, more = _news(each)
        found += sentence_lines(sentences, more, "", columns)
    return found


def heading_of(summaries: Sequence[Summary], *, since_last: bool) -> str:
    """How much there is: "Since your last visit: 3 stories, 12 new articles"."""
    new = sum(each.new for each in summaries)
    stories = f"{len(summaries)} {'story' if len(summaries) == 1 else 'stories'}"
    return f"{'Since your last visit: ' * since_last}{stories}, {numbered(new, 'new article')}"


def _facts(summary: Summary) -> list[str]:
    """Who tells a story, how many articles it has and how many of them are new."""
    *_, articles = counts_of(summary.story)
    size, names = len(summary.story.articles), summary.story.sources
    new = "" if size == summary.new == 1 else ", all new" if size == summary.new else f", {summary.new} new"
    more = len(names) - _NAMES
    told = ", ".join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")
    return [*filter(None, (told, f"{articles}{new}")), f"#{summary.story.id}"]


def _teller(summary: Summary) -> str:
    """Whose the lead is."""
    entry = summary.told_by
    return safe(f"{entry.source_name or host_of(entry.url)}, #{entry.id}")


def _news(summary: Summary) -> tuple[Sequence[str], str]:
    """A few of the new sentences, without the lead, and where the others are."""
    shown, more = few([sentence for sentence in summary.added if sentence != summary.lead], every=False)
    return shown, f"…and {more} more: newsreader story {summary.story.id}" if more else ""


def brief_markdown(summaries: Sequence[Summary], heading: str) -> str:
    """The catch-up as CommonMark, a heading a story."""
    parts = [f"# {escape(safe(heading))}"]
    for each in summaries:
        parts.append(f"## {link(safe(each.story.title), safe_url(each.told_by.url) or '')}")
        parts.append(f"*{escape(safe(' · '.join((*['followed'] * each.story.following, *_facts(each)))))}*")
        if each.lead:
            parts.append(f"{escape(safe(each.lead))} ({escape(_teller(each))})")
        sentences, more = _news(each)
        items = [*sentences, *filter(None, [more])]
        parts.append("\n".join(f"- {escape(safe(item))}" for item in items))
    return "\n\n".join(filter(None, parts))


def brief_document(summaries: Sequence[Summary]) -> dict[str, Any]:
    """`brief --json`."""
    return {"schema": "newsreader.brief/1", "stories": [_summary_object(each) for each in summaries]}


def _summary_object(summary: Summary) -> dict[str, Any]:
    told_by = article_reference(summary.told_by)
    told = {"lead": summary.lead, "told_by": told_by, "new": summary.new, "added": list(summary.added)}
    return story_object(summary.story) | told
