"""The house rules: imports go one way, every third party has one door, files and functions stay small."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "newsreader"
FILES = sorted(PACKAGE.rglob("*.py"))
STAGES = {"discover", "fetch", "extract", "store", "relate", "present"}
# Where stages meet, and the face.
ABOVE = {
    *("refresh", "reading", "keeping", "headlines", "survey", "subscribe", "library", "transfer", "grouping"),
    *("relations", "timelines"),
    *("demo", "cli", "__main__"),
}
DOORS = {
    "httpx": {"fetch"},
    "httpcore": {"fetch"},
    "certifi": {"fetch"},
    "protego": {"fetch"},
    "selectolax": {"dom"},
    "rich": {"present"},
    "apsw": {"store", "text"},
    "typer": {"cli"},
    "platformdirs": {"config"},
    "lxml": {"discover"},
    "w3lib": {"dom", "urls"},
}


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions and for typing as well."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = {module_of(path): path for path in FILES}
GRAPH = {module: {name for name in imports_of(path) if name in MODULES} - {module} for module, path in MODULES.items()}


def test_stages_do_not_know_each_other():
    crossings = {
        (module, target)
        for module, targets in GRAPH.items()
        for target in targets
        if room_of(module) in STAGES and room_of(target) in STAGES and room_of(module) != room_of(target)
    }
    assert crossings == set()


def test_stages_stand_on_the_ground_alone():
    others = {
        (module, target)
        for module, targets in GRAPH.items()
        for target in targets
        if room_of(module) in STAGES and room_of(target) in ABOVE
    }
    assert others == set()


def test_the_ground_rests_on_nothing_above_it():
    floating = {
        (module, target)
        for module, targets in GRAPH.items()
        for target in targets
        if room_of(module) not in STAGES | ABOVE and room_of(target) in STAGES | ABOVE
    }
    assert floating == set()


def test_only_the_entry_point_imports_the_command_line():
    callers = {
        module
        for module, targets in GRAPH.items()
        for target in targets
        if room_of(target) == "cli" and room_of(module) != "cli"
    }
    assert callers == {"newsreader.__main__"}


def test_each_third_party_has_one_door():
    strays = {
        (module, name)
        for module, path in MODULES.items()
        for name in imports_of(path)
        if (top := name.split(".")[0]) in DOORS and room_of(module) not in DOORS[top]
    }
    assert strays == set()


def test_there_are_no_import_cycles():
    remaining = {module: set(targets) for module, targets in GRAPH.items()}
    while leaves := {module for module, targets in remaining.items() if not targets & remaining.keys()}:
        for module in leaves:
            del remaining[module]
    assert remaining == {}


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_files_and_functions_stay_small(path):
    source = path.read_text("utf-8")
    long = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > 50
    ]
    assert long == []
    assert len(source.splitlines()) <= 400


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_every_public_name_has_a_docstring(path):
    tree = ast.parse(path.read_text("utf-8"))
    silent = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node in tree.body
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
    assert ast.get_docstring(tree), f"{path} does not say what it does"
