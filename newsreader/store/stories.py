"""Stories of the store: which articles stand together, and what the reader follows."""

from newsreader.errors import NotFoundError
from newsreader.store.connection import Connection, row, rows
from newsreader.store.identity import LARGEST_ID, find_article


def find_story(db: Connection, reference: str) -> int:
    """The id of the story that a person means: by its id, an old id of it, or any article in it by id or address.

    The story of an article that stands alone has the id of that article. Raises NotFoundError.
    """
    if reference.isascii() and reference.isdigit() and len(reference) < len(str(LARGEST_ID)):
        sql = """SELECT id FROM story WHERE id = ?1
        UNION ALL SELECT story FROM story_moved WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)"""
        if found := row(db, sql, (int(reference),)):
            return int(found[0])
    article_id = find_article(db, reference)
    found = row(db, "SELECT coalesce(story, id) FROM article WHERE id = ? AND arrival IS NOT NULL", (article_id,))
    if found is None:
        raise NotFoundError(
            f"{reference} is in no story", hint="Only articles in lists are; newsreader stories lists them"
        )
    return int(found[0])


def newest_members(db: Connection, story_id: int, limit: int | None = None) -> list[int]:
    """The ids of the articles of a story that lists show, newest first; at most so many."""
    sql = """SELECT id FROM article WHERE story = ? AND arrival IS NOT NULL AND hidden_by IS NULL
    ORDER BY moment DESC, id DESC LIMIT ?"""
    return [member for (member,) in rows(db, sql, (story_id, -1 if limit is None else limit))]
