"""What must hold in a store beside what SQLite holds, and how it is made to hold again."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from newsreader.model.blocks import Block, BlockKind
from newsreader.model.news import State
from newsreader.store.bodies import pack_blocks
from newsreader.store.connection import Connection, row, rows, transaction
from newsreader.store.derived import INDEXED
from newsreader.store.placing import describe
from newsreader.store.references import count_lost_references, mend_references
from newsreader.store.schema import functions
from newsreader.store.terms import post_again

_SAMPLE = 200  # articles whose words and prints are looked up
_LOOKED_UP = 20  # words of each
_STATES = ", ".join(f"'{state}'" for state in State)
_WITHOUT_TEXT = """state IN ('full', 'partial', 'paywalled', 'feed-only')
AND id NOT IN (SELECT article FROM body) AND id NOT IN (SELECT article FROM feed_text)"""
_FIRST, _LAST = -62_135_596_800, 253_402_300_799  # seconds that a date can tell: the years 1 to 9999
_WORDS = "words_of(a.title, a.authors, a.subtitle, a.summary, b.text)"
_BROKEN_BLOCKS = "NOT json_valid(blocks) OR NOT json_valid(coalesce(lead_image, '{}'))"
_COUNTED = {
    "listed": "hidden_by IS NULL",
    "unread": "hidden_by IS NULL AND read_at IS NULL",
    "starred": "hidden_by IS NULL AND starred_at IS NOT NULL",
    "later": "hidden_by IS NULL AND later_at IS NOT NULL",
    "hidden": "hidden_by IS NOT NULL",
}


class Check(NamedTuple):
    """Something that must hold: its name, what it is about in words, how often it fails, and what mends that."""

    name: str
    about: str
    count: Callable[[Connection], int]
    mend: Callable[[Connection], None]


def mend(db: Connection) -> list[tuple[Check, int]]:
    """Mend all that does not hold, each check on its own; what that was, and how often."""
    mended = []
    for check in CHECKS:
        with transaction(db):
            if count := check.count(db):
                check.mend(db)
                mended.append((check, count))
    return mended


def rebuild_index(db: Connection) -> None:
    """Make the search index and the prints of texts anew."""
    with transaction(db), functions(db):
        ((made,),) = rows(db, "SELECT sql FROM sqlite_schema WHERE name = 'search'")
        rows(db, "DROP TABLE search")  # damaged as it may be, it is not read
        rows(db, made)
        rows(
            db,
            f"""INSERT INTO search (rowid, words) SELECT a.id, {_WORDS}
            FROM article a LEFT JOIN body b ON b.article = a.id WHERE {INDEXED} ORDER BY a.id""",  # noqa: S608 - our texts
        )
        rows(db, "DELETE FROM fingerprint")
        rows(
            db,
            f"""INSERT OR IGNORE INTO fingerprint (print, article) SELECT p.value, a.id
            FROM article a JOIN body b ON b.article = a.id, json_each(prints_of(b.text)) p WHERE {INDEXED}""",  # noqa: S608 - our texts
        )


def _counting(*queries: str) -> Callable[[Connection], int]:
    """The sum of what some queries count."""
    return lambda db: sum(int((row(db, sql) or (0,))[0] or 0) for sql in queries)


def _doing(*statements: str) -> Callable[[Connection], None]:
    def run(db: Connection) -> None:
        for sql in statements:
            rows(db, sql)

    return run


def _counters(db: Connection) -> dict[str, int]:
    """What the counters should say."""
    return {
        name: int((row(db, f"SELECT count(*) FROM article WHERE arrival IS NOT NULL AND {where}") or (0,))[0])  # noqa: S608 - our texts
        for name, where in _COUNTED.items()
    }


def _wrong_counters(db: Connection) -> int:
    told: dict[str, int] = dict(rows(db, "SELECT name, value FROM counter"))
    wrong = sum(told.get(name) != count for name, count in _counters(db).items())
    last = (row(db, "SELECT max(arrival) FROM article") or (None,))[0] or 0
    missing = sum(name not in told for name in ("visited", "documents"))
    return wrong + missing + (told.get("arrivals", -1) < last)


def _mend_counters(db: Connection) -> None:
    sql = "INSERT INTO counter VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2"
    db.executemany(sql, list(_counters(db).items()))
    rows(db, "INSERT OR IGNORE INTO counter VALUES ('visited', 0), ('arrivals', 0)")
    rows(db, "INSERT OR IGNORE INTO counter SELECT 'documents', count(*) FROM article_terms")
    sql = (
        "UPDATE counter SET value = max(value, (SELECT coalesce(max(arrival), 0) FROM article)) WHERE name = 'arrivals'"
    )
    rows(db, sql)


def _times(db: Connection) -> list[tuple[str, str]]:
    """The tables and columns that hold seconds."""
    sql = """SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'search%'
    AND (c.name GLOB '*_at' OR c.name IN ('moment', 'at'))"""
    return [(table, column) for table, column in rows(db, sql)]


def _wrong_times(db: Connection) -> int:
    where = f"NOT BETWEEN {_FIRST} AND {_LAST}"
    return _counting(*(f"SELECT count(*) FROM {table} WHERE {column} {where}" for table, column in _times(db)))(db)  # noqa: S608 - our names


def _mend_times(db: Connection) -> None:
    for table, column in _times(db):
        rows(db, f"UPDATE {table} SET {column} = 0 WHERE {column} NOT BETWEEN {_FIRST} AND {_LAST}")  # noqa: S608 - our names


def _texts(db: Connection) -> list[tuple[str, str]]:
    """The tables and columns that hold text."""
    sql = """SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'search%'"""
    return [(table, column) for table, column in rows(db, sql)]


def _wrong_texts(db: Connection) -> int:
    """How many texts hold bytes that are none."""
    for name, function in _TEXT_FUNCTIONS.items():
        db.create_scalar_function(name, function, 1, deterministic=True)
    sql = "SELECT count(*) FROM {0} WHERE is_broken(CAST({1} AS BLOB))"
    return _counting(*(sql.format(*place) for place in _texts(db)))(db)


def _mend_texts(db: Connection) -> None:
    for table, column in _texts(db):
        rows(
            db,
            f"""UPDATE OR REPLACE {table} SET {column} = mended(CAST({column} AS BLOB))
            WHERE is_broken(CAST({column} AS BLOB))""",  # noqa: S608 - our names
        )
    rebuild_index(db)  # it holds words of what was there


def _mend_bodies(db: Connection) -> None:
    """Let articles without a text be headlines, whose pages are wanted if a source announced them."""
    rows(
        db,
        f"""UPDATE article SET state = 'headline', reason = NULL, fetched_at = NULL, word_count = NULL,
        wanted = arrival IS NOT NULL AND source IS NOT NULL WHERE {_WITHOUT_TEXT}""",  # noqa: S608 - our texts
    )
    rebuild_index(db)  # it holds words of what was there


def _mend_blocks(db: Connection) -> None:
    """Let each line of a text be a paragraph."""
    for article_id, text in rows(db, f"SELECT article, text FROM body WHERE {_BROKEN_BLOCKS}"):  # noqa: S608 - our texts
        blocks = pack_blocks((Block(BlockKind.PARAGRAPH, line) for line in text.splitlines()), text)
        rows(db, "UPDATE body SET blocks = ?, lead_image = NULL WHERE article = ?", (blocks, article_id))


def _is_broken(text: bytes | None) -> bool:
    """Whether bytes are no text."""
    return text is not None and not text.isascii() and _mended(text).encode() != text


def _mended(text: bytes) -> str:
    """What is whole of a text."""
    return text.decode("utf-8", "replace")


_TEXT_FUNCTIONS: dict[str, Callable[..., Any]] = {"is_broken": _is_broken, "mended": _mended}


def _wrong_words(db: Connection) -> int:
    """How many of some articles the index does not find by some of their words; the newest are among them."""
    with functions(db):
        sql = f"""SELECT a.id, {_WORDS} FROM article a LEFT JOIN body b ON b.article = a.id WHERE {INDEXED}
        AND (a.id > (SELECT max(id) FROM article) - ?1 / 2
        OR a.id % (SELECT 1 + count(*) * 2 / ?1 FROM article) = 0) LIMIT ?1"""  # noqa: S608 - our texts
        sample = rows(db, sql, (_SAMPLE,))
    return sum(not _is_found(db, article_id, words) for article_id, words in sample)


def _is_found(db: Connection, article_id: int, text: str) -> bool:
    words = sorted(set(re.findall(r"[0-9A-Za-z\x80-\U0010ffff]+", text)))
    wanted = " AND ".join(f'"{word}"' for word in words[:: 1 + len(words) // _LOOKED_UP])
    return not words or bool(rows(db, "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (wanted, article_id)))


_PRINTS = f"""FROM article a JOIN body b ON b.article = a.id, json_each(prints_of(b.text)) p
WHERE {INDEXED} AND a.id > (SELECT max(id) FROM article) - {_SAMPLE}
AND NOT EXISTS (SELECT 1 FROM fingerprint f WHERE f.print = p.value AND f.article = a.id)"""  # noqa: S608 - our texts


def _wrong_prints(db: Connection) -> int:
    with functions(db):
        return _counting(
            "SELECT count(DISTINCT article) FROM fingerprint WHERE article NOT IN (SELECT id FROM article)",
            f"SELECT count(DISTINCT a.id) {_PRINTS}",
        )(db)


def _mend_stories(db: Connection) -> None:
    """Make the rows of stories that are lost; who followed them is lost as well."""
    lost = rows(db, f"SELECT DISTINCT a.story FROM article a WHERE {_WITHOUT_STORY}")  # noqa: S608 - our texts
    for (story,) in lost:
        rows(db, "INSERT INTO story (id, title) VALUES (?, '')", (story,))
        describe(db, story)


_WITHOUT_STORY = "a.story IS NOT NULL AND NOT EXISTS (SELECT 1 FROM story s WHERE s.id = a.story)"
_EMPTY = "followed_at IS NULL AND NOT EXISTS (SELECT 1 FROM article a WHERE a.story = story.id)"
_TOLD_BY = """FROM article a WHERE a.story = story.id AND a.arrival IS NOT NULL AND a.hidden_by IS NULL"""
_MISCOUNTED = f"size <> (SELECT count(*) {_TOLD_BY}) OR moment IS NOT (SELECT max(a.moment) {_TOLD_BY})"
_PLACELESS = """article NOT IN (SELECT t.article FROM article_terms t JOIN article a ON a.id = t.article
WHERE a.arrival IS NOT NULL)"""
_SEQUENCES = """(SELECT 'article' AS name, (SELECT max(coalesce(max(id), 0), coalesce((SELECT max(id) FROM moved), 0))
FROM article) AS last UNION ALL SELECT 'source', (SELECT max(id) FROM source)
UNION ALL SELECT 'change', (SELECT max(id) FROM change))"""

# In this order: what is mended first may be what a later one is about.
CHECKS = (
    Check("texts", "texts with bytes that are no UTF-8", _wrong_texts, _mend_texts),
    Check(
        "states",
        "articles in no known state",
        _counting(f"SELECT count(*) FROM article WHERE state NOT IN ({_STATES})"),  # noqa: S608 - our texts
        _doing(
            f"""UPDATE article SET reason = 'its state was lost',
            state = CASE WHEN id IN (SELECT article FROM body) THEN 'partial' ELSE 'headline' END
            WHERE state NOT IN ({_STATES})"""  # noqa: S608 - our texts
        ),
    ),
    Check("times", "times that are no dates", _wrong_times, _mend_times),
    Check("references", "rows that lead to nothing", count_lost_references, mend_references),
    Check(
        "bodies",
        "articles that say that they have a text and have none, to be fetched again",
        _counting(f"SELECT count(*) FROM article WHERE {_WITHOUT_TEXT}"),  # noqa: S608 - our texts
        _mend_bodies,
    ),
    Check(
        "blocks",
        "texts whose headings, lists and pictures were lost",
        _counting(f"SELECT count(*) FROM body WHERE {_BROKEN_BLOCKS}"),  # noqa: S608 - our texts
        _mend_blocks,
    ),
    Check(
        "copies",
        "announcements that differ from their articles",
        _counting(
            """SELECT count(*) FROM announcement n JOIN article a ON a.id = n.article
            WHERE n.moment <> a.moment OR n.unread <> (a.read_at IS NULL)"""
        ),
        _doing(
            """UPDATE announcement AS n SET moment = a.moment, unread = (a.read_at IS NULL) FROM article a
            WHERE a.id = n.article AND (n.moment <> a.moment OR n.unread <> (a.read_at IS NULL))"""
        ),
    ),
    Check(
        "postings",
        "terms that lead to no article",
        _counting("SELECT count(*) FROM posting WHERE article NOT IN (SELECT article FROM article_terms)"),
        post_again,
    ),
    Check(
        "stories",
        "articles whose story is lost",
        _counting(f"SELECT count(*) FROM article a WHERE {_WITHOUT_STORY}"),  # noqa: S608 - our texts
        _mend_stories,
    ),
    Check(
        "empty",
        "stories that have no article and no reader",
        _counting(f"SELECT count(*) FROM story WHERE {_EMPTY}"),  # noqa: S608 - our texts
        _doing(f"DELETE FROM story WHERE {_EMPTY}"),  # noqa: S608 - our texts
    ),
    Check(
        "sizes",
        "stories that miscount their articles",
        _counting(f"SELECT count(*) FROM story WHERE {_MISCOUNTED}"),  # noqa: S608 - our texts
        _doing(
            f"UPDATE story SET size = (SELECT count(*) {_TOLD_BY}), moment = (SELECT max(a.moment) {_TOLD_BY})"  # noqa: S608 - our texts
            f" WHERE {_MISCOUNTED}"
        ),
    ),
    Check(
        "unplaced",
        "articles whose story is to be found and cannot be",
        _counting(f"SELECT count(*) FROM unplaced WHERE {_PLACELESS}"),  # noqa: S608 - our texts
        _doing(f"DELETE FROM unplaced WHERE {_PLACELESS}"),  # noqa: S608 - our texts
    ),
    Check("counters", "counters that miscount", _wrong_counters, _mend_counters),
    Check(
        "ids",
        "tables that would give an id twice",
        _counting(
            f"""SELECT count(*) FROM {_SEQUENCES} t WHERE last > coalesce((SELECT seq FROM sqlite_sequence s
            WHERE s.name = t.name), 0)"""  # noqa: S608 - our texts
        ),
        _doing(
            f"""INSERT INTO sqlite_sequence SELECT name, 0 FROM {_SEQUENCES}
            WHERE last > 0 AND name NOT IN (SELECT name FROM sqlite_sequence)""",  # noqa: S608 - our texts
            f"""UPDATE sqlite_sequence AS s SET seq = max(s.seq, coalesce(last, 0))
            FROM {_SEQUENCES} t WHERE t.name = s.name""",  # noqa: S608 - our texts
        ),
    ),
    Check(
        "index",
        "articles that the search index lacks, or that it has too many",
        _counting(
            f"SELECT count(*) FROM article a WHERE {INDEXED} AND a.id NOT IN (SELECT id FROM search_docsize)",  # noqa: S608 - our texts
            f"SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT a.id FROM article a WHERE {INDEXED})",  # noqa: S608 - our texts
        ),
        rebuild_index,
    ),
    Check("words", "articles that the search index does not find by their words", _wrong_words, rebuild_index),
    Check("prints", "articles whose prints are wrong", _wrong_prints, rebuild_index),
)
