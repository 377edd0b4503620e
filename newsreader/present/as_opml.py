"""Sources as OPML 2.0, which other readers take."""

from collections.abc import Iterable
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from newsreader.model.news import OPML_NAMESPACE, Source, SourceKind
from newsreader.present.lines import safe
from newsreader.text import clean

_Folders: TypeAlias = dict[tuple[str, ...], Element]


def opml(sources: Iterable[Source]) -> str:
    """An OPML document with a folder for each first tag; all tags stand in `category`.

    A tag that `category` cannot hold, as it has a comma, is a folder as well.
    """
    register_namespace("newsreader", OPML_NAMESPACE)
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Subscriptions of newsreader"
    folders: _Folders = {(): SubElement(root, "body")}
    for source in sources:
        tags = tuple(clean(tag) for tag in source.tags)
        folder = _folder(folders, tags[:1] if all(map(_fits_category, tags)) else tags)
        SubElement(folder, "outline", _attributes(source, tags))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}'


def _folder(folders: _Folders, path: tuple[str, ...]) -> Element:
    """The folder of that path, made if it is missing."""
    for depth in range(1, len(path) + 1):
        if path[:depth] not in folders:
            name = path[depth - 1]
            folders[path[:depth]] = SubElement(folders[path[: depth - 1]], "outline", text=name, title=name)
    return folders[path]


def _attributes(source: Source, tags: tuple[str, ...]) -> dict[str, str]:
    # A front page and a news sitemap are no feeds, so they have no `type="rss"`; the `kind` of our namespace tells
    # newsreader what they are (`newsreader.discover.opml` reads it), and other readers pass over it.
    name = clean(source.name)
    found = {
        "type": "rss" if source.kind is SourceKind.FEED else "",
        "text": name,
        "title": name,
        "xmlUrl": safe(source.url),
        "htmlUrl": safe(source.site or ""),
        "language": clean(source.language or ""),
        "category": ",".join(filter(_fits_category, tags)),
        f"{{{OPML_NAMESPACE}}}kind": "" if source.kind is SourceKind.FEED else source.kind,
    }
    return {attribute: text for attribute, text in found.items() if text}


def _fits_category(tag: str) -> bool:
    """Whether a tag comes back from a list with commas, whose parts may begin with a slash (RSS 2.0, category)."""
    return "," not in tag and tag == tag.strip("/")
