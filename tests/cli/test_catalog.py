"""Sources of the catalogue: listed, found, and added by name."""

import json

import pytest

from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import SourceKind


@pytest.fixture
def lantern(monkeypatch, demo_site):
    """The demo site in the place of what the catalogue knows as "lantern"; its entry, with another address if given."""

    def known_as(path="feed.rss"):
        url = f"{demo_site}{path}"
        entry = CatalogEntry("lantern", "Lantern Daily", demo_site, SourceKind.FEED, url, "en-GB", "GB")
        monkeypatch.setattr("newsreader.cli.subscribe.find", {"lantern": entry}.get)
        return entry

    return known_as


def only_source(newsreader):
    (source,) = json.loads(newsreader("sources", "--json").out)["sources"]
    return source


def test_a_name_subscribes_to_the_feed_that_is_known(newsreader, lantern):
    entry = lantern()
    added = newsreader("add", "lantern", "--tag", "sea")
    source = only_source(newsreader)

    assert added.status == 0
    assert "Subscribed to Lantern Daily: a feed with 7 headlines" in added.err
    assert (source["name"], source["url"], source["site"]) == ("Lantern Daily", entry.url, entry.site)
    assert (source["language"], source["tags"], source["kind"]) == ("en-GB", ["sea"], "feed")
    assert "already" in newsreader("add", "lantern").err


def test_a_feed_that_is_no_more_gives_way_to_the_site_and_that_is_said(newsreader, lantern, demo_site):
    lantern("old-feed.rss")
    added = newsreader("add", "lantern", "--name", "Gazette")

    assert added.status == 0
    assert f"{demo_site}old-feed.rss" in added.err
    assert f"{demo_site} was asked instead" in added.err
    assert (only_source(newsreader)["name"], only_source(newsreader)["url"]) == ("Gazette", f"{demo_site}feed.rss")


def test_the_kind_that_is_asked_for_is_taken_from_the_site(newsreader, lantern):
    lantern()
    newsreader("add", "lantern", "--kind", "frontpage")

    assert only_source(newsreader)["kind"] == "frontpage"


def test_the_catalogue_in_a_pipe_is_rows_of_six_columns(newsreader):
    rows = newsreader("sources", "catalog").rows

    assert {len(row) for row in rows} == {6}
    assert [row[0] for row in newsreader("sources", "catalog", "gigazine").rows] == ["gigazine"]
    assert {row[1] for row in newsreader("sources", "catalog", "--lang", "ja").rows} == {"ja"}


def test_json_lines_are_the_sources_with_the_fields_that_are_asked_for(newsreader):
    lines = newsreader("sources", "catalog", "gigazine", "--jsonl", "--fields", "name,language").out.splitlines()

    assert [json.loads(line) for line in lines] == [{"name": "gigazine", "language": "ja"}]


def test_what_is_subscribed_to_is_marked_on_a_terminal(newsreader):
    from newsreader.discover.catalog import find
    from newsreader.model.news import Source
    from newsreader.store.connection import open_store
    from newsreader.store.sources import add_source

    entry = find("gigazine")
    assert entry
    db = open_store(newsreader.store)
    add_source(db, Source(0, "mine", entry.url.replace("https", "http"), entry.site))
    db.close()
    shown = newsreader("sources", "catalog", "--lang", "ja", terminal=80, NO_COLOR="1").out

    assert [line for line in shown.splitlines() if "subscribed" in line] == [
        next(line for line in shown.splitlines() if line.startswith("gigazine "))
    ]


def test_nothing_found_is_no_error_and_tells_what_is_near(newsreader):
    assert newsreader("sources", "catalog", "asahii") == (0, "", "")
    shown = newsreader("sources", "catalog", "asahii", terminal=80)

    assert shown.status == 0
    assert "asahi" in shown.err.replace("asahii", "")
