"""newsreader export: what you have, for other programs and for another store."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.choosing import ANY, Choice, QueryCommand, QueryWords, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.errors import UsageError

if TYPE_CHECKING:
    from newsreader.model.news import Source
    from newsreader.transfer import Exported

app = typer.Typer()


class Format(StrEnum):
    """What can be written."""

    OPML = "opml"
    JSON_LINES = "jsonl"
    MARKDOWN = "markdown"
    HTML = "html"


@app.command("export", cls=QueryCommand, epilog="Example: newsreader export -o jsonl > articles.jsonl")
@with_choice
def export(
    ctx: typer.Context,
    query: QueryWords = None,
    choice: Choice = ANY,
    form: Annotated[Format, typer.Option("--format", "-o", help="What is written, and how.")] = Format.OPML,
) -> None:
    """Write your subscriptions as OPML, or articles: whole ones as JSON lines, which import takes, Markdown or HTML.

    Without a query, JSON lines are the whole store, what is hidden included.
    """
    context: Context = ctx.obj
    if form is Format.OPML:
        if query or choice != Choice(source=choice.source, tag=choice.tag):
            raise UsageError(
                "OPML holds sources, which are chosen by --source and --tag alone",
                hint="To export articles: newsreader export -o jsonl",
            )
        _write_sources(context, choice)
        return
    from newsreader.model.query import SHOWN_OR_HIDDEN
    from newsreader.transfer import exported

    is_whole = form is Format.JSON_LINES and not query and choice == ANY
    where = SHOWN_OR_HIDDEN if is_whole else query_of(context, choice, query)
    context.write(_documents(context, exported(context.readable_db, where), form))


def _write_sources(context: Context, choice: Choice) -> None:
    from newsreader.present.as_opml import opml
    from newsreader.store.sources import all_sources, find_sources

    db = context.readable_db
    found = find_sources(db, choice.source) if choice.source else all_sources(db)
    tags = {each.casefold() for each in choice.tag or ()}
    context.write([opml(each for each in found if not tags or tags & _tags(each))])


def _tags(source: "Source") -> set[str]:
    return {tag.casefold() for tag in source.tags}


def _documents(context: Context, found: "Iterator[Exported]", form: Format) -> Iterator[str]:
    """The articles, each as a line or a document."""
    if form is Format.MARKDOWN:
        yield from (each.article.markdown for each in found)
    elif form is Format.HTML:
        from newsreader.present.as_html import html_page
        from newsreader.present.as_text import Companions

        zone = context.zone
        yield from (html_page(each.article, Companions(each.entry, each.links), zone=zone) for each in found)
    else:
        from newsreader.present.as_export import export_object
        from newsreader.present.as_json import dump

        yield from (dump(export_object(*each)) for each in found)
