"""Articles that a site gives in several pages: which page is the next, and all of them as one article."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from newsreader.extract.pieces import Element, Outline
from newsreader.extract.roles import role_of
from newsreader.extract.tags import Role
from newsreader.extract.words import NEXT_PAGE
from newsreader.model.article import Article
from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import State
from newsreader.text import fold
from newsreader.urls import canonical, resolve

_LABEL = 80  # characters of a link to the next page, at most
_SHORT = 8  # characters of an address that may be relative to this one
_MARKS = " \t\u3000-–—|:：.…<>«»‹›→▶▷＞≫()[]【】「」"


class Place(NamedTuple):
    """An address read as one of several parts: what they have in common, and the number of this one."""

    whole: tuple[str, str, str, str]
    number: int


def find_next_part(outline: Outline, url: str) -> str | None:
    """The address of the next part of the article at an address, `None` if this is all.

    It is one that the page links to as the next, and that differs from this one by a part number, which is one more.
    """
    own = frozenset(_places(url))
    for attrs in outline.links:
        if "next" in (attrs.get("rel") or "").lower().split() and (found := _follows(attrs.get("href"), url, own)):
            return found
    stem = min((place.whole[2] for place in own), key=len).rsplit("/", 1)[-1]  # all parts hold it
    for anchor in outline.anchors:
        href = anchor.attrs["href"] or ""
        if stem not in href and href[0] != "?" and (len(href) > _SHORT or not href[0].isalnum()):
            continue  # most links, told by what costs least
        if not _numeral().search(href.split(stem or "//", 1)[-1]):
            continue  # the page itself, its comments, places to share it
        if (found := _follows(href, url, own)) and _is_next(anchor, found, own):
            return found
    return None


def _follows(href: str | None, base: str, own: frozenset[Place]) -> str | None:
    """The address of a link if it is that of the part after this one."""
    address = resolve(href, base) if href else None
    if address is None or "comment" in address.partition("#")[2].lower():
        return None
    return canonical(address) if _number(address, own) else None


def _number(address: str, own: frozenset[Place]) -> int:
    """The number of the part at an address, if it comes after one of the places that the page may have; else 0."""
    return next((place.number for place in _places(address) if place._replace(number=place.number - 1) in own), 0)


def _is_next(anchor: Element, address: str, own: frozenset[Place]) -> bool:
    """Whether a link says that it leads to the next page, by a word, an arrow or the number of that page."""
    if any(role_of(around) is Role.COMMENTS for around in anchor.ancestors()):
        return False
    if "next" in anchor.get("rel").lower().split():
        return True
    text = "".join(text for text, _ in anchor.parts or ()) or anchor.get("title") or anchor.get("aria-label")
    label = fold(text[:_LABEL]).strip(_MARKS)
    return not label or label.startswith(NEXT_PAGE) or _digits(label) == str(_number(address, own))


def _digits(label: str) -> str:
    """The number in a label that is hardly more than a number: "2", "Page 2", "2ページ目"."""
    found = _figure().fullmatch(label)
    return found[1] if found else ""


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(r"[^\W\d]{0,10}\.?\s?(\d{1,2})\s?[^\W\d]{0,5}")


def _places(url: str) -> Iterator[Place]:
    """The places that an address may stand for: the first part, and whatever number it holds."""
    parts = urlsplit(url)
    path = _extension().sub("", unquote(parts.path).rstrip("/"))
    whole = (parts.scheme, parts.netloc)
    yield Place((*whole, path, parts.query), 1)
    if match := _in_path().fullmatch(path):
        yield Place((*whole, match[1], parts.query), int(match[2]))
    for pair in parts.query.split("&"):
        if match := _in_query().fullmatch(pair):
            query = "&".join(other for other in parts.query.split("&") if other != pair)
            yield Place((*whole, path, query), int(match[1]))


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile("[1-9]")


@cache
def _extension() -> re.Pattern[str]:
    return re.compile(r"\.(?:s?html?|php|aspx?|jsp)$")


@cache
def _in_path() -> re.Pattern[str]:
    """A number after a sign, perhaps with a word for page, at the end: /2, -2, _2, ,2, /page/2, -seite-2."""
    return re.compile(r"(.+?)[/_,-](?:(?:page|seite|pagina|p|part|teil)[/_-]?)?([1-9]\d?)")


@cache
def _in_query() -> re.Pattern[str]:
    return re.compile(
        r"(?:page|p|pg|paged|pageno|pn|seite|pagina|pag|part|page_?num(?:ber)?)=([1-9]\d?)", re.IGNORECASE
    )


def join_parts(first: Article, parts: list[Article]) -> Article:
    """An article with all the parts that follow it: blocks and links that are new, in order.

    It is full, unless readers have to pay for a part.
    """
    if not parts:
        return replace(first, next_page=None)
    seen = {first.title, first.subtitle, *map(_key, first.blocks), *(image.url for image in first.images)}
    blocks = [*first.blocks, *_new_blocks(parts, seen)]
    links = {link.url: link for article in reversed((first, *parts)) for link in reversed(article.links)}
    pages = {part.url for part in (first, *parts)}
    closed = next((part for part in parts if part.state is State.PAYWALLED), None)
    return replace(
        first,
        blocks=tuple(blocks),
        links=tuple(link for url, link in reversed(links.items()) if url not in pages),
        state=closed.state if closed else State.FULL,
        reason=closed.reason if closed else "",
        next_page=None,
    )


def _new_blocks(parts: list[Article], seen: set[object]) -> Iterator[Block]:
    """The blocks of parts without what was there before: headline, standfirst, pictures, notes that each part has."""
    for part in parts:
        opening = (Block(BlockKind.PARAGRAPH, part.subtitle),) if part.subtitle else ()
        for block in (*opening, *part.blocks):
            if block.kind is BlockKind.RULE or _key(block) not in seen:
                seen.add(_key(block))
                yield block


def _key(block: Block) -> object:
    """What makes a block the same as another: its picture, its text, or all of it."""
    return block.image.url if block.image else block.text or block
