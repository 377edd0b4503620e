"""newsreader mark, and its short verbs: read, star, later, hide, tag and their opposites; undo."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.model.changes import VERBS, YOU, Change, parse_change
from newsreader.text import numbered

app = typer.Typer()

References = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Ids, addresses, 12-20; - reads them from a pipe.", show_default=False),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is hidden.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell how many, and change nothing.")]

_HELP = {
    "read": "Mark articles as read.",
    "unread": "Mark articles as not read.",
    "star": "Star articles.",
    "unstar": "Take the star of articles away.",
    "later": "Keep articles for later.",
    "hide": "Hide articles from lists.",
    "unhide": "Show hidden articles again.",
}
_TAG_HELP = {"tag": "Give articles a tag.", "untag": "Take a tag of articles away."}


@app.command("mark", epilog="Example: newsreader list --source gazette | newsreader mark read -")
def mark_articles(
    ctx: typer.Context,
    change: Annotated[
        str,
        typer.Argument(
            help="read, unread, star, unstar, later, not-later, hide, unhide, tag:NAME or untag:NAME.",
            show_default=False,
        ),
    ],
    references: References = None,
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Mark articles: read, starred, for later, hidden, tagged; or take the mark away."""
    _mark(ctx.obj, parse_change(change), references, reason=reason, dry_run=dry_run)
