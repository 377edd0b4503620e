"""Which sources a section of the configuration means."""

from collections.abc import Iterable

from newsreader.keys import key_of, typed_key
from newsreader.model.news import Source
from newsreader.urls import host_of


def meant(sources: Iterable[Source], name: str) -> list[Source]:
    """The sources that `[source."NAME"]` is about: by name, address or host, whatever their case."""
    return [source for source in sources if _is_meant(source, name)]


def _is_meant(source: Source, name: str) -> bool:
    return name.casefold() in {source.name.casefold(), host_of(source.url)} or typed_key(name) == key_of(source.url)
