"""newsreader follow, newsreader unfollow: stories of which you want to be told what comes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.grouping import catch_up
from newsreader.cli.references import find_stories
from newsreader.model.news import Story
from newsreader.text import numbered

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

app = typer.Typer()

References = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...", help="Stories, or ids or addresses of articles in them; - reads a pipe.", show_default=False
    ),
]


@app.command("follow", epilog="Example: newsreader follow 12")
def follow_stories(ctx: typer.Context, references: References) -> None:
    """Follow stories: articles that come to them later are marked, and told by stories --following --since last."""
    from newsreader.store.following import follow

    context: Context = ctx.obj
    for story, is_changed in _changed(context, references, lambda db, story_id: follow(db, story_id, context.now())):
        context.talk(_followed(story, is_changed=is_changed))


@app.command("unfollow", epilog="Example: newsreader unfollow 12")
def unfollow_stories(ctx: typer.Context, references: References) -> None:
    """Follow stories no longer; their articles and marks stay."""
    from newsreader.store.following import unfollow

    for story, is_changed in _changed(ctx.obj, references, unfollow):
        ctx.obj.talk(f"{'No longer followed' if is_changed else 'Was not followed'}: {_named(story)}.")


def _changed(
    context: Context, references: list[str], change: "Callable[[Connection, int], bool]"
) -> list[tuple[Story, bool]]:
    """The stories meant, as they were, and whether each was changed: all of them or none."""
    from newsreader.store.connection import transaction
    from newsreader.store.storylists import load_story

    catch_up(context)
    stories = [load_story(context.readable_db, story_id) for story_id in find_stories(context, references)]
    with transaction(context.db):
        return [(story, change(context.db, story.id)) for story in stories]


def _followed(story: Story, *, is_changed: bool) -> str:
    """What is followed, and what is new in it."""
    if not is_changed:
        new = f"{story.new} new" if story.new else "nothing new"
        return f"Followed already: {_named(story)}; {new}: newsreader story {story.id} --new"
    if len(story.articles) == 1:
        return f"Following {_named(story)}; later articles about it will be marked."
    told = f"{numbered(len(story.articles), 'article')} of {numbered(len(story.sources), 'source')}"
    return f"Following {_named(story)}; {told} so far."


def _named(story: Story) -> str:
    from newsreader.present.lines import safe

    return f"{story.id} {safe(story.title)}"
