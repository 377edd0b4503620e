"""Ranked search: what the index finds is weighed by where and how often the words stand in it, and by its age."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from newsreader.model.news import Hit
from newsreader.model.query import Query
from newsreader.searchwords import Needle, folded
from newsreader.snippets import snippet_of
from newsreader.store.conditions import needles_of
from newsreader.store.connection import Connection, rows
from newsreader.store.entries import load_entries
from newsreader.store.lists import Filter, count_found, ids_of

_WEIGHED = 250  # articles that are weighed: the newest that are found; older ones come behind them
_TITLED = 50  # … and those with the words in the headline
_SATURATION = 1.2  # k1 of BM25 (Robertson & Zaragoza 2009): how soon one more occurrence tells nothing more
_LENGTH_SHARE = 0.5  # b of BM25: how much a long text must hold a word more often
_USUAL_WORDS = 400  # of an article
_TITLE_SHARE = 0.5  # of the score that is for the headline
_AGE_SHARE = 0.15  # of the score that a new article has and an old one has not
_HALF_AGE = 30 * 86400  # seconds after which half of that is gone
_COUNTED = 5000  # articles with a word, as far as they are counted


class _Sought(NamedTuple):
    """A needle, the field it is looked for in, and what it is worth: rare words tell more."""

    field: str
    needle: Needle
    worth: float


class _Text(NamedTuple):
    """What is weighed of an article."""

    id: int
    title: str
    authors: str
    text: str
    words: int
    moment: int


def search(db: Connection, where: Query, limit: int, order: str = "rank") -> list[Hit]:
    """The articles that a query chooses, best first, each with a piece of its text; `limit` 0 means all.

    The newest of what is found are weighed, and those with the words in the headline; what is beyond comes behind by
    date, with the score 0. `order` "newest" and "oldest" go by date alone; every score is 0 then.
    """
    sought = [_Sought(field, needle, _worth(db, field, needle)) for field, needle in needles_of(where)]
    if order == "rank" and sought:
        ids, scores = _ranked(db, where, sought, limit)
    else:
        ids, scores = ids_of(db, Filter(where, limit, order=order if order != "rank" else "newest")), {}
    entries = load_entries(db, ids)
    texts = {text.id: text for text in _texts(db, ids)}
    needles = [each.needle for each in sought]
    return [
        Hit(entries[each], scores.get(each, 0.0), snippet_of(texts[each].text, needles))
        for each in ids
        if each in entries
    ]


def _ranked(db: Connection, where: Query, sought: list[_Sought], limit: int) -> tuple[list[int], dict[int, float]]:
    """Ids, best first, and the scores of those that were weighed."""
    ids = ids_of(db, Filter(where, 0 if not limit or limit > _WEIGHED else _WEIGHED))
    weighed = dict.fromkeys([*ids[:_WEIGHED], *_with_title(db, where, sought)])
    texts = _texts(db, list(weighed))
    newest = max((text.moment for text in texts), default=0)
    scores = {text.id: _score(text, sought, newest) for text in texts}
    best = sorted(scores, key=lambda each: (-scores[each], -each))
    rest = [each for each in ids if each not in scores]
    return [*best, *rest][: limit or None], scores


def _with_title(db: Connection, where: Query, sought: list[_Sought]) -> list[int]:
    """The newest articles that have all the words in the headline."""
    titled = " AND ".join(each.needle.expression("title") for each in sought if each.field != "author")
    return ids_of(db, Filter(where, _TITLED), titled) if titled else []


def _worth(db: Connection, field: str, needle: Needle) -> float:
    """The inverse document frequency of a needle, at least a little."""
    held = count_found(db, needle.expression(field), _COUNTED)
    total = rows(db, "SELECT value FROM counter WHERE name = 'listed'")[0][0]
    return math.log(1 + max(total, 1) / max(held, 1))


def _texts(db: Connection, ids: Sequence[int]) -> list[_Text]:
    import json

    sql = """SELECT a.id, a.title, a.authors, coalesce(b.text, a.summary), coalesce(a.word_count, 0), a.moment
    FROM json_each(?) CROSS JOIN article a ON a.id = value LEFT JOIN body b ON b.article = a.id"""
    return [_Text(*found) for found in rows(db, sql, (json.dumps(ids),))]


def _score(text: _Text, sought: list[_Sought], newest: int) -> float:
    """How good a find is, 0 to 1."""
    title, authors, body = folded(text.title), folded(text.authors), folded(text.text)
    long = 1 - _LENGTH_SHARE + _LENGTH_SHARE * text.words / _USUAL_WORDS
    told = 0.0
    for field, needle, worth in sought:
        if field == "author":
            told += worth * any(True for _ in needle.find(authors))
            continue
        in_title = any(True for _ in needle.find(title))
        often = 0 if field else sum(1 for _ in needle.find(body))
        in_text = often / (often + _SATURATION * long)
        told += worth * (in_title if field else _TITLE_SHARE * in_title + (1 - _TITLE_SHARE) * in_text)
    fresh: float = 0.5 ** (max(newest - text.moment, 0) / _HALF_AGE)
    return (1 - _AGE_SHARE) * told / (sum(each.worth for each in sought) or 1) + _AGE_SHARE * fresh
