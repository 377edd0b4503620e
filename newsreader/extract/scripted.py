"""The text of a page that draws its body by script: found in the data of its scripts, or in its JSON-LD."""

import json
import re
from collections.abc import Iterator
from heapq import nlargest
from typing import Any, NamedTuple

from newsreader.dates import zone_for
from newsreader.dom import Tree
from newsreader.extract.facts import Story
from newsreader.extract.fragment import read_fragment
from newsreader.extract.jsonld import unescape
from newsreader.extract.metadata import Metadata
from newsreader.extract.nodes import TEXTS, Node, is_aside, node_of
from newsreader.extract.people import site_names
from newsreader.extract.pieces import amount
from newsreader.extract.richtext import Writer, as_html, is_prose, plain_size
from newsreader.extract.scripts import Data, read_scripts
from newsreader.extract.words import words
from newsreader.model.blocks import Block, BlockKind, block_lines
from newsreader.text import fold
from newsreader.urls import host_of

_MAX_STEPS = 400_000  # values looked at
_MAX_READ = 8_000_000  # characters of texts looked at
_MAX_INNER = 4_000_000  # characters of JSON in texts
_MAX_DEPTH = 200
_LEAST = 200  # characters of a text that may be the whole body
_BEST = 6  # candidates of a kind that are compared
_FADE = 0.7  # what a paragraph counts in the list around its list
_FAR = 0.05  # below this it counts nothing
_PARAGRAPH = 40  # least size of a paragraph that counts
_KNOWN = 3.0  # weight of text in an object that says the headline of the page
_SHARED = 0.3  # share of the words of the headline and the summary that make a text one of this article
_SAME = 0.6  # and a headline the same
_TOPIC = 20_000  # characters of a text that are searched for them
_LONG = 15  # characters of a headline
_LONG_WORD = 4
_AS_MUCH = 0.9
_EAST = 0x1100  # from here on scripts join words, or endings to them
_TITLES = words("title headline name heading")
_OWN = words("url slug href link path permalink canonicalUrl")


class Way(NamedTuple):
    """The way from the top to a value: the key that led here, the object it stands in, and the way to that."""

    key: str
    owner: dict[str, Any] | None
    back: "Way | None"


class Chain(NamedTuple):
    """The lists around a value, from the inside out."""

    number: int
    back: "Chain | None"


class _Step(NamedTuple):
    """A value that is still to be looked at."""

    value: Any
    way: Way
    chain: "Chain | None"
    depth: int


class Candidate(NamedTuple):
    """A value that may be the body, with its size and the way to it."""

    value: Any
    size: float
    way: Way


class Undrawn(NamedTuple):
    """A text that a page would draw by script, () if there is none, and what is known of it."""

    blocks: tuple[Block, ...]
    meta: Metadata


def read_undrawn(tree: Tree, meta: Metadata, url: str) -> Undrawn:
    """The text that a page would draw by script, with what the same data says where the page is silent; never raises.

    Data of scripts is preferred to JSON-LD, which rarely has headings and pictures, unless it holds less text.
    """
    declared, scripted = declared_blocks(meta, url), scripted_text(tree, meta, url)
    return scripted if _amount(scripted.blocks) > _AS_MUCH * _amount(declared) else Undrawn(declared, meta)


def _amount(blocks: tuple[Block, ...]) -> int:
    return sum(amount(line) for block in blocks for line in block_lines(block))


def scripted_text(tree: Tree, meta: Metadata, url: str) -> Undrawn:
    """What the scripts of a page would draw, no blocks if they hold no text of this article."""
    data = read_scripts(tree)
    topic = _Topic(meta)
    best, way, weight = "", None, 0.0
    for one in _Search(data).run():
        html = Writer(data).blocks(one.value)
        if html and (found := topic.weight(one, html)) > weight:
            best, way, weight = html, one.way, found
    if way is None:
        return Undrawn((), meta)
    meta = _completed(meta, Story(_story(way), data), url)
    return Undrawn(_without_title(read_fragment(best, url, meta.title), meta.title), meta)


def _story(way: Way) -> list[dict[str, Any]]:
    """The objects around a text, from the inside out to the one that has a headline; the innermost if none has."""
    owners: list[dict[str, Any]] = []
    for _, owner in _owners(way):
        if owner is not None and (not owners or owner is not owners[-1]):
            owners.append(owner)
            if _title_of(owner):
                return owners
    return owners[:1]


def _completed(meta: Metadata, story: Story, url: str) -> Metadata:
    """What the page says of its article, and what only the data does."""
    host = host_of(url)
    facts = story.facts(site_names(meta.site_name, host), zone_for(meta.language, host))
    since = meta.published or facts.published
    is_later = facts.updated and (since is None or facts.updated > since)
    return meta._replace(
        title=(facts.title if _is_bare(meta) else "") or meta.title,
        summary=meta.summary or facts.summary,
        authors=meta.authors or facts.authors,
        published=since,
        updated=meta.updated or (facts.updated if is_later else None),
    )


def _is_bare(meta: Metadata) -> bool:
    """Whether a page has no other title than the name of its site."""
    return fold(meta.title) in ("", fold(meta.site_name or ""))


def declared_size(meta: Metadata) -> int:
    """The amount of text in the `articleBody` of JSON-LD, 0 if there is none."""
    body = meta.article.get("articleBody")
    return plain_size(body) if isinstance(body, str) else 0


def declared_blocks(meta: Metadata, url: str) -> tuple[Block, ...]:
    """The blocks of the `articleBody` of JSON-LD, HTML or text whose lines are paragraphs; () if there is none."""
    body = meta.article.get("articleBody")
    if not isinstance(body, str):
        return ()
    return read_fragment(as_html(unescape(body)), url, meta.title)


def _without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Blocks without the headline at their head."""
    first = next((index for index, block in enumerate(blocks) if block.text), 0)
    if blocks and blocks[first].kind is BlockKind.HEADING and fold(blocks[first].text) == fold(title):
        return blocks[:first] + blocks[first + 1 :]
    return blocks


class _Search:
    """One walk over all values: every long text, and every list by the paragraphs in it."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.writer = Writer(data, _MAX_STEPS, _MAX_READ)
        self.texts: dict[str, Candidate] = {}
        self.lists: list[tuple[list[Any], Way]] = []
        self.sizes: list[float] = []
        self.seen: set[int] = set()
        self.parsed: list[Any] = []  # kept, so that `seen` stays true
        self.left, self.room = _MAX_INNER, _MAX_READ

    def run(self) -> list[Candidate]:
        """The candidates that are worth a comparison."""
        top = Way("", None, None)
        stack: list[_Step] = [_Step(value, top, None, 0) for value in self.data.values]
        for _ in range(_MAX_STEPS):
            if not stack:
                break
            value, way, chain, depth = stack.pop()
            value = self.data.resolve(value)
            if isinstance(value, str) and value[:1] in ("{", "["):
                value = self.inner(value)
            if isinstance(value, str):
                self.take_text(value, way, chain)
            elif isinstance(value, (dict, list)) and id(value) not in self.seen and depth < _MAX_DEPTH:
                self.seen.add(id(value))
                stack.extend(self.open(value, way, chain, depth + 1))
        lists = [Candidate(value, size, way) for (value, way), size in zip(self.lists, self.sizes, strict=True)]
        return [*nlargest(_BEST, self.texts.values(), key=_size), *nlargest(_BEST, lists, key=_size)]

    def open(self, value: dict[str, Any] | list[Any], way: Way, chain: "Chain | None", depth: int) -> "Iterator[_Step]":
        """What is inside a value; a paragraph is charged to its lists, and of it only texts are looked at."""
        node = node_of(value)
        if node is None and isinstance(value, list):
            yield from self.open_list(value, way, chain, depth)
        if node is None:
            return
        is_paragraph = self.writer.is_paragraph(node)
        if _is_entry(node.fields):
            chain = None
        elif is_paragraph:
            self.charge(self.writer.inline(node), chain)
        for key, inner in _parts(value, node):
            if not is_aside(key) and not (is_paragraph and isinstance(inner, list)):
                yield _Step(inner, Way(key, node.fields, way), None if is_paragraph else chain, depth)

    def open_list(self, items: list[Any], way: Way, chain: "Chain | None", depth: int) -> "Iterator[_Step]":
        """The items of a list, which is itself one of those around them."""
        if len(items) > 1:
            chain = Chain(len(self.lists), chain)
            self.lists.append((items, way))
            self.sizes.append(0.0)
        return (_Step(inner, Way("", way.owner, way), chain, depth) for inner in items)

    def inner(self, text: str) -> Any:
        """JSON in a text of some length, or the text itself."""
        if len(text) < _LEAST or len(text) > self.left:
            return text
        self.left -= len(text)
        try:
            self.parsed.append(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            return text
        return self.parsed[-1]

    def take_text(self, text: str, way: Way, chain: "Chain | None") -> None:
        """A text: a candidate if it is long, and a paragraph of the list around it."""
        self.room -= len(text)
        if self.room < 0 or not is_prose(text):
            return
        if way.key == "" or way.key in TEXTS:
            self.charge(text, chain)
        if len(text) >= _LEAST:
            self.texts.setdefault(text, Candidate(text, float(plain_size(text)), way))

    def charge(self, html: str, chain: "Chain | None") -> None:
        """Count a paragraph for the lists around it, less for those farther out."""
        share, size = 1.0, plain_size(html)
        if size < _PARAGRAPH:
            return
        while chain is not None and share > _FAR:
            self.sizes[chain.number] += share * size
            share *= _FADE
            chain = chain.back


def _parts(value: Any, node: Node) -> list[tuple[str, Any]]:
    """What an object or an element holds, by key; the root of a store of objects last, as the search begins there."""
    if isinstance(value, dict):
        return (
            sorted(value.items(), key=lambda item: item[0] == "ROOT_QUERY")
            if "ROOT_QUERY" in value
            else [*value.items()]
        )
    return [*node.fields.items(), ("children", node.inside)]


def _size(one: Candidate) -> float:
    return one.size


def _is_entry(fields: dict[str, Any]) -> bool:
    """Whether an object stands for an article of its own: it has a headline and an address."""
    return any(isinstance(fields.get(key), str) for key in _TITLES) and any(fields.get(key) for key in _OWN)


class _Topic:
    """What the page is about, by its headline and its summary."""

    def __init__(self, meta: Metadata) -> None:
        title = "" if _is_bare(meta) else meta.title
        self.title = fold(title)
        self.terms = _terms(f"{title} {meta.summary}")

    def weight(self, one: Candidate, html: str) -> float:
        """How likely a candidate is the body: its size, if it is of this article; 0 if nothing says so."""
        owners = list(_owners(one.way))
        share = self.share(html)
        named = next((title for _, owner in owners if owner and (title := _title_of(owner))), "")
        is_known = bool(self.title) and bool(named) and (fold(named) == self.title or self.share(named) > _SAME)
        if not is_known and share < _SHARED:
            return 0.0
        return one.size * (share + _SHARED) * (_KNOWN if is_known else 1.0)

    def share(self, text: str) -> float:
        """The part of the words of the page's headline and summary that a text holds; 1 if there are none."""
        folded = fold(text[:_TOPIC])
        return sum(term in folded for term in self.terms) / len(self.terms) if self.terms else 1.0


def _owners(way: Way) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """The keys and objects on the way to a value, from the inside out."""
    one: Way | None = way
    while one is not None:
        yield one.key, one.owner
        one = one.back


def _title_of(owner: dict[str, Any]) -> str:
    return next((title for key in _TITLES if isinstance(title := owner.get(key), str) and len(title) > _LONG), "")


def _terms(text: str) -> frozenset[str]:
    """Words to know a text by: long ones without their ending, and pairs of letters of scripts that join words."""
    found: set[str] = set()
    for word in re.findall(r"\w+", fold(text)):
        if ord(word[-1]) >= _EAST:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _LONG_WORD:
            found.add(word[:6])
    return frozenset(found)
