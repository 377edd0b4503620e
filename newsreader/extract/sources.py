"""The machine-readable places of a page: its `meta` elements, its JSON-LD, and the elements that are marked."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from newsreader.extract.jsonld import Graph, read_graph, unescape
from newsreader.extract.pieces import Element, Outline
from newsreader.text import clean

_MOST_VALUES = 60  # of one name


class Marked(NamedTuple):
    """Elements by what they are marked as: `itemprop` names (lower case), a `datetime`, rel=author."""

    props: dict[str, list[Element]]
    times: list[Element]
    authors: list[Element]


class Sources(NamedTuple):
    """What a page declares; `metas` are the contents of `meta` elements as written, by name in lower case."""

    outline: Outline
    url: str
    graph: Graph
    metas: dict[str, list[str]]
    marked: Marked

    @property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object of the article, {} if there is none."""
        return self.graph.article

    def values(self, *names: str) -> Iterator[str]:
        """The values of `meta` elements, clean, in the order of the names."""
        for name in names:
            for value in self.metas.get(name, ()):
                if text := clean(unescape(value)):
                    yield text

    def meta(self, *names: str) -> str:
        """The first value of the first name that has one, "" if none has."""
        return next(self.values(*names), "")


def read_sources(outline: Outline, url: str) -> Sources:
    """Collect what the page declares."""
    metas: dict[str, list[str]] = {}
    for attrs in outline.metas:
        name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop")
        value = attrs.get("content")
        if name and value:
            values = metas.setdefault(name.strip().lower(), [])
            if len(values) < _MOST_VALUES:
                values.append(value)
    return Sources(outline, url, read_graph(outline.scripts), metas, _read_marked(outline))


def _read_marked(outline: Outline) -> Marked:
    marked = Marked({}, [], [])
    for element in outline.marked:
        attrs = element.attrs
        if names := attrs.get("itemprop"):
            for name in names.lower().split():
                marked.props.setdefault(name, []).append(element)
        if attrs.get("datetime"):
            marked.times.append(element)
        if "author" in (attrs.get("rel") or "").lower().split():
            marked.authors.append(element)
    return marked
