"""import and export: many subscriptions at once, nothing fetched."""

import json
from xml.etree import ElementTree as ET

import pytest

SITE = "https://lantern.example"
OPML = f"""<opml version="2.0"><body><outline text="Islands">
<outline type="rss" text="The Lantern" xmlUrl="{SITE}/feed.rss" htmlUrl="{SITE}/" language="en" category="Islands,sea"/>
<outline type="rss" text="the lantern" xmlUrl="{SITE}/ja.rss" category="Islands"/>
<outline type="rss" xmlUrl="https://post.example/feed"/></outline>
<outline text="Again"><outline type="rss" text="Twice" xmlUrl="http://lantern.example/feed.rss"/></outline>
<outline type="rss" text="A program" xmlUrl="exec:/bin/date\x1b[2J"/>
</body></opml>"""


@pytest.fixture
def feeds(tmp_path):
    """A file with three subscriptions, one of them twice, and one that is no address."""
    (tmp_path / "feeds.opml").write_text(OPML)
    return tmp_path / "feeds.opml"


def told(newsreader):
    found = json.loads(newsreader("sources", "--json").out)["sources"]
    return [(source["name"], source["url"], source["kind"], source["tags"]) for source in found]


def test_all_are_subscribed_and_nothing_is_fetched(newsreader, feeds):
    result = newsreader("import", feeds)

    assert result == (0, "", "No address: exec:/bin/date[2J\nSubscribed to 3 sources, 1 is no address.\n")
    assert told(newsreader) == [
        ("post.example", "https://post.example/feed", "feed", ["Islands"]),
        ("The Lantern", f"{SITE}/feed.rss", "feed", ["Islands", "sea", "Again"]),
        ("the lantern (lantern.example)", f"{SITE}/ja.rss", "feed", ["Islands"]),
    ]


def test_what_is_subscribed_already_only_gets_the_new_tags(newsreader, feeds):
    newsreader("import", feeds)
    newsreader("sources", "rename", "1", "Mine")

    again = newsreader("import", "-", stdin=f'{SITE}/feed.rss harbour "~Another"\n{SITE}/new\n'.encode())

    assert again.err == "Subscribed to 1 source, 1 was subscribed already.\n"
    assert ("Mine", f"{SITE}/feed.rss", "feed", ["Islands", "sea", "Again", "harbour"]) in told(newsreader)


def test_json_prints_what_was_added(newsreader, feeds):
    newsreader("import", "-", stdin=f"{SITE}/feed.rss".encode())

    added = json.loads(newsreader("import", feeds, "--json").out)

    assert added["schema"] == "newsreader.import/1"
    assert [source["url"] for source in added["sources"]] == [f"{SITE}/ja.rss", "https://post.example/feed"]


def test_a_file_that_cannot_be_read_leaves_the_others_alone_too(newsreader, feeds, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader,")

    for wrong, status in ((tmp_path / "letter.txt", 1), (tmp_path / "nowhere.opml", 3), (tmp_path, 2)):
        result = newsreader("import", feeds, wrong)
        assert result.status == status
        assert str(wrong) in result.err
    assert newsreader("import").status == 2
    assert told(newsreader) == []


def test_many_entries_without_an_address_are_counted_and_few_are_named(newsreader):
    lines = [SITE, *(f"exec:number-{number}" for number in range(50))]

    result = newsreader("import", "-", stdin="\n".join(lines).encode())

    assert result.err.endswith("Subscribed to 1 source, 50 are no addresses.\n")
    assert result.err.count("No address: ") == 10


def test_an_export_is_taken_back_as_it_was(newsreader, feeds, environ, tmp_path):
    newsreader("import", feeds)
    newsreader("sources", "tag", "2", "one, two", "/three")
    exported = newsreader("export")
    other = type(newsreader)({**environ, "NEWSREADER_DATA_DIR": str(tmp_path / "other")})

    assert exported.status == 0
    assert other("import", "-", stdin=exported.out.encode()).status == 0
    assert told(other) == told(newsreader)
    assert other("export").out == exported.out


def test_an_export_is_what_other_readers_expect(newsreader, feeds):
    newsreader("import", feeds)

    root = ET.fromstring(newsreader("export", "-o", "opml").out)

    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [folder.get("text") for folder in root.findall("body/outline")] == ["Islands"]
    assert root.findall("body/outline/outline")[1].attrib == {
        "type": "rss",
        "text": "The Lantern",
        "title": "The Lantern",
        "xmlUrl": f"{SITE}/feed.rss",
        "htmlUrl": f"{SITE}/",
        "language": "en",
        "category": "Islands,sea,Again",
    }


def test_an_export_of_nothing_is_an_empty_list(newsreader):
    exported = newsreader("export")

    assert ET.fromstring(exported.out).find("body") is not None
    assert newsreader("import", "-", stdin=exported.out.encode()).err == "Subscribed to 0 sources.\n"


def test_an_export_of_some(newsreader, feeds):
    newsreader("import", feeds)

    assert newsreader("export", "--tag", "SEA").out.count("xmlUrl") == 1
    assert newsreader("export", "--source", "1", "--source", "post.example").out.count("xmlUrl") == 2
    assert newsreader("export", "--source", "nowhere").status == 3
    assert newsreader("export", "-o", "csv").status == 2
