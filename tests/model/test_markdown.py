"""Articles as CommonMark: read back by a CommonMark parser, the text is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.markdown import escape, write_markdown

P, LIST = BlockKind.PARAGRAPH, BlockKind.LIST


def markdown(*blocks: Block) -> str:
    return write_markdown("", "", None, blocks)


def plain(text: str) -> str:
    """The text that a CommonMark parser sees, without markup."""
    tokens = MarkdownIt("commonmark").parse(text)
    inner = [child for token in tokens for child in token.children or []]
    return "".join(child.content for child in inner if child.type in ("text", "code_inline"))


def kinds(text: str) -> list[str]:
    """The blocks that a CommonMark parser sees."""
    return [token.type for token in MarkdownIt("commonmark").parse(text) if token.level == 0 and token.nesting >= 0]


def test_an_article_is_title_standfirst_picture_and_blocks():
    lead = Image("https://a.example/i (1).jpg", "A gull", "A gull on a mast", "Photo: X")
    expected = [
        "# One \\* two",
        "**In short.**",
        "![A gull](https://a.example/i%20%281%29.jpg)",
        "*A gull on a mast (Photo: X)*",
        "Text.",
    ]
    assert write_markdown("One * two", "In short.", lead, [Block(P, "Text.")]) == "\n\n".join(expected) + "\n"


def test_nothing_gives_nothing():
    assert write_markdown("", "", None, []) == ""


def test_a_picture_without_an_address_is_its_caption():
    assert markdown(Block(BlockKind.FIGURE, image=Image("", caption="A gull"))) == "*A gull*\n"


def test_spans_nest_and_links_keep_their_address():
    spans = (
        Span(0, 9, "link", "https://a.example/(x)"),
        Span(4, 9, "bold"),
        Span(11, 16, "italic"),
        Span(17, 21, "code"),
    )
    assert (
        markdown(Block(P, "one twos, three co`e", spans=spans[:2]))
        == "[one **twos,**](https://a.example/%28x%29) three co\\`e\n"
    )
    assert markdown(Block(P, "one twos,  three co`e", spans=spans[2:])) == "one twos,  *three* ``co`e``\n"


def test_overlapping_spans_are_cut_where_they_meet():
    assert markdown(
        Block(P, "abcdef", spans=(Span(0, 4, "bold"), Span(2, 6, "italic")))
    ) == "**ab*cd***\\*ef*\n".replace("\\*", "*")


def test_emphasis_that_would_not_show_is_left_out():
    text = "彼は「強い」と言った"
    assert markdown(Block(P, text, spans=(Span(2, 6, "bold"),))) == text + "\n"


def test_lists_nest_by_level_and_never_skip_one():
    items = (Block(P, "a", 1), Block(P, "b", 3), Block(P, "c", 1))
    assert markdown(Block(LIST, items=items)) == "- a\n    - b\n- c\n"
    assert markdown(Block(LIST, items=items, ordered=True)) == "1. a\n    1. b\n2. c\n"


def test_quotes_tables_code_embeds_and_rules():
    assert markdown(Block(BlockKind.QUOTE, "one\ntwo", spans=(Span(4, 7, "bold"),))) == "> one\n>\n> **two**\n"
    rows = (("a", "b|c"), ("d",))
    assert markdown(Block(BlockKind.TABLE, rows=rows, header=True)) == "| a | b\\|c |\n| --- | --- |\n| d |  |\n"
    assert markdown(Block(BlockKind.TABLE, rows=rows)) == "|  |  |\n| --- | --- |\n| a | b\\|c |\n| d |  |\n"
    assert markdown(Block(BlockKind.CODE, "a ``` b")) == "````\na ``` b\n````\n"
    assert markdown(Block(BlockKind.EMBED, "A film", url="https://a.example/v")) == "[A film](https://a.example/v)\n"
    assert markdown(Block(P, "a"), Block(BlockKind.RULE), Block(P, "b")) == "a\n\n---\n\nb\n"


def test_headings_stand_below_the_title():
    assert markdown(Block(BlockKind.HEADING, "a", 1), Block(BlockKind.HEADING, "b", 9)) == "## a\n\n###### b\n"


@pytest.mark.parametrize(
    "text",
    [
        *("# not a heading", "- not a list", "+ not one either", "1. January", "12) no list", "> no quote"),
        *("=== no underline", "--- no rule", "~~~ no fence", "* * *", "| no | table |", "3. 5. 2026"),
        *("a * b * c", "_under_ scores", "[no](link)", "![no](picture)", "<b>no html</b>", "&amp; stays"),
        *("`no code`", "a \\ b", "http://a.example/a_b_c"),
    ],
)
def test_what_looks_like_markup_is_text(text):
    written = markdown(Block(P, text))
    assert plain(written) == text
    assert kinds(written) == ["paragraph_open"]


@given(
    st.text(
        alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00a0\u2000"), min_size=1
    )
)
def test_any_line_of_text_comes_back(text):
    line = " ".join(text.split())
    if line:
        assert plain(markdown(Block(P, line))) == line


def test_escape_leaves_plain_text_alone():
    assert escape("Nothing to see - really, 100 %.") == "Nothing to see - really, 100 %."
