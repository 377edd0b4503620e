"""newsreader import: subscribe to what another reader has, all at once."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Json
from newsreader.cli.output import print_json
from newsreader.errors import NotFoundError
from newsreader.present.lines import safe
from newsreader.text import cut, numbered

if TYPE_CHECKING:
    from newsreader.discover.subscriptions import Subscriptions

app = typer.Typer()

MOST_NAMED = 10  # entries without an address that are told, the others are only counted
_COLUMNS = 80  # of such an entry


@app.command("import", epilog="Example: newsreader import feeds.opml ~/.newsboat/urls")
def import_files(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="OPML, Newsboat's urls, or an address a line; - is a pipe.", show_default=False
        ),
    ],
    json: Json = False,
) -> None:
    """Subscribe to all that is in files of other readers, and fetch nothing yet; folders become tags."""
    from newsreader.subscribe import subscribe_all

    context: Context = ctx.obj
    found = [_read(context, file) for file in files]
    sources = [source for each in found for source in each.sources]
    added, known = subscribe_all(context.db, sources, context.now())
    if json:
        from newsreader.present.as_json import sources_document

        print_json(context, sources_document(added))
    _tell(context, len(added), known, [entry for each in found for entry in each.wrong])


def _read(context: Context, file: str) -> "Subscriptions":
    """The subscriptions in one file; raises `NotFoundError` and `ParseError`."""
    from newsreader.discover.subscriptions import read_subscriptions

    if file == "-":
        return read_subscriptions(context.read_stdin(), "Standard input")
    body = context.read_file(file)
    if body is None:
        raise NotFoundError(f"There is no file {file!r}")
    return read_subscriptions(body, file)


def _tell(context: Context, added: int, known: int, wrong: list[str]) -> None:
    """What came of it, in one sentence; before it what is no address."""
    for entry in wrong[:MOST_NAMED]:
        context.talk(f"No address: {cut(safe(entry), _COLUMNS)}")
    parts = [f"Subscribed to {numbered(added, 'source')}"]
    if known:
        parts.append(f"{known} {'was' if known == 1 else 'were'} subscribed already")
    if wrong:
        parts.append("1 is no address" if len(wrong) == 1 else f"{len(wrong)} are no addresses")
    context.talk(f"{', '.join(parts)}.")
