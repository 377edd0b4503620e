"""What a source announces becomes articles, a whole list at once: most of what a refresh costs is spent here."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zlib import crc32

from newsreader.dates import from_iso
from newsreader.errors import NotFoundError
from newsreader.keys import key_of
from newsreader.model.news import FEED_TEXT, Headline, State
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.derived import derived
from newsreader.store.feedtexts import replace_feed_text
from newsreader.store.headlines import Columns, add_tags, columns_of, list_article, same_title
from newsreader.store.retention import not_dropped
from newsreader.store.revisions import is_edited, keep_revision
from newsreader.store.times import moment_of, to_seconds
from newsreader.urls import canonical

_PLACES = 600  # seconds that the place on a page may count


class Saved(NamedTuple):
    """What became of a list of headlines.

    `new` are ids of articles that are listed for the first time, `ids` those of all headlines in their order; `updated`
    counts articles whose announcement changed, `unchanged` the rest.
    """

    new: list[int]
    updated: int
    unchanged: int
    ids: list[int]


class _Marks(NamedTuple):
    """CRC-32 of an announced title, and of all that was announced but the id and the time of the last change."""

    title: int
    whole: int


class _Known(NamedTuple):
    """An article that a feed gave an id."""

    id: int
    title: str
    published: datetime | None

    def is_told_by(self, headline: Headline) -> bool:
        """Whether a headline with the same id of the feed is this article: feeds use ids twice."""
        dates = headline.published, self.published
        return same_title(self.title, headline.title) and (None in dates or dates[0] == dates[1])


def save_headlines(db: Connection, source_id: int, headlines: Iterable[Headline], now: datetime) -> Saved:
    """Keep what a source announces, first one first; marks of articles that are known stay.

    A headline without a date stands a second behind the one above it, so that lists keep the order of the page. An
    article is known by any address under which it was seen; by the id that its feed gives it only if title and date
    agree too. Of two announcements of one article the first counts. What retention took away is passed over. Raises
    NotFoundError if the source was removed meanwhile.
    """
    told = list(headlines)
    with transaction(db):
        sql = """SELECT id, url, EXISTS (SELECT 1 FROM announcement WHERE source = ?1), EXISTS (SELECT 1 FROM dropped)
        FROM source WHERE id = ?1"""
        source = row(db, sql, (source_id,))
        if source is None:
            raise NotFoundError(f"There is no source {source_id}", hint="newsreader sources lists them")
        told = not_dropped(db, told, now) if source[3] else told
        if not told:
            return Saved([], 0, 0, [])
        batch = _Batch(db, source[:3], to_seconds(now))
        ids = batch.find(told)
        new, updated = batch.take(told, ids)
        batch.write()
    return Saved(new, updated, len(told) - len(new) - updated, ids)


class _Batch:
    """One list on its way into the store: rows of new articles are gathered and written together."""

    def __init__(self, db: Connection, source: tuple[Any, ...], now: int) -> None:
        self.db = db
        self.source_id, self.home, self.has_announced = source
        self.now = now
        self.last_id = int((row(db, "SELECT seq FROM sqlite_sequence WHERE name = 'article'") or (0,))[0])
        self.first_new = self.last_id + 1
        self.new: list[tuple[int, int, Headline, _Marks]] = []  # id and moment in front
        self.addresses: list[tuple[str, int, str]] = []

    def find(self, told: list[Headline]) -> list[int]:
        """The article that each headline means; new ones have ids that no article has yet."""
        keys = [key_of(headline.url) for headline in told]
        known = self._by_address(keys)
        named = self._by_feed_id([each.feed_id for key, each in zip(keys, told, strict=True) if key not in known])
        for key, headline in zip(keys, told, strict=True):
            if key in known:
                continue
            same = named.setdefault(headline.feed_id, []) if headline.feed_id else []
            before = next((each.id for each in same if each.is_told_by(headline)), 0) if same else 0
            known[key] = before or self._next_id()
            same.append(_Known(known[key], headline.title, headline.published))
            self.addresses.append((key, known[key], headline.url))
        return [known[key] for key in keys]

    def take(self, told: list[Headline], ids: list[int]) -> tuple[list[int], int]:
        """Compare with what was announced before; the ids that are listed for the first time, and how many changed."""
        before = self._announced(ids)
        listed: list[int] = []
        updated = 0
        taken: set[int] = set()
        announced = zip(ids, told, [_marks_of(headline) for headline in told], strict=True)
        for place, (article_id, headline, marks) in enumerate(announced):
            if article_id in taken:
                continue
            taken.add(article_id)
            if before.get(article_id) == marks:
                continue
            if article_id >= self.first_new:
                moment = moment_of(headline.published, self.now - min(place, _PLACES))
                self.new.append((article_id, moment, headline, marks))
                listed.append(article_id)
            elif self._change(article_id, headline, marks, before.get(article_id)):
                listed.append(article_id)
            else:
                updated += article_id in before
        return listed, updated

    def write(self) -> None:
        """Write what was gathered."""
        if self.new:
            self._write_articles()
        sql = "INSERT INTO article_url (key, article, url) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING"
        self.db.executemany(sql, self.addresses)

    def _next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _by_address(self, keys: list[str]) -> dict[str, int]:
        sql = "SELECT u.key, u.article FROM json_each(?) CROSS JOIN article_url u ON u.key = value"
        return dict(rows(self.db, sql, (json.dumps(keys),)))

    def _by_feed_id(self, feed_ids: list[str | None]) -> dict[str, list[_Known]]:
        """The articles that this source gave these ids, newest first."""
        sql = """SELECT n.feed_id, a.id, a.title, a.published FROM json_each(?)
        CROSS JOIN announcement n ON n.source = ? AND n.feed_id = value
        CROSS JOIN article a ON a.id = n.article ORDER BY a.id DESC"""
        found: dict[str, list[_Known]] = {}
        wanted = [feed_id for feed_id in feed_ids if feed_id]
        for feed_id, article_id, title, published in self._of_each(sql, wanted):
            found.setdefault(feed_id, []).append(_Known(article_id, title, from_iso(published)))
        return found

    def _announced(self, ids: list[int]) -> dict[int, _Marks]:
        """How this source announced articles before."""
        sql = """SELECT n.article, n.title_crc, n.crc FROM json_each(?)
        CROSS JOIN announcement n ON n.source = ? AND n.article = value"""
        known = [article_id for article_id in ids if article_id < self.first_new]
        return {article: _Marks(*marks) for article, *marks in self._of_each(sql, known)}

    def _of_each(self, sql: str, values: Sequence[str | int]) -> list[tuple[Any, ...]]:
        """What a query of the announcements of this source finds for a list of values."""
        return rows(self.db, sql, (json.dumps(values), self.source_id)) if values and self.has_announced else []

    def _change(self, article_id: int, headline: Headline, marks: _Marks, before: _Marks | None) -> bool:
        """Bring a known article up to its announcement; whether it is listed for the first time."""
        sql = """INSERT INTO announcement (source, article, moment, unread, title_crc, crc, feed_id)
        SELECT ?1, id, moment, read_at IS NULL, ?3, ?4, ?5 FROM article WHERE id = ?2
        ON CONFLICT (source, article) DO UPDATE SET title_crc = ?3, crc = ?4, feed_id = ?5"""
        self.db.execute(sql, (self.source_id, article_id, *marks, headline.feed_id))
        edited = before is not None and before.title != marks.title
        with derived(self.db, article_id):
            if before is not None:
                _take_edit(self.db, article_id, headline, edited=edited)
            _update(self.db, article_id, headline, edited=edited)
            replace_feed_text(self.db, article_id, headline)
            return list_article(self.db, article_id, self.source_id)

    def _write_articles(self) -> None:
        sql = "UPDATE counter SET value = value + ? WHERE name = 'arrivals' RETURNING value"
        first = rows(self.db, sql, (len(self.new),))[0][0] - len(self.new) + 1
        shared = self.source_id, self.home, self.now
        articles = [
            (article_id, arrival, moment, *shared, canonical(headline.url), *_state_of(headline), *columns_of(headline))
            for arrival, (article_id, moment, headline, _) in enumerate(self.new, first)
        ]
        sql = f"""INSERT INTO article (id, arrival, moment, source, home, first_seen_at, url, state, reason,
        {", ".join(Columns._fields)}, wanted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"""  # noqa: S608 - fixed names
        self.db.executemany(sql, articles)
        announcements = [
            (self.source_id, article_id, moment, *marks, headline.feed_id)
            for article_id, moment, headline, marks in self.new
        ]
        sql = """INSERT INTO announcement (source, article, moment, unread, title_crc, crc, feed_id)
        VALUES (?, ?, ?, 1, ?, ?, ?)"""
        self.db.executemany(sql, announcements)
        texts = [(article_id, headline.html) for article_id, _, headline, _ in self.new]
        self.db.executemany("INSERT INTO feed_text (article, html) VALUES (?, ?)", texts)
        sql = "INSERT OR IGNORE INTO article_tag (article, tag, position) VALUES (?, ?, ?)"
        tags = [(new[0], tag, place) for new in self.new for place, tag in enumerate(new[2].tags, 1)]
        self.db.executemany(sql, tags)


def _take_edit(db: Connection, article_id: int, headline: Headline, *, edited: bool) -> None:
    """Keep the headline that a source edited, and want a page again that was read before it changed."""
    sql = "SELECT title, fetched_at, arrival IS NOT NULL FROM article WHERE id = ?"
    title, fetched, is_listed = rows(db, sql, (article_id,))[0]
    is_new = edited and is_edited(title, headline.title)
    if is_new and is_listed:
        keep_revision(db, article_id)
    if fetched is not None and (is_new or (headline.updated and to_seconds(headline.updated) > fetched)):
        sql = "UPDATE article SET wanted = 1 WHERE id = ? AND state IN ('full', 'partial', 'paywalled')"
        db.execute(sql, (article_id,))


def _update(db: Connection, article_id: int, headline: Headline, *, edited: bool) -> None:
    """Bring a known article up to its announcement: what its page said stays, what is missing is filled in."""
    sql = """UPDATE article SET
    title = CASE WHEN :title <> '' AND (:edited OR title = '' OR arrival IS NULL) THEN :title ELSE title END,
    summary = CASE WHEN :summary <> '' AND (summary = '' OR fetched_at IS NULL) THEN :summary ELSE summary END,
    authors = CASE WHEN authors = '' THEN :authors ELSE authors END,
    published = coalesce(published, :published), updated = coalesce(:updated, updated),
    language = coalesce(language, :language), image = coalesce(image, :image),
    moment = CASE WHEN published IS NULL AND :at IS NOT NULL THEN min(:at, first_seen_at) ELSE moment END,
    url = CASE WHEN url LIKE 'http://%' AND :url = 'https://' || substr(url, 8) THEN :url ELSE url END
    WHERE id = :id"""
    values = {
        **columns_of(headline)._asdict(),
        "id": article_id,
        "edited": edited,
        "at": to_seconds(headline.published) if headline.published else None,
        "url": canonical(headline.url),
    }
    db.execute(sql, values)
    add_tags(db, article_id, headline.tags)


def _state_of(headline: Headline) -> tuple[str, str | None]:
    """State and reason of a new article."""
    return (str(State.FEED_ONLY), FEED_TEXT) if headline.has_text else (str(State.HEADLINE), None)


def _marks_of(headline: Headline) -> _Marks:
    # Feeds change the id without a reason, and some say at every fetch that all was changed just now.
    url, title, summary, published, _, authors, tags, image, language, html, _ = headline
    told = f"{url}\n{title}\n{summary}\n{published!s}\n{authors!s}\n{tags!s}\n{image}\n{language}\n"
    return _Marks(_crc(title), _crc(html, _crc(told)))


def _crc(text: str, before: int = 0) -> int:
    """CRC-32 of a text behind that of another."""
    return crc32(text.encode("utf-8", "replace"), before)
