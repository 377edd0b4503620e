"""Lists of stories: which have an article that a query chooses, at a cost that does not grow with the store.

An article that belongs to no story is one of its own, under its id.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from newsreader.dates import from_iso
from newsreader.errors import NotFoundError
from newsreader.model.news import Entry, Story
from newsreader.model.query import EVERYTHING, Query
from newsreader.store.conditions import Compiler, Condition
from newsreader.store.connection import Connection, rows
from newsreader.store.entries import load_entries
from newsreader.store.lists import Filter, behind, ids_of, listed, query_of, select_ids
from newsreader.store.times import at_seconds, to_seconds
from newsreader.urls import host_of

_FEW = 2000  # articles whose stories are sorted; of more, the newest stories are come upon soon by walking an index
_AT_ONCE = 500  # stories that are loaded together
_LONGEST_PAGE = 2000  # entries that are walked at once: a story may have thousands
_SHOWN = "a.arrival IS NOT NULL AND a.hidden_by IS NULL"
_STORY = "coalesce(a.story, a.id)"


class StoryFilter(NamedTuple):
    """Which stories to list: those of which at least one article passes, and that have so many; `limit` 0 means all.

    `order` "newest" goes by the newest article of each that lists show, "largest" by how many it has.
    """

    where: Query = EVERYTHING
    min_size: int = 2
    limit: int = 20
    order: str = "newest"


class _Member(NamedTuple):
    """An article of a story."""

    story: int
    id: int
    moment: int
    published: str | None
    first_seen: int
    source: str | None
    url: str
    title: str
    arrival: int

    @property
    def at(self) -> datetime:
        """When it was published, or first seen if that is not known or later."""
        published = from_iso(self.published)
        if published is None or to_seconds(published) > self.first_seen:
            return at_seconds(self.first_seen)
        return published


_MEMBERS = f"""SELECT a.story, a.id, a.moment, a.published, a.first_seen_at, s.name, a.url, a.title, a.arrival
FROM json_each(?1) CROSS JOIN article a INDEXED BY article_story ON a.story = value
LEFT JOIN source s ON s.id = a.source WHERE {_SHOWN}
UNION ALL SELECT a.id, a.id, a.moment, a.published, a.first_seen_at, s.name, a.url, a.title, a.arrival
FROM json_each(?1) CROSS JOIN article a ON a.id = value AND a.story IS NULL
LEFT JOIN source s ON s.id = a.source WHERE {_SHOWN}
ORDER BY a.moment, a.id"""  # noqa: S608 - fixed texts


def list_stories(db: Connection, wanted: StoryFilter) -> list[Story]:
    """The stories that pass, in order; the articles of each are all that lists show, also those that do not pass."""
    return load_stories(db, _ids(db, wanted))


def load_story(db: Connection, story_id: int) -> Story:
    """One story. Raises NotFoundError if there is none, or if all of its articles are hidden."""
    if found := load_stories(db, [story_id]):
        return found[0]
    hint = f"Its articles may be hidden: newsreader list --hidden story:{story_id}"
    raise NotFoundError(f"There is nothing to show of story {story_id}", hint=hint)


def load_stories(db: Connection, ids: Sequence[int]) -> list[Story]:
    """The stories with these ids, in this order; those without an article that lists show are left out."""
    found: dict[int, Story] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = (json.dumps(ids[start : start + _AT_ONCE]),)
        sql = """SELECT s.id, s.title, iif(s.followed_at IS NULL, NULL, s.visited)
        FROM json_each(?) CROSS JOIN story s ON s.id = value"""
        told = {story: (title, visited) for story, title, visited in rows(db, sql, some)}
        members: dict[int, list[_Member]] = {}
        for values in rows(db, _MEMBERS, some):
            members.setdefault(values[0], []).append(_Member(*values))
        found |= {story: _story_of(each, *told.get(story, (each[0].title, None))) for story, each in members.items()}
    return [found[story] for story in ids if story in found]


def _story_of(members: list[_Member], title: str, visited: int | None) -> Story:
    """A story of these articles; `visited` is up to where its reader has seen it, `None` if nobody follows it."""
    return Story(
        id=members[0].story,
        title=title,
        articles=tuple(member.id for member in members),
        sources=tuple(dict.fromkeys(member.source or host_of(member.url) for member in members)),
        first_seen=members[0].at,
        last_seen=members[-1].at,
        following=visited is not None,
        new=sum(visited is not None and member.arrival > visited for member in members),
    )


def _ids(db: Connection, wanted: StoryFilter) -> list[int]:
    if wanted.where != EVERYTHING:
        passing = ids_of(db, Filter(wanted.where, _FEW + 1, order="none"))
        if len(passing) <= _FEW:
            return _of_few(db, wanted, passing)
    if wanted.min_size > 1:
        return _of_several(db, wanted)
    newest = _newest(db, wanted)
    if wanted.order == "newest":
        return newest
    largest = _of_several(db, wanted._replace(min_size=2))
    return list(dict.fromkeys([*largest, *newest]))[: wanted.limit or None]


def _of_few(db: Connection, wanted: StoryFilter, passing: list[int]) -> list[int]:
    """The stories of these articles."""
    size, moment = "coalesce(s.size, a.hidden_by IS NULL)", "max(coalesce(s.moment, a.moment)) DESC"
    order = moment if wanted.order == "newest" else f"{size} DESC, {moment}"
    sql = f"""SELECT {_STORY} AS story FROM json_each(?) CROSS JOIN article a ON a.id = value
    LEFT JOIN story s ON s.id = a.story WHERE {size} >= ? GROUP BY 1 ORDER BY {order}, 1 DESC LIMIT ?"""  # noqa: S608 - fixed texts
    values = (json.dumps(passing), max(wanted.min_size, 1), wanted.limit or -1)
    return [story for (story,) in rows(db, sql, values)]


def _of_several(db: Connection, wanted: StoryFilter) -> list[int]:
    """The stories of several articles."""
    passing = _passing(db, wanted.where, "SELECT 1 FROM article a INDEXED BY article_story WHERE a.story = s.id")
    index, order = "INDEXED BY story_newest", "s.moment DESC, s.id DESC"
    if wanted.order == "largest":
        index, order = "", f"s.size DESC, {order}"
    sql = f"""SELECT s.id FROM story s {index} WHERE s.size > 1 AND s.size >= ? AND {passing.sql}
    ORDER BY {order} LIMIT ?"""  # noqa: S608 - fixed texts
    return [story for (story,) in rows(db, sql, (wanted.min_size, *passing.values, wanted.limit or -1))]


def _newest(db: Connection, wanted: StoryFilter) -> list[int]:
    """The stories of one article and more, by the newest of each: SQLite keeps the first of each as it walks."""
    passing = _passing(db, wanted.where, "SELECT 1 FROM article a WHERE (a.story = n.story OR a.id = n.id)")
    sql = f"""SELECT DISTINCT coalesce(n.story, n.id) FROM article n INDEXED BY article_newest
    WHERE n.arrival IS NOT NULL AND n.hidden_by IS NULL AND {passing.sql}
    ORDER BY n.moment DESC, n.id DESC LIMIT ?"""  # noqa: S608 - fixed texts
    return [story for (story,) in rows(db, sql, (*passing.values, wanted.limit or -1))]


def _passing(db: Connection, where: Query, articles: str) -> Condition:
    """Whether one of the articles of a query passes."""
    if where == EVERYTHING:
        return Condition("1")
    condition = Compiler(db).condition(where)
    return Condition(f"EXISTS ({articles} AND {listed(where).sql} AND {condition.sql})", condition.values)


def leading(db: Connection, wanted: Filter) -> list[tuple[Entry, Story]]:
    """The first entry of each story in the order of a list, with its story; `limit` counts stories.

    A page does not repeat the stories that were on the pages before it. Raises NotFoundError if the article to go on
    after is not there.
    """
    first: dict[int, int] = {}
    for page in _pages(db, wanted):
        found: dict[int, int] = {}
        for article_id, story in page:
            if story not in first:
                found.setdefault(story, article_id)
        for story in _shown_before(db, wanted, list(found)):
            del found[story]
        first |= found
        if 0 < wanted.limit <= len(first):
            break
    chosen = dict(list(first.items())[: wanted.limit or None])
    entries = load_entries(db, list(chosen.values()))
    stories = {story.id: story for story in load_stories(db, list(chosen))}
    return [(entries[article_id], stories[story]) for story, article_id in chosen.items() if story in stories]


def _pages(db: Connection, wanted: Filter) -> Iterator[list[tuple[int, int]]]:
    """The articles of a list with their stories, some at a time."""
    page = wanted._replace(limit=min(2 * wanted.limit, _LONGEST_PAGE))
    while ids := ids_of(db, page):
        sql = f"SELECT a.id, {_STORY} FROM json_each(?) CROSS JOIN article a ON a.id = value"  # noqa: S608 - fixed texts
        yield rows(db, sql, (json.dumps(ids),))
        if not page.limit or len(ids) < page.limit:
            return
        page = page._replace(after=ids[-1], limit=min(2 * page.limit, _LONGEST_PAGE))


def _shown_before(db: Connection, wanted: Filter, stories: list[int]) -> set[int]:
    """Those stories of which an article stands on the pages before."""
    if wanted.after is None:
        return set()
    coming = behind(db, wanted)
    sql = f"""SELECT a.id, a.story FROM json_each(?) CROSS JOIN article a INDEXED BY article_story ON a.story = value
    WHERE NOT ({coming.sql})"""  # noqa: S608 - fixed texts
    before = dict(rows(db, sql, (json.dumps(stories), *coming.values)))
    return {before[article_id] for article_id in select_ids(db, wanted.where, among=list(before))}


def list_news(db: Connection, where: Query, limit: int) -> list[int]:
    """The ids of the stories that have articles that pass: first what is followed, then what several tell.

    Among those, what more sources, and more articles, are new of comes first.
    """
    columns = f"{_STORY} AS story, coalesce(s.id, a.url) AS source, a.moment AS moment"
    sql, values = query_of(db, Filter(where, 0, order="none"), columns)
    sql = f"""SELECT new.story FROM ({sql}) new LEFT JOIN story t ON t.id = new.story
    GROUP BY new.story ORDER BY t.followed_at IS NOT NULL DESC, coalesce(t.size, 1) > 1 DESC,
    count(DISTINCT new.source) DESC, count(*) DESC, max(new.moment) DESC, new.story DESC LIMIT ?"""  # noqa: S608 - fixed texts
    return [story for (story,) in rows(db, sql, (*values, limit or -1))]
