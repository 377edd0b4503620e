"""What changed in a text: by words, by characters where there are no spaces, and never at great cost."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.model.difference import difference


def marked(before: str, now: str) -> str:
    signs = {"same": "{}", "added": "<{}>", "removed": "[{}]"}
    return "".join(signs[piece.op].format(piece.text) for piece in difference(before, now))


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("The ferry sailed after nine days.", "The ferry sailed after ten days.",
         "The ferry sailed after [nine]<ten> days."),
        ("Two boats. Three tugs.", "Two boats. All waited. Three tugs.", "Two boats. <All waited.> Three tugs."),
        ("One.\nTwo.\nThree.", "One.\nThree.", "One.\n[Two.\n]Three."),
        ("九日ぶりに運航を再開した。", "十日ぶりに運航を再開した。", "[九]<十>日ぶりに運航を再開した。"),
        ("台湾の半導体は好調だった。", "台湾の半導体が好調だった。", "台湾の半導体[は]<が>好調だった。"),
        ("Порт открыт снова.", "Порт закрыт снова.", "Порт [открыт]<закрыт> снова."),
        ("배가 다시 떴다.", "배가 또 떴다.", "배가 [다시]<또> 떴다."),
        ("Two  boats,\nthree tugs.", "Two boats,\nthree  tugs.", "Two boats,\nthree  tugs."),
        ("Nothing is alike.", "Other words stand there now!", "[Nothing is alike.]<Other words stand there now!>"),
        ("", "All new.", "<All new.>"),
        ("All gone.", "", "[All gone.]"),
        ("Same.", "Same.", "Same."),
        ("", "", ""),
    ],
)  # fmt: skip
def test_what_changed_stands_in_its_place(before: str, now: str, found: str) -> None:
    assert marked(before, now) == found


texts = st.text("ab 九十.。\n", max_size=40) | st.lists(
    st.sampled_from(["The ferry", " sailed", ". ", "港の", "氷", "\n"])
).map("".join)


@given(before=texts, now=texts)
def test_the_pieces_are_both_texts(before: str, now: str) -> None:
    pieces = difference(before, now)

    assert "".join(piece.text for piece in pieces if piece.op != "removed") == now
    kept = "".join(piece.text for piece in pieces if piece.op != "added")
    assert kept.split() == before.split() or "".join(kept.split()) == "".join(before.split())
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("a\n" * 50_000, "b\n" + "a\n" * 49_999),
        ("a " * 50_000, "a b " * 25_000),
        ("氷" * 33_000, "氷港" * 16_000),
        (". " * 50_000, "." * 100_000),
    ],
)
def test_texts_that_repeat_themselves_are_not_compared_part_by_part(before: str, now: str) -> None:
    pieces = difference(before, now)  # 2,500,000,000 pairs of equal parts

    assert len(pieces) <= 3
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == now


def test_a_long_text_with_many_edits_is_compared_word_by_word() -> None:
    words = Random(3)
    sentence = [" ".join(f"w{words.randrange(3000)}" for _ in range(12)) + ". " for _ in range(1500)]
    edited = [each.replace(" ", " new ", 1) if number % 7 == 0 else each for number, each in enumerate(sentence)]

    pieces = difference("".join(sentence), "".join(edited))

    assert {piece.text for piece in pieces if piece.op == "added"} == {"new"}
    assert not [piece for piece in pieces if piece.op == "removed"]
