"""Lines break where the script allows, never over the width, and lose nothing."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.present.lines import Segment
from newsreader.present.setting import NO_END, NO_START, chop, line_ranges, wrap, wrap_line
from newsreader.text import graphemes, width

PROSE = {
    "Japanese": (
        "港湾局は20日、11か月にわたる補修工事を終えた「港の大橋」を予定より2週間早く開通させたと発表した。市民らは早朝から列を"
        "つくり、ＡＩを使った新しいセンサー（約9メートルごとに設置）の説明に耳を傾けた。「やっと！」「うれしい……」と"
        "佐々木ゆきさん（42）。『次はトンネルだ』――HarborTech社のCEOはそう述べ、シャッターを切った。"
    ),
    "Chinese": (
        "“大桥重新开放了！”港务局二十日宣布（比原计划提前两周），《港口日报》报道：总费用为12.3亿元，比预算低3.5％——"
        "“我们终于等到了”，42岁的李女士说。"
    ),
    "Korean": "항만청은 20일 “한강 다리”가 열한 달 만에 다시 열렸다고 밝혔다. 시민들은(새벽부터) 줄을 섰다!",
    "English": (
        "The harbour bridge — closed for eleven months — reopened on Friday, two weeks early; it cost $1,230.50 a "
        'metre, state-of-the-art sensors included (see https://news.example/2026/11/20/bridge?from=list#cost). "Hm!"'
    ),
    "Arabic": "أعيد فتح جسر الميناء يوم الجمعة بعد أحد عشر شهراً من الإصلاحات، وقال: «لقد وفينا بوعدنا» في 20 نوفمبر.",
    "Hebrew": "גשר הנמל נפתח מחדש ביום שישי לאחר אחד־עשר חודשי תיקונים, הודיעה הרשות: ״סוף סוף״.",
    "Thai": "สะพานท่าเรือเปิดให้บริการอีกครั้งหลังจากซ่อมแซมนานสิบเอ็ดเดือน เจ้าหน้าที่กล่าวเมื่อวันศุกร์ว่าเร็วกว่ากำหนดสองสัปดาห์",
    "Hindi": "बंदरगाह पुल ग्यारह महीने की मरम्मत के बाद शुक्रवार को फिर से खुल गया, अधिकारियों ने कहा।",
    "emoji": "Fire 👩‍🚒 out 🇯🇵🇫🇷 family 👨‍👩‍👧‍👦 flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿 heart ❤️‍🔥 key 1️⃣ wave 👋🏽 " * 3,
}
ALPHABETS = (
    "abc XYZ 0123,.-/:;!?()[]{}'\"",
    "あがっゃー々漢字東京、。」）「（『』…—～・ ",
    "カタカナｶﾞﾊﾟコンピュータ ",
    "한국어 글자각ᄀ",
    "العربية، ١٢٣؛ ",
    "ไทยภาษาำ้ ",
    "हिन्दीक्ष ",
    "👩\u200d🚒🇯🇵👨👧❤\ufe0f1\u20e3🏽🫩 ",
    "e\u0301\u0302\u20dda ",
    " \u3000\u00a0\n\t\u2028\x85\x0b\x1b\u200b\u202e\u2067a",
)


def letters_of(text: str) -> str:
    return "".join(text.split())


def faults(lines: list[str]) -> list[str]:
    """Lines that start with what may not start one, or end with what may not end one."""
    starts = [line for line in lines[1:] if line[:1] in NO_START and line]
    return starts + [line for line in lines[:-1] if line[-1:] in NO_END and line]


@pytest.mark.parametrize("script", PROSE)
def test_prose_has_no_kinsoku_fault_no_wide_line_and_is_whole_at_any_width(script):
    for columns in range(20, 161):
        lines = wrap(PROSE[script], columns)
        assert faults(lines) == []
        assert [line for line in lines if width(line) > columns] == []
        assert letters_of("".join(lines)) == letters_of(PROSE[script])


@given(st.sampled_from(ALPHABETS).flatmap(st.text), st.text(max_size=5), st.integers(2, 40))
def test_any_text_fits_and_is_whole(text, odd, columns):
    mixed = text + odd + text
    lines = wrap(mixed, columns)
    assert all(width(line) <= columns for line in lines)
    assert letters_of("".join(lines)) == letters_of(mixed)


@given(st.sampled_from(ALPHABETS[:-1]).flatmap(st.text), st.integers(8, 40))
def test_no_grapheme_cluster_is_broken(text, columns):
    clusters = graphemes(text)
    if all(width(cluster) <= columns for cluster in clusters):
        edges = {0, *accumulate(map(len, clusters))}
        assert {edge for line in line_ranges(text, columns) for edge in line} <= edges


def test_a_line_never_starts_with_a_comma_that_would_just_not_fit():
    assert wrap("あいうえ、おか", 8) == ["あいう", "え、おか"]
    assert wrap("あいう「えお」", 8) == ["あいう", "「えお」"]
    assert wrap("あいコーヒーを", 10) == ["あいコー", "ヒーを"]
    assert wrap("待って、いっしょ", 8) == ["待って、", "いっしょ"]


def test_latin_words_and_numbers_inside_japanese_are_kept_whole():
    lines = wrap("社名はHarborTechで総額は1,230,000円だという。", 14)
    assert lines == ["社名は", "HarborTechで総", "額は1,230,000", "円だという。"]


def test_a_long_word_is_broken_between_clusters():
    assert wrap("a" * 10, 4) == ["aaaa", "aaaa", "aa"]
    assert wrap("👩‍🚒" * 5, 5) == ["👩‍🚒👩‍🚒", "👩‍🚒👩‍🚒", "👩‍🚒"]


def test_an_address_is_not_parted_after_its_scheme():
    assert wrap("see https://news.example/a/b", 21) == ["see", "https://news.example/", "a/b"]


def test_a_flood_of_combining_marks_is_one_column():
    flood = "a" + "\u0301" * 5000
    assert wrap(flood * 3, 2) == [flood * 2, flood]


def test_a_flood_of_commas_still_fits():
    lines = wrap("あ" + "、" * 100, 20)
    assert all(width(line) <= 20 for line in lines)
    assert "".join(lines) == "あ" + "、" * 100


def test_a_cluster_wider_than_the_line_is_broken_inside():
    stacked = "ᄀ" * 6
    assert "".join(wrap(stacked, 4)) == stacked
    assert all(width(line) <= 4 for line in wrap(stacked, 4))


def test_width_0_breaks_only_at_line_feeds():
    assert wrap("長い" * 500 + "\nb", 0) == ["長い" * 500, "b"]


def test_one_column_gives_a_character_a_line():
    assert wrap("ab 漢", 1) == ["a", "b", "漢"]


def test_empty_text_is_one_empty_line():
    assert wrap("", 10) == [""]
    assert wrap("a\n\nb", 10) == ["a", "", "b"]


def test_styles_and_addresses_survive_wrapping():
    line = (Segment("see the "), Segment("harbour bridge", "bold link", "https://b.example/"), Segment(" now"))
    assert wrap_line(line, 12) == [
        (Segment("see the"),),
        (Segment("harbour", "bold link", "https://b.example/"),),
        (Segment("bridge", "bold link", "https://b.example/"), Segment(" now")),
    ]


def test_a_number_stays_with_its_words():
    line = (Segment("港の大橋", "link", "https://b.example/"), Segment("[1]", "number"), Segment("が開通"))
    lines = [[segment.text for segment in part] for part in wrap_line(line, 9)]
    assert lines == [["港の大"], ["橋", "[1]", "が開"], ["通"]]


@given(st.lists(st.sampled_from(["a b", "漢字、", "x\ny", ""])), st.integers(2, 9))
def test_segments_give_the_lines_of_their_text(parts, columns):
    line = tuple(Segment(text, "bold" * (at % 2)) for at, text in enumerate(parts))
    lines = wrap_line(line, columns)
    whole = "".join(segment.text for segment in line)
    assert ["".join(segment.text for segment in part) for part in lines] == wrap(whole, columns)


def test_code_is_chopped_where_the_line_is_full():
    assert chop("    return 漢字", 8) == ["    retu", "rn 漢字"]
    assert chop("short", 0) == ["short"]
