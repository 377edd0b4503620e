"""What the data of a page's scripts say about the article whose text they hold."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from newsreader.dates import parse_date
from newsreader.extract.jsonld import unescape
from newsreader.extract.people import split_names, tidy
from newsreader.extract.richtext import plain_text
from newsreader.extract.scripts import Data
from newsreader.extract.words import words
from newsreader.text import clean

# Keys of what a story says of itself, in lower case without marks, most telling first.
_TITLES = words("headline title name heading headlines")
_SUMMARIES = words("description summary dek excerpt standfirst abstract metadescription seodescription teaser")
_AUTHORS = words("authors author byline bylines writers writer creators creator credits")
_PUBLISHED = words("""
    publishedat datepublished publisheddate publishdate published publisheddatetime publishdatetime publishedtime
    firstpublishedat firstpublished firstpublishdate publicationdate publicationdatetime publicationtime displaydate
    postdate pubdate dategmt date createdat datecreated created
""")
_UPDATED = words("""
    updatedat datemodified modifiedat modified modifieddate modifiedgmt lastmodified lastmodifiedat lastmodifieddate
    lastupdated lastupdateddate lastupdatedat updated updateddate
""")
# The same of a person, and of what a text or a person may be wrapped in.
_NAMES = words("name displayname fullname byline title")
_GIVEN, _FAMILY = words("firstname givenname forename"), words("lastname familyname surname")
_WRAPPERS = words("node nodes edges fields attributes data items profile person author by")
_FORMS = words("basic default text rendered plain iso value")
_MOST_KEYS = 300
_MOST_STEPS = 200  # values that are looked at for names
_LONGEST, _LONG_TITLE = 600, 300  # characters of a text, of a title


class Facts(NamedTuple):
    """Title and summary ("": not said), authors, and when the article was published and changed."""

    title: str
    summary: str
    authors: tuple[str, ...]
    published: datetime | None
    updated: datetime | None


class Story:
    """The objects around the text of an article, the innermost first; of each fact the first that is told counts."""

    def __init__(self, owners: Iterable[dict[str, Any]], data: Data) -> None:
        self.data = data
        self.fields: dict[str, Any] = {}
        for owner in owners:
            for key, value in _plain(owner).items():
                self.fields.setdefault(key, value)

    def facts(self, sites: frozenset[str], zone: tzinfo) -> Facts:
        """What the story says of itself; `sites` are the site's names, times without a zone are of `zone`."""
        named = next((found for key in _AUTHORS if (found := self.names(key))), [])
        return Facts(
            title=self.text(*_TITLES)[:_LONG_TITLE],
            summary=self.text(*_SUMMARIES),
            authors=tuple(tidy([name for text in named for name in split_names(text, sites)], sites)),
            published=parse_date(self.text(*_PUBLISHED), zone=zone),
            updated=parse_date(self.text(*_UPDATED), zone=zone),
        )

    def text(self, *keys: str) -> str:
        """The first text under the keys, as one line."""
        for key in keys:
            value = self.data.resolve(self.fields.get(key))
            if isinstance(value, dict):
                value = next((value[form] for form in _FORMS if value.get(form)), None)
            if isinstance(value, (str, int)) and (text := _line(str(value))):
                return text
        return ""

    def names(self, key: str) -> list[str]:
        """The names of persons under a key, however deep their objects are wrapped."""
        found: list[str] = []
        stack = [self.fields.get(key)]
        for _ in range(_MOST_STEPS):
            if not stack:
                break
            value = self.data.resolve(stack.pop())
            if isinstance(value, str):
                found.append(_line(value))
            elif isinstance(value, list):
                stack.extend(reversed(value[:_MOST_KEYS]))
            elif isinstance(value, dict):
                fields = _plain(value)
                stack.extend([_name(fields)] if _name(fields) else [fields.get(key) for key in _WRAPPERS])
        return found


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """The fields of an object by their keys in lower case, without marks."""
    return {key.lower().replace("_", ""): inner for key, inner in list(value.items())[:_MOST_KEYS]}


def _name(fields: dict[str, Any]) -> str:
    """The name of a person, whole or in parts, "" if there is none."""
    whole, given, family = (
        next((name for key in keys if isinstance(name := fields.get(key), str)), "")
        for keys in (_NAMES, _GIVEN, _FAMILY)
    )
    return whole or f"{given} {family}".strip()


def _line(text: str) -> str:
    """A text of the data, perhaps HTML, as one line."""
    return clean(unescape(plain_text(text[:_LONGEST])))
