"""Where the network is put together: the fetcher with the user's settings, run to its end."""

import asyncio  # noqa: TID253  # imported by commands that fetch only
import gc
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from newsreader.cli.context import Context
from newsreader.cli.naming import meant
from newsreader.cli.output import waiting
from newsreader.credentials import sent_headers
from newsreader.errors import FetchError, OfflineError
from newsreader.fetch.client import Fetcher, FetchOptions
from newsreader.fetch.request import Own
from newsreader.fetch.shelf import FolderShelf
from newsreader.library import Library
from newsreader.model.news import Entry, State
from newsreader.reading import Desk, place_of, read_page
from newsreader.store.sources import all_sources
from newsreader.text import numbered
from newsreader.urls import is_address

Result = TypeVar("Result")

_MOST_PAGES = 100  # related ones that are read at once


def with_fetcher(context: Context, work: Callable[[Fetcher], Awaitable[Result]], *, offline: bool = False) -> Result:
    """Run work that fetches, and close its connections."""
    gc.freeze()  # what was imported stays, and need not be looked through for garbage
    gc.set_threshold(20_000, 20, 20)
    gc.enable()  # off since the start of the process: see `newsreader.__main__`
    settings = context.settings.fetch
    shared = {name: getattr(settings, name) for name in FetchOptions._fields if name in settings._fields}
    if not settings.user_agent:
        del shared["user_agent"]
    owned = _owned(context) if context.settings.source else []
    options = FetchOptions(**shared, offline=offline, owned=owned)
    shelf = FolderShelf(context.paths.cache / "robots")

    async def session() -> Result:
        async with Fetcher(options, shelf=shelf) as fetcher:
            return await work(fetcher)

    return asyncio.run(session())


def _owned(context: Context) -> list[Own]:
    """What the user sends to the sites of sources; a section of the settings that fits no source is told."""
    found = []
    sources = all_sources(context.readable_db)
    for name, settings in context.settings.source.items():
        headers = partial(sent_headers, f'source."{name}"', settings, context.environ)
        urls = [source.url for source in meant(sources, name)] or [name] * is_address(name)
        found += [Own(url, headers) for url in urls]
        if not urls:
            context.talk(f'No source is called {name}: [source."{name}"] in the configuration is not used')
    return found


def with_desk(context: Context, work: Callable[[Desk], Awaitable[Result]], *, offline: bool = False) -> Result:
    """Run work that fetches into the store."""
    db = context.db
    return with_fetcher(context, lambda fetcher: work(Desk(db, fetcher, context.now, context.rules)), offline=offline)


def fetch_linked(context: Context, article_id: int, depth: int, limit: int, *, offline: bool = False) -> None:
    """Read an article, and the first `limit` (0: all) related to it, where they are known by headline only.

    `depth` steps of links are followed. A page that cannot be read says so in its state and stops no other.
    """

    async def work(desk: Desk) -> int:
        library = Library(desk.db)
        tried: set[int] = set()
        for step in range(depth + 1):
            related = library.related(article_id, limit=limit, depth=step) if step else ()
            entries = [library.entry(article_id), *(match.entry for match in related)]
            unread = [each for each in entries if each.state is State.HEADLINE and each.id not in tried]
            chosen = unread[: _MOST_PAGES - len(tried)]
            tried.update(each.id for each in chosen)
            for done, reading in enumerate(asyncio.as_completed([_read(desk, each) for each in chosen]), 1):
                await reading
                say(f"reading what is related: {len(tried) - len(chosen) + done} of {numbered(len(tried), 'page')}")
        return len(tried)

    with waiting(context, "reading what is related") as say:
        count = with_desk(context, work, offline=offline)
    if count == _MOST_PAGES:
        context.talk(f"{count} pages were read, and no more at once; to go on, run it again")


async def _read(desk: Desk, entry: Entry) -> None:
    """Read one page; what is wrong with it is kept with its article."""
    try:
        await read_page(desk, entry.url, place_of(desk.db, entry))
    except OfflineError:
        raise
    except FetchError:
        return
