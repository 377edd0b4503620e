"""Lists for pipes: tab-separated, no header, nothing cut."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsreader.dates import to_iso
from newsreader.model.news import Entry, Hit, Match, Source, Story
from newsreader.present.lines import safe

if TYPE_CHECKING:
    from newsreader.model.catalog import CatalogEntry
    from newsreader.model.changes import Recorded
    from newsreader.model.rules import Tally


def list_rows(entries: Iterable[Entry]) -> Iterator[str]:
    """Rows `id published source state marks title url`; published is ISO 8601 or empty, marks as `marks_of` tells."""
    for entry in entries:
        published = to_iso(entry.published)
        yield _row(entry.id, published, entry.source_name, entry.state, marks_of(entry), entry.title, entry.url)


def search_rows(hits: Iterable[Hit]) -> Iterator[str]:
    """Rows `id score published source title url snippet`; score 0.000–1.000."""
    for entry, score, snippet in hits:
        head = (entry.id, f"{score:.3f}", to_iso(entry.published), entry.source_name, entry.title, entry.url)
        yield _row(*head, "".join(text for text, _ in snippet))


def related_rows(matches: Iterable[Match]) -> Iterator[str]:
    """Rows `id score kind published source title url reasons`; score 0.000–1.000, reasons separated by "; "."""
    for entry, kind, score, reasons in matches:
        head = (entry.id, f"{score:.3f}", kind, to_iso(entry.published), entry.source_name)
        yield _row(*head, entry.title, entry.url, "; ".join(reasons))


def story_rows(stories: Iterable[Story]) -> Iterator[str]:
    """Rows `id first_seen last_seen size sources following title`; sources separated by ", ", following f or "-"."""
    for story in stories:
        times = (to_iso(story.first_seen), to_iso(story.last_seen))
        sources, following = ", ".join(story.sources), "f" if story.following else "-"
        yield _row(story.id, *times, len(story.articles), sources, following, story.title)


def sources_rows(sources: Iterable[Source]) -> Iterator[str]:
    """Rows `id name kind status checked due failures url reason`; status "paused" if it is, "new" if never tried."""
    for source in sources:
        times = (to_iso(source.checked), to_iso(source.due))
        head = (source.id, source.name, source.kind, status_of(source))
        yield _row(*head, *times, source.failures, source.url, source.reason)


def catalog_rows(entries: "Iterable[CatalogEntry]") -> Iterator[str]:
    """Rows `name language country kind title url`; the language is a BCP 47 tag, the country ISO 3166."""
    for entry in entries:
        yield _row(entry.name, entry.language, entry.country, entry.kind, entry.title, entry.url)


def planned_row(asks: str, source: str, url: str, *, conditional: bool) -> str:
    """A row `asks source url how` for a request that would be made; how is "if-changed" if it is `conditional`."""
    return _row(asks, source, url, "if-changed" if conditional else "")


def change_rows(changes: "Iterable[Recorded]") -> Iterator[str]:
    """Rows `at by change articles`; the change as it is typed ("tag:coast"), articles a number."""
    for each in changes:
        yield _row(to_iso(each.at), each.by, each.change.word, each.articles)


def rule_rows(rules: "Iterable[Tally]") -> Iterator[str]:
    """Rows `name when then matches changed problem`; what is done separated by ", ", matches empty for a problem."""
    for rule, matches, changed, problem in rules:
        yield _row(rule.name, rule.when, ", ".join(each.word for each in rule.then), matches, changed, problem)


def marks_of(entry: Entry) -> str:
    """The marks as letters: r read, s starred, l later, h hidden; "-" if there is none."""
    marks = (("r", entry.read), ("s", entry.starred), ("l", entry.later), ("h", entry.hidden is not None))
    return "".join(letter for letter, on in marks if on) or "-"


def status_of(source: Source) -> str:
    """The last outcome in one word: "ok", "unchanged" or "failed"; "paused", and "new" if it was never tried."""
    return "paused" if source.paused else source.status or "new"


def _row(*values: object) -> str:
    return "\t".join("" if value is None else safe(str(value)) for value in values)
