"""When a page was published and changed: what it declares by order of trust, else what it shows near the headline."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from functools import cache
from itertools import islice
from urllib.parse import urlsplit

from newsreader.dates import Day, parse_date
from newsreader.datewords import month_of
from newsreader.extract.jsonld import first_text
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind, text_inside
from newsreader.extract.sources import Sources
from newsreader.extract.words import words

_PUBLISHED = words("""
    article:published_time og:published_time og:article:published_time datepublished date.published
    parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date publication_date
    dcterms.created dcterms.date dc.date.issued dc.date dc.date.created article.published article:published
    citation_publication_date citation_date cxenseparse:recs:publishtime cxenseparse:publishtime date
    originalpublicationdate article_date_original created ptime
""")
_UPDATED = words("""
    article:modified_time og:updated_time datemodified last-modified dcterms.modified dc.date.modified lastmod
    article.updated revision_date article:modified
""")
_DATE_SIZE = 110  # size of the longest text that shows a date
_LABELLED_SIZE = 50  # of the longest text that a label begins
_LOOKED_AT = 100  # characters of a text that may hold a date
_TIME_TAGS = ("time", "span", "abbr", "p")
_NEAREST = 8
_BEFORE = 12  # pieces before the headline in which a time may stand


def published(sources: Sources, headline: int, zone: tzinfo) -> datetime | None:
    """When the article was published; a day alone gives way to the same day with an hour.

    `headline` is the piece that shows the headline, -1 if none does; times without a zone are of `zone`.
    """
    declared = _first_date(_declared(sources), zone)
    if declared is not None and not isinstance(declared, Day):
        return declared
    shown = _shown_date(sources, headline, zone)
    if declared is None:
        outline = sources.outline
        return (
            shown
            or _address_date(sources.url, zone)
            or _labelled_date(outline, zone)
            or _recent(outline, headline, zone)
        )
    return shown if shown is not None and shown.date() == declared.date() else declared


def updated(sources: Sources, zone: tzinfo, since: datetime | None) -> datetime | None:
    """When it was changed last; `None` if the page does not say, or says no later time than `since`."""
    marked = sources.marked.props.get("datemodified", ())
    found = _first_date(
        (
            *(first_text(sources.article.get("dateModified")), *sources.values(*_UPDATED)),
            *(element.get("content") or element.get("datetime") for element in marked),
        ),
        zone,
    )
    return None if found is not None and since is not None and found <= since else found


def _declared(sources: Sources) -> Iterator[str]:
    yield first_text(sources.article.get("datePublished"))
    yield from sources.values(*_PUBLISHED)
    yield from sources.values(
        *(name for name in sources.metas if "publi" in name and ("date" in name or "time" in name))
    )
    yield first_text(sources.article.get("dateCreated"))


def _first_date(candidates: Iterable[str], zone: tzinfo) -> datetime | None:
    """The first text that is a date; one with an hour on the same day is preferred."""
    first: datetime | None = None
    for text in candidates:
        found = parse_date(text[:_LOOKED_AT], zone=zone) if text else None
        if found is None:
            continue
        if not isinstance(found, Day) and (first is None or found.date() == first.date()):
            return found
        first = first or found
    return first


def _shown_date(sources: Sources, headline: int, zone: tzinfo) -> datetime | None:
    """The date that the page shows: microdata, `time[datetime]` near the headline, then short texts around it."""
    outline, props = sources.outline, sources.marked.props
    for element in (*props.get("datepublished", ()), *props.get("datecreated", ()))[:_NEAREST]:
        value = element.get("content") or element.get("datetime") or text_inside(outline, element)
        if found := parse_date(value[:_LOOKED_AT], zone=zone):
            return found
    start = max(headline, 0)
    times = (
        element
        for element in sources.marked.times
        if element.tag in _TIME_TAGS and element.last >= start - _BEFORE and not _is_quoted(element)
    )
    for element in sorted(times, key=lambda element: abs(element.first - start))[:_NEAREST]:
        if found := _time_of(outline, element, zone):
            return found
    return _visible_date(outline, start, zone)


def _time_of(outline: Outline, element: Element, zone: tzinfo) -> datetime | None:
    return parse_date(element.get("datetime")[:_LOOKED_AT], zone=zone) or parse_date(
        text_inside(outline, element)[:_LOOKED_AT], zone=zone
    )


def _visible_date(outline: Outline, start: int, zone: tzinfo) -> datetime | None:
    """A date in a short text after the headline, else just before it; one with an hour is preferred."""
    day: datetime | None = None
    pieces = outline.pieces
    for at in (*range(start + 1, min(start + 14, len(pieces))), *range(start - 1, max(start - 9, -1), -1)):
        if not _may_be_date(pieces[at]) or _is_caption(pieces, at):
            continue
        found = parse_date(pieces[at].text, zone=zone)
        if found is not None and not isinstance(found, Day):
            return found
        day = day or found
    return day


def _is_caption(pieces: list[Piece], at: int) -> bool:
    """Whether a text says more than a date below a picture: the date is that of the picture."""
    return at > 0 and pieces[at].size > _LABELLED_SIZE and pieces[at - 1].kind is PieceKind.PICTURE


def _recent(outline: Outline, headline: int, zone: tzinfo) -> datetime | None:
    """A time told from now ("il y a 2 heures", "8月1日 10時30分") just after the headline.

    The name of a month without a year is not taken: it is as often of an event.
    """
    now = datetime.now(UTC)
    for piece in outline.pieces[headline + 1 : headline + 1 + _NEAREST]:
        if piece.size <= _LABELLED_SIZE and _may_be_date(piece) and not _duration().fullmatch(piece.text):
            found = parse_date(piece.text, zone=zone, now=now)
            if found is not None and not any(map(month_of, piece.text.split())):
                return found
    return None


@cache
def _duration() -> re.Pattern[str]:
    """A time alone, more often that of reading."""
    return re.compile(r"\d+\s?\w+\.?", re.ASCII)


def _may_be_date(piece: Piece) -> bool:
    if piece.kind is not PieceKind.TEXT or piece.size > _DATE_SIZE or _numeral().search(piece.text) is None:
        return False
    return not _is_quoted(piece.element)


def _is_quoted(element: Element) -> bool:
    """Whether an element stands in a quote, such as a post of another site with its own date."""
    return any(around.tag == "blockquote" for around in (element, *element.ancestors()))


def _labelled_date(outline: Outline, zone: tzinfo) -> datetime | None:
    """The first date after a label such as "Published", anywhere on the page."""
    labelled = (
        piece.text
        for piece in outline.pieces
        if piece.size <= _LABELLED_SIZE and _may_be_date(piece) and _label().match(piece.text)
    )
    dates = (parse_date(text, zone=zone) for text in islice(labelled, _NEAREST))
    return next(filter(None, dates), None)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        r"(?:date|datum|fecha|data|дата|published|posted|veröffentlicht|erstellt|publié|publicado|pubblicato|опубликовано"
        r"|公開|掲載|配信|投稿|発行|发布|发表|日期|時間|发稿|來源|입력|등록|승인|게시)",
        re.IGNORECASE,
    )


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile(r"\d|[〇一二三四五六七八九十元]年")


def _address_date(url: str, zone: tzinfo) -> datetime | None:
    """The day that an address names, such as /2025/08/01/."""
    match = _in_address().search(urlsplit(url).path)
    return parse_date("-".join(match.groups()), zone=zone) if match else None


@cache
def _in_address() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
