"""newsreader demo: the main job on a small news site that comes with the program."""

import shlex
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from newsreader.cli.app import run
from newsreader.cli.context import Context

app = typer.Typer()


@app.command("demo", epilog="Example: newsreader demo --serve")
def demo(
    ctx: typer.Context,
    serve: Annotated[bool, typer.Option("--serve", help="Only serve the site, until Ctrl-C.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")] = 0,
) -> None:
    """Show what the program does, on a small news site served on this machine; your own store is not touched."""
    from newsreader.demo.server import serve as serve_site

    context: Context = ctx.obj
    with serve_site(port=port, now=context.now) as address:
        if serve:
            _wait(context, address)
        else:
            with tempfile.TemporaryDirectory(prefix="newsreader-demo-") as folder:
                _tour(context, address, Path(folder))


def _wait(context: Context, address: str) -> None:
    """Serve until Ctrl-C; the address is data, for scripts."""
    from threading import Event

    context.write([address])
    context.streams.stdout.flush()
    context.talk(f"Serving the demo site. In another terminal: newsreader add {address}. Ctrl-C ends it.")
    Event().wait()


def _tour(context: Context, address: str, folder: Path) -> None:
    """Run the main job in a throw-away store, each command printed before its output."""
    visitor = {
        **context.environ,
        **{f"NEWSREADER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")},
        "NEWSREADER_FETCH_GAP": "0",  # the site is our own, on this machine: nobody is to be spared
        "NEWSREADER_PAGER": "",
    }
    story = f"{address}news/whale-holds-the-ferry.html"
    steps = (
        ["add", address],
        ["add", f"{address}ja/"],
        ["fetch"],
        ["list", "--limit", "12"],
        ["show", story],
        ["related", story],
        ["list", "--lang", "ja", "--limit", "2", "--json", "--fields", "id,title,state"],
    )
    for step in steps:
        context.write(["", f"$ {shlex.join(['newsreader', *step])}"])
        context.streams.stdout.flush()
        if status := run(step, Context(context.streams, visitor, context.now)):
            raise typer.Exit(status)
    context.talk("\nThat was a throw-away store. Now yours: newsreader add https://example.org/")
