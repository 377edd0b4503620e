"""The words of a query."""

import pytest

from newsreader.store.words import Words, read_words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry ice", Words(("ferry", "ice"), ())),
        ("Ferry -ICE", Words(("ferry",), ("ice",))),
        ('"nine  days" ferry', Words(("nine days", "ferry"), ())),
        ('-"nine days"', Words((), ("nine days",))),
        ('"never closed', Words(("never closed",), ())),
        ("ＡＩ ｶﾀｶﾅ", Words(("ai", "カタカナ"), ())),
        ('- "" -""', Words(("-",), ())),
        ("well-known", Words(("well-known",), ())),
        ("  ", Words((), ())),
    ],
)
def test_words_are_read(query: str, expected: Words) -> None:
    assert read_words(query) == expected


def test_all_words_must_occur_somewhere_in_the_article() -> None:
    assert read_words("ferry pilots").match("The Ferry", None, "PILOTS waited")
    assert not read_words("ferry pilots").match("The Ferry", "", None)


def test_a_word_with_a_minus_must_not_occur() -> None:
    assert not read_words("ferry -ice").match("Ferry in the ice")
    assert read_words("ferry -ice").match("Ferry in the fog")


def test_a_phrase_does_not_reach_from_title_to_text() -> None:
    assert not read_words('"ferry returns"').match("The ferry", "returns")


def test_wildcards_mean_themselves() -> None:
    assert not read_words("100%").match("1000")
    assert read_words("a_b").match("a_b")
    assert not read_words("a_b").match("acb")
