"""newsreader list: headlines, newest first."""

from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, QueryWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.cli.options import MOST, Fields, Json, JsonLines, Limit, NoPager
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.library import Grouped, Library, Listing
from newsreader.model.query import EVERYTHING, Has, Query, SinceLast
from newsreader.store.conditions import asks_for_hidden, parts_of
from newsreader.store.lists import Filter

app = typer.Typer()


class Order(StrEnum):
    """Orders of a list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    ID = "id"


class Grouping(StrEnum):
    """What a line of a list is: an event, or an article."""

    STORY = "story"
    NONE = "none"


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
    group_by: Annotated[
        Grouping | None,
        typer.Option(help="A line an event, or an article; on a terminal: story.", show_default=False),
    ] = None,
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
    if group_by is None:
        is_data = json or jsonl or fields or not context.on_terminal
        group_by = Grouping.NONE if is_data or not _suits_grouping(chosen) else Grouping.STORY
    library = Library(context.readable_db)
    # A hidden article may be of an event of which lists show nothing.
    is_grouped = group_by is Grouping.STORY and not asks_for_hidden(chosen.where)
    listing = library.leading(chosen) if is_grouped else library.list(chosen)
    if json or jsonl or fields:
        from newsreader.present.as_json import list_document

        stories = listing.stories if isinstance(listing, Grouped) else None
        document = list_document(listing.entries, listing.next, field_names(fields), stories)
        print_items(context, document, "articles", jsonl=jsonl)
    elif context.on_terminal:
        _print_table(context, chosen, listing, no_pager=no_pager)
    else:
        from newsreader.present.as_tsv import list_rows

        context.write(list_rows(listing.entries))
    if chosen.where == SinceLast():
        _remember_visit(context, chosen, listing)


def _suits_grouping(chosen: Filter) -> bool:
    """Whether a line an event is what a person wants who did not say: not of one story, nor in another order."""
    is_of_story = any(isinstance(part, Has) and part.field == "story" for part in parts_of(chosen.where))
    return chosen.order == Order.NEWEST and not is_of_story


def _print_table(context: Context, chosen: Filter, listing: Listing | Grouped, *, no_pager: bool) -> None:
    """The list for a person; an empty one says what to do next."""
    from newsreader.present.as_list import entry_lines

    if not listing.entries:
        empty: dict[Query, str] = {
            EVERYTHING: "Nothing to list. Subscribe with: newsreader add ADDRESS, then: newsreader fetch",
            SinceLast(): "Nothing new since your last visit.",
        }
        context.talk(empty.get(chosen.where, "Nothing like that is here."))
        return
    stories = listing.stories if isinstance(listing, Grouped) else ()
    followed = Library(context.readable_db).followed()
    now = context.now().astimezone(context.zone)
    lines = entry_lines(listing.entries, context.columns, now, followed=followed, stories=stories)
    print_lines(context, lines, no_pager=no_pager)
    if listing.next is not None:
        context.talk(f"More: the same with --after {listing.next}, or all of it with -n 0")


def _remember_visit(context: Context, chosen: Filter, listing: Listing | Grouped) -> None:
    """Let the next visit begin behind what was shown, if nothing before that was left out."""
    is_gapless = listing.next is None or (chosen.order == Order.ID and isinstance(listing, Listing))
    if not listing.entries or chosen.after is not None or not is_gapless:
        return
    from newsreader.cli.visits import remember_articles

    if isinstance(listing, Grouped):
        shown = [article for story in listing.stories for article in story.articles]
    else:
        shown = [entry.id for entry in listing.entries]
    remember_articles(context, shown)
