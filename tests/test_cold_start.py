"""What a command imports: reading must not pay for fetching, nor a pipe for a terminal."""

import subprocess
import sys

import pytest

HEAVY = {"httpx", "httpcore", "selectolax", "rich", "asyncio", "ssl", "logging", "lxml", "protego", "w3lib"}
WRITE_SIDE = {"newsreader.fetch", "newsreader.discover", "newsreader.extract", "newsreader.refresh", "newsreader.dom"}


def modules_after(environ: dict[str, str], *args: str) -> set[str]:
    """Every module that a process has imported when the command is done."""
    code = (
        "import sys; from newsreader.cli.app import run; from newsreader.cli.context import Context;"
        "status = run(sys.argv[1:], Context.of_process()); sys.stdout.flush();"
        "print(*sys.modules, file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], env=environ, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def packages(modules: set[str]) -> set[str]:
    """Modules with the packages they are in, one and two deep."""
    return {".".join(module.split(".")[:depth]) for module in modules for depth in (1, 2, 9)}


@pytest.mark.parametrize(
    "args",
    [("list",), ("list", "--json"), ("list", "--jsonl", "--fields", "id"), ("sources",), ("stories",)],
)
def test_reading_lists_imports_nothing_heavy(environ, args):
    assert packages(modules_after(environ, *args)) & (HEAVY | WRITE_SIDE | {"newsreader.relate"}) == set()


def test_the_catalogue_needs_no_store_in_a_pipe_and_nothing_heavy(environ):
    assert packages(modules_after(environ, "sources", "catalog")) & (HEAVY | {"apsw", "newsreader.fetch"}) == set()


def test_a_piped_list_needs_no_json_and_no_article(environ):
    modules = modules_after(environ, "list")

    needless = {"json", "newsreader.query", "newsreader.model.article", "newsreader.model.blocks", "apsw.unicode"}
    needless |= {"newsreader.store.storylists", "newsreader.store.following", "newsreader.cli.visits"}
    assert modules & needless == set()


def test_show_of_a_stored_article_imports_no_network(environ, newsreader):
    page = b"<h1>A</h1>" + b"<p>A whole sentence of news.</p>" * 20
    shown = newsreader("show", "-", "--url", "https://example.org/a", stdin=page)
    assert shown.status == 0

    assert packages(modules_after(environ, "show", "1")) & (HEAVY - {"logging"}) == set()


def test_version_opens_no_store(environ):
    assert "apsw" not in modules_after(environ, "--version")


@pytest.mark.usefixtures("subscribed")
def test_a_plain_fetch_needs_no_second_http_client(environ):
    modules = packages(modules_after(environ, "fetch", "--force", "--headlines-only"))

    assert "httpcore" in modules
    assert modules & {"httpx", "urllib.request", "http.client", "newsreader.fetch.failures"} == set()
