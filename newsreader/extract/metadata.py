"""What a page says about its article, by order of trust.

JSON-LD, then OpenGraph and `article:*`, then other `meta` names (Dublin Core, Parsely, citation …), then microdata
and `time[datetime]`, then what the reader sees. The headline on the page comes before all of them (see `titles`).
"""

import re
from datetime import datetime, tzinfo
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newsreader.dates import Day, parse_date, zone_for
from newsreader.extract.addresses import media_address
from newsreader.extract.jsonld import Graph, first_text, read_graph, texts
from newsreader.extract.people import declared_authors, shown_authors, site_names, split_names, tidy
from newsreader.extract.pieces import Outline, PieceKind, text_inside
from newsreader.extract.titles import Headline, find_headline
from newsreader.extract.words import words
from newsreader.text import clean, script_language
from newsreader.urls import canonical, host_of, resolve, same_site

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
_AUTHOR = words("""
    author article:author article:author_name parsely-author sailthru.author dc.creator dcterms.creator byl
    og:article:author cxenseparse:author citation_author dc.author article_author twitter:data1
""")
_LONG_TITLE = 300
_DATE_SIZE = 110
_TAG_SIZE = 60
_MAX_TAGS = 30
_TEASER = 600
_SAMPLES = 4
_SAMPLE = 150  # characters of a text that tell its script
_LATIN = ("en", "de", "fr", "es", "pt", "it", "nl")  # templates are left in these, whatever the language of the text


class Metadata(NamedTuple):
    """What is known of an article beside its text; `headline` is the piece that shows the headline, -1 if none does."""

    url: str
    title: str
    headline: int
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    language: str | None
    site_name: str | None
    section: str | None
    tags: tuple[str, ...]
    summary: str
    image: str | None
    article: dict[str, Any]
    og_type: str
    next_page: str | None


class Sources(NamedTuple):
    """The machine-readable places of a page."""

    outline: Outline
    url: str
    graph: Graph
    metas: dict[str, list[str]]

    @property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object of the article, {} if there is none."""
        return self.graph.article

    def meta(self, *names: str) -> str:
        """The first value of the first name that has one."""
        return next((value for name in names for value in self.metas.get(name, ())), "")


def read_sources(outline: Outline, url: str) -> Sources:
    """Collect what the page declares."""
    metas: dict[str, list[str]] = {}
    for attrs in outline.metas:
        name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or ""
        value = clean(attrs.get("content") or "")
        if name and value:
            metas.setdefault(name.strip().lower(), []).append(value)
    return Sources(outline, url, read_graph(outline.scripts), metas)


def read_metadata(outline: Outline, url: str) -> Metadata:
    """Everything that a page says about its article."""
    sources = read_sources(outline, url)
    site = _site_name(sources)
    headline = find_headline(outline, _titles(sources), site)
    language = _language(sources)
    zone = zone_for(language, host_of(url))
    published = _published(sources, headline, zone)
    return Metadata(
        url=_canonical(sources),
        title=headline.text[:_LONG_TITLE],
        headline=headline.piece,
        published=published,
        updated=_updated(sources, zone, published),
        authors=tuple(_authors(sources, headline, site)),
        language=language,
        site_name=site,
        section=_section(sources),
        tags=tuple(_tags(sources)),
        summary=_summary(sources),
        image=_image(sources),
        article=sources.article,
        og_type=sources.meta("og:type").lower(),
        next_page=_next_page(sources),
    )


def _titles(sources: Sources) -> list[str]:
    """Titles that the page declares, most trusted first."""
    return [
        sources.meta("og:title"),
        first_text(sources.article.get("headline")),
        sources.meta("twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title"),
        sources.outline.title,
    ]


def _site_name(sources: Sources) -> str | None:
    publisher = sources.article.get("publisher")
    name = sources.meta("og:site_name", "application-name") or first_text(publisher)
    return clean(name) or None


def _language(sources: Sources) -> str | None:
    """The language as a BCP 47 tag: what the text's script says, if the declaration contradicts it."""
    declared = (
        sources.outline.root.get("lang")
        or sources.outline.root.get("xml:lang")
        or sources.meta("og:locale", "content-language", "dc.language", "language")
        or first_text(sources.article.get("inLanguage"))
    )
    tag = declared.strip().replace("_", "-").split(",")[0][:20]
    declared = tag if _tag().fullmatch(tag) else ""
    script = _script_of(sources.outline)
    if script is None:
        return declared or None
    return declared if declared and declared[:2].lower() not in _LATIN else script


def _script_of(outline: Outline) -> str | None:
    """The language that the script of the longest texts tells, `None` for Latin."""
    long = sorted((piece.text for piece in outline.pieces if piece.size > _SAMPLE and piece.link_size == 0), key=len)
    sample = " ".join(text[:_SAMPLE] for text in long[-_SAMPLES:]) or outline.title
    return None if sample.isascii() else script_language(sample)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def _published(sources: Sources, headline: Headline, zone: tzinfo) -> datetime | None:
    """When the article was published, by order of trust; a day alone gives way to the same day with an hour."""
    candidates = [
        first_text(sources.article.get("datePublished")),
        *(value for name in _PUBLISHED for value in sources.metas.get(name, ())),
        first_text(sources.article.get("dateCreated")),
    ]
    declared = _first_date(candidates, zone)
    if declared is not None and not isinstance(declared, Day):
        return declared
    shown = _shown_date(sources.outline, headline, zone)
    if declared is None:
        return shown or _address_date(sources.url, zone)
    return shown if shown is not None and shown.date() == declared.date() else declared


def _first_date(candidates: list[str], zone: tzinfo) -> datetime | None:
    """The first text that is a date; one with an hour on the same day is preferred."""
    dates = [found for text in candidates if text and (found := parse_date(text[:100], zone=zone)) is not None]
    if not dates:
        return None
    first = dates[0]
    return (
        next((at for at in dates if not isinstance(at, Day) and at.date() == first.date()), first)
        if isinstance(first, Day)
        else first
    )


def _updated(sources: Sources, zone: tzinfo, published: datetime | None) -> datetime | None:
    """When it was changed last; `None` if the page does not say, or says the time of publication."""
    found = _first_date(
        [
            first_text(sources.article.get("dateModified")),
            *(value for name in _UPDATED for value in sources.metas.get(name, ())),
            *(
                element.get("content") or element.get("datetime")
                for element in sources.outline.marked
                if element.get("itemprop").lower() == "datemodified"
            ),
        ],
        zone,
    )
    return None if found is not None and published is not None and found <= published else found


def _shown_date(outline: Outline, headline: Headline, zone: tzinfo) -> datetime | None:
    """The date that the page shows: microdata, `time[datetime]` near the headline, then short texts around it."""
    for element in outline.marked:
        if element.get("itemprop").lower() in ("datepublished", "datecreated"):
            value = element.get("content") or element.get("datetime") or text_inside(outline, element)
            if found := parse_date(value[:100], zone=zone):
                return found
    start = max(headline.piece, 0)
    times = [
        element
        for element in outline.marked
        if element.get("datetime") and element.tag in ("time", "span", "abbr", "p")
    ]
    near = sorted(
        (element for element in times if element.last >= start - 12), key=lambda element: abs(element.first - start)
    )
    for element in near[:8]:
        if found := parse_date(element.get("datetime")[:100], zone=zone) or parse_date(
            text_inside(outline, element)[:100], zone=zone
        ):
            return found
    return _visible_date(outline, start, zone)


def _visible_date(outline: Outline, start: int, zone: tzinfo) -> datetime | None:
    """A date in a short text after the headline, else just before it; one with an hour is preferred."""
    day: datetime | None = None
    around = [*outline.pieces[start + 1 : start + 14], *reversed(outline.pieces[max(start - 8, 0) : start])]
    for piece in around:
        if (
            piece.kind is not PieceKind.TEXT
            or piece.size > _DATE_SIZE
            or not any(char.isdigit() for char in piece.text)
        ):
            continue
        found = parse_date(piece.text, zone=zone)
        if found is not None and not isinstance(found, Day):
            return found
        day = day or found
    return day


def _address_date(url: str, zone: tzinfo) -> datetime | None:
    """The day that an address names, such as /2025/08/01/."""
    match = _in_address().search(urlsplit(url).path)
    return parse_date("-".join(match.groups()), zone=zone) if match else None


@cache
def _in_address() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")


def _authors(sources: Sources, headline: Headline, site: str | None) -> list[str]:
    """The authors as names, by order of trust."""
    article = sources.article
    sites = site_names(site, host_of(sources.url), first_text(article.get("publisher")))
    nodes = sources.graph.nodes
    declared = [value for value in (article.get("author"), article.get("creator")) if value]
    named = [value for name in _AUTHOR for value in sources.metas.get(name, ()) if "://" not in value]
    start = max(headline.piece - 12, 0)
    for names in (sites, frozenset[str]()):  # the site itself is named last
        for value in declared:
            if found := declared_authors(value, nodes, names):
                return found
        for value in named:
            if found := tidy(split_names(value), names):
                return found
        if found := shown_authors(sources.outline, start, start + 40, sites):
            return found
    return []


def _section(sources: Sources) -> str | None:
    text = first_text(sources.article.get("articleSection")) or sources.meta(
        "article:section", "section", "parsely-section", "cxenseparse:section"
    )
    return clean(text)[:80] or None


def _tags(sources: Sources) -> list[str]:
    """Keywords that the page declares, the same once."""
    declared = (
        texts(sources.article.get("keywords"))
        or sources.metas.get("article:tag")
        or sources.metas.get("news_keywords")
        or sources.metas.get("keywords")
        or []
    )
    found = (
        [clean(word) for text in declared for word in re.split(r"[,;、，]", text)]
        if len(declared) == 1
        else [clean(text) for text in declared]
    )
    return [word for word in dict.fromkeys(found) if word and len(word) < _TAG_SIZE][:_MAX_TAGS]


def _summary(sources: Sources) -> str:
    text = sources.meta("og:description", "description", "twitter:description", "dc.description") or first_text(
        sources.article.get("description")
    )
    return clean(text)[:_TEASER]


def _image(sources: Sources) -> str | None:
    image = sources.article.get("image")
    first = image[0] if isinstance(image, list) and image else image
    declared = first.get("url") or first.get("contentUrl") if isinstance(first, dict) else first
    value = sources.meta("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src") or (
        declared if isinstance(declared, str) else ""
    )
    return media_address(value, sources.url) if value else None


def _next_page(sources: Sources) -> str | None:
    """The address of the next part of the article (rel=next), if it is a part of this address."""
    own = urlsplit(sources.url)
    for attrs in sources.outline.links:
        found = resolve(attrs.get("href") or "", sources.url) if (attrs.get("rel") or "").lower() == "next" else None
        if found and same_site(found, sources.url) and urlsplit(found).path.startswith(own.path.rstrip("/") or "\0"):
            return canonical(found)
    return None


def _canonical(sources: Sources) -> str:
    """The address that the page gives itself, if it is on the same site and no front page; else where it was found."""
    links = [
        attrs.get("href") or ""
        for attrs in sources.outline.links
        if "canonical" in (attrs.get("rel") or "").lower().split()
    ]
    for href in (*links, sources.meta("og:url")):
        found = resolve(href, sources.url) if href else None
        if (
            found
            and same_site(found, sources.url)
            and (urlsplit(found).path.strip("/") or not urlsplit(sources.url).path.strip("/"))
        ):
            return canonical(found)
    return canonical(sources.url)
