"""RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed: bytes to headlines."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from itertools import islice
from typing import NamedTuple

from newsreader.dates import parse_date, zone_for
from newsreader.discover.htmltext import first_image, summary_text, title_text
from newsreader.discover.jsonfeed import read_json_feed
from newsreader.discover.markup import Element, children, markup_in, name_of, parse_xml, text_in
from newsreader.errors import ParseError
from newsreader.model.news import Headline
from newsreader.text import clean
from newsreader.urls import canonical, host_of, is_address, resolve

_Children = dict[str, list[Element]]

_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}  # minutes
_LONGEST_TTL = 525600
_PUBLISHED = ("pubDate", "published", "issued", "dcterms:issued", "dc:date", "date", "created", "dcterms:created")
_UPDATED = ("updated", "modified", "dcterms:modified", "lastBuildDate")
_AUTHORS = ("author", "dc:creator", "creator", "itunes:author")
_TAGS = ("category", "dc:subject")


class Feed(NamedTuple):
    """What a feed says of itself, and its headlines in the order of the feed.

    `site` is the page that people open, `ttl` how many minutes an answer stays fresh; None: the feed does not say.
    """

    title: str
    site: str | None
    language: str | None
    ttl: int | None
    headlines: tuple[Headline, ...]


class _Context(NamedTuple):
    """What the entries of a feed have from the feed: its address, language, zone of time, and author."""

    url: str
    language: str | None
    zone: tzinfo
    authors: tuple[str, ...]


def read_feed(body: bytes, url: str, content_type: str | None = None, *, most: int | None = None) -> Feed:
    """The feed in a body; `url` is where it came from, `content_type` the value of the HTTP header.

    Entries without an address are left out, and those after the first `most` (`None`: all are read). Raises
    `ParseError` if the body is no feed.
    """
    if body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Feed(*read_json_feed(body, url, most=most))
    root = parse_xml(body, url, content_type)
    name = name_of(root).lower()
    if name in ("atom:feed", "feed"):
        entries = (entry for entry in root if name_of(entry) in ("atom:entry", "entry"))
        return _read(root, url, children(root), islice(entries, most))
    if name in ("rss", "rdf:rdf", "rdf", "channel", "other:rss"):
        channel = root if name == "channel" else next((c for c in root if name_of(c).endswith("channel")), root)
        return _read(root, url, children(channel), islice(root.iter("{*}item"), most))
    raise ParseError(
        f"{url} is {_called(name, body)}, not a feed.",
        hint="Give the address of the feed, or of the site's front page.",
    )


def _called(name: str, body: bytes) -> str:
    """What a document with this root is, in words."""
    if name in ("html", "other:html") or b"<!doctype html" in body[:512].lower():  # a page may leave out <html>
        return "a web page"
    kinds = {"urlset": "a sitemap", "sitemapindex": "a sitemap index"}
    return kinds.get(name, f"XML of another kind (<{name.rpartition(':')[2]}>)")


def _read(root: Element, url: str, channel: _Children, entries: Iterable[Element]) -> Feed:
    channel = _without_prefix(channel) if name_of(root).endswith("feed") else channel
    language = _language(root, channel)
    context = _Context(url, language, zone_for(language, host_of(url)), _authors(channel))
    headlines = (_headline(entry, _without_prefix(children(entry)), context) for entry in entries)
    return Feed(
        title=_title(channel),
        site=_link(channel, url),
        language=language,
        ttl=_ttl(channel),
        headlines=tuple(headline for headline in headlines if headline),
    )


def _without_prefix(found: _Children) -> _Children:
    """Atom's elements by their plain names, behind the plain ones if a feed has both."""
    for name in [name for name in found if name.startswith("atom:")]:
        found.setdefault(name[5:], []).extend(found[name])
    return found


def _headline(entry: Element, found: _Children, context: _Context) -> Headline | None:
    url = _link(found, context.url) or _link_in_guid(found) or _about(entry, context.url)
    if url is None:
        return None
    content = _markup(found, "content:encoded", "content", "encoded", "xhtml:body")
    description = _markup(found, "description", "summary", "dc:description", "media:description", "itunes:summary")
    summary = summary_text(description or content)
    return Headline(
        url=canonical(url),
        title=_title(found) or summary[:100],
        summary=summary,
        published=_date(found, _PUBLISHED, context),
        updated=_date(found, _UPDATED, context),
        authors=_authors(found) or context.authors,
        tags=_tags(found),
        image=_image(found, entry, content or description, context.url),
        language=_own_language(entry, found) or context.language,
        html=content or description,
        feed_id=next((clean(text_in(element)) for name in ("guid", "id") for element in found.get(name, ())), None)
        or None,
    )


# --- addresses


def _link(found: _Children, url: str) -> str | None:
    """The address of the page: a link with text (RSS), else the alternate of the links with `href` (Atom)."""
    best: str | None = None
    for link in found.get("link", ()):
        href = link.get("href")
        if href is None:
            if target := _absolute(text_in(link), link, url):
                return target
        elif link.get("rel", "alternate") == "alternate":
            target = _absolute(href, link, url)
            if "html" in link.get("type", "html"):
                return target
            best = best or target
    return best


def _absolute(href: str, element: Element, url: str) -> str | None:
    """An address against the nearest xml:base (XML Base, RFC 4287), else the address of the feed."""
    href = href.strip()
    if href.startswith(("http://", "https://")):
        return resolve(href, url)
    return resolve(href, element.base or url)


def _link_in_guid(found: _Children) -> str | None:
    """A guid or id that is an address: RSS 2.0 says that it is the page unless `isPermaLink` says no."""
    for name in ("guid", "id"):
        for element in found.get(name, ()):
            text = text_in(element).strip()
            if element.get("isPermaLink", "true").lower() != "false" and is_address(text):
                return text
    return None


def _about(entry: Element, url: str) -> str | None:
    about = entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return _absolute(about, entry, url) if about else None


# --- text


def _title(found: _Children) -> str:
    for element in (*found.get("title", ()), *found.get("media:title", ())):
        if text := title_text(text_in(element), is_html="html" in element.get("type", "")):
            return text
    return ""


def _markup(found: _Children, *names: str) -> str:
    """The HTML of the first of these elements that has any; inline XHTML is written out."""
    for name in names:
        for element in found.get(name, ()):
            text = markup_in(element)
            if text.strip():
                return text.strip()
    return ""


def _date(found: _Children, names: Iterable[str], context: _Context) -> datetime | None:
    for name in names:
        for element in found.get(name, ()):
            if at := parse_date(text_in(element), zone=context.zone):
                return at
    return None


def _authors(found: _Children) -> tuple[str, ...]:
    names = [_person(element) for name in _AUTHORS for element in found.get(name, ())]
    return tuple(dict.fromkeys(name for name in names if name))


def _person(element: Element) -> str:
    """The name of a person: Atom's `name`, or RSS's "address (name)"; an address alone is no name."""
    inner = next((child for child in element if name_of(child) in ("atom:name", "name")), None)
    text = clean(text_in(element if inner is None else inner))
    if "@" in text:
        text = text.partition("(")[2].rstrip(") ") if "(" in text else ""
    return text


def _tags(found: _Children) -> tuple[str, ...]:
    elements = (element for name in _TAGS for element in found.get(name, ()))
    tags = [clean(element.get("label") or element.get("term") or text_in(element)) for element in elements]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


# --- the picture


def _image(found: _Children, entry: Element, markup: str, url: str) -> str | None:
    """The picture that an entry names, else the first one in its text."""
    if any(name.startswith("media:") for name in found):
        media = [element for element in entry.iter() if name_of(element) in ("media:content", "media:thumbnail")]
    else:
        media = []
    for element in (*media, *found.get("enclosure", ()), *found.get("link", ()), *found.get("itunes:image", ())):
        if (href := _picture(element)) and (target := _absolute(href, element, url)):
            return target
    source = first_image(markup)
    return _absolute(source, entry, url) if source else None


def _picture(element: Element) -> str | None:
    """The address in an element that is a picture, None if it is something else."""
    name = name_of(element)
    if name in ("media:thumbnail", "itunes:image"):
        return str(element.get("url") or element.get("href") or "")
    if name.endswith("link") and element.get("rel") != "enclosure":
        return None
    href: str = element.get("url") or element.get("href") or ""
    kind = element.get("medium") or element.get("type") or ""
    named = href.partition("?")[0].lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))
    return href if href and (kind.startswith("image") or (not kind and named)) else None


# --- what the feed says of itself


def _language(root: Element, channel: _Children) -> str | None:
    for name in ("language", "dc:language"):
        for element in channel.get(name, ()):
            if text := clean(text_in(element)).replace("_", "-"):
                return text
    return _xml_language(root)


def _own_language(entry: Element, found: _Children) -> str | None:
    return (
        _xml_language(entry)
        or next((clean(text_in(element)) for element in found.get("dc:language", ())), None)
        or None
    )


def _xml_language(element: Element) -> str | None:
    return clean(element.get("{http://www.w3.org/XML/1998/namespace}lang") or "") or None


def _ttl(channel: _Children) -> int | None:
    """RSS's ttl, or the syndication module's period divided by its frequency."""
    minutes = _number(channel, "ttl")
    if minutes is None and (period := channel.get("sy:updatePeriod")):
        minutes = _PERIODS.get(text_in(period[0]).strip().lower())
        minutes = minutes and minutes // max(_number(channel, "sy:updateFrequency") or 1, 1)
    return min(minutes, _LONGEST_TTL) if minutes else None


def _number(channel: _Children, name: str) -> int | None:
    text = next((text_in(element).strip() for element in channel.get(name, ())), "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 -- no such ttl
