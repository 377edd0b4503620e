"""export and import of articles: a store is carried to another machine by two commands and a pipe."""

import json
import signal
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

PAGE = b"<html><head><title>A lamp</title></head><body><h1>The lamp is lit at four</h1>%s</body></html>" % b"".join(
    b"<p>Paragraph %d tells at length how the lamp of the harbour is lit, and who does it.</p>" % at for at in range(9)
)
DUMP = "灯台の一年\n\n" + "\n\n".join(
    f"霧の夜が{day}日つづき、灯台の明かりがともる。守り人は油を見る。" for day in range(2, 9)
)
LINES = b"""{"url": "https://lantern.example/1", "title": "The first", "published": "2026-09-01", "text": "One.\\nTwo."}
{"url": "https://lantern.example/2"}

{"url": "https://lantern.example/3", "title": "\\u706f\\u53f0", "published": "2026-09-02T10:00:00Z", "starred": true}
that is all
"""


@pytest.fixture
def other(newsreader, environ, tmp_path):
    """The program on another machine."""
    return type(newsreader)({**environ, "NEWSREADER_DATA_DIR": str(tmp_path / "other")})


def articles(result):
    assert result.status == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def test_a_store_is_carried_to_another_machine(subscribed, other):
    for args in (("star", 2), ("read", 3), ("hide", 4), ("tag:harbour", 1)):
        assert subscribed("mark", *args).status == 0
    exported = subscribed("export", "-o", "jsonl")

    imported = other("import", "-", stdin=exported.out.encode())

    assert imported == (0, "", "Imported 11 articles.\n")
    assert [row[1:] for row in other("list").rows] == [row[1:] for row in subscribed("list").rows]
    assert other("count", "is:hidden").out == "1\n"
    assert [row[1:] for row in other("list", "tag:harbour").rows] == [
        row[1:] for row in subscribed("list", "tag:harbour").rows
    ]
    assert (
        other("list", "フェリー").out == subscribed("list", "フェリー").out or other("count", "フェリー").out != "0\n"
    )
    for here, there in zip(subscribed("list", "-n", "0").rows, other("list", "-n", "0").rows, strict=True):
        assert other("show", there[0], "-o", "markdown").out == subscribed("show", here[0], "-o", "markdown").out


def test_an_import_that_comes_again_changes_nothing(subscribed, other):
    exported = subscribed("export", "-o", "jsonl").out.encode()
    other("import", "-", stdin=exported)
    before = other("export", "-o", "jsonl").out

    assert other("import", "-", stdin=exported).err == "Imported 0 articles, 11 were there already.\n"
    assert other("export", "-o", "jsonl").out == before


def test_each_line_of_an_export_is_what_its_schema_says(subscribed):
    validator = Draft202012Validator(json.loads(subscribed("schema", "export").out))

    found = articles(subscribed("export", "-o", "jsonl"))

    assert len(found) == 11
    for article in found:
        validator.validate(article)


def test_an_export_of_some(subscribed):
    names = [article["source"]["name"] for article in articles(subscribed("export", "-o", "jsonl", "--lang", "ja"))]
    assert len(names) == 4
    assert len(set(names)) == 1
    subscribed("mark", "hide", 1)
    assert len(articles(subscribed("export", "-o", "jsonl", "--until", "2099-01-01"))) == 10
    assert [article["hidden"] for article in articles(subscribed("export", "-o", "jsonl", "is:hidden"))] == ["you"]
    assert len(articles(subscribed("export", "-o", "jsonl"))) == 11
    assert articles(subscribed("export", "-o", "jsonl", "nowhere-to-be-found")) == []


def test_an_export_of_articles_as_markdown_and_html(subscribed):
    assert subscribed("export", "-o", "markdown", "--lang", "ja").out.count("\n# ") == 3
    assert subscribed("export", "-o", "html", "--lang", "ja").out.count("<!doctype html>") == 4


def test_opml_holds_no_articles_so_a_query_is_refused(subscribed):
    for args in (("lamp",), ("--unread",), ("-o", "opml", "--since", "2d")):
        refused = subscribed("export", *args)
        assert refused.status == 2
        assert "-o jsonl" in refused.err
    assert subscribed("export", "--tag", "none").status == 0


def test_lines_that_are_no_articles_are_told_and_the_others_kept(newsreader, tmp_path):
    (tmp_path / "lamps.jsonl").write_bytes(LINES)

    result = newsreader("import", tmp_path / "lamps.jsonl")

    assert result.status == 0
    assert result.err == (
        f"{tmp_path}/lamps.jsonl, line 2: it has no title.\n"
        f"{tmp_path}/lamps.jsonl, line 5: it is no JSON.\n"
        "Imported 2 articles, 2 could not be read.\n"
    )
    assert [row[5] for row in newsreader("list").rows] == ["灯台", "The first"]
    assert newsreader("count", "is:starred").out == "1\n"
    assert "Two." in newsreader("show", "1", "-o", "plain").out


def test_an_import_for_machines(newsreader, tmp_path):
    (tmp_path / "lamps.jsonl").write_bytes(LINES)

    document = json.loads(newsreader("import", tmp_path / "lamps.jsonl", "--json").out)

    Draft202012Validator(json.loads(newsreader("schema", "import").out)).validate(document)
    assert document["articles"] == {"new": 2, "known": 0, "wrong": 2}
    assert [each["line"] for each in document["wrong"]] == [2, 5]


def test_a_file_without_any_article_is_an_error(newsreader):
    refused = newsreader("import", "-", stdin=b'{"url": 1}\n' * 100)

    assert refused.status == 1
    assert refused.err.count("Standard input, line ") == 10
    assert "100 could not be read" in refused.err


def test_what_list_and_show_print_is_taken_too(subscribed, other):
    assert other("import", "-", stdin=subscribed("list", "--json").out.encode()).err == "Imported 11 articles.\n"
    assert other("list", "--state", "headline").rows != []
    assert other("import", "-", stdin=subscribed("show", "1", "2", "--json").out.encode()).status == 0
    assert len(other("list", "--state", "full").rows) == 2


def test_saved_pages_and_texts_are_articles(newsreader, tmp_path):
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "text.txt").write_text(DUMP, "utf-8")
    (tmp_path / "empty.html").write_text("<html><body><p>Accept cookies</p></body></html>")

    result = newsreader("import", *(tmp_path / name for name in ("page.html", "text.txt", "empty.html")))

    assert result.status == 0
    assert result.err.endswith("Imported 2 articles, 1 could not be read.\n")
    assert {row[5] for row in newsreader("list").rows} == {"The lamp is lit at four", "灯台の一年"}
    assert newsreader("import", "-", stdin=PAGE).err == "Imported 0 articles, 1 was there already.\n"


def test_a_text_that_names_an_address_is_no_list_of_subscriptions(newsreader):
    text = f"https://lantern.example/1\n{DUMP}"

    assert newsreader("import", "-", stdin=text.encode()).err == "Imported 1 article.\n"
    assert newsreader("sources").out == ""


def test_lists_and_articles_come_together(newsreader, tmp_path):
    (tmp_path / "urls").write_text("https://lantern.example/feed\n")
    source = {"url": "https://lantern.example/feed", "name": "The Lantern"}
    line = json.dumps({"url": "https://lantern.example/1", "title": "A lamp", "source": source})

    result = newsreader("import", "-", tmp_path / "urls", stdin=line.encode())

    assert result.err == "Subscribed to 1 source.\nImported 1 article.\n"
    assert [row[3] for row in newsreader("sources").rows] != ["paused"]
    assert newsreader("list", "--source", "1").rows[0][5] == "A lamp"


@pytest.mark.parametrize("body", [b"\x7fELF\0\0\0", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04\0\0https://example.org/\n"])
def test_what_is_no_text_is_refused(newsreader, body):
    refused = newsreader("import", "-", stdin=body)

    assert refused.status == 1
    assert "no text" in refused.err


def test_an_import_that_is_interrupted_keeps_what_is_done(newsreader, environ):
    code = "import sys; from newsreader.cli.app import run; from newsreader.cli.context import Context;"
    command = [sys.executable, "-c", f"{code} sys.exit(run(sys.argv[1:], Context.of_process()))", "import", "-"]
    with subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stderr
        for number in range(1000):
            line = {"url": f"https://lantern.example/{number}", "title": f"Lamp {number}", "text": "It is lit."}
            process.stdin.write(json.dumps(line).encode() + b"\n")
        process.stdin.flush()
        while newsreader("count").out == "0\n":
            pass
        process.send_signal(signal.SIGINT)
        told = process.stderr.read().decode()
        assert process.wait() == 130

    assert "what was done is kept" in told
    assert int(newsreader("count").out) in (500, 1000)
