"""Lists are shown without what only whole articles and terminals need."""

import subprocess
import sys

import pytest

HEAVY = ("rich", "newsreader.model.article", "httpx", "selectolax", "asyncio", "html")


def modules_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(found.stdout.split())


@pytest.mark.parametrize("name", ["as_json", "as_tsv", "as_list"])
def test_a_list_needs_neither_rich_nor_the_whole_article(name):
    assert modules_after(f"import newsreader.present.{name}") & set(HEAVY) == set()


def test_setting_text_loads_the_unicode_tables_only_when_text_is_set():
    assert "apsw" not in modules_after("import newsreader.present.as_text")


def test_rich_is_reached_through_its_door_only_and_only_for_styles():
    found = modules_after("import newsreader.present.as_rich")
    assert "rich.style" in found
    assert found & {"rich.console", "rich.table", "rich.text", "rich.markdown"} == set()
