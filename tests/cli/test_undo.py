"""Undo: the newest change is taken back, then the one before, as far as there are any."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)


def marks(newsreader):
    shown = newsreader("list", "-n", "0", "--json", "--fields", "id,read,starred,later,tags")
    return json.loads(shown.out)["articles"]


def test_undo_says_what_it_took_back(stocked):
    stocked("read", "1-3", now=NOW)

    result = stocked("undo", now=NOW + timedelta(minutes=2))

    assert (result.status, result.out) == (0, "")
    assert result.err == "Taken back: 3 articles marked read, 2 minutes ago.\n"
    assert not any(article["read"] for article in marks(stocked))


def test_nothing_to_undo_is_no_error(stocked):
    result = stocked("undo")

    assert (result.status, result.err) == (0, "There is nothing to take back.\n")
    assert stocked("undo", "--list").out == ""


def test_twelve_undos_in_a_row_walk_back_through_all_that_was_done(stocked):
    commands = [
        ("read", "1-5"), ("star", "2", "3"), ("tag", "港", "2"), ("unread", "2"), ("later", "2", "7"), ("unstar", "2"),
        ("hide", "9"), ("untag", "港", "2"), ("read", "2"), ("mark", "not-later", "7"), ("unhide", "9"),
        ("tag", "a b", "1-12"),
    ]  # fmt: skip
    stands = []
    for minute, command in enumerate(commands):
        stands.append(marks(stocked))
        assert stocked(*command, now=NOW + timedelta(minutes=minute)).status == 0

    for before in reversed(stands):
        assert stocked("undo").err.startswith("Taken back: ")
        assert marks(stocked) == before
    assert stocked("undo").err == "There is nothing to take back.\n"


def test_what_was_read_because_it_was_shown_is_taken_back(stocked, ids):
    assert stocked("show", "4", "5", "--offline").status == 0
    assert 4 not in ids("--unread")

    assert stocked("undo").err.startswith("Taken back: 2 articles marked read, ")
    assert ids("--unread") == list(range(1, 13))


def test_what_can_be_taken_back_is_listed(stocked):
    stocked("tag", "港", "1-3", now=NOW)
    stocked("hide", "9", "--reason", "old", now=NOW + timedelta(hours=1))

    later = NOW + timedelta(hours=3)
    assert stocked("undo", "--list", now=later).rows == [
        ["2026-09-14T13:00:00+00:00", "you", "hide", "1"],
        ["2026-09-14T12:00:00+00:00", "you", "tag:港", "3"],
    ]
    assert stocked("undo", "--list", "-n", "1", now=later, terminal=80).out == "1 article hidden, 2 hours ago\n"
    assert stocked("undo", now=later).err == "Taken back: 1 article hidden, 2 hours ago.\n"


@pytest.mark.parametrize("args", [("--list",), ()])
def test_for_programs_a_change_is_told_whole(stocked, args):
    stocked("hide", "9", "--reason", "old", now=NOW)

    document = json.loads(stocked("undo", "--json", *args).out)

    Draft202012Validator(json.loads(stocked("schema", "undo").out)).validate(document)
    change = {"at": "2026-09-14T12:00:00+00:00", "by": "you", "change": "hide", "cause": "old", "articles": 1}
    assert document == {"schema": "newsreader.undo/1", "changes": [change]}


def test_a_clock_that_jumped_back_takes_back_what_was_done_last(stocked):
    stocked("star", "1", now=NOW)
    stocked("star", "2", now=NOW - timedelta(days=300))

    assert stocked("undo", now=NOW - timedelta(days=400)).err == "Taken back: 1 article starred, 1 second ago.\n"
    assert [article["id"] for article in marks(stocked) if article["starred"]] == [1]
