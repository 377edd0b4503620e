"""show --diff: what changed in an article since an earlier revision."""

import json

import pytest

PAGE = """<html lang="en"><head><title>{title}</title><link rel="canonical" href="https://post.example/ferry-1"></head>
<body><article><h1>{title}</h1><p>The Marigold sailed again after {days} days, and the whole town came to see it go.</p>
<p>港町と島々を結ぶ唯一のフェリーが、{kanji}日ぶりに運航を再開した。最初の便は郵便と獣医一人、羊十一頭を乗せた。</p></article></body></html>"""
FIRST = PAGE.format(title="Ferry sails again", days="nine", kanji="九")
SECOND = PAGE.format(title="Ferry sails again", days="ten", kanji="十")


@pytest.fixture
def changed(newsreader):
    """An article that was read twice, the second time with other numbers."""
    newsreader("show", "-", stdin=FIRST.encode())
    newsreader("show", "-", stdin=SECOND.encode())
    return newsreader


def test_a_pipe_shows_what_changed_between_signs(changed):
    found = changed("show", "1", "--diff")

    assert (found.status, found.err) == (0, "")
    assert "sailed again after [-nine-]{+ten+} days" in found.out
    assert "、[-九-]{+十+}日ぶりに" in found.out
    assert changed("show", "1", "--revision", "1", "-o", "plain").out == found.out


def test_a_terminal_shows_it_in_colour(changed):
    found = changed("show", "1", "--diff", terminal=80)

    assert "\x1b[9;31mnine\x1b[0m\x1b[4;32mten\x1b[0m" in found.out
    assert "{+" not in found.out
    assert "[-nine-]{+ten+}" in changed("show", "1", "--diff", terminal=80, NO_COLOR="1").out


def test_json_has_the_pieces(changed):
    found = json.loads(changed("show", "1", "--diff", "--json").out)

    assert {"op": "removed", "text": "nine"} in found["diff"]
    assert {"op": "added", "text": "十"} in found["diff"]
    assert "diff" not in json.loads(changed("show", "1", "--json").out)


def test_an_article_that_has_not_changed_says_so(newsreader):
    newsreader("show", "-", stdin=FIRST.encode())

    found = newsreader("show", "1", "--diff")
    assert (found.status, found.out) == (0, "")
    assert "Article 1 has not changed since it was first read" in found.err
    assert json.loads(newsreader("show", "1", "--diff", "--json").out)["diff"] == []


def test_a_revision_that_is_not_there_is_an_error_that_names_those_that_are(changed):
    found = changed("show", "1", "--revision", "7")

    assert found.status == 3
    assert "There is no revision 7 of article 1. There are: 1" in found.err


def test_every_address_of_an_article_is_told(changed):
    changed("show", "-", "--url", "http://www.post.example/ferry-1/", stdin=SECOND.encode())

    found = json.loads(changed("show", "1", "--json").out)
    assert found["urls"] == ["https://post.example/ferry-1"]
