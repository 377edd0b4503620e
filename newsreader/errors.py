"""Everything that can go wrong, as one tree; each class knows its exit status, its code and its hint.

NewsreaderError                    1
├── UsageError                     2  what was typed cannot be meant
│   ├── AddressError                  not an http(s) address
│   ├── QueryError                    not in the query language
│   └── ConfigError                   the configuration file
├── NotFoundError                  3  no such article, source, file
├── FetchError                     1  one address could not be had
│   ├── ConnectError               5  no host, refused, TLS, reset
│   ├── SlowError                  5  a time limit passed
│   ├── StatusError                   the server answered 4xx or 5xx
│   │   ├── GoneError              3  404 or 410: there is no such page
│   │   └── PostponedError            not asked now: the site is to be left alone for a while
│   ├── RedirectError                 a loop, too many, or to a forbidden scheme
│   ├── TooLargeError                 more bytes than the cap
│   ├── ContentTypeError              not text that can be read
│   ├── RobotsError                   robots.txt asks not to
│   ├── PrivateAddressError           a page led to a private network
│   └── OfflineError               5  --offline
├── ParseError                     1  bytes that are not what they should be
│   └── NoArticleError                a page without an article
├── SourcesFailedError             4  some sources failed, others were done
├── NothingReachedError            5  no source could be reached
└── StoreError                     6  the store is unusable
    ├── StoreNewerError               written by a newer version
    ├── StoreForeignError             a file of another program
    ├── StoreDamagedError             the file holds what cannot be
    └── StoreBusyError                another process holds it
"""

from enum import IntEnum
from typing import ClassVar


class ExitStatus(IntEnum):
    """What the program says to the shell when it ends."""

    OK = 0
    ERROR = 1
    USAGE = 2
    NOT_FOUND = 3
    SOURCES_FAILED = 4
    NOTHING_REACHED = 5
    STORE = 6
    INTERRUPTED = 130


class NewsreaderError(Exception):
    """Base of all: one sentence for a person, and a hint what to do next (`None`: nothing to add)."""

    status: ClassVar[ExitStatus] = ExitStatus.ERROR
    code: ClassVar[str] = "error"
    default_hint: ClassVar[str | None] = None

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or self.default_hint


class UsageError(NewsreaderError):
    """What was typed cannot be meant."""

    status = ExitStatus.USAGE
    code = "usage"


class AddressError(UsageError):
    """Not an http or https address."""

    code = "address"
    default_hint = "Give a full address, such as https://example.org/news"


class QueryError(UsageError):
    """A query that cannot be read; the message shows the place."""

    code = "query"


class ConfigError(UsageError):
    """The configuration file cannot be read or holds something unknown."""

    code = "config"


class NotFoundError(NewsreaderError):
    """No such article, source or file."""

    status = ExitStatus.NOT_FOUND
    code = "not-found"


class FetchError(NewsreaderError):
    """One address could not be had.

    `retry_after` is the number of seconds that the server asked to wait, `None` if it did not say.
    """

    code = "fetch"

    def __init__(self, message: str, *, hint: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class ConnectError(FetchError):
    """No such host, connection refused, TLS failure, or a connection that broke."""

    status = ExitStatus.NOTHING_REACHED
    code = "connect"
    default_hint = "Check the address and your connection"


class SlowError(FetchError):
    """A time limit passed before the answer was whole."""

    status = ExitStatus.NOTHING_REACHED
    code = "slow"
    default_hint = "Try again later, or allow more time: NEWSREADER_FETCH_TIMEOUT=60"


class StatusError(FetchError):
    """The server answered with an error status; `http_status` is it."""

    code = "http-status"

    def __init__(
        self, message: str, *, http_status: int, hint: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, hint=hint, retry_after=retry_after)
        self.http_status = http_status


class GoneError(StatusError):
    """The server says that there is no such page (404), or that it is gone for good (410)."""

    status = ExitStatus.NOT_FOUND
    code = "gone"


class PostponedError(StatusError):
    """An address that was not asked: its host has asked to wait (`retry_after`), or its rules cannot be read now."""

    code = "postponed"
    default_hint = "Try again later"


class RedirectError(FetchError):
    """Redirects that loop, never end, or lead to something that is not the web."""

    code = "redirect"


class TooLargeError(FetchError):
    """More bytes than the cap, after decompression."""

    code = "too-large"


class ContentTypeError(FetchError):
    """Not a page, a feed or a picture: something that cannot be read."""

    code = "content-type"


class RobotsError(FetchError):
    """The site's robots.txt asks not to fetch this address."""

    code = "robots"
    default_hint = "The site asks programs not to read this page; open it in a browser instead"


class PrivateAddressError(FetchError):
    """An address that came from the network leads to a private network."""

    code = "private-address"


class OfflineError(FetchError):
    """Something would have to be fetched, and --offline forbids it."""

    status = ExitStatus.NOTHING_REACHED
    code = "offline"
    default_hint = "Leave out --offline to fetch it"


class ParseError(NewsreaderError):
    """Bytes that are not what they should be: a feed that is not XML, a page without text."""

    code = "parse"


class NoArticleError(ParseError):
    """A page without an article: a front page, an empty page, a consent page, an error page."""

    code = "no-article"
    default_hint = "If it is a site with news, subscribe to it: newsreader add ADDRESS"


class SourcesFailedError(NewsreaderError):
    """Some sources failed; the others were done."""

    status = ExitStatus.SOURCES_FAILED
    code = "sources-failed"
    default_hint = "newsreader sources --why tells the reason of each"


class NothingReachedError(NewsreaderError):
    """No source could be reached at all."""

    status = ExitStatus.NOTHING_REACHED
    code = "nothing-reached"
    default_hint = "Check your connection; what is stored can still be read: newsreader list"


class StoreError(NewsreaderError):
    """The store cannot be opened, read or written."""

    status = ExitStatus.STORE
    code = "store"


class StoreNewerError(StoreError):
    """The store was written by a newer version of the program."""

    code = "store-newer"
    default_hint = "Install the newest newsreader; the file was left untouched"


class StoreForeignError(StoreError):
    """The file is not a newsreader store."""

    code = "store-foreign"


class StoreDamagedError(StoreError):
    """The file of the store holds what cannot be."""

    code = "store-damaged"
    default_hint = "Keep the file; this saves what can be read into a new one: newsreader doctor"


class StoreBusyError(StoreError):
    """Another process held the store for too long."""

    code = "store-busy"
    default_hint = "Another newsreader is writing; try again in a moment"
