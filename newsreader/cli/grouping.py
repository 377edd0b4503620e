"""Stories brought up to date before they are shown, and told how far that is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsreader.cli.context import Context
from newsreader.cli.output import waiting
from newsreader.errors import StoreError
from newsreader.text import numbered


def catch_up(context: Context) -> None:
    """Find the stories of what came since the last fetch; a store that cannot be written is shown as it is."""
    from newsreader.store.feedtexts import count_announced
    from newsreader.store.placing import count_waiting

    if not (count_waiting(context.readable_db) or count_announced(context.readable_db)):
        return
    from newsreader import grouping

    try:
        with _telling(context, "telling stories apart") as tell:
            for placed in grouping.catch_up(context.db, context.now(), context.rules):
                tell(*placed)
    except StoreError:
        context.talk("The store cannot be written: the newest articles are not in their stories yet.")


def place(context: Context) -> None:
    """Find the stories of what was kept; raises `StoreError`."""
    from newsreader.grouping import place_articles
    from newsreader.store.connection import hurried

    with _telling(context, "telling stories apart") as tell, hurried(context.db):
        for placed in place_articles(context.db):
            tell(*placed)


def rebuild(context: Context) -> None:
    """Tell all stories apart anew; raises `StoreError`."""
    from newsreader import grouping

    with _telling(context, "telling stories apart anew") as tell:
        grouping.rebuild(context.db, tell)


@contextmanager
def _telling(context: Context, text: str) -> Iterator[Callable[[int, int], None]]:
    """Say on a terminal what is done; what is yielded says how much of it."""
    with waiting(context, text) as say:
        yield lambda done, total: say(f"{text}: {done} of {numbered(total, 'article')}")
