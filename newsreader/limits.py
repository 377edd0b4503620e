"""Hostile pages cut down before they are parsed: the parser's time grows with the square of depth and of attributes."""

import re
from functools import cache
from itertools import islice
from typing import Any

MAX_DEPTH = 512
"""Tags nested deeper than this are dropped, their text stays."""

MAX_TAGS = 210_000
"""What follows so many tags, end tags counted, is not read: a tag can take a hundred times its length in memory."""

_MANY_TAGS = 20_000
_LARGE = 200_000  # bytes: in a smaller page the attributes of one tag cost the parser two seconds, seldom more
_LONG_TAG = 4000  # bytes: a shorter one cannot have so many
_MANY_ATTRIBUTES = 1000


def is_modest(body: bytes) -> bool:
    """Whether the bytes of a page are within all limits; to know it costs a fraction of parsing them."""
    if body.count(b"<") > _MANY_TAGS:
        return False
    return len(body) <= _LARGE or not any(map(_is_countless, _markup(bytes).finditer(body)))


def within_limits(html: str) -> str:
    """A page with deep nesting flattened, countless attributes of a tag and what is beyond `MAX_TAGS` left out."""
    if len(html) > _LARGE:
        html = _markup(str).sub(_without_countless, html)
    if html.count("<") > _MANY_TAGS:
        html = _flatten("<".join(html.split("<", MAX_TAGS + 1)[: MAX_TAGS + 1]))
    return html


def _without_countless(markup: re.Match[str]) -> str:
    if not _is_countless(markup):
        return markup[0]
    start, end = (place - markup.start() for place in markup.span("attributes"))
    return markup[0][:start] + markup[0][end:]


def _is_countless(markup: re.Match[Any]) -> bool:
    """Whether markup is a tag with so many attributes that they are felt."""
    start, end = markup.span("attributes")
    if end - start < _LONG_TAG:
        return False
    kind: type[str | bytes] = type(markup.string)
    found = _attribute(kind).finditer(markup.string, start, end)
    return sum(1 for _ in islice(found, _MANY_ATTRIBUTES)) == _MANY_ATTRIBUTES


# What a tokenizer sees as far as it matters for where a tag ends (HTML standard, 13.2.5): a quote opens a value behind
# an equals sign and nowhere else. Each part takes all it can and gives nothing back, so the time is linear.
_SPACE = r"\t\n\f\r "
_VALUE = rf"=[{_SPACE}]*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^{_SPACE}>\"'][^{_SPACE}>]*+)?+"
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+{_VALUE})?+"
_RAW = rf"(?:(?=(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)[{_SPACE}/>]))?+"
_CONTENT = rf"(?(raw)(?:[^<]++|<(?!/(?P=raw)[{_SPACE}/>]))*+)"
_TAG = rf"{_RAW}[a-z][^{_SPACE}/>]*+(?P<attributes>(?:[{_SPACE}/]++|{_ATTRIBUTE})*+)>?+{_CONTENT}"
_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+)"


@cache
def _markup(kind: type[str | bytes]) -> re.Pattern[Any]:
    """A comment, or a tag, with its content if that is no markup."""
    source = f"<(?:{_TAG}|{_COMMENT})"
    return re.compile(source if kind is str else source.encode(), re.IGNORECASE)


@cache
def _attribute(kind: type[str | bytes]) -> re.Pattern[Any]:
    return re.compile(_ATTRIBUTE if kind is str else _ATTRIBUTE.encode())


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
