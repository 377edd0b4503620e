"""Finds the articles that references mean: ids, addresses, files, or a page from a pipe."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.cli.context import Context
from newsreader.cli.output import waiting
from newsreader.cli.references import reference_lines
from newsreader.dates import to_iso
from newsreader.errors import AddressError, NotFoundError, UsageError
from newsreader.keeping import Place, keep
from newsreader.library import Library
from newsreader.model.news import Entry, Match, State
from newsreader.reading import fetch_page, place_of, read_bytes, read_page, refuse_empty
from newsreader.text import count_words
from newsreader.urls import is_address, is_content_name

if TYPE_CHECKING:
    from newsreader.model.article import Article, Link


class Finding(NamedTuple):
    """How to find.

    `url` names a page of a file or pipe; `store` keeps what was read; `again` asks the web even for what is stored;
    `related` brings related stories as well; `offline` opens no connection.
    """

    url: str = ""
    store: bool = True
    again: bool = False
    related: bool = False
    offline: bool = False


class Found(NamedTuple):
    """An article to show: `entry` is `None` and the links have no ids if it is not stored."""

    entry: Entry | None
    article: "Article"
    links: "Sequence[tuple[Link, int | None]]" = ()
    related: Sequence[Match] = ()
    revisions: Sequence[Mapping[str, Any]] = ()
    urls: Sequence[str] = ()


def find_articles(context: Context, references: Iterable[str], finding: Finding) -> list[Found]:
    """The articles meant, in order; raises `NotFoundError`, `FetchError`, and `UsageError` for an empty pipe."""
    if finding.url and not is_address(finding.url):
        raise AddressError(f"{finding.url!r} is not an address")
    return [found for reference in references for found in _find(context, reference, finding)]


def _find(context: Context, reference: str, finding: Finding) -> Iterator[Found]:
    """The article of one reference; `-` may hold several."""
    if reference == "-":
        body = context.read_stdin()
        lines = reference_lines(body.decode("utf-8", "replace"))
        if not body.strip():
            raise UsageError("There is nothing on standard input", hint="Pipe a page or ids into it")
        if lines is None:
            yield _of_bytes(context, body, "standard input", finding)
        for line in lines or ():
            yield from _find(context, line, finding)
    elif reference.isdecimal() or is_content_name(reference):
        yield _stored(context, Library(context.readable_db).find(reference), finding)
    elif is_address(reference):
        yield _of_address(context, reference, finding)
    elif (content := context.read_file(reference)) is not None:
        yield _of_bytes(context, content, reference, finding)
    else:
        raise NotFoundError(
            f"There is no article and no file {reference!r}",
            hint="newsreader list shows the ids; an address begins with https://",
        )


def _of_address(context: Context, url: str, finding: Finding) -> Found:
    """The article at an address: the stored one if its page was read, else from the web."""
    try:
        known = Library(context.readable_db).find(url)
    except NotFoundError:
        known = None
    if known is not None:
        return _stored(context, known, finding, typed=True)
    if not finding.store:
        return _unstored(context, url, Place(), finding)
    return _load(context, _read(context, url, Place(), finding), finding)


def _stored(context: Context, article_id: int, finding: Finding, *, typed: bool = False) -> Found:
    """A stored article; one that is known by headline only is read from the web first.

    `typed` says that a person gave the address itself, which may lead anywhere then.
    """
    entry = Library(context.readable_db).entry(article_id)
    if (entry.state is State.HEADLINE and not finding.offline) or finding.again:
        if is_content_name(entry.url):
            raise UsageError(f"Article {entry.id} has no address that it could be read from")
        place = place_of(context.readable_db, entry)
        place = place._replace(home=None) if typed else place
        if not finding.store:
            return _unstored(context, entry.url, place, finding)
        article_id = _read(context, entry.url, place, finding)
    return _load(context, article_id, finding)


def _read(context: Context, url: str, place: Place, finding: Finding) -> int:
    """Read a page from the web into the store, and return its id."""
    from newsreader.cli.fetching import with_desk

    with waiting(context, url):
        return with_desk(context, lambda desk: read_page(desk, url, place), offline=finding.offline).id


def _unstored(context: Context, url: str, place: Place, finding: Finding) -> Found:
    """A page from the web that is not kept."""
    from newsreader.cli.fetching import with_fetcher

    with waiting(context, url):
        article = with_fetcher(context, lambda fetcher: fetch_page(fetcher, url, place.home), offline=finding.offline)
    refuse_empty(article, url)
    return Found(None, article)


def _of_bytes(context: Context, body: bytes, name: str, finding: Finding) -> Found:
    """The article in the bytes of a page or a dump."""
    article = read_bytes(body, finding.url)
    refuse_empty(article, name)
    if not finding.store:
        return Found(None, article)
    return _load(context, keep(context.db, article, context.now(), Place(), rules=context.rules), finding)


def _load(context: Context, article_id: int, finding: Finding) -> Found:
    """What the store holds of an article."""
    library = Library(context.readable_db)
    shown = library.show(article_id)
    related = library.related(article_id) if finding.related else ()
    revisions = [
        {"revision": old.number, "seen": to_iso(old.saved), "title": old.title, "words": count_words(old.text)}
        for old in shown.revisions
    ]
    links = [(stored.link, stored.id) for stored in shown.links]
    return Found(shown.entry, shown.article, links, related, revisions, shown.urls)
