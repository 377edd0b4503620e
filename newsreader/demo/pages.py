"""The pages of the demo site as they are served: dates filled in from a clock, shared parts put in place.

A page is a file below `site/`; a file whose name begins with "_" is a part. In their text, `{{…}}` stands for:
`base` the address of the server; `year` this year; `part NAME` the part `_NAME.html`; `FORMAT WHEN` a date.
WHEN is an age (`2h`) or a day and a time (`1d 09:30`: yesterday at half past nine) on the clock of the page's section;
FORMAT is a name in `_FORMATS`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta, timezone
from email.utils import format_datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

SITE = Path(__file__).parent / "site"

_PLACEHOLDER = re.compile(r"\{\{([^{}]+)\}\}")
_CHARSET = re.compile(rb"""charset=["']?([\w-]+)""")
_OFFSETS = {"ja": 9, "de": 1}  # hours east of Greenwich; the islands keep one time all year
_CHARSET_IN_HEADER = {"ja": False}  # the Japanese section says it in the page alone, as older sites do
_NEVER_CHANGED = timedelta(days=30)  # the age of what names no date: pictures, robots.txt

_TYPES = {
    ".html": "text/html",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".txt": "text/plain",
    ".png": "image/png",
}
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_DE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
_DAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAYS_DE = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]


class Page(NamedTuple):
    """What the server answers for one path; `etag` is quoted, `last_modified` is aware and in whole seconds."""

    body: bytes
    content_type: str
    etag: str
    last_modified: datetime


def render_site(base: str, now: datetime) -> dict[str, Page]:
    """Every page by its path, such as "/ja/"; `base` ends with a slash, `now` is aware."""
    files = (file for file in sorted(SITE.rglob("*")) if file.is_file() and not file.name.startswith("_"))
    return {_path_of(file): _render(file, base, now) for file in files}


def _path_of(file: Path) -> str:
    path = f"/{file.relative_to(SITE).as_posix()}"
    return path.removesuffix("index.html")


def _render(file: Path, base: str, now: datetime) -> Page:
    section = file.relative_to(SITE).parts[0]
    local = now.astimezone(timezone(timedelta(hours=_OFFSETS.get(section, 0))))
    body, changed = file.read_bytes(), local - _NEVER_CHANGED
    charset = ""
    if file.suffix != ".png":
        charset = _charset_of(body)
        text, changed = _fill(body.decode(charset), base, local)
        body = text.encode(charset)
    stated = charset if _CHARSET_IN_HEADER.get(section, True) else ""
    return Page(
        body=body,
        content_type=_TYPES[file.suffix] + (f"; charset={stated}" if stated else ""),
        etag=f'"{blake2b(body, digest_size=8).hexdigest()}"',
        last_modified=changed.astimezone(UTC).replace(microsecond=0),
    )


def _charset_of(body: bytes) -> str:
    """The encoding a page states in its first kilobyte, else UTF-8; cp932 is what the web calls Shift_JIS."""
    found = _CHARSET.search(body[:1024])
    stated = found[1].decode().lower() if found else "utf-8"
    return "cp932" if stated == "shift_jis" else stated


def _fill(text: str, base: str, local: datetime) -> tuple[str, datetime]:
    """The text with every placeholder replaced, and the newest moment it names: when the page was last changed."""
    moments = [local - _NEVER_CHANGED]

    def replace(found: re.Match[str]) -> str:
        name, _, rest = found[1].partition(" ")
        if name == "base":
            return base
        if name == "year":
            return str(local.year)
        if name == "part":
            return _PLACEHOLDER.sub(replace, (SITE / f"_{rest}.html").read_text("utf-8").strip())
        moments.append(_moment(rest, local))
        return _FORMATS[name](moments[-1])

    return _PLACEHOLDER.sub(replace, text), max(moments)


def _moment(when: str, local: datetime) -> datetime:
    """The moment that `2h` (an age) or `1d 09:30` (a day and a time, midnight if left out) means, seen from `local`.

    Days are counted on the calendar of Greenwich: `3d` is the same day on every island.
    """
    age, _, clock = when.partition(" ")
    if age.endswith("h"):
        return (local - timedelta(hours=int(age[:-1]))).replace(second=0, microsecond=0)
    day = (local.astimezone(UTC) - timedelta(days=int(age[:-1]))).date()
    return datetime.combine(day, time.fromisoformat(clock or "00:00"), local.tzinfo)


def _reiwa(at: datetime) -> str:
    return f"令和{at.year - 2018}年{at.month}月{at.day}日"


_FORMATS: Mapping[str, Callable[[datetime], str]] = {
    "iso": lambda at: at.isoformat(timespec="seconds"),
    "rfc822": format_datetime,
    "en": lambda at: f"{at.day} {_MONTHS_EN[at.month - 1]} {at.year}, {at:%H:%M}",
    "en-weekday": lambda at: _DAYS_EN[at.weekday()],
    "de": lambda at: f"{at.day}. {_MONTHS_DE[at.month - 1]} {at.year}, {at:%H:%M} Uhr",
    "de-weekday": lambda at: _DAYS_DE[at.weekday()],
    "ja": lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}時{at.minute:02}分",
    "ja-day": lambda at: f"{at.month}月{at.day}日",
    "ja-reiwa": _reiwa,
}
