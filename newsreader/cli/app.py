"""The program: finds the command, runs it, and turns every error into one sentence and an exit status."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from newsreader import __version__
from newsreader.cli.context import Context
from newsreader.errors import ExitStatus, NewsreaderError, UsageError

if TYPE_CHECKING:
    from typer._click import Command


class Place(NamedTuple):
    """Where a command lives: the module under `newsreader.cli`, and whether it is a group of commands."""

    module: str
    group: bool = False


# A command's module is imported when the command is asked for: `list` pays nothing for the others.
COMMANDS = {
    "add": Place("subscribe"),
    "sources": Place("sources", group=True),
    "fetch": Place("fetch"),
    "list": Place("list"),
    "search": Place("search"),
    "count": Place("count"),
    "show": Place("show"),
    "related": Place("related"),
    "stories": Place("stories"),
    "story": Place("story"),
    **dict.fromkeys(("follow", "unfollow"), Place("following")),
    "brief": Place("brief"),
    "mark": Place("marking"),
    **dict.fromkeys(("read", "unread", "star", "unstar", "later", "hide", "unhide", "tag", "untag"), Place("marking")),
    "undo": Place("undo"),
    "rules": Place("rules", group=True),
    "why": Place("why"),
    "import": Place("importing"),
    "export": Place("exporting"),
    "doctor": Place("doctor"),
    "cache": Place("cache", group=True),
    "schema": Place("schema"),
    "completion": Place("completion"),
    "demo": Place("demo"),
}
ALIASES = {"update": "fetch", "ls": "list"}
ROOT_OPTIONS = ("--help", "-h", "--version")


class LazyGroup(TyperGroup):
    """The root group, whose commands are imported when they are asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # names are enough for suggestions

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the interface has it
        """The names, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> "Command | None":  # noqa: ARG002  # the interface has it
        """The command of that name, or of its alias; `None` if there is none."""
        name = ALIASES.get(cmd_name, cmd_name)
        return load_command(name) if name in COMMANDS else None


def load_command(name: str) -> "Command":
    """The command of that name, its module imported."""
    place = COMMANDS[name]
    app: typer.Typer = import_module(f"newsreader.cli.{place.module}").app
    if place.group:
        return typer.main.get_group(app)
    info = next(info for info in app.registered_commands if info.name == name)
    return typer.main.get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    epilog="Example: newsreader add https://example.org/ && newsreader fetch && newsreader",
)


@app.callback()
def root(
    ctx: typer.Context, *, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Read the news: whole articles from any site, kept on your machine. Without a command: list."""
    if version:
        context: Context = ctx.obj
        context.write([f"newsreader {__version__}"])
        raise typer.Exit


def program(args: Sequence[str], context: Context) -> int:
    """The program without error handling; returns the exit status."""
    group = typer.main.get_group(app)
    line = list(args)
    if not line or (line[0].startswith("-") and line[0] not in ROOT_OPTIONS):
        line.insert(0, "list")
    try:
        # Help is printed by the library, straight to sys.stdout.
        with redirect_stdout(context.streams.stdout), group.make_context("newsreader", line, obj=context) as ctx:
            group.invoke(ctx)
    except typer.Exit as ended:
        return ended.exit_code
    return ExitStatus.OK


def run(args: Sequence[str], context: Context) -> int:
    """The program with its one error boundary: never a traceback, always the documented exit status."""
    try:
        status = program(args, context)
        context.streams.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe went away, as `head` does: nothing is wrong, and nothing more can be said.
        _silence(context)
        return ExitStatus.OK
    except (KeyboardInterrupt, typer.Abort):
        context.talk("Interrupted; what was done is kept.")
        return ExitStatus.INTERRUPTED
    except Exception as error:
        if context.environ.get("NEWSREADER_DEBUG"):
            raise
        return _report(_understood(error), args, context)
    finally:
        context.close()
    return status


def _understood(error: Exception) -> NewsreaderError:
    """Any error as one of ours; what is not known is a mistake of ours, and said to be."""
    if isinstance(error, NewsreaderError):
        return error
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, OSError):
        return NewsreaderError(f"{error.filename or 'Standard output'}: {error.strerror or error}")
    return NewsreaderError(
        f"Something went wrong inside newsreader: {type(error).__name__}: {error}",
        hint="Nothing stored is lost. NEWSREADER_DEBUG=1 shows where; please report it",
    )


def _usage(error: TyperException) -> UsageError:
    """What was wrong with the command line, and where help is."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "newsreader"
    return UsageError(
        error.format_message().replace("\n", " ").removesuffix("."), hint=f"{path} --help shows what it takes"
    )


def _report(error: NewsreaderError, args: Sequence[str], context: Context) -> ExitStatus:
    """One sentence on standard error, with --json an object; returns the exit status."""
    if any(option in args for option in ("--json", "--jsonl")):
        from newsreader.present.as_json import dump, error_document

        context.talk(dump(error_document(error)))
    else:
        sentences = [
            text if text.endswith("?") else text.rstrip(".") + "." for text in (error.message, error.hint) if text
        ]
        context.talk(f"newsreader: {' '.join(sentences)}")
    return error.status


def _silence(context: Context) -> None:
    """Point standard output at nothing, so that the flush at exit does not fail again."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), context.streams.stdout.fileno())
    except (OSError, ValueError):
        return
