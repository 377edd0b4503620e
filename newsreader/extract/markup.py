"""Plain text and Markdown to HTML: lines are paragraphs, but for headings, items and quotes."""

import re
from functools import cache
from html import escape

_MAX_LINES = 20_000


def from_plain(text: str) -> str:
    """HTML of a text whose paragraphs are its lines, or, if it has blank lines, what stands between them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = _blank().split(text) if _blank().search(text) else text.split("\n")
    return "".join([_block(line) for part in parts[:_MAX_LINES] for line in _lines(part) if line.strip()])


def _lines(part: str) -> list[str]:
    """The lines of a part, each a block if it begins with a mark; else one that is joined."""
    lines = part.split("\n")
    return lines if any(_mark().match(line) for line in lines) else [" ".join(lines)]


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(r"\n[ \t]*\n\s*")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(r"\s{0,3}(?:(?P<heading>#{1,6})|(?P<item>[-*+•])|(?P<number>\d{1,3}[.)])|(?P<quote>>))\s+(?=\S)")


@cache
def _inline() -> re.Pattern[str]:
    return re.compile(
        r"!?\[([^\[\]]{0,500})\]\((https?://[^()\s]{1,2000}|/[^()\s]{1,2000})(?:\s+\"[^\"]{0,300}\")?\)|\*\*([^*]{1,1000})\*\*"
    )


def _block(line: str) -> str:
    """A line as a block."""
    mark = _mark().match(line)
    text = _inline().sub(_spanned, escape(line[mark.end() :] if mark else line, quote=False).strip())
    if mark is None:
        return f"<p>{text}</p>"
    if mark["heading"]:
        level = len(mark["heading"])
        return f"<h{level}>{text}</h{level}>"
    if mark["quote"]:
        return f"<blockquote>{text}</blockquote>"
    tag = "ol" if mark["number"] else "ul"
    return f"<{tag}><li>{text}</li></{tag}>"


def _spanned(match: re.Match[str]) -> str:
    if match[3]:
        return f"<b>{match[3]}</b>"
    if match[0].startswith("!"):
        return f'<img src="{escape(match[2])}" alt="{escape(match[1])}">'
    return f'<a href="{escape(match[2])}">{match[1]}</a>'
