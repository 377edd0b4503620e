"""What HTML elements are to a reader: which begin a new line, which are not shown, which mark text."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from newsreader.extract.words import HIDDEN_CLASSES, words


class Role(IntEnum):
    """What an element is for; `NONE` if nothing says so."""

    NONE = 0
    STANDFIRST = 2
    CAPTION = 3
    BYLINE = 4
    TAGS = 5
    TOC = 6
    LINKS = 7
    COMMENTS = 8
    CHROME = 9
    PAYWALL = 10
    BODY = 11


BOLD, ITALIC, CODE = 1, 2, 4
MUTED, IN_PRE, IN_HEADING, HIDDEN = 8, 16, 32, 64
"""Marks of elements, one bit each: what text is set in, and where it stands."""

GLYPH_WIDTH = 24  # CSS pixels

MARKS = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "cite": ITALIC, "code": CODE, "kbd": CODE, "samp": CODE}

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

# HTML standard, "Rendering", flow content shown as block.
BLOCK_TAGS = frozenset(
    words("""
    html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup legend li listing main menu nav noscript ol p plaintext pre
    search section summary table caption thead tbody tfoot tr td th ul xmp
    """)
)

EMBED_TAGS = frozenset(["iframe", "video", "audio", "amp-youtube", "amp-twitter", "amp-instagram", "amp-iframe"])

SKIPPED_TAGS = frozenset(
    words("""
    style template svg object embed select button input textarea canvas map area applet base param source
    track colgroup col frame frameset noframes noembed datalist progress meter amp-ad amp-analytics
    """)
)

MUTED_TAGS = frozenset(("noscript", "dialog"))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a tag makes of an element: whether it begins a new line, and which marks it keeps and adds."""

    tag: str
    is_block: bool
    keep: int
    add: int


@lru_cache(maxsize=1024)
def kind_of(tag: str) -> Kind:
    """The kind of the elements of a tag."""
    is_block = tag in BLOCK_TAGS
    add = MARKS.get(tag, 0) | (MUTED if tag in MUTED_TAGS else 0)
    add |= (IN_HEADING if tag in HEADINGS else 0) | (IN_PRE if tag == "pre" else 0)
    return Kind(tag, is_block, ~(IN_HEADING | IN_PRE) if is_block else -1, add)


def is_hidden(attrs: dict[str, str | None]) -> bool:
    """Whether attributes say that an element is not shown to a sighted reader."""
    if "hidden" in attrs or attrs.get("aria-hidden") == "true":
        return True
    style = attrs.get("style")
    if style and ("none" in style or "hidden" in style):
        style = style.replace(" ", "").lower()
        if "display:none" in style or "visibility:hidden" in style:
            return True
    return has_hidden_class(attrs.get("class"))


def has_hidden_class(classes: str | None) -> bool:
    """Whether a class attribute says that an element is not shown to a sighted reader, on a screen of any width."""
    if not classes or not ("hid" in classes or "sr" in classes or "screen" in classes or "d-none" in classes):
        return False  # by far the most, and told without a look at each word
    if HIDDEN_CLASSES.isdisjoint(classes.split()):
        return False
    return _shown_on_wide_screens().search(classes) is None


@cache
def _shown_on_wide_screens() -> re.Pattern[str]:
    """Classes of Bootstrap and Tailwind that show from a width on what is hidden on narrower screens."""
    return re.compile(r"(?:^|\s)(?:d-(?:sm|md|lg|xl|xxl)-|(?:sm|md|lg|xl|2xl):)(?:block|flex|grid|inline|table)")


def is_glyph(attrs: dict[str, str | None]) -> bool:
    """Whether a picture stands for a character, such as an emoji."""
    classes = attrs.get("class") or ""
    width = attrs.get("width") or ""
    return "emoji" in classes or "smiley" in classes or (width.isdecimal() and int(width[:4]) <= GLYPH_WIDTH)
