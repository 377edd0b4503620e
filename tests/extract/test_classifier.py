"""The learned classifier: its trees, what it is asked, and how much is taken of what it finds likely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.dom import parse_text
from newsreader.extract.body import find_container
from newsreader.extract.classifier import choose_likely, compile_trees, find_text
from newsreader.extract.features import FEATURES, Survey
from newsreader.extract.outline import read_outline

ITEMS = "".join(f"<li><a href=/{name}>{name} news</a></li>" for name in "abcdefgh")
MENU = f"<div class=menu><ul>{ITEMS}</ul></div>"
SENTENCES = [
    f"The {noun} of the mill turned {count} times on Monday, and the miller counted every one of them aloud."
    for count, noun in enumerate(("wheel", "stone", "sail", "axle", "shaft", "drum"), 3)
]
PAGE = (
    f"<body>{MENU}<div><h1>The mill turns</h1>"
    + "".join(f"<p>{line}</p>" for line in SENTENCES)
    + "</div><div class=foot><p>Imprint</p></div></body>"
)


def survey_of(html: str) -> Survey:
    outline = read_outline(parse_text(html))
    container = find_container(outline)
    assert container is not None
    return Survey(outline, container, -1, "")


def row_with(**values: float) -> tuple[float, ...]:
    return tuple(values.get(name, 0.0) for name in FEATURES)


def test_a_tree_goes_low_at_its_threshold():
    size = FEATURES.index("size")
    score = compile_trees([[size, 10.5, -1.0, [size, 20, 0.25, 2.0]]], FEATURES)
    assert [score(row_with(size=size)) for size in (10, 11, 20, 21)] == [-1.0, 0.25, 0.25, 2.0]


def test_a_piece_that_is_sure_is_not_asked_further():
    trees = [[0, 0.5, -1.0, 0.1]] * 16 + [[0, 0.5, 100.0, 0.1]]
    score = compile_trees(trees, FEATURES)
    assert score(row_with(size=0)) == pytest.approx(-16.0)
    assert score(row_with(size=1)) == pytest.approx(1.7)


def test_weights_of_other_features_are_refused():
    with pytest.raises(ValueError, match="train the classifier again"):
        compile_trees([1.0], FEATURES[:-1])


def expected_f1(chosen: list[tuple[float, float]], everything: list[tuple[float, float]]) -> float:
    hits = sum(chance * size for chance, size in chosen)
    total = sum(size for _, size in chosen) + sum(chance * size for chance, size in everything)
    return 2 * hits / total if total else 0.0


@given(st.lists(st.tuples(st.floats(0.01, 1), st.integers(1, 500)), min_size=1, max_size=12))
def test_what_is_taken_has_the_best_f1_to_be_expected(pieces):
    least = choose_likely([chance for chance, _ in pieces], [size for _, size in pieces])
    taken = expected_f1([piece for piece in pieces if piece[0] >= least], pieces)
    levels = [expected_f1([piece for piece in pieces if piece[0] >= level], pieces) for level, _ in pieces]
    assert taken == pytest.approx(max(levels))


def test_every_row_has_every_number_and_the_prose_is_counted():
    rows = {piece.text: dict(zip(FEATURES, row, strict=True)) for piece, row in survey_of(PAGE).rows()}
    first = rows[SENTENCES[0]]
    assert (first["parent_runs"], first["parent_prose"], first["make_pieces"]) == (6, 1.0, 6)
    assert rows["Imprint"]["level"] > first["level"]
    assert rows[SENTENCES[2]]["after_last"] == -3


def test_menus_are_not_asked_about():
    assert not any(piece.text.endswith("news") for piece, _ in survey_of(PAGE).rows())


def test_the_shipped_weights_tell_text_from_what_is_around_it():
    survey = survey_of(PAGE)
    assert [survey.pieces[index].text for index in sorted(find_text(survey))][-6:] == SENTENCES
    assert "Imprint" not in {survey.pieces[index].text for index in find_text(survey)}
