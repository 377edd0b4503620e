"""Rows of articles that are known by their headline: made, listed, wanted, failed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from newsreader.dates import to_iso
from newsreader.model.news import Headline, State
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.identity import add_address, existing
from newsreader.store.states import has_text
from newsreader.store.times import moment_of, to_seconds
from newsreader.text import fold
from newsreader.urls import canonical

TRIES = 3  # attempts before a page that fails is no longer asked for by itself


class Columns(NamedTuple):
    """The columns of an article that its headline fills."""

    title: str
    summary: str
    authors: str
    published: str | None
    updated: str | None
    language: str | None
    image: str | None


def add_headline(db: Connection, headline: Headline, now: int, home: str | None) -> int:
    """A new row for an article that is not known, not listed yet; its id.

    `now` is in seconds, `home` the address of the source or page that named it (`None`: a person did).
    """
    url = canonical(headline.url)
    values = {
        **columns_of(headline)._asdict(),
        "url": url,
        "state": str(State.HEADLINE),
        "moment": moment_of(headline.published, now),
        "now": now,
        "home": home,
    }
    names = "moment, state, first_seen_at, url, title, published, updated, language, image, authors, summary, home"
    places = ":moment, :state, :now, :url, :title, :published, :updated, :language, :image, :authors, :summary, :home"
    sql = f"INSERT INTO article ({names}) VALUES ({places})"  # noqa: S608 - fixed texts
    db.execute(sql, values)
    article_id = db.last_insert_rowid()
    add_address(db, article_id, headline.url)
    add_tags(db, article_id, headline.tags)
    return article_id


def list_article(db: Connection, article_id: int, source_id: int | None) -> bool:
    """List an article; whether it was not listed before. If a source announced it, its page is wanted."""
    if row(db, "SELECT 1 FROM article WHERE id = ? AND arrival IS NOT NULL", (article_id,)):
        return False
    arrival = rows(db, "UPDATE counter SET value = value + 1 WHERE name = 'arrivals' RETURNING value")[0][0]
    sql = """UPDATE article SET arrival = ?1, source = coalesce(source, ?2),
    wanted = ?2 IS NOT NULL AND fetched_at IS NULL WHERE id = ?3"""
    db.execute(sql, (arrival, source_id, article_id))
    return True


def add_tags(db: Connection, article_id: int, tags: Sequence[str]) -> None:
    """Add tags to an article behind those it has; case does not matter."""
    sql = """INSERT INTO article_tag (article, tag, position)
    SELECT ?1, ?2, coalesce(max(position), 0) + 1 FROM article_tag WHERE article = ?1 ON CONFLICT DO NOTHING"""
    if tags:
        db.executemany(sql, [(article_id, tag) for tag in tags])


def wanted(db: Connection, source_id: int, limit: int) -> list[tuple[int, str]]:
    """Ids and addresses of the pages of a source that are still to be fetched, newest first."""
    sql = """SELECT id, url FROM article INDEXED BY article_wanted WHERE wanted = 1 AND source = ?
    ORDER BY moment DESC, id DESC LIMIT ?"""
    return [(article_id, url) for article_id, url in rows(db, sql, (source_id, limit))]


def owing(db: Connection) -> set[int]:
    """The ids of the sources that have pages still to be fetched."""
    sql = "SELECT DISTINCT source FROM article INDEXED BY article_wanted WHERE wanted = 1 AND source IS NOT NULL"
    return {source_id for (source_id,) in rows(db, sql)}


def record_failure(db: Connection, article_id: int, state: State, reason: str, now: datetime) -> None:
    """Keep why a page could not be had; text that is stored stays, with its state.

    After `TRIES` failures, or at once if the state says that trying again is no use, the page is no longer wanted.
    Raises NotFoundError.
    """
    with transaction(db):
        found = existing(db, article_id)
        stored = State(rows(db, "SELECT state FROM article WHERE id = ?", (found,))[0][0])
        replaced = not has_text(stored)
        sql = """UPDATE article SET failure = :reason, failures = failures + 1, tried_at = :now,
        wanted = wanted AND :again AND failures + 1 < :tries, state = CASE WHEN :replaced THEN :state ELSE state END,
        reason = CASE WHEN :replaced OR state = 'feed-only' THEN :reason ELSE reason END WHERE id = :id"""
        values = {
            "id": found,
            "reason": reason,
            "now": to_seconds(now),
            "again": state is State.FAILED,
            "tries": TRIES,
            "replaced": replaced,
            "state": str(state),
        }
        db.execute(sql, values)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, but for case and width."""
    return fold(one) == fold(other)


def columns_of(headline: Headline) -> Columns:
    """What a headline tells, as columns of an article."""
    return Columns(
        headline.title,
        headline.summary,
        "\n".join(headline.authors),
        to_iso(headline.published),
        to_iso(headline.updated),
        headline.language,
        headline.image,
    )
