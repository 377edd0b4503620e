"""What a query asks, as SQL over `article a`: one meaning for every command."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.errors import NotFoundError
from newsreader.model.query import And, Has, Is, Not, Or, Query, Since, SinceLast, Text, Until
from newsreader.store.connection import Connection, row
from newsreader.store.identity import LARGEST_ID
from newsreader.store.times import to_seconds

if TYPE_CHECKING:
    from newsreader.searchwords import Needle

FOLLOWED = "a.story IN (SELECT id FROM story WHERE followed_at IS NOT NULL)"  # NULL for what stands alone
_MARKS = {
    "read": "a.read_at IS NOT NULL",
    "unread": "a.read_at IS NULL",
    "starred": "a.starred_at IS NOT NULL",
    "later": "a.later_at IS NOT NULL",
    "hidden": "a.hidden_by IS NOT NULL",
    "changed": "a.revision > 1",
    "copy": "a.copy_of IS NOT NULL",
    "followed": f"(a.story IS NOT NULL AND {FOLLOWED})",
    "new": """EXISTS (SELECT 1 FROM story f
    WHERE f.id = a.story AND f.followed_at IS NOT NULL AND a.arrival > f.visited)""",
}
_TEXTS = {
    "": "a.title, a.authors, a.subtitle, a.summary, (SELECT b.text FROM body b WHERE b.article = a.id)",
    "title": "a.title",
    "author": "a.authors",
}
_FOUND = "SELECT rowid FROM search WHERE search MATCH ?"
_PENDING = "SELECT article FROM feed_text"  # announced and not indexed yet: their words are looked for one by one


class Condition(NamedTuple):
    """A condition in SQL, never NULL, and what to bind."""

    sql: str
    values: tuple[Any, ...] = ()


def parts_of(where: Query) -> Iterator[Query]:
    """What must hold all together."""
    if isinstance(where, And):
        for part in where.parts:
            yield from parts_of(part)
    else:
        yield where


def asks_for_hidden(where: Query) -> bool:
    """Whether a query speaks of hidden articles anywhere; all others leave them out."""
    if isinstance(where, And | Or):
        return any(map(asks_for_hidden, where.parts))
    return asks_for_hidden(where.part) if isinstance(where, Not) else where == Is("hidden")


def expression_of(where: Query) -> str | None:
    """An FTS5 expression that finds all that a query chooses, and more; `None` if words do not bound it."""
    if isinstance(where, Text):
        needle = _needle_of(where)
        return needle.expression(where.field) if needle else None
    if not isinstance(where, And | Or):
        return None
    found = [expression_of(part) for part in where.parts]
    bounds = [f"({each})" for each in found if each]
    if isinstance(where, And):
        return " AND ".join(bounds) or None
    return " OR ".join(bounds) if bounds and all(found) else None


def is_looked_at(part: Query) -> bool:
    """Whether the index finds more than what these words mean, so that texts must be looked at."""
    needle = _needle_of(part) if isinstance(part, Text) else None
    return needle is not None and not needle.is_exact


def needles_of(where: Query) -> Iterator[tuple[str, "Needle"]]:
    """What is looked for, each with its field: what makes an article a better find. Nothing that must not be there."""
    if isinstance(where, And | Or):
        for part in where.parts:
            yield from needles_of(part)
    elif isinstance(where, Text) and (needle := _needle_of(where)):
        yield where.field, needle


def _needle_of(where: Text) -> "Needle | None":
    from newsreader.searchwords import needle_of  # most lists look for no words

    return needle_of(where.words, prefix=where.prefix)


class Compiler:
    """Makes conditions of a query on one connection; only the newest compiler of a connection is good for use.

    With `scan`, words are looked for in the texts of articles one by one, for a few articles; else the index is asked.
    """

    def __init__(self, db: Connection, *, scan: bool = False) -> None:
        self.db = db
        self.scan = scan
        self.pending = scan or row(db, f"{_PENDING} LIMIT 1") is not None
        self._needles: list[Needle] = []

    def candidates(self, expression: str) -> Condition:
        """A query for the ids of articles that an expression may mean."""
        pending = f" UNION {_PENDING}" if self.pending else ""
        return Condition(_FOUND + pending, (expression,))

    def condition(self, where: Query, *, found: bool = False) -> Condition:
        """What an article must be; `found` if it is a candidate of the expression of this query already."""
        if isinstance(where, And | Or):
            word = " AND " if isinstance(where, And) else " OR "
            parts = [self.condition(part, found=found and isinstance(where, And)) for part in where.parts]
            return _joined(word, parts) if parts else Condition("1" if isinstance(where, And) else "0")
        if isinstance(where, Not):
            part = self.condition(where.part)
            return Condition(f"NOT {part.sql}", part.values)
        if isinstance(where, Text):
            return self._text(where, found=found)
        if isinstance(where, Has):
            return self._has(where)
        return _simple(where)

    def _text(self, where: Text, *, found: bool) -> Condition:
        needle = _needle_of(where)
        if needle is None:
            return Condition("1")
        looked = self._looked(where.field, needle)
        if self.scan:
            return looked
        if found:
            if not needle.is_exact:
                return looked
            return Condition(f"(a.id NOT IN ({_PENDING}) OR {looked.sql})", looked.values) if self.pending else _TRUE
        told = Condition(f"a.id IN ({_FOUND})", (needle.expression(where.field),))
        if not needle.is_exact:
            told = Condition(f"CASE WHEN {told.sql} THEN {looked.sql} ELSE 0 END", told.values + looked.values)
        if not self.pending:
            return told
        pending = Condition(f"CASE WHEN a.id IN ({_PENDING}) THEN {looked.sql} ELSE 0 END", looked.values)
        return _joined(" OR ", [told, pending])

    def _looked(self, field: str, needle: "Needle") -> Condition:
        """Whether the words are in the texts themselves."""
        self._needles.append(needle)
        needles = self._needles

        def holds(*values: Any) -> bool:
            number, *texts = values
            return any(needles[number].is_in(text) for text in texts if text)

        self.db.create_scalar_function("holds", holds, deterministic=True)
        return Condition(f"holds({len(needles) - 1}, {_TEXTS[field]})")

    def _has(self, where: Has) -> Condition:
        value = where.value
        if where.field == "source":
            return announced([self.source(value)])
        if where.field == "tag":
            return _tagged(value)
        if where.field == "state":
            return Condition("a.state = ?", (value,))
        if where.field == "lang":
            sql = "coalesce(a.language = ? COLLATE NOCASE OR a.language LIKE ? || '-%', 0)"
            return Condition(sql, (value, value))
        return Condition("coalesce(a.story, a.id) = ?", (self.story(value),))

    def story(self, number: str) -> int:
        """The id of the story that a number means, as any article in it; the number itself if there is none.

        Raises NotFoundError for what is no number.
        """
        from newsreader.store.stories import find_story

        if not (number.isascii() and number.isdigit() and int(number) <= LARGEST_ID):
            raise NotFoundError(f"There is no story {number}", hint="A story is meant by its number")
        try:
            return find_story(self.db, number)
        except NotFoundError:
            return int(number)

    def source(self, name: str) -> int:
        """The id of the source that a person means. Raises NotFoundError."""
        from newsreader.store.sources import find_sources

        return find_sources(self.db, [name])[0].id


_TRUE = Condition("1")


def announced(sources: Iterable[int]) -> Condition:
    """Announced by one of these sources."""
    ids = tuple(sources)
    one_of = f"n.source IN ({','.join('?' * len(ids))})"
    return Condition(f"EXISTS (SELECT 1 FROM announcement n WHERE n.article = a.id AND {one_of})", ids)  # noqa: S608 - placeholders


def _tagged(tag: str) -> Condition:
    own = "SELECT 1 FROM article_tag t WHERE t.article = a.id AND t.tag = ?"
    sources = "SELECT source FROM source_tag WHERE tag = ?"
    of_source = f"SELECT 1 FROM announcement n WHERE n.article = a.id AND n.source IN ({sources})"  # noqa: S608 - fixed text
    return Condition(f"(EXISTS ({own}) OR EXISTS ({of_source}))", (tag, tag))


def _simple(where: Is | Since | Until | SinceLast) -> Condition:
    if isinstance(where, Is):
        return Condition(_MARKS[where.mark])
    if isinstance(where, SinceLast):
        return Condition("a.arrival > (SELECT value FROM counter WHERE name = ?)", (where.visit,))
    return Condition(f"a.moment {'>=' if isinstance(where, Since) else '<'} ?", (to_seconds(where.at),))


def _joined(word: str, parts: list[Condition]) -> Condition:
    values = tuple(value for part in parts for value in part.values)
    return Condition(f"({word.join(part.sql for part in parts)})", values)
