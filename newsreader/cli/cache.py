"""newsreader cache: the files of the program, and what is to be done about them now and then."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Json
from newsreader.errors import NotFoundError, UsageError
from newsreader.text import numbered

if TYPE_CHECKING:
    from newsreader.store.upkeep import Status

app = typer.Typer(name="cache", rich_markup_mode=None, invoke_without_command=True)


class Place(StrEnum):
    """What has a path."""

    STORE = "store"
    SETTINGS = "settings"
    CACHE = "cache"


@app.callback(epilog="Example: newsreader cache status")
def cache(ctx: typer.Context) -> None:
    """Tell what is in the store (as status does), or where it is; copy it, tidy it, drop what need not be kept."""
    if not ctx.invoked_subcommand:
        print_status(ctx)


@app.command("path", epilog="Example: newsreader cache path store")
def print_paths(
    ctx: typer.Context,
    place: Annotated[
        Place | None, typer.Argument(help="Only this one, and nothing else on the line.", show_default=False)
    ] = None,
) -> None:
    """Print where the store, the settings and the cache are."""
    context: Context = ctx.obj
    paths = context.paths
    places = {Place.STORE: paths.store, Place.SETTINGS: paths.config_file, Place.CACHE: paths.cache}
    if place:
        context.write([str(places[place])])
    else:
        context.write(f"{name}\t{path}" for name, path in places.items())


@app.command("status", epilog="Example: newsreader cache status --json")
def print_status(ctx: typer.Context, json: Json = False) -> None:
    """Print how large the store is and how much is in it."""
    from newsreader import __version__
    from newsreader.store.upkeep import status_of

    context: Context = ctx.obj
    status = status_of(context.readable_db, context.paths.store)
    told = {**status._asdict(), "path": str(status.path), "newsreader": __version__}
    if json:
        from newsreader.cli.output import print_json

        print_json(context, {"schema": "newsreader.cache/1", **told})
    elif context.on_terminal:
        context.write(_sentences(status))
    else:
        context.write(f"{name}\t{value}" for name, value in told.items())


def _sentences(status: "Status") -> list[str]:
    """What a store holds, for people."""
    from newsreader.store.backups import in_mib

    share = 100 * status.index_bytes // max(status.bytes, 1)
    sizes = f"{in_mib(status.bytes)}, of which {share} % are the search index, {in_mib(status.free_bytes)} are free"
    articles = f"{numbered(status.articles, 'article')} of {numbered(status.sources, 'source')}"
    marks = f"{status.unread} unread, {status.starred} starred; {status.linked} more are linked to"
    return [str(status.path), f"{sizes}; its log takes {in_mib(status.log_bytes)}", f"{articles}, {marks}"]


@app.command("backup", epilog="Example: newsreader cache backup /media/stick/news.sqlite3")
def back_up_store(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="The copy; with the date, beside the store, if left out.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the whole store into a file, also while a fetch is running; prints the path of the copy."""
    from newsreader.store.backups import back_up, in_mib

    context: Context = ctx.obj
    store = context.paths.store
    target = file or store.with_name(f"{store.name}.{context.now().astimezone(context.zone):%Y-%m-%d}.backup")
    if not store.exists():
        raise NotFoundError(f"There is no store yet at {store}")
    if target.is_dir() or (target.exists() and target.samefile(store)):
        raise UsageError(f"{target} cannot be the copy", hint="Name a file of its own")
    if target.exists() and not force:
        raise UsageError(f"{target} is there already", hint="Name another file, or replace it with --force")
    context.readable_db  # noqa: B018  # it is brought to this version first
    back_up(store, target)
    context.write([str(target)])
    context.talk(f"The store was copied: {in_mib(target.stat().st_size)}.")


@app.command("vacuum", epilog="Example: newsreader cache vacuum")
def vacuum_store(ctx: typer.Context) -> None:
    """Rewrite the store without gaps, and its index in order; nothing else can use it meanwhile."""
    from newsreader.store.backups import in_mib
    from newsreader.store.upkeep import vacuum

    context: Context = ctx.obj
    before, after = vacuum(context.db, context.paths.store)
    context.talk(f"The store took {in_mib(before)} and takes {in_mib(after)} now.")


@app.command("prune", epilog="Example: newsreader cache prune --dry-run")
def prune_store(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Drop what [keep] in the settings does not keep, as fetch does at its end."""
    from newsreader.cli.keeping import limits_of, prune

    context: Context = ctx.obj
    limits = limits_of(context)
    if not limits:
        context.talk("Everything is kept: nothing is set under [keep].")
        return
    count = prune(context, limits, dry_run=dry_run)
    if dry_run or not count:
        context.talk(f"{numbered(count, 'article')} would go." if dry_run else "Nothing is beyond what [keep] keeps.")
