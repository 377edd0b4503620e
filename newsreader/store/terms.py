"""Terms of articles and how many articles hold each: what relations are found by."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newsreader.store.connection import Connection, row, rows, transaction

# Postings read for one article: beyond these a term is too common to tell anything, and the cost must not grow.
_READ = 4000
_BATCH = 500


class Shared(NamedTuple):
    """Articles that share terms: all terms of each with their weights, best first by the number of rare ones shared.

    `frequencies` says how many of the `documents` articles hold each of these terms, and of those asked for.
    """

    candidates: dict[int, dict[str, float]]
    frequencies: dict[str, int]
    documents: int


def save_terms(db: Connection, article_id: int, terms: Mapping[str, float]) -> None:
    """Keep the terms of an article with their weights (> 0) in place of those before; the totals follow."""
    with transaction(db):
        before = row(db, "SELECT 1 FROM posting WHERE article = ? LIMIT 1", (article_id,)) is not None
        if before:
            db.execute("DELETE FROM posting WHERE article = ?", (article_id,))
        db.executemany("INSERT INTO term (term) VALUES (?) ON CONFLICT DO NOTHING", ((term,) for term in terms))
        sql = "INSERT INTO posting (term, article, weight) SELECT id, ?, ? FROM term WHERE term = ?"
        db.executemany(sql, ((article_id, weight, term) for term, weight in terms.items()))
        if change := bool(terms) - before:
            db.execute("UPDATE counter SET value = value + ? WHERE name = 'documents'", (change,))


def document_count(db: Connection) -> int:
    """How many articles have terms."""
    return int(rows(db, "SELECT value FROM counter WHERE name = 'documents'")[0][0])


def load_terms(db: Connection, article_id: int) -> dict[str, float]:
    """The terms of one article with their weights, heaviest first; none if it has not been read for terms."""
    return {term: weight for _, term, weight, _ in _postings(db, (article_id,))}


def frequencies(db: Connection, terms: Iterable[str]) -> dict[str, int]:
    """How many articles hold each term; terms that none holds are left out."""
    return {term: documents for term, documents, _ in _known(db, terms)}


def sharing(db: Connection, terms: Mapping[str, float], *, limit: int, without: int | None = None) -> Shared:
    """The `limit` articles that share most with these terms, rare ones counting most; never the one `without`.

    Reads the rarest terms first, and no more postings than a fixed number, so that a large store costs no more.
    """
    known = _known(db, terms)
    documents = document_count(db)
    chosen = _rarest(known)
    sql = f"""SELECT p.article FROM posting p JOIN term t ON t.id = p.term
    WHERE p.term IN ({_places(chosen)}) AND p.article IS NOT ?
    GROUP BY p.article ORDER BY sum(p.weight * ln(1.0 + ? / t.documents)) DESC, p.article DESC LIMIT ?"""  # noqa: S608 - placeholders
    found = [article for (article,) in rows(db, sql, (*chosen, without, documents, limit))]
    shared = Shared({article: {} for article in found}, {term: held for term, held, _ in known}, documents)
    for article, term, weight, held in _postings(db, found):
        shared.candidates[article][term] = weight
        shared.frequencies[term] = held
    return shared


def _known(db: Connection, terms: Iterable[str]) -> list[tuple[str, int, int]]:
    """Term, articles that hold it, and id, of those terms that any article holds."""
    found: list[tuple[str, int, int]] = []
    for some in _batches(tuple(terms)):
        sql = f"SELECT term, documents, id FROM term WHERE documents > 0 AND term IN ({_places(some)})"  # noqa: S608 - placeholders
        found += [(term, documents, term_id) for term, documents, term_id in rows(db, sql, some)]
    return found


def _rarest(known: Iterable[tuple[str, int, int]]) -> tuple[int, ...]:
    """Ids of the rarest terms whose postings together are few enough to read."""
    chosen: list[int] = []
    room = _READ
    for documents, term_id in sorted((documents, term_id) for _, documents, term_id in known):
        room -= documents
        if room < 0:
            break
        chosen.append(term_id)
    return tuple(chosen)


def _postings(db: Connection, ids: Collection[int]) -> Iterator[tuple[int, str, float, int]]:
    """Article, term, weight and articles that hold the term; the heaviest terms first."""
    for some in _batches(tuple(ids)):
        sql = f"""SELECT p.article, t.term, p.weight, t.documents FROM posting p JOIN term t ON t.id = p.term
        WHERE p.article IN ({_places(some)}) ORDER BY p.weight DESC, t.term"""  # noqa: S608 - placeholders
        yield from rows(db, sql, some)


def _batches(values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def _places(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
