"""newsreader search: what a query finds, ranked, with a piece of each text."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, SoughtWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.cli.options import MOST, Fields, Json, JsonLines, NoPager
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.library import Library
from newsreader.model.news import Hit

app = typer.Typer()


class Order(StrEnum):
    """Orders of what is found."""

    RANK = "rank"
    NEWEST = "newest"
    OLDEST = "oldest"


@app.command("search", cls=QueryCommand, epilog="Example: newsreader search 台湾 半導体 -title:株価 --since 7d")
@with_choice
def search_articles(
    ctx: typer.Context,
    query: SoughtWords,
    choice: Choice = ANY,
    order: Annotated[Order, typer.Option(help="In which order.")] = Order.RANK,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, max=MOST, metavar="N", help="At most so many; 0 for all.")
    ] = 20,
    json: Json = False,
    jsonl: JsonLines = False,
    fields: Fields = "",
    no_pager: NoPager = False,
) -> None:
    """Search titles, bylines and texts: the best finds first, with the piece of text that has the words."""
    context: Context = ctx.obj
    hits = Library(context.readable_db).search(query_of(context, choice, query), limit=limit, order=order)
    if json or jsonl or fields:
        from newsreader.present.as_json import search_document

        print_items(context, search_document(hits, field_names(fields)), "articles", jsonl=jsonl)
    elif context.on_terminal:
        _print_table(context, hits, no_pager=no_pager)
        if limit and len(hits) == limit:
            context.talk(f"There may be more: the same with -n {2 * limit}, or all of it with -n 0")
    else:
        from newsreader.present.as_tsv import search_rows

        context.write(search_rows(hits))


def _print_table(context: Context, hits: Sequence[Hit], *, no_pager: bool) -> None:
    """What was found, for a person."""
    from newsreader.present.as_list import hit_lines

    if not hits:
        context.talk("Nothing was found. Fewer words find more, and so does the beginning of one: trump*")
        return
    print_lines(context, hit_lines(hits, context.columns, context.now().astimezone(context.zone)), no_pager=no_pager)
