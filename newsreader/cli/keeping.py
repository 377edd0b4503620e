"""What `[keep]` in the configuration takes away, and how that is told."""

from collections import Counter

from newsreader.cli.context import Context
from newsreader.cli.naming import meant
from newsreader.store.connection import hurried
from newsreader.store.retention import Limits, Surplus, drop, find_surplus, forget_dropped
from newsreader.store.sources import all_sources
from newsreader.text import numbered


def limits_of(context: Context) -> Limits:
    """How much the user wants to be kept."""
    settings = context.settings
    if not settings.source:
        return Limits(settings.keep)
    sources = all_sources(context.readable_db)
    own = {found.id: told.keep for name, told in settings.source.items() for found in meant(sources, name)}
    return Limits(settings.keep, own)


def prune(context: Context, limits: Limits, *, dry_run: bool = False) -> int:
    """Take away what is beyond the limits and tell what went, or with `dry_run` only what would; how many."""
    surplus = find_surplus(context.readable_db if dry_run else context.db, limits, context.now())
    if dry_run:
        for found in surplus:
            context.talk(f"{found.source or 'No source'}: {_told(len(found.ids), found.reason)} would go")
        return sum(len(found.ids) for found in surplus)
    gone = _drop(context, surplus, limits)
    for reason, count in gone.items():
        context.talk(f"Dropped, as [keep] says: {_told(count, reason)}")
    return gone.total()


def _drop(context: Context, surplus: list[Surplus], limits: Limits) -> Counter[str]:
    """Take articles away; how many went of each limit."""
    gone: Counter[str] = Counter()
    with hurried(context.db):
        for found in surplus:
            gone[found.reason] += drop(context.db, found.ids, limits.general, context.now())
        forget_dropped(context.db, context.now())
    return +gone


def _told(count: int, reason: str) -> str:
    return f"{numbered(count, 'article')} {reason}"
