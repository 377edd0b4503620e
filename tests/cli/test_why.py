"""Why: everything that was done to an article, and by what."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator

from newsreader.errors import ExitStatus
from newsreader.model.news import Headline, Source, State
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store, transaction
from newsreader.store.headlines import record_failure
from newsreader.store.merging import merge
from newsreader.store.sources import add_source
from newsreader.text import width

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
_SENTENCES = (f"On the {number}th pier {number * 7} people waited for the ferry." for number in range(4, 20))
PARAGRAPHS = "".join(f"<p>{sentence} Nobody knew when it would come, or why.</p>" for sentence in _SENTENCES).encode()


def facts(result):
    """Label and words of each line but the first."""
    assert result.status == 0, result.err
    return [(line[:12].strip(), line[12:]) for line in result.out.splitlines()[1:]]


def document(newsreader, article_id):
    found = json.loads(newsreader("why", article_id, "--json").out)
    Draft202012Validator(json.loads(newsreader("schema", "why").out)).validate(found)
    return found


@pytest.fixture
def store(stocked):
    db = open_store(stocked.store)
    yield db
    db.close()


def test_an_article_tells_where_it_is_from_and_what_is_next(stocked):
    told = stocked("why", "3", TZ="UTC", now=NOW)

    assert told.out.startswith("3  Harbour lights go out for a night\n")
    assert facts(told) == [
        ("address", "https://post.example/3"),
        ("first seen", "2026-09-14 11:00, announced by Saltney Post"),
        ("page", "to be read by the next fetch, whose turn at Saltney Post is now"),
        ("state", "headline"),
    ]


def test_marks_are_told_with_who_set_them_and_what_was_taken_back(stocked, write_config):
    write_config('[rules.harbour]\nwhen = "harbour"\nthen = ["tag:harbour", "hide"]\n')
    stocked("read", "3", now=NOW)
    stocked("star", "3", now=NOW)
    stocked("undo")
    stocked("rules", "apply", now=NOW + timedelta(minutes=1))
    stocked("hide", "4", "--reason", "seen in print", now=NOW)

    assert facts(stocked("why", "3"))[4:] == [
        ("read", "since 2026-09-14 12:00"),
        ("hidden", "rule harbour"),
        ("tags", "harbour"),
        ("marks", "2026-09-14 12:00  marked read by you"),
        ("", "2026-09-14 12:00  starred by you; taken back"),
        ("", "2026-09-14 12:01  tagged harbour by rule harbour"),
        ("", "2026-09-14 12:01  hidden by rule harbour"),
    ]
    assert facts(stocked("why", "4"))[-1] == ("marks", "2026-09-14 12:00  hidden by you (seen in print)")
    changes = document(stocked, 3)["changes"]
    assert [(each["by"], each["change"], each["cause"], each["taken_back"]) for each in changes] == [
        ("you", "read", None, False),
        ("you", "star", None, True),
        ("rule harbour", "tag:harbour", None, False),
        ("rule harbour", "hide", "rule harbour", False),
    ]


def test_ids_that_became_one_article_lead_to_it_and_are_told(stocked, store):
    stocked("star", "7")
    with transaction(store):
        merge(store, 2, 7)

    told = stocked("why", "7")

    assert told.out.startswith("2  Chowder")
    assert ("also at", "https://post.example/7") in facts(told)
    assert facts(told)[-1] == ("merged", "7 turned out to be this article")
    assert document(stocked, 7)["merged"] == [7]
    assert document(stocked, 7)["starred"] is not None


def test_several_sources_are_told_in_their_order(stocked, store):
    other = add_source(store, Source(0, "Hill Gazette", "https://gazette.example/feed", added=NOW))
    save_headlines(store, other.id, [Headline("https://post.example/3", "Harbour lights")], NOW)

    seen = dict(facts(stocked("why", "3")))["first seen"]

    assert seen == "2026-09-14 11:00, announced by Saltney Post, later by Hill Gazette as well"
    assert document(stocked, 3)["announced_also"] == ["Hill Gazette"]


def test_a_page_that_could_not_be_read_tells_why_and_how_often(stocked, store):
    for _ in range(3):
        record_failure(store, 3, State.FAILED, "post.example does not answer", NOW)

    assert dict(facts(stocked("why", "3")))["page"] == (
        "failed 2026-09-14 12:00: post.example does not answer (3 attempts in a row); not asked for by itself any more"
    )
    page = document(stocked, 3)["page"]
    assert (page["wanted"], page["failures"], page["failure"]) == (False, 3, "post.example does not answer")


def test_a_paused_source_is_told(stocked):
    stocked("sources", "pause", "saltney")

    assert dict(facts(stocked("why", "3")))["page"] == "to be read when Saltney Post is resumed"


def test_what_was_read_changed_and_linked_is_told(subscribed):
    told = dict(facts(subscribed("why", "3", now=NOW)))
    linked = next(
        link["id"] for link in json.loads(subscribed("show", "3", "--json").out)["links"] if link["kind"] == "related"
    )

    assert told["page"] == "read 2026-09-14 12:00"
    assert told["state"] == "full"
    assert document(subscribed, linked)["home"]
    document(subscribed, 3)


def test_a_page_that_a_person_brought_is_told(newsreader):
    page = b"<h1>A fair day</h1>" + b"<p>A whole sentence of news.</p>" * 20
    newsreader("show", "-", "--url", "https://example.org/a", stdin=page)

    assert dict(facts(newsreader("why", "https://example.org/a")))["first seen"].endswith(", brought by you")
    assert document(newsreader, 1)["source"] is None


def test_earlier_texts_and_copies_are_told(newsreader):
    first, second = (f"<h1>{title}</h1>".encode() + PARAGRAPHS for title in ("A fair day", "A fair day, with rain"))
    newsreader("show", "-", "--url", "https://example.org/a", stdin=first, now=NOW)
    newsreader("show", "-", "--url", "https://example.org/a", stdin=second, now=NOW + timedelta(hours=1))
    newsreader("show", "-", "--url", "https://other.example/b", stdin=second, now=NOW + timedelta(hours=2))

    told = facts(newsreader("why", "1"))

    assert ("versions", "1, read 2026-09-14 12:00: A fair day") in told
    assert ("", "2, the present one") in told
    assert ("copies", "2") in told
    assert facts(newsreader("why", "2"))[-1] == ("copy of", "1, which has the same text")
    assert [each["title"] for each in document(newsreader, 1)["revisions"]] == ["A fair day"]
    assert (document(newsreader, 1)["copies"], document(newsreader, 2)["copy_of"]) == ([2], 1)


@pytest.mark.parametrize("columns", [20, 30, 60, 100])
def test_no_line_is_wider_than_the_terminal(stocked, columns):
    stocked("tag", "a tag that is longer than most", "5")
    stocked("hide", "5", "--reason", "クジラの話はもう読んだ " * 6)

    assert max(map(width, stocked("why", "5", terminal=columns, NO_COLOR="1").out.splitlines())) <= columns


def test_an_unknown_article_is_not_found(stocked):
    assert stocked("why", "99").status == ExitStatus.NOT_FOUND


def test_the_story_is_told_and_whether_it_is_followed(stocked, store):
    with transaction(store):
        store.execute("INSERT INTO story (id, title, followed_at) VALUES (3, 'Saltney in the dark', 1)")
        store.execute("UPDATE article SET story = 3 WHERE id IN (3, 4)")

    told = facts(stocked("why", "4"))

    assert ("story", "3, told by 2 articles, followed: Saltney in the dark") in told
    assert (document(stocked, 4)["story"], document(stocked, 4)["following"]) == (3, True)
    assert (document(stocked, 5)["story"], document(stocked, 5)["following"]) == (None, False)
