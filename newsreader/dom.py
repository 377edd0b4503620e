"""The one door to selectolax: bytes to a tree, the encoding decided here, and the few questions asked of a node."""

from codecs import utf_8_decode

from selectolax.lexbor import LexborHTMLParser as Tree  # noqa: TID253 - this module is the door
from selectolax.lexbor import LexborNode as Node  # noqa: TID253 - this module is the door

from newsreader.charsets import choose_encoding
from newsreader.limits import is_modest, within_limits
from newsreader.text import clean

__all__ = ["Node", "Tree", "attr", "decode", "parse", "parse_text", "text_of"]

MAX_BYTES = 12 * 1024 * 1024
"""More than this of a page is not read."""

_STRETCH = 8192  # bytes decoded at a time where only their validity is asked: they stay in the processor's cache


def decode(body: bytes, content_type: str | None = None) -> str:
    """Bytes of a page as text: byte-order mark, HTTP header, `meta`, then detection (WHATWG Encoding standard).

    `content_type` is the value of the HTTP header. A declared encoding that the bytes contradict is not believed.
    NUL is dropped, what cannot be decoded becomes U+FFFD; never raises.
    """
    body = body[:MAX_BYTES]
    text = _as_utf8(body) or _as_declared(body, content_type)
    return text.replace("\0", "") if "\0" in text else text


def _as_utf8(body: bytes) -> str:
    """The text, if it is UTF-8, as nothing else is by chance; "" if it is not. A cut last character is allowed."""
    if b"\x1b" in body and body.isascii():  # perhaps ISO-2022-JP, which is ASCII with escapes
        return ""
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        return body[: wrong.start].decode("utf-8").removeprefix("\ufeff") if wrong.start > len(body) - 4 else ""


def _is_utf8(body: bytes) -> bool:
    """Whether `_as_utf8` gives a text, without making it."""
    if b"\x1b" in body and body.isascii():
        return False
    at, taken = 0, 1
    try:
        while taken:  # less than a stretch where that ends within a character
            taken = utf_8_decode(body[at : at + _STRETCH])[1]
            at += taken
    except UnicodeDecodeError as wrong:
        return at + wrong.start > len(body) - 4
    return True


def _as_declared(body: bytes, content_type: str | None) -> str:
    """The text in the encoding that is marked, declared or detected."""
    from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

    marked, bom = read_bom(body)
    if marked and bom:
        return to_unicode(body[len(bom) :], marked)
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:1024])
    return to_unicode(body, choose_encoding(body, declared))


def parse(body: bytes, content_type: str | None = None) -> Tree:
    """Bytes of a page as a tree; `content_type` is the value of the HTTP header; never raises."""
    is_plain = b"\0" not in body and not body.startswith(b"\xef\xbb\xbf")
    if is_plain and is_modest(body) and _is_utf8(body):
        return Tree(body)  # the parser reads UTF-8, so the text need not be encoded again
    return parse_text(decode(body, content_type))


def parse_text(html: str) -> Tree:
    """HTML text as a tree, within the limits of `newsreader.limits`."""
    html = within_limits(html)
    try:
        return Tree(html)
    except UnicodeEncodeError:  # lone surrogates
        return Tree(html.encode("utf-8", "replace").decode("utf-8"))


def attr(node: Node, name: str) -> str:
    """The value of an attribute, "" if it is missing or bare, or if the node is no element."""
    return (node.attrs.get(name) or "") if node.is_element_node else ""


def text_of(node: Node) -> str:
    """The text of a node as one clean line, without scripts, styles and templates."""
    return clean("".join([inner.text_content or "" for inner in _visible(node)]))


def _visible(node: Node) -> list[Node]:
    """The text nodes below a node, in order."""
    found: list[Node] = []
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.is_text_node:
            found.append(inner)
        elif inner.tag not in ("script", "style", "template"):
            child = inner.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    return found
