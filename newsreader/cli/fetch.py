"""newsreader fetch: headlines of what is due, then whole articles."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import MOST, Offline, SourceNames
from newsreader.errors import NothingReachedError, OfflineError, SourcesFailedError
from newsreader.model.news import Source

if TYPE_CHECKING:
    from newsreader.refresh import Plan, SourceDone

app = typer.Typer()


@app.command("fetch", epilog="Example: newsreader fetch --force && newsreader list --unread")
def fetch_sources(
    ctx: typer.Context,
    names: SourceNames = None,
    force: Annotated[bool, typer.Option("--force", help="Fetch what is not due as well.")] = False,
    headlines_only: Annotated[bool, typer.Option("--headlines-only", help="Read no articles.")] = False,
    max_articles: Annotated[
        int | None,
        typer.Option(
            min=0, max=MOST, metavar="N", help="Read at most so many articles of a source.", show_default=False
        ),
    ] = None,
    related: Annotated[
        int, typer.Option(min=0, max=5, metavar="N", help="Follow the links of what was read so many steps.")
    ] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be asked for, and ask nobody.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON line a source, and a summary.")] = False,
    offline: Offline = False,
) -> None:
    """Fetch the headlines of the sources that are due, then the whole articles of what is new."""
    from newsreader.cli.reporting import Reporter, print_planned
    from newsreader.refresh import Plan, planned
    from newsreader.store.turns import turn

    context: Context = ctx.obj
    if offline and not dry_run:
        raise OfflineError("Offline: nothing is fetched")
    settings = context.settings.fetch
    most = 0 if headlines_only else settings.max_articles if max_articles is None else max_articles
    with Reporter(context, json=json) as reporter:
        rest = timedelta(minutes=settings.interval)
        plan = Plan(reporter.report, rest, most, forced=force or bool(names), related=related)
        if dry_run:
            chosen = chosen_sources(context, names or [], force=force)
            print_planned(context, planned(context.db, chosen, plan, context.now()), json=json)
            _keep(context, dry_run=True)
            return
        context.db  # noqa: B018  # made here, with its folder
        with turn(context.paths.store, lambda: context.talk("Another newsreader is fetching; waiting for it to end …")):
            done = _fetch(context, chosen_sources(context, names or [], force=force), plan)
        reporter.summary(done)
    _keep(context)
    _judge(done)


def _fetch(context: Context, chosen: Sequence[Source], plan: "Plan") -> "list[SourceDone]":
    """Run a plan; says why if there is nothing to do."""
    from newsreader.cli.fetching import with_desk
    from newsreader.refresh import refresh

    if chosen:
        return with_desk(context, lambda desk: refresh(desk, chosen, plan))
    context.talk(_why_nothing(context))
    return []


def _keep(context: Context, *, dry_run: bool = False) -> None:
    """Take away what is not to be kept any longer."""
    from newsreader.cli.keeping import limits_of, prune

    if limits := limits_of(context):
        prune(context, limits, dry_run=dry_run)


def chosen_sources(context: Context, names: Sequence[str], *, force: bool) -> list[Source]:
    """The sources that are named, else all that are not paused; without `force` those that are due or owe pages."""
    from newsreader.schedule import is_due
    from newsreader.store.headlines import owing
    from newsreader.store.sources import all_sources, find_sources

    now = context.now()
    if names:
        return find_sources(context.db, names)
    live = [source for source in all_sources(context.db) if not source.paused]
    owed = owing(context.db)
    return [source for source in live if force or is_due(source, now) or source.id in owed]


def _why_nothing(context: Context) -> str:
    """Why there is nothing to fetch, and what to do."""
    from newsreader.store.sources import all_sources

    live = [source for source in all_sources(context.db) if not source.paused]
    if not live:
        return "Nothing to fetch. Subscribe with: newsreader add ADDRESS"
    return "Nothing is due yet. To fetch all the same: newsreader fetch --force"


def _judge(done: "Sequence[SourceDone]") -> None:
    """Raise what the exit status must tell of sources that failed."""
    failed = [source for source in done if source.status == "failed"]
    if failed and not any(source.reached for source in done):
        raise NothingReachedError(f"None of {len(done)} sources could be reached")
    if failed:
        raise SourcesFailedError(f"{len(failed)} of {len(done)} sources failed")
