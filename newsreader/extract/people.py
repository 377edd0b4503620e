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
    return frozenset(found | {_letters(label) for labels in hosts for label in labels if len(label) > 2})


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
    if not plain or len(plain) > _MAX_NAME or "http" in plain or "@" in plain or len(plain.split()) > 6:
        return ""
    return "" if any(char.isdigit() for char in plain) or len(plain) < 2 else plain


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
    parts = _between().split(plain)
    if len(parts) > 1 and any(len(part.split()) < 2 and part.isascii() for part in parts if part.strip()):
        return [part for part in re.split(r"\s*;\s*", plain) if part] if "," in plain and len(parts) == 2 else parts
    return parts


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s*(?:;|,|、|・(?=\S+・)|\s\|\s|\s(?:and|und|et|y|e|og|och|en|i|&|und|ja|и|та)\s|\s+and\s+)\s*")


def shown_authors(outline: Outline, start: int, end: int, sites: frozenset[str]) -> list[str]:
    """Names that the page marks as authors (rel, itemprop), else in its byline; pieces between `start` and `end` are looked at."""
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
    """Names in short pieces that begin with "By", or that stand in an element named for the author."""
    for piece in outline.pieces[start:end]:
        if piece.kind is not PieceKind.TEXT or piece.size > 120:
            continue
        text = piece.text
        if text.lower().startswith(BYLINE_STARTS) and len(text.split()) < 14 and text[-1] not in ".!?。":
            return split_names(text)
        if _in_byline(piece.element) and name_of(text) and 1 < len(text.split()) < 5:
            return split_names(text)
    return []


def _in_byline(element: Element) -> bool:
    around: Element | None = element
    for _ in range(3):
        if around is None:
            return False
        names = f"{around.get('class')} {around.get('id')}".lower()
        if role_of(around) is Role.BYLINE and ("author" in names or "byline" in names):
            return True
        around = around.parent
    return False
