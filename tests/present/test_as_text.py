"""Articles set as text: whole pages as we want them, and what holds for every article at every width.

The pages are in expected/NAME.COLUMNS.txt; they were read and judged before they became the expectation.
"""

from pathlib import Path
from typing import Any

import pytest

from newsreader.dates import Day
from newsreader.model.article import Article, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.news import Match, State
from newsreader.present.as_text import Companions, article_lines, link_lines
from newsreader.present.lines import plain, text_of
from newsreader.present.numbering import number_links
from newsreader.present.setting import NO_END, NO_START
from newsreader.text import width

PAGES = sorted((Path(__file__).parent / "expected").glob("*.txt"))
PARAGRAPH = Block(BlockKind.PARAGRAPH, "Text.")


@pytest.fixture(name="companions")
def _companions(an_entry, english):
    """What the store knows beside the English article."""
    delay = an_entry(id=77, url=english.links[1].url, title=english.links[1].title)
    other = an_entry(id=102, title="港の大橋が11か月ぶりに開通", source_name="港湾新聞")
    related = [
        Match(delay, "related", 1.0, ("linked by the page",)),
        Match(other, "story", 0.8, ("same names: 港の大橋",)),
    ]
    ids = (90, 77, 78, None, None)
    return Companions(an_entry(), list(zip(english.links, ids, strict=True)), related)


def text(article: Article, columns: int = 80, **companions: Any) -> str:
    return plain(article_lines(article, Companions(**companions), columns=columns))


def an_article(*blocks: Block, **values: Any) -> Article:
    return Article(**{"url": "https://news.example/a", "blocks": blocks, **values})


def test_there_are_pages_to_compare():
    assert [page.name for page in PAGES] == [
        f"{name}.{columns}.txt" for name in ("english", "japanese") for columns in ("120", "60", "80")
    ]


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_whole_page(page, request, companions, zone):
    name, columns = page.stem.split(".")
    article = request.getfixturevalue(name)
    known = companions if name == "english" else Companions()
    lines = article_lines(article, known, columns=int(columns), zone=zone)
    assert plain(lines) == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [*range(10, 161, 5), 2, 3, 5])
def test_no_line_is_wider_than_asked_for(english, japanese, companions, columns):
    lines = [*article_lines(english, companions, columns=columns), *article_lines(japanese, columns=columns)]
    assert [text_of(line) for line in lines if width(text_of(line)) > columns] == []


@pytest.mark.parametrize("columns", range(20, 161))
def test_no_line_breaks_the_rules_of_japanese(japanese, columns):
    lines = [text_of(line) for line in article_lines(japanese, columns=columns)]
    assert [line for line in lines if line[:1] and line[0] in NO_START] == []
    assert [line for line in lines if line[-1:] and line[-1] in NO_END] == []


def test_width_0_breaks_no_paragraph(japanese):
    assert japanese.blocks[0].text.replace("大橋", "大橋[1]") in text(japanese, 0).splitlines()


def test_links_are_numbered_as_they_come_in_the_text_then_as_the_page_lists_them(english):
    assert [(link.title, link.kind) for link in number_links(english)] == [
        ("port authority", LinkKind.REFERENCE),
        ("Sensors for the bridge", LinkKind.INLINE),
        ("Video: the first lorry crosses", LinkKind.REFERENCE),
        ("Bridge work delayed again", LinkKind.RELATED),
        ("The ferry that filled the gap", LinkKind.RELATED),
        ("Other news", LinkKind.MORE),
        ("More of it", LinkKind.MORE),
    ]


def test_a_link_that_is_met_twice_has_one_number():
    block = Block(
        BlockKind.PARAGRAPH, "one two", spans=(Span(0, 3, "link", "https://x/"), Span(4, 7, "link", "https://x/"))
    )
    assert text(an_article(block)).startswith("news.example · 1 min\n\none[1] two[1]\n")


def test_links_that_touch_have_a_number_each():
    spans = (Span(0, 2, "link", "https://x/"), Span(2, 4, "link", "https://y/"))
    assert "ab[1]cd[2]\n" in text(an_article(Block(BlockKind.PARAGRAPH, "abcd", spans=spans)))


def test_more_links_are_counted_and_listed_when_asked_for(english, companions):
    counted = plain(article_lines(english, companions))
    assert "2 more links on the page (--links lists them)" in counted
    assert "latest/1" not in counted
    assert "[6] Other news — https://news.example/latest/1" in plain(
        article_lines(english, companions._replace(all_links=True))
    )


def test_link_lines_list_every_link_with_its_id(english, companions):
    assert plain(link_lines(english, companions)).splitlines()[1:5] == [
        "[2] Sensors for the bridge — https://news.example/2026/10/sensors #90",
        "[3] Video: the first lorry crosses — https://video.example/42",
        "[4] Bridge work delayed again — https://news.example/2026/09/delay #77",
        "[5] The ferry that filled the gap — https://news.example/2026/08/ferry #78",
    ]
    assert len(link_lines(english, companions)) == 7


def test_a_day_shows_only_its_date(utc):
    page = text(an_article(PARAGRAPH, published=Day(2025, 8, 1, tzinfo=utc)))
    assert "2025-08-01 · news.example · 1 min\n" in page


def test_a_whole_article_says_nothing_of_its_state(an_entry):
    assert "full" not in text(an_article(PARAGRAPH), entry=an_entry())


def test_the_state_of_the_store_counts_with_its_reason(an_entry):
    page = text(an_article(), entry=an_entry(state=State.GONE, reason="The server answers 410"))
    assert "gone — The server answers 410\n" in page


def test_a_headline_shows_the_summary_in_place_of_the_text():
    assert "What happened.\n" in text(an_article(summary="What happened.", state=State.HEADLINE))
    assert "What happened.\n" not in text(an_article(PARAGRAPH, summary="What happened."))


def test_two_headings_make_no_contents():
    heads = [Block(BlockKind.HEADING, name, level=2) for name in ("One", "Two", "Three")]
    assert "Contents" not in text(an_article(*heads[:2]))
    assert "Contents\n  One\n  Two\n  Three\n" in text(an_article(*heads))


def test_a_picture_without_a_caption_shows_its_alternative_text():
    figures = [
        Block(BlockKind.FIGURE, image=Image("https://x/1", alt="A pier")),
        Block(BlockKind.FIGURE, image=Image("https://x/2", caption="Photo: Ruiz", credit="Ruiz")),
        Block(BlockKind.FIGURE, image=Image("https://x/3")),
    ]
    assert "[picture] A pier\n\n[picture] Photo: Ruiz\n\n[picture]\n" in text(an_article(*figures))


def test_a_table_that_does_not_fit_becomes_records():
    rows = (
        ("Part", "Why it was done", "Who did it"),
        ("Bearings", "Worn since 1961", "Hafen AG"),
        ("Lights", "", "We"),
    )
    table = Block(BlockKind.TABLE, rows=rows, header=True)
    assert (
        "Part: Bearings\nWhy it was done: Worn\nsince 1961\nWho did it: Hafen AG\n\nPart: Lights\nWho did it: We\n"
    ) in text(an_article(table), 24)


def test_a_table_with_long_cells_is_broken_inside_them():
    rows = (("Name", "What"), ("Bridge", "It was closed for eleven months and cost less"))
    page = text(an_article(Block(BlockKind.TABLE, rows=rows, header=True)), 30)
    assert (
        "Name    What\n"
        "──────  ──────────────────────\n"
        "Bridge  It was closed for\n"
        "        eleven months and cost\n"
        "        less\n"
    ) in page


def test_figures_of_a_table_stand_at_the_right_in_any_script():
    rows = (("品目", "円"), ("橋", "1,230"), ("灯り", "8"))
    assert "品目     円\n────  ─────\n橋    1,230\n灯り      8\n" in text(
        an_article(Block(BlockKind.TABLE, rows=rows, header=True))
    )


def test_numbers_of_nested_items_start_anew():
    items = tuple(
        Block(BlockKind.PARAGRAPH, name, level=level) for name, level in zip("abcde", (1, 2, 2, 1, 2), strict=True)
    )
    page = text(an_article(Block(BlockKind.LIST, items=items, ordered=True)))
    assert "1. a\n    1. b\n    2. c\n2. d\n    1. e\n" in page


def test_items_without_a_level_are_outermost():
    items = (Block(BlockKind.PARAGRAPH, "a"), Block(BlockKind.PARAGRAPH, "b", level=9))
    assert "• a\n  • b\n" in text(an_article(Block(BlockKind.LIST, items=items)))


def test_styles_of_overlapping_spans_add_up():
    spans = (Span(0, 6, "bold"), Span(3, 9, "italic"), Span(-5, 99, "link", "https://x/"))
    lines = article_lines(an_article(Block(BlockKind.PARAGRAPH, "abcdefghi", spans=spans)))
    line = next(line for line in lines if text_of(line).startswith("abc"))
    assert [(segment.text, segment.style) for segment in line] == [
        ("abc", "bold link"),
        ("def", "bold italic link"),
        ("ghi", "italic link"),
        ("[1]", "number"),
    ]


def test_an_empty_article_shows_its_address():
    assert text(Article(url="https://news.example/a")) == (
        "news.example\n\n────────────────────\n\nhttps://news.example/a\n"
    )


def test_blocks_that_hold_nothing_leave_no_gap():
    empty = [Block(kind) for kind in (BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.FIGURE, BlockKind.LIST)]
    empty += [Block(BlockKind.HEADING, level=2), Block(BlockKind.QUOTE), Block(BlockKind.TABLE, rows=((), ("",)))]
    assert "\n\nText.\n\nText.\n\n" in text(an_article(PARAGRAPH, *empty, PARAGRAPH))
