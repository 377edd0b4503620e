"""newsreader list: headlines, newest first."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import MOST, Fields, Json, JsonLines, Limit, NoPager, OnlySources, OnlyTags
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.errors import UsageError
from newsreader.library import Library, Listing
from newsreader.model.news import State
from newsreader.model.query import And, Has, Is, Or, Query, Since, Until
from newsreader.moments import moment_of
from newsreader.query import parse
from newsreader.store.lists import Filter

app = typer.Typer()


class Order(StrEnum):
    """Orders of a list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    ID = "id"


@app.command("list", epilog="Example: newsreader list --unread --since 2d --json")
def list_headlines(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORD]...", help='Words that must all occur; "a phrase", -not this.', show_default=False
        ),
    ] = None,
    source: OnlySources = None,
    tag: OnlyTags = None,
    unread: Annotated[bool, typer.Option("--unread", help="Only what you have not read.")] = False,
    starred: Annotated[bool, typer.Option("--starred", help="Only what you have starred.")] = False,
    later: Annotated[bool, typer.Option("--later", help="Only what you keep for later.")] = False,
    state: Annotated[
        list[str] | None, typer.Option(metavar="STATE", help="Only this state: full, partial …", show_default=False)
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this language: ja, en …", show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="Not older: 2h, 3d, yesterday, 2026-09-01.", show_default=False)
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Not newer.", show_default=False)] = None,
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
    now = context.now()
    library = Library(context.readable_db)
    parts: list[Query] = [parse(" ".join(query or ()), now, {})]
    for field, values in (
        ("source", source),
        ("tag", tag),
        ("state", states_of(state or ())),
        ("lang", lang and [lang]),
    ):
        if values:
            parts.append(Or(tuple(Has(field, value) for value in values)) if len(values) > 1 else Has(field, values[0]))
    parts += [Is(mark) for mark, asked in (("unread", unread), ("starred", starred), ("later", later)) if asked]
    parts += [Since(moment_of(since, now))] if since else []
    parts += [Until(moment_of(until, now))] if until else []
    chosen = Filter(
        where=And(tuple(parts)),
        limit=context.settings.list.limit if limit is None else limit,
        after=after,
        order=str(order),
    )
    listing = library.list(chosen)
    if json or jsonl or fields:
        from newsreader.present.as_json import list_document

        document = list_document(listing.entries, listing.next, field_names(fields))
        print_items(context, document, "articles", jsonl=jsonl)
    elif context.on_terminal:
        _print_table(context, listing, no_pager=no_pager)
    else:
        from newsreader.present.as_tsv import list_rows

        context.write(list_rows(listing.entries))


def states_of(names: Sequence[str]) -> tuple[State, ...]:
    """The states of these names; raises `UsageError`, which lists them all."""
    try:
        return tuple(State(name) for name in names)
    except ValueError:
        known = ", ".join(State)
        wrong = next(name for name in names if name not in list(State))
        raise UsageError(f"There is no state {wrong!r}", hint=f"States: {known}") from None


def _print_table(context: Context, listing: Listing, *, no_pager: bool) -> None:
    """The list for a person; an empty one says what to do next."""
    from newsreader.present.as_list import entry_lines

    if not listing.entries:
        context.talk("Nothing to list. Subscribe with: newsreader add ADDRESS, then: newsreader fetch")
        return
    lines = entry_lines(listing.entries, context.columns, context.now().astimezone(context.zone))
    print_lines(context, lines, no_pager=no_pager)
    if listing.next is not None:
        context.talk(f"More: newsreader list --after {listing.next}")
