"""Where the network is put together: the fetcher with the user's settings, run to its end."""

import asyncio  # noqa: TID253  # imported by commands that fetch only
import gc
from collections.abc import Awaitable, Callable
from typing import TypeVar

from newsreader.cli.context import Context
from newsreader.cli.output import waiting
from newsreader.errors import FetchError, OfflineError
from newsreader.fetch.client import Fetcher, FetchOptions
from newsreader.fetch.shelf import FolderShelf
from newsreader.library import Library
from newsreader.model.news import Entry, State
from newsreader.reading import Desk, place_of, read_page

Result = TypeVar("Result")


def with_fetcher(context: Context, work: Callable[[Fetcher], Awaitable[Result]], *, offline: bool = False) -> Result:
    """Run work that fetches, and close its connections."""
    gc.enable()  # off since the start of the process: see `newsreader.__main__`
    settings = context.settings.fetch
    shared = {name: getattr(settings, name) for name in FetchOptions._fields if name in settings._fields}
    if not settings.user_agent:
        del shared["user_agent"]
    options = FetchOptions(**shared, offline=offline)

    async def session() -> Result:
        async with Fetcher(options, shelf=FolderShelf(context.paths.cache / "robots")) as fetcher:
            return await work(fetcher)

    return asyncio.run(session())


def with_desk(context: Context, work: Callable[[Desk], Awaitable[Result]], *, offline: bool = False) -> Result:
    """Run work that fetches into the store."""
    db = context.db
    return with_fetcher(context, lambda fetcher: work(Desk(db, fetcher, context.now)), offline=offline)


def fetch_linked(context: Context, article_id: int, depth: int, *, offline: bool = False) -> None:
    """Read the pages that belong to an article and are known by headline only; `depth` steps of links.

    A page that cannot be read says so in its state and stops no other.
    """

    async def work(desk: Desk) -> None:
        library = Library(desk.db)
        for step in range(1, depth + 1):
            matches = library.related(article_id, limit=0, depth=step)
            unread = [match.entry for match in matches if match.entry.state is State.HEADLINE]
            await asyncio.gather(*(_read(desk, entry) for entry in unread))

    with waiting(context, "reading what is related"):
        with_desk(context, work, offline=offline)


async def _read(desk: Desk, entry: Entry) -> None:
    """Read one page; what is wrong with it is kept with its article."""
    try:
        await read_page(desk, entry.url, place_of(desk.db, entry))
    except OfflineError:
        raise
    except FetchError:
        return
