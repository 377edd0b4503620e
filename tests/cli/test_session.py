"""The main job, end to end, over real HTTP on this machine: add, fetch, list, show, related."""

import json


def articles(newsreader, *args):
    return json.loads(newsreader("list", "--json", "-n", "0", *args).out)["articles"]


def test_a_site_is_subscribed_by_its_feed_and_a_section_without_one_by_its_front_page(newsreader, demo_site):
    feed = newsreader("add", demo_site)
    front_page = newsreader("add", f"{demo_site}ja/")

    assert "a feed with" in feed.err
    assert "a front page with" in front_page.err
    assert [row[-1] for row in newsreader("sources").rows] != []
    kinds = {source["kind"] for source in json.loads(newsreader("sources", "--json").out)["sources"]}
    assert kinds == {"feed", "frontpage"}


def test_fetch_brings_whole_articles_before_anyone_asks(subscribed):
    found = articles(subscribed)

    assert {article["language"] for article in found} >= {"en", "ja"}
    assert sum(article["state"] == "full" for article in found) >= 6
    assert all(article["word_count"] > 100 for article in found if article["state"] == "full")


def test_a_paywalled_teaser_says_so(subscribed):
    states = {article["state"]: article["reason"] for article in articles(subscribed)}

    assert "paywalled" in states
    assert states["paywalled"]


def test_a_shift_jis_page_is_read_as_it_was_written(subscribed):
    ids = [article["id"] for article in articles(subscribed, "--lang", "ja")]
    texts = [json.loads(subscribed("show", each, "--json").out)["text"] for each in ids]

    assert texts
    assert all("\ufffd" not in text for text in texts)


def test_the_list_is_newest_first_and_tab_separated_in_a_pipe(subscribed):
    rows = subscribed("list").rows

    assert {len(row) for row in rows} == {7}
    dated = [row[1] for row in rows if row[1]]
    assert dated == sorted(dated, reverse=True) or len({stamp[-6:] for stamp in dated}) > 1
    assert all(row[0].isdigit() for row in rows)


def test_show_prints_the_article_and_marks_it_read_for_a_person(subscribed):
    before = articles(subscribed, "--unread")

    shown = subscribed("show", before[0]["id"], terminal=80)

    assert shown.status == 0
    assert before[0]["title"].split()[0] in shown.out
    assert before[0]["id"] not in [article["id"] for article in articles(subscribed, "--unread")]


def test_show_json_leaves_marks_alone(subscribed):
    before = articles(subscribed, "--unread")

    subscribed("show", before[0]["id"], "--json")

    assert articles(subscribed, "--unread") == before


def test_related_gives_reasons_and_ids_that_show_takes(subscribed):
    related = [json.loads(subscribed("related", a["id"], "--json").out)["related"] for a in articles(subscribed)]
    matches = [match for each in related for match in each]

    assert {match["kind"] for match in matches} >= {"related", "story"}
    assert all(match["reasons"] for match in matches)
    assert subscribed("show", matches[0]["id"]).status == 0


def test_a_second_fetch_finds_nothing_due_and_a_forced_one_nothing_new(subscribed):
    assert "Nothing is due" in subscribed("fetch").err

    lines = [json.loads(line) for line in subscribed("fetch", "--force", "--json").out.splitlines()]

    assert [line["new"] for line in lines[:-1]] == [0, 0]
    assert {line["status"] for line in lines[:-1]} == {"unchanged"}
    assert lines[-1]["summary"]["sources"] == 2


def test_an_address_is_read_kept_and_listed(newsreader, demo_site):
    url = f"{demo_site}ja/articles/1038.html"

    shown = json.loads(newsreader("show", url, "--json").out)

    assert shown["url"] == url
    assert [article["url"] for article in articles(newsreader)] == [url]


def test_no_store_keeps_nothing(newsreader, demo_site):
    shown = json.loads(newsreader("show", f"{demo_site}ja/articles/1038.html", "--no-store", "--json").out)

    assert shown["id"] is None
    assert articles(newsreader) == []


def test_a_linked_headline_has_an_id_and_is_read_when_asked_for(newsreader, demo_site):
    shown = json.loads(newsreader("show", f"{demo_site}ja/articles/1041.html", "--json").out)
    linked = next(link for link in shown["links"] if link["heading"] == "関連記事")

    text = json.loads(newsreader("show", linked["id"], "--json").out)

    assert text["state"] in ("full", "paywalled")
    assert text["title"]


def test_ids_go_through_pipes(subscribed):
    listed = subscribed("list", "--jsonl", "-n", "2").out

    assert len(json.loads(subscribed("show", "-", "--json", stdin=listed.encode()).out)) == 2
    assert subscribed("mark", "star", "-", stdin=listed.encode()).status == 0
    assert len(articles(subscribed, "--starred")) == 2


def test_an_offline_fetch_says_so_and_blames_no_source(subscribed):
    fetched = subscribed("fetch", "--force", "--offline")

    assert fetched.status == 5
    assert {source["failures"] for source in json.loads(subscribed("sources", "--json").out)["sources"]} == {0}


def test_a_headline_that_is_asked_for_offline_is_shown_as_far_as_it_is_known(newsreader, demo_site):
    shown = json.loads(newsreader("show", f"{demo_site}ja/articles/1041.html", "--json").out)
    linked = next(link for link in shown["links"] if link["heading"] == "関連記事")

    offline = json.loads(newsreader("show", linked["id"], "--offline", "--json").out)

    assert (offline["title"], offline["state"], offline["text"]) == (linked["title"], "headline", "")


def test_related_takes_one_article_from_a_pipe(subscribed):
    assert subscribed("related", "-", "--json", stdin=b"3\n").out == subscribed("related", "3", "--json").out
    assert subscribed("related", "-", stdin=b"3\n1\n").status == 2


def test_offline_opens_no_connection(newsreader, demo_site):
    shown = newsreader("show", f"{demo_site}ja/articles/1038.html", "--offline")

    assert shown.status == 5
    assert "ffline" in shown.err
