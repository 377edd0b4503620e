"""How commands print: JSON documents, rows, and set lines through the pager."""

import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from newsreader.cli.context import Context

if TYPE_CHECKING:
    from newsreader.present.lines import Line


def field_names(text: str) -> tuple[str, ...]:
    """The names of a --fields option."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def print_json(context: Context, document: Any) -> None:
    """One JSON document."""
    from newsreader.present.as_json import dump

    context.write([dump(document)])


def print_items(context: Context, document: dict[str, Any], items: str, *, jsonl: bool) -> None:
    """A document that lists things: as a whole, or with `jsonl` the things under its key `items`, an object a line."""
    from newsreader.present.as_json import dump

    context.write(map(dump, document[items]) if jsonl else [dump(document)])


def print_lines(context: Context, lines: "Sequence[Line]", *, no_pager: bool = False) -> None:
    """Set lines: with colour and the pager on a terminal, as plain text elsewhere."""
    if not (context.on_terminal or context.color):
        from newsreader.present.lines import plain

        context.streams.stdout.write(plain(lines))
        return
    from newsreader.present import as_rich

    with pager(context, wanted=context.on_terminal and not (no_pager or context.is_dumb)) as stream:
        as_rich.print_lines(lines, stream, color=context.color, links=context.on_terminal and context.color)


def print_set(context: Context, lines: "Sequence[Line]", *, bare: bool, no_pager: bool) -> None:
    """Set text: `bare` as plain text wherever it goes, else as `print_lines` does."""
    if bare:
        from newsreader.present.lines import plain

        context.streams.stdout.write(plain(lines))
    else:
        print_lines(context, lines, no_pager=no_pager)


def reading_width(context: Context, asked: int | None) -> int:
    """The reading width: what was asked for, else what is set, but no wider than the terminal."""
    if asked is not None:
        return asked
    wanted = context.settings.show.width
    return min(wanted or context.columns, context.columns) if context.on_terminal else wanted


@contextmanager
def waiting(context: Context, text: str) -> Iterator[Callable[[str], None]]:
    """Say on a terminal what is waited for, until the block ends; what is yielded says something else instead."""
    if not context.talks_to_terminal:
        yield lambda _: None
        return
    from newsreader.present.as_rich import Progress

    with Progress(context.streams.stderr, terminal=True, columns=context.columns) as live:
        live.say(f"… {text}")
        yield lambda news: live.say(f"… {news}")


@contextmanager
def pager(context: Context, *, wanted: bool) -> Iterator[IO[str]]:
    """The standard input of `NEWSREADER_PAGER` or `PAGER`, or standard output where none is wanted or none can be had.

    The text reaches the pager through a pipe; only the user's own setting names a program.
    """
    command = pager_command(context) if wanted else []
    process = _start(command, context) if command else None
    if process is None or process.stdin is None:
        yield context.streams.stdout
        return
    try:
        yield process.stdin
    except BrokenPipeError:
        pass  # the reader has left the pager
    finally:
        _end(process)


def pager_command(context: Context) -> list[str]:
    """The words of the pager's command line; none if it is set to nothing."""
    for name in ("NEWSREADER_PAGER", "PAGER"):
        if name in context.environ:
            try:
                return shlex.split(context.environ[name])
            except ValueError:  # an open quote
                return []
    return ["less"]


def _start(command: list[str], context: Context) -> "subprocess.Popen[str] | None":
    """The running pager, `None` if there is no such program."""
    environ = {**context.environ, "LESS": context.environ.get("LESS", "FRX")}
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, text=True, encoding="utf-8", env=environ)  # noqa: S603
    except OSError:
        return None


def _end(process: "subprocess.Popen[str]") -> None:
    """Close the pager's input and wait until its reader is done, however often Ctrl-C is pressed in it."""
    try:
        if process.stdin:
            process.stdin.close()
    except BrokenPipeError:
        pass
    while True:
        try:
            process.wait()
        except KeyboardInterrupt:
            continue
        return
