"""newsreader mark, and its verbs as commands of their own: read, star, later, hide, tag and their opposites."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from newsreader.cli.choosing import ANY, Choice, query_of, with_choice
from newsreader.cli.context import Context
from newsreader.errors import UsageError
from newsreader.model.changes import VERBS, YOU, Change, parse_change
from newsreader.model.query import And, Is, Query
from newsreader.text import clean, numbered

if TYPE_CHECKING:
    from newsreader.store.connection import Connection

app = typer.Typer()

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Ids, addresses, ranges (12-20); - reads a pipe.", show_default=False),
]
Words = Annotated[
    str, typer.Option("--query", "-q", metavar="QUERY", help="All that this query finds.", show_default=False)
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


class Targets(NamedTuple):
    """What to mark: articles by references, what a choice and the words of a query find, or of the first the second."""

    ids: list[str] | None
    choice: Choice
    words: str


@app.command("mark", epilog="Example: newsreader list --source gazette | newsreader mark read -")
@with_choice
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
    query: Words = "",
    choice: Choice = ANY,
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Mark articles: read, starred, for later, hidden, tagged; or take the mark away."""
    found = parse_change(change)
    if reason and found != VERBS["hide"]:
        raise UsageError("--reason tells why articles are hidden", hint="newsreader mark hide ID --reason TEXT")
    _mark(ctx.obj, found._replace(text=found.text or clean(reason)), Targets(ids, choice, query), dry_run=dry_run)


@app.command("hide", epilog="Example: newsreader hide 12 --reason 'seen in print'")
@with_choice
def hide(
    ctx: typer.Context,
    ids: Ids = None,
    query: Words = "",
    choice: Choice = ANY,
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Hide articles from lists; is:hidden finds them."""
    _mark(ctx.obj, Change("hidden", text=clean(reason)), Targets(ids, choice, query), dry_run=dry_run)


def _verb(change: Change) -> Callable[..., None]:
    @with_choice
    def verb(
        ctx: typer.Context, ids: Ids = None, query: Words = "", choice: Choice = ANY, dry_run: DryRun = False
    ) -> None:
        _mark(ctx.obj, change, Targets(ids, choice, query), dry_run=dry_run)

    return verb


def _tag_verb(word: str) -> Callable[..., None]:
    @with_choice
    def verb(
        ctx: typer.Context,
        name: Annotated[str, typer.Argument(help="The tag.", show_default=False)],
        ids: Ids = None,
        query: Words = "",
        choice: Choice = ANY,
        dry_run: DryRun = False,
    ) -> None:
        _mark(ctx.obj, parse_change(f"{word}:{name}"), Targets(ids, choice, query), dry_run=dry_run)

    return verb


for name, help_text in _HELP.items():
    app.command(name, help=help_text, epilog=f"Example: newsreader {name} 12")(_verb(VERBS[name]))
for name, help_text in _TAG_HELP.items():
    app.command(name, help=help_text, epilog=f"Example: newsreader {name} coast 12 14-20")(_tag_verb(name))


def _mark(context: Context, change: Change, targets: Targets, *, dry_run: bool) -> None:
    """Mark what is meant, and say how many articles that were."""
    from newsreader.cli.references import find_targets
    from newsreader.store.connection import transaction
    from newsreader.store.marks import count_affected, mark

    where = _where(context, change, targets)
    ids = find_targets(context, targets.ids) if targets.ids else None  # a pipe is read before others have to wait
    if dry_run:
        chosen = _chosen(context.readable_db, where, ids)
        count = count_affected(context.readable_db, chosen, change)
    else:
        with transaction(context.db):
            chosen = _chosen(context.db, where, ids)
            count = mark(context.db, chosen, change, YOU, context.now())
    context.talk(_told(change, count, len(chosen), "would be " if dry_run else ""))


def _where(context: Context, change: Change, targets: Targets) -> Query | None:
    """What is asked of the articles, `None` for nothing. Raises `UsageError` if nothing says which they are."""
    if targets.words.strip() or targets.choice != ANY:
        where = query_of(context, targets.choice, [targets.words] if targets.words.strip() else ())
        return And((where, Is("hidden"))) if change == VERBS["unhide"] else where
    if not targets.ids:
        raise UsageError("Nothing says which articles", hint="Give ids, - to read them from a pipe, or --query QUERY")
    return None


def _chosen(db: "Connection", where: Query | None, ids: list[int] | None) -> list[int]:
    """Those of the ids, or of all if they are `None`, that a query chooses."""
    from newsreader.store.lists import select_ids

    return ids or [] if where is None else select_ids(db, where, ids)


def _told(change: Change, count: int, chosen: int, would: str) -> str:
    """What was done: "2 articles marked read; 1 was already."."""
    if not chosen:
        return "No article is chosen."
    already = chosen - count
    rest = f"; {already} {'was' if already == 1 else 'were'} already" if already else ""
    return f"{numbered(count, 'article')} {would}{change.done}{rest}."
