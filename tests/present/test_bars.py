"""Bars of a run: a line a group, drawn in the same place, never wider than the terminal."""

import io

from newsreader.present.bars import Bars
from newsreader.text import width


class Screen:
    """Bars on a terminal whose clock goes on by a second at each look."""

    def __init__(self, columns):
        self.stream = io.StringIO()
        self.seconds = 0
        self.bars = Bars(self.stream, columns, self.clock)

    def clock(self):
        self.seconds += 1
        return self.seconds

    @property
    def lines(self):
        """What stands on the screen after the last drawing."""
        return self.stream.getvalue().rpartition("\x1b[J")[2].split("\n")


def test_a_group_alone_has_a_bar_without_a_name():
    screen = Screen(60)
    screen.bars.advance("", 3, 12, "The Lantern")

    assert screen.lines == ["███░░░░░░░░░ 3/12  The Lantern"]


def test_every_group_has_a_line_and_they_stand_in_one_column():
    screen = Screen(60)
    screen.bars.advance("日本", 1, 2, "港湾新聞")
    screen.bars.advance("", 0, 4, "")

    assert screen.lines == ["日本   ██████░░░░░░ 1/2  港湾新聞", "others ░░░░░░░░░░░░ 0/4"]


def test_what_was_drawn_is_drawn_over_and_wiped():
    screen = Screen(60)
    screen.bars.advance("a", 1, 2, "x")
    screen.bars.advance("b", 1, 2, "y")
    screen.bars.advance("b", 2, 2, "z")
    screen.bars.clear()

    assert screen.stream.getvalue().endswith("\r\x1b[1A\x1b[J")
    assert screen.lines == [""]


def test_many_groups_share_the_last_line():
    screen = Screen(80)
    for number in range(12):
        screen.bars.advance(f"tag{number}", 1, 2, f"source {number}")

    assert len(screen.lines) == 9
    assert screen.lines[-1].split()[0] == "others"
    assert "4/8" in screen.lines[-1]


def test_a_bar_fits_any_terminal_and_obeys_no_title():
    for columns in (1, 5, 20, 39, 40, 200):
        screen = Screen(columns)
        screen.bars.advance("a rather long name of a tag", 1, 2, "\x1b[2Jtitle\n" * 9)
        assert all(width(line) < max(columns, 2) for line in screen.lines), columns
        assert "\x1b" not in "".join(screen.lines)


def test_bars_are_not_drawn_more_often_than_anyone_sees():
    stream = io.StringIO()
    bars = Bars(stream, 60, lambda: 7.0)
    for number in range(100):
        bars.advance("", number, 100, "x")

    assert stream.getvalue().count("\r") == 1
