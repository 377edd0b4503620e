"""Pages written for the tests, each with what a reader must get: NAME.html or NAME.txt beside NAME.expected.json.

An expected file is written by hand: `address` is where the page was found, the other fields are those of
`Article.to_dict`, and `next_page`. Inside blocks, pictures and links it may leave fields out, which are then not held;
`FIELDS` it must have.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from newsreader.extract import extract_article

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in PAGES.glob("*.expected.json"))
FIELDS = {
    *("address", "title", "subtitle", "authors", "published", "updated", "language", "site_name", "section", "tags"),
    *("state", "reason", "url", "lead_image", "blocks", "links"),
}


def expected_of(name: str) -> dict[str, Any]:
    """What a reader must get of a page."""
    found: dict[str, Any] = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))
    return found


def body_of(name: str) -> bytes:
    """The bytes of a page."""
    return next(path for path in PAGES.glob(f"{name}.*") if path.suffix in (".html", ".txt")).read_bytes()


def held(found: Any, expected: Any) -> Any:
    """What was found, without the fields of blocks, pictures and links that are not expected."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return {name: held(found.get(name), value) for name, value in expected.items()}
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [held(one, other) for one, other in zip(found, expected, strict=True)]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_what_a_reader_must_get(name):
    expected = expected_of(name)
    article = extract_article(body_of(name), expected.pop("address"))
    assert held({**article.to_dict(), "next_page": article.next_page}, expected) == expected


def test_every_page_says_what_is_expected():
    pages = {path.stem for path in PAGES.iterdir() if path.suffix in (".html", ".txt")}
    assert set(NAMES) == pages
    assert {name: FIELDS - expected_of(name).keys() for name in NAMES} == {name: set() for name in NAMES}
