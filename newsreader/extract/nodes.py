"""What a value in a page's data is as a node of a text: its type, its fields and what it holds.

React elements, JsonML, Portable Text, Contentful, ProseMirror, Slate, Lexical, Editor.js, Draft.js and the block
lists of publishers' own systems all name a node by some type and hold its text or its children under a few keys.
"""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from newsreader.extract.roles import role_of_names
from newsreader.extract.tags import Role
from newsreader.extract.words import words

_NAMES = words("tagName _type nodeType type __typename kind tag component blockType")
_INNER = words("data attrs model props attributes fields settings")
TEXTS = words("""
    __html html htmlText innerHTML innerHtml contentHtml bodyHtml markup richText text copy content value body source
    data children childNodes items blocks elements paragraphs content_elements rawText
""")
"""Keys that hold a text or the nodes inside, most telling first."""

KEPT_TAGS = frozenset(words("table thead tbody tr td th caption pre figcaption"))
_TAG_KINDS = {"ul": "list", "ol": "list", "li": "item", "blockquote": "quote", "p": "paragraph", "figure": "image"}
_INLINE_TAGS = frozenset(words("a b strong i em code sub sup br"))
_DROPPED = frozenset(
    words("""
    video player script style svg button form input iframe embed gallery byline teaser interstitial oembed podcast
    audio meta link head noscript template
    """)
)
_BAD_ROLES = (Role.LINKS, Role.CHROME, Role.COMMENTS, Role.CAPTION)
_BAD_NAMES = frozenset(
    words("messages translations i18n locales locale legal privacy terms errors config schema author authors byline")
)
_ORDINALS = ("one", "two", "three", "four", "five", "six")
_NAME = 60  # characters of the name of a type
_WORD = 200  # characters of a field that are looked at
_MARKS = 10
_REACT = 4  # parts of an element: "$", its type, its key, its props
_LEVELS = range(1, 7)


class Node(NamedTuple):
    """One node: its name in lower case, what it says of itself, and what it holds (text, a list, or one more node)."""

    name: str
    fields: dict[str, Any]
    inside: Any

    @property
    def kind(self) -> str:
        """heading, paragraph, list, item, quote, image, rule, inline, dropped, a tag to keep, or "" for a box."""
        return _kind(self.name, self.word("style"), self.word("listItem"))

    @property
    def marks(self) -> frozenset[str]:
        """The marks on a text, such as bold, by any of the usual ways to say so."""
        listed = self.fields.get("marks")
        marks = listed[:_MARKS] if isinstance(listed, list) else []
        names = [mark.get("type") if isinstance(mark, dict) else mark for mark in marks]
        plain = [key for key in ("bold", "italic") if self.fields.get(key) is True]
        return frozenset([self.name, *plain, *(name for name in names if isinstance(name, str))])

    @property
    def level(self) -> int:
        """The level of a heading: as a number, in its name or in words; 2 if it does not say."""
        declared = self.fields.get("level")
        if isinstance(declared, int) and declared in _LEVELS:
            return declared
        name = f"{self.word('style')} {self.word('tag')} {self.name}"
        figure = re.search(r"[1-6]", name)
        return int(figure[0]) if figure else next((at for at, word in enumerate(_ORDINALS, 1) if word in name), 2)

    def word(self, *keys: str) -> str:
        """The beginning of the first of the fields that is a text, "" if none is."""
        return next((found[:_WORD] for key in keys if isinstance(found := self.fields.get(key), str) and found), "")


def node_of(value: Any) -> Node | None:
    """A value as a node; `None` for texts and plain lists."""
    if isinstance(value, dict):
        return _of_object(value)
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        return None
    if value[0] == "$" and len(value) >= _REACT and isinstance(value[1], str):
        props = value[3] if isinstance(value[3], dict) else {}
        return Node(value[1][:_NAME].lower(), props, props.get("dangerouslySetInnerHTML") or props.get("children"))
    if _html_tag().fullmatch(value[0]):  # JsonML
        fields = value[1] if len(value) > 1 and isinstance(value[1], dict) else {}
        return Node(value[0].lower(), fields, value[2 if fields else 1 :])
    return None


def _of_object(value: dict[str, Any]) -> Node:
    fields = dict(value)
    for key in _INNER:
        if isinstance(inner := value.get(key), dict):
            fields = {**inner, **fields}
    name = next((found for key in _NAMES if isinstance(found := value.get(key), str) and found), "")
    if name in ("element", "tag") and isinstance(value.get("name"), str):  # a tree of HTML
        name = value["name"]
    return Node(name[:_NAME].lower(), fields, _inside(value) or _inside(fields))


def _inside(fields: dict[str, Any]) -> Any:
    return next((found for key in TEXTS if (found := fields.get(key)) and isinstance(found, (str, list, dict))), None)


@cache
def _html_tag() -> re.Pattern[str]:
    return re.compile(r"(?:p|h[1-6]|div|section|article|ul|ol|li|blockquote|figure|a|b|strong|i|em|span|inline-embed)")


@lru_cache(maxsize=4096)
def _kind(name: str, style: str, item: str) -> str:
    """The kind of a node by the words of its type, the style of its text and its place in a list."""
    if name in KEPT_TAGS or name in _TAG_KINDS:
        return _TAG_KINDS.get(name, name)
    if re.fullmatch(r"h[1-6]", style):
        return "heading"
    if item:
        return "item"
    return next((kind for pattern, kind in _kinds() if pattern.search(name)), "")


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the names of types, in the order in which they are tried."""
    inline, dropped = "|".join(_INLINE_TAGS), "|".join(_DROPPED)
    long = "|".join(word for word in _DROPPED if len(word) > len("embed"))
    table = (
        (rf"^(?:{inline})$|hyperlink", "inline"),
        (r"^img$|image|picture|photo", "image"),
        (r"^list-?_?item", "item"),
        (r"^h[1-6]$|head(?:ing|er|line)|subhead|^title$", "heading"),
        (rf"^(?:{dropped})$|{long}|related|newsletter|recommend|promo|comment|advert", "dropped"),
        (r"^(?:paragraph|text|unstyled|normal)|paragraph-?(?:block)?$", "paragraph"),
        (r"quote", "quote"),
        (r"list", "list"),
        (r"^(?:hr|divider|horizontal-?_?rule)$", "rule"),
    )
    return tuple((re.compile(pattern), kind) for pattern, kind in table)


@lru_cache(maxsize=4096)
def is_aside(name: str) -> bool:
    """Whether a key names something else than the text of an article."""
    return name in _BAD_NAMES or (len(name) < _NAME and role_of_names(name) in _BAD_ROLES)
