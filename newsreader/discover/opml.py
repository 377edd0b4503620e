"""OPML 1.0 to 2.0, as feed readers write it: bytes to subscriptions."""

from collections.abc import Iterator

from newsreader.discover.markup import Element, name_of, parse_xml
from newsreader.errors import ParseError
from newsreader.model.news import OPML_NAMESPACE, Source, SourceKind
from newsreader.text import clean

MOST_FOLDERS = 20  # within each other that become tags; what is deeper has the tags of these

# OPML has no word for what is no feed, and lets others add their own in a namespace (OPML 2.0, "Extending OPML").
# `newsreader.present.as_opml` writes `kind` in ours; without it a subscription is a feed.
_KIND = f"{{{OPML_NAMESPACE}}}kind"
_KNOWN = {"text", "title", "type", "xmlurl", "url", "htmlurl", "language", "category", _KIND}

_Attributes = dict[str, str]


def read_opml(body: bytes, name: str) -> Iterator[Source]:
    """The subscriptions of an OPML document in its order, addresses as they are written, "" where a name is missing.

    Folders become tags, the outermost first, then come those of `category`. `name` is what to call the document.
    Raises `ParseError` if it is no OPML.
    """
    root = parse_xml(body, name)
    if _local(root) != "opml":
        raise ParseError(
            f"{name} is XML, but no OPML (<{_local(root)}>)", hint="To subscribe to one feed: newsreader add ADDRESS"
        )
    return _subscriptions(root)


def _subscriptions(root: Element) -> Iterator[Source]:
    """Every outline with an address, with the folders that it is in."""
    waiting: list[tuple[Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, folders = waiting.pop()
        if _local(element) == "outline":
            attributes = _attributes(element)
            if url := _address(attributes):
                yield _source(url, attributes, folders)
            elif (folder := _text(attributes)) and len(folders) < MOST_FOLDERS:
                folders = (*folders, folder)
        waiting += [(child, folders) for child in reversed(element)]


def _local(element: Element) -> str:
    """The name of an element in lower case and without its namespace, of which some readers invent one."""
    return name_of(element).rpartition(":")[2].lower()


def _attributes(element: Element) -> _Attributes:
    """The attributes that count, by their names in lower case.

    Asked one by one: `items` of lxml takes a time that grows with the square of their number.
    """
    return {name.lower(): element.get(name) for name in element.keys() if name.lower() in _KNOWN}  # noqa: SIM118  # no dict


def _address(attributes: _Attributes) -> str:
    """The address of a feed as it is written, "" in a folder; some readers put it where OPML has that of a link."""
    is_feed = attributes.get("type", "").lower() in ("rss", "atom")
    return (attributes.get("xmlurl") or (attributes.get("url", "") if is_feed else "")).strip()


def _source(url: str, attributes: _Attributes, folders: tuple[str, ...]) -> Source:
    kind = attributes.get(_KIND, "")
    return Source(
        id=0,
        name=_text(attributes),
        url=url,
        site=attributes.get("htmlurl", "").strip() or None,
        kind=SourceKind(kind) if kind in list(SourceKind) else SourceKind.FEED,
        language=clean(attributes.get("language", "")) or None,
        tags=tuple(dict.fromkeys((*folders, *_categories(attributes.get("category", ""))))),
    )


def _text(attributes: _Attributes) -> str:
    """What the user calls an outline (`text`), else what the feed calls itself (`title`)."""
    return clean(attributes.get("text", "")) or clean(attributes.get("title", ""))


def _categories(text: str) -> Iterator[str]:
    """The tags of a `category`: separated by commas, perhaps with a slash in front (RSS 2.0, category)."""
    return filter(None, (clean(tag.strip().strip("/")) for tag in text.split(",")))
