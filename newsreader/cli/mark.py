"""newsreader mark: read, starred, later."""

from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.references import find_ids
from newsreader.text import numbered

app = typer.Typer()


class Change(StrEnum):
    """What to mark."""

    READ = "read"
    UNREAD = "unread"
    STAR = "star"
    UNSTAR = "unstar"
    LATER = "later"
    NOT_LATER = "not-later"


@app.command("mark", epilog="Example: newsreader list --source gazette | newsreader mark read -")
def mark_articles(
    ctx: typer.Context,
    change: Annotated[Change, typer.Argument(help="What to mark them as.", show_default=False)],
    references: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Ids or addresses; - reads them from a pipe.", show_default=False),
    ],
) -> None:
    """Mark articles as read, starred or for later, or take the mark away."""
    from newsreader.store.marks import mark

    context: Context = ctx.obj
    ids = find_ids(context, references)
    on = change in (Change.READ, Change.STAR, Change.LATER)
    kind = {Change.READ: "read", Change.UNREAD: "read", Change.STAR: "starred", Change.UNSTAR: "starred"}.get(
        change, "later"
    )
    mark(context.db, ids, now=context.now(), **{kind: on})
    context.talk(f"{numbered(len(ids), 'article')} marked: {change}.")
