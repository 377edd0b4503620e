"""What changed, set as lines."""

from newsreader.model.difference import Piece
from newsreader.present.as_difference import difference_lines
from newsreader.present.lines import Segment, plain
from newsreader.text import width

PIECES = [
    Piece("same", "The ferry\nIt sailed after "),
    Piece("removed", "nine"),
    Piece("added", "ten"),
    Piece("same", " days.\n"),
    Piece("added", "Bread came.\nIce did not."),
]


def test_without_style_signs_tell_what_was_added_and_removed():
    text = plain(difference_lines(PIECES, columns=80, signs=True))

    assert text == "The ferry\n\nIt sailed after [-nine-]{+ten+} days.\n\n{+Bread came.+}\n\n{+Ice did not.+}\n"


def test_styles_tell_it_on_a_terminal():
    lines = difference_lines(PIECES, columns=80, signs=False)

    assert lines[2][1:3] == (Segment("nine", "removed"), Segment("ten", "added"))


def test_no_line_is_wider_than_asked():
    lines = difference_lines([Piece("removed", "港町のフェリーが九日ぶりに。" * 9)], columns=20, signs=True)

    assert len(lines) > 9
    assert all(width("".join(segment.text for segment in line)) <= 20 for line in lines)


def test_what_a_terminal_would_obey_is_not_printed():
    assert "\x1b" not in plain(difference_lines([Piece("added", "\x1b[31mred")], columns=0, signs=True))
