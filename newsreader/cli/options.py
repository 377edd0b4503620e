"""Options that several commands share, each with its help."""

from enum import StrEnum
from typing import Annotated

import typer

MOST = 2**62  # no number that is typed may be more than SQLite takes

Json = Annotated[bool, typer.Option("--json", help="Print everything as one JSON document.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")]
Fields = Annotated[str, typer.Option("--fields", metavar="NAMES", help="Only these JSON fields: id,title,url.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=0, max=MOST, metavar="N", help="At most so many; 0 for all.", show_default=False),
]
Width = Annotated[
    int | None,
    typer.Option("--width", min=0, metavar="COLUMNS", help="Reading width; 0 never wraps.", show_default=False),
]
MostStories = Annotated[
    int, typer.Option("--limit", "-n", min=0, max=MOST, metavar="N", help="At most so many stories; 0 for all.")
]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Print straight to the terminal.")]
Offline = Annotated[bool, typer.Option("--offline", help="Open no connection; use what is stored.")]
OnlySources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only this source (again for more).", show_default=False),
]
OnlyTags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="Only sources with this tag.", show_default=False)
]
SourceNames = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE]...", help="Names, ids or addresses of sources.", show_default=False),
]


class StoryFormat(StrEnum):
    """Forms in which stories are told."""

    RICH = "rich"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    JSON = "json"


StoryForm = Annotated[StoryFormat, typer.Option("--format", "-o", help="How to print it.", show_default=False)]
