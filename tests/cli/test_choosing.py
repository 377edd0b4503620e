"""Choosing articles: options, words and views mean one thing in list, search and count."""

import json
import os
import re
import shutil
import tempfile
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest

from newsreader.model.news import Headline, Source
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store
from newsreader.store.sources import add_source


@pytest.fixture
def two_papers(stocked):
    """The stocked store with a second paper, whose headlines are 13 (Japanese, days ago) and 14 (a minute ago)."""
    db = open_store(stocked.store)
    source = add_source(db, Source(0, "凪浦新聞", "https://nagiura.example/rss", tags=("海",)))
    days_ago, lately = datetime(2026, 9, 1, 23, 30, tzinfo=UTC), datetime(2026, 9, 14, 11, 59, tzinfo=UTC)
    told = [
        Headline("https://nagiura.example/1", "港の霧", published=days_ago, language="ja"),
        Headline("https://nagiura.example/2", "Ferry news in English", published=lately, language="en"),
    ]
    save_headlines(db, source.id, told, datetime(2026, 9, 14, 12, 0, tzinfo=UTC))
    db.close()
    return stocked


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (("--source", "Saltney Post"), 'source:"Saltney Post"'),
        (("--source", "Saltney Post", "--source", "凪浦"), 'source:"Saltney Post" OR source:凪浦'),
        (("--tag", "海"), "tag:海"),
        (("--tag", "海", "--lang", "en"), "tag:海 lang:en"),
        (("--lang", "en", "--lang", "ja"), "lang:en OR lang:ja"),
        (("--lang", "JA", "--tag", "COAST"), "lang:ja tag:coast"),
        (("--lang", "JA"), "lang:ja"),
        (("--state", "headline", "--state", "full"), "state:headline OR state:full"),
        (("--unread",), "is:unread"),
        (("--starred",), "is:starred"),
        (("--later",), "is:later"),
        (("--hidden",), "is:hidden"),
        (("--changed",), "is:changed"),
        (("--since", "2026-09-01", "--until", "2026-09-01"), "since:2026-09-01 until:2026-09-01"),
        (("--since", "90m"), "since:90m"),
        (("ferry", "--tag", "海"), "(ferry) tag:海"),
        (("ferry", "OR", "whale", "--unread"), "(ferry OR whale) is:unread"),
    ],
)
def test_an_option_means_what_its_field_means(two_papers, ids, options, query):
    two_papers("mark", "star", "2", "13")
    two_papers("mark", "later", "7")
    two_papers("mark", "read", "1")

    found = ids(*options)

    assert found == ids(query)
    assert found or options in (("--hidden",), ("--changed",), ("--lang", "JA", "--tag", "COAST"))
    assert two_papers("count", *options).out == two_papers("count", query).out == f"{len(found)}\n"


@pytest.mark.usefixtures("two_papers")
def test_a_day_is_meant_to_its_end(ids):
    assert ids("since:2026-09-01", "until:2026-09-01", "--source", "凪浦") == [13]
    assert ids("--until", "2026-09-01") == [13]
    assert ids("--until", "2026-08-31") == []


def test_words_may_come_as_one_argument_or_as_several(ids):
    assert ids("ferry prices") == ids("ferry", "prices") == ids("prices ferry") == [12]
    assert ids('"ferry prices"') == [12]
    assert ids('"prices ferry"') == []


@pytest.mark.parametrize(
    "words", [("ferry", "-prices"), ("ferry -prices",), ("-prices", "ferry"), ("ferry", "NOT", "prices")]
)
def test_a_minus_takes_away_and_is_no_option(stocked, ids, words):
    assert ids(*words) == [1]
    assert stocked("-prices", "ferry").rows[0][0] == "1"


@pytest.mark.parametrize(
    "word", ["-nights", "-h5", "-houses", "-title:ferry", '-"the ferry"', "-(ferry OR whale)", "-55"]
)
def test_any_word_may_be_taken_away(stocked, word):
    result = stocked("list", word, "-n", "3")

    assert (result.status, len(result.rows)) == (0, 3)
    assert "ferry Marigold" not in result.out or "ferry" not in word


def test_options_are_still_options(stocked):
    assert len(stocked("list", "-n5").rows) == 5
    assert "Usage" in stocked("list", "-h").out
    assert stocked("list", "-n", "-1").status == 2
    for mistake in ("-unread", "--unraed", "-n5x5"):
        result = stocked("list", mistake)
        assert result.status == (0 if mistake == "-n5x5" else 2), result
    assert stocked("list", "--", "-prices", "ferry").rows[0][0] == "1"


@pytest.mark.parametrize("command", ["list", "search", "count"])
def test_an_error_points_at_the_place_in_every_command(stocked, command):
    result = stocked(command, "ferry", "titel:foo", "--json")

    error = json.loads(result.err)["error"]
    assert (result.status, error["code"]) == (2, "query")
    assert error["message"] == 'There is no field "titel": ferry ▸titel:foo (character 7 of the query)'
    assert stocked(command, "ferry", "titel:foo").err == (
        'newsreader: There is no field "titel": ferry ▸titel:foo (character 7 of the query).'
        """ Did you mean title:foo? To look for the text: '"titel:foo"'.\n"""
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--state", "ful"), "Did you mean full?"),
        (("--lang", "japanese"), "lang:ja"),
        (("--since", "soon"), "is not a time"),
        (("--until", "last"), "is not a time"),
        (("--since", ""), "no value"),
        (("--tag", " "), "no value"),
    ],
)
def test_what_an_option_cannot_mean_is_told(stocked, options, said):
    result = stocked("list", *options)

    assert result.status == 2
    assert said in result.err


def test_a_source_that_is_not_there_is_not_found(stocked):
    assert stocked("list", "--source", "gazette").status == 3
    assert stocked("count", "source:gazette").status == 3


@pytest.mark.parametrize("join", [" ", " OR ", " -"])
def test_a_query_of_many_words_is_answered(stocked, join):
    words = [f"w{number}" for number in range(400)]

    assert stocked("count", join.join(words)).status == 0
    assert stocked("search", join.join(words)).status == 0


def test_views_choose_in_every_command(two_papers, ids, write_config):
    write_config('[views]\nboats = "ferry OR whale"\n"new boats" = "@boats -prices"\n')

    assert ids("@boats") == [1, 7, 12, 14]
    assert ids('@"new boats"', "--tag", "coast") == [1, 7]
    assert two_papers("count", "@boats", "lang:en").out == "1\n"
    assert len(two_papers("search", "@boats").rows) == 4


@pytest.mark.parametrize("args", [("list",), ("list", "@good"), ("list", "@bad"), ("count",), ("search", "ferry")])
def test_a_view_that_cannot_be_read_stops_every_command_that_reads_views(stocked, write_config, args):
    write_config('[views]\ngood = "ferry"\nbad = "ferry titel:x"\n')

    result = stocked(*args)

    assert result.status == 2
    assert 'The view "bad" in the configuration: There is no field "titel": ferry ▸titel:x' in result.err


def test_a_view_that_uses_itself_and_one_that_is_not_there_are_told(stocked, write_config):
    assert re.search(r'no view "boats".*none yet', stocked("list", "@boats").err)
    write_config('[views]\na = "@b"\nb = "-@a"\n')

    assert "@a → @b → @a" in stocked("list", "@a").err


def test_a_view_is_text(stocked, write_config):
    write_config("[views]\nboats = 3\n")

    assert 'Write boats = "QUERY"' in stocked("list").err


def test_count_prints_digits_only_and_json_on_request(stocked):
    assert stocked("count").out == "12\n"
    assert stocked("count", "no-such-word").out == "0\n"
    assert json.loads(stocked("count", "ferry", "--json").out) == {"schema": "newsreader.count/1", "count": 2}


def test_what_is_new_since_the_last_visit_is_shown_once(stocked, ids):
    assert len(ids("since:last")) == 12
    assert ids("since:last") == []
    assert stocked("count", "--since", "last").out == "0\n"
    announce(stocked, "Fog")

    assert ids("--since", "last") == [13]
    assert "Nothing new since your last visit" in stocked("list", "since:last", terminal=80).err


def test_a_visit_that_did_not_show_everything_is_none(stocked, ids):
    stocked("list", "since:last", "-n", "5")
    stocked("list", "since:last", "--after", "5")
    stocked("list", "since:last", "ferry")
    stocked("list", "since:last", "--unread")
    stocked("count", "since:last")

    assert len(ids("since:last")) == 12


def test_by_id_each_visit_shows_the_next_ones(stocked):
    seen = []
    while rows := stocked("list", "--since", "last", "--order", "id", "-n", "5").rows:
        seen.append([int(row[0]) for row in rows])

    assert list(map(len, seen)) == [5, 5, 2]
    assert sorted(chain(*seen)) == list(range(1, 13))


def test_a_visit_to_a_store_that_cannot_be_written_is_told_and_shows_everything(stocked):
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # one that other users can reach
    shutil.copy(stocked.store, folder)
    folder.chmod(0o555)
    places = {"NEWSREADER_DATA_DIR": str(folder), "NEWSREADER_CONFIG_DIR": str(folder)}
    root = os.geteuid() == 0
    stocked("list", "since:last")  # everything is imported then
    if root:
        os.seteuid(65534)
    try:
        result = stocked("list", "since:last", **places)
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)

    assert (result.status, len(result.rows)) == (0, 12)
    assert "your next visit will show the same" in result.err


def test_hidden_and_copied_articles_say_so(stocked):
    db = open_store(stocked.store)
    db.execute("UPDATE article SET hidden_by = 'rule no-ferries' WHERE id = 1")
    db.execute("UPDATE article SET copy_of = 12 WHERE id = 7")
    db.close()

    hidden = json.loads(stocked("list", "is:hidden", "--json").out)["articles"]
    assert [(each["id"], each["hidden"], each["copy_of"]) for each in hidden] == [(1, "rule no-ferries", None)]
    assert stocked("list", "--hidden").rows[0][4] == "h"
    copies = json.loads(stocked("list", "is:copy", "--json", "--fields", "id,hidden,copy_of").out)["articles"]
    assert copies == [{"id": 7, "hidden": None, "copy_of": 12}]
    assert "copy" in next(line for line in stocked("list", terminal=80).out.splitlines() if "Amber" in line)


def announce(program, title):
    db = open_store(program.store)
    at = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
    save_headlines(db, 1, [Headline(f"https://post.example/{title}", title, published=at)], at)
    db.close()
