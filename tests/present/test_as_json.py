"""The JSON is what the published schemas say, and the schemas are sound."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newsreader.dates import Day
from newsreader.errors import NewsreaderError, NotFoundError, UsageError
from newsreader.model.article import LinkKind
from newsreader.model.news import State
from newsreader.present import as_json
from newsreader.present.as_brief import brief_document
from newsreader.present.as_story import timeline_document


def check(name: str, document: Any) -> None:
    Draft202012Validator(as_json.schema(name)).validate(document)


def errors_of(name: str, document: Any) -> list[Any]:
    return list(Draft202012Validator(as_json.schema(name)).iter_errors(document))


def test_the_schemas_are_these():
    names = "article brief cache catalog count doctor error export fetch import list related rules search sources"
    assert as_json.schema_names() == [*names.split(), "stories", "story", "undo", "why"]


@pytest.mark.parametrize("name", as_json.schema_names())
def test_a_schema_is_valid_and_closed_and_describes_every_field(name):
    found = as_json.schema(name)
    Draft202012Validator.check_schema(found)
    objects = [part for part in _parts(found) if part.get("type") == "object"]
    assert objects
    for part in objects:
        assert part["additionalProperties"] is False
        assert set(part["required"]) <= set(part["properties"])
        for field in part["properties"].values():
            assert field.get("description") or "$ref" in field


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)


def test_an_unknown_schema_is_not_found_and_the_hint_lists_all():
    with pytest.raises(NotFoundError) as caught:
        as_json.schema("../as_json.py")
    assert "sources" in str(caught.value.hint)


def test_list_document(entries):
    document = as_json.list_document(entries, 101)
    check("list", document)
    assert document["next"] == 101
    assert document["articles"][0]["source"] == {"id": 1, "name": "Harbour Post"}
    assert document["articles"][0]["published"] == "2026-11-24T10:00:00+09:00"
    assert document["articles"][5]["source"] is None
    assert tuple(document["articles"][0]) == as_json.ENTRY_FIELDS


def test_an_empty_list_is_a_list():
    document = as_json.list_document([], None)
    check("list", document)
    assert document == {"schema": "newsreader.list/1", "articles": [], "next": None}


def test_a_day_without_an_hour_stays_a_day(an_entry):
    found = as_json.entry_object(an_entry(published=Day(2025, 8, 1, tzinfo=UTC)))
    assert found["published"] == "2025-08-01"
    check("list", {"schema": "newsreader.list/1", "articles": [found], "next": None})


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_in_the_schema(an_entry, state):
    check("list", as_json.list_document([an_entry(state=state)], None))


def test_the_schema_refuses_what_is_not_promised(an_entry):
    good = as_json.list_document([an_entry()], None)
    wrong: list[dict[str, Any]] = [
        {"state": "fine"},
        {"published": "yesterday"},
        {"id": 0},
        {"extra": 1},
        {"url": "ftp://x"},
    ]
    for change in wrong:
        article = {**good["articles"][0], **change}
        assert errors_of("list", {**good, "articles": [article]}), change


def test_article_document(an_entry, english):
    pairs = [(link, 90 + at if at else None) for at, link in enumerate(english.links)]
    revisions = [{"revision": 1, "seen": "2026-11-20T09:00:00+00:00", "title": english.title, "words": 60}]
    document = as_json.article_document(an_entry(related_count=3), english, pairs, revisions, [english.url])
    check("article", document)
    own = ("urls", "subtitle", "authors", "blocks", "text", "markdown", "images", "toc", "links", "revisions")
    assert tuple(document) == ("schema", *as_json.ENTRY_FIELDS, *own)
    assert document["related_count"] == 3
    assert document["toc"] == [
        {"level": 2, "text": "What was done"},
        {"level": 2, "text": "What it cost"},
        {"level": 3, "text": "In figures"},
    ]
    assert [link["id"] for link in document["links"]] == [None, 91, 92, 93, 94]
    assert document["links"][0]["heading"] == "What was done"
    assert [image["caption"] for image in document["images"]] == ["The bridge at dawn.", "The south pier."]
    assert document["blocks"][4]["kind"] == "heading"


def test_an_article_that_is_not_stored_has_no_id(japanese):
    document = as_json.article_document(None, japanese)
    check("article", document)
    assert document["id"] is None
    assert document["state"] == "partial"
    assert document["reason"] == "続きは会員だけが読める"
    assert document["related_count"] == 1
    assert [link["kind"] for link in document["links"]] == [LinkKind.INLINE]


def test_related_document(matches):
    document = as_json.related_document(7, matches)
    check("related", document)
    assert document["related"][0]["score"] == 0.912
    assert document["related"][0]["reasons"] == ["linked by the page", "same names: 港の大橋"]


def test_sources_document(sources):
    document = as_json.sources_document(sources)
    check("sources", document)
    assert [source["status"] for source in document["sources"]] == ["ok", "failed", None]
    assert "etag" not in document["sources"][0]


def test_catalog_document(catalog):
    document = as_json.catalog_document(catalog)
    check("catalog", document)
    assert [source["tags"] for source in document["sources"]] == [["newspaper"], []]
    assert as_json.catalog_document(catalog, ("name",))["sources"] == [{"name": "post"}, {"name": "minato"}]


def test_fetch_lines():
    line = as_json.fetch_line({"source": {"id": 1, "name": "港"}, "status": "ok", "new": 3, "seconds": 0.12345})
    assert json.loads(line)["seconds"] == 0.123
    check("fetch", json.loads(line))
    summary = json.loads(as_json.fetch_summary({"sources": 2, "sources_failed": 1, "new": 3}))
    check("fetch", summary)
    assert summary["summary"]["articles"] == 0
    assert errors_of("fetch", {"source": {"id": 1, "name": "x"}})


def test_every_error_is_in_the_schema():
    pending, codes = [NewsreaderError], set()
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        codes.add(kind.code)
    for code in codes:
        check("error", {"error": {"code": code, "message": "No.", "hint": None}})
    check("error", as_json.error_document(NotFoundError("No article 9", hint="See newsreader list")))


def test_stories_document(stories):
    document = as_json.stories_document(stories)
    check("stories", document)
    assert tuple(document["stories"][0]) == as_json.STORY_FIELDS
    assert document["stories"][0]["sources"] == ["Harbour Post", "港湾新聞"]
    assert [(each["size"], each["following"], each["new"]) for each in document["stories"]] == [
        (3, True, 2),
        (2, False, 0),
        (1, True, 0),
        (1, False, 0),
    ]
    assert as_json.stories_document(stories[:1], ("size", "id"))["stories"] == [{"size": 3, "id": 101}]


def test_an_article_that_stands_for_its_story_tells_how_many_tell_it(entries, stories):
    document = as_json.list_document(entries[:4], None, (), stories)
    check("list", document)
    assert document["articles"][0]["story_sources"] == ["Harbour Post", "港湾新聞"]
    selected = as_json.list_document(entries[:1], None, ("id", "story_size"), stories[:1])
    assert selected["articles"] == [{"id": 101, "story_size": 3}]
    with pytest.raises(UsageError):
        as_json.list_document(entries, None, ("story_size",))


def test_timeline_document(timeline):
    document = timeline_document(timeline)
    check("story", document)
    assert [report["copy_of"] for report in document["reports"]] == [None, 101, None]
    assert [(report["new"], report["changed"], report["read"]) for report in document["reports"]] == [
        (False, False, True),
        (True, False, False),
        (True, True, False),
    ]
    assert len(document["reports"][2]["added"]) == 6


def test_brief_document(summaries):
    document = brief_document(summaries)
    check("brief", document)
    assert document["stories"][0]["told_by"]["id"] == 101
    assert [story["new"] for story in document["stories"]] == [2, 2]
    assert len(document["stories"][0]["added"]) == 7


def test_fields_are_selected_in_the_order_asked_for(entries):
    found = as_json.list_document(entries[:1], None, ("title", "id"))["articles"]
    assert found == [{"title": entries[0].title, "id": 101}]
    assert list(found[0]) == ["title", "id"]


def test_an_unknown_field_is_a_usage_error_that_lists_the_names_even_of_an_empty_list():
    with pytest.raises(UsageError) as caught:
        as_json.list_document([], None, ("id", "tilte"))
    assert "tilte" in caught.value.message
    assert "word_count" in str(caught.value.hint)


def test_no_fields_means_all(entries):
    objects = [as_json.entry_object(entry) for entry in entries]
    assert as_json.select(objects, ()) == objects


def test_dump_is_one_line_in_every_script():
    assert as_json.dump({"title": "港の大橋\nが", "at": [1, None]}) == '{"title": "港の大橋\\nが", "at": [1, null]}'


def test_dump_escapes_what_a_terminal_would_obey_and_means_the_same():
    value = {"a": "\x1b[31m\x07\x9b2J\x7f\u202e\u2066\u2028\ud800é👩‍🚒 "}
    line = as_json.dump(value)
    assert json.loads(line) == value
    assert not {char for char in line if char in "\x1b\x07\x9b\x7f\u202e\u2066\u2028\ud800"}
    assert "é👩‍🚒" in line
    line.encode("utf-8")


def test_times_are_whole_seconds(an_entry):
    at = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    assert as_json.entry_object(an_entry(fetched=at))["fetched"] == "2026-01-02T03:04:05+00:00"
