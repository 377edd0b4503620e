"""newsreader export: what you have, for other programs."""

from enum import StrEnum
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import OnlySources, OnlyTags

app = typer.Typer()


class Format(StrEnum):
    """What can be written."""

    OPML = "opml"


@app.command("export", epilog="Example: newsreader export > feeds.opml")
def export(
    ctx: typer.Context,
    format_: Annotated[Format, typer.Option("--format", "-o", help="How it is written.")] = Format.OPML,  # noqa: ARG001  # one so far
    source: OnlySources = None,
    tag: OnlyTags = None,
) -> None:
    """Write your subscriptions as OPML, which import and other readers take."""
    from newsreader.present.as_opml import opml
    from newsreader.store.sources import all_sources, find_sources

    context: Context = ctx.obj
    db = context.readable_db
    found = find_sources(db, source) if source else all_sources(db)
    tags = {each.casefold() for each in tag or ()}
    context.write([opml(each for each in found if not tags or tags & {own.casefold() for own in each.tags})])
