"""What sources are called: names that are unique, and the titles of their feeds where nobody gave them one."""

from collections.abc import Container, Iterator
from itertools import count

from newsreader.model.news import Source
from newsreader.store.connection import Connection, rows, transaction
from newsreader.urls import canonical, host_of


def unique_name(name: str, url: str, taken: Container[str]) -> str:
    """A name that no other source has: the title, with the host, the address or a number behind it if need be."""
    return next(name for name in _names(name, url) if name.casefold() not in taken)


def _names(name: str, url: str) -> Iterator[str]:
    """Names for a source, the best first, without end."""
    host = host_of(url)
    wanted = name or host
    yield wanted
    if name:
        yield f"{wanted} ({host})"
    yield (whole := f"{wanted} ({_without_scheme(url)})" if name else _without_scheme(url))
    yield from (f"{whole} {number}" for number in count(2))


def complete_source(db: Connection, source: Source, title: str, site: str | None, language: str | None) -> str:
    """Fill in what a list of subscriptions did not tell of a source and its feed does; returns what it is called now.

    A name that is only its host or address gives way to the title.
    """
    name = source.name
    with transaction(db):
        if title and name in (host_of(source.url), _without_scheme(source.url)):
            taken = {other.casefold() for (other,) in rows(db, "SELECT name FROM source WHERE id <> ?", (source.id,))}
            name = unique_name(title, source.url, taken)
        sql = "UPDATE source SET name = ?, site = coalesce(site, ?), language = coalesce(language, ?) WHERE id = ?"
        db.execute(sql, (name, site, language, source.id))
    return name


def _without_scheme(url: str) -> str:
    """An address as people write it."""
    return canonical(url).partition("://")[2]
