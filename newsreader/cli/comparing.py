"""Shows what changed in articles since an earlier revision."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.cli.context import Context
from newsreader.cli.finding import Found
from newsreader.library import Library

if TYPE_CHECKING:
    from newsreader.model.difference import Piece
    from newsreader.present.lines import Line


def differences(context: Context, found: Sequence[Found], revision: int | None) -> "list[Sequence[Piece]]":
    """What changed in each article; an article that did not change is talked of. Raises `NotFoundError`."""
    library = Library(context.readable_db)
    every = [library.difference(each.entry.id, revision) if each.entry else () for each in found]
    for each, pieces in zip(found, every, strict=True):
        if not pieces:
            name = f"Article {each.entry.id}" if each.entry else each.article.url
            context.talk(f"{name} has not changed since it was first read")
    return every


def difference_text(context: Context, changes: "Sequence[Sequence[Piece]]", width: int, *, signs: bool) -> "list[Line]":
    """What changed in each article, set; several are parted by two blank lines."""
    from newsreader.present.as_difference import difference_lines
    from newsreader.present.lines import BLANK, Line

    lines: list[Line] = []
    for pieces in filter(None, changes):
        page = difference_lines(pieces, columns=width, signs=signs or not context.color)
        lines += [BLANK, BLANK, *page] if lines else page
    return lines
