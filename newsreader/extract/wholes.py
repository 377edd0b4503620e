"""Lists, tables, code and notes are text as a whole: what a classifier leaves out of them is short, not foreign."""

import re
from functools import cache

from newsreader.extract.pieces import Element, Outline, Piece, inherit
from newsreader.extract.words import words

_SHARES = {"ul": 0.5, "ol": 0.5, "dl": 0.5, "table": 0.1, "pre": 0.1, "blockquote": 0.3}
"""The share of the pieces of such an element that must be text."""
_LINKED = 2  # times what is linked of a table or list must be in all its text
_CELL_SIZE = 120  # a table with more text in a piece, on average, is a layout

_POST_CLASSES = words("""
    twitter-tweet twitter-video instagram-media tiktok-embed fb-post reddit-embed bluesky-embed mastodon-embed
    reddit-card text-post-media
""")


def complete_wholes(outline: Outline, container: Element, text: frozenset[int]) -> frozenset[int]:
    """The indexes of text, with those of lists, tables, code, quotes and notes that belong to it as a whole."""
    found = set(text)
    for holder in _holders(outline, container, text):
        inside = _texts(outline, holder)
        chosen = sum(piece.index in text for piece in inside)
        if chosen < len(inside) and chosen > _SHARES[holder.tag] * len(inside) and not _is_layout(holder, inside):
            found.update(piece.index for piece in inside)
    for data in _data_between(outline, container, text):
        inside = _texts(outline, data)
        if not _is_layout(data, inside) and _LINKED * data.link_size <= data.size:
            found.update(piece.index for piece in inside)
    found.update(piece.index for piece in _notes(outline, container, text))
    return frozenset(found)


def _notes(outline: Outline, container: Element, text: frozenset[int]) -> list[Piece]:
    """The notes that marks in the text lead to."""
    names = {
        anchor.get("href")[1:]
        for anchor in outline.anchors
        if anchor.get("href").startswith("#") and anchor.first in text and _is_mark(anchor)
    }
    known: dict[Element, bool] = {container: False}
    return [
        piece
        for piece in (_texts(outline, container) if names else ())
        if inherit(piece.element, known, lambda inner, around: around or inner.get("id") in names, default=False)
    ]


def _is_mark(anchor: Element) -> bool:
    """Whether a link is the mark of a note."""
    return _mark().fullmatch(anchor.link_text) is not None


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡]{1,3})[\])]?")


def _data_between(outline: Outline, container: Element, text: frozenset[int]) -> list[Element]:
    """The tables, lists of terms, code and quotes between text, and the posts of other sites after some."""
    if not text:
        return []
    first, last = min(text), max(text)
    beside = {outline.pieces[index].element.parent for index in text}
    after = [piece.element for piece in outline.pieces[first : container.last]]
    alone = [one for element in after for one in (element, element.parent) if one and one.tag in ("blockquote", "pre")]
    inside = (*outline.cells, *(element for element in after if element.tag == "dd"))
    data = [next((one for one in cell.ancestors() if one.tag in ("table", "dl")), None) for cell in inside]
    return [
        one
        for one in dict.fromkeys((*data, *alone))
        if one is not None
        and first < one.first
        and (one.last <= last or (_is_post(one) and one.last <= container.last))
        and not one.hidden
        and _stands_in(one, beside)
    ]


def _stands_in(data: Element, beside: set[Element | None]) -> bool:
    """Whether a table or list stands in one of some elements, or in a box of its own there."""
    return data.parent in beside or (data.parent is not None and data.parent.parent in beside)


def _holders(outline: Outline, container: Element, text: frozenset[int]) -> list[Element]:
    """The outermost lists, tables and code inside the container that hold text."""
    known: dict[Element, Element | None] = {container: None}
    for index in text:
        inherit(outline.pieces[index].element, known, _outermost, default=None)
    return list(dict.fromkeys(holder for holder in known.values() if holder is not None))


def _outermost(element: Element, around: Element | None) -> Element | None:
    return around or (element if element.tag in _SHARES else None)


def _texts(outline: Outline, element: Element) -> list[Piece]:
    """The pieces of text inside an element that are shown."""
    inside = outline.pieces[element.first : element.last]
    return [piece for piece in inside if piece.is_text and piece.size > 0 and not piece.element.muted]


def _is_layout(holder: Element, inside: list[Piece]) -> bool:
    return holder.tag == "table" and holder.size > _CELL_SIZE * len(inside)


def _is_post(element: Element) -> bool:
    """Whether an element is a quote that a script would draw as a post of another site."""
    return element.tag == "blockquote" and any(name in _POST_CLASSES for name in element.get("class").split())
