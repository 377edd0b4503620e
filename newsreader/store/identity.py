"""Which stored article an address means."""

from collections.abc import Iterable

from newsreader.errors import NotFoundError
from newsreader.keys import key_of
from newsreader.store.connection import Connection, row, rows
from newsreader.urls import is_address, is_content_name

LARGEST_ID = 2**63 - 1


def find_by_address(db: Connection, url: str) -> int | None:
    """The article that was seen under this address, in any of its spellings; `None` if there is none."""
    found = row(db, "SELECT article FROM article_url WHERE key = ?", (key_of(url),))
    return int(found[0]) if found else None


def add_address(db: Connection, article_id: int, url: str) -> None:
    """Remember that an article was seen under an address; an address that is another article's stays there."""
    sql = "INSERT INTO article_url (key, article, url) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING"
    db.execute(sql, (key_of(url), article_id, url))


def addresses_of(db: Connection, article_id: int) -> tuple[str, ...]:
    """Every address under which an article was seen, as it was spelled there."""
    found = rows(db, "SELECT url FROM article_url WHERE article = ? ORDER BY url", (article_id,))
    return tuple(url for (url,) in found)


def follow(db: Connection, article_id: int) -> int:
    """The article that an id means now: ids of articles that turned out to be one lead to the kept one."""
    found = row(db, "SELECT article FROM moved WHERE id = ?", (article_id,))
    return int(found[0]) if found else article_id


def find_article(db: Connection, ref: str) -> int:
    """The id of the article that a person means by an id or by any address under which it was seen.

    Raises NotFoundError.
    """
    if ref.isascii() and ref.isdigit() and len(ref) <= len(str(LARGEST_ID)):
        return existing(db, int(ref))
    if not (is_address(ref) or is_content_name(ref)):
        raise NotFoundError(f"There is no article {ref!r}", hint="Give an id of `newsreader list`, or an address")
    found = find_by_address(db, ref)
    if found is None:
        raise NotFoundError(f"No article is stored for {ref}", hint=f"Read it from the web: newsreader show {ref}")
    return found


def existing(db: Connection, article_id: int) -> int:
    """The id, followed if the article became part of another. Raises NotFoundError if there is no such article."""
    if article_id <= LARGEST_ID:
        found = follow(db, article_id)
        if row(db, "SELECT 1 FROM article WHERE id = ?", (found,)):
            return found
    raise _not_there(article_id)


def _not_there(article_id: int) -> NotFoundError:
    return NotFoundError(f"There is no article {article_id}", hint="newsreader list shows the ids")


def all_existing(db: Connection, ids: Iterable[int]) -> list[int]:
    """The ids, each followed as by `existing` and named once. Raises NotFoundError for the first that is not there."""
    from json import dumps  # lists have no need of it

    sql = """SELECT e.value, a.id FROM json_each(?) e LEFT JOIN moved m ON m.id = e.value
    LEFT JOIN article a ON a.id = coalesce(m.article, e.value)"""
    found = dict(rows(db, sql, (dumps(list(ids)),)))
    missing = next((asked for asked, article_id in found.items() if article_id is None), None)
    if missing is not None:
        raise _not_there(missing)
    return list(dict.fromkeys(found.values()))


def ids_between(db: Connection, first: int, last: int) -> list[int]:
    """The ids of listed articles from the first to the last, both counted."""
    sql = "SELECT id FROM article WHERE id BETWEEN ? AND ? AND arrival IS NOT NULL"
    return [article_id for (article_id,) in rows(db, sql, (min(first, LARGEST_ID), min(last, LARGEST_ID)))]
