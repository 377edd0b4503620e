"""How much of an article a page gives, and why, in words."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newsreader.extract.addresses import is_article_address
from newsreader.extract.jsonld import is_closed
from newsreader.extract.pieces import Outline, PieceKind
from newsreader.extract.words import (
    BOT_WALL,
    CONSENT,
    CONSENT_ACTS,
    CONTINUE_READING,
    LOGIN,
    NOT_FOUND,
    PASSWORD,
    PAYWALL,
    REMOVED,
    SERVER_ERROR,
)
from newsreader.model.news import State
from newsreader.text import count_words, fold
from newsreader.urls import resolve

_LITTLE = 700  # size of text below which the page may be something else than an article
_SENTENCES = 150  # size of text above which a page that says that it is an article is one
_TEASER = 3000  # size of text below which a paywall may have cut it
_PAGE = 60_000  # characters of the page that are searched for words
_WALL = 5000  # size of everything on a page that is only a wall
_LIST = 10  # links to articles that make a page a list
_FRONT = 4  # and the page at the root of a site
_TEASER_SIZE = 200  # size of the text that a front page has for an article, at most
_AFTER = 1000  # characters after the text in which an offer to subscribe belongs to it
_SEVERAL = 3  # words of consent that make a page one of consent
_MISSING = 0.5  # share of the declared words below which text is missing


class Evidence(NamedTuple):
    """What the state is judged by.

    `text_size`, `lines` and `last` are the size of the text found, its lines and its last piece; `listed` is how many
    links lead to other articles, and `is_declared` whether the page says that it is an article.
    """

    outline: Outline
    url: str
    title: str
    article: dict[str, Any]
    text_size: int
    lines: list[str]
    last: int
    listed: int
    is_declared: bool


class Verdict(NamedTuple):
    """A state and its reason, "" for `full`."""

    state: State
    reason: str = ""


def judge_state(evidence: Evidence) -> Verdict:
    """The state of what was found."""
    if evidence.text_size < _LITTLE and (verdict := _is_something_else(evidence)):
        return verdict
    if _is_list(evidence):
        return Verdict(State.FAILED, "this page is a list of articles, not an article")
    if evidence.text_size == 0:
        return Verdict(State.FAILED, "no article text was found on this page")
    return _is_cut(evidence) or Verdict(State.FULL)


def _is_something_else(evidence: Evidence) -> Verdict | None:
    """A wall, a consent page or an error page, by the words of a page that has little text and is no known article."""
    if evidence.is_declared and evidence.text_size > _SENTENCES:
        return None
    page_size = evidence.outline.root.size
    title = fold(f"{evidence.title} {evidence.outline.title}").strip()
    words = _words(evidence)
    is_bare = page_size < _WALL and evidence.text_size < _SENTENCES
    if any(word in title for word in BOT_WALL) or (page_size < _WALL and any(word in words for word in BOT_WALL)):
        found = State.BLOCKED, "the site wants proof that a person is reading and did not give the article"
    elif page_size < 2 * _WALL and _asks_consent(words, title):
        found = State.CONSENT, "the site asks for consent to cookies before it shows the article"
    elif page_size < _WALL and title.startswith(LOGIN) and any(word in words for word in PASSWORD):
        found = State.BLOCKED, "the site wants readers to log in and did not give the article"
    elif title.startswith(SERVER_ERROR):
        found = State.FAILED, "the site answered with an error page"
    elif any(word in title for word in NOT_FOUND) or (
        is_bare and any(word in words for word in (*NOT_FOUND[1:], *REMOVED))
    ):
        found = State.GONE, "the site says that it has no such page"
    else:
        return None
    return Verdict(*found)


def _asks_consent(words: str, title: str) -> bool:
    """Whether a page is about consent: several words of it and an act to choose, or its title as well."""
    known = sum(word in words for word in CONSENT)
    in_title = any(word in title for word in CONSENT)
    acts = any(word in words for word in CONSENT_ACTS)
    if in_title:
        return known > (not acts)
    return acts and known >= _SEVERAL


def _words(evidence: Evidence, first: int = 0, most: int = _PAGE) -> str:
    """The visible words of the page from a piece on, folded; of at most so many characters."""
    texts = [piece.text for piece in evidence.outline.pieces[first : first + 400] if piece.kind is PieceKind.TEXT]
    return fold(" ".join(texts)[:most])


def _is_list(evidence: Evidence) -> bool:
    """Whether a page shows other articles rather than one: a front page or a section."""
    if evidence.is_declared:
        return False
    parts = urlsplit(evidence.url)
    if not parts.path.strip("/") and not parts.query:
        return _leads_on(evidence)
    return (
        evidence.listed >= _LIST and not is_article_address(evidence.url) and evidence.text_size < 60 * evidence.listed
    )


def _leads_on(evidence: Evidence) -> bool:
    """Whether the links of a page that lead to articles are many for its text."""
    many = max(_FRONT, evidence.text_size // _TEASER_SIZE)
    found: set[str] = set()
    for anchor in evidence.outline.anchors:
        address = resolve(anchor.get("href"), evidence.url)
        if address and is_article_address(address):
            found.add(address)
            if len(found) >= many:
                return True
    return False


def _is_cut(evidence: Evidence) -> Verdict | None:
    """A paywall, or text that ends before its end."""
    declared = _number(evidence.article.get("wordCount")) if evidence.text_size < 2 * _TEASER else 0
    words = sum(map(count_words, evidence.lines)) if declared else 0
    missing = words < _MISSING * declared
    closed = is_closed(evidence.article)
    if evidence.text_size < _TEASER or missing:
        after = _words(evidence, evidence.last + 1, _AFTER) if not closed or not missing else ""
        if closed or any(word in after for word in PAYWALL):
            return Verdict(State.PAYWALLED, "the site shows only the beginning to readers without a subscription")
        start = f" {after[:300]}"
        if any(f" {word}" in start for word in CONTINUE_READING):
            return Verdict(State.PARTIAL, "the text ends with an invitation to read on elsewhere")
    if missing:
        return Verdict(State.PARTIAL, f"the page declares {declared} words, and {words} were found")
    return None


def _number(value: Any) -> int:
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < len("1000000") else 0
