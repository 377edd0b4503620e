"""newsreader count: how many articles a query chooses."""

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, QueryWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.cli.options import Json
from newsreader.library import Library

app = typer.Typer()


@app.command("count", cls=QueryCommand, epilog="Example: newsreader count --unread")
@with_choice
def count_articles(
    ctx: typer.Context,
    query: QueryWords = None,
    choice: Choice = ANY,
    json: Json = False,
) -> None:
    """Print how many articles there are, or how many a query chooses: digits only."""
    context: Context = ctx.obj
    found = Library(context.readable_db).count(query_of(context, choice, query))
    if json:
        from newsreader.cli.output import print_json
        from newsreader.present.as_json import count_document

        print_json(context, count_document(found))
    else:
        context.write([str(found)])
