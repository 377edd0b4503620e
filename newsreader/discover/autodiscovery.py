"""What a page tells about its site: its feeds, its name, its language."""

import re
from functools import cache
from typing import NamedTuple

from newsreader import dom
from newsreader.dom import Node, Tree, attr, text_of
from newsreader.model.news import SourceKind
from newsreader.text import clean, script_language
from newsreader.urls import canonical, host_of, resolve, same_site

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_XML_TYPES = ("application/xml", "text/xml", "application/json", "application/x-rss+xml")
_MOST = 50  # feeds that are worth trying


class Found(NamedTuple):
    """The address of a feed or sitemap that a page names, and the name it gives it ("" for none)."""

    url: str
    title: str
    kind: SourceKind


def find_feeds(body: bytes, url: str, content_type: str | None = None) -> list[Found]:
    """The feeds and sitemaps that a page links to, best first: declared ones, then anchors; feeds of comments last.

    What is found was not fetched: an anchor may turn out to be no feed.
    """
    tree = dom.parse(body, content_type)
    base = base_of(tree, url)
    declared = [found for node in tree.css("link[rel][href]") if (found := _declared(node, base))]
    linked = [found for node in tree.css("a[href]") if (found := _linked(node, base))]
    ranked = sorted((*declared, *linked), key=lambda found: (found.kind is not SourceKind.FEED, _is_comments(found)))
    unique = {canonical(found.url): found for found in reversed(ranked)}
    return [found for found in ranked if unique[canonical(found.url)] is found][:_MOST]


def site_title(body: bytes, url: str, content_type: str | None = None) -> str:
    """The name of a site: as the page declares it, else the part of its title before a separator, else the host."""
    tree = dom.parse(body, content_type)
    for query in (
        'meta[property="og:site_name"]',
        'meta[name="application-name"]',
        'meta[name="apple-mobile-web-app-title"]',
    ):
        node = tree.css_first(query)
        if node is not None and (name := clean(attr(node, "content"))):
            return name
    node = tree.css_first("head title") or tree.css_first("title")
    title = text_of(node) if node is not None else ""
    parts = [part.strip() for part in _separator().split(title) if part.strip()]
    return parts[0] if parts else host_of(url)


def page_language(body: bytes, content_type: str | None = None) -> str | None:
    """The language (BCP 47) that a page declares, else the one that its script tells; None if nothing does."""
    return language_of(dom.parse(body, content_type))


def language_of(tree: Tree) -> str | None:
    """The language (BCP 47) of a page, as `page_language` finds it."""
    queries = (("html", "lang"), ("html", "xml:lang"), ('meta[http-equiv="content-language" i]', "content"))
    for query, name in (*queries, ('meta[property="og:locale"]', "content")):
        node = tree.css_first(query)
        value = clean(attr(node, name)).replace("_", "-").partition(",")[0] if node is not None else ""
        if _tag().fullmatch(value):
            return value
    return script_language(text_of(tree.body)) if tree.body is not None else None


def base_of(tree: Tree, url: str) -> str:
    """The address against which the links of a page are resolved (`base href`)."""
    node = tree.css_first("base[href]")
    return (resolve(attr(node, "href"), url) if node is not None else None) or url


def _declared(node: Node, base: str) -> Found | None:
    rels = attr(node, "rel").lower().split()
    target = resolve(attr(node, "href"), base)
    if target is None:
        return None
    if "sitemap" in rels:
        return Found(target, clean(attr(node, "title")), SourceKind.SITEMAP)
    kind = attr(node, "type").lower().partition(";")[0].strip()
    is_feed = kind in _FEED_TYPES or (kind in _XML_TYPES and _looks_like_feed().search(target) is not None)
    if is_feed and not {"alternate", "feed"}.isdisjoint(rels):
        return Found(target, clean(attr(node, "title")), SourceKind.FEED)
    return None


def _linked(node: Node, base: str) -> Found | None:
    """An anchor whose address looks like a feed's, on the page's own site or at a host of feeds."""
    target = resolve(attr(node, "href"), base)
    if target is None or not _looks_like_feed().search(target):
        return None
    if not same_site(target, base) and not host_of(target).startswith(("feeds.", "feed.", "rss.")):
        return None
    return Found(target, text_of(node) or clean(attr(node, "title")), SourceKind.FEED)


def _is_comments(found: Found) -> bool:
    return _comments().search(f"{found.url} {found.title}".lower()) is not None


@cache
def _looks_like_feed() -> re.Pattern[str]:
    return re.compile(
        r"^https?://[^?#]*(?:\.(?:rss|rdf|atom)|/(?:feed|feeds|rss|atom|rdf|feed\.json|index\.xml)/?"
        r"|/[^/?#]*(?:rss|feed|atom|rdf)[^/?#]*\.(?:xml|php|json|aspx?)|\.xml)(?:[?#]|$)"
        r"|^https?://(?:feeds?|rss)\.[^/]+/[^/]|[?&](?:feed=(?:rss2?|atom|rdf)|format=(?:rss|feed|atom)|type=rss)\b",
        re.IGNORECASE,
    )


@cache
def _comments() -> re.Pattern[str]:
    return re.compile(r"comment|kommentar|comentario|comentário|commenti|reacties|コメント|评论|評論|留言|комментари")


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(r"\s[|\-–—:·•»]\s|\s*[｜|]\s*")


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
