"""The one door to selectolax: bytes to a tree, the encoding decided here, and the few questions asked of a node."""

import re
from codecs import utf_8_decode
from functools import cache

from selectolax.lexbor import LexborHTMLParser as Tree  # noqa: TID253 - this module is the door
from selectolax.lexbor import LexborNode as Node  # noqa: TID253 - this module is the door

from newsreader.charsets import choose_encoding
from newsreader.text import clean

__all__ = ["Node", "Tree", "attr", "decode", "parse", "parse_text", "text_of"]

MAX_BYTES = 12 * 1024 * 1024
"""More than this of a page is not read."""

MAX_DEPTH = 512
"""Tags nested deeper than this are dropped, their text stays: the parser's time grows with the square of the depth."""

MAX_TAGS = 210_000
"""What follows so many tags, end tags counted, is not read: a tag can take a hundred times its length in memory."""

_MANY_TAGS = 20_000
_LARGE = 300_000  # bytes: a smaller page cannot have so many attributes that the parser takes more than seconds
_MANY_ATTRIBUTES = 5_000
_LONG_TAG = 60_000
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
    is_plain = body.count(b"<") <= _MANY_TAGS and b"\0" not in body and not body.startswith(b"\xef\xbb\xbf")
    if is_plain and not _has_long_tag(body) and _is_utf8(body):
        return Tree(body)  # the parser reads UTF-8, so the text need not be encoded again
    return parse_text(decode(body, content_type))


def parse_text(html: str) -> Tree:
    """HTML text as a tree; deep nesting is flattened, tags beyond `MAX_TAGS` and those of countless attributes go."""
    if len(html) > _LARGE:
        html = _long_tags().sub(_without_attributes, html)
    if html.count("<") > _MANY_TAGS:
        html = _flatten("<".join(html.split("<", MAX_TAGS + 1)[: MAX_TAGS + 1]))
    try:
        return Tree(html)
    except UnicodeEncodeError:  # lone surrogates
        return Tree(html.encode("utf-8", "replace").decode("utf-8"))


def _has_long_tag(body: bytes) -> bool:
    """Whether a tag may be longer than `_LONG_TAG`, told at places so far apart that one of them is inside it."""
    return any(_is_in_long_tag(body, at) for at in range(_LONG_TAG, len(body), _LONG_TAG))


def _is_in_long_tag(body: bytes, at: int) -> bool:
    start = body.rfind(b"<", at - _LONG_TAG, at)
    end = start + _LONG_TAG
    return start >= 0 and body.find(b">", start, end) < 0 and body.find(b"<", at, end) < 0


@cache
def _long_tags() -> re.Pattern[str]:
    """Tags as long as only countless attributes make them: the parser's time grows with the square of their number."""
    return re.compile(rf"<[a-zA-Z][^<>]{{{_LONG_TAG},}}")


def _without_attributes(tag: re.Match[str]) -> str:
    """A tag without its attributes, if there are too many of them: a picture within an address is long as well."""
    return tag[0] if len(tag[0].split(maxsplit=_MANY_ATTRIBUTES)) <= _MANY_ATTRIBUTES else tag[0].split(maxsplit=1)[0]


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


@cache
def _tags() -> re.Pattern[str]:
    return re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>?")


_NEVER_NESTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "script",
        "style",
        "p",
        "li",
        "option",
        "td",
        "th",
        "tr",
    ]
)


def _flatten(html: str) -> str:
    """The same text without the start tags that would nest deeper than `MAX_DEPTH`, if there are any."""
    nesting = _Nesting()
    for match in _quick_tags().finditer(html):
        nesting.step(match[1], match[2])
        if nesting.depth > MAX_DEPTH:
            return _drop_deep(html)
    return html


class _Nesting:
    """How deep the elements that are open nest; an end tag counts only where one of its name is open."""

    def __init__(self) -> None:
        self.depth = 0
        self.open: dict[str, int] = {}

    def step(self, closing: str, name: str) -> bool:
        """Take a start tag, or an end tag if `closing`; whether it changes the depth."""
        name = name.lower()
        if name in _NEVER_NESTED or (closing and not self.open.get(name)):
            return False
        change = -1 if closing else 1
        self.open[name] = self.open.get(name, 0) + change
        self.depth += change
        return True


@cache
def _quick_tags() -> re.Pattern[str]:
    return re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")


def _drop_deep(html: str) -> str:
    """Text with every start and end tag beyond `MAX_DEPTH` left out."""
    nesting = _Nesting()
    kept: list[str] = []
    at = 0
    for match in _tags().finditer(html):
        beyond = nesting.depth > MAX_DEPTH
        if nesting.step(match[1], match[2]) and beyond:
            kept.append(html[at : match.start()])
            at = match.end()
    return "".join(kept) + html[at:]
