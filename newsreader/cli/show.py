"""newsreader show: the whole article, from the store, the web, a file or a pipe."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.comparing import difference_text, differences
from newsreader.cli.context import Context
from newsreader.cli.finding import Finding, Found, find_articles
from newsreader.cli.options import Json, NoPager, Offline, Width
from newsreader.cli.output import print_json, print_set, reading_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.model.difference import Piece
    from newsreader.present.as_text import Companions

app = typer.Typer()


class Format(StrEnum):
    """Forms of an article."""

    RICH = "rich"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


@app.command("show", epilog="Example: newsreader show 12 -o markdown")
def show_articles(
    ctx: typer.Context,
    references: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|URL|FILE|-...",
            help="Ids, addresses, saved pages or texts; - reads a page, or ids, from a pipe.",
            show_default=False,
        ),
    ],
    form: Annotated[Format, typer.Option("--format", "-o", help="How to print it.", show_default=False)] = Format.RICH,
    json: Json = False,
    url: Annotated[str, typer.Option(metavar="URL", help="The address of the page in a file or a pipe.")] = "",
    store: Annotated[bool, typer.Option("--store/--no-store", help="Keep what was read.")] = True,
    again: Annotated[bool, typer.Option("--fetch", help="Read the page from the web again.")] = False,
    related: Annotated[bool, typer.Option("--related", help="Add what else tells this story.")] = False,
    links: Annotated[bool, typer.Option("--links", help="Print only the links of the page.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what changed since the revision before.")] = False,
    revision: Annotated[
        int | None, typer.Option(metavar="N", help="Print what changed since this revision.", show_default=False)
    ] = None,
    mark: Annotated[bool, typer.Option("--mark/--no-mark", help="Mark as read what you are shown.")] = True,
    width: Width = None,
    offline: Offline = False,
    no_pager: NoPager = False,
) -> None:
    """Show articles; an address that is not stored yet is read from the web, and kept."""
    context: Context = ctx.obj
    finding = Finding(url=url, store=store, again=again, related=related, offline=offline)
    found = find_articles(context, references, finding)
    changes = differences(context, found, revision) if diff or revision is not None else None
    if json or form is Format.JSON:
        _print_json(context, found, changes)
        return
    if changes is not None:
        lines = difference_text(context, changes, reading_width(context, width), signs=form is not Format.RICH)
        print_set(context, lines, bare=form is Format.PLAIN, no_pager=no_pager)
    elif form in (Format.MARKDOWN, Format.HTML):
        _print_document(context, found, form)
    else:
        _print_text(context, found, form, reading_width(context, width), links=links, no_pager=no_pager)
    if mark and store and context.settings.show.mark_read:
        _mark_read(context, found)


def _print_json(context: Context, found: list[Found], changes: "list[Sequence[Piece]] | None") -> None:
    """The articles for machines: one document, an array for several."""
    from newsreader.present.as_json import article_document

    documents = [
        article_document(each.entry, each.article, each.links, revisions=each.revisions, urls=each.urls)
        for each in found
    ]
    for document, pieces in zip(documents, changes or (), strict=changes is not None):
        document["diff"] = [piece._asdict() for piece in pieces]
    print_json(context, documents[0] if len(documents) == 1 else documents)


def _print_document(context: Context, found: list[Found], form: Format) -> None:
    """The articles as Markdown or as one page of HTML each."""
    if form is Format.MARKDOWN:
        context.write(each.article.markdown for each in found)
        return
    from newsreader.present.as_html import html_page

    zone = context.zone
    context.write(html_page(each.article, companions_of(each), zone=zone) for each in found)


def _print_text(context: Context, found: list[Found], form: Format, width: int, *, links: bool, no_pager: bool) -> None:
    """The articles as set text; several are parted by two blank lines."""
    from newsreader.present.as_text import article_lines, link_lines
    from newsreader.present.lines import BLANK, Line

    lines: list[Line] = []
    for each in found:
        companions = companions_of(each, all_links=links)
        if links:
            page = link_lines(each.article, companions, columns=width)
        else:
            page = article_lines(each.article, companions, columns=width, zone=context.zone)
        lines += [BLANK, BLANK, *page] if lines else page
    print_set(context, lines, bare=form is Format.PLAIN, no_pager=no_pager)


def companions_of(found: Found, *, all_links: bool = False) -> "Companions":
    """What the store knows beside the article, as the text forms take it."""
    from newsreader.present.as_text import Companions

    return Companions(found.entry, found.links, found.related, all_links)


def _mark_read(context: Context, found: list[Found]) -> None:
    """Mark what a person was shown as read; a store that cannot be written stays as it is."""
    from newsreader.errors import StoreError
    from newsreader.model.changes import YOU, Change
    from newsreader.store.marks import mark

    ids = [each.entry.id for each in found if each.entry and not each.entry.read]
    if not ids:
        return
    try:
        mark(context.db, ids, Change("read"), YOU, context.now())
    except StoreError:
        context.talk("The store cannot be written: what you read is not marked.")
