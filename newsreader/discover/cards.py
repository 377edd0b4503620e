"""The block of a page that belongs to one headline, and what stands in it: title, summary, date, picture."""

import re
from functools import cache
from typing import NamedTuple

from newsreader.discover.pagelinks import HEADINGS, Link, Places, plain_of, weight
from newsreader.dom import Node, attr, text_of
from newsreader.text import clean, fold

_HIGHEST = 8  # steps from a link up to the edge of its card
_LEAST = 3.0  # words of a title
_MOST = 45.0
_SUMMARY = 7.0  # words that a summary has at least
_LINKS = 20  # to one address that are looked at
_HEADED = 3  # addresses in one heading; with more of them it is a list, the title of none
_LEAVES = 60
_SILENT = ("script", "style", "svg", "noscript", "template")
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-srcset", "srcset", "src")


class Card(NamedTuple):
    """What a card tells: `level` is 1 to 6 for a title in a heading, 0 for one that is not."""

    title: str
    level: int
    summary: str
    date: str
    image: str


class _Title(NamedTuple):
    """A title that was found; a greater `rank` is a safer find."""

    text: str
    level: int
    rank: int


_NONE = _Title("", 0, 0)


def read_card(links: list[Link], places: Places) -> Card:
    """The card around the links to one address: of the link that tells the title best, of equals the first."""
    best, edge = _NONE, links[0].node
    for link in links[:_LINKS]:
        root = _edge(link, places)
        title = _title(link, root, places)
        if title.text and title.rank > best.rank:
            best, edge = title, root
    return Card(best.text, best.level, *_rest(edge, best.text)) if best.text else Card("", 0, "", "", "")


def _edge(link: Link, places: Places) -> Node:
    """The largest element around a link that leads nowhere else."""
    node = link.node
    for _ in range(_HIGHEST):
        above = node.parent
        if above is None or above.tag in ("body", "main", "html") or len(places.below.get(above.mem_id, ())) > 1:
            break
        node = above
    return node


def _title(link: Link, root: Node, places: Places) -> _Title:
    """The headline that a link tells: by the heading around it, in it, or in its card; else by its own text or name."""
    usable = link.text if plain_of(link.text) not in places.repeated else ""
    if link.heading is not None and (usable or len(places.below.get(link.heading.mem_id, ())) <= _HEADED):
        rank = 5 if usable else 2
        return _Title(_named(link, usable or text_of(link.heading)), _level(link.heading), rank)
    if (heading := _heading_in(link.node)) is not None:
        return _Title(_named(link, text_of(heading)), _level(heading), 5)
    if weight(usable) < _LEAST and (heading := _heading_in(root)) is not None:
        return _Title(_named(link, text_of(heading)), _level(heading), 4)
    if link.inline:
        return _NONE
    if usable:
        named = _named(link, usable)
        text = named if named != usable else _first_line(link.node) or usable
        return _Title(text, 0, 3 if weight(text) >= _LEAST else 1)
    label = clean(attr(link.node, "aria-label"))
    return _Title(label, 0, 3) if not link.text and plain_of(label) not in places.repeated else _NONE


def _level(heading: Node) -> int:
    return int((heading.tag or "")[1]) if heading.tag in HEADINGS else 6


def _heading_in(node: Node) -> Node | None:
    """The heading in an element that says most; in an anchor, a `header` is one."""
    inner = ",".join((*HEADINGS, '[role="heading"]', *(("header",) if node.tag == "a" else ())))
    headings = [heading for heading in node.css(inner) if text_of(heading)]
    return max(headings, key=lambda heading: min(weight(text_of(heading)), _LEAST)) if headings else None


def _named(link: Link, text: str) -> str:
    """A title without what stands beside it: the link's name for assistive technology or its tooltip, if it is a part.

    A text cut with an ellipsis is replaced by the tooltip that continues it.
    """
    squeezed = _squeeze(text)
    for name in (attr(link.node, "aria-label"), attr(link.node, "title")):
        label = clean(name)
        if weight(label) < 2:  # noqa: PLR2004 -- a name of one word is a section
            continue
        if _squeeze(label) in squeezed or (
            text.endswith(("…", "...")) and _squeeze(label).startswith(squeezed.rstrip("…."))
        ):
            return label
    return text


def _squeeze(text: str) -> str:
    return "".join(fold(text).split())


def _first_line(node: Node) -> str:
    """The first piece of text in an anchor that is long enough for a title, with a kicker that ends in a colon."""
    lines = [text for leaf in _leaves(node) if (text := text_of(leaf))]
    first = next(iter(node.iter(include_text=False)), None)
    if len(lines) == 1 and first is not None and (number := text_of(first)).rstrip(".").isdigit():
        return lines[0].removeprefix(number).strip()  # the rank in a list of the most read
    for at, text in enumerate(lines):
        if text.endswith(":") and at + 1 < len(lines):
            return f"{text} {lines[at + 1]}"
        if _LEAST <= weight(text) <= _MOST and not is_date(text):
            return text
    return ""


def _leaves(node: Node) -> list[Node]:
    """The innermost elements with text of their own, in order, as many as a card may have."""
    found: list[Node] = []
    waiting = [node]
    while waiting and len(found) < _LEAVES:
        inner = waiting.pop()
        elements = [child for child in inner.iter(include_text=False) if child.tag not in _SILENT]
        if not elements or any(
            child.is_text_node and (child.text_content or "").strip() for child in inner.iter(include_text=True)
        ):
            found.append(inner)
        else:
            waiting.extend(reversed(elements))
    return found


def _rest(root: Node, title: str) -> tuple[str, str, str]:
    summary = date = ""
    if (time := root.css_first("time")) is not None:
        date = attr(time, "datetime") or text_of(time)
    for leaf in _leaves(root):
        text = text_of(leaf).replace(title, " ").strip()
        if not date and is_date(text):
            date = text
        elif not summary and weight(text) >= _SUMMARY:
            summary = text
    return summary, date, _image(root)


def _image(root: Node) -> str:
    for node in root.css("img"):
        for name in _LAZY:
            source = attr(node, name).split(",")[0].split()
            if source and not source[0].startswith("data:"):
                return source[0]
    return ""


def is_date(text: str) -> bool:
    """Whether a short text is a date or an age, by its look."""
    return len(text) < 60 and _date_like().search(text) is not None  # noqa: PLR2004


@cache
def _date_like() -> re.Pattern[str]:
    return re.compile(
        r"\d{4}[-/.年]\s?\d{1,2}[-/.月]|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d\d|\b\d{1,2}(?:st|nd|rd|th)?\.?\s+\w{3,9}\.?,?\s+\d{4}"
        r"|\b[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\b\d+\s?(?:h|m|d|hrs?|mins?|hours?|minutes?|days?)\b(?:\s+ago)?"
        r"|\d+\s?(?:時間|分|日|小时|小時|分钟|分鐘|天|시간|분|일)\s?(?:前|전)|\d{1,2}月\d{1,2}日"
    )
