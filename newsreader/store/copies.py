"""Texts that are known already: the same article under a new address, and the same report in another paper."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsreader.fingerprints import Likeness, likeness, prints_of, sentences_of
from newsreader.store.connection import Connection, row, rows
from newsreader.store.headlines import same_title
from newsreader.store.identity import existing
from newsreader.store.merging import merge
from newsreader.urls import same_site, site_of

_CANDIDATES = 50  # texts that are compared with one
_COMMON = 50  # articles that share a print from which on it tells nothing: "All rights reserved"
_COPIES = 3  # articles that are enough to recognise a text that very many have
_SAME = 0.9  # share of the longer text from which on two texts of one site may be one article
_APART = 2 * 86400  # seconds between the times of two texts that are one article
_COPIED = 0.5  # share of the shorter text from which on it is a copy, perhaps cut
_FEWEST = 4  # sentences that it shares then: three are soon "Sign up", "All rights reserved" and "Share this"


class _Known(NamedTuple):
    """A stored text."""

    id: int
    url: str
    title: str
    moment: int
    copy_of: int | None
    source: int | None
    source_url: str | None
    text: str


_KNOWN = """SELECT a.id, a.url, a.title, a.moment, a.copy_of, a.source, s.url, b.text FROM json_each(?)
CROSS JOIN article a ON a.id = value JOIN body b ON b.article = a.id LEFT JOIN source s ON s.id = a.source
WHERE a.arrival IS NOT NULL"""


def recognise(db: Connection, article_id: int) -> int:
    """See whether the text of an article is known, inside a transaction, once it is kept; the id of the article.

    Nearly the same text on the same site under the same headline at about the same time is one article: the two become
    one. A text that another site has as well stays an article of its own and is marked as a copy of the first.
    """
    db.execute("UPDATE article SET copy_of = NULL WHERE id = ? AND copy_of IS NOT NULL", (article_id,))
    alike = list(_alike(db, article_id))
    own, copies = alike[0][0] if alike else None, []
    for known, found in alike[1:]:
        assert own is not None
        if _is_one(own, known, found) and not _are_told_apart(db, own, known):
            article_id = merge(db, article_id, known.id)
        elif not same_site(own.url, known.url):
            copies.append(known)
    if own is not None:
        _mark(db, article_id, own, copies)
    return article_id


def copies_of(db: Connection, article_id: int, limit: int | None = None) -> list[tuple[int, float]]:
    """The articles with the same text as one, and how much of the shorter text they share (0 to 1), most first.

    At most so many, the first of them. Raises NotFoundError.
    """
    sql = """SELECT o.id FROM article a JOIN article o ON o.id <> a.id
    AND (o.id = a.copy_of OR o.copy_of = coalesce(a.copy_of, a.id)) WHERE a.id = ?
    ORDER BY o.moment, o.id LIMIT ?"""
    values = existing(db, article_id), -1 if limit is None else limit
    others = [other for (other,) in rows(db, sql, values)]
    texts = {known.id: sentences_of(known.text) for known in _load(db, [article_id, *others])}
    own = texts.pop(article_id, frozenset())
    found = [(other, likeness(own, texts[other]).shorter) for other in texts]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _alike(db: Connection, article_id: int) -> Iterator[tuple[_Known, Likeness]]:
    """The article itself, then those whose texts share much with its own; nothing if it has no text."""
    own = next(iter(_load(db, [article_id])), None)
    if own is None or not (ids := _sharing(db, own)):
        return
    sentences = sentences_of(own.text)
    yield own, likeness(sentences, sentences)
    for known in _load(db, ids):
        found = likeness(sentences, sentences_of(known.text))
        if found.longer >= _SAME or (found.shorter >= _COPIED and found.sentences >= _FEWEST):
            yield known, found


def _sharing(db: Connection, own: _Known) -> list[int]:
    """The newest articles that share a print with one, but for prints that are common; or all its prints."""
    found: set[int] = set()
    prints = prints_of(own.text)
    sql = "SELECT article FROM fingerprint WHERE print = ? AND article <> ? ORDER BY article DESC LIMIT ?"
    for each in prints:
        sharing = [article for (article,) in rows(db, sql, (each, own.id, _COMMON))]
        if len(sharing) < _COMMON:
            found.update(sharing)
    if prints and not found:  # so many papers have the text that all its prints are common
        found.update(_sharing_all(db, own.id, prints))
    return sorted(found)[-_CANDIDATES:]


def _sharing_all(db: Connection, article_id: int, prints: Sequence[int]) -> list[int]:
    """Some of the newest articles that have all these prints."""
    first, *others = prints
    has = "AND EXISTS (SELECT 1 FROM fingerprint WHERE print = ? AND article = f.article)"
    sql = f"""SELECT article FROM (SELECT article FROM fingerprint WHERE print = ? ORDER BY article DESC LIMIT ?) f
    WHERE article <> ? {has * len(others)} ORDER BY article DESC LIMIT ?"""  # noqa: S608 - placeholders
    return [article for (article,) in rows(db, sql, (first, _CANDIDATES, article_id, *others, _COPIES))]


def _load(db: Connection, ids: list[int]) -> list[_Known]:
    return [_Known(*values) for values in rows(db, _KNOWN, (json.dumps(ids),))]


def _is_one(one: _Known, other: _Known, found: Likeness) -> bool:
    """Whether two texts that share much are one article; what is new every day under one headline is not."""
    near = abs(one.moment - other.moment) <= _APART
    return found.longer >= _SAME and near and same_title(one.title, other.title) and _is_one_paper(one, other)


def _is_one_paper(one: _Known, other: _Known) -> bool:
    """Whether two articles are on one site, or on two between which their paper moved; not in a list of many papers."""
    if same_site(one.url, other.url):
        return True
    home = site_of(one.source_url or "")
    return one.source == other.source and bool(home) and home in (site_of(one.url), site_of(other.url))


def _are_told_apart(db: Connection, one: _Known, other: _Known) -> bool:
    """Whether sources announced two articles under two headlines: some sites answer with one page for all of them."""
    sql = "SELECT title_crc FROM announcement WHERE article = ?"
    titles, others = (set(rows(db, sql, (each.id,))) for each in (one, other))
    return bool(titles and others) and titles.isdisjoint(others)


def _mark(db: Connection, article_id: int, own: _Known, copies: list[_Known]) -> None:
    """Let the first of these articles be what the others are copies of."""
    first = {known.copy_of or known.id for known in copies}
    if not first:
        return
    sql = "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) ORDER BY moment, id LIMIT 1"
    every = {*first, own.copy_of or article_id, article_id}
    original = row(db, sql, (json.dumps([*every]),))
    assert original is not None
    others = json.dumps([each for each in every if each != original[0]])
    sql = """UPDATE article SET copy_of = nullif(?1, id) WHERE (id = ?1 AND copy_of IS NOT NULL) OR (copy_of IS NOT ?1
    AND (id IN (SELECT value FROM json_each(?2)) OR copy_of IN (SELECT value FROM json_each(?2))))"""
    db.execute(sql, (original[0], others))
