"""newsreader list: headlines, newest first."""

from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, QueryWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.cli.options import MOST, Fields, Json, JsonLines, Limit, NoPager
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.library import Library, Listing
from newsreader.model.query import EVERYTHING, SinceLast
from newsreader.store.lists import Filter

app = typer.Typer()


class Order(StrEnum):
    """Orders of a list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    ID = "id"


@app.command("list", cls=QueryCommand, epilog="Example: newsreader list --unread --since 2d --json")
@with_choice
def list_headlines(
    ctx: typer.Context,
    query: QueryWords = None,
    choice: Choice = ANY,
    limit: Limit = None,
    after: Annotated[
        int | None, typer.Option(min=0, max=MOST, metavar="ID", help="Go on after this id.", show_default=False)
    ] = None,
    order: Annotated[Order, typer.Option(help="In which order.")] = Order.NEWEST,
    json: Json = False,
    jsonl: JsonLines = False,
    fields: Fields = "",
    no_pager: NoPager = False,
) -> None:
    """List headlines, newest first."""
    context: Context = ctx.obj
    chosen = Filter(
        where=query_of(context, choice, query),
        limit=context.settings.list.limit if limit is None else limit,
        after=after,
        order=str(order),
    )
    listing = Library(context.readable_db).list(chosen)
    if json or jsonl or fields:
        from newsreader.present.as_json import list_document

        document = list_document(listing.entries, listing.next, field_names(fields))
        print_items(context, document, "articles", jsonl=jsonl)
    elif context.on_terminal:
        _print_table(context, chosen, listing, no_pager=no_pager)
    else:
        from newsreader.present.as_tsv import list_rows

        context.write(list_rows(listing.entries))
    if chosen.where == SinceLast():
        _remember_visit(context, chosen, listing)


def _print_table(context: Context, chosen: Filter, listing: Listing, *, no_pager: bool) -> None:
    """The list for a person; an empty one says what to do next."""
    from newsreader.present.as_list import entry_lines

    if not listing.entries:
        empty = {
            EVERYTHING: "Nothing to list. Subscribe with: newsreader add ADDRESS, then: newsreader fetch",
            SinceLast(): "Nothing new since your last visit.",
        }
        context.talk(empty.get(chosen.where, "Nothing like that is here."))
        return
    lines = entry_lines(listing.entries, context.columns, context.now().astimezone(context.zone))
    print_lines(context, lines, no_pager=no_pager)
    if listing.next is not None:
        context.talk(f"More: the same with --after {listing.next}, or all of it with -n 0")


def _remember_visit(context: Context, chosen: Filter, listing: Listing) -> None:
    """Let the next visit begin behind what was shown, if nothing before that was left out.

    Only what was written out is seen, and a store that cannot be written stays as it is.
    """
    from newsreader.errors import StoreError
    from newsreader.store.visits import record_visit

    is_gapless = listing.next is None or chosen.order == Order.ID
    if not listing.entries or chosen.after is not None or not is_gapless:
        return
    context.streams.stdout.flush()
    try:
        record_visit(context.db, [entry.id for entry in listing.entries])
    except StoreError:
        context.talk("The store cannot be written: your next visit will show the same.")
