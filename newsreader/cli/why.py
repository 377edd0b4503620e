"""newsreader why: what was done to an article, and by what."""

from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Json, NoPager
from newsreader.cli.output import print_json, print_lines
from newsreader.cli.references import find_id

app = typer.Typer()


@app.command("why", epilog="Example: newsreader why 12")
def explain(
    ctx: typer.Context,
    reference: Annotated[
        str, typer.Argument(metavar="ID", help="An id or an address; - reads one from a pipe.", show_default=False)
    ],
    json: Json = False,
    no_pager: NoPager = False,
) -> None:
    """Tell what was done to an article and by what: sources, pages, marks, rules."""
    from newsreader.present.as_history import history_document, history_lines
    from newsreader.store.histories import load_history

    context: Context = ctx.obj
    history = load_history(context.readable_db, find_id(context, reference))
    if json:
        print_json(context, history_document(history))
        return
    columns = context.columns if context.on_terminal else 0
    print_lines(context, history_lines(history, columns, context.now().astimezone(context.zone)), no_pager=no_pager)
