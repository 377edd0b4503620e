"""What a page says about its article, by order of trust.

JSON-LD, then OpenGraph and `article:*`, then other `meta` names (Dublin Core, Parsely, citation …), then microdata
and `time[datetime]`, then what the reader sees. The headline on the page comes before all of them (see `titles`).
"""

import re
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newsreader.dates import zone_for
from newsreader.extract.addresses import media_address
from newsreader.extract.bylines import other_authors, shown_authors, signed_authors, unlabelled_authors
from newsreader.extract.jsonld import first_text, is_news, texts
from newsreader.extract.parts import find_next_part
from newsreader.extract.people import declared_authors, is_of_site, is_person, site_names, split_names, tidy
from newsreader.extract.pieces import Outline
from newsreader.extract.published import published, updated
from newsreader.extract.sources import Sources, read_sources
from newsreader.extract.titles import Declared, Headline, find_headline
from newsreader.extract.words import words
from newsreader.text import clean, script_language
from newsreader.urls import canonical, host_of, resolve, same_site

_AUTHOR = words("""
    author article:author article:author_name parsely-author sailthru.author dc.creator dcterms.creator byl
    og:article:author cxenseparse:author citation_author dc.author article_author articleauthor twitter:data1
""")
_LONG_TITLE = 300
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


def read_metadata(outline: Outline, url: str) -> Metadata:
    """Everything that a page says about its article."""
    sources = read_sources(outline, url)
    site = _site_name(sources)
    headline = find_headline(outline, _titles(sources), site)
    language = _language(sources)
    zone = zone_for(language, host_of(url))
    since = published(sources, headline.piece, zone)
    return Metadata(
        url=_canonical(sources),
        title=headline.text[:_LONG_TITLE],
        headline=headline.piece,
        published=since,
        updated=updated(sources, zone, since),
        authors=tuple(_authors(sources, headline, site)),
        language=language,
        site_name=site,
        section=_section(sources),
        tags=tuple(_tags(sources)),
        summary=_summary(sources),
        image=_image(sources),
        article=sources.article,
        og_type=sources.meta("og:type").lower(),
        next_page=find_next_part(outline, url),
    )


def _titles(sources: Sources) -> Declared:
    """Titles that the page declares."""
    headline = clean(first_text(sources.article.get("headline")))
    named = sources.meta("headline", "citation_title", "dc.title", "dcterms.title")
    titles = (sources.meta("og:title"), headline, named, sources.meta("twitter:title", "title"), sources.outline.title)
    return Declared(titles, (headline if is_news(sources.article) else "") or named)


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
    texts = [piece for piece in outline.pieces if piece.size > _SAMPLE and piece.link_size == 0]
    longest = sorted(texts, key=lambda piece: piece.size, reverse=True)[:_SAMPLES]
    sample = " ".join(piece.text[:_SAMPLE] for piece in longest) or outline.title
    return None if sample.isascii() else script_language(sample)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def _authors(sources: Sources, headline: Headline, site: str | None) -> list[str]:
    """The authors as names, by order of trust; the site itself only where nobody is named.

    Persons that the page shows are preferred to what it declares, if that is a handle ("adaq"), the site, or somebody
    whom no reader sees.
    """
    host = host_of(sources.url).removeprefix("www.")
    sites = site_names(site, host, first_text(sources.article.get("publisher")))
    declared, is_site = _declared_authors(sources, host, sites)
    if not is_site and any(name.isupper() or not name.isascii() or is_person(name) for name in declared):
        return other_authors(sources, headline.piece, declared, sites) or declared
    shown = shown_authors(sources, headline.piece, sites)
    if declared:  # a sign or the word of a desk says no more than the name of the site
        shown = [name for name in shown if is_person(name) and not is_of_site(name, sites)]
    return (
        shown
        or signed_authors(sources, headline.piece, sites)
        or declared
        or unlabelled_authors(sources, headline.piece, sites)
    )


def _declared_authors(sources: Sources, host: str, sites: frozenset[str]) -> tuple[list[str], bool]:
    """The authors in JSON-LD or else in `meta` elements, and whether they name no other than the site itself."""
    nodes = sources.graph.nodes
    linked = [value for value in (_fullest(sources), sources.article.get("creator")) if value]
    named = [[value for value in sources.values(name) if "://" not in value] for name in _AUTHOR]
    for value in linked:
        if found := declared_authors(value, nodes, sites):
            return found, False
    for values in named:
        parts = [part for value in values if not (host and host in value) for part in split_names(value, sites)]
        if found := tidy(parts, sites):
            return found, False
    own = [declared_authors(value, nodes, frozenset()) for value in linked]
    return next(filter(None, (*own, *(tidy(values, frozenset()) for values in named))), []), True


def _fullest(sources: Sources) -> Any:
    """The `author` of the article; of another object for the same headline, if that names more."""
    article = sources.article
    same = [one.get("author") for one in sources.graph.articles if one.get("headline") == article.get("headline")]
    longest = max((value for value in same if isinstance(value, list)), key=len, default=[])
    return longest if len(longest) > 1 else article.get("author")


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
        else [clean(text) for text in declared[: 2 * _MAX_TAGS]]
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
