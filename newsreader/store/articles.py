"""Whole articles: text, links and earlier revisions, written and read."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from newsreader.dates import Day, from_iso, to_iso
from newsreader.keys import is_front_page
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.news import Headline, State
from newsreader.store.bodies import pack_blocks, pack_image, unpack_blocks, unpack_image
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.derived import derived
from newsreader.store.feedtexts import drop_feed_text
from newsreader.store.headlines import add_headline, add_tags, list_article, record_failure, same_title
from newsreader.store.identity import add_address, existing, find_by_address
from newsreader.store.merging import merge
from newsreader.store.revisions import is_edited, is_under_way, keep_revision
from newsreader.store.states import has_text, may_replace
from newsreader.store.times import at_seconds, moment_of, to_seconds
from newsreader.text import count_words
from newsreader.urls import canonical

# The kinds whose links lead to articles: each target gets a row, so that it has an id before it is fetched.
_TO_ARTICLES = (LinkKind.INLINE, LinkKind.RELATED, LinkKind.MORE)


class Stored(NamedTuple):
    """What became of an article: its id, the number of its text, and whether that text is new or differs from before.

    `linked` are ids of articles that were not known before and came into the store by its links.
    """

    id: int
    revision: int
    changed: bool
    linked: tuple[int, ...] = ()


class StoredLink(NamedTuple):
    """A link of an article and the id of the article it leads to, `None` if it leads to none."""

    link: Link
    id: int | None


class Revision(NamedTuple):
    """An earlier text of an article that changed: its number, and when it was read."""

    number: int
    saved: datetime
    title: str
    text: str


class _Before(NamedTuple):
    """What is stored of an article."""

    state: State
    title: str
    published: str | None
    first_seen: int
    text: str | None
    words: int | None
    revision: int


class _New(NamedTuple):
    """An article, its text, and how many words that has."""

    article: Article
    text: str
    words: int


def save_article(  # noqa: PLR0913 - two of them are options by name
    db: Connection,
    article: Article,
    source_id: int | None,
    now: datetime,
    *,
    id: int | None = None,  # noqa: A002 - the id of an article is called so everywhere
    listed: bool = True,
) -> Stored:
    """Keep an article under `id`, or under the address it names; marks stay.

    A text that holds less than the stored one (see `newsreader.store.states`) is recorded as a failure and replaces
    nothing. Headline and text before are kept as a revision if one of them says something else now. If the address is
    that of another row with the same title, the two become one. Raises NotFoundError if there is no article `id`.
    """
    with transaction(db):
        article_id = _place(db, article, id, to_seconds(now))
        with derived(db, article_id):
            if listed:
                list_article(db, article_id, source_id)
            return _take(db, article_id, article, now)


def load_article(db: Connection, article_id: int) -> Article:
    """A whole article; without blocks if only its headline is stored. Raises NotFoundError."""
    found = existing(db, article_id)
    sql = """SELECT a.url, a.title, a.subtitle, a.authors, a.published, a.updated, a.language, a.section, a.summary,
    a.state, a.reason, b.site_name, b.lead_image, b.blocks, b.text, b.next_page
    FROM article a LEFT JOIN body b ON b.article = a.id WHERE a.id = ?"""
    values = rows(db, sql, (found,))[0]
    tags = rows(db, "SELECT tag FROM article_tag WHERE article = ? ORDER BY position", (found,))
    return Article(
        url=values[0],
        title=values[1],
        subtitle=values[2],
        authors=tuple(values[3].split("\n")) if values[3] else (),
        published=from_iso(values[4]),
        updated=from_iso(values[5]),
        language=values[6],
        section=values[7],
        tags=tuple(tag for (tag,) in tags),
        summary=values[8],
        state=State(values[9]),
        reason=values[10] or "",
        site_name=values[11],
        lead_image=unpack_image(values[12]),
        blocks=unpack_blocks(values[13], values[14]) if values[13] else (),
        links=tuple(stored.link for stored in load_links(db, found)),
        next_page=values[15],
    )


def load_texts(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The texts of articles, by id; those that have none are left out."""
    sql = "SELECT b.article, b.text FROM json_each(?) CROSS JOIN body b ON b.article = value"
    return dict(rows(db, sql, (json.dumps(list(ids)),)))


def home_of(db: Connection, article_id: int) -> str | None:
    """The address of the source or page that named an article first, `None` if a person did. Raises NotFoundError."""
    found = rows(db, "SELECT home FROM article WHERE id = ?", (existing(db, article_id),))
    home: str | None = found[0][0]
    return home


def load_links(db: Connection, article_id: int) -> list[StoredLink]:
    """The links of an article in reading order. Raises NotFoundError if there is no such article."""
    sql = """SELECT coalesce(l.url, t.url), coalesce(l.title, t.title), l.kind, l.heading, l.target
    FROM link l LEFT JOIN article t ON t.id = l.target WHERE l.article = ? ORDER BY l.position"""
    found = rows(db, sql, (existing(db, article_id),))
    return [
        StoredLink(Link(url, title, LinkKind(kind), heading), target) for url, title, kind, heading, target in found
    ]


def linked_headlines(db: Connection, ids: list[int], limit: int) -> list[tuple[int, str, str | None]]:
    """Id, address and home of articles that these link to as stories, known by headline only and never asked for."""
    sql = """SELECT DISTINCT t.id, t.url, t.home FROM json_each(?) CROSS JOIN link l ON l.article = value
    JOIN article t ON t.id = l.target
    WHERE l.kind IN ('related', 'inline') AND t.state = 'headline' AND t.tried_at IS NULL LIMIT ?"""
    return [(article_id, url, home) for article_id, url, home in rows(db, sql, (json.dumps(ids), limit))]


def load_revisions(db: Connection, article_id: int) -> list[Revision]:
    """The earlier texts of an article, oldest first; the present one is not among them. Raises NotFoundError."""
    sql = "SELECT revision, saved_at, title, text FROM revision WHERE article = ? ORDER BY revision"
    return [
        Revision(number, at_seconds(saved), title, text)
        for number, saved, title, text in rows(db, sql, (existing(db, article_id),))
    ]


def _place(db: Connection, article: Article, article_id: int | None, now: int) -> int:
    """The row that the article belongs in, made or merged if need be."""
    owner = find_by_address(db, article.url)
    if article_id is None:
        return owner or add_headline(db, Headline(article.url, article.title, tags=article.tags), now, None)
    own = existing(db, article_id)
    if owner is None:
        if not is_front_page(article.url):  # where sites lead what they took away
            add_address(db, own, article.url)
    elif owner != own and _one_article(db, owner, article.title):
        return merge(db, own, owner)
    return own


def _one_article(db: Connection, owner: int, title: str) -> bool:
    """Whether an address that a page claims is its own: pages that all name the front page are not one article."""
    return same_title(_before(db, owner).title, title)


def _before(db: Connection, article_id: int) -> _Before:
    sql = """SELECT a.state, a.title, a.published, a.first_seen_at, b.text, a.word_count, a.revision
    FROM article a LEFT JOIN body b ON b.article = a.id WHERE a.id = ?"""
    state, *rest = rows(db, sql, (article_id,))[0]
    return _Before(State(state), *rest)


def _take(db: Connection, article_id: int, article: Article, now: datetime) -> Stored:
    """Put an article in the place of what is stored of it, if it holds more."""
    before = _before(db, article_id)
    if article.state is State.HEADLINE:
        return Stored(article_id, before.revision, changed=False)
    new = _New(article, text := article.text, count_words(text))
    if not has_text(article.state) or not may_replace(article.state, new.words, before.state, before.words or 0):
        record_failure(db, article_id, article.state, article.reason or str(article.state), now)
        return Stored(article_id, before.revision, changed=False)
    return _save_text(db, article_id, new, before, to_seconds(now))


def _save_text(db: Connection, article_id: int, new: _New, before: _Before, now: int) -> Stored:
    article, text, _ = new
    changed = before.text is None or is_edited(before.text, text) or bool(before.text) != bool(text)
    revision = before.revision
    # More of the same article (feed text, then the whole page) is no edit.
    is_edit = before.state is article.state and before.text and (changed or is_edited(before.title, article.title))
    if is_edit and not is_under_way(db, article_id):
        keep_revision(db, article_id)
        revision += 1
    _save_columns(db, article_id, new, before, now)
    sql = """INSERT OR REPLACE INTO body (article, saved_at, site_name, next_page, lead_image, blocks, text)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
    image, blocks = pack_image(article.lead_image), pack_blocks(article.blocks, text)
    db.execute(sql, (article_id, now, article.site_name, article.next_page, image, blocks, text))
    drop_feed_text(db, article_id)
    linked = _save_links(db, article_id, article, now)
    return Stored(article_id, revision, changed, linked)


def _save_columns(db: Connection, article_id: int, new: _New, before: _Before, now: int) -> None:
    article = new.article
    published = _more_precise(article.published, from_iso(before.published))
    page = article.state is not State.FEED_ONLY
    values: dict[str, Any] = {
        "id": article_id,
        "title": article.title or before.title,
        "subtitle": article.subtitle,
        "authors": "\n".join(article.authors),
        "summary": article.summary,
        "published": to_iso(published),
        "moment": moment_of(published, before.first_seen),
        "updated": to_iso(article.updated),
        "language": article.language,
        "section": article.section,
        "image": next((image.url for image in article.images), None),
        "state": str(article.state),
        "reason": article.reason or None,
        "words": new.words,
        "page": page,
        "now": now,
        "url": _own_address(db, article_id, article.url),
    }
    sql = """UPDATE article SET title = :title, subtitle = :subtitle, authors = coalesce(nullif(:authors, ''), authors),
    summary = coalesce(nullif(:summary, ''), summary), published = :published, moment = :moment,
    updated = coalesce(:updated, updated), language = coalesce(:language, language),
    section = coalesce(:section, section), image = coalesce(:image, image), state = :state,
    reason = CASE WHEN :page OR failure IS NULL THEN :reason ELSE failure END,
    word_count = :words,
    failure = CASE WHEN :page THEN NULL ELSE failure END, failures = CASE WHEN :page THEN 0 ELSE failures END,
    url = coalesce(:url, url), wanted = CASE WHEN :page THEN 0 ELSE wanted END,
    fetched_at = CASE WHEN :page THEN :now ELSE fetched_at END, tried_at = CASE WHEN :page THEN :now ELSE tried_at END
    WHERE id = :id"""
    db.execute(sql, values)
    add_tags(db, article_id, article.tags)


def _own_address(db: Connection, article_id: int, url: str) -> str | None:
    """The address that a page names as its own, `None` if it is another article's."""
    return canonical(url) if find_by_address(db, url) == article_id else None


def _more_precise(new: datetime | None, old: datetime | None) -> datetime | None:
    """When an article was published: what its page says, but for a bare day whose hour is known already."""
    if new is None or (isinstance(new, Day) and old is not None and old.date() == new.date()):
        return old
    return new


def _save_links(db: Connection, article_id: int, article: Article, now: int) -> tuple[int, ...]:
    """Replace the links of an article; the ids of targets that were not known, and whose home it is therefore."""
    db.execute("DELETE FROM link WHERE article = ?", (article_id,))
    linked: list[int] = []
    related: set[int] = set()
    values = []
    for position, link in enumerate(article.links):
        target = None
        if link.url and link.kind in _TO_ARTICLES and (target := find_by_address(db, link.url)) is None:
            target = add_headline(db, Headline(link.url, link.title), now, article.url)
            linked.append(target)
        target = None if target == article_id else target
        if target and link.kind is not LinkKind.MORE:
            related.add(target)
        values.append((article_id, position, str(link.kind), target, link.heading, *_own_words(db, link, target)))
    db.executemany(
        "INSERT INTO link (article, position, kind, target, heading, url, title) VALUES (?, ?, ?, ?, ?, ?, ?)", values
    )
    db.execute("UPDATE article SET related_count = ? WHERE id = ?", (len(related), article_id))
    return tuple(linked)


def _own_words(db: Connection, link: Link, target: int | None) -> tuple[str | None, str | None]:
    """Address and title of a link, each `None` where they are those of its target."""
    found = row(db, "SELECT url, title FROM article WHERE id = ?", (target,)) if target else None
    if not found:
        return link.url, link.title
    return None if found[0] == link.url else link.url, None if found[1] == link.title else link.title
