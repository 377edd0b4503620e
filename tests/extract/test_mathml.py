"""Formulas of a page as text that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.dom import parse_text
from newsreader.extract.mathml import read_formula
from newsreader.extract.outline import read_outline
from newsreader.extract.pieces import PieceKind


def formula(inner: str) -> str:
    math = parse_text(f"<math>{inner}</math>").css_first("math")
    assert math is not None
    return read_formula(math)


def texts(body: str) -> list[str]:
    return [piece.text for piece in read_outline(parse_text(body)).pieces if piece.kind is PieceKind.TEXT]


@pytest.mark.parametrize(
    ("inner", "line"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a + b)/c"),
        ("<mfrac><mi>a</mi><mfrac><mi>b</mi><mi>c</mi></mfrac></mfrac>", "a/(b/c)"),
        ("<msqrt><mn>1</mn><mo>−</mo><mi>x</mi></msqrt>", "√(1 − x)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√(x)"),
        ("<msub><mi>a</mi><mi>k</mi></msub>", "a_k"),
        ("<msub><mi>a</mi><mrow><mi>j</mi><mo>+</mo><mn>1</mn></mrow></msub>", "a_(j + 1)"),
        ("<munderover><mo>∑</mo><mi>k</mi><mi>n</mi></munderover><mi>k</mi>", "∑_kⁿk"),
        ("<msubsup><mi>x</mi><mn>0</mn><mn>2</mn></msubsup>", "x₀²"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "v\u20d7"),
        ("<mo>−</mo><mi>b</mi>", "−b"),
        ("<mi>x</mi><mo>\u2062</mo><mi>y</mi>", "xy"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>",
            "1 2; 3",
        ),
        ("<semantics><mi> x <!-- x --></mi><annotation>{\\displaystyle x}</annotation></semantics>", "x"),
        ("<mi>x</mi><mtext>&nbsp;for\n all&nbsp;</mtext><mi>y</mi>", "x for all y"),
        ("<msup></msup>", ""),
        ("", ""),
    ],
)
def test_formula_is_one_readable_line(inner, line):
    assert formula(inner) == line


def test_deep_nesting_is_no_trouble():
    assert formula("<mrow>" * 5000 + "<mi>x</mi>") == "x"


MARKUP = [*(f"<{tag}>" for tag in ("mi", "msup", "mfrac", "mroot", "munderover", "mtable")), "x", "</msup>", "</mi>"]


@given(st.lists(st.sampled_from(MARKUP)))
def test_any_markup_gives_a_clean_line(parts):
    line = formula("".join(parts))
    assert line == line.strip()
    assert line.isprintable()
    assert line.count("x") == parts.count("x")


def test_formula_is_a_word_of_its_paragraph():
    found = texts("<p>That <math><mi>x</mi><mo>=</mo><mn>2</mn></math> is <b>known</b>.</p><p>And so on.</p>")
    assert found == ["That x = 2 is known.", "And so on."]
    assert texts('<p>That<math display="block"><mi>x</mi></math>is known.</p>') == ["That x is known."]


def test_formula_for_screen_readers_is_read_in_place_of_its_picture():
    hidden = '<span style="display: none"><math><mi>x</mi></math></span><img src="x.svg" alt="x" aria-hidden="true">'
    assert texts(f"<p>That <span>{hidden}</span> is known.</p>") == ["That x is known."]
