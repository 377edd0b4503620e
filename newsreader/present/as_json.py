"""Entries, articles, matches and sources as the JSON that the published schemas describe."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsreader.dates import to_iso
from newsreader.errors import NewsreaderError, NotFoundError, UsageError
from newsreader.model.news import Entry, Hit, Match, Source, Story

if TYPE_CHECKING:
    import re

    from newsreader.model.article import Article, Link
    from newsreader.model.catalog import CatalogEntry
    from newsreader.model.changes import Change, Recorded
    from newsreader.model.rules import Tally

ENTRY_FIELDS = (
    "id", "url", "title", "source", "published", "updated", "fetched", "language", "state", "reason", "read",
    "starred", "later", "story", "summary", "section", "tags", "word_count", "image", "related_count",
    "hidden", "copy_of",
)  # fmt: skip
GROUP_FIELDS = ("story_size", "story_sources")
SEARCH_FIELDS = (*ENTRY_FIELDS, "score", "snippet")
RELATED_FIELDS = ("id", "url", "title", "source", "published", "score", "kind", "reasons")
STORY_FIELDS = ("id", "title", "size", "sources", "first_seen", "last_seen", "following", "new", "articles")
SOURCE_FIELDS = (
    "id", "name", "url", "site", "kind", "language", "tags", "paused", "added", "checked", "due", "due_reason",
    "failures", "status", "reason", "moved_from", "moved",
)  # fmt: skip
RULE_FIELDS = ("name", "when", "then", "matches", "changed", "problem")
CATALOG_FIELDS = ("name", "title", "site", "kind", "url", "language", "country", "tags")

_SCHEMAS = Path(__file__).parent / "schemas"
_ENDING = ".schema.json"
_FETCH_COUNTS = ("new", "updated", "unchanged", "articles", "failed")


def dump(value: Any) -> str:
    """A value as JSON on one line, text of every script as it is.

    What a terminal would obey or reorder (C0 and C1 controls, bidi overrides, line separators) and lone surrogates are
    written as escapes, so that the line means the same and can be shown, split at line breaks and encoded.
    """
    line = json.dumps(value, ensure_ascii=False)
    return line if line.isprintable() else _dangerous().sub(_escape, line)


@cache
def _dangerous() -> "re.Pattern[str]":
    import re

    return re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _escape(found: "re.Match[str]") -> str:
    return f"\\u{ord(found.group()):04x}"


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry as the object A of `newsreader.list/1`."""
    return article_reference(entry) | {
        "updated": to_iso(entry.updated),
        "fetched": to_iso(entry.fetched),
        "language": entry.language,
        "state": entry.state,
        "reason": entry.reason,
        "read": entry.read,
        "starred": entry.starred,
        "later": entry.later,
        "story": entry.story,
        "summary": entry.summary,
        "section": entry.section,
        "tags": list(entry.tags),
        "word_count": entry.word_count,
        "image": entry.image,
        "related_count": entry.related_count,
        "hidden": entry.hidden,
        "copy_of": entry.copy_of,
    }


def article_reference(entry: Entry) -> dict[str, Any]:
    """The fields by which an article is known wherever it is named."""
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "source": source_reference(entry),
        "published": to_iso(entry.published),
    }


def source_reference(entry: Entry) -> dict[str, Any] | None:
    """The source of an entry, `None` if it has none."""
    if entry.source_id is None:
        return None
    return {"id": entry.source_id, "name": entry.source_name or ""}


def list_document(
    entries: Iterable[Entry],
    next_id: int | None,
    fields: Sequence[str] = (),
    stories: Sequence[Story] | None = None,
) -> dict[str, Any]:
    """`list --json`; `next_id` is what `--after` takes to go on, `None` at the end; `fields` selects, () = all.

    With `stories`, one an entry that stands for it, each has the fields of its story as well.
    """
    objects = [entry_object(entry) for entry in entries]
    known = ENTRY_FIELDS if stories is None else (*ENTRY_FIELDS, *GROUP_FIELDS)
    if stories is not None:
        for told, story in zip(objects, stories, strict=True):
            told.update(story_size=len(story.articles), story_sources=list(story.sources))
    return {"schema": "newsreader.list/1", "articles": select(objects, fields, known), "next": next_id}


def story_object(story: Story) -> dict[str, Any]:
    """A story as an item of `newsreader.stories/1`."""
    return {
        "id": story.id,
        "title": story.title,
        "size": len(story.articles),
        "sources": list(story.sources),
        "first_seen": to_iso(story.first_seen),
        "last_seen": to_iso(story.last_seen),
        "following": story.following,
        "new": story.new,
        "articles": list(story.articles),
    }


def stories_document(stories: Iterable[Story], fields: Sequence[str] = ()) -> dict[str, Any]:
    """`stories --json`."""
    found = select([story_object(story) for story in stories], fields, STORY_FIELDS)
    return {"schema": "newsreader.stories/1", "stories": found}


def hit_object(hit: Hit) -> dict[str, Any]:
    """A find as an item of `newsreader.search/1`; the score has three decimals."""
    snippet = [{"text": text, "match": is_match} for text, is_match in hit.snippet]
    return entry_object(hit.entry) | {"score": round(hit.score, 3), "snippet": snippet}


def search_document(hits: Iterable[Hit], fields: Sequence[str] = ()) -> dict[str, Any]:
    """`search --json`."""
    found = select([hit_object(hit) for hit in hits], fields, SEARCH_FIELDS)
    return {"schema": "newsreader.search/1", "articles": found}


def count_document(count: int) -> dict[str, Any]:
    """`count --json`."""
    return {"schema": "newsreader.count/1", "count": count}


def article_document(
    entry: Entry | None,
    article: "Article",
    links: Sequence[tuple["Link", int | None]] = (),
    revisions: Sequence[Mapping[str, Any]] = (),
    urls: Sequence[str] = (),
) -> dict[str, Any]:
    """`show --json`.

    `entry` is `None` for a page that is not stored: its `id` is null then. `links` pairs each link with the id of what
    it leads to (`None` = not stored); () takes the links of the article, without ids. `revisions` holds `{"revision",
    "seen", "title", "words"}`, the oldest first; `urls` are the addresses at which it was seen.
    """
    head = _unstored_object(article) if entry is None else entry_object(entry)
    pairs = links or [(link, None) for link in article.links]
    told = article.to_dict()
    return {
        "schema": "newsreader.article/1",
        **head,
        "urls": list(urls),
        "subtitle": article.subtitle,
        "authors": told["authors"],
        "blocks": told["blocks"],
        "text": article.text,
        "markdown": article.markdown,
        "images": [image._asdict() for image in article.images],
        "toc": [{"level": level, "text": text} for level, text in article.toc],
        "links": [{**link._asdict(), "id": id_} for link, id_ in pairs],
        "revisions": [dict(revision) for revision in revisions],
    }


def _unstored_object(article: "Article") -> dict[str, Any]:
    """The object A of a page that was read without keeping it."""
    told = article.to_dict()
    shared = ("url", "title", "published", "updated", "language", "state", "summary", "section", "tags")
    return dict.fromkeys(ENTRY_FIELDS) | {
        **{name: told[name] for name in shared},
        "reason": article.reason or None,
        "read": False,
        "starred": False,
        "later": False,
        "word_count": article.word_count,
        "image": article.lead_image.url if article.lead_image else None,
        "related_count": sum(link.kind in ("inline", "related") for link in article.links),
    }


def match_object(match: Match) -> dict[str, Any]:
    """A match as an item of `newsreader.related/1`; the score has three decimals."""
    return article_reference(match.entry) | {
        "score": round(match.score, 3),
        "kind": match.kind,
        "reasons": list(match.reasons),
    }


def related_document(article_id: int, matches: Iterable[Match], fields: Sequence[str] = ()) -> dict[str, Any]:
    """`related --json` of one article."""
    related = select([match_object(match) for match in matches], fields, RELATED_FIELDS)
    return {"schema": "newsreader.related/1", "article": article_id, "related": related}


def source_object(source: Source) -> dict[str, Any]:
    """A source as an item of `newsreader.sources/1`; validators are the program's own business and stay out."""
    plain: dict[str, Any] = {name: getattr(source, name) for name in SOURCE_FIELDS}
    times = {name: to_iso(plain[name]) for name in ("added", "checked", "due", "moved")}
    return plain | times | {"tags": list(source.tags)}


def sources_document(sources: Iterable[Source], fields: Sequence[str] = ()) -> dict[str, Any]:
    """`sources --json`."""
    found = select([source_object(source) for source in sources], fields, SOURCE_FIELDS)
    return {"schema": "newsreader.sources/1", "sources": found}


def catalog_document(entries: "Iterable[CatalogEntry]", fields: Sequence[str] = ()) -> dict[str, Any]:
    """`sources catalog --json`."""
    found = select([{**entry._asdict(), "tags": list(entry.tags)} for entry in entries], fields, CATALOG_FIELDS)
    return {"schema": "newsreader.catalog/1", "sources": found}


def change_object(change: "Recorded") -> dict[str, Any]:
    """A change of marks as an item of `newsreader.undo/1` and `newsreader.why/1`."""
    return {"at": to_iso(change.at), "by": change.by, "change": change.change.word, "cause": _cause_of(change.change)}


def _cause_of(change: "Change") -> str | None:
    return change.text if change.mark == "hidden" and change.on else None


def undo_document(changes: "Iterable[Recorded]") -> dict[str, Any]:
    """`undo --json`: what was taken back, or with `--list` what can be."""
    listed = [change_object(each) | {"articles": each.articles} for each in changes]
    return {"schema": "newsreader.undo/1", "changes": listed}


def rule_object(tally: "Tally") -> dict[str, Any]:
    """A rule as an item of `newsreader.rules/1`."""
    rule, matches, changed, problem = tally
    told = {"name": rule.name, "when": rule.when, "then": [each.word for each in rule.then]}
    return told | {"matches": matches, "changed": changed, "problem": problem}


def rules_document(rules: "Iterable[Tally]", fields: Sequence[str] = ()) -> dict[str, Any]:
    """`rules --json`."""
    return {"schema": "newsreader.rules/1", "rules": select([rule_object(each) for each in rules], fields, RULE_FIELDS)}


def error_document(error: NewsreaderError) -> dict[str, Any]:
    """What goes to standard error when a command with `--json` fails."""
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def fetch_line(values: Mapping[str, Any]) -> str:
    """One line of `fetch --json`, for a source that ended.

    `values` holds `source` ({"id", "name"}) and `status`, and may hold the counts `new`, `updated`, `unchanged`,
    `articles` and `failed` (0 if missing), `reason` in words (`None`) and `seconds` (0, kept to milliseconds).
    """
    counts = {name: values.get(name, 0) for name in _FETCH_COUNTS}
    head = {"source": values["source"], "status": values["status"]}
    seconds = round(values.get("seconds", 0), 3)
    return dump({**head, **counts, "reason": values.get("reason"), "seconds": seconds})


def fetch_summary(values: Mapping[str, Any]) -> str:
    """The last line of `fetch --json`: `sources`, `sources_failed`, the counts of `fetch_line`, `seconds`."""
    counts = {name: values.get(name, 0) for name in ("sources", "sources_failed", *_FETCH_COUNTS)}
    return dump({"schema": "newsreader.fetch/1", "summary": {**counts, "seconds": round(values.get("seconds", 0), 3)}})


def select(
    objects: Sequence[dict[str, Any]], names: Sequence[str], known: Sequence[str] = ENTRY_FIELDS
) -> list[dict[str, Any]]:
    """The objects with only the named fields, in the order asked for; () = all of them.

    `known` are the fields that may be asked for, so that a wrong name is told even when nothing was found.
    Raises `UsageError`, which lists the known names.
    """
    if not names:
        return list(objects)
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"No such field: {', '.join(unknown)}", hint=f"Fields: {', '.join(known)}")
    return [{name: found[name] for name in names} for found in objects]


def schema_names() -> list[str]:
    """The names that `schema` knows, sorted: "article", "error", "fetch" and so on."""
    return sorted(path.name.removesuffix(_ENDING) for path in _SCHEMAS.glob(f"*{_ENDING}"))


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document. Raises `NotFoundError` for a name that is not one of `schema_names`."""
    if name not in schema_names():
        raise NotFoundError(f"No such schema: {name}", hint=f"Schemas: {', '.join(schema_names())}")
    found: dict[str, Any] = json.loads((_SCHEMAS / f"{name}{_ENDING}").read_text(encoding="utf-8"))
    return found
