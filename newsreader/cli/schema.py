"""newsreader schema: the JSON Schemas of what the program prints."""

from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.errors import NotFoundError

app = typer.Typer()


@app.command("schema", epilog="Example: newsreader schema list > list.schema.json")
def print_schema(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="list, article …; all names if left out.", show_default=False)
    ] = None,
) -> None:
    """Print the JSON Schema (2020-12) of a command's --json, or the names of all."""
    from newsreader.present.as_json import schema, schema_names

    context: Context = ctx.obj
    names = schema_names()
    if name is None:
        context.write(names)
    elif name in names:
        import json

        context.write([json.dumps(schema(name), ensure_ascii=False, indent=2)])
    else:
        raise NotFoundError(f"There is no schema {name!r}", hint=f"There are {', '.join(names)}")
