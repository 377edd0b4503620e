"""newsreader brief: the catch-up, story by story."""

from collections.abc import Sequence

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, QueryWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.cli.grouping import catch_up
from newsreader.cli.options import Json, MostStories, NoPager, StoryForm, StoryFormat, Width
from newsreader.cli.output import print_json, print_set, reading_width
from newsreader.cli.visits import remember_articles
from newsreader.library import Library
from newsreader.model.news import Summary
from newsreader.model.query import Is, Query, Since, SinceLast
from newsreader.store.conditions import parts_of

app = typer.Typer()


@app.command("brief", cls=QueryCommand, epilog="Example: newsreader brief --since 1d -o markdown > today.md")
@with_choice
def brief(
    ctx: typer.Context,
    query: QueryWords = None,
    choice: Choice = ANY,
    limit: MostStories = 20,
    form: StoryForm = StoryFormat.RICH,
    json: Json = False,
    width: Width = None,
    no_pager: NoPager = False,
) -> None:
    """Catch up: the stories since your last visit, each with its first sentence, its sources and what is new.

    --since TIME, or since: in the query, begins elsewhere.
    """
    context: Context = ctx.obj
    where = _where(context, choice, query)
    catch_up(context)
    summaries = Library(context.readable_db).brief(where, limit)
    if json or form is StoryFormat.JSON:
        from newsreader.present.as_brief import brief_document

        print_json(context, brief_document(summaries))
    elif summaries:
        _print_text(context, where, summaries, form, reading_width(context, width), no_pager=no_pager)
    if not summaries:
        context.talk(_nothing(where))
    elif limit and len(summaries) == limit:
        stays = ", so that your last visit stays where it was" if where == SinceLast() else ""
        context.talk(f"There may be more{stays}: the same with -n {2 * limit}, or all of it with -n 0")
    elif where == SinceLast():
        remember_articles(context, [article for each in summaries for article in each.story.articles])


def _where(context: Context, choice: Choice, words: Sequence[str] | None) -> Query:
    """What is asked for: since the last visit, unless something else is told."""
    where = query_of(context, choice, words)
    if any(isinstance(part, Since | SinceLast) for part in parts_of(where)):
        return where
    return query_of(context, choice._replace(since="last"), words)


def _nothing(where: Query) -> str:
    if where in (SinceLast(), Is("new")):
        return (
            "Nothing new since your last visit. More comes by: newsreader fetch; of a day: newsreader brief --since 1d"
        )
    return "Nothing like that is here."


def _print_text(
    context: Context, where: Query, summaries: Sequence[Summary], form: StoryFormat, width: int, *, no_pager: bool
) -> None:
    from newsreader.present.as_brief import brief_lines, brief_markdown, heading_of

    heading = heading_of(summaries, since_last=any(part in (SinceLast(), Is("new")) for part in parts_of(where)))
    if form is StoryFormat.MARKDOWN:
        context.write([brief_markdown(summaries, heading)])
    else:
        lines = brief_lines(summaries, heading, width)
        print_set(context, lines, bare=form is StoryFormat.PLAIN, no_pager=no_pager)
