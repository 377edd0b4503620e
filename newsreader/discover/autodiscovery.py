"""What a page tells about its site: its feeds, its name, its language."""

import re
from functools import cache
from typing import NamedTuple

from newsreader import dom
from newsreader.discover.addresses import LONGEST
from newsreader.dom import Node, Tree, attr, text_of
from newsreader.model.news import SourceKind
from newsreader.text import clean, script_language
from newsreader.urls import canonical, host_of, resolve, same_site

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_XML_TYPES = ("application/xml", "text/xml", "application/json", "application/x-rss+xml")
_FEED_SCHEME = "feed:"
_MOST = 50  # feeds that are worth trying
_ROOT = 2  # slashes in the address of a site
_AT_ONCE = 10  # seconds; a page that waits longer renews itself


class Found(NamedTuple):
    """The address of a feed or sitemap that a page names, and the name it gives it ("" for none)."""

    url: str
    title: str
    kind: SourceKind


def find_feeds(body: bytes, url: str, content_type: str | None = None) -> list[Found]:
    """The feeds and sitemaps that a page links to, best first: declared ones, then anchors.

    Those of the page's own folder (of a section, of a language) come before others; those for other languages, of
    comments, of sound and pictures, of single authors and subjects come last. What is found was not fetched: an anchor
    may turn out to be no feed.
    """
    tree = dom.parse(body, content_type)
    base = base_of(tree, url)
    declared = [found for node in tree.css("link[rel][href]") if (found := _declared(node, base))]
    linked = [found for node in tree.css("a[href]") if (found := _linked(node, base))]
    page = _Page(folder_of(url), language_of(tree) or "")
    ranked = [found for found, _ in sorted((*declared, *linked), key=lambda pair: _rank(pair[0], pair[1], page))]
    unique = {canonical(found.url): found for found in reversed(ranked)}
    return [found for found in ranked if unique[canonical(found.url)] is found][:_MOST]


def differ(one: str, other: str) -> bool:
    """Whether two tags (BCP 47) are of two languages, not of two regions of one."""
    return one.lower().partition("-")[0] != other.lower().partition("-")[0]


def folder_of(url: str) -> str:
    """The address of a page as the folder of others, "" for the root of a site."""
    found = canonical(url).partition("?")[0].rstrip("/")
    return f"{found}/" if found.count("/") > _ROOT else ""


def forwards_to(body: bytes, url: str, content_type: str | None = None) -> str | None:
    """Where a page sends its readers on within seconds (`meta http-equiv=refresh`), None if it stays."""
    tree = dom.parse(body, content_type)
    node = tree.css_first('meta[http-equiv="refresh" i]')
    found = _refresh().match(attr(node, "content")) if node is not None else None
    if found is None or int(found[1]) > _AT_ONCE:
        return None
    target = resolve(found[2].strip(" \"'"), base_of(tree, url))
    return target if target and canonical(target) != canonical(url) else None


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


class _Page(NamedTuple):
    """The page whose feeds are ranked: its own address as a folder ("" for the root), and its language."""

    folder: str
    language: str


def _declared(node: Node, base: str) -> tuple[Found, str] | None:
    """A feed or sitemap that a page declares, and the language for which it does ("" for none)."""
    rels = attr(node, "rel").lower().split()
    target = _target(node, base)
    if target is None:
        return None
    title, language = clean(attr(node, "title")), clean(attr(node, "hreflang"))
    if "sitemap" in rels:
        return Found(target, title, SourceKind.SITEMAP), language
    if _has_feed_type(node, f"{target} {title}") and not {"alternate", "feed"}.isdisjoint(rels):
        return Found(target, title, SourceKind.FEED), language
    return None


def _linked(node: Node, base: str) -> tuple[Found, str] | None:
    """An anchor to a feed or sitemap by its type or address, on the page's own site or at a host of feeds."""
    target = _target(node, base)
    if target is None:
        return None
    if not _has_feed_type(node, target):
        if not _looks_like_feed().search(target):
            return None
        if not same_site(target, base) and not host_of(target).startswith(("feeds.", "feed.", "rss.")):
            return None
    kind = SourceKind.SITEMAP if "sitemap" in target.lower() else SourceKind.FEED
    return Found(target, text_of(node) or clean(attr(node, "title")), kind), clean(attr(node, "hreflang"))


def _target(node: Node, base: str) -> str | None:
    """Where a link leads; one that is too long leads nowhere."""
    href = attr(node, "href")
    if len(href) > LONGEST:
        return None
    return resolve(href.strip()[len(_FEED_SCHEME) :] if _has_feed_scheme(node) else href, base)


def _has_feed_scheme(node: Node) -> bool:
    """Whether a link is one of those that browsers once opened their readers with: feed://example.org/news."""
    return attr(node, "href").strip().lower().startswith(_FEED_SCHEME)


def _has_feed_type(node: Node, told: str) -> bool:
    """Whether a link says that it leads to a feed: by its type, its scheme, or a type of data and a name."""
    kind = attr(node, "type").lower().partition(";")[0].strip()
    return (
        kind in _FEED_TYPES or _has_feed_scheme(node) or (kind in _XML_TYPES and _names_feed().search(told) is not None)
    )


def _rank(found: Found, language: str, page: _Page) -> tuple[bool, ...]:
    """What puts a feed behind others, the worst first."""
    told = f"{found.url} {found.title}".lower()
    own = bool(page.folder) and canonical(found.url).startswith(page.folder)
    return (
        found.kind is not SourceKind.FEED,
        _comments().search(told) is not None,
        bool(language and page.language) and differ(language, page.language),
        bool(page.folder) and not own,
        not own and _partial().search(told) is not None,
    )


@cache
def _names_feed() -> re.Pattern[str]:
    return re.compile(r"feed|rss|atom|rdf|\.xml(?:\?|$)", re.IGNORECASE)


@cache
def _partial() -> re.Pattern[str]:
    """Feeds of sound and pictures, and of a part of the news."""
    return re.compile(r"podcast|audio|video|episode|/(?:author|tag|tags|category|categories|topics?|search|user)/")


@cache
def _refresh() -> re.Pattern[str]:
    return re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*url\s*=\s*(\S.*)", re.IGNORECASE)


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
