"""Lists of subscriptions that other readers wrote: which form a file has, and which of its entries can be fetched."""

from typing import NamedTuple

from newsreader.discover.newsboat import read_urls
from newsreader.discover.opml import read_opml
from newsreader.errors import ParseError
from newsreader.model.news import Source
from newsreader.urls import resolve

_HEAD = 4096  # bytes that tell


class Subscriptions(NamedTuple):
    """The sources of a list, not stored yet (their id is 0), and the entries that have no address, as written."""

    sources: list[Source]
    wrong: list[str]


def read_subscriptions(body: bytes, name: str) -> Subscriptions:
    """The subscriptions in OPML, in Newsboat's `urls`, or in a plain list of addresses.

    `name` is what to call the file. Raises `ParseError` if it is none of these.
    """
    is_xml = _is_xml(body)
    found = Subscriptions([], [])
    for source in read_opml(body, name) if is_xml else read_urls(body):
        if url := _address(source.url):
            site = resolve(source.site, "") if source.site else None
            found.sources.append(source._replace(url=url, site=site))
        else:
            found.wrong.append(source.url)
    if not (is_xml or found.sources):
        raise ParseError(
            f"{name} is neither OPML nor a list of addresses",
            hint="Export the subscriptions of your reader as OPML, or write an address a line",
        )
    return found


def _is_xml(body: bytes) -> bool:
    """Whether a file is markup of any encoding, rather than lines."""
    head = body[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    return head.startswith(b"<") or b"<opml" in head


def _address(written: str) -> str | None:
    """The http(s) address that is meant, also one that is marked as that of a feed (`feed:`); `None` if it is none."""
    scheme, _, rest = written.partition(":")
    if scheme.lower() == "feed":
        written = f"http:{rest}" if rest.startswith("//") else rest
    return resolve(written, "")
