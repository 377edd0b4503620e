"""The addresses that a page lists for machines as the items of a list (schema.org ItemList in JSON-LD)."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from newsreader.dom import Tree
from newsreader.urls import canonical, resolve

_DEEPEST = 6
_LARGEST = 2_000_000  # characters of a script


def listed_addresses(tree: Tree, base: str) -> frozenset[str]:
    """The canonical addresses in the item lists of a page; empty if it has none or they are broken."""
    found: set[str] = set()
    for value in json_in(tree, 'script[type="application/ld+json"]', "itemListElement"):
        found.update(_addresses(value, _DEEPEST))
    return frozenset(canonical(target) for url in found if (target := resolve(url, base)))


def json_in(tree: Tree, query: str, word: str = "") -> Iterator[Any]:
    """The values in the scripts that a query (CSS) finds and that hold a word; broken ones are passed over."""
    for node in tree.css(query):
        text = node.text(strip=True)
        if word in text and len(text) < _LARGEST:
            with suppress(ValueError, RecursionError):
                yield json.loads(text, strict=False)


def _addresses(value: Any, depth: int) -> list[str]:
    """The addresses of all items of the lists in a value; a trail of breadcrumbs is no list of articles."""
    if depth == 0:
        return []
    if isinstance(value, list):
        return [url for item in value for url in _addresses(item, depth - 1)]
    if not isinstance(value, dict) or value.get("@type") == "BreadcrumbList":
        return []
    items = value.get("itemListElement")
    urls = (
        [url for item in items if isinstance(item, dict) and (url := _address(item))] if isinstance(items, list) else []
    )
    return urls + [
        url for key, inner in value.items() if key != "itemListElement" for url in _addresses(inner, depth - 1)
    ]


def _address(item: dict[str, Any]) -> str:
    inner = item.get("item")
    found = item.get("url") or (inner.get("url") or inner.get("@id") if isinstance(inner, dict) else inner)
    return found if isinstance(found, str) else ""
