"""One pass over a page: what is text, where it is cut, what is left out, and what is counted."""

import pytest

from newsreader.dom import parse_text
from newsreader.extract import outline
from newsreader.extract.outline import read_outline
from newsreader.extract.pieces import Outline, PieceKind


def outline_of(body: str) -> Outline:
    return read_outline(parse_text(f"<html><body>{body}</body></html>"))


def texts(body: str) -> list[str]:
    return [piece.text for piece in outline_of(body).pieces if piece.kind is PieceKind.TEXT]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>The mill <b>turns</b> again.</p>", ["The mill turns again."]),
        ("<p>\n  The mill\n  turns\u00a0 again. \n</p>", ["The mill turns again."]),
        ("<p>The <i>mill</i>\n<i>turns</i></p> \n <p>again.</p>", ["The mill turns", "again."]),
        ("The mill<div>turns</div>again.", ["The mill", "turns", "again."]),
        ("<p>The mill<br>turns<br><br>again.</p>", ["The mill turns", "again."]),
        ("<p>The mi\u00adll\x1b turns \u202eagain.</p>", ["The mill turns again."]),
        ("<p>Cafe\u0301</p>", ["Caf\u00e9"]),
        ("<x-card><x-card><p>The mill</p></x-card> turns</x-card>", ["The mill", "turns"]),
    ],
)
def test_text_is_cut_at_blocks_and_cleaned(body, found):
    assert texts(body) == found


@pytest.mark.parametrize(
    "box",
    [
        "<div hidden>Menu</div>",
        '<div aria-hidden="true">Menu</div>',
        '<div style="display: none">Menu</div>',
        '<div style="visibility: hidden">Menu</div>',
        '<span class="icon sr_only">Menu</span>',
        '<div role="navigation">Menu</div>',
        "<nav>Menu</nav>",
        "<footer>Menu</footer>",
        '<article><footer class="hidden">Menu</footer></article>',
        "<noscript>Menu</noscript>",
        "<!-- Menu -->",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(box):
    assert texts(f"{box}<p>The mill turns.</p>") == ["The mill turns."]


def test_the_footer_of_an_article_is_text():
    assert texts("<article><footer>Set by hand.</footer></article>") == ["Set by hand."]


def test_hidden_paragraphs_are_read_and_known_as_hidden():
    pieces = outline_of("<div hidden><p>The mill turns.</p></div><div hidden>Menu</div><p>It grinds.</p>").pieces
    assert [(piece.text, piece.element.hidden) for piece in pieces] == [
        ("The mill turns.", True),
        ("It grinds.", False),
    ]


def test_lines_of_code_are_kept():
    piece = outline_of("<pre>if mill:<br>    turn()\n\n<b>stop()</b></pre>").pieces[0]
    assert "".join(text for text, _ in piece.parts) == "if mill:\n    turn()\n\nstop()"


def test_a_picture_that_stands_for_a_character_is_clean_text():
    assert texts('<p>The mill <img class="emoji" alt="&#x1b;\u2600"> turns.</p>') == ["The mill \u2600 turns."]


def test_a_decoration_does_not_cut_the_text():
    assert texts('<p>The mill <img src="/dot.png" aria-hidden="true"> turns.</p>') == ["The mill turns."]


def test_elements_know_what_is_in_them():
    page = outline_of('<div><h2><a href="/mill">The mill</a></h2><p>It <b>turns</b> again, 水車。</p><hr></div>')
    heading, prose, rule = page.pieces
    box = heading.element.parent
    assert box is not None
    assert (box.first, box.last, box.size, box.link_size) == (0, 3, heading.size + prose.size, heading.link_size)
    assert (heading.size, heading.link_size) == (8, 8)
    assert prose.size == len("It turns again, ") + 2 * len("水車。")
    assert (rule.kind, rule.element.depth) == (PieceKind.RULE, prose.element.depth)
    anchor = page.anchors[0]
    assert anchor.parts == [("The mill", True)]
    assert anchor.block is heading.element
    assert heading.parts[0][1].anchor is anchor


def test_elements_nested_too_deep_are_taken_as_those_around_them():
    page = outline_of("<div>" * 400 + "deep" + "</div>" * 400 + "<p>The mill turns.</p>")
    assert [piece.text for piece in page.pieces] == ["deep", "The mill turns."]
    assert page.pieces[0].element.depth <= 256
    assert page.pieces[1].element.parent is not None
    assert page.pieces[1].element.parent.tag == "body"


def test_a_run_of_very_many_parts_is_cut(monkeypatch):
    monkeypatch.setattr(outline, "MAX_PARTS", 10)
    assert texts("a<b>b</b>" * 12) == ["ab" * 5, "ab" * 5, "abab"]


def test_a_page_with_too_much_is_read_to_its_limit(monkeypatch):
    for name in ("MAX_ELEMENTS", "MAX_ANCHORS", "MAX_MARKED", "MAX_PIECES"):
        monkeypatch.setattr(outline, name, 10)
    page = outline_of('<p><a href="/mill" rel="tag">The mill</a></p>' * 50)
    assert (len(page.anchors), len(page.marked)) == (4, 4)
    assert len(outline_of("The mill<hr>" * 50).pieces) == 10
    assert page.root.last == len(page.pieces)
    assert page.root.size == sum(piece.size for piece in page.pieces)


def test_what_only_narrow_screens_hide_is_text():
    assert texts('<div class="d-none d-md-block">One</div><div class="hidden lg:flex">Two</div>') == ["One", "Two"]
