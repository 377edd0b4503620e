"""What a body is by its looks: a feed, a sitemap or a page; servers often mislabel them."""

import re
from functools import cache

from newsreader.discover.sitemaps import inflate
from newsreader.errors import ParseError
from newsreader.model.news import SourceKind

_HEAD = 4096  # bytes that tell


def kind_of(body: bytes, content_type: str | None = None) -> SourceKind:
    """FEED, SITEMAP, or FRONTPAGE for any HTML page; raises `ParseError` for anything else.

    `content_type`, the value of the HTTP header, decides only where the bytes do not.
    """
    head = _text_head(body)
    match = _root().search(head)
    if match:
        name = match[1].rpartition(":")[2].lower()
        if name in ("rss", "feed", "rdf", "channel"):
            return SourceKind.FEED
        if name in ("urlset", "sitemapindex"):
            return SourceKind.SITEMAP
        if not head.lstrip().startswith("<?xml") or name == "html":
            return SourceKind.FRONTPAGE
    if head.lstrip().startswith("{") and ("feed+json" in (content_type or "") or _json_feed().search(head)):
        return SourceKind.FEED
    if not match and "html" in (content_type or "") and head.strip():
        return SourceKind.FRONTPAGE
    raise ParseError("This is neither a web page nor a feed.", hint="Give the address of a news site or of its feed.")


def _text_head(body: bytes) -> str:
    """The first bytes as text; only ASCII matters here."""
    head = inflate(body, "The file", _HEAD)[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


@cache
def _root() -> re.Pattern[str]:
    """The first start tag after declarations, comments and the document type, each taken once and for all."""
    return re.compile(
        r"\A(?>[^<]{0,200}<(?:\?[^>]*>|!--.*?-->|![A-Za-z\[][^>]*>))*+[^<]{0,200}<([A-Za-z][\w:.-]*)", re.DOTALL
    )


@cache
def _json_feed() -> re.Pattern[str]:
    return re.compile(r"jsonfeed\.org/version|\"items\"\s*:\s*\[")
