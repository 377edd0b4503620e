"""The plain text and the first picture of the HTML that feeds carry, without building a tree."""

import html
import re
from functools import cache

from newsreader.text import clean

SUMMARY = 500  # characters of a summary
_ENOUGH, _GLANCE, _READ = 600, 1500, 6000  # characters that a summary is read from: of text, of HTML, if it is thin
_SPARE = 50  # characters at the end that may be half an entity


def title_text(markup: str, *, is_html: bool = False) -> str:
    """A title as one clean line.

    Only inline tags are taken out unless it is declared HTML: "The <video> element" is a title too.
    """
    markup = markup[:_READ]
    if "<" in markup:
        markup = (_any_tag() if is_html else _inline_tag()).sub("", markup)
    if "&" in markup:
        markup = html.unescape(markup)
        if "<" in markup and not is_html:  # escaped twice
            markup = _inline_tag().sub("", markup)
    return clean(markup)


def summary_text(markup: str) -> str:
    """The beginning of an HTML text as one clean line of at most `SUMMARY` characters, cut at a space."""
    text = clean(_plain(markup, _GLANCE if "<" in markup[:_ENOUGH] else _ENOUGH)[:_ENOUGH])
    if len(text) < _ENOUGH - _SPARE and len(markup) > _ENOUGH:
        text = clean(_plain(markup, _READ))
    if len(text) <= SUMMARY:
        return text
    kept = text[: SUMMARY - 1]
    return (kept.rpartition(" ")[0] if " " in kept[-40:] else kept) + "…"


def unescaped(markup: str) -> str:
    """HTML that was escaped twice as it was meant, any other as it is."""
    is_twice = "<" not in markup and "&lt;" in markup and "&gt;" in markup and _escaped().search(markup)
    return html.unescape(markup) if is_twice else markup


def _plain(markup: str, most: int) -> str:
    """The text of the first `most` characters of HTML as it is set, without a tag that is cut there."""
    text = markup
    if len(markup) > most:
        text = markup[:most]
        if (start := text.rfind("<")) > text.rfind(">"):
            text = text[:start]
    if "<" in text:
        if _hidden_start().search(text):
            text = _hidden().sub(" ", text)
        pieces = _any_tag().split(text)
        text = " ".join([stripped for piece in pieces if (stripped := piece.strip())])
    return html.unescape(text) if "&" in text else text


def first_image(markup: str) -> str | None:
    """The address of the first picture that is no counting pixel, as written; None if there is none."""
    if "<img" not in markup:
        return None
    for match in _image().finditer(markup):
        tag = match.group()
        source = _source().search(tag)
        if source and not (_tiny().search(tag) and _pixel().search(tag)):
            return html.unescape(source[1] or source[2])
    return None


@cache
def _any_tag() -> re.Pattern[str]:
    return re.compile(r"<(?:/?[A-Za-z]|[!?])[^<>]*>")


@cache
def _escaped() -> re.Pattern[str]:
    return re.compile(r"&lt;/?(?:p|br|div|a|img|b|i|em|strong|span|ul|li|h[1-6]|figure|blockquote)\b", re.IGNORECASE)


@cache
def _hidden_start() -> re.Pattern[str]:
    return re.compile("<(?:!--|[Ss])")


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)


@cache
def _inline_tag() -> re.Pattern[str]:
    names = "a|abbr|b|big|br|cite|code|em|font|i|img|ins|mark|p|q|rb|rp|rt|ruby|s|small|span|strong|sub|sup|tt|u|wbr"
    return re.compile(rf"</?(?:{names})(?:\s[^<>]*)?/?>", re.IGNORECASE)


@cache
def _image() -> re.Pattern[str]:
    return re.compile(r"<img\s[^<>]{1,3000}>", re.IGNORECASE)


@cache
def _source() -> re.Pattern[str]:
    return re.compile(r"\ssrc\s*=\s*(?:\"([^\"]+)\"|'([^']+)')", re.IGNORECASE)


@cache
def _tiny() -> re.Pattern[str]:
    """What any pixel has, and hardly any picture: found ten times as fast."""
    return re.compile(r"=\s*[\"']?[01](?!\d)")


@cache
def _pixel() -> re.Pattern[str]:
    return re.compile(r"\b(?:width|height)\s*=\s*[\"']?[01](?!\d)", re.IGNORECASE)
