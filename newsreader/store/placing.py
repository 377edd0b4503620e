"""Placing articles into stories: what waits for it, what it may belong to, and what came of it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from newsreader.store.connection import Connection, row, rows
from newsreader.store.terms import nearest

_NEAR = 30  # stored articles whose stories are compared with a new one
_PROFILED = 50  # different texts that a story is known by, the newest: it moves on with its event
_TERMS = 200  # terms that it is known by, the most common ones of these texts


class Node(NamedTuple):
    """A story as it is compared with others, perhaps of one article.

    `id` is that of the story. `counts` says in how many of its texts each term stands, by the term's id; `length` is
    that of these texts together, 0 if it is not known yet. `first` and `last` are the moments of its first and last
    article. `new` are the terms of the articles that come to it, by their ids.
    """

    id: int
    counts: dict[int, int]
    length: float
    first: int
    last: int
    new: dict[int, list[int]] = {}  # noqa: RUF012 - never changed


def waiting(db: Connection) -> list[int]:
    """The articles whose story is still to be found, oldest first, those of one moment by their addresses."""
    sql = "SELECT a.id FROM unplaced u JOIN article a ON a.id = u.article ORDER BY a.moment, a.url"
    return [article_id for (article_id,) in rows(db, sql)]


def count_waiting(db: Connection) -> int:
    """How many articles wait for their story to be found."""
    return int(rows(db, "SELECT count(*) FROM unplaced")[0][0])


def new_nodes(db: Connection, ids: Sequence[int]) -> list[Node]:
    """Nodes of articles that wait, in this order; those with the same text are one, and go where one of them is."""
    sql = """SELECT a.id, coalesce(a.story, o.story), coalesce(o.id, a.id), a.moment, t.ids
    FROM json_each(?) told CROSS JOIN article a ON a.id = told.value JOIN article_terms t ON t.article = a.id
    LEFT JOIN article o ON o.id = a.copy_of AND o.arrival IS NOT NULL ORDER BY told.key"""
    found: dict[int, Node] = {}
    for article_id, story, original, moment, told in rows(db, sql, (json.dumps(list(ids)),)):
        home, terms = story or original, json.loads(told)
        node = found.get(home) or Node(home, dict.fromkeys(terms, 1), 0.0, moment, moment)
        found[home] = node._replace(last=moment, new={**node.new, article_id: terms})
    stored = {node.id: node for node in stored_nodes(db, [home for home in found if home not in found[home].new])}
    return [stored[home]._replace(new=node.new) if home in stored else node for home, node in found.items()]


def near_nodes(db: Connection, nodes: Iterable[Node]) -> list[Node]:
    """The stored stories that share telling terms with some of these, but for these themselves."""
    found = {article for node in nodes for article in nearest(db, list(node.counts), limit=_NEAR)}
    sql = """SELECT DISTINCT coalesce(a.story, a.id) FROM json_each(?) CROSS JOIN article a ON a.id = value
    WHERE a.arrival IS NOT NULL"""
    stories = {story for (story,) in rows(db, sql, (json.dumps(sorted(found)),))}
    return stored_nodes(db, sorted(stories - {node.id for node in nodes}))


def stored_nodes(db: Connection, ids: Sequence[int]) -> list[Node]:
    """Stories, and articles that stand alone, by their ids; those without terms are left out."""
    told = json.dumps(list(ids))
    sql = """SELECT s.id, s.terms, s.counts, s.length,
    coalesce((SELECT min(moment) FROM article WHERE story = s.id), 0), coalesce(s.moment, 0)
    FROM json_each(?) CROSS JOIN story s ON s.id = value WHERE s.length > 0"""
    stories = [
        Node(story, dict(zip(json.loads(terms), json.loads(counts), strict=True)), *rest)
        for story, terms, counts, *rest in rows(db, sql, (told,))
    ]
    sql = """SELECT a.id, t.ids, t.length, a.moment, a.moment FROM json_each(?) CROSS JOIN article a ON a.id = value
    JOIN article_terms t ON t.article = a.id WHERE a.story IS NULL"""
    alone = [
        Node(article_id, dict.fromkeys(json.loads(terms), 1), *rest)
        for article_id, terms, *rest in rows(db, sql, (told,))
    ]
    return sorted(stories + alone, key=lambda node: node.id)


def usages(db: Connection, ids: Iterable[int]) -> dict[int, tuple[str, int, int, int]]:
    """Terms by their ids, and in how many articles they stand, are written like names, and stand in the label only."""
    sql = "SELECT t.id, t.term, t.documents, t.named, t.labelled FROM json_each(?) CROSS JOIN term t ON t.id = value"
    return {term_id: tuple(usage) for term_id, *usage in rows(db, sql, (json.dumps(sorted(ids)),))}


def save_lengths(db: Connection, lengths: Mapping[int, float]) -> None:
    """Keep how long the texts of articles are, by their ids."""
    told = ((length, article_id) for article_id, length in lengths.items())
    db.executemany("UPDATE article_terms SET length = ? WHERE article = ?", told)


def set_apart(db: Connection, stories: Iterable[int]) -> None:
    """Let nothing that comes be compared with these stories, by their ids."""
    sql = """DELETE FROM posting WHERE (term, article) IN (
    SELECT value, a.id FROM article a JOIN article_terms t ON t.article = a.id, json_each(t.ids)
    WHERE a.id = ?1 OR a.story = ?1)"""
    db.executemany(sql, ((story,) for story in stories))


def join(db: Connection, nodes: Sequence[Node]) -> None:
    """Make one story of some nodes; the lowest id is kept, the others lead to it. Their articles are placed."""
    placed = json.dumps([article for node in nodes for article in node.new])
    db.execute("DELETE FROM unplaced WHERE article IN (SELECT value FROM json_each(?))", (placed,))
    articles = {article for node in nodes for article in (node.id, *node.new)}
    if len(articles) == 1 and not row(db, "SELECT 1 FROM story WHERE id = ?", (nodes[0].id,)):
        return
    kept = min(node.id for node in nodes)
    db.execute("INSERT OR IGNORE INTO story (id, title) VALUES (?, '')", (kept,))
    for node in nodes:
        if node.id != kept:
            lead(db, node.id, kept)
    db.execute(
        "UPDATE article SET story = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND story IS NOT ?1",
        (kept, json.dumps(sorted(articles))),
    )
    describe(db, kept)


def begin(db: Connection, article_id: int) -> None:
    """Make the story of an article that stands alone, unless it is made; what it says is kept with it."""
    db.execute("INSERT OR IGNORE INTO story (id, title) VALUES (?, '')", (article_id,))
    db.execute("UPDATE article SET story = ?1 WHERE id = ?1 AND story IS NULL", (article_id,))
    describe(db, article_id)


def lead(db: Connection, gone: int, kept: int) -> None:
    """Let one story go into another: its articles, its old ids and that it is followed."""
    if not row(db, "SELECT 1 FROM story WHERE id = ?", (gone,)):
        return
    db.execute("UPDATE story_moved SET story = ? WHERE story = ?", (kept, gone))
    db.execute(
        """UPDATE story AS k SET visited = max(k.visited, g.visited),
        followed_at = coalesce(min(k.followed_at, g.followed_at), k.followed_at, g.followed_at)
        FROM story g WHERE k.id = ? AND g.id = ?""",
        (kept, gone),
    )
    db.execute("UPDATE article SET story = ? WHERE story = ?", (kept, gone))
    db.execute("DELETE FROM story WHERE id = ?", (gone,))
    db.execute("INSERT OR REPLACE INTO story_moved (id, story) VALUES (?, ?)", (gone, kept))


def describe(db: Connection, story: int) -> None:
    """Keep what the newest texts of a story say, and the headline of the one that says most of what all say."""
    sql = """SELECT a.title, t.ids, t.length FROM article a JOIN article_terms t ON t.article = a.id
    WHERE a.story = ? AND a.copy_of IS NULL ORDER BY a.moment DESC, a.url LIMIT ?"""
    texts = [(title, json.loads(terms), length) for title, terms, length in rows(db, sql, (story, _PROFILED))]
    counts = Counter(term for _, terms, _ in texts for term in terms)

    def central(text: tuple[str, list[int], float]) -> float:
        title, terms, _ = text
        return sum(counts[term] - 1 for term in terms) / (len(terms) + 1) if title else -1.0

    title = max(reversed(texts), key=central)[0] if texts else _first_headline(db, story)
    kept = counts.most_common(_TERMS)
    terms, held = (json.dumps(column, separators=(",", ":")) for column in ([t for t, _ in kept], [n for _, n in kept]))
    db.execute(
        "UPDATE story SET title = ?, length = ?, terms = ?, counts = ? WHERE id = ?",
        (title, sum(length for *_, length in texts), terms, held, story),
    )


def _first_headline(db: Connection, story: int) -> str:
    found = row(db, "SELECT title FROM article WHERE story = ? ORDER BY moment, url LIMIT 1", (story,))
    return found[0] if found else ""
