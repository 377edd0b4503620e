"""What lists need: sources, headlines, entries and matches. Light to import: named tuples only.

Every time is an aware `datetime`; a `newsreader.dates.Day` is one whose hour is not known.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How much of an article is here, honestly."""

    FULL = "full"
    PARTIAL = "partial"
    PAYWALLED = "paywalled"
    CONSENT = "consent"
    BLOCKED = "blocked"
    GONE = "gone"
    FEED_ONLY = "feed-only"
    HEADLINE = "headline"
    FAILED = "failed"


FEED_TEXT = "this is the text of the feed; the page has not been read"  # why a state is FEED_ONLY


OPML_NAMESPACE = "https://github.com/newsreader/newsreader/opml"  # of the attribute that says what is no feed


class SourceKind(StrEnum):
    """Where the headlines of a source come from."""

    FEED = "feed"
    SITEMAP = "sitemap"
    FRONTPAGE = "frontpage"


class Headline(NamedTuple):
    """An article as a feed, a news sitemap or a front page announces it.

    `html` is the text that a feed carries (HTML, untrusted), "" if it has none; `feed_id` is the guid, a hint only.
    """

    url: str
    title: str
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None
    html: str = ""
    feed_id: str | None = None

    @property
    def has_text(self) -> bool:
        """Whether the feed carries a text, as far as that is told without reading it."""
        return bool(self.html and self.summary)


class Source(NamedTuple):
    """A subscription: a feed, a news sitemap or a front page.

    `etag` and `last_modified` are the validators of the last answer. `checked` is the last attempt, `due` the next one
    and `due_reason` why then, in words that follow "next in 2h, "; `status` is the last outcome ("ok", "unchanged",
    "failed", `None` = never tried), `reason` says why in words; `failures` counts attempts that failed in a row,
    `missing` those of them at the end that were answered with HTTP 404. `site` is the page that people open, `language`
    a BCP 47 tag. `moved_from` is the address before its server said that it moved for good, `moved` when it changed.
    `ttl` is how many minutes lie between two changes, as its feed says (0: it does not).
    """

    id: int
    name: str
    url: str
    site: str | None = None
    kind: SourceKind = SourceKind.FEED
    language: str | None = None
    tags: tuple[str, ...] = ()
    paused: bool = False
    etag: str | None = None
    last_modified: str | None = None
    added: datetime | None = None
    checked: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    status: str | None = None
    reason: str | None = None
    due_reason: str | None = None
    missing: int = 0
    moved_from: str | None = None
    moved: datetime | None = None
    ttl: int = 0


class Entry(NamedTuple):
    """A stored article as lists show it; `None` is "not known", `story` is `None` while it stands alone.

    `hidden` is what hid it, in words, `None` while it is shown; `copy_of` is the id of the article that has the same
    text elsewhere, `None` if it is none's copy.
    """

    id: int
    url: str
    title: str
    source_id: int | None
    source_name: str | None
    published: datetime | None
    updated: datetime | None
    fetched: datetime | None
    language: str | None
    state: State
    reason: str | None
    read: bool
    starred: bool
    later: bool
    story: int | None
    summary: str
    section: str | None
    tags: tuple[str, ...]
    word_count: int | None
    image: str | None
    related_count: int
    hidden: str | None = None
    copy_of: int | None = None


class Hit(NamedTuple):
    """An article that a search found.

    `score` is 0 to 1; `snippet` is a piece of its text, whole words, as stretches: the text, and whether it is what was
    looked for.
    """

    entry: Entry
    score: float
    snippet: tuple[tuple[str, bool], ...]


class Match(NamedTuple):
    """Something that belongs to an article: `kind` is related or inline (linked by the page), or story (same terms).

    `score` is 0 to 1; `reasons` are short phrases for a person, strongest first.
    """

    entry: Entry
    kind: str
    score: float
    reasons: tuple[str, ...]


class Story(NamedTuple):
    """Articles that tell one event: at least one, and only those that lists show.

    `id` is that of the article it began with; `title` is the headline of one of them. `articles` are ids in time order,
    `sources` their names, each once, in the order in which they came to it. `first_seen` and `last_seen` are when the
    first and the last of them was published (first seen, if that is not known). Of a story that its reader follows,
    `new` is how many of them came since the last look at it.
    """

    id: int
    title: str
    articles: tuple[int, ...]
    sources: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    following: bool = False
    new: int = 0


class Report(NamedTuple):
    """An article in the timeline of its story: `added` are its sentences that none before it had, in reading order.

    `is_changed` is whether its text was changed since it was stored, `is_new` whether it came since the reader last
    looked at the story.
    """

    entry: Entry
    added: tuple[str, ...]
    is_changed: bool
    is_new: bool


class Timeline(NamedTuple):
    """A story and its articles in time order."""

    story: Story
    reports: tuple[Report, ...]


class Summary(NamedTuple):
    """A story in a catch-up: `lead` is the first sentence of `told_by`, word for word; "" if no text is here.

    `new` is how many of its articles are new, `added` what these say that none before them did, in time order.
    """

    story: Story
    lead: str
    told_by: Entry
    new: int
    added: tuple[str, ...]
