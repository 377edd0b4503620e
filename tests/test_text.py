"""Text is cleaned, counted and measured as documented."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader import text

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY)
@example("\u2028a\u0301\u200b \u3000\x00b\ud800")
def test_clean_is_idempotent_and_one_safe_line(given_text):
    found = text.clean(given_text)

    assert found == text.clean(found)
    assert found == unicodedata.normalize("NFC", found)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in found)
    assert found == " ".join(found.split())
    assert not set(found) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\xad")


@given(ANY)
@example("\n\n\tcode\n\n  x\t y  \r\n\u3000z\n\n")
def test_clean_lines_is_idempotent_and_keeps_only_line_feeds(given_text):
    found = text.clean_lines(given_text)

    assert found == text.clean_lines(found)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in found.replace("\n", ""))
    assert [text.clean(line) for line in found.split("\n")] == [line.lstrip(" ") for line in found.split("\n")]


@given(ANY)
@example("\u1fb3\u0323")
def test_fold_is_that_of_unicode(given_text):
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", given_text).casefold())

    assert text.fold(given_text) == unicodedata.normalize("NFKC", folded.casefold())


@given(ANY)
def test_fold_is_idempotent(given_text):
    assert text.fold(given_text) == text.fold(text.fold(given_text))


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("» Mehr zum Thema:", "Mehr zum Thema"),
        ("■ 関連記事", "関連記事"),
        ("_a_", "a"),
        ("a\n-\nb.", "a\n-\nb"),
        ("…", ""),
    ],
)
def test_bare_is_from_the_first_letter_to_the_last(given_text, expected):
    assert expected == text.bare(given_text)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  two   words ", "two words"),
        ("a\u00a0b\u3000c\td\ne", "a b c d e"),
        ("safe\x1b[31mred", "safe[31mred"),
        ("left\u202eright\u2066x\u2069", "leftrightx"),
        ("soft\xadhyphen\u200b\ufeff", "softhyphen"),
        ("क्\u200dष می\u200cخواهم", "क्\u200dष می\u200cخواهم"),
        ("Cafe\u0301", "Café"),
        ("ガ", "ガ"),
        ("bad\ud83dhalf", "badhalf"),
        ("parts\x1c\x1fapart", "parts apart"),
        ("caf\u00e9\u00a0 noir\u00ad", "caf\u00e9 noir"),
        ("caf\u00c3\u00a9 it\u00e2\u0080\u0099s\u00c2\u00a0so", "café it’s so"),
        ("caf\u00c3\u00a9, \u00c2\u00a7", "cafÃ©, Â§"),
        ("\u00e2\u0080", "â"),
        ("", ""),
    ],
)
def test_clean(given_text, expected):
    assert expected == text.clean(given_text)


def test_clean_lines_reads_what_was_encoded_twice():
    assert text.clean_lines("it\u00e2\u0080\u0099s\n  caf\u00c3\u00a9") == "it’s\n  café"


def test_clean_lines_keeps_breaks_and_indent():
    assert (
        text.clean_lines("\n def f():\n\treturn  1 \r\n\n\u3000二\n\n").removeprefix(" ")
        == "def f():\n    return 1\n\n  二"
    )


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("", 0),
        ("one two, three — four", 4),
        ("日本語", 2),
        ("日本語のニュース", 4),
        ("AI が 進む", 3),
        ("오늘의 뉴스", 2),
        ("-- !! …", 0),
    ],
)
def test_count_words_counts_two_cjk_characters_as_one_word(given_text, expected):
    assert expected == text.count_words(given_text)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("首相が訪米へ", "ja"),
        ("新しいiPhone 17とAndroid", "ja"),
        ("总理将访问美国", "zh"),
        ("오늘의 뉴스 2025", "ko"),
        ("Новости сегодня", "ru"),
        ("Новини її області", "uk"),
        ("أخبار اليوم", "ar"),
        ("خبرهای امروز پاکستان", "fa"),
        ("חדשות היום", "he"),
        ("ข่าววันนี้", "th"),
        ("Νέα της ημέρας", "el"),
        ("आज की ख़बर", "hi"),
        ("Nachrichten für heute", None),
        ("The word 日本 in a long English sentence", None),
        ("2025 – 10:30", None),
        ("", None),
    ],
)
def test_script_language(given_text, expected):
    assert expected == text.script_language(given_text)


def test_is_cjk_knows_scripts_without_spaces():
    assert "".join(filter(text.is_cjk, "漢aかカｶー々한9。")) == "漢かカｶー々"


@pytest.mark.parametrize(
    ("given_text", "columns"), [("abc", 3), ("日本語", 6), ("e\u0301", 1), ("👩\u200d🚀", 2), ("", 0), ("a\x07b", 2)]
)
def test_width_is_in_terminal_columns(given_text, columns):
    assert columns == text.width(given_text)


@given(ANY, st.integers(0, 30))
def test_cut_is_never_wider_than_asked(given_text, columns):
    line = text.clean(given_text)
    found = text.cut(line, columns)

    assert text.width(found) <= columns
    assert found in (line, "") or found.endswith("…")


def test_cut_never_splits_a_wide_character():
    assert text.cut("日本語のニュース", 6) == "日本…"
    assert text.cut("日本語", 6) == "日本語"
    assert text.cut("日本語", 0) == ""


@given(ANY)
def test_breaks_and_graphemes_join_to_the_text(given_text):
    line = text.clean(given_text)

    assert line == "".join(text.line_breaks(line))
    assert line == "".join(text.graphemes(line))


def test_no_line_may_start_with_closing_punctuation():
    pieces = text.line_breaks("「はい」、と言う。（例）ー")

    assert not [piece for piece in pieces if piece[0] in "」、。）ー"]
    assert not [piece for piece in pieces if piece[-1] in "「（"]


def test_graphemes_are_what_a_reader_counts():
    assert text.graphemes("👩\u200d🚀がe\u0301") == ["👩\u200d🚀", "が", "e\u0301"]


def test_a_number_with_its_noun():
    told = [text.numbered(1, "second"), text.numbered(0.5, "second"), text.numbered(2.0, "second")]
    assert told == ["1 second", "0.5 seconds", "2 seconds"]
    assert text.numbered(1.0, "second") == "1 second"
