"""newsreader undo: what was marked last, taken back."""

from datetime import datetime
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import MOST, Json
from newsreader.model.changes import YOU, Recorded
from newsreader.text import lasting, numbered

app = typer.Typer()

_NOTHING = "There is nothing to take back."


@app.command("undo", epilog="Example: newsreader star 12 && newsreader undo")
def undo_change(
    ctx: typer.Context,
    show: Annotated[bool, typer.Option("--list", help="List what can be taken back, and take nothing back.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=MOST, metavar="N", help="List so many.")] = 10,
    json: Json = False,
) -> None:
    """Take the newest change of marks back; again, the one before."""
    from newsreader.store.journal import undo, undoable

    context: Context = ctx.obj
    if show:
        changes = undoable(context.readable_db, limit)
    else:
        changes = [done] if (done := undo(context.db)) else []
        context.talk(f"Taken back: {told(done, context.now())}." if done else _NOTHING)
    if json:
        from newsreader.cli.output import print_json
        from newsreader.present.as_json import undo_document

        print_json(context, undo_document(changes))
    elif show:
        _print_list(context, changes)


def _print_list(context: Context, changes: list[Recorded]) -> None:
    if not context.on_terminal:
        from newsreader.present.as_tsv import change_rows

        context.write(change_rows(changes))
    elif changes:
        context.write(told(each, context.now()) for each in changes)
    else:
        context.talk(_NOTHING)


def told(change: Recorded, now: datetime) -> str:
    """What was done, by whom if not by you, and when: "3 articles tagged coast by rule harbour, 2 minutes ago"."""
    by = "" if change.by == YOU else f" by {change.by}"
    ago = lasting((now - change.at).total_seconds())
    return f"{numbered(change.articles, 'article')} {change.change.done}{by}, {ago} ago"
