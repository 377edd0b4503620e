"""The query language: one text, one meaning, wherever articles are chosen."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from newsreader.model.query import EVERYTHING, Query, Text


def parse(text: str, now: datetime, views: Mapping[str, str], zone: tzinfo | None = None) -> Query:  # noqa: ARG001
    """What a query asks."""
    words = text.split()
    return Text(" ".join(words)) if words else EVERYTHING
