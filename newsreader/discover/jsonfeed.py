"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), whatever the types of its values turn out to be."""

import json
from html import escape
from typing import Any

from newsreader.dates import parse_date
from newsreader.discover.htmltext import first_image, summary_text, title_text
from newsreader.errors import ParseError
from newsreader.model.news import Headline
from newsreader.text import clean
from newsreader.urls import canonical, resolve


def read_json_feed(
    body: bytes, url: str, most: int | None = None
) -> tuple[str, str | None, str | None, int | None, tuple[Headline, ...]]:
    """Title, site, language, minutes to live (always None) and the first `most` headlines; raises `ParseError`."""
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{url} is not a feed: its JSON is broken.") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise ParseError(f"{url} is JSON, but not a JSON Feed.", hint="A JSON Feed has a list of items.")
    language = clean(_text(found, "language")) or None
    headlines = (_headline(item, url, language, _authors(found)) for item in items[:most] if isinstance(item, dict))
    return (
        clean(_text(found, "title")),
        resolve(_text(found, "home_page_url"), url),
        language,
        None,
        tuple(headline for headline in headlines if headline),
    )


def _headline(item: dict[str, Any], url: str, language: str | None, authors: tuple[str, ...]) -> Headline | None:
    target = (
        resolve(_text(item, "url"), url) or resolve(_text(item, "external_url"), url) or _address(_text(item, "id"))
    )
    if target is None:
        return None
    markup = _text(item, "content_html") or escape(_text(item, "content_text"), quote=False)
    summary = summary_text(_text(item, "summary") or markup)
    image = _text(item, "image") or _text(item, "banner_image") or first_image(markup) or ""
    return Headline(
        url=canonical(target),
        title=title_text(_text(item, "title")) or summary[:100],
        summary=summary,
        published=parse_date(_text(item, "date_published")),
        updated=parse_date(_text(item, "date_modified")),
        authors=_authors(item) or authors,
        tags=tuple(clean(tag) for tag in _list(item, "tags") if isinstance(tag, str) and clean(tag)),
        image=resolve(image, url),
        language=clean(_text(item, "language")) or language,
        html=markup,
        feed_id=clean(_text(item, "id")) or None,
    )


def _text(values: dict[str, Any], name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else str(found) if isinstance(found, int) else ""


def _list(values: dict[str, Any], name: str) -> list[Any]:
    found = values.get(name)
    return found if isinstance(found, list) else []


def _address(text: str) -> str | None:
    return resolve(text, "") if text.startswith(("http://", "https://")) else None


def _authors(values: dict[str, Any]) -> tuple[str, ...]:
    """`authors` of 1.1, or the `author` of 1.0."""
    people = [*_list(values, "authors"), values.get("author")]
    names = [clean(_text(person, "name")) for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))
