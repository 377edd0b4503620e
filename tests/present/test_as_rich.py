"""Style is added on a terminal and nothing else: the text is the same with and without it."""

import io
import re
from collections.abc import Iterable

import pytest

from newsreader.present.as_list import entry_lines, match_lines, source_lines
from newsreader.present.as_rich import Progress, print_lines
from newsreader.present.as_text import article_lines
from newsreader.present.lines import Line, Segment, plain

SGR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\")


def printed(lines: Iterable[Line], *, color: bool, links: bool = False) -> str:
    stream = io.StringIO()
    print_lines(lines, stream, color=color, links=links)
    return stream.getvalue()


@pytest.fixture(name="pages")
def _pages(english, japanese, entries, matches, sources, now):
    """Everything that is printed as lines."""
    return [
        *article_lines(english),
        *article_lines(japanese),
        *entry_lines(entries, 60, now),
        *match_lines(matches, 60, now),
        *source_lines(sources, 60, now, why=True),
    ]


def test_without_colour_the_output_is_plain(pages):
    assert printed(pages, color=False) == plain(pages)
    assert "\x1b" not in printed(pages, color=False)


def test_colour_and_links_change_no_text(pages):
    styled = printed(pages, color=True, links=True)
    assert SGR.search(styled)
    assert LINK.search(styled)
    assert LINK.sub("", SGR.sub("", styled)) == plain(pages)


def test_only_attributes_and_colours_of_the_palette_of_the_terminal(pages):
    codes = {code for found in SGR.findall(printed(pages, color=True)) for code in found[2:-1].split(";")}
    assert codes <= {"0", "1", "2", "3", "4", "31", "32"}


def test_every_style_that_is_used_is_in_the_palette(pages):
    from newsreader.present.as_rich import _PALETTE

    assert {name for line in pages for segment in line for name in segment.style.split()} <= set(_PALETTE)


def test_unread_is_bold():
    line = (Segment("new", "title unread"), Segment(" "), Segment("old", "title"))
    assert printed([line], color=True) == "\x1b[1mnew\x1b[0m old\n"


def test_a_link_is_closed_and_its_parts_have_one_id():
    parts = [(Segment("har", "", "https://x/"),), (Segment("bour", "", "https://x/"),)]
    out = printed(parts, color=False, links=True)
    first, second = re.findall(r"\x1b\]8;id=(\w+);https://x/\x1b\\\w+\x1b\]8;;\x1b\\", out)
    assert first == second


def test_spaces_at_the_end_of_a_line_are_left_out():
    assert printed([(Segment("a", "link"), Segment("  ", "link"))], color=True) == "\x1b[4ma\x1b[0m\n"
    assert printed([(Segment("  ", "link"),), ()], color=True) == "\n\n"


def test_progress_is_one_line_that_is_wiped_at_the_end():
    stream = io.StringIO()
    with Progress(stream, terminal=True, columns=20) as progress:
        progress.say("… 港湾新聞 with a long name")
        progress.say("… 港湾新聞 with a long name")
        progress.say("… done")
    assert stream.getvalue() == "\r\x1b[K… 港湾新聞 with a…\r\x1b[K… done\r\x1b[K"


def test_progress_is_silent_where_there_is_no_terminal():
    stream = io.StringIO()
    with Progress(stream, terminal=False, columns=80) as progress:
        progress.say("x")
    assert stream.getvalue() == ""


def test_progress_obeys_no_title():
    stream = io.StringIO()
    with Progress(stream, terminal=True, columns=80) as progress:
        progress.say("a\x1b[2J\nb")
    assert stream.getvalue() == "\r\x1b[Ka[2J b\r\x1b[K"
