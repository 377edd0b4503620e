"""The headlines that a page carries as data in its scripts, for pages that are drawn in the browser."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from newsreader.dates import parse_date
from newsreader.discover.addresses import article_score, is_elsewhere
from newsreader.discover.htmltext import summary_text, title_text
from newsreader.discover.itemlists import json_in
from newsreader.discover.pagelinks import name_of_site, weight
from newsreader.dom import Tree
from newsreader.model.news import Headline
from newsreader.urls import canonical, resolve

_TITLES = ("headline", "title", "name")
_ADDRESSES = ("url", "canonicalUrl", "canonical_url", "link", "href", "permalink", "path", "@id")
_SUMMARIES = ("description", "summary", "excerpt")
_DATES = ("datePublished", "publishedAt", "published_at", "publishDate", "published", "pubDate", "date")
_LEAST = 3.0  # words of a title
_MOST = 45.0
_VALUES = 100_000  # of a page that are looked at
_ENOUGH = 500  # headlines


def embedded_headlines(tree: Tree, base: str, page: str, zone: tzinfo) -> list[Headline]:
    """The objects in the JSON of a page that have the title and the address of an article of its site, in their order.

    `page` is the address of the page itself, `zone` that of dates without one.
    """
    site, found = name_of_site(page), {canonical(page): Headline("", "")}
    for value in json_in(tree, 'script[type="application/ld+json"],script[type="application/json"]'):
        for item in _objects(value):
            title, url = title_text(_first(item, _TITLES)), resolve(_first(item, _ADDRESSES), base)
            if url is None or not _LEAST <= weight(title) <= _MOST or name_of_site(url) != site:
                continue
            url = canonical(url)
            if url not in found and not is_elsewhere(url) and article_score(url) > 0:
                date = parse_date(_first(item, _DATES), zone=zone)
                found[url] = Headline(url, title, summary_text(_first(item, _SUMMARIES)), date)
            if len(found) > _ENOUGH:
                break
    return list(found.values())[1:]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a value, in reading order, but for those beyond `_VALUES`."""
    waiting = [value]
    for _ in range(_VALUES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed([inner for inner in value.values() if isinstance(inner, dict | list)]))
        elif isinstance(value, list):
            waiting.extend(reversed([inner for inner in value if isinstance(inner, dict | list)]))


def _first(item: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first text under one of these names, "" if there is none."""
    return next((text for name in names if isinstance(text := item.get(name), str) and text), "")
