"""Article objects, as an export or anybody's program writes them, to records: every value is checked and cleaned."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar
from zlib import crc32

from newsreader.dates import from_iso, parse_date
from newsreader.errors import ParseError
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.news import SourceKind, State
from newsreader.model.record import Announced, EarlierText, Keeping, Marks, Origin, Record
from newsreader.text import clean, clean_lines
from newsreader.urls import canonical, is_content_name, resolve

_Values = dict[str, Any]
_Kind = TypeVar("_Kind", State, BlockKind, LinkKind)

# What is longer is cut, what is more is left out: no page has as much.
_LONGEST_LINE = 2000
_LONGEST_ADDRESS = 4000
_LONGEST_SUMMARY = 20_000
_MOST_NAMES = 200
_MOST_LINKS = 5000
_MOST_BLOCKS = 50_000
_MOST_REVISIONS = 1000
_MOST_PIXELS = 100_000
_LARGEST_NUMBER = 2**31
_LARGEST_CRC = 2**32 - 1
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_TEXTLESS = (State.HEADLINE, State.CONSENT, State.BLOCKED, State.GONE, State.FAILED)
_LINED = (BlockKind.CODE, BlockKind.QUOTE)  # keep indents
_SPAN_KINDS = ("bold", "italic", "code", "link")


def read_record(values: _Values, now: datetime) -> Record:
    """The article that an object tells and what it says of its keeping; `now` is the time of marks without one.

    `url` and `title` must be there, all else may; fields that are not known do not matter. A `text` without `blocks` is
    a paragraph a line. Raises `ParseError`, which says in a few words what is wrong.
    """
    url = _own_address(values.get("url"))
    if not isinstance(values.get("title"), str):
        raise ParseError("it has no title")
    article = _article(values, url)
    return Record(article, _keeping(values, article, now))


def _article(values: _Values, url: str) -> Article:
    subtitle = _line(values, "subtitle")
    blocks = _blocks(values, subtitle)
    state, reason = _state(values, has_text=bool(blocks or subtitle))
    return Article(
        url=url,
        title=_line(values, "title"),
        subtitle=subtitle if state not in _TEXTLESS else "",
        authors=_names(values, "authors"),
        published=_time(values, "published"),
        updated=_time(values, "updated"),
        language=_line(values, "language")[:35] or None,
        site_name=_line(values, "site_name") or None,
        section=_line(values, "section") or None,
        tags=_names(values, "tags"),
        summary=clean(_string(values, "summary")[:_LONGEST_SUMMARY]),
        lead_image=_image(values.get("lead_image")),
        blocks=blocks,
        links=tuple(map(_link, _objects(values, "links", _MOST_LINKS))),
        state=state,
        reason=reason,
        next_page=_address(values.get("next_page")) or None,
    )


def _state(values: _Values, *, has_text: bool) -> tuple[State, str]:
    """State and reason; a list carries states and no texts, another program perhaps neither."""
    told = _one_of(State, values, "state") if values.get("state") is not None else None
    if told is None or (told in _TEXTLESS) == has_text:
        return (State.FULL if has_text else State.HEADLINE), ""
    return told, _line(values, "reason")


def _keeping(values: _Values, article: Article, now: datetime) -> Keeping:
    source = _origin(values.get("source"))
    fetched = _past(values, "fetched", now)
    first_seen = _past(values, "first_seen", now) or now
    addresses = (_any_address(each) for each in _list(values, "urls", _MOST_NAMES))
    return Keeping(
        first_seen=first_seen,
        moment=_past(values, "moment", first_seen),
        fetched=fetched,
        saved=(_past(values, "saved", now) or fetched or first_seen) if article.state not in _TEXTLESS else None,
        listed=values.get("listed") is not False,
        source=source,
        announced=tuple(_announcements(values, article.title)) or _told_by(source, article.title),
        urls=tuple(filter(None, addresses)),
        marks=_marks(values, now),
        image=_any_address(values.get("image")) or None,
        revision=_number(values, "revision", _LARGEST_NUMBER) or 1,
        revisions=tuple(_revisions(values, now)),
    )


def _marks(values: _Values, now: datetime) -> Marks:
    """Marks with their times, or as a list has them, without."""

    def since(name: str) -> datetime | None:
        return _past(values, f"{name}_at", now) or (now if values.get(name) is True else None)

    return Marks(since("read"), since("starred"), since("later"), _line(values, "hidden"), since("followed"))


def _announcements(values: _Values, title: str) -> Iterator[Announced]:
    for told in _objects(values, "sources", _MOST_NAMES):
        if source := _origin(told):
            title_crc = _number(told, "title_crc", _LARGEST_CRC)
            title_crc = _crc(title) if title_crc is None else title_crc
            yield Announced(source, _line(told, "feed_id") or None, title_crc, _number(told, "crc", _LARGEST_CRC) or 0)


def _told_by(source: Origin | None, title: str) -> tuple[Announced, ...]:
    return (Announced(source, None, _crc(title)),) if source else ()


def _crc(title: str) -> int:
    return crc32(title.encode("utf-8", "replace"))


def _origin(told: Any) -> Origin | None:
    """A source that has an address: a list names only ids, which mean nothing in another store."""
    url = _address(told.get("url")) if isinstance(told, dict) else ""
    if not url:
        return None
    kind = told.get("kind")
    return Origin(url, _line(told, "name"), SourceKind(kind) if kind in list(SourceKind) else SourceKind.FEED)


def _revisions(values: _Values, now: datetime) -> Iterator[EarlierText]:
    for told in _objects(values, "revisions", _MOST_REVISIONS):
        if "text" in told:  # `show --json` tells only how long they are
            number = _number(told, "revision", _LARGEST_NUMBER) or 1
            yield EarlierText(
                number, _past(told, "seen", now) or now, _line(told, "title"), clean_lines(_string(told, "text"))
            )


def _blocks(values: _Values, subtitle: str) -> tuple[Block, ...]:
    if values.get("blocks") is not None:
        return tuple(_block(told) for told in _objects(values, "blocks", _MOST_BLOCKS))
    lines = [found for line in _string(values, "text").splitlines() if (found := clean(line))]
    if subtitle and lines[:1] == [subtitle]:
        del lines[0]
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in lines[:_MOST_BLOCKS])


def _block(told: _Values, *, inner: bool = False) -> Block:
    kind = _one_of(BlockKind, told, "kind")
    text = _string(told, "text")
    text = clean_lines(text) if kind in _LINED or "\n" in text else clean(text)
    return Block(
        kind=kind,
        text=text,
        level=min(_number(told, "level", _LARGEST_NUMBER) or 0, 6),
        spans=_spans(told, text) if "spans" in told else (),
        items=() if inner else tuple(_block(item, inner=True) for item in _objects(told, "items", _MOST_BLOCKS)),
        ordered=told.get("ordered") is True,
        rows=tuple(tuple(map(_cell, row)) for row in _list(told, "rows", _MOST_BLOCKS) if isinstance(row, list)),
        header=told.get("header") is True,
        image=_image(told.get("image")),
        url=_address(told.get("url")) or None,
    )


def _spans(told: _Values, text: str) -> tuple[Span, ...]:
    """What lies within the text; none if cleaning has changed it, as the places mean nothing then."""
    if told.get("text") != text:
        return ()
    found = []
    for span in _objects(told, "spans", _MOST_LINKS):
        start, end = _number(span, "start", len(text)), _number(span, "end", len(text))
        kind, url = span.get("kind"), _address(span.get("url")) or None
        if (
            start is not None
            and end is not None
            and start < end
            and kind in _SPAN_KINDS
            and (kind == "link") == bool(url)
        ):
            found.append(Span(start, end, kind, url))
    return tuple(found)


def _cell(told: Any) -> str:
    return clean(told) if isinstance(told, str) else ""


def _image(told: Any) -> Image | None:
    if not isinstance(told, dict):
        return None
    alt, caption, credit = (_line(told, name) for name in ("alt", "caption", "credit"))
    width, height = (_number(told, name, _MOST_PIXELS) for name in ("width", "height"))
    return Image(_any_address(told.get("url")), alt, caption, credit, width, height)


def _link(told: _Values) -> Link:
    kind = _one_of(LinkKind, told, "kind") if "kind" in told else LinkKind.REFERENCE
    return Link(_address(told.get("url")), _line(told, "title"), kind, _line(told, "heading"))


def _own_address(told: Any) -> str:
    if not (found := _any_address(told)):
        raise ParseError("it has no address" if told is None else "its url is no address")
    return canonical(found)


def _any_address(told: Any) -> str:
    """An address, or the name of a page that has none; "" if it is neither."""
    if isinstance(told, str) and is_content_name(told) and told.isascii() and told.isprintable():
        return told[:_LONGEST_LINE]
    return _address(told)


def _address(told: Any) -> str:
    return (resolve(told, "") or "") if isinstance(told, str) and len(told) <= _LONGEST_ADDRESS else ""


def _string(values: _Values, name: str) -> str:
    told = values.get(name)
    if told is None:
        return ""
    if not isinstance(told, str):
        raise ParseError(f"its {name} is no text")
    return told


def _line(values: _Values, name: str) -> str:
    told = _string(values, name)
    return clean(told[:_LONGEST_LINE]) if told else ""


def _list(values: _Values, name: str, most: int) -> list[Any]:
    told = values.get(name)
    if told is None:
        return []
    if not isinstance(told, list):
        raise ParseError(f"its {name} are no list")
    return told[:most]


def _objects(values: _Values, name: str, most: int) -> list[_Values]:
    found = _list(values, name, most)
    if not all(isinstance(each, dict) for each in found):
        raise ParseError(f"its {name} are no objects")
    return found


def _names(values: _Values, name: str) -> tuple[str, ...]:
    """Names, each once; one alone may stand without a list."""
    told = [values[name]] if isinstance(values.get(name), str) else _list(values, name, _MOST_NAMES)
    if not all(isinstance(each, str) for each in told):
        raise ParseError(f"its {name} are no texts")
    return tuple(dict.fromkeys(filter(None, (clean(each[:_LONGEST_LINE]) for each in told))))


def _number(values: _Values, name: str, largest: int) -> int | None:
    """A whole number from 0 up, `None` if there is none."""
    told = values.get(name)
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 <= told <= largest else None


def _one_of(kinds: type[_Kind], values: _Values, name: str) -> _Kind:
    try:
        return kinds(str(values.get(name)))
    except ValueError:
        raise ParseError(f"its {name} is none of {', '.join(kinds)}") from None


def _past(values: _Values, name: str, now: datetime) -> datetime | None:
    """A time that cannot lie ahead."""
    found = _time(values, name)
    return min(found, now) if found else None


def _time(values: _Values, name: str) -> datetime | None:
    told = values.get(name)
    if told is None or told == "":
        return None
    found = _time_of(told)
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ParseError(f"its {name} is no time")
    return found


def _time_of(told: Any) -> datetime | None:
    """What an export writes, else any date that is understood elsewhere."""
    if isinstance(told, int) and not isinstance(told, bool):
        return parse_date(str(told)) if abs(told) < 10**15 else None
    if not isinstance(told, str):
        return None
    try:
        found = from_iso(told)
    except ValueError:
        found = None
    return found if found and found.tzinfo else parse_date(told)
