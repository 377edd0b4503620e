"""All that a store keeps of an article, to carry it to another store."""

from datetime import datetime
from typing import NamedTuple

from newsreader.model.article import Article
from newsreader.model.news import SourceKind


class Origin(NamedTuple):
    """A source by what it is known by in any store: its address."""

    url: str
    name: str = ""
    kind: SourceKind = SourceKind.FEED


class Announced(NamedTuple):
    """That a source announced an article: the id that its feed gave it, and CRC-32 of title and of all it told."""

    source: Origin
    feed_id: str | None
    title_crc: int
    crc: int = 0


class EarlierText(NamedTuple):
    """A text that the article had before: its number, when it was read, and its headline then."""

    number: int
    saved: datetime
    title: str
    text: str


class Marks(NamedTuple):
    """Since when an article is read, starred and kept for later (`None`: it is not), and what hid it, "" = nothing.

    `followed` is since when its story is followed.
    """

    read: datetime | None = None
    starred: datetime | None = None
    later: datetime | None = None
    hidden: str = ""
    followed: datetime | None = None


class Keeping(NamedTuple):
    """What a store knows of an article beside what its page tells.

    `urls` are all addresses it was seen under; `first_seen` is when it was first named, `moment` its place in lists,
    `fetched` when its page was last read, `saved` when its text was (`None`: there is none); `listed` is whether lists
    show it, or it is only linked to; `source` announced it first; `image` is the address of the picture for lists;
    `revision` is the number of the present text, `revisions` are the earlier ones.
    """

    first_seen: datetime
    moment: datetime | None = None
    fetched: datetime | None = None
    saved: datetime | None = None
    listed: bool = True
    source: Origin | None = None
    announced: tuple[Announced, ...] = ()
    urls: tuple[str, ...] = ()
    marks: Marks = Marks()
    image: str | None = None
    revision: int = 1
    revisions: tuple[EarlierText, ...] = ()


class Record(NamedTuple):
    """An article and what a store knows of it."""

    article: Article
    keeping: Keeping
