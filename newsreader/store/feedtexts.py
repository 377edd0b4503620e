"""The texts that feeds carry, as they came, until articles are made of them."""

from newsreader.dates import from_iso
from newsreader.model.news import FEED_TEXT, Headline, State
from newsreader.store.connection import Connection, row, rows
from newsreader.store.identity import follow
from newsreader.store.states import has_text


def replace_feed_text(db: Connection, article_id: int, headline: Headline) -> None:
    """Keep what a feed now says of an article whose page has not been read; nothing for one that has."""
    state = State(rows(db, "SELECT state FROM article WHERE id = ?", (article_id,))[0][0])
    if has_text(state) and state is not State.FEED_ONLY:
        return
    sql = "INSERT INTO feed_text (article, html) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET html = ?2"
    db.execute(sql, (article_id, headline.html))
    if headline.has_text and not has_text(state):
        db.execute("UPDATE article SET state = 'feed-only', reason = ? WHERE id = ?", (FEED_TEXT, article_id))


def load_announced(db: Connection, article_id: int) -> Headline | None:
    """An article as it was announced, with the text of the feed; None if that was made an article, or never came."""
    sql = """SELECT a.url, a.title, a.summary, a.published, a.updated, a.authors, a.image, a.language, f.html
    FROM feed_text f JOIN article a ON a.id = f.article WHERE f.article = ?"""
    found = row(db, sql, (follow(db, article_id),))
    if found is None:
        return None
    url, title, summary, published, updated, authors, image, language, html = found
    people = tuple(authors.split("\n")) if authors else ()
    dates = from_iso(published), from_iso(updated)
    return Headline(url, title, summary, *dates, people, (), image, language, html)


def announced(db: Connection, limit: int) -> list[int]:
    """The ids of articles that were announced and nothing was made of yet, the first first."""
    sql = "SELECT article FROM feed_text ORDER BY article LIMIT ?"
    return [article_id for (article_id,) in rows(db, sql, (limit,))]


def count_announced(db: Connection) -> int:
    """How many articles were announced that nothing was made of yet."""
    return int(rows(db, "SELECT count(*) FROM feed_text")[0][0])


def drop_feed_text(db: Connection, article_id: int) -> None:
    """Forget what a feed carried, inside `derived`: an article was made of it, or of the page, or it holds none."""
    db.execute("DELETE FROM feed_text WHERE article = ?", (article_id,))


def tell_no_text(db: Connection, article_id: int) -> None:
    """Take back that there is a text of a feed: what it carried was a picture, or nothing."""
    sql = """UPDATE article SET state = 'headline', reason = NULL WHERE id = ?1 AND state = 'feed-only'
    AND NOT EXISTS (SELECT 1 FROM body WHERE article = ?1)"""
    db.execute(sql, (article_id,))
