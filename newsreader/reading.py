"""One page, from the network, a file or a pipe, to the store."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from newsreader.errors import (
    FetchError,
    GoneError,
    NoArticleError,
    OfflineError,
    PostponedError,
    RobotsError,
    StatusError,
)
from newsreader.keeping import Place, keep, load_whole
from newsreader.keys import key_of
from newsreader.model.news import Entry, State
from newsreader.store.states import has_text
from newsreader.urls import canonical, content_name

if TYPE_CHECKING:
    from newsreader.fetch.request import Request, Response
    from newsreader.model.article import Article
    from newsreader.model.rules import Rule
    from newsreader.store.connection import Connection

UNREADABLE = {State.FAILED, State.CONSENT, State.BLOCKED, State.GONE}
MOST_PARTS = 20  # of one article
REFUSED = {401, 402, 403, 451}  # HTTP statuses that say that we, not the page, are the trouble


class Fetches(Protocol):
    """Whatever answers requests: the fetcher, or something that stands in for the network."""

    async def fetch(self, request: "Request") -> "Response":
        """The answer to a request; raises `FetchError`."""


class Desk(NamedTuple):
    """What reading works with: the store, the network, the clock and the user's rules."""

    db: "Connection"
    fetcher: Fetches
    now: Callable[[], datetime]
    rules: "tuple[Rule, ...]" = ()


def place_of(db: "Connection", entry: Entry) -> Place:
    """The place of a stored article: what named its address stays its home, whoever asks for it now."""
    from newsreader.store.articles import home_of

    return Place(entry.source_id, home_of(db, entry.id), entry.id)


async def fetch_page(fetcher: Fetches, url: str, home: str | None = None) -> "Article":
    """The article at an address, from the network alone, all its parts joined; raises `FetchError`."""
    return (await _fetch(fetcher, url, home)).article


class _Part(NamedTuple):
    """A page that was read, the address at which it was found, and the `way` that redirects led there."""

    article: "Article"
    url: str
    way: tuple[str, ...]


async def _fetch(fetcher: Fetches, url: str, home: str | None) -> _Part:
    first = await _fetch_part(fetcher, url, home, robots=home is not None)
    if first.article.next_page is None or first.article.state in UNREADABLE:
        return first
    return first._replace(article=await _fetch_rest(fetcher, first, robots=home is not None))


async def _fetch_part(fetcher: Fetches, url: str, home: str | None, *, robots: bool) -> _Part:
    """One page of an article."""
    from newsreader.extract import extract_article
    from newsreader.fetch.request import Request

    response = await fetcher.fetch(Request(url, robots=robots, home=home, accept=("page",)))
    article = extract_article(response.body, response.url, content_type=response.content_type)
    return _Part(article, response.url, response.way)


async def _fetch_rest(fetcher: Fetches, first: _Part, *, robots: bool) -> "Article":
    """An article with the parts that follow; one that cannot be read leaves what there is, and its reason."""
    from dataclasses import replace

    from newsreader.extract.parts import join_parts

    parts: list[Article] = []
    seen = {canonical(first.url)}
    url, reason = first.article.next_page, ""
    while url and url not in seen and urlsplit(url)[:2] == urlsplit(first.url)[:2]:
        if len(parts) + 1 == MOST_PARTS:
            reason = f"an article is read up to part {MOST_PARTS}"
            break
        seen.add(url)
        try:
            article, found, _ = await _fetch_part(fetcher, url, first.url, robots=robots)
        except FetchError as error:
            reason = error.message
            break
        if canonical(found) in seen - {url}:  # past its last part, a site may begin anew
            break
        seen.add(canonical(found))
        if article.state in UNREADABLE:
            reason = article.reason
            break
        parts.append(article)
        url = article.next_page
    if reason:
        reason = f"part {len(parts) + 2} is missing: {reason}"
        return replace(join_parts(first.article, parts), state=State.PARTIAL, reason=reason, next_page=url)
    return join_parts(first.article, parts)


class Read(NamedTuple):
    """What became of a page: the id of its article, and the state of the page, not that of a text kept before."""

    id: int
    state: State


async def read_page(desk: Desk, url: str, place: Place) -> Read:
    """Fetch a page and keep its article.

    Raises `FetchError`, and `NoArticleError` for a page without one; an article that is known already is not an error
    then: it says itself why it could not be read.
    """
    from newsreader.store.headlines import record_failure

    try:
        article, _, way = await _fetch(desk.fetcher, url, place.home)
    except FetchError as error:
        if place.known is not None and not says_nothing(error):
            record_failure(desk.db, place.known, state_of(error), error.message, desk.now())
        raise
    if place.known is None:
        refuse_empty(article, url)
    else:
        article = _wholer(desk.db, article, place.known)
    return Read(
        keep(desk.db, article, desk.now(), place, seen=_seen(url, way, article), rules=desk.rules), article.state
    )


def _seen(url: str, way: tuple[str, ...], article: "Article") -> list[str]:
    """The addresses that mean an article from now on: not the front page, to which sites lead what they took away."""
    others = way if has_text(article.state) else ()
    return [url, *(each for each in others if "/" in key_of(each))]


def _wholer(db: "Connection", page: "Article", known: int) -> "Article":
    """What a page tells, or what the feed did if that is more."""
    from newsreader.store.entries import load_entry

    if page.state in UNREADABLE or load_entry(db, known).state is not State.FEED_ONLY:
        return page
    from newsreader.extract.feedtext import wholer

    return wholer(page, load_whole(db, known))


def refuse_empty(article: "Article", name: str) -> None:
    """Raise `NoArticleError` for an article that holds nothing; `name` is its address or file."""
    if article.state in UNREADABLE:
        raise NoArticleError(f"There is no article in {name}: {article.reason}")


def read_bytes(body: bytes, url: str) -> "Article":
    """The article in the bytes of a page or of a plain-text dump.

    `url` is its address, "" if that is not known; the article then has the one that the page declares, or a name made
    of its bytes ("urn:sha256:…"), so that the same bytes are the same article.
    """
    from newsreader.extract import extract_article
    from newsreader.extract.dump import looks_like_dump
    from newsreader.extract.saved import read_saved

    article = extract_article(body, url) if url or looks_like_dump(body) else read_saved(body)
    if article.url:
        return article
    from dataclasses import replace

    return replace(article, url=content_name(body))


def says_nothing(error: FetchError) -> bool:
    """Whether an error says nothing of the page: it was not asked for, or the server only finds us too eager (429)."""
    too_eager = isinstance(error, StatusError) and error.http_status == HTTPStatus.TOO_MANY_REQUESTS
    return too_eager or isinstance(error, OfflineError | PostponedError)


def state_of(error: FetchError) -> State:
    """What a page that could not be fetched says of its article."""
    if isinstance(error, GoneError):
        return State.GONE
    if isinstance(error, RobotsError) or (isinstance(error, StatusError) and error.http_status in REFUSED):
        return State.BLOCKED
    return State.FAILED
