"""How commands choose articles: the options that they share, and the words of a query, made one query."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand

from newsreader.cli.context import Context
from newsreader.cli.options import OnlySources
from newsreader.model.query import And, Has, Is, Or, Query

_FIELDS = ("source", "tag", "state", "lang", "since", "until")
_MARKS = ("unread", "starred", "later", "hidden", "changed")

_HELP = "Words that must all occur; '\"a phrase\"', OR, -not, begin*, title:word, @view."
QueryWords = Annotated[list[str] | None, typer.Argument(metavar="[QUERY]...", help=_HELP, show_default=False)]
SoughtWords = Annotated[list[str], typer.Argument(metavar="QUERY...", help=_HELP, show_default=False)]


class Choice(NamedTuple):
    """The options that choose articles; each narrows the choice, several values of one widen it."""

    source: OnlySources = None
    tag: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Only this tag, of the article or its source.", show_default=False),
    ] = None
    unread: Annotated[bool, typer.Option("--unread", help="Only what you have not read.")] = False
    starred: Annotated[bool, typer.Option("--starred", help="Only what you have starred.")] = False
    later: Annotated[bool, typer.Option("--later", help="Only what you keep for later.")] = False
    following: Annotated[bool, typer.Option("--following", help="Only stories that you follow.")] = False
    story: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this story, by any article in it.", show_default=False)
    ] = None
    hidden: Annotated[bool, typer.Option("--hidden", help="Only what is hidden from lists.")] = False
    changed: Annotated[bool, typer.Option("--changed", help="Only what was changed since it was stored.")] = False
    state: Annotated[
        list[str] | None, typer.Option(metavar="STATE", help="Only this state: full, partial …", show_default=False)
    ] = None
    lang: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only this language: ja, en …", show_default=False)
    ] = None
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Not older: 2h, 3d, yesterday, 2026-09-01, last.", show_default=False),
    ] = None
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="Not newer; a day is meant to its end.", show_default=False)
    ] = None


ANY = Choice()


def with_choice(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes `choice: Choice = ANY` the options of a choice in its place."""

    @wraps(command)
    def chosen(**values: Any) -> None:
        command(choice=Choice(*(values.pop(name) for name in Choice._fields)), **values)

    told = inspect.signature(command, eval_str=True)
    parameters: list[inspect.Parameter] = []
    for parameter in told.parameters.values():
        parameters += _OPTIONS if parameter.name == "choice" else [parameter]
    chosen.__signature__ = told.replace(parameters=parameters)  # type: ignore[attr-defined]  # what typer reads
    return chosen


_OPTIONS = [
    inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=getattr(ANY, name), annotation=annotation)
    for name, annotation in Choice.__annotations__.items()
]


def query_of(context: Context, choice: Choice = ANY, words: Sequence[str] | None = None) -> Query:
    """What the options and the words of a query ask together.

    Raises `QueryError`, `UsageError` for the value of an option, and `ConfigError` for a view that cannot be read.
    """
    told = {field: getattr(choice, field) for field in _FIELDS if getattr(choice, field) is not None}
    marks = [mark for mark in _MARKS if getattr(choice, mark)]
    if choice.following:
        # A followed story has visits of its own.
        marks.append("new" if told.get("since") == "last" else "followed")
        told = {field: value for field, value in told.items() if field != "since" or value != "last"}
    parts = _read(context, told, words or ()) if told or words or context.settings.views else []
    parts += [Is(mark) for mark in marks]
    if choice.story is not None:
        parts.append(_story(context, choice.story))
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _story(context: Context, reference: str) -> Query:
    """The story that a person means, as any article in it."""
    from newsreader.store.stories import find_story

    return Has("story", str(find_story(context.readable_db, reference)))


def _read(context: Context, told: dict[str, str | list[str]], words: Sequence[str]) -> list[Query]:
    """What the words ask, and the options with values."""
    from newsreader.query import check_views, condition_of, parse  # 3 ms that a plain list need not pay

    now, views = context.now(), context.settings.views
    check_views(views, now)
    parts = [parse(" ".join(words), now, views)] if words else []
    for field, values in told.items():
        either = [condition_of(field, value, now) for value in ([values] if isinstance(values, str) else values)]
        parts += [Or(tuple(either))] if len(either) > 1 else either
    return parts


class QueryCommand(TyperCommand):
    """A command whose arguments are a query, so that `-word` is no option but a part of it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line with `NOT word` for `-word`, which means the same and is no option."""
        options = {name: option for option in self.get_params(ctx) for name in (*option.opts, *option.secondary_opts)}
        words: list[str] = []
        for at, arg in enumerate(args):
            if arg == "--":
                words += args[at:]
                break
            is_value = at > 0 and args[at - 1] in options and not getattr(options[args[at - 1]], "is_flag", False)
            words.append(arg if is_value or _is_option(arg, options, ctx) else f"NOT {arg[1:]}")
        return super().parse_args(ctx, words)


def _is_option(arg: str, options: dict[str, Any], ctx: Any) -> bool:
    """Whether an argument is no `-word`: it is an option, looks like one that was mistyped, or has no minus."""
    looks_so = arg[1:2] in ("", "-") or (len(arg) == 2 and arg.isascii()) or f"-{arg}" in options  # noqa: PLR2004 - -x
    if arg[:1] != "-" or looks_so:
        return True
    option = options.get(arg[:2])
    if option is None or getattr(option, "is_flag", False):
        return False
    try:
        option.type.convert(arg[2:], option, ctx)  # -n5
    except typer.BadParameter:
        return False
    return True
