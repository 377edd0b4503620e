"""Text that editors keep as data to HTML."""

import re
from functools import cache
from html import escape
from typing import Any

from newsreader.extract.markup import from_plain
from newsreader.extract.nodes import KEPT_TAGS, Node, is_aside, node_of
from newsreader.extract.pieces import amount
from newsreader.extract.scripts import Data

_MAX_DEPTH = 40
_MAX_NODES = 30_000  # of one rendering
_MAX_SIZE = 3_000_000  # characters of one rendering
_ADDRESSES = ("href", "url", "uri", "src", "imageUrl", "contentUrl", "source", "path")
_LEAVES = frozenset(("paragraph", "item", "inline", "quote", "td", "th", "caption", "pre", "figcaption"))
_TAGS = {"paragraph": "p", "inline": "p", "quote": "blockquote", "item": "ul"}
_BOLD = frozenset(("b", "strong", "bold"))
_ITALIC = frozenset(("i", "em", "italic"))
_FEW = 20  # children that tell whether there are blocks among them
_SAMPLE = 2000  # characters of a text that tell whether it is code
_MAX_CODE = 0.03
_PROSE = 25  # least size of a text without a type that is a paragraph


class Writer:
    """Writes values as HTML; recursion is bounded, as no text nests as deep as `_MAX_DEPTH`."""

    def __init__(self, data: Data, nodes: int = _MAX_NODES, size: int = _MAX_SIZE) -> None:
        self.data = data
        self.nodes = nodes
        self.size = size

    def blocks(self, value: Any, depth: int = 0) -> str:
        """A value as block-level HTML."""
        value = self._enter(value, depth)
        if isinstance(value, str):
            return as_html(value) if is_html(value) or is_prose(value) else ""
        node = node_of(value)
        if node is not None:
            return self._node(node, depth + 1)
        return "".join([self.blocks(item, depth + 1) for item in value]) if isinstance(value, list) else ""

    def _enter(self, value: Any, depth: int) -> Any:
        """What a value refers to; `None` where there is no more room."""
        value = self.data.resolve(value)
        self.nodes -= 1
        self.size -= len(value) if isinstance(value, str) else 0
        return value if depth <= _MAX_DEPTH and self.nodes >= 0 and self.size >= 0 else None

    def _node(self, node: Node, depth: int) -> str:
        """A node as a block, or the blocks inside it."""
        kind = node.kind
        if kind in ("dropped", "rule"):
            return "<hr>" if kind == "rule" else ""
        if kind == "heading":
            return f"<h{node.level}>{self.inline(node.inside, depth)}</h{node.level}>"
        if kind == "image":
            return self._image(node, depth)
        if kind == "list":
            return self._list(node, depth)
        if kind in _LEAVES and not self.holds_blocks(node.inside):
            return self._leaf(node, depth)
        inside = self._rest(node, depth) if node.inside is None else self.blocks(node.inside, depth)
        tag = kind if kind in KEPT_TAGS else "div"
        return f'<{tag} class="{escape(node.word("className", "class"))}">{inside}</{tag}>' if inside else ""

    def _leaf(self, node: Node, depth: int) -> str:
        """A node that holds no blocks."""
        inner = self.inline(node if node.kind == "inline" else node.inside, depth)
        if is_html(inner):
            return inner
        tag = _TAGS.get(node.kind, node.kind)
        return f"<ul><li>{inner}</li></ul>" if node.kind == "item" else f"<{tag}>{inner}</{tag}>"

    def _rest(self, node: Node, depth: int) -> str:
        """What stands in an object under names of its own."""
        inner = [value for key, value in node.fields.items() if isinstance(value, (dict, list)) and not is_aside(key)]
        return "".join([self.blocks(value, depth) for value in inner])

    def is_paragraph(self, node: Node) -> bool:
        """Whether a node is one paragraph, list or quote, or a piece of HTML, and holds no other."""
        inside = self.data.resolve(node.inside)
        if node.kind in ("paragraph", "quote", "item"):
            return bool(inside) and not self.holds_blocks(inside)
        return node.kind == "list" or (node.kind == "" and isinstance(inside, str) and is_prose(inside))

    def holds_blocks(self, value: Any) -> bool:
        """Whether a value is or holds nodes that are blocks, and not the bare texts that many call so too."""
        value = self.data.resolve(value)
        items = value[:_FEW] if isinstance(value, list) and node_of(value) is None else [value]
        nodes = [node for item in items if (node := node_of(self.data.resolve(item)))]
        return any(
            node.kind in ("heading", "paragraph", "list", "quote", "item")
            and not node.word("text")
            and node.name != "text"
            for node in nodes
        )

    def inline(self, value: Any, depth: int = 0) -> str:
        """A value as the HTML inside one paragraph."""
        value = value if isinstance(value, Node) else self._enter(value, depth)
        if isinstance(value, str):
            return _text(value)
        node = value if isinstance(value, Node) else node_of(value)
        if node is None:
            return "".join([self.inline(item, depth + 1) for item in value]) if isinstance(value, list) else ""
        if node.kind in ("dropped", "image"):
            return ""
        return "<br>" if node.name == "br" or "break" in node.name else self._marked(node, depth + 1)

    def _marked(self, node: Node, depth: int) -> str:
        """The text of an inline node with its link or its mark."""
        inner = self.inline(node.inside, depth)
        address = node.word(*_ADDRESSES)
        if address and (node.kind == "inline" or "link" in node.name):
            return f'<a href="{escape(address)}">{inner}</a>'
        if not node.marks.isdisjoint(_BOLD):
            return f"<b>{inner}</b>"
        return f"<i>{inner}</i>" if not node.marks.isdisjoint(_ITALIC) else inner

    def _list(self, node: Node, depth: int) -> str:
        words = f"{node.name} {node.word('style', 'list_type', 'listType')}"
        tag = "ol" if node.name == "ol" or "order" in words.replace("unorder", "") else "ul"
        inside = self.data.resolve(node.inside)
        items = inside if isinstance(inside, list) and node_of(inside) is None else [inside]
        return f"<{tag}>" + "".join([f"<li>{self.inline(item, depth + 1)}</li>" for item in items]) + f"</{tag}>"

    def _image(self, node: Node, depth: int) -> str:
        files = [
            node_of(inner) for key in ("file", "asset", "image") if isinstance(inner := node.fields.get(key), dict)
        ]
        addresses = [one.word(*_ADDRESSES) for one in (node, *files) if one]
        address = next((one for one in addresses if "/" in one), "")
        if not address:
            return self.blocks(node.inside, depth) if node.name == "figure" else ""
        caption = self.inline(node.fields.get("caption"), depth)
        image = f'<img src="{escape(address)}" alt="{escape(node.word("alt", "alt_text"))}">'
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def is_html(text: str) -> bool:
    """Whether a text is block-level HTML."""
    return "<" in text and _block_tag().search(text) is not None


def as_html(text: str) -> str:
    """A text as block-level HTML, whether it is HTML, Markdown or plain."""
    if is_html(text):
        return text
    return f"<p>{text}</p>" if _any_tag().search(text) else from_plain(text)


def is_prose(text: str) -> bool:
    """Whether a text is one that people read: some length, words or a script without spaces, and no code."""
    start = text.lstrip()[:2]
    if (" " not in text and text.isascii()) or start[:1] == "{" or start in ('["', "[{", "[["):
        return False
    sample = _any_tag().sub("", text[: 10 * _SAMPLE]).strip()[:_SAMPLE]
    if amount(sample) < _PROSE:
        return False
    code = len(_code().findall(sample))
    return code <= len(sample) * _MAX_CODE and 4 * sum(map(str.isdigit, sample)) < len(sample)


def plain_size(html: str) -> int:
    """The amount of text in HTML, roughly."""
    return amount(plain_text(html))


def plain_text(html: str) -> str:
    """HTML without its tags."""
    return _any_tag().sub("", html) if "<" in html else html


@cache
def _code() -> re.Pattern[str]:
    """Characters that are frequent in code and rare in texts."""
    return re.compile(r"[{}=<>_\\;|]")


@cache
def _block_tag() -> re.Pattern[str]:
    return re.compile(r"<(?:p|h[1-6]|div|ul|ol|blockquote|figure|table|br)[\s/>]", re.IGNORECASE)


@cache
def _any_tag() -> re.Pattern[str]:
    return re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def _text(text: str) -> str:
    """A text in HTML: as it is if it holds tags, escaped if it does not."""
    return text if "<" not in text or _any_tag().search(text) else text.replace("<", "&lt;")
