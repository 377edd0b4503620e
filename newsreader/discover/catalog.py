"""The built-in catalogue of public news sources, and how a name finds one in it."""

from functools import cache
from pathlib import Path
from typing import Any

from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import SourceKind
from newsreader.text import fold
from newsreader.urls import host_of

_FILE = Path(__file__).with_name("catalog.toml")
_NEAREST = 3


@cache
def all_entries() -> tuple[CatalogEntry, ...]:
    """Every source of the catalogue, by language and name."""
    import tomllib

    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        _entry(name, language, record) for language, records in tables.items() for name, record in records.items()
    )


def find(name: str) -> CatalogEntry | None:
    """The source of that name, or the only one of that title or host; case and width do not matter. `None` if none."""
    wanted = fold(name.strip())
    named = [entry for entry in all_entries() if entry.name == wanted]
    titled = named or [entry for entry in all_entries() if wanted in (fold(entry.title), _host(entry))]
    return titled[0] if len(titled) == 1 else None


def search(word: str = "", language: str = "") -> list[CatalogEntry]:
    """The sources that a word means: their language or country if it is the code of one, else all that hold it.

    It may stand in a name, a title, a host or a tag. `language` chooses further: "zh" has "zh-Hant" as well.
    """
    wanted, code = fold(word.strip()), fold(language.strip())
    chosen = [entry for entry in all_entries() if not code or _speaks(entry, code)]
    coded = [entry for entry in chosen if _speaks(entry, wanted) or fold(entry.country) == wanted]
    return coded or [entry for entry in chosen if any(wanted in fold(text) for text in _texts(entry))]


def nearest(name: str) -> list[str]:
    """Up to three names of the catalogue that look like this one or stand for a title that does, the nearest first."""
    from difflib import get_close_matches

    names = {fold(text): entry.name for entry in all_entries() for text in (entry.title, entry.name)}
    found = get_close_matches(fold(name.strip()), names, n=2 * _NEAREST)
    return list(dict.fromkeys(names[text] for text in found))[:_NEAREST]


def _entry(name: str, language: str, record: dict[str, Any]) -> CatalogEntry:
    """A record of the file; what it holds is held by the tests."""
    kinds = (kind for kind in (SourceKind.FEED, SourceKind.SITEMAP) if kind in record)
    kind = next(kinds, SourceKind.FRONTPAGE)
    site, tags = record["site"], tuple(record.get("tags", ()))
    return CatalogEntry(name, record["title"], site, kind, record.get(kind, site), language, record["country"], tags)


def _host(entry: CatalogEntry) -> str:
    return host_of(entry.site).removeprefix("www.")


def _speaks(entry: CatalogEntry, code: str) -> bool:
    """Whether a folded language code is that of the source, or the beginning of it."""
    language = fold(entry.language)
    return language == code or language.startswith(f"{code}-")


def _texts(entry: CatalogEntry) -> tuple[str, ...]:
    return (entry.name, entry.title, _host(entry), *entry.tags)
