"""Authors as a page shows them: marked elements, bylines near the headline, signatures around the text."""

import re
from functools import cache

from newsreader.datewords import month_of
from newsreader.extract.people import after_label, is_of_site, is_person, name_of, split_names, tidy, without_label
from newsreader.extract.pieces import Element, Piece, PieceKind, text_inside
from newsreader.extract.roles import role_of
from newsreader.extract.sources import Sources
from newsreader.extract.tags import Role

_BYLINE_SIZE = 120
_MAX_WORDS = 12  # of the names of a byline
_BEFORE, _AFTER = 12, 40  # pieces around the headline in which a byline may stand
_PARAGRAPH = 150  # size of a paragraph of the text
_SIGNATURE_SIZE = 60
_MARKED_SIZE = 300  # size of the text in an element marked as the author; more is a biography or the page
_MOST_MARKED = 30
_DATE_WORDS = ("on", "am", "le", "el", "il", "em", "den", "published", "updated")


def shown_authors(sources: Sources, headline: int, sites: frozenset[str]) -> list[str]:
    """Names that the page marks as authors (rel, itemprop), else those of its byline, near the headline."""
    start = max(headline - _BEFORE, 0)
    near = range(start, start + _BEFORE + _AFTER)
    marked = _marked(sources)
    for elements in ([element for element in marked if element.first in near], marked):
        texts = [text_inside(sources.outline, element) for element in elements]
        found = _foreign([name for text in texts for name in split_names(without_label(text), sites)], sites)
        if found:
            return found
    pieces = sources.outline.pieces
    return _foreign(_bylines(pieces[near.start : near.stop]), sites) or _foreign(_credits(pieces), sites)


def _foreign(names: list[str], sites: frozenset[str]) -> list[str]:
    """Names without those of the site's desks, unless there are no others."""
    found = tidy(names, sites)
    return [name for name in found if not is_of_site(name, sites)] or found


def _credits(pieces: list[Piece]) -> list[str]:
    """Persons after a label such as "Author:" anywhere on the page; "By" is as often that of a teaser."""
    for piece in pieces:
        if piece.kind is not PieceKind.TEXT or piece.size > _SIGNATURE_SIZE:
            continue
        text = piece.text.strip("()（）[]")
        rest, is_sure = after_label(text) or ("", False)
        names = split_names(_cut(rest)) if is_sure and text[1:2] not in "yY" else []
        if names and all(map(is_person, names)):
            return names
    return []


def signed_authors(sources: Sources, headline: int, sites: frozenset[str]) -> list[str]:
    """Names of persons in a line of their own, wholly set off, just before or just after the paragraphs."""
    pieces = [piece for piece in sources.outline.pieces[max(headline, 0) + 1 :] if piece.kind is PieceKind.TEXT]
    text = [at for at, piece in enumerate(pieces) if piece.element.tag == "p" and piece.size > _PARAGRAPH]
    if not text:
        return []
    around = (pieces[max(text[0] - 1, 0)], pieces[min(text[-1] + 1, len(pieces) - 1)])
    for piece in around:
        if piece.size <= _SIGNATURE_SIZE and piece.element.tag == "p" and _is_set_off(piece):
            names = tidy(split_names(piece.text), sites)
            if names and all(map(is_person, names)):
                return names
    return []


def _is_set_off(piece: Piece) -> bool:
    return all(inner.marks for text, inner in piece.parts if text.strip())


def _marked(sources: Sources) -> list[Element]:
    props = sources.marked.props
    elements = (*sources.marked.authors, *props.get("author", ()), *props.get("creator", ()))
    return [element for element in elements if element.size <= _MARKED_SIZE][:_MOST_MARKED]


def _bylines(pieces: list[Piece]) -> list[str]:
    """Names in short pieces: after a label such as "By", or in an element named for the author."""
    short = [piece for piece in pieces if piece.kind is PieceKind.TEXT and piece.size <= _BYLINE_SIZE]
    for at, piece in enumerate(short):
        names = _labelled(piece.text, short[at + 1].text if at + 1 < len(short) else "") or _in_element(piece)
        if any(map(name_of, names)):
            return names
    return []


def _labelled(text: str, following: str) -> list[str]:
    """The names in a byline: "By Ada Quill and Bo Berg | 3 May", "記者：森山 葵", "한지우 기자".

    Those in the `following` text, if this one is no more than "By".
    """
    rest, is_sure = after_label(text + " ") or ("", False)
    if rest and text[-1] not in ".!?。":
        names = split_names(_cut(rest))
        return names if (is_sure and not names[0][:1].islower()) or all(map(is_person, names)) else []
    if is_sure and not rest:
        return split_names(_cut(following))
    if not text.isascii() and (match := _asian_byline().search(text)):
        return [match[1] or match[2] or match[3]]
    return []


def _in_element(piece: Piece) -> list[str]:
    """The names in a piece, or in the part of it, that an element named for the author holds."""
    named = _cut("".join(text for text, element in piece.parts if _in_byline(element, piece.element)))
    return split_names(named) if len(named.split()) <= _MAX_WORDS else []


def _cut(text: str) -> str:
    """The names at the start of a byline: what stands before a figure, a bar, a date or a word in small letters."""
    words = _after().split(text.strip(), maxsplit=1)[0].split()
    while words and (month_of(words[-1].rstrip(",")) or words[-1].lower() in _DATE_WORDS):
        words.pop()
    return " ".join(words)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(r"\s*(?:\d|\||•|·|\s[-–—]\s|,\s+(?=[a-zà-ž])|»|(?:Published|Updated|Posted|Last updated)\b)")


@cache
def _asian_byline() -> re.Pattern[str]:
    return re.compile(
        r"(?:記者|記者名|作者|撰文|著者|執筆|取材・文|记者|文字|编辑|責任編輯|责任编辑)\s*[:：=＝/／]\s*(\w{2,10}(?:\s\w{1,6}(?!\w))?)"
        r"|(?:^|[\s|\[(])([가-힣]{2,4})\s*(?:기자|특파원|선임기자)"
        r"|(?:^|\s)(?:記者|特派員|编辑|記者・写真)\s(\w{2,10}(?:\s\w{1,6})?)$"
    )


def _in_byline(element: Element, block: Element) -> bool:
    """Whether an element, or one of the two around it, is named for the author."""
    around: Element | None = element
    for _ in range(3):
        if around is None:
            return False
        if around.attrs:
            names = f"{around.attrs.get('class')} {around.attrs.get('id')}".lower()
            if ("author" in names or "byline" in names) and role_of(around) is Role.BYLINE:
                return True
        around = around.parent if around is not block.parent else None
    return False
