"""Authors as a page shows them: marked elements, bylines near the headline, signatures around the text."""

import re
from functools import cache, lru_cache
from itertools import islice
from urllib.parse import unquote

from newsreader.dates import parse_date
from newsreader.datewords import month_of
from newsreader.extract.people import (
    after_label,
    is_of_site,
    is_person,
    letters_of,
    name_of,
    split_names,
    tidy,
    without_label,
)
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
from newsreader.extract.roles import role_of
from newsreader.extract.sources import Sources
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import words

_BYLINE_SIZE = 120
_MAX_WORDS = 12  # of the names of a byline
_BEFORE, _AFTER = 12, 40  # pieces around the headline in which a byline may stand
_JUST_BEFORE, _NEAR = 3, 16  # pieces before and after the headline in which a name without a label may stand
_BESIDE = 2  # such a name is so near to the date
_FEW = 5  # declared names that are looked for on the page
_AUTHOR_PAGES = frozenset(
    words("""
    author authors autor autores autoren autorin auteur auteurs autore autori writer writers journalist journalists
    journaliste journalistes periodista periodistas giornalista giornalisti jornalista reporter reporters contributor
    contributors columnist columnists byline redakteur redactor redactores redaktor skribent forfatter
    """)
)
_LONG = 150  # size of a paragraph of the text
_SIGNATURE_SIZE = 60
_MARKED_SIZE = 300  # size of the text in an element marked as the author; more is a biography or the page
_MOST_MARKED = 30
_EAST = "\u1100"  # from here on scripts write names without capitals
_DATE_WORDS = ("on", "am", "le", "el", "il", "em", "den", "published", "updated")


def shown_authors(sources: Sources, headline: int, sites: frozenset[str]) -> list[str]:
    """Names that the page marks as authors (rel, itemprop), else those of its byline, near the headline."""
    start = max(headline - _BEFORE, 0)
    near = range(start, start + _BEFORE + _AFTER)
    marked = _marked(sources)
    for elements in ([element for element in marked if element.first in near], marked):
        texts = [without_label(_inside(sources.outline, element)) for element in elements]
        found = _foreign([name for text in texts for name in split_names(_bar().split(text)[0], sites)], sites)
        if found:
            return found
    pieces = sources.outline.pieces
    named = _bylines(pieces[near.start : near.stop])
    return (
        _foreign(named, sites)
        or _foreign(_linked(sources.outline, headline), sites)
        or _foreign(_credits(pieces), sites)
        or tidy(named, frozenset())
    )


def _inside(outline: Outline, element: Element) -> str:
    """The text inside an element as a byline."""
    pieces = outline.pieces[element.first : element.last]
    parts = [[part for part in piece.parts if part[1] is element or element in part[1].ancestors()] for piece in pieces]
    return " ".join(filter(None, map(_line, parts)))


def _foreign(names: list[str], sites: frozenset[str]) -> list[str]:
    """Names without those of the site's desks, unless there are no others."""
    found = tidy(names, sites)
    return [name for name in found if not is_of_site(name, sites)] or found


def _linked(outline: Outline, headline: int) -> list[str]:
    """Names that lead to the pages of their authors, from the headline to the second paragraph of the text."""
    start = max(headline - _JUST_BEFORE, 0)
    end = _paragraph(outline.pieces, headline, 1)  # the first may be the standfirst
    named = ((anchor.link_text, anchor.get("href")) for anchor in outline.anchors if start <= anchor.first <= end)
    return [text for text, href in named if len(text) <= _SIGNATURE_SIZE and _is_page_of(text, href)]


def _is_page_of(name: str, href: str) -> bool:
    """Whether an address is that of an author's page, by its words, and tells the name, unless that is a person's."""
    head, _, last = href.lower().rstrip("/").rpartition("/")
    if _AUTHOR_PAGES.isdisjoint(_word().findall(head)) and "author=" not in last:
        return False
    letters = letters_of(name)
    return bool(letters) and (letters in letters_of(unquote(last)) or is_person(name))


def unlabelled_authors(sources: Sources, headline: int, sites: frozenset[str]) -> list[str]:
    """Names of persons that stand alone, in no link, beside a date between the headline and the text."""
    pieces = sources.outline.pieces
    start = max(headline - _JUST_BEFORE, 0)
    segments: list[tuple[str, bool]] = []
    for piece in pieces[start : _paragraph(pieces, headline)]:
        if piece.kind is PieceKind.TEXT and piece.size <= _BYLINE_SIZE and piece.element.tag not in HEADINGS:
            segments.extend((text, piece.link_size > 0) for text in _segments(piece))
    dates = [at for at, (text, _) in enumerate(segments) if _has_date(text)]
    for at, (name, is_link) in enumerate(segments):
        is_near = not is_link and any(abs(at - date) <= _BESIDE for date in dates)
        if is_near and _is_full_name(name) and not _has_common_word(name, pieces):
            return tidy(split_names(name), sites)
    return []


def _has_common_word(name: str, pieces: list[Piece]) -> bool:
    """Whether the page has a word of a name in small letters: what only looks like a name ("Last Updated")."""
    lowered = {word.lower() for word in name.split() if word[0].isupper()}
    return any(not lowered.isdisjoint(piece.text.split()) for piece in pieces if piece.kind is PieceKind.TEXT)


def _has_date(text: str) -> bool:
    return len(text) <= _SIGNATURE_SIZE and any(map(str.isdigit, text)) and parse_date(text) is not None


def _is_full_name(text: str) -> bool:
    """Whether a text is a person's name, in East Asia family and given name apart: a single word may be a section."""
    return " " in text and not _no_name().search(text) and all(map(is_person, split_names(text)))


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(r"[\d:?!]|\w\w\.\w|\b(?:tags|topics|share|search|read|table|last)\b", re.IGNORECASE)


def _paragraph(pieces: list[Piece], headline: int, number: int = 0) -> int:
    """A paragraph after the headline, counted from 0, or the end of where a byline may be."""
    end = min(max(headline, 0) + _NEAR, len(pieces))
    long = (at for at in range(max(headline, 0) + 1, end) if pieces[at].size > _LONG)
    return next(islice(long, number, None), end)


def other_authors(sources: Sources, headline: int, declared: list[str], sites: frozenset[str]) -> list[str]:
    """The persons of a labelled byline over the text, where the page shows none of the names that it declares."""
    pieces = sources.outline.pieces
    surnames = [name.split()[-1] for name in declared[:_FEW]]
    surnames += [name.upper() for name in surnames]
    if any(name in piece.text for piece in pieces for name in surnames):
        return []
    over = pieces[max(headline - _JUST_BEFORE, 0) : _paragraph(pieces, headline)]
    lines = (piece for piece in over if piece.kind is PieceKind.TEXT and piece.size <= _BYLINE_SIZE)
    found = next((names for piece in lines if (names := tidy(_in_line(piece), sites))), [])
    return found if all(map(is_person, found)) else []


def _credits(pieces: list[Piece]) -> list[str]:
    """Persons after a label such as "Author:" anywhere on the page; "By" is as often that of a teaser."""
    for piece in pieces:
        if piece.kind is not PieceKind.TEXT or piece.size > _BYLINE_SIZE:
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
    text = [at for at, piece in enumerate(pieces) if piece.element.tag == "p" and piece.size > _LONG]
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
    found: list[str] = []
    first = len(short)
    for at, piece in enumerate(short):
        if at > first + _BESIDE:
            break
        labelled = _in_line(piece) or _after_bare_label(piece, short[at + 1 : at + 2])
        names = labelled or _in_element(piece)
        if any(map(name_of, labelled)) or (names and is_person(piece.text)):
            return names
        if not found and any(map(name_of, names)):
            found, first = names, at
    return found


def _in_line(piece: Piece) -> list[str]:
    """The names after a label at the start of a line, or after a bar in it, unless that is a heading."""
    segments = _segments(piece)[: 1 if piece.element.tag in HEADINGS else None]
    return next((names for text in segments if (names := _labelled(text))), [])


def _after_bare_label(piece: Piece, following: list[Piece]) -> list[str]:
    """The names after a piece that is no more than "By"."""
    is_bare = after_label(piece.text + " ") == ("", True)
    return split_names(_cut(_line(following[0].parts))) if is_bare and following else []


def _segments(piece: Piece) -> list[str]:
    """The parts of a byline that bars separate."""
    return [text for text in map(str.strip, _bar().split(_line(piece.parts))) if text]


def _line(parts: list[tuple[str, Element]]) -> str:
    """The texts of a byline as one line, with a bar where the page sets a name or a label off by an element alone."""
    line, last, make = "", "", ("", "")
    for text, element in parts:
        if plain := text.strip():
            same = make == (make := (element.tag, element.get("class")))
            line += _between(last, plain, is_alike=same)
            last = plain
        line += text
    return " ".join(line.split())


def _between(text: str, following: str, *, is_alike: bool) -> str:
    """What separates two texts of a byline: a comma two names, a bar a name from what is none, or from a label."""
    if not text or not (text[-1].isalnum() or text[-1] == "."):
        return ""
    if text[-1].isdigit() or (after_label(following + " ") or ("", False))[1]:
        return " | " if following[0].isalpha() else ""
    if text[-1] >= _EAST or not is_person(text) or not following[0].isalnum() or _joiner().match(following):
        return ""
    if is_alike:
        return ", " if is_person(following) else ""
    return " | "


def _labelled(text: str) -> list[str]:
    """The names in a byline: "By Ada Quill and Bo Berg | 3 May", "記者：森山 葵", "한지우 기자"."""
    rest, is_sure = after_label(text + " ") or ("", False)
    found: list[str] = []
    if rest and text[-1] not in ".!?。":
        found = split_names(_cut(rest))
        if not is_sure or found[0][:1].islower():
            is_one = is_person(name_of(found[0]))
            found = [name for name in found if is_person(name_of(name)) or not name.istitle()] if is_one else []
    elif text and max(text) >= _EAST and (match := _asian_byline().search(text)):
        found = split_names(next(filter(None, match.groups())).replace("·", "、"))
    return _spaced(found) if "记者" in text else found


def _spaced(names: list[str]) -> list[str]:
    """Chinese names one by one, which mere spaces may separate; a single letter is a part of a name."""
    parts = [part for name in names for part in name.split()]
    return parts if min(map(len, parts), default=0) > 1 else names


def _in_element(piece: Piece) -> list[str]:
    """The names in a piece, or in the part of it, that an element named for the author holds."""
    inside = [part for part in piece.parts if _in_byline(part[1], piece.element)]
    if not inside:
        return []
    parts = [_cut(text.strip(" &,")) for text in _bar().split(_line(inside))]
    named = next(filter(is_person, filter(None, parts)), parts[0])
    return split_names(named) if len(named.split()) <= _MAX_WORDS else []


def _cut(text: str) -> str:
    """The names at the start of a byline: what stands before a figure, a bar, a date or a word in small letters."""
    words = _after().split(text.strip(), maxsplit=1)[0].split()
    while words and (month_of(words[-1].rstrip(",")) or words[-1].lower() in _DATE_WORDS):
        words.pop()
    return " ".join(words)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:\d|[|•·∙⋅●»]|\s[-–—]\s|\s(?:on|in|at)\s|,\s+(?=[a-zà-ž])"
        r"|\s(?:Fotos?|Photos?|Bild(?:er)?|Фото|圖|图|攝影|摄影|写真|사진)\s*[:：/／]"
        r"|(?:Published|Updated|Posted|Reviewed|Edited|Last updated)\b)"
    )


@cache
def _bar() -> re.Pattern[str]:
    return re.compile(r"[|•∙⋅●]|\s·\s")


@cache
def _word() -> re.Pattern[str]:
    return re.compile("[a-z]+")


@cache
def _joiner() -> re.Pattern[str]:
    """What joins a name to the next."""
    return re.compile(r"(?:and|und|et|y|e|og|och|en|i|ja|и|та|with|mit|avec|con|com)\b")


@cache
def _asian_byline() -> re.Pattern[str]:
    return re.compile(
        r"(?:記者|記者名|作者|撰文|著者|執筆|取材・文|记者|文字|编辑|責任編輯|责任编辑)"
        r"\s*[:：=＝/／]\s*(\w{2,10}(?:\s\w{1,6}(?!\w))?)"
        r"|(?:^|[\s|\[(])([가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,4})\s*(?:기자|특파원|선임기자)"
        r"|^(?:글|기자|글\s?·\s?사진)\s([가-힣]{2,4})$"
        r"|(?:^|\s|[社报報网網台])(?:記者|记者|特派員|编辑|記者・写真|著者|執筆|筆者)\s(\w{2,10}(?:\s\w{1,6})?)$"
        r"|^[（(【]?(?:\w{1,10}[社报報网網台]|\w{2,10}\s)?(?:記者|记者)"
        r"\s?((?![会會们們团團])[一-鿿]{2,4}(?:、[一-鿿]{2,4}){0,4})\s?[／/]"
        r"|^\w{1,10}[社报報网網台]记者((?![会们团])[一-鿿]{2,3})$"
    )


def _in_byline(element: Element, block: Element) -> bool:
    """Whether an element, or one of the two around it up to that around the block, is named for the author."""
    end = block.parent.parent if block.parent else None
    around: Element | None = element
    for _ in range(3):
        if around is None or around is end:
            return False
        attrs = around.attrs
        if attrs and _names_author(attrs.get("class"), attrs.get("id")) and role_of(around) is Role.BYLINE:
            return True
        around = around.parent
    return False


@lru_cache(maxsize=1024)
def _names_author(classes: str | None, identity: str | None) -> bool:
    names = f"{classes} {identity}".lower()
    return "author" in names or "byline" in names
