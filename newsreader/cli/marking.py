"""newsreader mark, and its verbs as commands of their own: read, star, later, hide, tag and their opposites."""

from collections.abc import Callable
from typing import Annotated

import typer

from newsreader.cli.context import Context
from newsreader.errors import UsageError
from newsreader.model.changes import VERBS, YOU, Change, parse_change
from newsreader.text import clean, numbered

app = typer.Typer()

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Ids, addresses, ranges (12-20); - reads a pipe.", show_default=False),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why they are hidden.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many it would be, and change nothing.")]

_HELP = {
    "read": "Mark articles as read.",
    "unread": "Mark articles as unread.",
    "star": "Star articles.",
    "unstar": "Take the stars of articles away.",
    "later": "Keep articles for later.",
    "unhide": "Show hidden articles again.",
}
_TAG_HELP = {"tag": "Give articles a tag.", "untag": "Take a tag of articles away."}


@app.command("mark", epilog="Example: newsreader list --source gazette | newsreader mark read -")
def mark_articles(
    ctx: typer.Context,
    change: Annotated[
        str,
        typer.Argument(
            help="read, unread, star, unstar, later, not-later, hide, unhide, tag:NAME, untag:NAME.",
            show_default=False,
        ),
    ],
    ids: Ids = None,
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Mark articles: read, starred, for later, hidden, tagged; or take the mark away."""
    found = parse_change(change)
    if reason and found != VERBS["hide"]:
        raise UsageError("--reason tells why articles are hidden", hint="newsreader mark hide ID --reason TEXT")
    _mark(ctx.obj, found._replace(text=found.text or clean(reason)), ids, dry_run=dry_run)


@app.command("hide", epilog="Example: newsreader hide 12 --reason 'seen in print'")
def hide(ctx: typer.Context, ids: Ids = None, reason: Reason = "", dry_run: DryRun = False) -> None:
    """Hide articles from lists; is:hidden finds them."""
    _mark(ctx.obj, Change("hidden", text=clean(reason)), ids, dry_run=dry_run)


def _verb(change: Change) -> Callable[..., None]:
    def verb(ctx: typer.Context, ids: Ids = None, dry_run: DryRun = False) -> None:
        _mark(ctx.obj, change, ids, dry_run=dry_run)

    return verb


def _tag_verb(word: str) -> Callable[..., None]:
    def verb(
        ctx: typer.Context,
        name: Annotated[str, typer.Argument(help="The tag.", show_default=False)],
        ids: Ids = None,
        dry_run: DryRun = False,
    ) -> None:
        _mark(ctx.obj, parse_change(f"{word}:{name}"), ids, dry_run=dry_run)

    return verb


for name, help_text in _HELP.items():
    app.command(name, help=help_text, epilog=f"Example: newsreader {name} 12")(_verb(VERBS[name]))
for name, help_text in _TAG_HELP.items():
    app.command(name, help=help_text, epilog=f"Example: newsreader {name} coast 12 14-20")(_tag_verb(name))


def _mark(context: Context, change: Change, references: list[str] | None, *, dry_run: bool) -> None:
    """Mark what is chosen, and say how many articles that were."""
    from newsreader.cli.references import find_targets
    from newsreader.store.marks import count_affected, mark

    if not references:
        raise UsageError("Nothing says which articles", hint="Give ids, or - to read them from a pipe")
    ids = find_targets(context, references)
    if dry_run:
        count = count_affected(context.readable_db, ids, change)
    else:
        count = mark(context.db, ids, change, YOU, context.now())
    context.talk(_told(change, count, len(ids), "would be " if dry_run else ""))


def _told(change: Change, count: int, chosen: int, would: str) -> str:
    """What was done: "2 articles marked read; 1 was already."."""
    if not chosen:
        return "No article is chosen."
    already = chosen - count
    rest = f"; {already} {'was' if already == 1 else 'were'} already" if already else ""
    return f"{numbered(count, 'article')} {would}{change.done}{rest}."
