"""Visits: what a person was shown is not new the next time."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from newsreader.cli.context import Context

if TYPE_CHECKING:
    from newsreader.model.news import Story
    from newsreader.store.connection import Connection


def remember_articles(context: Context, ids: Sequence[int]) -> None:
    """Let the next visit begin behind these articles."""
    from newsreader.store.visits import record_visit

    _remember(context, lambda db: record_visit(db, ids))


def remember_stories(context: Context, stories: "Iterable[Story]") -> None:
    """Let what was shown of these stories be new no longer, if they are followed."""
    from newsreader.store.following import newest_arrival, record_story_visit

    def record(db: "Connection") -> None:
        for story in stories:
            record_story_visit(db, story.id, newest_arrival(db, story.articles))

    _remember(context, record)


def _remember(context: Context, record: "Callable[[Connection], object]") -> None:
    """Record a visit: only what was written out is seen, and a store that cannot be written stays as it is."""
    from newsreader.errors import StoreError

    context.streams.stdout.flush()
    try:
        record(context.db)
    except StoreError:
        context.talk("The store cannot be written: your next visit will show the same.")
