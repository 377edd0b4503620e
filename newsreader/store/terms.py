"""Terms of articles and how many articles hold each: what relations are found by."""

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from newsreader.store.connection import Connection, row, rows, transaction

_PRIOR = 100  # articles that a new store is taken to hold: the first ones must not look as if every term were common
_POSTED = 20  # terms of an article by which it is found
_READ = 3000  # postings read for one article: the cost must not grow with the store
_TENTHS = 10


class Shared(NamedTuple):
    """Articles that share terms: the terms of each with their weights; those come first that share most.

    `frequencies` says how many of the `documents` articles hold each of these terms, and of those asked for.
    """

    candidates: dict[int, dict[str, float]]
    frequencies: dict[str, int]
    documents: int


class _Known(NamedTuple):
    """A term that the store knows."""

    id: int
    term: str
    documents: int


def save_terms(
    db: Connection,
    article_id: int,
    terms: Mapping[str, float],
    named: Collection[str] = (),
    labels: Collection[str] = (),
) -> None:
    """Keep the terms of an article, with weights > 0, in place of those before.

    Those `named` are written like names in it, those in `labels` stand in the label of its headline only. If it is
    listed, it then waits for its story to be found. What was counted for this article before is not counted
    again; it stays counted when the article is deleted: frequencies are about the news, not about what is stored of it
    at the moment.
    """
    with transaction(db):
        before = row(db, "SELECT ids FROM article_terms WHERE article = ?", (article_id,))
        counted = set(json.loads(before[0])) if before else set()
        db.execute("DELETE FROM article_terms WHERE article = ?", (article_id,))
        if not terms:
            db.execute("DELETE FROM unplaced WHERE article = ?", (article_id,))
            return
        names = json.dumps(list(terms))
        db.execute("INSERT INTO term (term) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING", (names,))
        known = _known(db, names)
        new = [found for found in known if found.id not in counted]
        _count(db, "documents", new)
        _count(db, "named", [found for found in new if found.term in named])
        _count(db, "labelled", [found for found in new if found.term in labels])
        if not before:
            db.execute("UPDATE counter SET value = value + 1 WHERE name = 'documents'")
        _keep(db, article_id, known, terms)


def _count(db: Connection, column: str, found: list[_Known]) -> None:
    """Count one article more for some terms."""
    if not found:
        return
    sql = f"UPDATE term SET {column} = {column} + 1 WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names
    db.execute(sql, (json.dumps([each.id for each in found]),))


def _keep(db: Connection, article_id: int, known: list[_Known], terms: Mapping[str, float]) -> None:
    documents = document_count(db)

    def telling(found: _Known) -> tuple[float, int]:
        return -terms[found.term] * math.log((documents + _PRIOR) / (found.documents + 1)), found.id

    kept = sorted(known, key=telling)
    ids = json.dumps([found.id for found in kept], separators=(",", ":"))
    weights = json.dumps([math.ceil(terms[found.term] * _TENTHS) for found in kept], separators=(",", ":"))
    db.execute("INSERT INTO article_terms (article, ids, weights) VALUES (?, ?, ?)", (article_id, ids, weights))
    sql = "INSERT INTO posting (term, article) SELECT value, ? FROM json_each(?) WHERE key < ?"
    db.execute(sql, (article_id, ids, _POSTED))
    let_wait(db, article_id)


def let_wait(db: Connection, article_id: int) -> None:
    """Let an article with new terms wait for its story to be found, if lists show it."""
    sql = "INSERT OR IGNORE INTO unplaced (article) SELECT id FROM article WHERE id = ? AND arrival IS NOT NULL"
    db.execute(sql, (article_id,))


def post_again(db: Connection) -> None:
    """Make the way from terms to articles anew, from the terms that are kept of each."""
    db.execute("DELETE FROM posting")
    sql = """INSERT OR IGNORE INTO posting (term, article)
    SELECT value, t.article FROM article_terms t, json_each(t.ids) WHERE json_valid(t.ids) AND key < ?"""
    db.execute(sql, (_POSTED,))


def document_count(db: Connection) -> int:
    """How many articles have been read for terms."""
    return int(rows(db, "SELECT value FROM counter WHERE name = 'documents'")[0][0])


def load_terms(db: Connection, article_id: int) -> dict[str, float]:
    """The terms kept of one article with their weights, the most telling first; none if it was not read for terms."""
    return _load(db, [article_id]).candidates[article_id]


def frequencies(db: Connection, terms: Iterable[str]) -> dict[str, int]:
    """In how many articles each term was found; terms that were in none are left out."""
    return {found.term: found.documents for found in _known(db, json.dumps(list(terms))) if found.documents}


def sharing(db: Connection, terms: Mapping[str, float], *, limit: int, without: int | None = None) -> Shared:
    """The `limit` articles that share most with these terms, rare ones counting most; never the one `without`."""
    known = [found for found in _known(db, json.dumps(list(terms))) if found.documents]
    documents = document_count(db)
    values: list[Any] = []
    for found in _rarest(known):
        values += [found.id, terms[found.term] * math.log(1 + documents / found.documents)]
    if not values:
        return Shared({}, {}, documents)
    places = ",".join(["(?, ?)"] * (len(values) // 2))
    sql = f"""WITH own (term, score) AS (VALUES {places})
    SELECT p.article FROM own CROSS JOIN posting p ON p.term = own.term
    WHERE p.article IS NOT ? GROUP BY p.article ORDER BY sum(own.score) DESC, p.article DESC LIMIT ?"""  # noqa: S608 - placeholders
    shared = _load(db, [article for (article,) in rows(db, sql, (*values, without, limit))])
    shared.frequencies.update((found.term, found.documents) for found in known)
    return shared


def nearest(db: Connection, terms: Sequence[int], *, limit: int) -> list[int]:
    """The `limit` placed articles that share most with these terms, by their ids, rare ones counting most."""
    documents = document_count(db)
    rarest = _rarest(_with_ids(db, terms))
    worth = {found.id: math.log(1 + documents / max(found.documents, 1)) for found in rarest}
    sql = """SELECT article FROM (SELECT p.article, sum(own.value) AS shared
    FROM json_each(?) own CROSS JOIN posting p ON p.term = CAST(own.key AS INTEGER) GROUP BY p.article)
    WHERE article NOT IN (SELECT article FROM unplaced) ORDER BY shared DESC, article DESC LIMIT ?"""
    return [article for (article,) in rows(db, sql, (json.dumps(worth), limit))]


def _known(db: Connection, names: str) -> list[_Known]:
    """Those terms of a JSON array that the store knows."""
    sql = "SELECT t.id, t.term, t.documents FROM json_each(?) CROSS JOIN term t ON t.term = value"
    return [_Known(*found) for found in rows(db, sql, (names,))]


def _with_ids(db: Connection, ids: Iterable[int]) -> list[_Known]:
    sql = "SELECT t.id, t.term, t.documents FROM json_each(?) CROSS JOIN term t ON t.id = value"
    return [_Known(*found) for found in rows(db, sql, (json.dumps(list(ids)),))]


def _rarest(known: Iterable[_Known]) -> list[_Known]:
    """The rarest terms, as many as have few enough postings together to read them all."""
    chosen: list[_Known] = []
    room = _READ
    for found in sorted(known, key=lambda found: (found.documents, found.id)):
        room -= found.documents
        if room < 0:
            break
        chosen.append(found)
    return chosen


def _load(db: Connection, articles: list[int]) -> Shared:
    """The terms of articles, in this order."""
    sql = "SELECT article, ids, weights FROM article_terms WHERE article IN (SELECT value FROM json_each(?))"
    vectors = {
        article: (json.loads(ids), json.loads(weights))
        for article, ids, weights in rows(db, sql, (json.dumps(articles),))
    }
    every = {term for ids, _ in vectors.values() for term in ids}
    terms = {found.id: found for found in _with_ids(db, every)}
    candidates = {}
    for article in articles:
        ids, weights = vectors.get(article, ((), ()))
        candidates[article] = {terms[term].term: weight / _TENTHS for term, weight in zip(ids, weights, strict=True)}
    return Shared(candidates, {found.term: found.documents for found in terms.values()}, document_count(db))
