"""What a person sees: columns on a terminal, the pager, colour, formats; and what a fetch says of itself."""

import json
import re

import pytest

from newsreader.text import width


@pytest.mark.parametrize("columns", [20, 60, 80, 120])
@pytest.mark.parametrize("args", [("list",), ("show", "1"), ("show", "9"), ("related", "3"), ("sources", "--why")])
def test_no_line_is_wider_than_the_terminal(subscribed, columns, args):
    shown = subscribed(*args, terminal=columns, NO_COLOR="1")

    assert shown.out
    assert [line for line in shown.out.splitlines() if width(line) > columns] == []


def test_without_colour_the_text_is_the_same(subscribed):
    import re

    colored = subscribed("list", terminal=80).out
    plain = subscribed("list", terminal=80, NO_COLOR="1").out

    assert "\x1b[" in colored
    assert "\x1b" not in plain
    assert re.sub(r"\x1b(\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)", "", colored) == plain


def test_a_pipe_gets_no_colour_unless_it_is_forced(subscribed):
    assert "\x1b" not in subscribed("show", "1").out
    assert "\x1b[" in subscribed("show", "1", CLICOLOR_FORCE="1").out


def test_the_width_is_the_reading_width_and_zero_never_wraps(subscribed):
    narrow = subscribed("show", "1", "--width", "40").out
    endless = subscribed("show", "1", "--width", "0").out

    assert max(map(width, narrow.splitlines())) <= 40
    assert max(map(width, endless.splitlines())) > 200


def test_the_pager_of_the_environment_is_used_on_a_terminal(subscribed, tmp_path):
    page = tmp_path / "page"

    shown = subscribed("show", "1", terminal=80, NEWSREADER_PAGER=f"tee {page}")

    assert shown.out == ""
    assert "chowder" in page.read_text("utf-8")


@pytest.mark.parametrize("pager", ["no-such-pager-anywhere", "", 'cat "'])
def test_without_a_pager_the_page_goes_to_the_terminal(subscribed, pager):
    assert "chowder" in subscribed("show", "1", terminal=80, NEWSREADER_PAGER=pager).out


def test_a_dumb_terminal_gets_no_pager_and_no_colour(subscribed, tmp_path):
    shown = subscribed("show", "1", terminal=80, TERM="dumb", NEWSREADER_PAGER=f"tee {tmp_path / 'page'}")

    assert "chowder" in shown.out
    assert "\x1b" not in shown.out


def test_no_pager_prints_straight_to_the_terminal(subscribed, tmp_path):
    shown = subscribed("show", "1", "--no-pager", terminal=80, NEWSREADER_PAGER=f"tee {tmp_path / 'page'}")

    assert "chowder" in shown.out


def test_markdown_and_html_are_whole_documents(subscribed):
    assert subscribed("show", "1", "-o", "markdown").out.startswith("# ")
    assert subscribed("show", "1", "-o", "html").out.startswith("<!doctype html>")


def test_links_are_listed_with_their_numbers(subscribed):
    assert "[1]" in subscribed("show", "3", "--links").out


def test_related_stories_can_be_added_to_an_article(subscribed):
    assert "Related" in subscribed("show", "3", "--related").out


def test_several_articles_are_an_array(subscribed):
    assert [each["id"] for each in json.loads(subscribed("show", "2", "1", "--json").out)] == [2, 1]


def test_a_fetch_in_a_pipe_says_one_line_a_source_and_prints_no_data(newsreader, demo_site):
    newsreader("add", demo_site)
    fetched = newsreader("fetch")

    assert fetched.out == ""
    assert len(fetched.err.splitlines()) == 1
    assert "articles read" in fetched.err


def test_a_fetch_on_a_terminal_shows_how_far_it_is_and_takes_it_away(newsreader, demo_site):
    newsreader("add", demo_site)
    fetched = newsreader("fetch", terminal=60)

    assert re.search(r"[█░]{12} 1/1  The Three Islands Lantern", fetched.err)
    assert "articles read" in fetched.err
    assert not re.search("[█░]", fetched.err.split("\x1b[J")[-1])


def test_changes_of_sources_are_kept(subscribed):
    subscribed("sources", "rename", "1", "Gazette")
    subscribed("sources", "tag", "Gazette", "islands", "north")
    subscribed("sources", "tag", "Gazette", "--remove", "north")
    subscribed("sources", "pause", "Gazette")

    source = next(s for s in json.loads(subscribed("sources", "--json").out)["sources"] if s["id"] == 1)
    assert (source["name"], source["tags"], source["paused"]) == ("Gazette", ["islands"], True)
    assert {row[2] for row in subscribed("list", "--tag", "islands").rows} == {"Gazette"}

    subscribed("sources", "resume", "1")
    subscribed("sources", "remove", "2")

    left = json.loads(subscribed("sources", "--json").out)["sources"]
    assert [(source["id"], source["paused"]) for source in left] == [(1, False)]
    assert len(subscribed("list", "--lang", "ja").rows) == 4


def test_check_shows_headlines_and_keeps_nothing(newsreader, demo_site):
    newsreader("add", demo_site)

    assert len(newsreader("sources", "check", "1").rows) == 7
    assert newsreader("list").rows == []


def test_subscribing_twice_is_once(newsreader, demo_site):
    newsreader("add", demo_site)
    again = newsreader("add", demo_site.replace("http", "HTTP"), "--tag", "sea")

    assert again.status == 0
    assert "already" in again.err
    assert [source["tags"] for source in json.loads(newsreader("sources", "--json").out)["sources"]] == [["sea"]]


def test_related_pages_are_read_on_request(newsreader, demo_site):
    newsreader("show", f"{demo_site}ja/articles/1041.html")
    before = json.loads(newsreader("related", "1", "--json").out)["related"]

    after = newsreader("related", "1", "--fetch", "--depth", "2", "--json")

    assert after.status == 0
    assert len(json.loads(after.out)["related"]) >= len(before)
    states = {article["state"] for article in json.loads(newsreader("list", "-n", "0", "--json").out)["articles"]}
    assert "headline" not in states


def test_the_demo_runs_the_main_job_and_leaves_no_trace(newsreader):
    shown = newsreader("demo")

    assert shown.status == 0, shown.err
    for step in ("add", "fetch", "list", "show", "related"):
        assert f"$ newsreader {step}" in shown.out
    assert not newsreader.store.exists()
