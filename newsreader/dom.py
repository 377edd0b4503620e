"""The one door to selectolax: bytes to a tree, with the encoding decided here, and the few questions asked of a node."""

from selectolax.lexbor import LexborHTMLParser as Tree
from selectolax.lexbor import LexborNode as Node

from newsreader.text import clean

__all__ = ["Node", "Tree", "attr", "decode", "parse", "parse_text", "text_of"]


def decode(body: bytes, content_type: str | None = None) -> str:
    """Bytes of a page as text."""
    return body.decode("utf-8", "replace")


def parse(body: bytes, content_type: str | None = None) -> Tree:
    """Bytes of a page as a tree."""
    return Tree(decode(body, content_type))


def parse_text(html: str) -> Tree:
    """HTML text as a tree."""
    return Tree(html)


def attr(node: Node, name: str) -> str:
    """The value of an attribute, "" if it is missing or bare."""
    return node.attrs.get(name) or ""


def text_of(node: Node) -> str:
    """The visible text of a node as one clean line."""
    return clean(node.text(separator=" "))
