"""Authors as names: from what the page declares, else from its byline."""

import re
from functools import cache
from typing import Any

from newsreader.extract.jsonld import texts
from newsreader.extract.pieces import Element, Outline, PieceKind, text_inside
from newsreader.extract.roles import role_of
from newsreader.extract.tags import Role
from newsreader.extract.words import BYLINE_STARTS
from newsreader.text import clean, fold

_MAX_NAME = 60
_MAX_WORDS = 6
_BYLINE_SIZE = 120
_MAX_AUTHORS = 15


def declared_authors(value: Any, nodes: dict[str, dict[str, Any]], sites: frozenset[str]) -> list[str]:
    """The names in a JSON-LD `author` or `creator`; references are looked up in `nodes`."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        person = nodes.get(one.get("@id", ""), one) if isinstance(one, dict) and "name" not in one else one
        for text in texts(person):
            found.extend(split_names(text))
    return tidy(found, sites)


def tidy(names: list[str], sites: frozenset[str]) -> list[str]:
    """Names cleaned, the same once, without those of the site (`sites`, see `site_names`) and what is no name."""
    kept: dict[str, str] = {}
    for name in names:
        plain = name_of(name)
        if plain and _letters(plain) not in sites:
            kept.setdefault(fold(plain), plain)
    return list(kept.values())[:_MAX_AUTHORS]


def site_names(*names: str | None) -> frozenset[str]:
    """The names of a site and of its host in the form that names are compared in."""
    found = {_letters(name) for name in names if name}
    hosts = [name.split(".") for name in names if name and "." in name and " " not in name]
    return frozenset(found | {_letters(label) for labels in hosts for label in labels if len(label) > len("co")})


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def name_of(text: str) -> str:
    """A name without "By", role, mail address and handle; "" if what is left is no name."""
    plain = _address().sub("", clean(text)).strip(" ,;:|/·•-–—()（）[]【】")
    lowered = plain.lower()
    for start in BYLINE_STARTS:
        if lowered.startswith(start):
            plain = plain[len(start) :].strip(" :：=＝")
            break
    plain = re.split(r"\s*[|•·/]\s*|\s+[-–—]\s+|,\s+(?=[a-zäöü])", plain)[0]
    plain = re.sub(r"\s*[(（\[].*", "", plain) or plain
    plain = _asian_role().sub("", plain).strip(" ,;:|/·•-–—()（）[]【】＝=")
    if not plain or len(plain) > _MAX_NAME or "http" in plain or "@" in plain or len(plain.split()) > _MAX_WORDS:
        return ""
    return "" if any(char.isdigit() for char in plain) or len(plain) == 1 else plain


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"\S+@\S+\.\w+|https?://\S+|@\w+")


@cache
def _asian_role() -> re.Pattern[str]:
    return re.compile(
        r"(?:\s*(?:記者|編集委員|論説委員|特派員|기자|특파원|记者|特约记者|通讯员)\s*)$|^(?:記者|记者)\s*[:：]?\s*"
    )


def split_names(text: str) -> list[str]:
    """The names of a list such as "Ana Lima, Bo Berg and Chi Wei"."""
    plain = clean(text)
    return _between().split(plain)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s*(?:;|,|、|・(?=\S+・)|\s\|\s|\s(?:and|und|et|y|e|og|och|en|i|&|und|ja|и|та)\s|\s+and\s+)\s*")


def shown_authors(outline: Outline, start: int, end: int, sites: frozenset[str]) -> list[str]:
    """Names between two pieces that the page marks as authors (rel, itemprop), else those of its byline."""
    marked = [
        text_inside(outline, element)
        for element in outline.marked
        if _is_author(element) and start <= element.first < end
    ]
    found = tidy([name for text in marked for name in split_names(text)], sites)
    return found or tidy(_bylines(outline, start, end), sites)


def _is_author(element: Element) -> bool:
    words = f"{element.get('rel')} {element.get('itemprop')}".lower().split()
    return "author" in words or "creator" in words


def _bylines(outline: Outline, start: int, end: int) -> list[str]:
    """Names in short pieces: after a label such as "By", or in an element named for the author."""
    for piece in outline.pieces[start:end]:
        if piece.kind is not PieceKind.TEXT or piece.size > _BYLINE_SIZE:
            continue
        if names := _labelled(piece.text):
            return names
        named = "".join(text for text, element in piece.parts if _in_byline(element, piece.element))
        if named and name_of(named) and len(named.split()) < _MAX_WORDS:
            return split_names(named)
    return []


def _labelled(text: str) -> list[str]:
    """The names in a byline: "By Ada Quill and Bo Berg | 3 May", "記者：森山 葵", "한지우 기자"."""
    lowered = text.lower()
    names = _after().split(text)[0]
    if lowered.startswith(BYLINE_STARTS) and text[-1] not in ".!?。" and 1 < len(names.split()) <= 2 * _MAX_WORDS:
        return split_names(names)
    if match := _asian_byline().search(text):
        return [match[1] or match[2] or match[3]]
    return []


@cache
def _after() -> re.Pattern[str]:
    """What ends the names of a byline: a figure, a bar, a word in small letters after a comma."""
    return re.compile(r"\s*(?:\d|\||•|·|\s[-–—]\s|,\s+(?=[a-zà-ž]))")


@cache
def _asian_byline() -> re.Pattern[str]:
    return re.compile(
        r"(?:記者|記者名|作者|撰文|著者|執筆|取材・文|记者|文字|编辑)\s*[:：=＝/／]\s*(\w{2,10}(?:\s\w{1,6}(?!\w))?)"
        r"|(?:^|[\s|\[(])([가-힣]{2,4})\s*(?:기자|특파원|선임기자)"
        r"|(?:^|\s)(?:記者|特派員|编辑|記者・写真)\s(\w{2,10}(?:\s\w{1,6})?)$"
    )


def _in_byline(element: Element, block: Element) -> bool:
    """Whether an element, or one of the two around it, is named for the author."""
    around: Element | None = element
    for _ in range(3):
        if around is None or (around is not element and around.depth < block.depth - 1):
            return False
        names = f"{around.get('class')} {around.get('id')}".lower()
        if role_of(around) is Role.BYLINE and ("author" in names or "byline" in names):
            return True
        around = around.parent
    return False
