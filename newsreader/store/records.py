"""Articles with all that is known of them, from one store to another; what is here already is never lost for it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from newsreader.dates import to_iso
from newsreader.keys import key_of
from newsreader.model.news import SourceKind, State
from newsreader.model.record import Announced, EarlierText, Keeping, Marks, Origin, Record
from newsreader.store.connection import Connection, row, rows
from newsreader.store.following import follow_since
from newsreader.store.headlines import add_tags
from newsreader.store.identity import existing
from newsreader.store.merging import merge
from newsreader.store.states import has_text, may_replace
from newsreader.store.times import at_seconds, from_seconds, moment_of, to_seconds

_NO_HOME = "https://import.invalid/"  # leads nowhere (RFC 2606): a file must not name what is in a private network
# What a record fills of a row that is not listed yet; marks and times are merged.
_FILLED = (
    "source", "state", "moment", "revision", "url", "title", "published", "updated", "language", "section", "image",
    "reason", "failure", "authors", "summary", "home", "fetched_at",
)  # fmt: skip
_MERGED = ("first_seen_at", "read_at", "starred_at", "later_at", "hidden_by")
_INSERT = f"""INSERT INTO article ({", ".join(_FILLED + _MERGED)})
VALUES (:{", :".join(_FILLED + _MERGED)})"""  # noqa: S608 - fixed names
_FILL = f"""UPDATE article SET ({", ".join(_FILLED)}) = (:{", :".join(_FILLED)}),
first_seen_at = min(first_seen_at, :first_seen_at) WHERE id = :id"""  # noqa: S608 - fixed names
_MERGE_MARKS = """UPDATE article SET read_at = min(coalesce(read_at, :read_at), coalesce(:read_at, read_at)),
starred_at = min(coalesce(starred_at, :starred_at), coalesce(:starred_at, starred_at)),
later_at = min(coalesce(later_at, :later_at), coalesce(:later_at, later_at)),
hidden_by = coalesce(hidden_by, :hidden_by) WHERE id = :id"""
_UNMARKED = "a.read_at IS NULL AND a.starred_at IS NULL AND a.later_at IS NULL AND a.hidden_by IS NULL"
_OWNERS = f"""SELECT u.key, a.id, a.arrival IS NULL AND {_UNMARKED}
FROM json_each(?) CROSS JOIN article_url u ON u.key = value CROSS JOIN article a ON a.id = u.article"""  # noqa: S608 - fixed text


class Placed(NamedTuple):
    """The row of a record.

    `is_new` is whether it is new to lists, `takes` whether the text of the record is to be kept in it, `earlier`
    whether that is a text from before the stored one.
    """

    id: int
    is_new: bool
    takes: bool
    earlier: bool = False


def marked_links(db: Connection) -> list[int]:
    """The ids of marked articles that lists do not show, as they are only linked to; by address."""
    found = rows(db, f"SELECT a.id FROM article a WHERE a.arrival IS NULL AND NOT ({_UNMARKED}) ORDER BY a.url")  # noqa: S608 - fixed text
    return [article_id for (article_id,) in found]


def load_keeping(db: Connection, article_id: int) -> Keeping:
    """What is known of an article beside its text. Raises NotFoundError."""
    found = existing(db, article_id)
    sql = """SELECT s.url, s.name, s.kind, a.read_at, a.starred_at, a.later_at, a.hidden_by,
    t.followed_at, a.first_seen_at, a.moment, a.fetched_at, b.saved_at, a.arrival IS NOT NULL, a.image, a.revision
    FROM article a LEFT JOIN body b ON b.article = a.id LEFT JOIN source s ON s.id = a.source
    LEFT JOIN story t ON t.id = a.story WHERE a.id = ?"""
    url, name, kind, read, starred, later, hidden, followed, *rest = rows(db, sql, (found,))[0]
    first_seen, moment, fetched, saved, listed, image, revision = rest
    urls = rows(db, "SELECT url FROM article_url WHERE article = ? ORDER BY key", (found,))
    return Keeping(
        first_seen=at_seconds(first_seen),
        moment=at_seconds(moment),
        fetched=from_seconds(fetched),
        saved=from_seconds(saved),
        listed=bool(listed),
        source=Origin(url, name, SourceKind(kind)) if url else None,
        announced=_announced(db, found),
        urls=tuple(url for (url,) in urls),
        marks=Marks(
            from_seconds(read), from_seconds(starred), from_seconds(later), hidden or "", from_seconds(followed)
        ),
        image=image,
        revision=revision,
        revisions=tuple(_earlier(db, found)),
    )


def _announced(db: Connection, article_id: int) -> tuple[Announced, ...]:
    sql = """SELECT s.url, s.name, s.kind, n.feed_id, n.title_crc, n.crc FROM announcement n
    JOIN source s ON s.id = n.source WHERE n.article = ? ORDER BY s.url"""
    return tuple(
        Announced(Origin(url, name, SourceKind(kind)), *told) for url, name, kind, *told in rows(db, sql, (article_id,))
    )


def _earlier(db: Connection, article_id: int) -> list[EarlierText]:
    sql = "SELECT revision, saved_at, title, text FROM revision WHERE article = ? ORDER BY revision"
    return [EarlierText(number, at_seconds(saved), *texts) for number, saved, *texts in rows(db, sql, (article_id,))]


def place(db: Connection, record: Record, source_id: int | None) -> Placed:
    """The row for a record, inside a transaction: the one that is at one of its addresses, or a new one.

    Rows that are only linked to become one with it. A row that lists show keeps what it tells and gets the marks that
    it has not; the earlier time of two counts.
    """
    article = record.article
    keys = {key_of(url): url for url in (article.url, *record.keeping.urls)}
    found = {key: (article_id, linked) for key, article_id, linked in rows(db, _OWNERS, (json.dumps(list(keys)),))}
    values = _columns(record, source_id)
    if found:
        article_id = _joined(db, [found[key] for key in keys if key in found])
        placed = _known(db, article_id, record, values)
    else:
        db.execute(_INSERT, values)
        placed = Placed(db.last_insert_rowid(), is_new=True, takes=has_text(article.state))
    addresses = [(key, placed.id, url) for key, url in keys.items() if key not in found]
    db.executemany("INSERT INTO article_url (key, article, url) VALUES (?, ?, ?)", addresses)
    return placed


def _joined(db: Connection, owners: list[tuple[int, int]]) -> int:
    """One row of those at the addresses of an article; another that is listed or marked stays what it is."""
    kept, _ = owners[0]
    for other in {article_id for article_id, linked in owners[1:] if linked} - {kept}:
        kept = merge(db, kept, other)
    return kept


def _known(db: Connection, article_id: int, record: Record, values: dict[str, Any]) -> Placed:
    """Bring a row that is there up to a record."""
    values["id"] = article_id
    sql = """SELECT a.arrival IS NULL, a.url, a.title, a.state, a.word_count, b.saved_at, b.text
    FROM article a LEFT JOIN body b ON b.article = a.id WHERE a.id = ?"""
    unlisted, url, title, *stored = rows(db, sql, (article_id,))[0]
    if unlisted:
        _keep_words(db, article_id, (url, title), (values["url"], values["title"]))
        db.execute(_FILL, values)
    if any(values[name] for name in _MERGED[1:]):
        db.execute(_MERGE_MARKS, values)
    takes, earlier = _weigh(record, *stored)
    return Placed(article_id, bool(unlisted and record.keeping.listed), takes, earlier)


def _keep_words(db: Connection, article_id: int, old: tuple[str, str], new: tuple[str, str]) -> None:
    """Links that leave address and title to their target keep the words that they had."""
    for column, before, after in zip(("url", "title"), old, new, strict=True):
        if before != after:
            sql = f"UPDATE link SET {column} = ? WHERE target = ? AND {column} IS NULL"  # noqa: S608 - one of two names
            db.execute(sql, (before, article_id))


def _weigh(record: Record, state: str, words: int | None, saved: int | None, text: str | None) -> tuple[bool, bool]:
    """Whether the text of a record takes the place of the stored one, and whether it is one from before it.

    Which holds more is for `newsreader.store.states` to say; of two that may replace each other the newer one stays.
    """
    article, new = record.article, record.keeping.saved
    if not has_text(article.state) or new is None:
        return False, False
    if saved is None or text is None:
        return True, False
    one, other = (article.state, article.word_count), (State(state), words or 0)
    if not may_replace(*one, *other):
        return False, False
    is_newer = to_seconds(new) > saved or not may_replace(*other, *one)
    return is_newer, not is_newer and article.state == state and article.text.split() != text.split()


def _columns(record: Record, source_id: int | None) -> dict[str, Any]:
    article, keeping = record
    first_seen = to_seconds(keeping.first_seen)
    moment = keeping.moment or keeping.first_seen
    is_read = has_text(article.state)
    return {
        "source": source_id,
        "state": str(State.HEADLINE if is_read else article.state),
        "moment": moment_of(article.published or moment, first_seen),
        "revision": keeping.revision,
        "url": article.url,
        "title": article.title,
        "published": to_iso(article.published),
        "updated": to_iso(article.updated),
        "language": article.language,
        "section": article.section,
        "image": keeping.image,
        "reason": article.reason or None,
        "failure": None if is_read or article.state is State.HEADLINE else article.reason or str(article.state),
        "authors": "\n".join(article.authors),
        "summary": article.summary,
        "home": keeping.source.url if keeping.source else _NO_HOME,
        "fetched_at": to_seconds(keeping.fetched) if keeping.fetched else None,
        "first_seen_at": first_seen,
        **_marks(keeping.marks),
    }


def _marks(marks: Marks) -> dict[str, Any]:
    since = {"read_at": marks.read, "starred_at": marks.starred, "later_at": marks.later}
    return {name: to_seconds(at) if at else None for name, at in since.items()} | {"hidden_by": marks.hidden or None}


def settle(db: Connection, placed: Placed, record: Record, sources: Mapping[str, int]) -> None:
    """What remains when the text of a record is kept: tags, who announced it, who follows it, and earlier texts.

    `sources` are the ids of sources by their address.
    """
    article, keeping = record
    if not placed.takes:
        add_tags(db, placed.id, article.tags)
    if placed.is_new and article.state is not State.HEADLINE and not has_text(article.state):
        db.execute("UPDATE article SET wanted = 0 WHERE id = ? AND wanted = 1", (placed.id,))
    sql = """INSERT INTO announcement (source, article, moment, unread, feed_id, title_crc, crc)
    SELECT ?, id, moment, read_at IS NULL, ?, ?, ? FROM article WHERE id = ? ON CONFLICT DO NOTHING"""
    for source, feed_id, title_crc, crc in keeping.announced:
        db.execute(sql, (sources[source.url], feed_id, title_crc, crc, placed.id))
    if keeping.marks.followed:
        follow_since(db, placed.id, keeping.marks.followed)
    texts = keeping.revisions
    if placed.earlier and keeping.saved:
        texts = (*texts, EarlierText(keeping.revision, keeping.saved, article.title, article.text))
    if texts:
        _add_revisions(db, placed.id, texts)


def _add_revisions(db: Connection, article_id: int, texts: Sequence[EarlierText]) -> None:
    """Keep earlier texts; those of both sides stand in the order of time, numbered anew, each once."""
    stored = _earlier(db, article_id)
    if stored:
        sql = "SELECT a.title, b.text FROM article a LEFT JOIN body b ON b.article = a.id WHERE a.id = ?"
        known = {(each.title, each.text) for each in stored} | {row(db, sql, (article_id,))}
        missing = {(each.title, each.text): each for each in texts if (each.title, each.text) not in known}
        if not missing:
            return
        texts = sorted([*stored, *missing.values()], key=lambda each: each.saved)
    if stored or len({each.number for each in texts}) < len(texts):
        texts = [each._replace(number=number) for number, each in enumerate(texts, 1)]
    db.execute("DELETE FROM revision WHERE article = ?", (article_id,))
    db.executemany(
        "INSERT INTO revision (article, revision, saved_at, title, text) VALUES (?, ?, ?, ?, ?)",
        [(article_id, each.number, to_seconds(each.saved), each.title, each.text) for each in texts],
    )
    sql = "UPDATE article SET revision = max(revision, ?) WHERE id = ?"
    db.execute(sql, (max(each.number for each in texts) + 1, article_id))
