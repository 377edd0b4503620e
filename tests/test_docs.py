"""README, completions, changelog and help, held to the program."""

import re
import subprocess
from pathlib import Path

import pytest
import typer
from typer.main import get_group

from newsreader import __version__
from newsreader.cli.app import app
from newsreader.cli.completion import Completed, completed_commands
from newsreader.errors import ExitStatus

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SCRIPTS = {"bash": "newsreader.bash", "zsh": "_newsreader", "fish": "newsreader.fish"}


def commands() -> list[Completed]:
    group = get_group(app)
    return list(completed_commands(group, typer.Context(group, info_name="newsreader")))


COMMANDS = {" ".join(command.path): command for command in commands()}


def test_the_first_code_block_holds_two_commands_one_to_try_and_one_to_test():
    block = re.search(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert block
    lines = block[1].splitlines()

    assert len(lines) == 2
    assert lines[0].endswith("newsreader demo")
    assert "pytest" in lines[1]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_every_command_is_in_the_readme(name):
    assert f"newsreader {name}" in README


@pytest.mark.parametrize("name", [name for name in COMMANDS if name])
def test_every_command_and_option_has_help_in_plain_words_and_an_example(newsreader, name):
    command = COMMANDS[name]
    help_text = newsreader(*name.split(), "--help").out

    assert command.help
    assert all(text for _, text in command.options), command.options
    assert "Example: newsreader " in help_text


def test_every_option_is_in_the_readme():
    options = {option for command in COMMANDS.values() for option, _ in command.options if option.startswith("--")}

    assert {option for option in options if not re.search(rf"{option}\b", README)} == set()


@pytest.mark.parametrize("status", ExitStatus)
def test_every_exit_status_is_in_the_readme(status):
    assert re.search(rf"^\| {status.value} \|", README, re.MULTILINE)


@pytest.mark.parametrize("shell", SCRIPTS)
def test_completions_are_what_the_program_writes(newsreader, shell):
    kept = (ROOT / "completions" / SCRIPTS[shell]).read_text("utf-8")

    assert newsreader("completion", shell).out == kept


def complete(words: list[str]) -> list[str]:
    """What bash offers for the last of these words."""
    script = ROOT / "completions" / SCRIPTS["bash"]
    line = " ".join(f"'{word}'" for word in words)
    code = f'source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _newsreader; echo "${{COMPREPLY[@]}}"'
    return subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_bash_completes_commands_options_and_commands_of_groups():
    assert "related" in complete(["newsreader", "re"])
    assert "--unread" in complete(["newsreader", "list", "--u"])
    assert set(complete(["newsreader", "sources", "re"])) == {"remove", "rename", "resume"}


def test_the_changelog_begins_with_this_version():
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert newest
    assert newest[1] == __version__


def test_the_version_is_printed(newsreader):
    assert newsreader("--version").out == f"newsreader {__version__}\n"
