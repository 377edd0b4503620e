"""The block of a page that belongs to one headline, and what stands in it: title, summary, date, picture."""

import re
from functools import cache
from typing import NamedTuple

from newsreader.discover.pagelinks import HEADINGS, Link, Places, weight
from newsreader.dom import Node, attr, text_of

_HIGHEST = 8  # steps from a link up to the edge of its card
_LEAST = 3.0  # words of a title
_MOST = 45.0
_SUMMARY = 7.0  # words that a summary has at least
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-srcset", "srcset", "src")


class Card(NamedTuple):
    """What a card tells: `level` is 1 to 6 for a title in a heading, 0 for one that is not."""

    title: str
    level: int
    summary: str
    date: str
    image: str


def read_card(links: list[Link], places: Places) -> Card:
    """The card around the links to one address."""
    best: Card | None = None
    for link in links:
        root = _edge(link, places)
        title, level = _title(link, root, links, places)
        if title and (best is None or (not best.level and level) or (not best.level and weight(title) > weight(best.title) + 2)):
            best = Card(title, level, *_rest(root, title))
    return best or Card("", 0, "", "", "")


def _edge(link: Link, places: Places) -> Node:
    """The largest element around a link that leads nowhere else."""
    node = link.node
    for _ in range(_HIGHEST):
        above = node.parent
        if above is None or above.tag in ("body", "main", "html") or len(places.below.get(above.mem_id, ())) > 1:
            break
        node = above
    return node


def _title(link: Link, root: Node, links: list[Link], places: Places) -> tuple[str, int]:
    if link.heading is not None:
        return (link.text or text_of(link.heading)), int(link.heading.tag[1])
    if heading := next((node for node in link.node.css(",".join(HEADINGS)) if text_of(node)), None):
        return text_of(heading), int((heading.tag or "h6")[1])
    if link.inline:
        return "", 0
    usable = link.text if link.text not in places.repeated else ""
    if weight(usable) < _LEAST:
        for heading in root.css(",".join(HEADINGS)):
            if text := text_of(heading):
                return text, int((heading.tag or "h6")[1])
    if usable and _has_blocks(link.node):
        return _first_line(link.node) or usable, 0
    return usable, 0


_BLOCKS = ("div", "p", "ul", "li", "section", "figure", "figcaption", "span", "strong", "b", "em", "br", "time", "small", "i")


def _has_blocks(node: Node) -> bool:
    return any(child.tag in _BLOCKS for child in node.iter(include_text=False))


def _first_line(node: Node) -> str:
    """The first piece of text in an anchor that is long enough for a title."""
    lines = [text for leaf in _leaves(node) if (text := text_of(leaf))]
    long = [text for text in lines if _LEAST <= weight(text) <= _MOST and not is_date(text)]
    return long[0] if long else ""


def _leaves(node: Node) -> list[Node]:
    """The innermost block elements of a node, in order; the node itself if it has none."""
    inner = [child for child in node.iter(include_text=False) if child.tag in ("div", "p", "span", "strong", "b", "section", "ul", "li", "figcaption", "figure", "time", "small")]
    own = any(child.is_text_node and (child.text_content or "").strip() for child in node.iter(include_text=True))
    if not inner or own:
        return [node]
    return [leaf for child in inner for leaf in _leaves(child)]


def _rest(root: Node, title: str) -> tuple[str, str, str]:
    summary = date = ""
    if (time := root.css_first("time")) is not None:
        date = attr(time, "datetime") or text_of(time)
    for leaf in _leaves(root) if root.tag != "a" or _has_blocks(root) else ():
        text = text_of(leaf)
        if text and text != title:
            if not date and is_date(text):
                date = text
            elif not summary and weight(text) >= _SUMMARY and title not in text:
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
