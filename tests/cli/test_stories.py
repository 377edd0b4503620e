"""Stories at the command line: one line an event, the timeline, what is followed, the catch-up."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from newsreader.present.as_json import schema
from newsreader.store.connection import open_store
from newsreader.text import width


@pytest.fixture
def later(tell, told):
    """`later(story=1)`: the Hill Gazette reports more, now; its id."""

    def later(
        story, title="The whale is back", text="The whale came back to Saltney.\nA grey whale lay across the channel."
    ):
        return tell(told("Hill Gazette", title, 0.5, text), story)

    return later


def ids(result):
    assert result.status == 0, result.err
    return [int(row[0]) for row in result.rows]


def document(result):
    assert result.status == 0, result.err
    found = json.loads(result.out)
    Draft202012Validator(schema(found["schema"].split(".")[1].split("/")[0])).validate(found)
    return found


# stories


def test_stories_of_several_articles_are_listed_newest_first(storied):
    first, second = storied("stories").rows

    assert first[:4] == ["1", "2026-09-13T06:00:00+00:00", "2026-09-14T09:00:00+00:00", "3"]
    assert first[4:] == ["Saltney Post, Hill Gazette", "-", "Grey whale holds the ferry Marigold in harbour"]
    assert [second[0], *second[3:]] == ["3", "2", "凪浦新聞, 三島灯報", "-", "瀬戸に新しい灯台 来春点灯へ"]


def test_the_whole_partition_is_printed_with_what_stands_alone(storied):
    found = document(storied("stories", "--json", "--min-size", "1", "-n", "0"))["stories"]

    assert [story["articles"] for story in found] == [[7], [1, 2, 6], [3, 5], [4]]
    assert {story["size"] for story in document(storied("stories", "--json", "--min-size", "3"))["stories"]} == {3}


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--order", "largest", "--min-size", "1"), [1, 3, 7, 4]),
        (("--source", "三島灯報"), [3]),
        (("refund",), [1]),
        (("-refund", "--source", "Hill"), [1]),
        (("灯台", "--since", "5h"), [3]),
        (("--until", "2026-09-13", "--min-size", "1"), [1, 3, 4]),
        (("-n", "1"), [1]),
        (("--story", "5"), [3]),
        (("story:2",), [1]),
        (("--following",), []),
    ],
)
def test_a_story_is_chosen_by_any_of_its_articles(storied, args, expected):
    assert ids(storied("stories", *args)) == expected


def test_stories_as_json_lines_and_by_fields(storied):
    lines = [json.loads(line) for line in storied("stories", "--jsonl", "--fields", "id,size").out.splitlines()]

    assert lines == [{"id": 1, "size": 3}, {"id": 3, "size": 2}]
    assert storied("stories", "--fields", "titel").status == 2
    assert storied("stories", "--json", "nothing", "here").out == '{"schema": "newsreader.stories/1", "stories": []}\n'


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        ((), "newsreader fetch"),
        (("--min-size", "1"), "newsreader add"),
        (("--following",), "newsreader follow ID"),
        (("--following", "--since", "last"), "newsreader stories --following"),
        (("whale",), "--min-size 1"),
    ],
)
@pytest.mark.parametrize("terminal", [0, 80])
def test_an_empty_list_is_no_error_and_says_what_to_do(newsreader, args, hint, terminal):
    listed = newsreader("stories", *args, terminal=terminal)

    assert (listed.status, listed.out) == (0, "")
    assert hint in listed.err


def test_a_story_is_a_line_on_a_terminal(storied):
    storied("follow", "1")

    assert storied("stories", terminal=80, NO_COLOR="1").out.splitlines() == [
        "1  3h  >  Grey whale holds the ferry Marigold in harbour  2 sources, 3 articles",
        "3  4h     瀬戸に新しい灯台 来春点灯へ                     2 sources, 2 articles",
    ]
    assert "-n 2" in storied("stories", "-n", "1", terminal=80).err


@pytest.mark.parametrize("columns", [20, 60, 80, 120])
@pytest.mark.parametrize(
    "args", [("list",), ("stories",), ("story", "1"), ("story", "3", "--all"), ("brief", "--since", "9d")]
)
def test_no_line_is_wider_than_the_terminal(storied, columns, args):
    storied("follow", "6")
    shown = storied(*args, terminal=columns, NO_COLOR="1")

    assert shown.out
    assert [line for line in shown.out.splitlines() if width(line) > columns] == []


def test_stories_are_told_apart_anew_on_request(newsreader):
    ferry = "The ferry Marigold waited three hours in Saltney harbour for a grey whale, harbour master Quayle said. "
    dough = "Bakers of Ollersay built a lighthouse of rye dough for the fair, and children ate it by sunset on Friday. "
    told = [
        ("https://post.example/1", "Grey whale holds the ferry Marigold in Saltney harbour", ferry * 2),
        ("https://gazette.example/1", "Ferry Marigold held in Saltney harbour by a grey whale", ferry + "It left. "),
        ("https://post.example/2", "Bakers build a lighthouse of dough", dough),
    ]
    fields = ("url", "title", "text")
    lines = "\n".join(json.dumps(dict(zip(fields, each, strict=True)) | {"published": "2026-09-14"}) for each in told)
    assert newsreader("import", "-", stdin=lines.encode()).status == 0
    assert [story["articles"] for story in document(newsreader("stories", "--json"))["stories"]] == [[1, 2]]
    db = open_store(newsreader.store)
    db.execute("UPDATE article SET story = NULL")
    db.close()
    assert newsreader("stories").out == ""

    anew = newsreader("stories", "--rebuild", terminal=80)

    assert "in Saltney" in anew.out
    assert "telling stories apart anew: 3 of 3 articles" in anew.err


# story


def test_a_timeline_tells_who_reported_what_when_and_what_that_added(storied):
    shown = storied("story", "1").out

    assert "Saltney Post · #1" in shown
    assert shown.count("waited three hours") == 1
    assert "All sixty-three passengers get a refund." in shown
    assert "Tickets for October" not in shown
    assert "…and 2 more" in shown
    assert "Tickets for October" in storied("story", "1", "--all").out


@pytest.mark.parametrize("reference", ["1", "2", "6", "address", "-"])
def test_a_story_is_meant_by_any_article_in_it(storied, reference):
    address = storied("list", "--story", "6").rows[0][-1]
    typed = {"address": address}.get(reference, reference)

    assert document(storied("story", typed, "--json", stdin=b"6\tand more\n2\n"))["articles"] == [1, 2, 6]


def test_a_lone_article_is_a_story_too(storied):
    assert document(storied("story", "4", "--json"))["size"] == 1
    assert "Bakers" in storied("story", "4").out


def test_what_is_no_story_is_told(storied):
    assert storied("story", "99").status == 3
    assert storied("story", "-", stdin=b"").status == 2
    assert "2 stories" in storied("story", "-", stdin=b"1\n3\n").err


def test_edits_copies_and_what_is_unread_are_marked(storied):
    db = open_store(storied.store)
    db.execute("UPDATE article SET copy_of = 1 WHERE id = 2; UPDATE article SET revision = 2 WHERE id = 6")
    db.close()
    storied("read", "1")

    shown = storied("story", "1").out

    assert "Saltney Post · #1\n" in shown
    assert "#2 · unread · the same text as 1" in shown
    assert "#6 · unread · changed since" in shown
    reports = document(storied("story", "1", "--json"))["reports"]
    assert [(each["read"], each["changed"], each["copy_of"]) for each in reports] == [
        (True, False, None),
        (False, False, 1),
        (False, True, None),
    ]


def test_a_story_as_markdown_and_plain_text(storied):
    markdown = storied("story", "3", "-o", "markdown").out
    plain = storied("story", "3", "-o", "plain", terminal=80).out

    assert markdown.startswith("# 瀬戸に新しい灯台 来春点灯へ\n")
    assert "## 2026-09-13" in markdown
    assert "    - 灯台の高さは40メートル。" in markdown
    assert "• 灯台の高さは40メートル。" in plain
    assert "\x1b" not in plain
    assert max(map(width, storied("story", "1", "--width", "40").out.splitlines())) <= 40


def test_the_pager_shows_a_story_on_a_terminal(storied, tmp_path):
    shown = storied("story", "1", terminal=80, NEWSREADER_PAGER=f"tee {tmp_path / 'page'}")

    assert shown.out == ""
    assert "refund" in (tmp_path / "page").read_text("utf-8")
    assert "newsreader follow 1" in shown.err


def test_all_articles_of_a_story_are_marked_read_at_once(storied):
    shown = storied("story", "6", "--read")

    assert "3 articles marked read" in shown.err
    assert ids(storied("list", "--unread")) == [7, 5, 4, 3]
    storied("undo")
    assert len(ids(storied("list", "--unread"))) == 7


def test_marks_on_a_story_settle_its_articles(storied):
    assert "3 articles marked read" in storied("read", "--story", "6").err
    assert "2 articles starred" in storied("mark", "star", "-q", "story:5").err
    assert ids(storied("list", "--unread")) == [7, 5, 4, 3]
    assert ids(storied("list", "--starred")) == [5, 3]
    assert storied("count", "story:4").out == "1\n"
    assert storied("count", "story:99").out == "0\n"
    assert storied("read", "--story", "99").status == 3


# follow


def test_following_says_what_is_followed_and_is_the_same_when_done_again(storied):
    first = storied("follow", "6", "4")

    assert "Following 1 Grey whale holds the ferry Marigold in harbour; 3 articles of 2 sources so far." in first.err
    assert "Following 4 Bakers build a lighthouse of dough; later articles about it will be marked." in first.err
    again = storied("follow", "2")
    assert (again.status, again.out) == (0, "")
    assert "Followed already: 1 Grey whale holds the ferry Marigold in harbour; nothing new" in again.err
    assert ids(storied("stories", "--following")) == [1, 4]
    assert ids(storied("list", "--following")) == [6, 4, 2, 1]


def test_following_again_says_what_is_new(storied, later):
    storied("follow", "1")
    later(1)

    assert "1 new: newsreader story 1 --new" in storied("follow", "1").err


def test_stories_are_followed_from_a_pipe_and_no_longer(storied):
    rows = storied("stories").out.encode()
    assert storied("follow", "-", stdin=rows).status == 0
    assert ids(storied("stories", "--following")) == [1, 3]

    gone = storied("unfollow", "2", "5", "7")

    assert "No longer followed: 1 Grey whale holds the ferry Marigold in harbour." in gone.err
    assert "Was not followed: 7 クジラへの手紙." in gone.err
    assert ids(storied("stories", "--following")) == []
    assert ids(storied("stories")) == [1, 3]


def test_of_what_cannot_be_followed_nothing_is(storied):
    assert storied("follow", "1", "99").status == 3
    assert ids(storied("stories", "--following")) == []


def test_followed_stories_are_marked_in_lists(storied):
    storied("follow", "2")
    grouped = storied("list", terminal=80, NO_COLOR="1").out.splitlines()
    articles = storied("list", "--group-by", "none", terminal=80, NO_COLOR="1").out.splitlines()

    assert [line.endswith(" >") for line in grouped] == [False, True, False, False]
    assert [line.endswith(" >") for line in articles] == [False, True, False, False, False, True, True]


def test_of_followed_stories_only_what_is_new_is_shown_as_the_new_sentences_and_once(storied, later):
    storied("follow", "1", "3")
    assert storied("stories", "--following", "--since", "last").out == ""
    new = later(1)
    later(None, title="Something else")

    assert ids(storied("list", "--following", "--since", "last")) == [new]
    assert [story["new"] for story in document(storied("stories", "--json"))["stories"]] == [1, 0]
    shown = storied("stories", "--following", "--since", "last", terminal=80, NO_COLOR="1").out

    assert shown.splitlines()[0].startswith("1  30m  > 1 new  Grey whale")
    assert "• The whale came back to Saltney." in shown
    assert "across the channel" not in shown
    assert storied("stories", "--following", "--since", "last").out == ""
    assert ids(storied("list", "--since", "last")) != []  # what is not followed is still new


def test_what_is_new_in_a_story_is_told_once(storied, later):
    storied("follow", "1")
    assert "Nothing new" in storied("story", "1", "--new").err
    later(1)

    shown = storied("story", "2", "--new").out

    assert "• The whale came back to Saltney." in shown
    assert "refund" not in shown
    assert "across the channel" not in shown
    again = storied("story", "1", "--new")
    assert (again.status, again.out) == (0, "")
    assert "newsreader story 1" in again.err


def test_all_new_sentences_are_told_not_only_a_few(storied, later):
    storied("follow", "3")
    text = (
        "An otter sits on the roof of the tower.\nRain fell on the harbour all through March.\n"
        "Two masons left the island in April.\nGlass for the lamp came from Venice.\n"
        "The old bell cracked during the storm."
    )
    later(3, text=text)

    shown = storied("story", "3", "--new").out

    assert [line for line in text.splitlines() if line not in shown] == []


def test_looking_at_the_timeline_of_a_followed_story_is_a_visit(storied, later):
    storied("follow", "1")
    new = later(1)

    reports = document(storied("story", "1", "--json"))["reports"]

    assert [report["id"] for report in reports if report["new"]] == [new]
    assert document(storied("story", "1", "--json", "--new"))["reports"] == []


def test_a_store_that_cannot_be_written_shows_what_is_new_and_says_that_it_stays_so(storied, later):
    storied("follow", "1")
    later(1)
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # one that other users can reach
    shutil.copy(storied.store, folder)
    folder.chmod(0o555)
    places = {"NEWSREADER_DATA_DIR": str(folder), "NEWSREADER_CONFIG_DIR": str(folder)}
    root = os.geteuid() == 0
    storied("story", "1", "--new")  # everything is imported then
    if root:
        os.seteuid(65534)
    try:
        result = storied("story", "1", "--new", **places)
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)

    assert result.status == 0
    assert "came back" in result.out
    assert "your next visit will show the same" in result.err


# brief


def test_a_catch_up_is_of_what_came_since_the_last_visit_and_is_a_visit(storied, later):
    first = storied("brief").out

    assert first.startswith("Since your last visit: 4 stories, 7 new articles\n")
    assert "The ferry Marigold waited three hours in the harbour of Saltney. (Saltney Post, #1)" in first.replace(
        "\n", " "
    )
    nothing = storied("brief")
    assert (nothing.status, nothing.out) == (0, "")
    assert "newsreader fetch" in nothing.err
    later(1)

    told = document(storied("brief", "--json"))["stories"]

    assert [(story["id"], story["size"], story["new"]) for story in told] == [(1, 4, 1)]
    assert told[0]["added"] == ["The whale came back to Saltney."]
    assert storied("list", "since:last").out == ""


def test_a_catch_up_that_leaves_something_out_is_no_visit(storied):
    cut = storied("brief", "-n", "2")

    assert cut.out.startswith("Since your last visit: 2 stories")
    assert "stays where it was: the same with -n 4, or all of it with -n 0" in cut.err
    assert len(ids(storied("list", "since:last"))) == 7


@pytest.mark.parametrize("args", [("--since", "5h"), ("since:5h",), ("--source", "Hill"), ("--unread",)])
def test_a_part_of_the_news_is_no_visit(storied, args):
    assert storied("brief", *args).out
    assert storied("brief").out.startswith("Since your last visit: 4 stories, 7 new articles\n")


def test_a_catch_up_of_some_hours_says_so(storied):
    assert storied("brief", "--since", "5h").out.startswith("3 stories, 3 new articles\n")


def test_followed_stories_come_first_in_a_catch_up(storied, later):
    storied("follow", "4")

    assert document(storied("brief", "--json", "-n", "1"))["stories"][0]["id"] == 4
    later(4, title="The dough lighthouse is eaten", text="Children of Saltney ate the lighthouse.")
    assert storied("brief", "--following").out.splitlines()[2] == "> Bakers build a lighthouse of dough"


def test_a_catch_up_as_markdown(storied):
    text = storied("brief", "-o", "markdown").out

    assert text.startswith("# Since your last visit: 4 stories, 7 new articles\n\n## [Grey whale")
    assert "(Saltney Post, #1)" in text


# list


def test_a_list_on_a_terminal_has_a_line_an_event(storied):
    assert storied("list", terminal=80, NO_COLOR="1").out.splitlines() == [
        "7   2h  三島灯報          クジラへの手紙",
        "6   3h  Hill Gazette  +1  Marigold passengers get their money back",
        "5   4h  三島灯報      +1  新灯台、来春に点灯",
        "4  20h  Saltney Post      Bakers build a lighthouse of dough",
    ]


def test_a_list_in_a_pipe_has_a_line_an_article_unless_stories_are_asked_for(storied):
    assert ids(storied("list")) == [7, 6, 5, 4, 3, 2, 1]
    assert ids(storied("list", "--group-by", "story")) == [7, 6, 5, 4]
    assert len(storied("list", "--group-by", "none", terminal=80).out.splitlines()) == 7


def test_articles_that_stand_for_their_stories_tell_of_them_in_json(storied):
    found = document(storied("list", "--json", "--group-by", "story"))["articles"]

    assert [(each["id"], each["story_size"], each["story_sources"]) for each in found][:2] == [
        (7, 1, ["三島灯報"]),
        (6, 3, ["Saltney Post", "Hill Gazette"]),
    ]
    assert "story_size" not in document(storied("list", "--json"))["articles"][0]
    chosen = storied("list", "--group-by", "story", "--jsonl", "--fields", "story_size").out
    assert chosen.splitlines()[1] == '{"story_size": 3}'


def test_pages_of_stories_repeat_none(storied):
    first = storied("list", "-n", "2", terminal=80)
    after = re.search(r"--after (\d+)", first.err)
    assert after

    second = storied("list", "-n", "2", "--after", after[1], "--group-by", "story")

    assert after[1] == "6"
    assert ids(second) == [5, 4]


@pytest.mark.parametrize(
    ("args", "lines"), [(("--order", "id"), 7), (("--story", "1"), 3), (("story:5",), 2), (("--hidden",), 2)]
)
def test_a_list_that_is_not_of_events_is_not_grouped_by_itself(storied, args, lines):
    if args == ("--hidden",):
        storied("hide", "1", "4")
        assert ids(storied("list", "--hidden", "--group-by", "story")) == [4, 1]
    assert len(storied("list", *args, terminal=80).out.splitlines()) == lines


def test_a_list_of_what_is_new_by_stories_is_a_visit_to_all_of_their_articles(storied):
    assert len(storied("list", "since:last", terminal=80).out.splitlines()) == 4
    assert storied("list", "since:last").out == ""
