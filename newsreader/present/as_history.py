"""What became of an article: in words for a person, and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsreader.dates import to_iso
from newsreader.model.changes import Recorded
from newsreader.model.history import History
from newsreader.model.news import Story
from newsreader.present.ages import ahead, moment
from newsreader.present.as_json import change_object, source_reference
from newsreader.present.lines import Line, Segment, safe, safe_url
from newsreader.present.setting import wrap
from newsreader.text import numbered

_LABEL = 12  # columns of the label that stands before the words
_NARROW = 40  # columns below which the words stand under their label


def history_lines(history: History, columns: int, now: datetime) -> list[Line]:
    """The headline, then for each thing that is known its label and words; 0 columns = nothing broken.

    `now` is aware, in the reader's zone.
    """
    entry = history.entry
    found: list[Line] = [
        (Segment(line, "heading", safe_url(entry.url)),)
        for line in wrap(f"{entry.id}  {safe(entry.title or entry.url)}", columns)
    ]
    for label, words in _facts(history, now):
        if words:
            found += _fact(label, safe(words), columns)
    return found


def _fact(label: str, words: str, columns: int) -> list[Line]:
    """The words beside their label, below it on a narrow terminal."""
    if 0 < columns < _NARROW:
        head: list[Line] = [(Segment(label, "meta"),)] if label else []
        return head + [(Segment("  "), Segment(line)) for line in wrap(words, max(columns - 2, 1))]
    first, *rest = wrap(words, columns - _LABEL if columns else 0)
    return [
        (Segment(f"{label:{_LABEL}}", "meta"), Segment(first)),
        *((Segment(" " * _LABEL), Segment(line)) for line in rest),
    ]


def _facts(history: History, now: datetime) -> Iterator[tuple[str, str]]:
    """Labels, each but "" for more of the same, and what is to say; nothing for ""."""
    entry = history.entry
    yield "address", entry.url
    yield from _list("also at", [url for url in history.urls if url != entry.url])
    yield "first seen", _first_seen(history, now)
    yield "page", _page(history, now)
    yield "state", f"{entry.state}: {entry.reason}" if entry.reason else str(entry.state)
    for label, since in (("read", history.read), ("starred", history.starred), ("later", history.later)):
        yield label, f"since {_at(since, now)}" if since else ""
    yield "hidden", entry.hidden or ""
    yield "tags", ", ".join(entry.tags)
    yield from _list("marks", [_marked(each, now) for each in history.changes])
    yield from _list("versions", _versions(history, now))
    yield "story", _story(history.story) if history.story else ""
    yield "copy of", f"{entry.copy_of}, which has the same text" if entry.copy_of else ""
    yield "copies", ", ".join(map(str, history.copies))
    yield "merged", f"{', '.join(map(str, history.merged))} turned out to be this article" if history.merged else ""


def _list(label: str, items: list[str]) -> Iterator[tuple[str, str]]:
    return zip([label, *[""] * len(items)], items, strict=False)


def _first_seen(history: History, now: datetime) -> str:
    """When, and by what."""
    source, home = history.source, history.home
    parts = [_at(history.first_seen, now)]
    if home and (source is None or home not in (source.url, source.moved_from)):
        parts.append(f"named by {home}")
    if source:
        parts.append(f"announced by {source.name}")
    elif not home:
        parts.append("brought by you")
    if history.others:
        parts.append(f"later by {', '.join(history.others)} as well")
    return ", ".join(parts)


def _page(history: History, now: datetime) -> str:
    """Whether the page was read, and what is next."""
    parts = []
    if history.entry.fetched:
        parts.append(f"read {_at(history.entry.fetched, now)}")
    if history.failure:
        when = f" {_at(history.tried, now)}" if history.tried else ""
        parts.append(f"failed{when}: {history.failure} ({numbered(history.failures, 'attempt')} in a row)")
    if history.wanted:
        parts.append(_next(history, now))
    elif not history.entry.fetched:
        parts.append("not asked for by itself" + (" any more" if history.failure else ""))
    return "; ".join(parts)


def _next(history: History, now: datetime) -> str:
    """When a page that is wanted is read."""
    source = history.source
    if source is None or source.paused:
        return f"to be read when {source.name} is resumed" if source else "to be read"
    due = ahead(source.due, now) if source.due else "now"
    reason = f", {source.due_reason}" if source.due_reason else ""
    return f"to be read by the next fetch, whose turn at {source.name} is {due}{reason}"


def _marked(change: Recorded, now: datetime) -> str:
    cause = change.change.text if change.change.mark == "hidden" and change.change.on else ""
    why = f" ({cause})" if cause not in ("", change.by) else ""
    return f"{_at(change.at, now)}  {change.change.done} by {change.by}{why}" + ("; taken back" * change.taken_back)


def _versions(history: History, now: datetime) -> list[str]:
    earlier = [f"{each.number}, read {_at(each.read, now)}: {each.title}" for each in history.versions]
    return [*earlier, f"{history.revision}, the present one"] if earlier else []


def _story(story: Story) -> str:
    followed = ", followed" if story.following else ""
    return f"{story.id}, told by {numbered(len(story.articles), 'article')}{followed}: {story.title}"


def _at(when: datetime, now: datetime) -> str:
    assert now.tzinfo is not None
    return moment(when, now.tzinfo)


def history_document(history: History) -> dict[str, Any]:
    """`why --json`."""
    entry, source = history.entry, history.source
    return {
        "schema": "newsreader.why/1",
        "article": entry.id,
        "url": entry.url,
        "urls": list(history.urls),
        "title": entry.title,
        "first_seen": to_iso(history.first_seen),
        "home": history.home,
        "source": source_reference(entry),
        "announced_also": list(history.others),
        "page": {
            "wanted": history.wanted,
            "due": to_iso(source.due) if source and history.wanted else None,
            "due_reason": source.due_reason if source and history.wanted else None,
            "fetched": to_iso(entry.fetched),
            "tried": to_iso(history.tried),
            "failures": history.failures,
            "failure": history.failure,
        },
        "state": entry.state,
        "reason": entry.reason,
        "read": to_iso(history.read),
        "starred": to_iso(history.starred),
        "later": to_iso(history.later),
        "hidden": entry.hidden,
        "tags": list(entry.tags),
        "changes": [change_object(each) | {"taken_back": each.taken_back} for each in history.changes],
        "revision": history.revision,
        "revisions": [
            {"revision": each.number, "seen": to_iso(each.read), "title": each.title} for each in history.versions
        ],
        "story": entry.story,
        "following": history.story is not None and history.story.following,
        "copy_of": entry.copy_of,
        "copies": list(history.copies),
        "merged": list(history.merged),
    }
