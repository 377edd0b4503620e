"""Headlines: what sources announce and pages link to becomes rows of articles."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zlib import crc32

from newsreader.dates import from_iso, to_iso
from newsreader.errors import NotFoundError
from newsreader.model.news import Headline, State
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.identity import add_address, existing, find_by_address, key_of
from newsreader.store.states import has_text
from newsreader.store.times import moment_of, to_seconds
from newsreader.text import fold
from newsreader.urls import canonical

_PLACES = 600  # seconds that the place on a page may count
TRIES = 3  # attempts before a page that fails is no longer asked for by itself


class Saved(NamedTuple):
    """What became of a list of headlines.

    `new` are ids of articles that are listed for the first time, `ids` those of all headlines in their order; `updated`
    counts articles whose announcement changed, `unchanged` the rest.
    """

    new: list[int]
    updated: int
    unchanged: int
    ids: list[int]


def save_headlines(db: Connection, source_id: int, headlines: Iterable[Headline], now: datetime) -> Saved:
    """Keep what a source announces, first one first; marks of articles that are known stay.

    A headline without a date stands a second behind the one above it, so that lists keep the order of the page.
    An article is known by any address under which it was seen; by the id that its feed gives it only if title and date
    agree too, since feeds use ids twice. Raises NotFoundError if the source was removed meanwhile.
    """
    saved = Saved([], 0, 0, [])
    with transaction(db):
        source = row(db, "SELECT id, url FROM source WHERE id = ?", (source_id,))
        if source is None:
            raise NotFoundError(f"There is no source {source_id}", hint="newsreader sources lists them")
        for place, headline in enumerate(headlines):
            saved = _save(db, source, headline, to_seconds(now) - min(place, _PLACES), saved)
    return saved


def _save(db: Connection, source: tuple[int, str], headline: Headline, now: int, saved: Saved) -> Saved:
    source_id, home = source
    found = find_by_address(db, headline.url) or _find_by_feed_id(db, source_id, headline)
    article_id = found or add_headline(db, headline, now, home)
    saved.ids.append(article_id)
    before = row(
        db, "SELECT title_crc, crc FROM announcement WHERE source = ? AND article = ?", (source_id, article_id)
    )
    marks = _crc(headline.title), _crc(repr(headline._replace(feed_id=None)))
    if before == marks:
        return saved._replace(unchanged=saved.unchanged + 1)
    _announce(db, source_id, article_id, headline.feed_id, marks)
    if found:
        _update(db, article_id, headline, edited=before is not None and before[0] != marks[0])
    if list_article(db, article_id, source_id):
        saved.new.append(article_id)
        return saved
    if before:
        return saved._replace(updated=saved.updated + 1)
    return saved._replace(unchanged=saved.unchanged + 1)


def add_headline(db: Connection, headline: Headline, now: int, home: str | None) -> int:
    """A new row for an article that is not known, not listed yet; its id.

    `now` is in seconds, `home` the address of the source or page that named it (`None`: a person did).
    """
    url = canonical(headline.url)
    values = {
        **_columns(headline),
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


def _find_by_feed_id(db: Connection, source_id: int, headline: Headline) -> int | None:
    if not headline.feed_id:
        return None
    sql = """SELECT a.id, a.title, a.published FROM announcement n JOIN article a ON a.id = n.article
    WHERE n.source = ? AND n.feed_id = ? ORDER BY a.id DESC LIMIT 10"""
    for article_id, title, published in rows(db, sql, (source_id, headline.feed_id)):
        dates = headline.published, from_iso(published)
        if same_title(title, headline.title) and (None in dates or dates[0] == dates[1]):
            add_address(db, article_id, headline.url)
            return int(article_id)
    return None


def _announce(db: Connection, source_id: int, article_id: int, feed_id: str | None, marks: tuple[int, int]) -> None:
    sql = """INSERT INTO announcement (source, article, moment, unread, title_crc, crc, feed_id)
    SELECT ?1, id, moment, read_at IS NULL, ?3, ?4, ?5 FROM article WHERE id = ?2
    ON CONFLICT (source, article) DO UPDATE SET title_crc = ?3, crc = ?4, feed_id = ?5"""
    db.execute(sql, (source_id, article_id, *marks, feed_id))


def _update(db: Connection, article_id: int, headline: Headline, *, edited: bool) -> None:
    """Bring a known article up to its announcement: what its page said stays, what is missing is filled in."""
    sql = """UPDATE article SET
    title = CASE WHEN :title <> '' AND (:edited OR title = '' OR arrival IS NULL) THEN :title ELSE title END,
    summary = CASE WHEN :summary <> '' AND (summary = '' OR fetched_at IS NULL) THEN :summary ELSE summary END,
    authors = CASE WHEN authors = '' THEN :authors ELSE authors END,
    published = coalesce(published, :published), updated = coalesce(:updated, updated),
    language = coalesce(language, :language), image = coalesce(image, :image),
    moment = CASE WHEN published IS NULL AND :at IS NOT NULL THEN min(:at, first_seen_at) ELSE moment END,
    url = CASE WHEN :url LIKE 'https://%' AND url LIKE 'http://%' AND substr(url, 8) = :key THEN :url ELSE url END
    WHERE id = :id"""
    values = {
        **_columns(headline),
        "id": article_id,
        "edited": edited,
        "at": to_seconds(headline.published) if headline.published else None,
        "url": canonical(headline.url),
        "key": key_of(headline.url),
    }
    db.execute(sql, values)
    add_tags(db, article_id, headline.tags)


def _columns(headline: Headline) -> dict[str, Any]:
    return {
        "title": headline.title,
        "summary": headline.summary,
        "authors": "\n".join(headline.authors),
        "published": to_iso(headline.published),
        "updated": to_iso(headline.updated),
        "language": headline.language,
        "image": headline.image,
    }


def _crc(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))
