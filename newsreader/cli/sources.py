"""newsreader sources: what is subscribed to, and what becomes of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Fields, Json, JsonLines, NoPager
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.errors import UsageError
from newsreader.model.news import Source

if TYPE_CHECKING:
    from newsreader.model.catalog import CatalogEntry

app = typer.Typer(name="sources", rich_markup_mode=None, invoke_without_command=True)

Name = Annotated[str, typer.Argument(metavar="SOURCE", help="Its name, id or address.", show_default=False)]


@app.callback(epilog="Example: newsreader sources --why")
def list_sources(
    ctx: typer.Context,
    why: Annotated[bool, typer.Option("--why", help="Tell the last outcome, the next fetch, and the reason.")] = False,
    json: Json = False,
    jsonl: JsonLines = False,
    fields: Fields = "",
    no_pager: NoPager = False,
) -> None:
    """List what you are subscribed to, or change it with one of the commands."""
    if ctx.invoked_subcommand:
        return
    context: Context = ctx.obj
    from newsreader.store.sources import all_sources

    found = all_sources(context.readable_db)
    if json or jsonl or fields:
        from newsreader.present.as_json import sources_document

        print_items(context, sources_document(found, field_names(fields)), "sources", jsonl=jsonl)
    elif not (context.on_terminal or why):
        from newsreader.present.as_tsv import sources_rows

        context.write(sources_rows(found))
    elif found:
        from newsreader.present.as_list import source_lines

        columns = context.columns if context.on_terminal else 0
        print_lines(
            context, source_lines(found, columns, context.now().astimezone(context.zone), why=why), no_pager=no_pager
        )
    else:
        context.talk("You are subscribed to nothing yet. Begin with: newsreader add ADDRESS")


@app.command("remove", epilog="Example: newsreader sources remove gazette")
def remove(ctx: typer.Context, name: Name) -> None:
    """Unsubscribe; the articles that you have stay."""
    from newsreader.store.sources import remove_source

    source = _find(ctx, name)
    remove_source(ctx.obj.db, source.id)
    ctx.obj.talk(f"Unsubscribed from {source.name}; its articles are kept.")


@app.command("rename", epilog="Example: newsreader sources rename 1 gazette")
def rename(ctx: typer.Context, name: Name, new: Annotated[str, typer.Argument(help="The new name.")]) -> None:
    """Give a source another name."""
    from newsreader.store.sources import rename_source
    from newsreader.text import clean

    source = _find(ctx, name)
    if not clean(new):
        raise UsageError("A name needs at least one letter")
    rename_source(ctx.obj.db, source.id, clean(new))
    ctx.obj.talk(f"{source.name} is now called {clean(new)}.")


@app.command("tag", epilog="Example: newsreader sources tag gazette japan --remove politics")
def tag(
    ctx: typer.Context,
    name: Name,
    tags: Annotated[
        list[str] | None, typer.Argument(metavar="[TAG]...", help="Tags to add.", show_default=False)
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="A tag to take away (again for more).", show_default=False)
    ] = None,
) -> None:
    """Give a source tags, or take tags away."""
    from newsreader.store.sources import tag_source
    from newsreader.text import clean

    source = _find(ctx, name)
    tag_source(ctx.obj.db, source.id, [clean(tag) for tag in tags or () if clean(tag)], remove or ())
    now = _find(ctx, str(source.id))
    ctx.obj.talk(f"{now.name}: {', '.join(now.tags) or 'no tags'}.")


@app.command("pause", epilog="Example: newsreader sources pause gazette")
def pause(ctx: typer.Context, name: Name) -> None:
    """Fetch a source no more until it is resumed."""
    _pause(ctx, name, paused=True)


@app.command("resume", epilog="Example: newsreader sources resume gazette")
def resume(ctx: typer.Context, name: Name) -> None:
    """Fetch a paused source again."""
    _pause(ctx, name, paused=False)


@app.command("check", epilog="Example: newsreader sources check gazette")
def check(ctx: typer.Context, name: Name) -> None:
    """Show the headlines that a fetch would see now, and keep nothing."""
    from newsreader.cli.fetching import with_desk
    from newsreader.dates import to_iso
    from newsreader.refresh import look
    from newsreader.subscribe import KINDS
    from newsreader.text import numbered

    context: Context = ctx.obj
    source = _find(ctx, name)
    headlines = with_desk(context, lambda desk: look(desk, source))
    context.write("\t".join((to_iso(found.published) or "", found.title, found.url)) for found in headlines)
    context.talk(f"{source.name}: {numbered(len(headlines), 'headline')} in the {KINDS[source.kind]}.")


@app.command("catalog", epilog="Example: newsreader sources catalog --lang ja")
def list_catalog(
    ctx: typer.Context,
    word: Annotated[
        str, typer.Argument(metavar="[WORD]", help="A name, title, host, tag, language or country.", show_default=False)
    ] = "",
    lang: Annotated[str, typer.Option(metavar="CODE", help="Only this language: ja, zh …", show_default=False)] = "",
    json: Json = False,
    jsonl: JsonLines = False,
    fields: Fields = "",
    no_pager: NoPager = False,
) -> None:
    """List the public news sources that can be added by name."""
    from newsreader.discover.catalog import nearest, search

    context: Context = ctx.obj
    found = search(word, lang)
    if json or jsonl or fields:
        from newsreader.present.as_json import catalog_document

        print_items(context, catalog_document(found, field_names(fields)), "sources", jsonl=jsonl)
    elif not context.on_terminal:
        from newsreader.present.as_tsv import catalog_rows

        context.write(catalog_rows(found))
    elif found:
        from newsreader.present.as_list import catalog_lines

        lines = catalog_lines(found, _subscribed(context, found), context.columns)
        print_lines(context, lines, no_pager=no_pager)
    else:
        near = f" Near to it: {', '.join(names)}." if (names := nearest(word)) else ""
        context.talk(f"The catalogue has no such source.{near} An address will do as well: newsreader add ADDRESS")


def _subscribed(context: Context, entries: "list[CatalogEntry]") -> set[str]:
    """The names of those that are subscribed to already, by the address or by the site."""
    from newsreader.store.sources import all_sources
    from newsreader.urls import canonical

    known = {canonical(url) for source in all_sources(context.readable_db) for url in (source.url, source.site) if url}
    return {entry.name for entry in entries if not known.isdisjoint(map(canonical, (entry.url, entry.site)))}


def _find(ctx: typer.Context, name: str) -> Source:
    """The source that is meant; raises `NotFoundError`."""
    from newsreader.store.sources import find_sources

    (source,) = find_sources(ctx.obj.db, [name])
    return source


def _pause(ctx: typer.Context, name: str, *, paused: bool) -> None:
    """Pause or resume a source."""
    from newsreader.store.sources import pause_source

    source = _find(ctx, name)
    pause_source(ctx.obj.db, source.id, paused, "paused by you" if paused else None)
    ctx.obj.talk(f"{source.name} is paused." if paused else f"{source.name} will be fetched again.")
