"""A source as the built-in catalogue knows it, before anybody has subscribed to it."""

from typing import NamedTuple

from newsreader.model.news import SourceKind


class CatalogEntry(NamedTuple):
    """A public news source: `name` is what people type, in lower case; `title` and `site` are what its readers see.

    `kind` says what is at `url`; for a front page, `url` is `site`. `language` is a BCP 47 tag, `country` ISO 3166;
    `tags` are words to find it by.
    """

    name: str
    title: str
    site: str
    kind: SourceKind
    url: str
    language: str
    country: str
    tags: tuple[str, ...] = ()
