"""Two rows that turn out to be one article become one; no mark and no address is lost."""

from newsreader.model.news import State
from newsreader.store.connection import Connection, row, rows
from newsreader.store.derived import derived
from newsreader.store.placing import describe, lead
from newsreader.store.revisions import is_edited, keep_revision
from newsreader.store.states import may_replace
from newsreader.store.terms import let_wait

# What moves to the kept article unless it has its own; the rest goes with the other row.
_MOVES = (
    "UPDATE article_url SET article = :keep WHERE article = :gone",
    "UPDATE link SET target = :keep WHERE target = :gone",
    "UPDATE OR IGNORE announcement SET article = :keep WHERE article = :gone",
    "UPDATE OR IGNORE article_tag SET article = :keep WHERE article = :gone",
    "UPDATE moved SET article = :keep WHERE article = :gone",
    "UPDATE OR IGNORE feed_text SET article = :keep WHERE article = :gone",
    "UPDATE article SET copy_of = :keep WHERE copy_of = :gone AND id <> :keep",
    """UPDATE OR IGNORE changed SET article = :keep WHERE article = :gone
    AND change IN (SELECT id FROM change WHERE mark = 'tag')""",
)
_REVISIONS_MOVE = """UPDATE revision SET article = :keep, revision = revision + 1 +
(SELECT max(a.revision, coalesce((SELECT max(revision) FROM revision WHERE article = :keep), 0))
 FROM article a WHERE a.id = :keep)
WHERE article = :gone"""
_REVISION_NEXT = """UPDATE article SET revision =
max(revision, 1 + coalesce((SELECT max(revision) FROM revision WHERE article = :keep), 0)) WHERE id = :keep"""
_TEXT_MOVES = (
    "DELETE FROM link WHERE article = :keep",
    "DELETE FROM body WHERE article = :keep",
    "UPDATE body SET article = :keep WHERE article = :gone",
    "UPDATE link SET article = :keep WHERE article = :gone",
    """UPDATE article SET (subtitle, state, reason, fetched_at, word_count, related_count) =
    (SELECT subtitle, state, reason, fetched_at, word_count, related_count FROM article WHERE id = :gone)
    WHERE id = :keep""",
)
_MARKS = """UPDATE article AS k SET source = coalesce(k.source, g.source), read_at = coalesce(k.read_at, g.read_at),
starred_at = coalesce(k.starred_at, g.starred_at), later_at = coalesce(k.later_at, g.later_at),
hidden_by = coalesce(k.hidden_by, g.hidden_by),
copy_of = nullif(coalesce(k.copy_of, g.copy_of), k.id) FROM article g WHERE k.id = :keep AND g.id = :gone"""


def merge(db: Connection, one: int, other: int) -> int:
    """Make one article of two, inside a transaction; the id that is kept is the older one, the other leads to it."""
    ids = {"keep": min(one, other), "gone": max(one, other)}
    with derived(db, one, other):
        _merge(db, ids)
    return ids["keep"]


def _merge(db: Connection, ids: dict[str, int]) -> None:
    for sql in (*_MOVES, _MARKS):
        db.execute(sql, ids)
    is_better = _is_better(db, ids["gone"], ids["keep"])
    if is_better and is_edited(_text(db, ids["keep"]), _text(db, ids["gone"]) or ""):
        keep_revision(db, ids["keep"])
    db.execute(_REVISIONS_MOVE, ids)
    if is_better:
        for sql in _TEXT_MOVES:
            db.execute(sql, ids)
        _move_terms(db, ids)
    db.execute(_REVISION_NEXT, ids)
    _move_arrival(db, ids)
    story = _join_stories(db, ids)
    db.execute("DELETE FROM article WHERE id = :gone", ids)
    db.execute("INSERT INTO moved (id, article) VALUES (:gone, :keep)", ids)
    _refresh_copies(db, ids["keep"])
    if story is not None:
        describe(db, story)


def _is_better(db: Connection, one: int, other: int) -> bool:
    """Whether the text of one article may take the place of that of the other."""
    sql = "SELECT a.state, a.word_count FROM article a JOIN body b ON b.article = a.id WHERE a.id = ?"
    new, old = row(db, sql, (one,)), row(db, sql, (other,))
    if new is None or old is None:
        return new is not None
    return may_replace(State(new[0]), new[1] or 0, State(old[0]), old[1] or 0)


def _text(db: Connection, article_id: int) -> str | None:
    found = row(db, "SELECT text FROM body WHERE article = ?", (article_id,))
    return found[0] if found else None


def _move_terms(db: Connection, ids: dict[str, int]) -> None:
    if not row(db, "SELECT 1 FROM article_terms WHERE article = :gone", ids):
        return
    for table in ("posting", "article_terms"):
        db.execute(f"DELETE FROM {table} WHERE article = :keep", ids)  # noqa: S608 - our names
    postings = """INSERT INTO posting (term, article) SELECT p.term, :keep FROM article_terms t, json_each(t.ids)
    CROSS JOIN posting p ON p.term = value AND p.article = :gone WHERE t.article = :gone"""
    terms = "INSERT INTO article_terms SELECT :keep, ids, weights, length FROM article_terms WHERE article = :gone"
    for sql in (postings, terms):
        db.execute(sql, ids)
    let_wait(db, ids["keep"])


def _move_arrival(db: Connection, ids: dict[str, int]) -> None:
    arrivals = row(
        db,
        """SELECT k.arrival, g.arrival, g.wanted FROM article k, article g WHERE k.id = :keep AND g.id = :gone""",
        ids,
    )
    if arrivals and arrivals[0] is None and arrivals[1] is not None:
        db.execute("UPDATE article SET arrival = NULL WHERE id = :gone", ids)
        db.execute("UPDATE article SET arrival = ?, wanted = ? WHERE id = ?", (*arrivals[1:], ids["keep"]))


def _join_stories(db: Connection, ids: dict[str, int]) -> int | None:
    """Make one story of those of the two, the lower id of which is kept; `None` if both stand alone."""
    sql = "SELECT k.story, g.story FROM article k, article g WHERE k.id = :keep AND g.id = :gone"
    found: tuple[int | None, int | None] = rows(db, sql, ids)[0]
    own, other = found
    if other is None:
        return own
    kept = min(own or ids["keep"], other)
    db.execute("INSERT OR IGNORE INTO story (id, title) VALUES (?, '')", (kept,))
    db.execute("UPDATE article SET story = ? WHERE id = ?", (own or other, ids["keep"]))
    for story in {own or other, other} - {kept}:
        lead(db, story, kept)
    return kept


def _refresh_copies(db: Connection, article_id: int) -> None:
    sql = """UPDATE announcement SET (moment, unread) = (SELECT moment, read_at IS NULL FROM article WHERE id = ?1)
    WHERE article = ?1"""
    db.execute(sql, (article_id,))
