"""newsreader doctor: whether the store is well, and what can be mended."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Json
from newsreader.errors import StoreError
from newsreader.text import numbered

if TYPE_CHECKING:
    from newsreader.store.doctor import Report
    from newsreader.store.rescue import Rescued

app = typer.Typer()


@app.command("doctor", epilog="Example: newsreader doctor --dry-run")
def examine_store(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look, and change nothing.")] = False,
    rescue: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where what is left of a damaged store is saved, else beside it.", show_default=False
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Look the store through and mend it; of a damaged one, save what can be read into a new file."""
    from newsreader.store.doctor import Visit, examine

    context: Context = ctx.obj
    store = context.paths.store
    report = examine(Visit(store, context.now(), context.talk, dry_run, rescue))
    if json:
        from newsreader.cli.output import print_json

        print_json(context, _document(report, store, dry_run=dry_run))
    else:
        context.write(f"{found.verdict}\t{found.check}\t{found.message}" for found in report.findings)
    if rescue and not report.rescued and report.is_well:
        context.talk("The store is not damaged: there is nothing to rescue.")
    if not report.is_well:
        problems = sum(found.verdict == "problem" for found in report.findings)
        hint = _how_to_replace(store, report.rescued) if report.rescued else None
        raise StoreError(f"The store is not well: {numbered(problems, 'problem')}", hint=hint)


def _document(report: "Report", store: Path, *, dry_run: bool) -> dict[str, Any]:
    """`doctor --json`."""
    rescued = report.rescued
    return {
        "schema": "newsreader.doctor/1",
        "store": str(store),
        "dry_run": dry_run,
        "well": report.is_well,
        "findings": [found._asdict() for found in report.findings],
        "rescued": rescued
        and {
            "file": str(rescued.file),
            "tables": [saved._asdict() for saved in rescued.tables],
            "remade": rescued.remade,
        },
    }


def _how_to_replace(store: Path, rescued: "Rescued") -> str:
    """The commands that put the new store in the place of the damaged one, whose log must not be read into it."""
    from shlex import quote

    away = next(
        name for count in range(1, 99) if not Path(name := f"{store}.damaged{count if count > 1 else ''}").exists()
    )
    moves = [(f"{store}{suffix}", f"{away}{suffix}") for suffix in ("", "-wal", "-shm")]
    moves = [(old, new) for old, new in moves if Path(old).exists()] + [(str(rescued.file), str(store))]
    commands = " && ".join(f"mv {quote(old)} {quote(new)}" for old, new in moves)
    return f"What could be saved is in {rescued.file}; to go on with it: {commands}"
