"""newsreader stories: the same event once, however many tell it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, QueryWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.cli.grouping import catch_up, rebuild
from newsreader.cli.options import MOST, Fields, Json, JsonLines, MostStories, NoPager
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.cli.visits import remember_stories
from newsreader.library import Library
from newsreader.model.news import Story
from newsreader.model.query import EVERYTHING, Is
from newsreader.store.conditions import parts_of
from newsreader.store.storylists import StoryFilter

app = typer.Typer()


class Order(StrEnum):
    """Orders of stories."""

    NEWEST = "newest"
    LARGEST = "largest"


@app.command("stories", cls=QueryCommand, epilog="Example: newsreader stories --since 2d --order largest")
@with_choice
def list_stories(
    ctx: typer.Context,
    query: QueryWords = None,
    choice: Choice = ANY,
    limit: MostStories = 20,
    min_size: Annotated[
        int | None,
        typer.Option(
            "--min-size",
            min=1,
            max=MOST,
            metavar="N",
            help="Of at least so many articles: 2, or 1 of what you follow.",
            show_default=False,
        ),
    ] = None,
    order: Annotated[Order, typer.Option(help="In which order.")] = Order.NEWEST,
    again: Annotated[bool, typer.Option("--rebuild", help="Tell all stories apart anew before.")] = False,
    json: Json = False,
    jsonl: JsonLines = False,
    fields: Fields = "",
    no_pager: NoPager = False,
) -> None:
    """List stories: what several articles tell is one line, with how many tell it."""
    context: Context = ctx.obj
    where = query_of(context, choice, query)
    (rebuild if again else catch_up)(context)
    least = min_size or (1 if choice.following or choice.story else 2)
    chosen = StoryFilter(where, min_size=least, limit=limit, order=str(order))
    stories = Library(context.readable_db).stories(chosen)
    if json or jsonl or fields:
        from newsreader.present.as_json import stories_document

        print_items(context, stories_document(stories, field_names(fields)), "stories", jsonl=jsonl)
    elif context.on_terminal:
        _print_table(context, chosen, stories, no_pager=no_pager)
    else:
        from newsreader.present.as_tsv import story_rows

        context.write(story_rows(stories))
    if not stories:
        context.talk(_nothing(chosen))
    if Is("new") in parts_of(where):
        remember_stories(context, stories)


def _print_table(context: Context, chosen: StoryFilter, stories: Sequence[Story], *, no_pager: bool) -> None:
    """The stories for a person; of followed ones with something new, what that says."""
    from newsreader.present.as_list import story_lines

    if not stories:
        return
    now = context.now().astimezone(context.zone)
    if Is("new") in parts_of(chosen.where):
        from newsreader.present.as_story import news_lines

        library = Library(context.readable_db)
        told = [library.timeline(story.id) for story in stories]
        print_lines(context, news_lines(told, context.columns, now), no_pager=no_pager)
    else:
        print_lines(context, story_lines(stories, context.columns, now), no_pager=no_pager)
    if chosen.limit and len(stories) == chosen.limit:
        context.talk(f"There may be more: the same with -n {2 * chosen.limit}, or all of it with -n 0")


def _nothing(chosen: StoryFilter) -> str:
    """What to say of an empty list, and what to do next."""
    if chosen.where == Is("new"):
        return "Nothing new in the stories that you follow. All of them: newsreader stories --following"
    if chosen.where == Is("followed"):
        return "You follow no story. Follow one by any article in it: newsreader follow ID"
    if chosen.where == EVERYTHING and chosen.min_size > 1:
        return (
            "No event is told by several articles yet. More of them: newsreader fetch; what stands alone: --min-size 1"
        )
    if chosen.where == EVERYTHING:
        return "Nothing to list. Subscribe with: newsreader add ADDRESS, then: newsreader fetch"
    return "No story like that is here." + (" What stands alone: add --min-size 1" if chosen.min_size > 1 else "")
