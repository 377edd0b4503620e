"""Words of the search index, and what is looked for, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.searchwords import Needle, folded, index_words, needle_of, words_of

ALPHABET = "abZé港島カ゚がｶﾞ글ไทยำकि Σςﬁ1２・-’'_\n\u0301\u3099ـَ\U0001f600\ue000"


def needle(text: str, *, prefix: bool = False) -> Needle:
    found = needle_of(text, prefix=prefix)
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trump’s U.S. visit, Covid-19", "trump s u s visit covid 19"),
        ("ＡＩとｶﾀｶﾅ", "ai とカ カタ タカ カナ ナ"),
        ("台湾の半導体、輸出", "台湾 湾の の半 半導 導体 体 輸出 出"),
        ("米", "米"),
        ("がか", "がか か"),
        ("서울에서 온", "서울 울에 에서 서 온"),
        ("ภาษาไทย", "ภา าษ ษา าไ ไท ทย ย"),
        ("ប្រទេស", "ប្ ្រ រទ ទេ េស ស"),
        ("ພາສາ", "ພາ າສ ສາ າ"),
        ("हिन्दी समाचार", "हिन्दी समाचार"),
        ("Erdoğan, São Paulo", "erdogan sao paulo"),
        ("Straße İstanbul", "strasse istanbul"),
        ("йод", "йод"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("?!… ・ _", ""),
    ],
)
def test_words_of_every_script(text, words):
    assert " ".join(_split(index_words(text))) == words


def _split(words: str) -> list[str]:
    """As the tokenizer of the index does: what is ASCII and no letter or digit parts words."""
    return "".join(char if char.isalnum() or not char.isascii() else " " for char in words).split()


@pytest.mark.parametrize(
    ("wanted", "text", "is_there"),
    [
        ("半導体", "台湾の半導体", True),
        ("半導体", "半導と導体", False),
        ("台湾", "台灣", False),
        ("カタカナ", "ｶﾀｶﾅ", True),
        ("か", "が", False),
        ("カ", "か", False),
        ("ai", "ＡＩと", True),
        ("ai", "openai", False),
        ("AI半導体", "新AI半導体", True),
        ("climate change", "Climate, change.", True),
        ("climate change", "climate changes", False),
        ("change", "Wechange change", True),
        ("climate change", "change climate", False),
        ("strasse", "Straße", True),
        ("sao paulo", "São Paulo", True),
        ("हिन्द", "हिन्दी", False),
        ("대통령", "대통령이", True),
        ("ไทย", "ภาษาไทย", True),
        ("ドナルド・トランプ", "ドナルド・トランプ氏", True),
        ("ドナルド トランプ", "ドナルド・トランプ氏", True),
    ],
)
def test_what_is_in_a_text(wanted, text, is_there):
    assert needle(wanted).is_in(text) is is_there


def test_a_prefix_may_go_on():
    assert needle("trump", prefix=True).is_in("trumpets")
    assert not needle("trump", prefix=True).is_in("a strumpet")
    assert needle("trump", prefix=True).expression("title") == '"\ue000trump" *'
    assert needle("米").expression() == '"米" *'


def test_words_of_headline_and_byline_are_told_apart():
    assert words_of("Ice", "Ada", "Ferry", None).split() == ["Ice".lower(), "ada", "ferry", "\ue000ice", "\ue001ada"]


@given(st.text(ALPHABET, max_size=30))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(ALPHABET, max_size=30))
def test_every_text_holds_itself(text):
    found = needle_of(text)
    assert found is None or found.is_in(text)


@given(st.text("港島灣氷カがア글บา", min_size=1, max_size=4), st.text("港島灣氷カがア글บา、 ab", max_size=40))
def test_scripts_without_spaces_are_searched_as_by_looking_through(wanted, text):
    assert needle(wanted).is_in(text) is (folded(wanted) in folded(text))


@given(st.text(ALPHABET, max_size=20), st.text(ALPHABET, max_size=60))
def test_the_index_finds_at_least_what_is_there(wanted, text):
    found = needle_of(wanted)
    if found is None or not found.is_in(text):
        return
    words = set(_split(index_words(text)))
    for term in found.expression().split(" AND "):
        word = term.split('"')[1]
        assert word in words or (term.endswith("*") and any(each.startswith(word) for each in words))
