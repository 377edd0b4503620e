"""Pages written for the tests, each with what a reader must get: NAME.html or NAME.txt beside NAME.expected.json."""

import json
from pathlib import Path

import pytest

from newsreader.extract import Article, extract_article

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in PAGES.glob("*.expected.json"))


def body_of(name: str) -> bytes:
    """The bytes of a page."""
    return next(path for path in PAGES.glob(f"{name}.*") if path.suffix in (".html", ".txt")).read_bytes()


def seen(article: Article) -> dict[str, object]:
    """An article as the expected files tell it: without the summary, which is only copied from the page."""
    found = article.to_dict()
    del found["summary"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_page_gives_what_a_reader_must_get(name):
    expected = json.loads((PAGES / f"{name}.expected.json").read_text("utf-8"))
    address = expected.pop("address")
    assert expected == seen(extract_article(body_of(name), address))


def test_every_page_says_what_is_expected():
    pages = {path.stem for path in PAGES.iterdir() if path.suffix in (".html", ".txt")}
    assert set(NAMES) == pages
