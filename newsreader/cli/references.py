"""References to articles: ids and addresses, typed or from a pipe."""

import json
from collections.abc import Iterable, Iterator

from newsreader.cli.context import Context
from newsreader.errors import NotFoundError, UsageError

_SHORT = 18  # digits of an id that SQLite can hold in any case


def find_ids(context: Context, references: Iterable[str]) -> list[int]:
    """The ids of stored articles; `-` reads references from standard input, a line each. Raises `NotFoundError`."""
    from newsreader.store.identity import find_article

    return [find_article(context.readable_db, reference) for reference in _expanded(context, references)]


def find_id(context: Context, reference: str) -> int:
    """The id of one stored article; raises `NotFoundError`, and `UsageError` if a pipe holds another number of them."""
    ids = find_ids(context, [reference])
    if len(ids) != 1:
        raise UsageError(f"Standard input holds {len(ids)} articles, and one is wanted")
    return ids[0]


def find_stories(context: Context, references: Iterable[str]) -> list[int]:
    """The ids of stories, each once, by their ids or by any article in them; `-` reads references from standard input.

    Raises `NotFoundError`, and `UsageError` if a pipe holds none.
    """
    from newsreader.store.stories import find_story

    found = dict.fromkeys(find_story(context.readable_db, reference) for reference in _expanded(context, references))
    if not found:
        raise UsageError("Standard input names no story", hint="newsreader stories lists them")
    return list(found)


def find_targets(context: Context, references: Iterable[str]) -> list[int]:
    """The ids of stored articles, however many, each once: references, and ranges such as 12-20 of what is listed.

    Raises `NotFoundError`, also for a range that holds nothing, and `UsageError`.
    """
    from newsreader.store.identity import all_existing, find_article

    db = context.readable_db
    ids: list[int] = []
    for reference in _expanded(context, references):
        first, dash, last = reference.partition("-")
        if dash and first.isdecimal() and last.isdecimal():
            ids += _range(context, int(first), int(last))
        elif reference.isdecimal() and len(reference) <= _SHORT:
            ids.append(int(reference))  # looked for together with the others
        else:
            ids.append(find_article(db, reference))
    return all_existing(db, ids)


def _range(context: Context, first: int, last: int) -> list[int]:
    from newsreader.store.identity import ids_between

    if first > last:
        raise UsageError(f"{first}-{last} runs backwards", hint=f"Write {last}-{first}")
    if ids := ids_between(context.readable_db, first, last):
        return ids
    raise NotFoundError(f"There are no articles {first}-{last}", hint="newsreader list shows the ids")


def reference_lines(text: str) -> list[str] | None:
    """The references that the lines of a pipe hold, `None` if some line is none.

    A line is an id, an address, a row of `list` (its first column is an id), or a JSON object with an `id` or a `url`.
    """
    found = [_reference_of(line) for line in text.splitlines() if line.strip()]
    return [line for line in found if line] if all(found) and found else None


def _expanded(context: Context, references: Iterable[str]) -> Iterator[str]:
    """The references, with those of standard input in the place of `-`."""
    for reference in references:
        if reference != "-":
            yield reference
            continue
        text = context.read_stdin().decode("utf-8", "replace")
        lines = reference_lines(text)
        if lines is None and text.strip():
            raise UsageError("Standard input holds lines that are no ids and no addresses")
        yield from lines or ()


def _reference_of(line: str) -> str | None:
    """The reference in one line, `None` if it is none."""
    first = line.strip().split("\t")[0]
    if first.isdecimal() or (first.startswith(("http://", "https://")) and " " not in first):
        return first
    if first.startswith("{"):
        return _reference_of_json(line)
    return None


def _reference_of_json(line: str) -> str | None:
    """The `id` or `url` of a JSON object, `None` if it has none."""
    try:
        values = json.loads(line)
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    return str(values["id"]) if isinstance(values.get("id"), int) else values.get("url") or None
