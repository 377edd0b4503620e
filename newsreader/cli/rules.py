"""newsreader rules: what the configuration does to articles by itself, and doing it to those that are stored."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from newsreader.cli.context import Context
from newsreader.cli.options import Fields, Json, JsonLines, NoPager
from newsreader.cli.output import field_names, print_items, print_lines
from newsreader.errors import NotFoundError
from newsreader.text import numbered

if TYPE_CHECKING:
    from newsreader.model.rules import Rule

app = typer.Typer(name="rules", rich_markup_mode=None, invoke_without_command=True)


@app.callback(epilog="Example: newsreader rules --json")
def list_rules(
    ctx: typer.Context, json: Json = False, jsonl: JsonLines = False, fields: Fields = "", no_pager: NoPager = False
) -> None:
    """List your rules, with how many articles each chooses now and how many it changed, or apply them."""
    if ctx.invoked_subcommand:
        return
    context: Context = ctx.obj
    from newsreader.store.rules import tally

    found = [tally(context.readable_db, rule) for rule in context.rules]
    if json or jsonl or fields:
        from newsreader.present.as_json import rules_document

        print_items(context, rules_document(found, field_names(fields)), "rules", jsonl=jsonl)
    elif not context.on_terminal:
        from newsreader.present.as_tsv import rule_rows

        context.write(rule_rows(found))
    elif found:
        from newsreader.present.as_list import rule_lines

        print_lines(context, rule_lines(found, context.columns), no_pager=no_pager)
    else:
        context.talk(_no_rules(context))


@app.command("apply", epilog="Example: newsreader rules apply harbour --dry-run")
def apply(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these rules.", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say how many it would be, and change nothing.")] = False,
) -> None:
    """Do what your rules say to the articles that you have, as it is done to new ones; undo takes it back."""
    from newsreader.store.rules import apply_to_stored

    context: Context = ctx.obj
    rules = _chosen(context, names or [])
    db = context.readable_db if dry_run else context.db
    applied = apply_to_stored(db, rules, context.now(), dry_run=dry_run)
    would = "would be " if dry_run else ""
    for rule, change, articles in applied:
        context.talk(f"{rule.name}: {numbered(articles, 'article')} {would}{change.done}.")
    if not applied:
        context.talk("There is nothing to do." if rules else _no_rules(context))


def _chosen(context: Context, names: Sequence[str]) -> "list[Rule]":
    """The rules of these names, all without names. Raises `NotFoundError`."""
    known = {rule.name: rule for rule in context.rules}
    if unknown := next((name for name in names if name not in known), None):
        hint = f"Rules: {', '.join(known)}" if known else _no_rules(context)
        raise NotFoundError(f"There is no rule {unknown!r}", hint=hint)
    return [known[name] for name in names] if names else list(context.rules)


def _no_rules(context: Context) -> str:
    return f"You have no rules yet. They are sections [rules.NAME] of {context.paths.config_file}"
