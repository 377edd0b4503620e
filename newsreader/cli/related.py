"""newsreader related: what belongs to an article, ranked, with reasons."""

from collections.abc import Sequence
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.grouping import catch_up
from newsreader.cli.options import MOST, Fields, Json, JsonLines, NoPager, Offline
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.cli.references import find_id
from newsreader.library import Library
from newsreader.model.news import Entry, Match, State

app = typer.Typer()


@app.command("related", epilog="Example: newsreader related 12 --fetch")
def list_related(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="ID", help="An id or an address.", show_default=False)],
    fetch: Annotated[bool, typer.Option("--fetch", help="Read the pages that are only known by headline.")] = False,
    depth: Annotated[
        int, typer.Option(min=1, max=5, metavar="N", help="Follow the links of linked pages so many steps.")
    ] = 1,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, max=MOST, metavar="N", help="At most so many; 0 for all.")
    ] = 20,
    json: Json = False,
    jsonl: JsonLines = False,
    fields: Fields = "",
    offline: Offline = False,
    no_pager: NoPager = False,
) -> None:
    """Show what the page links to and what else tells this story, with the reason for each."""
    context: Context = ctx.obj
    article_id = find_id(context, reference)
    if fetch:
        from newsreader.cli.fetching import fetch_linked

        fetch_linked(context, article_id, depth, limit, offline=offline)
    catch_up(context)
    library = Library(context.readable_db)
    matches = library.related(article_id, limit=limit, depth=depth)
    if json or jsonl or fields:
        from newsreader.present.as_json import related_document

        document = related_document(article_id, matches, field_names(fields))
        print_items(context, document, "related", jsonl=jsonl)
    elif context.on_terminal:
        _print_table(context, matches, no_pager=no_pager)
        _tell_ways_on(context, library.entry(article_id), matches)
    else:
        from newsreader.present.as_tsv import related_rows

        context.write(related_rows(matches))


def _print_table(context: Context, matches: Sequence[Match], *, no_pager: bool) -> None:
    """The matches for a person."""
    from newsreader.present.as_list import match_lines

    if not matches:
        context.talk("Nothing related is known yet. More articles to compare with: newsreader fetch")
        return
    print_lines(
        context, match_lines(matches, context.columns, context.now().astimezone(context.zone)), no_pager=no_pager
    )


def _tell_ways_on(context: Context, entry: Entry, matches: Sequence[Match]) -> None:
    """What can be done next."""
    if matches:
        context.talk(f"Read one: newsreader show {matches[0].entry.id}")
    if any(match.entry.state is State.HEADLINE for match in matches):
        context.talk("Some are known by headline only; read them all: add --fetch")
    if entry.story is not None:
        context.talk(f"The story so far: newsreader story {entry.story}")
    context.talk(f"Be told what comes: newsreader follow {entry.story or entry.id}")
