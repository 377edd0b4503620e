"""An article set as text: one layout of styled lines for plain output and for a terminal."""

from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo
from typing import NamedTuple

from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.news import Entry, Match, State
from newsreader.present.ages import moment, reading_minutes
from newsreader.present.blocktext import block_text, hang, picture_lines
from newsreader.present.lines import BLANK, Line, Segment, plain, safe, safe_url
from newsreader.present.numbering import number_links
from newsreader.present.setting import wrap_line
from newsreader.text import width
from newsreader.urls import host_of

__all__ = ["Companions", "article_lines", "link_lines", "plain"]

READING_WIDTH = 80
_RULE = 20
CONTENTS_FROM = 3  # headings that make a table of contents worth its lines


class Companions(NamedTuple):
    """What the store knows beside the article.

    `entry` is `None` for a page that is not stored; `links` pairs links with the ids of what they lead to (`None` = not
    stored); `all_links` lists the links to other news ("more") too, instead of counting them.
    """

    entry: Entry | None = None
    links: Sequence[tuple[Link, int | None]] = ()
    related: Sequence[Match] = ()
    all_links: bool = False


ALONE = Companions()


def article_lines(
    article: Article, companions: Companions = ALONE, *, columns: int = READING_WIDTH, zone: tzinfo = UTC
) -> list[Line]:
    """The whole page: title, standfirst, byline, state, picture, contents, text, links, related articles, address.

    No line is wider than `columns` (0 = lines are not broken); times are shown in `zone`, the reader's.
    """
    links = number_links(article)
    numbers = {link.url: number for number, link in enumerate(links, 1)}
    parts = [
        _words(article.title, "page-title", columns, safe_url(article.url)),
        _words(article.subtitle, "standfirst", columns),
        packed(facts_of(article, companions.entry, zone), columns),
        _state(article, companions.entry, columns),
        picture_lines(article.lead_image, columns) if article.lead_image else [],
        _contents(article, columns),
        block_text(article.blocks, columns, numbers) or _words(article.summary, "", columns),
        _rule(columns),
        _links(links, companions, columns),
        _related(links, companions, columns, zone),
        _address(article, companions.entry, columns),
    ]
    found: list[Line] = []
    for part in parts:
        if part:
            found += [BLANK, *part] if found else part
    return found


def _rule(columns: int) -> list[Line]:
    """What parts the article from what is said about it."""
    return [(Segment("─" * min(_RULE, columns or _RULE), "bar"),)]


def link_lines(article: Article, companions: Companions = ALONE, *, columns: int = READING_WIDTH) -> list[Line]:
    """Every link of the page with its number, title, address and the id of what it leads to."""
    ids = _ids(companions)
    links = number_links(article)
    return [line for number, link in enumerate(links, 1) for line in _link(number, link, ids, len(links), columns)]


def _words(text: str, style: str, columns: int, url: str | None = None) -> list[Line]:
    return wrap_line((Segment(safe(text), style, url),), columns) if text else []


def facts_of(article: Article, entry: Entry | None, zone: tzinfo) -> list[str]:
    """Authors, times in `zone`, source and minutes to read, as far as they are known."""
    published = article.published or (entry.published if entry else None)
    facts = [", ".join(article.authors)]
    if published:
        facts.append(moment(published, zone))
    if article.updated and article.updated != published:
        facts.append(f"updated {moment(article.updated, zone)}")
    facts.append((entry.source_name if entry else None) or article.site_name or host_of(article.url))
    if article.blocks:
        facts.append(f"{reading_minutes(article.word_count)} min")
    return [safe(fact) for fact in facts if fact]


def state_of(article: Article, entry: Entry | None) -> tuple[str, str]:
    """The state and why it is so, in words; two empty strings for a whole text."""
    state = entry.state if entry else article.state
    if state is State.FULL:
        return "", ""
    return state, safe((entry.reason if entry else None) or article.reason)


def _state(article: Article, entry: Entry | None, columns: int) -> list[Line]:
    state, reason = state_of(article, entry)
    line = (Segment(state, "state"), Segment(f" — {reason}", "reason"))
    return wrap_line(line if reason else line[:1], columns) if state else []


def packed(facts: Iterable[str], columns: int) -> list[Line]:
    """Facts in a row, broken between facts as long as each fits a line; they are safe to show."""
    found: list[Line] = []
    held = ""
    for fact in facts:
        longer = f"{held} · {fact}" if held else fact
        if held and 0 < columns < width(longer):
            found += _words(held, "meta", columns)
            longer = fact
        held = longer
    return found + _words(held, "meta", columns)


def _contents(article: Article, columns: int) -> list[Line]:
    """The headings, indented by level, where there are enough of them."""
    toc = [(level, text) for level, text in article.toc if text]
    if len(toc) < CONTENTS_FROM:
        return []
    top = min(level for level, _ in toc)
    found = _title("Contents", columns)
    for level, text in toc:
        found += hang((Segment("  " * (level - top + 1)),), (Segment(safe(text), "contents"),), columns)
    return found


def _title(text: str, columns: int) -> list[Line]:
    return wrap_line((Segment(text, "section"),), columns)


def _ids(companions: Companions) -> dict[str, int]:
    return {link.url: found for link, found in companions.links if found is not None}


def _links(links: Sequence[Link], companions: Companions, columns: int) -> list[Line]:
    """The links of the text by number; those to other news are counted, unless all are asked for."""
    ids = _ids(companions)
    hidden = {LinkKind.RELATED} if companions.all_links else {LinkKind.RELATED, LinkKind.MORE}
    shown = [(number, link) for number, link in enumerate(links, 1) if link.kind not in hidden]
    most = shown[-1][0] if shown else 0
    found = [line for number, link in shown for line in _link(number, link, ids, most, columns)]
    more = 0 if companions.all_links else sum(link.kind is LinkKind.MORE for link in links)
    if more:
        found += _words(f"{more} more links on the page (--links lists them)", "meta", columns)
    return _title("Links", columns) + found if found else []


def _link(number: int, link: Link, ids: dict[str, int], most: int, columns: int) -> list[Line]:
    """A link of the list: "[1] title — address  #12"."""
    url, title = safe(link.url), safe(link.title)
    body = [Segment(title, "link", safe_url(link.url))] if title and title != url else []
    body += [Segment(" — ", "meta")] if body and url else []
    body.append(Segment(url, "address", safe_url(link.url)))
    if (found := ids.get(link.url)) is not None:
        body.append(Segment(f" #{found}", "id"))
    sign = f"[{number}] ".rjust(len(str(most)) + 3)
    return hang((Segment(sign, "number"),), tuple(body), columns)


def _related(links: Sequence[Link], companions: Companions, columns: int, zone: tzinfo) -> list[Line]:
    """What the page lists as related, by number, and what else tells the story, each once and with its reasons."""
    numbers = {link.url or link.title: number for number, link in enumerate(links, 1)}
    ids, matched = _ids(companions), {match.entry.url for match in companions.related}
    found: list[Line] = []
    for match in companions.related:
        found += _match(match, numbers.get(match.entry.url), columns, zone)
    for link in links:
        if link.kind is LinkKind.RELATED and link.url not in matched:
            found += _link(numbers[link.url or link.title], link, ids, len(links), columns)
    return _title("Related", columns) + found if found else []


def _match(match: Match, number: int | None, columns: int, zone: tzinfo) -> list[Line]:
    entry = match.entry
    facts = [entry.source_name or host_of(entry.url), moment(entry.published, zone) if entry.published else ""]
    body = (
        Segment(safe(entry.title or entry.url), "link", safe_url(entry.url)),
        Segment(f" — {safe(' · '.join(fact for fact in facts if fact))}", "meta"),
        Segment(f" #{entry.id}", "id"),
    )
    found = hang((Segment(f"[{number}] " if number else "• ", "number"),), body, columns)
    reasons = (Segment(safe("; ".join(match.reasons)), "meta"),)
    return found + (hang((Segment("    "),), reasons, columns) if match.reasons else [])


def _address(article: Article, entry: Entry | None, columns: int) -> list[Line]:
    number = (Segment(f"#{entry.id} ", "id"),) if entry else ()
    return wrap_line((*number, Segment(safe(article.url), "address", safe_url(article.url))), columns)
