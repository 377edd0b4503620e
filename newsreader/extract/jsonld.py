"""JSON-LD of a page: the object that describes the article, whatever the shape (arrays, @graph, broken JSON)."""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

_MAX_OBJECTS = 5000
_MAX_TEXTS = 100
_MATTERS = ("Article", "Posting", "Report", "Review", "Person", "Organization")  # types that are made use of


class Graph(NamedTuple):
    """What the JSON-LD of a page says.

    `article` is the fullest object of an article type ({}: none), `articles` are all of them, `nodes` are all objects
    by their `@id`.
    """

    article: dict[str, Any]
    articles: list[dict[str, Any]]
    nodes: dict[str, dict[str, Any]]


def read_graph(scripts: list[str]) -> Graph:
    """Read the JSON-LD scripts of a page."""
    articles: list[dict[str, Any]] = []
    nodes: dict[str, dict[str, Any]] = {}
    for script in scripts:
        if not any(name in script for name in _MATTERS):
            continue
        for found in _objects(_load(script)):
            if is_article(found):
                articles.append(found)
            name = found.get("@id")
            if isinstance(name, str) and len(found) > len(nodes.get(name, ())):
                nodes[name] = found
    return Graph(max(articles, key=len, default={}), articles, nodes)


def is_article(found: dict[str, Any]) -> bool:
    """Whether an object is of a type of article (schema.org/Article and below)."""
    return any(map(_is_article_type, type_names(found)))


@lru_cache(maxsize=256)
def _is_article_type(name: str) -> bool:
    plain = name.rpartition("/")[2].rpartition(":")[2]
    return plain.endswith(("Article", "BlogPosting", "MediaPosting", "ForumPosting")) or plain in ("Report", "Review")


def is_news(found: dict[str, Any]) -> bool:
    """Whether an object is of a type that newsrooms use (schema.org/NewsArticle and its kin)."""
    return any("News" in name or "LiveBlog" in name for name in type_names(found))


def is_closed(found: dict[str, Any]) -> bool:
    """Whether an object says that it is not free to read (schema.org/isAccessibleForFree)."""
    return str(found.get("isAccessibleForFree", "")).strip().lower() in ("false", "no", "0", "http://schema.org/false")


def type_names(found: dict[str, Any]) -> list[str]:
    """The types of an object."""
    types = found.get("@type")
    names = types if isinstance(types, list) else [types]
    return [name for name in names if isinstance(name, str)]


def texts(value: Any) -> list[str]:
    """Every text that a value holds, directly or as a name."""
    found: list[str] = []
    stack = [value]
    while stack and len(found) < _MAX_TEXTS:
        one = stack.pop(0)
        if isinstance(one, str):
            found.append(unescape(one))
        elif isinstance(one, list):
            stack[:0] = one[:_MAX_TEXTS]
        elif isinstance(one, dict):
            stack[:0] = [one.get("name") or one.get("@value") or one.get("url")]
    return [text for text in found if text.strip()]


def first_text(value: Any) -> str:
    """The first text that a value holds, "" if none."""
    return next(iter(texts(value)), "")


def unescape(text: str) -> str:
    """Text without HTML entities, which many publishers leave in JSON."""
    if "&" not in text:
        return text
    from html import unescape as once

    return once(once(text))


def _load(script: str) -> Any:
    """The value of a script, mended where publishers break JSON; None if that does not help."""
    text = (
        script.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .strip()
    )
    for mend in (str, _mend):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mend(text: str) -> str:
    """JSON with the usual faults taken out: comments, trailing commas and semicolons, invalid escapes."""
    comments, commas, escapes = _faults()
    return commas.sub(r"\1", escapes.sub(r"\\\\", comments.sub("", text))).rstrip("; \n")


@cache
def _faults() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE),
        re.compile(r",\s*([}\]])"),
        re.compile(r'\\(?!["\\/bfnrtu])'),
    )


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Objects at the top, in arrays, in `@graph` and as the main entity of a page."""
    stack = [value]
    for _ in range(_MAX_OBJECTS):
        if not stack:
            return
        one = stack.pop(0)
        if isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, dict):
            yield one
            stack.extend(
                inner
                for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                if isinstance(inner := one.get(name), (dict, list))
            )
            stack.extend(inner for name in ("author", "publisher") if isinstance(inner := one.get(name), dict))
