"""newsreader story: who reported what when, and what that added."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.grouping import catch_up
from newsreader.cli.options import Json, NoPager, StoryForm, StoryFormat, Width
from newsreader.cli.output import print_json, print_set, reading_width
from newsreader.cli.references import find_stories
from newsreader.cli.visits import remember_stories
from newsreader.errors import UsageError
from newsreader.library import Library
from newsreader.text import numbered

if TYPE_CHECKING:
    from newsreader.model.news import Timeline

app = typer.Typer()


@app.command("story", epilog="Example: newsreader story 12 --new")
def show_story(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A story, or the id or address of any article in it; - reads a pipe.", show_default=False
        ),
    ],
    new: Annotated[bool, typer.Option("--new", help="Only what came since you last looked at it.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every sentence that an article added, not only a few.")] = False,
    read: Annotated[bool, typer.Option("--read", help="Mark all articles that are shown as read.")] = False,
    form: StoryForm = StoryFormat.RICH,
    json: Json = False,
    width: Width = None,
    no_pager: NoPager = False,
) -> None:
    """Show a story day by day: who reported what when, and what each article added to those before it."""
    context: Context = ctx.obj
    catch_up(context)
    timeline = Library(context.readable_db).timeline(_find(context, reference))
    if new:
        timeline = timeline._replace(reports=tuple(report for report in timeline.reports if report.is_new))
    if json or form is StoryFormat.JSON:
        from newsreader.present.as_story import timeline_document

        print_json(context, timeline_document(timeline))
    elif timeline.reports:
        _print_text(context, timeline, form, reading_width(context, width), every=every or new, no_pager=no_pager)
    if not timeline.reports:
        context.talk(f"Nothing new since you last looked. The whole story: newsreader story {timeline.story.id}")
    if timeline.story.following:
        remember_stories(context, [timeline.story])
    if read:
        _mark_read(context, timeline)


def _find(context: Context, reference: str) -> int:
    """The one story that is meant. Raises `NotFoundError`, and `UsageError` if a pipe names several."""
    found = find_stories(context, [reference])
    if len(found) > 1:
        raise UsageError(f"Standard input names {len(found)} stories, and one is wanted")
    return found[0]


def _print_text(
    context: Context, timeline: "Timeline", form: StoryFormat, width: int, *, every: bool, no_pager: bool
) -> None:
    from newsreader.present.as_story import timeline_lines, timeline_markdown

    if form is StoryFormat.MARKDOWN:
        context.write([timeline_markdown(timeline, context.zone, every=every)])
        return
    lines = timeline_lines(timeline, width, context.zone, every=every)
    print_set(context, lines, bare=form is StoryFormat.PLAIN, no_pager=no_pager)
    if context.on_terminal:
        follow = "" if timeline.story.following else f"; be told what comes next: newsreader follow {timeline.story.id}"
        context.talk(f"Read one: newsreader show {timeline.reports[-1].entry.id}{follow}")


def _mark_read(context: Context, timeline: "Timeline") -> None:
    """Mark what was shown as read."""
    from newsreader.model.changes import YOU, Change
    from newsreader.store.marks import mark

    count = mark(context.db, [report.entry.id for report in timeline.reports], Change("read"), YOU, context.now())
    context.talk(f"{numbered(count, 'article')} marked read.")
