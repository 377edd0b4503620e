"""How long articles are kept."""

from typing import NamedTuple


class Keep(NamedTuple):
    """What stays: articles of the last `days`, the newest `articles` of the store and `per_source` of each source.

    0 is no limit. With `unread`, what is unread stays however old it is. What is starred, for later, or tagged by the
    user always stays.
    """

    days: int = 0
    articles: int = 0
    per_source: int = 0
    unread: bool = True


class SourceKeep(NamedTuple):
    """What stays of one source: articles of the last `days`, and the newest `articles`; -1 is as `Keep` says."""

    days: int = -1
    articles: int = -1
