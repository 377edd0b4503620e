"""newsreader add: subscribe to a feed or a site."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Json
from newsreader.cli.output import print_json, waiting
from newsreader.discover.catalog import find, nearest
from newsreader.errors import AddressError, NewsreaderError, SourcesFailedError
from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import Source, SourceKind
from newsreader.text import numbered
from newsreader.urls import canonical, is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsreader.fetch.client import Fetcher
    from newsreader.fetch.request import Request, Response
    from newsreader.subscribe import Proposal
    from newsreader.survey import Hit

app = typer.Typer()

_SHOWN = 3  # addresses of other feeds


@app.command("add", epilog="Example: newsreader add nhk https://example.org/ --tag japan")
def add_sources(
    ctx: typer.Context,
    urls: Annotated[
        list[str],
        typer.Argument(metavar="URL|NAME...", help="Feeds, sites, or names of the catalogue.", show_default=False),
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help="What to call it; its own title if left out.")] = "",
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="A tag for it (again for more).", show_default=False)
    ] = None,
    kind: Annotated[SourceKind | None, typer.Option(help="What it must be.", show_default=False)] = None,
    json: Json = False,
) -> None:
    """Subscribe to a feed, to a site, or to a source of the catalogue by its name.

    Of a site, its feed is found; or else its news sitemap is read, or the headlines of its front page. What else is
    there is told.
    """
    from newsreader.present.as_json import dump, error_document

    context: Context = ctx.obj
    tags = tuple(tag or ())
    added: list[Source] = []
    failed: list[NewsreaderError] = []
    for url in urls:
        try:
            added.append(_add(context, url, name, tags, kind))
        except NewsreaderError as error:
            if len(urls) == 1:
                raise
            context.talk(dump(error_document(error)) if json else f"{url}: {error.message}")
            failed.append(error)
    if json:
        from newsreader.present.as_json import sources_document

        print_json(context, sources_document(added))
    if failed:
        raise SourcesFailedError(
            f"{len(failed)} of {len(urls)} addresses could not be subscribed to", hint="The others were; see above"
        )


def _meant(typed: str) -> str | CatalogEntry:
    """The address, or the source of the catalogue, that is meant; raises `AddressError`.

    A bare host, as people type it, is an address of https.
    """
    host = typed.partition("/")[0]
    found = f"https://{typed}" if "." in host and ":" not in host else typed
    if is_address(found):
        return found
    if entry := find(typed):
        return entry
    near = f"; near to it: {', '.join(names)}" if (names := nearest(typed)) else ""
    raise AddressError(
        f"{typed!r} is neither an address nor a name of the catalogue{near}",
        hint=f"newsreader sources catalog {shlex.quote(typed)} lists what it may be",
    )


class _Announced:
    """A fetcher that says which address it asks: a site without a feed takes a dozen requests, a second apart."""

    def __init__(self, fetcher: "Fetcher", say: "Callable[[str], None]") -> None:
        self._say = say
        self._fetch = fetcher.fetch
        self.sitemaps = fetcher.sitemaps
        self.ask_robots = fetcher.ask_robots

    async def fetch(self, request: "Request") -> "Response":
        self._say(request.url)
        return await self._fetch(request)


def _offered(context: Context, typed: str, kind: SourceKind | None) -> "Proposal":
    """What an address or a name of the catalogue offers; says so where the catalogue's own address does not hold."""
    from newsreader.cli.fetching import with_fetcher
    from newsreader.subscribe import propose, propose_entry

    meant, now = _meant(typed), context.now()
    with waiting(context, typed) as say:
        if isinstance(meant, str):
            return with_fetcher(context, lambda fetcher: propose(_Announced(fetcher, say), meant, kind, now))
        offered = with_fetcher(context, lambda fetcher: propose_entry(_Announced(fetcher, say), meant, kind, now))
    proposal, failure = offered
    if failure:
        reason = failure.message.removesuffix(".")
        context.talk(
            f"{meant.url}, as the catalogue has it, cannot be read ({reason}); {meant.site} was asked instead."
        )
    return proposal


def _add(context: Context, typed: str, name: str, tags: tuple[str, ...], kind: SourceKind | None) -> Source:
    """Subscribe to one address or source of the catalogue, and say what was found."""
    from newsreader.store.naming import unique_name
    from newsreader.store.sources import add_source, all_sources, tag_source
    from newsreader.subscribe import KINDS

    known = all_sources(context.db)
    proposal = _offered(context, typed, kind)
    source = proposal.source
    for other in known:
        if canonical(other.url) == canonical(source.url):
            tag_source(context.db, other.id, tags)
            context.talk(f"Subscribed already: {other.name}, a {KINDS[other.kind]} at {other.url}")
            return other
    title = name or unique_name(source.name, source.url, {other.name.casefold() for other in known})
    added = add_source(context.db, source._replace(name=title, tags=tags, added=context.now()))
    what = f"a {KINDS[added.kind]} with {numbered(proposal.headlines, 'headline')}"
    doubt = f", though {proposal.doubt}" if proposal.doubt else ""
    context.talk(f"Subscribed to {added.name}: {what} at {added.url}{doubt}")
    for line in _others(proposal.others):
        context.talk(line)
    return added


def _others(hits: "Sequence[Hit]") -> list[str]:
    """What else an address offers, and what was passed over and why, a line each."""
    from newsreader.subscribe import KINDS

    front = [hit for hit in hits if hit.source.kind is SourceKind.FRONTPAGE and not hit.doubt]
    named = [hit.source.url for hit in hits if hit not in front and not hit.doubt]
    what = [f"a front page with {numbered(hit.headlines or 0, 'headline')} (--kind frontpage)" for hit in front]
    if named:
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        what.append(f"{'feeds' if len(named) > 1 else 'a feed'} at {', '.join(named[:_SHOWN])}{more}")
    doubtful = [hit for hit in hits if hit.doubt][:_SHOWN]
    passed = [f"Passed over: the {KINDS[hit.source.kind]} at {hit.source.url}: {hit.doubt}" for hit in doubtful]
    return ([f"Also there: {'; '.join(what)}"] if what else []) + passed
