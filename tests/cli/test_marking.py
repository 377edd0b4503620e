"""Marking: by ids, addresses, ranges, a pipe or a choice; every verb, and never everything by mistake."""

import json

import pytest

from newsreader.errors import ExitStatus
from newsreader.store.connection import open_store, rows


def stored(newsreader, sql):
    db = open_store(newsreader.store, read_only=True)
    try:
        return rows(db, sql)
    finally:
        db.close()


def tags(newsreader, article_id):
    return json.loads(newsreader("show", article_id, "--offline", "--json").out)["tags"]


def test_ids_addresses_and_ranges_name_articles(stocked, ids):
    result = stocked("mark", "read", "1", "https://post.example/3", "5-7", "6")

    assert (result.status, result.out) == (0, "")
    assert result.err == "5 articles marked read.\n"
    assert set(range(1, 13)) - set(ids("--unread")) == {1, 3, 5, 6, 7}


def test_a_range_takes_what_is_there_and_listed(stocked, ids):
    assert stocked("read", "10-99").err == "3 articles marked read.\n"
    assert stocked("read", "20-99").status == ExitStatus.NOT_FOUND
    assert stocked("read", "9-3").err == "newsreader: 9-3 runs backwards. Write 3-9.\n"
    assert ids("--unread") == list(range(1, 10))


def test_what_was_marked_already_is_told(stocked):
    stocked("star", "1", "2")

    assert stocked("star", "1", "3").err == "1 article starred; 1 was already.\n"
    assert stocked("star", "1", "2", "3").err == "0 articles starred; 3 were already.\n"


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("read", "1 article marked read.\n"),
        ("star", "1 article starred.\n"),
        ("later", "1 article kept for later.\n"),
        ("hide", "1 article hidden.\n"),
    ],
)
def test_a_verb_is_a_command_and_a_change_and_has_an_opposite(stocked, verb, sentence):
    columns = (
        "SELECT read_at IS NULL, starred_at IS NULL, later_at IS NULL, hidden_by IS NULL FROM article WHERE id = 4"
    )
    opposite = {"read": "unread", "star": "unstar", "later": "not-later", "hide": "unhide"}[verb]

    assert stocked(verb, "4").err == stocked("mark", verb, "5").err == sentence
    assert sum(stored(stocked, columns)[0]) == 3
    assert stocked("mark", opposite, "4").status == 0
    assert sum(stored(stocked, columns)[0]) == 4


def test_tags_are_given_and_taken_away(stocked):
    assert stocked("tag", "港", "1", "2").err == "2 articles tagged 港.\n"
    assert stocked("mark", "tag:two words", "1").status == 0
    assert tags(stocked, 1) == ["港", "two words"]
    assert stocked("untag", "港", "1-3").err == "2 articles untagged 港; 1 was already.\n"
    assert stocked("mark", "untag:TWO WORDS", "1").status == 0
    assert tags(stocked, 1) == []


def test_what_is_hidden_is_in_no_list_and_tells_why(stocked, ids):
    stocked("hide", "2")
    stocked("hide", "3", "--reason", "seen in print")
    stocked("mark", "hide", "4", "--reason", "old\x1b[2J news")

    assert ids() == [1, *range(5, 13)]
    assert stored(stocked, "SELECT hidden_by FROM article WHERE id IN (2, 3, 4)") == [
        ("you",),
        ("seen in print",),
        ("old[2J news",),
    ]
    assert stocked("unhide", "2-4").err == "3 articles shown again.\n"
    assert ids() == list(range(1, 13))


def test_a_reason_is_for_hiding_alone(stocked):
    assert stocked("mark", "star", "1", "--reason", "good").status == ExitStatus.USAGE


def test_a_pipe_names_articles_and_an_empty_one_none(stocked, ids):
    rows_of_list = stocked("list", "-n", "2").out.encode()

    assert stocked("mark", "later", "-", stdin=rows_of_list).err == "2 articles kept for later.\n"
    assert stocked("mark", "later", "-", stdin=b"").err == "No article is chosen.\n"
    assert ids("--later") == [1, 2]


def test_without_ids_and_without_a_choice_nothing_is_marked(stocked, ids):
    for command in (("mark", "read"), ("read",), ("hide",), ("tag", "coast")):
        result = stocked(*command)
        assert result.status == ExitStatus.USAGE
        assert "which articles" in result.err
    assert ids("--unread") == list(range(1, 13))


def test_a_dry_run_counts_and_changes_nothing(stocked, ids):
    stocked("read", "1")

    assert stocked("read", "1-4", "--dry-run").err == "3 articles would be marked read; 1 was already.\n"
    assert ids("--unread") == list(range(2, 13))


def test_one_article_that_is_not_there_leaves_all_as_they_were(stocked, ids):
    result = stocked("mark", "read", "1", "99")

    assert result.status == ExitStatus.NOT_FOUND
    assert "99" in result.err
    assert ids("--unread") == list(range(1, 13))


@pytest.mark.parametrize("change", ["raed", "tag", "tag:", "untag", ""])
def test_an_unknown_change_is_answered_with_all_that_are_known(stocked, change):
    result = stocked("mark", change, "1")

    assert result.status == ExitStatus.USAGE
    assert "unstar, later, not-later, hide, unhide, tag:NAME" in result.err


def test_thousands_of_ids_go_through_a_pipe_at_once(stocked):
    lines = "".join(f"{number % 12 + 1}\n" for number in range(50_000)).encode()

    assert stocked("mark", "read", "-", stdin=lines).err == "12 articles marked read.\n"


def test_a_query_chooses_what_is_marked(stocked, ids):
    assert stocked("mark", "read", "--query", "harbour -title:ferry").err == "2 articles marked read.\n"
    assert stocked("star", "-q", "クジラ OR 霧笛").err == "2 articles starred.\n"
    assert stocked("tag", "harbour", "-q", "title:harbour").err == "3 articles tagged harbour.\n"
    assert [ids("is:read"), ids("--starred"), ids("--tag", "harbour")] == [[3, 11], [5, 6], [1, 3, 11]]


def test_the_options_of_lists_choose_what_is_marked(stocked, ids):
    stocked("star", "2-4")

    assert stocked("mark", "later", "--starred", "--source", "saltney").err == "3 articles kept for later.\n"
    assert stocked("read", "--since", "2026-09-14T10:55:30+00:00").err == "4 articles marked read.\n"
    assert stocked("hide", "--tag", "coast", "--until", "2026-09-14T10:50:30+00:00").err == "3 articles hidden.\n"
    assert [ids("--later"), ids("is:read"), ids("--hidden")] == [[2, 3, 4], [1, 2, 3, 4], [10, 11, 12]]


def test_a_choice_narrows_ids(stocked, ids):
    piped = "".join(f"{number}\n" for number in range(1, 7)).encode()

    assert stocked("read", "1-4", "-q", "harbour").err == "2 articles marked read.\n"
    assert stocked("star", "-", "--unread", stdin=piped).err == "4 articles starred.\n"
    assert stocked("star", "-", "--unread", stdin=b"").err == "No article is chosen.\n"
    assert [ids("is:read"), ids("--starred")] == [[1, 3], [2, 4, 5, 6]]


def test_what_is_hidden_is_chosen_to_be_shown_again_and_for_nothing_else(stocked, ids):
    stocked("hide", "-q", "harbour")

    assert stocked("read", "-q", "harbour").err == "No article is chosen.\n"
    assert stocked("unhide", "-q", "harbour", "--dry-run").err == "3 articles would be shown again.\n"
    assert stocked("unhide", "-q", "title:lights").err == "1 article shown again.\n"
    assert ids("--hidden") == [1, 11]


@pytest.mark.parametrize("args", [("-q", ""), ("--query", "  ")])
def test_an_empty_query_is_not_everything(stocked, ids, args):
    assert stocked("mark", "read", *args).status == ExitStatus.USAGE
    assert ids("--unread") == list(range(1, 13))


def test_a_query_that_cannot_be_read_shows_the_place_and_marks_nothing(stocked, ids):
    result = stocked("read", "1", "-q", "harbour (ferry")

    assert result.status == ExitStatus.USAGE
    assert "▸(ferry" in result.err
    assert ids("--unread") == list(range(1, 13))


def test_views_choose_what_is_marked(stocked, ids, write_config):
    write_config('[views]\nwhales = "whale OR クジラ"\n')

    assert stocked("read", "-q", "@whales").err == "2 articles marked read.\n"
    assert ids("is:read") == [5, 7]
