"""newsreader completion: scripts for bash, zsh and fish that know every command and option by themselves.

They are static: pressing TAB starts no program.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import typer

from newsreader.cli.context import Context

app = typer.Typer()


class Shell(StrEnum):
    """Shells that a script is written for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


class Completed(NamedTuple):
    """A command to complete: `path` is its words after the program's name, `options` pairs of option and help."""

    path: tuple[str, ...]
    help: str
    options: tuple[tuple[str, str], ...]


@app.command("completion", epilog="Example: newsreader completion fish > ~/.config/fish/completions/newsreader.fish")
def print_completion(
    ctx: typer.Context, shell: Annotated[Shell, typer.Argument(help="The shell to complete in.", show_default=False)]
) -> None:
    """Print a completion script for your shell."""
    context: Context = ctx.obj
    root = ctx.find_root()
    writers = {Shell.BASH: bash_script, Shell.ZSH: zsh_script, Shell.FISH: fish_script}
    context.write(writers[shell](list(completed_commands(root.command, root))))


def completed_commands(command: Any, ctx: Any, path: tuple[str, ...] = ()) -> Iterator[Completed]:
    """The command and all below it, the root first; `command` and `ctx` are the library's own kinds."""
    options = tuple(pair for parameter in command.get_params(ctx) for pair in _options(parameter))
    yield Completed(path, command.get_short_help_str(200), options)
    for name in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        child = command.get_command(ctx, name)
        yield from completed_commands(child, ctx, (*path, name))


def bash_script(commands: list[Completed]) -> Iterator[str]:
    """A bash function with a case for each command."""
    yield from (
        "# bash completion for newsreader; written by: newsreader completion bash",
        "_newsreader() {",
        '    local word="${COMP_WORDS[COMP_CWORD]}" path="" candidates="" i',
        "    for ((i = 1; i < COMP_CWORD; i++)); do",
        '        case "$path ${COMP_WORDS[i]}" in',
        f'            {"|".join(_quoted(c.path) for c in commands if c.path)}) path="$path ${{COMP_WORDS[i]}}" ;;',
        "        esac",
        "    done",
        '    case "$path" in',
    )
    for command in commands:
        words = [*_children(command, commands), *(name for name, _ in command.options)]
        yield f'        {_quoted(command.path)}) candidates="{" ".join(words)}" ;;'
    yield from (
        "    esac",
        '    COMPREPLY=($(compgen -W "$candidates" -- "$word"))',
        "}",
        "complete -o default -F _newsreader newsreader",
    )


def zsh_script(commands: list[Completed]) -> Iterator[str]:
    """A zsh function with the words of each command and their help."""
    yield from (
        "#compdef newsreader",
        "# zsh completion for newsreader; written by: newsreader completion zsh",
        "_newsreader() {",
        '    local path="" i',
        "    local -a candidates",
        "    for ((i = 2; i < CURRENT; i++)); do",
        '        case "$path ${words[i]}" in',
        f'            {"|".join(_quoted(c.path) for c in commands if c.path)}) path="$path ${{words[i]}}" ;;',
        "        esac",
        "    done",
        '    case "$path" in',
    )
    for command in commands:
        pairs = [*_children(command, commands).items(), *command.options]
        words = " ".join("'" + f"{name}:{_plain(text)}" + "'" for name, text in pairs)
        yield f"        {_quoted(command.path)}) candidates=({words}) ;;"
    yield from ("    esac", "    _describe newsreader candidates || _files", "}", '_newsreader "$@"')


def fish_script(commands: list[Completed]) -> Iterator[str]:
    """A fish `complete` line for each command and option."""
    yield "# fish completion for newsreader; written by: newsreader completion fish"
    for command in commands:
        children = _children(command, commands)
        seen = " and ".join(f"__fish_seen_subcommand_from {name}" for name in command.path)
        if children:
            none_yet = f"not __fish_seen_subcommand_from {' '.join(children)}"
            condition = f"{seen}; and {none_yet}" if seen else "__fish_use_subcommand"
            for name, text in children.items():
                yield f"complete -c newsreader -f -n '{condition}' -a {name} -d '{_plain(text)}'"
        for name, text in command.options:
            flag = f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
            yield f"complete -c newsreader -n '{seen or '__fish_use_subcommand'}' {flag} -d '{_plain(text)}'"


def _options(parameter: Any) -> Iterator[tuple[str, str]]:
    """The names of an option with its help; an argument has none."""
    for name in sorted((*parameter.opts, *parameter.secondary_opts), key=lambda name: (len(name), name)):
        if name.startswith("-"):
            yield name, getattr(parameter, "help", None) or ""


def _children(command: Completed, commands: list[Completed]) -> dict[str, str]:
    """The commands right below a command, with their help."""
    depth = len(command.path)
    return {c.path[-1]: c.help for c in commands if len(c.path) == depth + 1 and c.path[:depth] == command.path}


def _quoted(path: tuple[str, ...]) -> str:
    """The words of a command as the scripts build them, in quotes."""
    return '"' + "".join(f" {word}" for word in path) + '"'


def _plain(text: str) -> str:
    """Help text without what the shells would read."""
    return text.replace("'", "’").replace(":", " -").replace("\n", " ")
