"""Snippets: the piece of a text around what was looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.searchwords import Needle, needle_of
from newsreader.snippets import snippet_of


def needles(*words: str) -> list[Needle]:
    return [found for word in words if (found := needle_of(word))]


def matches(text: str, *words: str) -> list[str]:
    return [piece for piece, is_match in snippet_of(text, needles(*words)) if is_match]


def whole(text: str, *words: str) -> str:
    return "".join(piece for piece, _ in snippet_of(text, needles(*words)))


def test_a_short_text_is_shown_whole_with_its_matches():
    assert snippet_of("The ferry left the port.", needles("ferry", "port")) == (
        ("The ", False),
        ("ferry", True),
        (" left the ", False),
        ("port", True),
        (".", False),
    )


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("ＦＥＲＲＹと港", "ferry", "ＦＥＲＲＹ"),
        ("ｶﾞﾗｽの港", "ガラス", "ｶﾞﾗｽ"),
        ("Die Straße brennt", "strasse", "Straße"),
        ("Erdoğan’s visit", "erdogan", "Erdoğan"),
        ("Cafe\u0301 au lait", "café", "Cafe\u0301"),
        ("台湾の半導体", "半導体", "半導体"),
        ("㍿港", "港", "港"),
    ],
)
def test_matches_are_shown_as_they_are_written(text, word, shown):
    assert matches(text, word) == [shown]


def test_a_long_text_is_cut_around_the_match_between_words():
    text = "Nothing happened here. " * 40 + "Then the lighthouse fell into the sea. " + "And nothing more. " * 40

    shown = whole(text, "lighthouse")

    assert shown.startswith("…Then the lighthouse")
    assert shown.endswith("…")
    assert shown.rstrip("…").split()[-1] in {"And", "nothing", "more."}
    assert len(shown) < 200


def test_a_long_japanese_text_begins_at_a_sentence():
    text = "何もなかった。" * 60 + "そして灯台が海に落ちた。" + "それきりだった。" * 60

    assert whole(text, "灯台").startswith("…そして灯台が海に落ちた。")


def test_a_text_without_the_words_shows_its_beginning():
    assert whole("The ferry left.", "lighthouse") == "The ferry left."
    assert snippet_of("", needles("ferry")) == ()


@given(st.text("ab cé港カｶﾞß㍿。.\n ", max_size=400), st.text("abc港カガs会 ", max_size=6))
def test_a_snippet_is_a_piece_of_the_text(text, word):
    shown = whole(text, word).strip("…")

    assert shown in text.replace("\n", " ")
    assert len(shown) <= 200 or len(text) < 200
