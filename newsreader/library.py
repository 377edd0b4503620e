"""The read side: list, show, related and stories over the store."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from newsreader.errors import NotFoundError
from newsreader.model.news import Entry, Hit, Match, Story, Summary, Timeline
from newsreader.model.query import Query
from newsreader.store.connection import snapshot
from newsreader.store.lists import Filter, count_entries, list_entries

if TYPE_CHECKING:
    from newsreader.model.article import Article
    from newsreader.model.difference import Piece
    from newsreader.store.articles import Revision, StoredLink
    from newsreader.store.connection import Connection
    from newsreader.store.storylists import StoryFilter


class Listing(NamedTuple):
    """A page of a list: `next` is the id to go on after, `None` if this is the last page."""

    entries: list[Entry]
    next: int | None


class Grouped(NamedTuple):
    """A page of a list by stories: the entry that stands for each, and the stories, in one order.

    `next` is the id to go on after, `None` if this is the last page.
    """

    entries: list[Entry]
    stories: list[Story]
    next: int | None


class Shown(NamedTuple):
    """A stored article with what belongs to it: its links with ids, every address it had, its older texts."""

    entry: Entry
    article: "Article"
    links: "list[StoredLink]"
    urls: tuple[str, ...]
    revisions: "list[Revision]"


class Library:
    """What is stored, to read: no method writes, and each reads the store as it is at one moment.

    Open it with `Library.open(path)`, the path of the store; raises `StoreError` if it cannot be read.
    """

    def __init__(self, db: "Connection") -> None:
        self.db = db

    @classmethod
    def open(cls, path: Path) -> Self:
        """The library of the store at `path`, which is not written."""
        from newsreader.store.connection import open_store

        return cls(open_store(path, read_only=True))

    def list(self, chosen: Filter) -> Listing:
        """The entries that a filter chooses, in its order."""
        with snapshot(self.db):
            found = list_entries(self.db, chosen._replace(limit=chosen.limit + bool(chosen.limit)))
        if not chosen.limit:
            return Listing(found, None)
        page = found[: chosen.limit]
        return Listing(page, page[-1].id if len(found) > chosen.limit else None)

    def leading(self, chosen: Filter) -> Grouped:
        """The first entry of each story that a filter chooses, in its order; its limit counts stories."""
        from newsreader.store.storylists import leading

        with snapshot(self.db):
            found = leading(self.db, chosen._replace(limit=chosen.limit + bool(chosen.limit)))
        page = found[: chosen.limit or None]
        following = page[-1][0].id if len(found) > len(page) else None
        return Grouped([entry for entry, _ in page], [story for _, story in page], following)

    def count(self, where: Query) -> int:
        """How many listed articles a query chooses."""
        with snapshot(self.db):
            return count_entries(self.db, where)

    def search(self, where: Query, *, limit: int = 20, order: str = "rank") -> Sequence[Hit]:
        """What a query finds, best first (`order` "newest" and "oldest" by date), with a piece of each text."""
        from newsreader.store.ranking import search

        with snapshot(self.db):
            return search(self.db, where, limit, order)

    def find(self, reference: str) -> int:
        """The id of an article by its id or any address it was seen under; raises `NotFoundError`."""
        from newsreader.store.identity import find_article

        return find_article(self.db, reference)

    def entry(self, article_id: int) -> Entry:
        """An article as lists show it; raises `NotFoundError`."""
        from newsreader.store.entries import load_entry

        return load_entry(self.db, article_id)

    def show(self, article_id: int) -> Shown:
        """The whole article; raises `NotFoundError`."""
        from newsreader.keeping import load_whole
        from newsreader.store import articles
        from newsreader.store.identity import addresses_of

        with snapshot(self.db):
            return Shown(
                self.entry(article_id),
                load_whole(self.db, article_id),
                articles.load_links(self.db, article_id),
                addresses_of(self.db, article_id),
                articles.load_revisions(self.db, article_id),
            )

    def difference(self, article_id: int, revision: int | None = None) -> "Sequence[Piece]":
        """What changed in headline and text since a revision, `None` for the one before; nothing if there is none.

        Raises `NotFoundError`.
        """
        from newsreader.model.difference import difference
        from newsreader.store.articles import load_article, load_revisions

        earlier = load_revisions(self.db, article_id)
        found = [old for old in earlier if revision in (None, old.number)]
        if not found:
            if revision is None:
                return ()
            numbers = ", ".join(str(old.number) for old in earlier)
            hint = f"There are: {numbers}" if earlier else "It has not changed since it was first read"
            raise NotFoundError(f"There is no revision {revision} of article {article_id}", hint=hint)
        article = load_article(self.db, article_id)
        return difference(f"{found[-1].title}\n{found[-1].text}", f"{article.title}\n{article.text}")

    def stories(self, chosen: "StoryFilter") -> Sequence[Story]:
        """The stories that a filter chooses, in its order."""
        from newsreader.store.storylists import list_stories

        with snapshot(self.db):
            return list_stories(self.db, chosen)

    def find_story(self, reference: str) -> int:
        """The id of a story by its id, an old one of it, or any article in it; raises `NotFoundError`."""
        from newsreader.store.stories import find_story

        return find_story(self.db, reference)

    def followed(self) -> frozenset[int]:
        """The ids of the stories that are followed."""
        from newsreader.store.following import followed

        return followed(self.db)

    def timeline(self, story_id: int) -> Timeline:
        """A story and what each of its articles added, in time order; raises `NotFoundError`."""
        from newsreader.timelines import timeline

        with snapshot(self.db):
            return timeline(self.db, story_id)

    def brief(self, where: Query, limit: int = 20) -> Sequence[Summary]:
        """The stories that have articles that a query chooses, and what these add; `limit` 0 means all."""
        from newsreader.timelines import brief

        with snapshot(self.db):
            return brief(self.db, where, limit)

    def related(self, article_id: int, *, limit: int = 20, depth: int = 1) -> Sequence[Match]:
        """What belongs to an article: what its page links to, what tells the same story, and what is like it.

        `depth` follows the links of linked pages so many steps; `limit` bounds the whole, 0 for all. Raises
        `NotFoundError`.
        """
        from newsreader.relations import related

        with snapshot(self.db):
            return related(self.db, article_id, limit=limit, depth=depth)
