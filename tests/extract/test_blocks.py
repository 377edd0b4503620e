"""Pieces as blocks: text and the spans over it."""

from newsreader.dom import parse_text
from newsreader.extract.blocks import Setting, build_blocks
from newsreader.extract.outline import read_outline
from newsreader.model.blocks import Block, BlockKind, Span


def blocks_of(body: str) -> tuple[Block, ...]:
    page = read_outline(parse_text(body))
    return build_blocks(page.pieces, Setting(page.root, "https://news.example/", {}, page.cells))


def test_spans_stand_where_their_words_are():
    (block,) = blocks_of('<p>The <b>mill</b> <a href="/w?utm_source=x"><i>wheel</i> turns</a> again.</p>')
    assert block.text == "The mill wheel turns again."
    link = "https://news.example/w"
    assert block.spans == (Span(4, 8, "bold"), Span(9, 14, "italic"), Span(9, 20, "link", link))


def test_spans_of_several_lines_are_kept_where_a_line_ends_in_white_space():
    (block,) = blocks_of(
        "<blockquote><p><b>The mill</b> turns. </p><p>It <i>grinds</i> <br> </p><p>flour.</p></blockquote>"
    )
    assert block.text == "The mill turns.\nIt grinds\nflour."
    assert block.spans == (Span(0, 8, "bold"), Span(19, 25, "italic"))


def test_a_letter_and_its_accent_in_two_elements_are_one_character():
    (block,) = blocks_of("<p>Caf<b>e</b>\u0301</p>")
    assert (block.text, block.spans) == ("Caf\u00e9", ())


def test_lines_of_code_inside_a_list_are_one_clean_line():
    (block,) = blocks_of("<ul><li>Run <pre>mill\x1b \n  turn</pre> now</ul>")
    assert [item.text for item in block.items] == ["Run mill turn now"]


def test_what_text_is_comes_from_the_outermost_box_and_headings_from_the_innermost():
    found = blocks_of(
        "<h3>The <b>mill</b></h3><blockquote><ul><li>turns</li></ul></blockquote>"
        "<ol><li>one<ul><li>two</ul></ol><ul><li><h4>three</h4></ul><pre>a\n b</pre>"
    )
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.HEADING, 3),
        (BlockKind.QUOTE, 0),
        (BlockKind.LIST, 0),
        (BlockKind.HEADING, 4),
        (BlockKind.CODE, 0),
    ]
    assert [(item.text, item.level) for item in found[2].items] == [("one", 1), ("two", 2)]


def test_spans_beyond_their_limit_leave_plain_text():
    (block,) = blocks_of("<p>" + "<b>a</b> c " * 1500)
    assert block.text == " ".join(["a c"] * 1500)
    assert len(block.spans) == 1000
