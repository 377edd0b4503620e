"""What is text as a whole, and the headings of a text, on small pages."""

import pytest

from newsreader import dom
from newsreader.extract import extract_article
from newsreader.extract.headings import add_headings, find_subheads, over_text
from newsreader.extract.outline import read_outline
from newsreader.extract.pieces import Outline, Piece
from newsreader.extract.updates import find_times
from newsreader.extract.wholes import complete_wholes

LONG = "The ferry left the harbour an hour late, because the pilot had lent his boat to a wedding on the far shore."


def outline_of(html: str) -> Outline:
    """The outline of the inside of a body."""
    return read_outline(dom.parse_text(f"<html><body>{html}</body></html>"))


def indexes(outline: Outline, *texts: str) -> frozenset[int]:
    """The indexes of pieces with these texts."""
    return frozenset(piece.index for piece in outline.pieces if piece.text in texts)


def texts(outline: Outline, found: frozenset[int]) -> list[str]:
    """The texts of pieces, in order."""
    return [piece.text for piece in outline.pieces if piece.index in found]


@pytest.mark.parametrize(
    ("html", "chosen", "whole"),
    [
        ("<ul><li>Oars</li><li>Ropes</li><li>Tar</li></ul>", ("Oars", "Tar"), ["Oars", "Ropes", "Tar"]),
        ("<ul><li>Oars</li><li>Ropes</li><li>Tar</li></ul>", ("Oars",), ["Oars"]),
        ("<table><tr><th>Hut</th><th>Snow</th></tr><tr><td>Gap</td></tr></table>", ("Gap",), ["Hut", "Snow", "Gap"]),
        (f"<table><tr><td>{LONG}</td><td>Menu {LONG} {LONG}</td></tr></table>", (LONG,), [LONG]),
    ],
)
def test_lists_and_tables_are_text_as_a_whole(html, chosen, whole):
    outline = outline_of(html)
    found = complete_wholes(outline, outline.root, indexes(outline, *chosen))
    assert texts(outline, found) == whole


def test_a_heading_right_over_text_is_text_unless_it_announces_links():
    outline = outline_of(f"<p>{LONG}</p><h2>The pilot</h2><p>{LONG}!</p><h2>Read also</h2><p>{LONG}!!</p>")
    text = indexes(outline, LONG, f"{LONG}!", f"{LONG}!!")
    assert texts(outline, add_headings(outline, outline.root, text) - text) == ["The pilot"]


def kept(html: str, *dropped: str) -> list[str]:
    """The texts that stay of a page some of whose pieces are no text."""
    outline = outline_of(html)
    pieces: list[Piece] = [piece for piece in outline.pieces if piece.text not in dropped]
    return [piece.text for piece in over_text(pieces, outline, outline.root)]


def test_headings_of_boxes_without_text_go():
    box = "<div><h3>Our letter</h3><p>Every Friday in your inbox, free of charge.</p></div>"
    inside = f"<p>{LONG}</p>{box}<div><h3>The pilot</h3></div><p>{LONG}!</p>"
    assert kept(inside, "Every Friday in your inbox, free of charge.") == [LONG, "The pilot", f"{LONG}!"]


def test_headings_over_links_go_and_those_over_text_stay():
    html = f"<p>{LONG}</p><h2>Background</h2><p>{LONG}!</p><h2>Read more</h2><p>A wedding at sea</p><p>{LONG}</p>"
    assert kept(html, "A wedding at sea") == [LONG, "Background", f"{LONG}!", LONG]


@pytest.mark.parametrize(
    ("line", "other", "number"),
    [
        ("<p><b>The pilot</b></p>", "<p><b>The wedding</b></p>", 2),
        ('<p class="inter">The pilot</p>', '<p class="inter">The wedding</p>', 2),
        ("<p>The pilot</p>", "<p>The wedding</p>", 0),
        ("<p><b>The pilot</b></p>", "<p>The wedding</p>", 0),
        ("<p><b>Where were you?</b></p>", "<p><b>And the boat?</b></p>", 0),
        ("<p><b>It was late.</b></p>", "<p><b>It was gone.</b></p>", 0),
    ],
)
def test_lines_set_alike_over_text_are_headings(line, other, number):
    outline = outline_of(f"<p>{LONG}</p>{line}<p>{LONG}</p>{other}<p>{LONG}</p>")
    assert len(find_subheads(outline.pieces)) == number


@pytest.mark.parametrize(
    ("times", "found"),
    [
        (("14:35", "14:10", "13:00"), 3),
        (("um 9.05 Uhr", "um 8.40 Uhr", "um 7.15 Uhr"), 3),
        (('<time datetime="2026-07-04T09:05">five ago, 9</time>',) * 3, 3),
        (("14:35", "14:10"), 0),
        (("99.99", "45.75", "61.80"), 0),
        (("14:35 hours the boat needed for the crossing", "14:10 to Oberau", "13:00"), 0),
    ],
)
def test_times_over_updates_are_found_where_they_are_several(times, found):
    outline = outline_of("".join(f"<div><span>{time}</span></div><p>{LONG}</p>" for time in times))
    assert len(find_times(outline, outline.root, indexes(outline, LONG))) == found


def test_times_over_what_is_no_text_are_none():
    outline = outline_of(f"<p>{LONG}</p>" + "".join(f"<div>{hour}:15</div><p>So true!</p>" for hour in range(5)))
    assert find_times(outline, outline.root, indexes(outline, LONG)) == frozenset()


def test_a_captioned_picture_after_the_text_stays():
    figure = '<figure><img src="/last-1200.jpg"><figcaption>The boat at last.</figcaption></figure>'
    page = f"<html><body><article><h1>Late boat</h1><p>{LONG}</p><p>{LONG}!</p>{figure}</article></body></html>"
    blocks = extract_article(page.encode(), "https://news.example/2026/late-boat").blocks
    assert [block.image.caption for block in blocks if block.image] == ["The boat at last."]


@pytest.mark.parametrize(
    ("box", "captions", "number"),
    [
        ('<div><img src="/boat-1200.jpg"><p>The boat at noon.</p></div>', ["The boat at noon."], 2),
        (f'<div><img src="/boat-1200.jpg"><p>{LONG}</p><p>The end.</p></div>', [""], 4),
    ],
)
def test_text_alone_with_a_picture_in_a_box_is_its_caption(box, captions, number):
    page = f"<html><body><article><h1>Late boat</h1><p>{LONG}</p>{box}<p>{LONG}!</p></article></body></html>"
    blocks = extract_article(page.encode(), "https://news.example/2026/late-boat").blocks
    assert [block.image.caption for block in blocks if block.image] == captions
    assert len([block for block in blocks if not block.image]) == number


def test_a_sentence_alone_with_a_picture_stays_where_it_is_all_there_is():
    page = f'<html><body><h1>Late boat</h1><div><img src="/boat-1200.jpg"><p>{LONG}</p></div></body></html>'
    assert LONG in extract_article(page.encode(), "https://news.example/2026/late-boat").text
