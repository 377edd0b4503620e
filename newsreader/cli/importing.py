"""newsreader import: what another reader has, or another store of this one, all at once."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, BinaryIO, NamedTuple

import typer

from newsreader.cli.context import Context, read_capped
from newsreader.cli.grouping import place
from newsreader.cli.options import Json
from newsreader.cli.output import print_json, waiting
from newsreader.errors import NotFoundError, ParseError
from newsreader.present.lines import safe
from newsreader.text import cut, numbered

if TYPE_CHECKING:
    from newsreader.discover.subscriptions import Subscriptions
    from newsreader.jsonlines import Wrong
    from newsreader.subscribe import Subscribed
    from newsreader.transfer import Taken

app = typer.Typer()

MOST_NAMED = 10  # entries that cannot be used and are told, the others are only counted
_COLUMNS = 80  # of such an entry
_HEAD = 4096  # bytes that tell what a file is


class _Input(NamedTuple):
    """A file or pipe: a list of subscriptions, which is read already, or articles: those of JSON lines, or of a page.

    `body` is what a pipe holds, or its beginning.
    """

    name: str
    subscriptions: "Subscriptions | None" = None
    is_json: bool = False
    body: bytes = b""


@app.command("import", epilog="Example: newsreader import feeds.opml articles.jsonl")
def import_files(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="OPML, Newsboat's urls, addresses, JSON lines, saved pages; - is a pipe.",
            show_default=False,
        ),
    ],
    json: Json = False,
) -> None:
    """Subscribe to what is in lists of other readers, folders become tags; keep the articles of exports and pages.

    Nothing is fetched.
    """
    context: Context = ctx.obj
    inputs = [_look(context, file) for file in files]
    lists = [each.subscriptions for each in inputs if each.subscriptions]
    subscribed = _subscribe(context, lists) if lists else None
    tally = _Tally(context)
    try:
        for each in inputs:
            if not each.subscriptions:
                tally.take(each)
        if tally.new or tally.known:
            place(context)
    finally:  # also when it is interrupted
        _tell(context, subscribed, [entry for each in lists for entry in each.wrong], tally)
    if json:
        from newsreader.present.as_export import import_document

        counts = {"new": tally.new, "known": tally.known, "wrong": tally.wrong}
        print_json(context, import_document(subscribed.added if subscribed else [], counts, tally.named))
    if tally.wrong and not (tally.new or tally.known or lists):
        raise ParseError("There was no article to import", hint="Each line of JSON needs a url and a title")


def _look(context: Context, file: str) -> _Input:
    """What a file is; raises `NotFoundError`, `UsageError`, and `ParseError` if it is nothing to import."""
    from newsreader.jsonlines import looks_like_json

    if file == "-":
        name, stream = "Standard input", context.streams.stdin
        head = stream.read(_HEAD)
        if looks_like_json(head):
            return _Input(name, is_json=True, body=head)
        return _look_into(name, head + read_capped(stream, name))
    with _opened(context, file) as stream:
        head = stream.read(_HEAD)
        if looks_like_json(head):
            return _Input(file, is_json=True)
        return _look_into(file, head + read_capped(stream, file))._replace(body=b"")


def _opened(context: Context, file: str) -> BinaryIO:
    found = context.open_file(file)
    if found is None:
        raise NotFoundError(f"There is no file {file!r}")
    return found


def _look_into(name: str, body: bytes) -> _Input:
    """A list of subscriptions, or a page."""
    from newsreader.transfer import subscriptions_in

    return _Input(name, subscriptions_in(body, name), body=body)


def _subscribe(context: Context, lists: "list[Subscriptions]") -> "Subscribed":
    from newsreader.subscribe import subscribe_all

    return subscribe_all(context.db, [source for each in lists for source in each.sources], context.now())


class _Tally:
    """Takes articles into the store, and counts them: new ones, known ones, and what is none."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.new = self.known = self.wrong = 0
        self.named: list[tuple[str, int | None, str]] = []

    def take(self, found: _Input) -> None:
        """Keep what a file or pipe holds."""
        with waiting(self.context, f"importing {safe(found.name)}") as say:
            if found.is_json:
                self._take_objects(found, say)
            else:
                self._take_page(found)

    def _take_objects(self, found: _Input, say: Callable[[str], None]) -> None:
        from newsreader.transfer import import_objects

        def report(taken: "Taken", wrong: "list[Wrong]") -> None:
            self.new += taken.new
            self.known += taken.known
            for line, reason in wrong:
                self._refuse(found.name, line, reason)
            say(f"importing {safe(found.name)}: {numbered(self.new + self.known, 'article')}")

        with nullcontext(self.context.streams.stdin) if found.body else _opened(self.context, found.name) as stream:
            import_objects(self.context.db, stream, found.body, self.context.now(), report)

    def _take_page(self, found: _Input) -> None:
        from newsreader.transfer import import_page

        body = found.body or self.context.read_file(found.name) or b""
        try:
            is_new = import_page(self.context.db, body, self.context.now())
        except ParseError as error:
            self._refuse(found.name, None, error.message)
        else:
            self.new += is_new
            self.known += not is_new

    def _refuse(self, name: str, line: int | None, reason: str) -> None:
        self.wrong += 1
        if len(self.named) < MOST_NAMED:
            self.named.append((name, line, reason))


def _tell(context: Context, subscribed: "Subscribed | None", wrong: list[str], tally: _Tally) -> None:
    """What came of it, a sentence each; before it what could not be used."""
    for entry in wrong[:MOST_NAMED]:
        context.talk(f"No address: {cut(safe(entry), _COLUMNS)}")
    for name, line, reason in tally.named:
        context.talk(f"{safe(name)}{f', line {line}' if line else ''}: {reason}.")
    if subscribed:
        parts = [f"Subscribed to {numbered(len(subscribed.added), 'source')}"]
        if subscribed.known:
            parts.append(f"{subscribed.known} {'was' if subscribed.known == 1 else 'were'} subscribed already")
        if wrong:
            parts.append("1 is no address" if len(wrong) == 1 else f"{len(wrong)} are no addresses")
        context.talk(f"{', '.join(parts)}.")
    if tally.new or tally.known or tally.wrong:
        parts = [f"Imported {numbered(tally.new, 'article')}"]
        if tally.known:
            parts.append(f"{tally.known} {'was' if tally.known == 1 else 'were'} there already")
        if tally.wrong:
            parts.append("1 could not be read" if tally.wrong == 1 else f"{tally.wrong} could not be read")
        context.talk(f"{', '.join(parts)}.")
