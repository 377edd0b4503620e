"""What the headers of an answer say: how long to wait, how long it stays fresh, whether it can be read."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

_LONGEST = 366 * 86400  # seconds; what a header says beyond a year is a mistake
_TEXTUAL = frozenset({"application/xml", "application/json", "application/feed+json", "application/xhtml+xml"})
_FEED_ODDITIES = frozenset(
    {
        "application/rss",
        "application/atom",
        "application/rdf",
        "application/octet-stream",  # what servers say of a file whose ending they do not know
        "binary/octet-stream",
        "application/gzip",  # sitemaps are often compressed files
        "application/x-gzip",
    }
)
_NOT_FOR_READING = frozenset({"text/css", "text/javascript", "text/calendar", "text/csv", "text/vcard"})

ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9",
    "page": "text/html, application/xhtml+xml, text/plain;q=0.8",
    "image": "image/avif, image/webp, image/png, image/jpeg, image/gif, image/*;q=0.8",
}


def by_name(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by their names in lower case, those that were sent several times joined (RFC 9110, section 5.3)."""
    found: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        text = _text(value)
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def accept_header(families: tuple[str, ...]) -> str:
    """The Accept header for families of content: what is wanted first, anything else last."""
    return ", ".join([*(ACCEPT[family] for family in families), "*/*;q=0.1"])


def is_readable_type(content_type: str | None, families: tuple[str, ...]) -> bool:
    """Tell whether a Content-Type belongs to one of the families; a missing one may be anything."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if not media_type or "/" not in media_type:
        return True
    return any(_READABLE[family](media_type) for family in families)


def _is_textual(media_type: str) -> bool:
    if media_type.startswith("text/"):
        return media_type not in _NOT_FOR_READING
    return media_type in _TEXTUAL or (media_type.endswith(("+xml", "+json")) and not _is_image(media_type))


def _is_feed(media_type: str) -> bool:
    return _is_textual(media_type) or media_type in _FEED_ODDITIES or "xml" in media_type.partition("/")[2].split("-")


def _is_image(media_type: str) -> bool:
    return media_type.startswith("image/")


_READABLE = {"feed": _is_feed, "page": _is_textual, "image": _is_image}


def http_date(text: str | None) -> datetime | None:
    """An HTTP date (RFC 9110, section 5.6.7), aware; None if it is missing or none."""
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, section 10.2.3), 0 to a year; None if it does not say.

    A date is taken by the server's own clock where it shows it, since ours may be wrong.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:12]), _LONGEST))
    until = http_date(text)
    if until is None:
        return None
    seconds = (until - (http_date(headers.get("date")) or now)).total_seconds()
    return min(max(seconds, 0.0), float(_LONGEST))


def max_age(headers: Mapping[str, str]) -> int | None:
    """Seconds that an answer stays fresh (RFC 9111, section 4.2), 0 to a year; None if it does not say."""
    directives = _directives(headers.get("cache-control", ""))
    if "no-store" in directives or "no-cache" in directives:
        return 0
    if (seconds := _seconds(directives.get("max-age"))) is not None:
        return max(seconds - (_seconds(headers.get("age")) or 0), 0)
    expires, date = http_date(headers.get("expires")), http_date(headers.get("date"))
    if expires is None:
        return 0 if headers.get("expires", "").strip() == "0" else None
    return min(max(int((expires - date).total_seconds()), 0), _LONGEST) if date else None


def announced_size(headers: Mapping[str, str]) -> int:
    """Bytes of the body as sent, 0 if the server does not say."""
    text = headers.get("content-length", "")
    return int(text[:18]) if text.isascii() and text.isdigit() else 0


def _directives(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def _seconds(text: str | None) -> int | None:
    text = (text or "").strip()
    return min(int(text[:12]), _LONGEST) if text.isascii() and text.isdigit() else None
