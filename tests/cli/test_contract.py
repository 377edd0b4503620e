"""The contract for machines: every document is what its published schema says, and columns are what the README says."""

import json

import pytest
from jsonschema import Draft202012Validator


def validator(newsreader, name):
    return Draft202012Validator(json.loads(newsreader("schema", name).out))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("list", ("list", "--json")),
        ("list", ("list", "--json", "-n", "2")),
        ("article", ("show", "1", "--json")),
        ("article", ("show", "1", "-o", "json")),
        ("related", ("related", "3", "--json")),
        ("sources", ("sources", "--json")),
        ("catalog", ("sources", "catalog", "--json")),
        ("catalog", ("sources", "catalog", "nonsense", "--json")),
    ],
)
def test_documents_are_what_their_schemas_say(subscribed, name, args):
    document = json.loads(subscribed(*args).out)

    validator(subscribed, name).validate(document)
    assert document["schema"] == f"newsreader.{name}/1"


def test_every_article_of_the_demo_is_what_the_schema_says(subscribed):
    check = validator(subscribed, "article")
    for line in subscribed("list", "-n", "0", "--jsonl").out.splitlines():
        check.validate(json.loads(subscribed("show", json.loads(line)["id"], "--json").out))


def test_an_article_that_is_not_kept_is_what_the_schema_says(newsreader, demo_site):
    shown = newsreader("show", f"{demo_site}ja/articles/1041.html", "--no-store", "--json")

    validator(newsreader, "article").validate(json.loads(shown.out))


def test_each_line_of_a_fetch_is_what_the_schema_says(subscribed):
    check = validator(subscribed, "fetch")

    for line in subscribed("fetch", "--force", "--json").out.splitlines():
        check.validate(json.loads(line))


def test_errors_are_what_the_schema_says(newsreader):
    validator(newsreader, "error").validate(json.loads(newsreader("show", "9", "--json").err))


def test_fields_select_in_the_order_asked_for(subscribed):
    articles = json.loads(subscribed("list", "-n", "1", "--json", "--fields", "title,id").out)["articles"]

    assert list(articles[0]) == ["title", "id"]


def test_walking_by_id_sees_every_article_once(subscribed):
    seen: list[int] = []
    after: tuple[object, ...] = ()
    while True:
        page = json.loads(subscribed("list", "--order", "id", "-n", "4", "--json", *after).out)
        seen += [article["id"] for article in page["articles"]]
        if page["next"] is None:
            break
        after = ("--after", page["next"])

    assert len(seen) == len(set(seen)) == len(subscribed("list", "-n", "0").rows)


def test_an_unknown_schema_is_answered_with_the_known_ones(newsreader):
    result = newsreader("schema", "nonsense")

    assert result.status == 3
    assert "list" in result.err
    assert set(newsreader("schema").out.split()) >= {"article", "error", "fetch", "list"}


def test_the_columns_of_the_list_are_those_that_are_documented(subscribed):
    row = subscribed("list", "--source", "1", "-n", "1").rows[0]
    article = json.loads(subscribed("list", "--source", "1", "-n", "1", "--json").out)["articles"][0]

    names = ["id", "published", "state", "title", "url"]
    assert [str(article[name]) for name in names] == [row[0], row[1], row[3], row[5], row[6]]
    assert (row[2], row[4]) == (article["source"]["name"], "-")


def test_a_text_without_an_address_is_what_the_schemas_say(newsreader):
    text = "Whale holds the ferry\n\n2026-09-14 10:30\n\n" + "The harbour master closed the port to all. " * 8
    dump = f"{text}\n\nRelated stories\nGrey whale named Amber crossed an ocean\n"

    shown = json.loads(newsreader("show", "-", "--json", stdin=dump.encode()).out)

    assert shown["url"].startswith("urn:sha256:")
    assert [(link["url"], link["id"]) for link in shown["links"]] == [("", None)]
    validator(newsreader, "article").validate(shown)
    validator(newsreader, "list").validate(json.loads(newsreader("list", "--json").out))
    assert newsreader("show", shown["url"], "--json").status == 0
