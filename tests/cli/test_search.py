"""Search: ranked finds with the piece of text that has the words, for a person and for programs."""

import json
import re
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator

from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.store.articles import save_article
from newsreader.store.connection import open_store
from newsreader.text import width

TEXTS = {
    "A day at the port": "Nothing much went on. In the evening the ferry came in with two hundred people on board. "
    * 3,
    "The ferry is late": "It was late once more, and nobody knew why.",
    "半導体の工場、台湾に": "新しい工場が台湾の南に建つ。半導体の材料を作る会社が発表した。",
    "選挙の結果": "市長が再選された。\x1b[31mThe ferry [not an escape] was full.",
}


@pytest.fixture
def port(newsreader):
    """Four articles with their texts: 1 to 4."""
    db = open_store(newsreader.store)
    for number, (title, text) in enumerate(TEXTS.items(), 1):
        at = datetime(2026, 9, number, tzinfo=UTC)
        blocks = (Block(BlockKind.PARAGRAPH, text),)
        save_article(
            db, Article(url=f"https://port.example/{number}", title=title, published=at, blocks=blocks), None, at
        )
    db.close()
    return newsreader


def found(program, *args):
    return [int(row[0]) for row in program("search", *args).rows]


def test_the_best_find_is_first_unless_a_date_is_asked_for(port):
    assert found(port, "ferry")[0] == 2
    assert found(port, "ferry", "--order", "newest") == [4, 2, 1]
    assert found(port, "ferry", "--order", "oldest") == [1, 2, 4]
    assert found(port, "ferry", "-n", "1") == [2]
    assert found(port, "ferry", "-title:late", "--order", "oldest", "-n", "0") == [1, 4]


def test_two_characters_are_enough(port):
    assert found(port, "台湾") == found(port, "半導体　台湾") == [3]


def test_columns_in_a_pipe(port):
    (row,) = port("search", "台湾").rows

    assert row[0] == "3"
    assert 0 <= float(row[1]) <= 1
    assert row[2:6] == ["2026-09-03T00:00:00+00:00", "", "半導体の工場、台湾に", "https://port.example/3"]
    assert "新しい工場が台湾の南に建つ" in row[6]


def test_json_is_what_the_schema_says_and_tells_what_matched(port):
    document = json.loads(port("search", "ferry", "--json").out)
    Draft202012Validator(json.loads(port("schema", "search").out)).validate(document)

    scores = [article["score"] for article in document["articles"]]
    assert scores == sorted(scores, reverse=True)
    first = next(article for article in document["articles"] if article["id"] == 1)
    assert [each["text"] for each in first["snippet"] if each["match"]] == ["ferry", "ferry"]
    assert "the ferry came in" in "".join(each["text"] for each in first["snippet"])


def test_json_lines_and_fields(port):
    lines = port("search", "ferry", "--jsonl", "--fields", "id,score").out.splitlines()

    assert [list(json.loads(line)) for line in lines] == [["id", "score"]] * 3
    assert port("search", "ferry", "--json", "--fields", "nonsense").status == 2


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_on_a_terminal_the_piece_of_text_stands_below_with_what_matched_in_bold(port, columns):
    shown = port("search", "ferry", terminal=columns).out

    assert "\x1b[1mferry" in shown
    plain = re.sub(r"\x1b(\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)", "", shown)
    assert plain == port("search", "ferry", terminal=columns, NO_COLOR="1").out
    assert max(map(width, plain.splitlines())) <= columns
    assert "ferry came in" in " ".join(plain.split())


def test_no_byte_of_a_text_reaches_the_terminal_as_a_command(port):
    shown = port("search", "ferry", terminal=80, NO_COLOR="1").out

    assert "\x1b" not in shown
    assert "[not an escape]" in shown


def test_a_person_is_told_when_there_may_be_more(port):
    assert "-n 4" in port("search", "ferry", "-n", "2", terminal=80).err
    assert port("search", "ferry", terminal=80).err == ""


def test_nothing_found_is_no_error(port):
    assert port("search", "zeppelin") == (0, "", "")
    assert json.loads(port("search", "zeppelin", "--json").out)["articles"] == []
    assert "Nothing was found" in port("search", "zeppelin", terminal=80).err


def test_a_search_needs_words(port):
    assert port("search").status == 2
    assert port("search", "???").status == 2
