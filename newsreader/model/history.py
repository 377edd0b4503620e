"""What became of an article, and by what."""

from datetime import datetime
from typing import NamedTuple

from newsreader.model.changes import Recorded
from newsreader.model.news import Entry, Source, Story


class Version(NamedTuple):
    """An earlier headline and text of an article: its number, and when it was read."""

    number: int
    read: datetime
    title: str


class History(NamedTuple):
    """Everything that was done to an article.

    `home` is the address of the page or source that named it first, `None` if a person did. `source` announced it
    first, `others` did too. `wanted` is whether its page is still to be read; `tried` when it was last asked for,
    `failure` why that brought nothing, after `failures` attempts in a row. `merged` are ids that this article has
    taken the place of, `copies` ids of articles of other sites that have its text. Of `versions`, the newest is last.
    `story` is the one that it belongs to, `None` while it stands alone, or is hidden with all of it.
    """

    entry: Entry
    first_seen: datetime
    home: str | None
    source: Source | None
    others: tuple[str, ...]
    urls: tuple[str, ...]
    wanted: bool
    tried: datetime | None
    failures: int
    failure: str | None
    read: datetime | None
    starred: datetime | None
    later: datetime | None
    changes: tuple[Recorded, ...]
    merged: tuple[int, ...]
    copies: tuple[int, ...]
    revision: int
    versions: tuple[Version, ...]
    story: Story | None
