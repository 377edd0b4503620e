"""Terms by script: what tells one event from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.relate.terms import LARGEST, LEAD, NAME, PIECE, terms_of


def weights_of(title: str, text: str, language: str | None = None) -> dict[str, float]:
    """Terms and what they weigh."""
    return terms_of(title, text, language).weights


def test_words_are_folded_and_those_that_tell_nothing_left_out() -> None:
    assert set(weights_of("The Ferries of Norholm", "", "en")) == {"ferries", "norholm"}


def test_titles_weigh_more_and_repetition_a_little() -> None:
    found = weights_of("ferry", "harbour harbour ice", "en")

    assert found["ferry"] > found["harbour"] > found["ice"]


def test_names_of_several_words_are_terms_and_so_are_their_words() -> None:
    found = weights_of("", "Yesterday the ferry of Captain Ada Quay-Lund met the icebreaker.", "en")

    assert {NAME + "Captain Ada Quay-Lund", "ada", "quay-lund"} <= set(found)


def test_the_first_word_of_a_sentence_is_no_name_because_of_its_capital() -> None:
    found = weights_of("", "Pilots waited. Ferries froze in Norholm bay. The Norholm Council met.", "en")

    assert {term for term in found if term.startswith(NAME)} == {NAME + "Norholm", NAME + "Norholm Council"}


def test_capitals_of_a_headline_tell_no_names() -> None:
    found = weights_of("Ferry Returns After Nine Days", "FERRY RETURNS AT LAST", "en")

    assert [term for term in found if term.startswith(NAME)] == []


def test_german_nouns_are_no_names() -> None:
    found = weights_of("", "Gestern hat die alte Fähre im Eis vor Anna Kai Lund gewartet.", "de")

    assert {term for term in found if term.startswith(NAME)} == {NAME + "Anna Kai Lund"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a quake of M7.4", "m7.4"),
        ("duties of 12.5% are due", "12.5%"),
        ("気温41.2℃を記録", "41.2°c"),
        ("3500億ドルの投資", "3500億ドル"),
        ("２０％の関税", "20%"),
        ("12万人が避難", "12万人"),
        ("the H20 chip", "h20"),
        ("5 km away", "5 km"),
        ("in 2026", "2026"),
    ],
)
def test_numbers_keep_their_units(text: str, expected: str) -> None:
    assert expected in weights_of("", text)


def test_a_single_digit_is_no_term() -> None:
    assert "3" not in weights_of("3 ferries", "")


def test_japanese_gives_runs_of_katakana_and_kanji_and_their_pairs() -> None:
    found = set(weights_of("ノルホルム港のフェリー、九日ぶりに運航再開へ", "", "ja"))

    assert {"ノルホルム", "フェリー", "九日", "運航再開", PIECE + "運航", PIECE + "再開"} <= found
    assert not any("ぶり" in term or term == "へ" for term in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("蒼井首相が訪問", "蒼井"),
        ("蒼井花子氏の発言", "蒼井花子"),
        ("オルセン大統領が声明", "オルセン"),
        ("アダ・ケイ船長", "アダ・ケイ"),
        ("藍海生總統表示", "藍海生"),
    ],
)
def test_a_title_behind_it_makes_a_name(text: str, name: str) -> None:
    assert NAME + name in weights_of(text, "")


def test_chinese_words_are_found_inside_clauses() -> None:
    """Two clauses share a word that no space sets apart."""
    one, other = weights_of("諾霍姆港口因結冰關閉九天", "", "zh-TW"), weights_of("渡輪在結冰後恢復通航", "", "zh-TW")

    assert one.keys() & other.keys() == {PIECE + "結冰"}


def test_korean_words_lose_their_particles() -> None:
    found = weights_of("노르홀름항에서 여객선이 아흐레 만에 운항을 재개", "", "ko")

    assert {"노르홀름항", "여객선", "운항", "재개"} <= set(found)


def test_thai_is_cut_into_triples() -> None:
    assert PIECE + "ท่า" in weights_of("ท่าเรือ", "", "th")


def test_words_in_capitals_amid_a_sentence_are_written_like_names() -> None:
    found = terms_of("Ferry Returns", "The ferry Tern left Norholm for Saltmarsh, where ice had held it.", "en")

    assert found.named == {"tern", "norholm", "saltmarsh"}


def test_a_person_in_katakana_is_known_by_the_title() -> None:
    assert "オルセン" in terms_of("オルセン大統領が訪問", "", "ja").named
    assert "フェリー" not in terms_of("フェリーが再開", "", "ja").named


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("Opinion: the ferry must return", {"opinion"}),
        ("Harbour watch | Ferry returns", {"harbour", "watch"}),
        ("[Live] Ferry returns", {"live"}),
        ("【動画】フェリーが再開", {"動画", PIECE + "動画"}),
        ("舞台裏》フェリーが再開", {"舞台裏", PIECE + "舞台", PIECE + "台裏"}),
        ("評論：なぜフェリーは止まったか", {"評論", PIECE + "評論"}),
        ("Ferry returns at 10:30", set()),
        ("フェリー「再開」へ", set()),
    ],
)
def test_what_stands_before_a_headline_is_its_label(title: str, labels: set[str]) -> None:
    assert terms_of(title, "").labels == labels


def test_a_label_that_the_text_speaks_of_is_more_than_a_label() -> None:
    assert terms_of("Tsunami: coast is cleared", "The tsunami came at noon.", "en").labels == set()


def test_only_the_beginning_of_a_text_tells_its_event() -> None:
    assert "kelp" not in weights_of("Ferry", "The ice holds. " * (LEAD // 15 + 1) + "kelp", "en")


def test_width_and_case_are_folded() -> None:
    assert weights_of("ＮＯＲＨＯＬＭ ﾌｪﾘｰ", "") == weights_of("norholm フェリー", "")


def test_a_long_text_keeps_its_heaviest_terms() -> None:
    found = weights_of("ferry", " ".join(f"word{number}" for number in range(1000)))

    assert len(found) == LARGEST
    assert next(iter(found)) == "ferry"


@given(title=st.text(max_size=40), text=st.text(max_size=200), language=st.sampled_from([None, "en", "ja", "de", ""]))
def test_any_text_gives_terms_that_are_clean_and_weigh_something(title: str, text: str, language: str | None) -> None:
    found = weights_of(title, text, language)

    assert all(weight > 0 for weight in found.values())
    assert all(term.lstrip(NAME + PIECE).strip() and "\n" not in term for term in found)
    assert len(found) <= LARGEST


@pytest.mark.parametrize("text", ["", " ", "。、！", "...", "@ ~ @@", "\x00\x01", "あ", "1"])
def test_a_text_without_terms_gives_none(text: str) -> None:
    assert weights_of(text, text) == {}
