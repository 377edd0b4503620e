"""Where sentences begin and end, by script; what is no sentence is left out."""

import pytest

from newsreader.sentences import sentences


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Stone met J. Quay of the U.S. Navy on Friday.", "They spoke for two hours."],
        [
            "The rate rose to 3.5 percent at 8.30 a.m. on Friday!",
            "Why did it rise so much?",
            "No one in Norholm knows…",
        ],
        ["“We saw nothing at all,” the pilot said.", "“Nobody did that night.”", "He then left the room."],
        ["He asked “Is it really over?” and left the room.", "It was not over at all."],
        ["The damage was put at 41.", "The rest is not known yet."],
        ["Am 3. März hat der Rat z. B. die Preise erhöht.", "Am 14. Mai folgt Dr. Stein, sagte er."],
        ["„Das ist noch nicht alles.“", "Danach verließ sie den Saal.", "»Mehr sage ich nicht.«"],
        ["Le maire a parlé hier soir.", "« Tout est fini pour nous. »", "¿Qué pasará con el puerto?"],
        ["ノルホルム沖で地震があった。", "津波警報は解除された！", "余震は続くのだろうか？"],
        ["「港は閉鎖する。再開は未定だ。」と市長は述べた。", "「再開は来週の月曜になる。」", "市長はそう付け加えた。"],
        ["海警局证实了沉船事故。", "市长说：“港口将于今晚关闭。”", "重新开放的日期未定。"],
        ["노르홀름 앞바다에서 강진이 발생했다.", "해안에 쓰나미 경보가 내려졌다."],
        ["मेयर ने बंदरगाह बंद कर दिया।", "लोग घर लौट रहे हैं अब।"],
        ["أغلقت المدينة الميناء بسبب العاصفة.", "متى سيفتح الميناء من جديد؟"],
    ],
    ids=lambda expected: expected[0][:12],
)
def test_sentences_by_script(expected: list[str]) -> None:
    gap = "" if expected[0].endswith("。") else " "
    assert list(sentences(gap.join(expected))) == expected
    assert list(sentences("\n".join(expected))) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "…",
        "Ferry sinks off Norholm",
        "By Ada Quay",
        "LONDON (Harbour News) -",
        "More soon.",
        "写真。",
        "2026年3月4日",
    ],
)
def test_headings_bylines_labels_and_what_is_very_short_are_no_sentences(line: str) -> None:
    assert list(sentences(line)) == []


def test_a_long_line_is_a_sentence_without_a_mark_at_its_end() -> None:
    long = "The council of Norholm has, after nine hours and against the votes of the left, raised the price of water"
    thai = "รัฐบาลประกาศปิดท่าเรือเนื่องจากพายุ ประชาชนต้องอพยพ"

    assert list(sentences(f"{long}\n{thai}")) == [long, thai]


def test_a_quotation_that_is_never_closed_ends_with_its_line() -> None:
    assert list(sentences("「港は閉鎖する。再開は未定だ。\n市長はそう述べている。")) == [
        "「港は閉鎖する。再開は未定だ。",
        "市長はそう述べている。",
    ]
