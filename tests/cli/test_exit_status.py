"""Every exit status, each with one clear sentence and no traceback."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from newsreader.errors import ExitStatus


@pytest.fixture
def dead_port():
    """A port of this machine where nothing listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


def sentence(result):
    """The one sentence of an error."""
    assert result.err.startswith("newsreader: ")
    assert "Traceback" not in result.err
    return result.err


def test_an_empty_store_lists_nothing_and_is_fine(newsreader):
    assert newsreader("list") == (ExitStatus.OK, "", "")
    assert json.loads(newsreader("list", "--json").out) == {"schema": "newsreader.list/1", "articles": [], "next": None}


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("list", "--nonsense"),
        ("list", "--state", "nonsense"),
        ("list", "--since", "nonsense"),
        ("list", "--json", "--fields", "nonsense"),
        ("list", "--order", "nonsense"),
        ("list", "-n", "9" * 30),
        ("list", "--after", "9" * 30),
        ("list", "--since", "²d"),
        ("show", "page.html", "--url", "nonsense"),
        ("add", "nonsense"),
        ("show",),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(newsreader, args):
    result = newsreader(*args)

    assert result.status == ExitStatus.USAGE
    assert result.out == ""
    assert args[-1] in result.err or args == ("show",)


def test_unknown_fields_are_answered_with_the_known_ones(newsreader):
    assert "id" in newsreader("list", "--json", "--fields", "x").err


def test_a_misspelt_command_is_answered_with_the_nearest(newsreader):
    assert "'list'" in newsreader("lisst").err


@pytest.mark.parametrize(
    "args",
    [("show", "999"), ("related", "999"), ("show", "no-such-file.html"), ("mark", "read", "9"), ("show", "9" * 50)],
)
def test_an_unknown_article_is_not_found(newsreader, args):
    result = newsreader(*args)

    assert result.status == ExitStatus.NOT_FOUND
    assert args[-1] in sentence(result)


def test_an_unknown_source_is_not_found(newsreader):
    assert newsreader("sources", "remove", "gazette").status == ExitStatus.NOT_FOUND
    assert newsreader("fetch", "gazette").status == ExitStatus.NOT_FOUND


def test_an_unknown_name_is_answered_with_the_nearest_and_where_to_look(newsreader):
    err = sentence(newsreader("add", "asahii"))

    assert "asahi" in err.replace("asahii", "")
    assert "newsreader sources catalog asahii" in err


def test_a_dead_host_cannot_be_reached(newsreader, dead_port):
    result = newsreader("add", f"http://127.0.0.1:{dead_port}/")

    assert result.status == ExitStatus.NOTHING_REACHED
    assert "127.0.0.1" in sentence(result)


def test_a_bare_host_is_an_address(newsreader):
    result = newsreader("add", "no-such-host.invalid/news")

    assert result.status == ExitStatus.NOTHING_REACHED
    assert "no-such-host.invalid" in sentence(result)


def test_a_missing_page_is_not_found(newsreader, demo_site):
    result = newsreader("show", f"{demo_site}news/nowhere.html")

    assert result.status == ExitStatus.NOT_FOUND
    assert "404" in sentence(result)


def test_one_failing_source_does_not_stop_the_others(newsreader, demo_site, dead_port):
    newsreader("add", demo_site)
    newsreader("add", f"{demo_site}ja/")
    break_source(newsreader, "1", dead_port)

    result = newsreader("fetch", "--force")

    assert result.status == ExitStatus.SOURCES_FAILED
    assert len(newsreader("list").rows) > 3


def test_a_run_in_which_no_server_answers_reached_nothing(newsreader, demo_site, dead_port):
    newsreader("add", demo_site)
    break_source(newsreader, "1", dead_port)

    assert newsreader("fetch", "--force").status == ExitStatus.NOTHING_REACHED
    assert "127.0.0.1" in newsreader("sources", "--why").out


def break_source(newsreader, source_id, port):
    """Let a source point at a port where nothing listens, as if its server had gone."""
    from newsreader.store.connection import open_store

    folder = newsreader("sources", "--json")  # the store is made
    assert folder.status == 0
    db = open_store(newsreader.store)
    db.execute("UPDATE source SET url = ? WHERE id = ?", (f"http://127.0.0.1:{port}/feed.rss", source_id))
    db.close()


def test_a_store_that_is_no_store_is_refused_untouched(newsreader):
    newsreader.store.parent.mkdir(parents=True)
    newsreader.store.write_text("my diary")

    result = newsreader("list")

    assert result.status == ExitStatus.STORE
    assert str(newsreader.store) in sentence(result)
    assert newsreader.store.read_text() == "my diary"


def test_a_folder_that_cannot_be_made_is_a_store_error(newsreader):
    newsreader.store.parent.parent.mkdir(parents=True, exist_ok=True)
    newsreader.store.parent.write_text("a file in the way")

    result = newsreader("add", "http://127.0.0.1:9/")

    assert result.status == ExitStatus.STORE
    assert str(newsreader.store.parent) in sentence(result)


def test_a_folder_is_no_article(newsreader, tmp_path):
    result = newsreader("show", tmp_path)

    assert result.status == ExitStatus.USAGE
    assert "folder" in sentence(result)


def test_binary_and_endless_input_is_no_article(newsreader):
    binary = newsreader("show", "-", stdin=bytes(range(256)) * 40)
    endless = newsreader("show", "-", stdin=b"A sentence of news. " * 600_000)

    assert (binary.status, endless.status) == (ExitStatus.ERROR, ExitStatus.ERROR)
    assert "binary" in sentence(binary)
    assert "10 MiB" in sentence(endless)


PIPED = """newsreader() { %s -m newsreader "$@"; }
set -o pipefail
"""


@pytest.mark.parametrize(
    "script",
    [
        "newsreader list >&-",
        "newsreader list <&-",
        "newsreader list 2>&-",
        "cat page.html | newsreader show - <&0 >/dev/null",
        "newsreader show <(cat page.html) >/dev/null",
        "newsreader show page.html >/dev/null; PYTHONIOENCODING=ascii newsreader show 1 | grep -q 橋",
        "newsreader show page.html >/dev/null; LC_ALL=C PYTHONUTF8=0 newsreader list | grep -q 橋",
    ],
)
def test_shells_may_close_and_redirect_what_they_like(environ, tmp_path, script):
    text = "<p>市長は月曜日、三年の工事を経て新しい橋を開通させた。費用は四億円で、県が負担した。</p>" * 3
    (tmp_path / "page.html").write_text(f"<html lang=ja><title>橋が開通</title><h1>橋が開通</h1>{text}", "utf-8")

    command = ["bash", "-c", PIPED % sys.executable + script]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_errors_are_json_when_json_was_asked_for(newsreader):
    error = json.loads(newsreader("show", "999", "--json").err)["error"]

    assert error["code"] == "not-found"
    assert set(error) == {"code", "message", "hint"}


def test_an_unknown_setting_is_a_usage_error_that_names_the_nearest(newsreader):
    folder = newsreader.config
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("[fetch]\ntimeuot = 3\n")

    result = newsreader("list")

    assert result.status == ExitStatus.USAGE
    assert "fetch.timeout" in sentence(result)


def test_a_closed_pipe_is_no_error(environ, newsreader):
    page = "<h1>Long</h1>" + "<p>A sentence that is long enough to be the news of the day.</p>" * 3000
    newsreader("show", "-", "--url", "https://example.org/long", stdin=page.encode())
    command = f"{sys.executable} -m newsreader show 1 -o plain | head -n 1; exit ${{PIPESTATUS[0]}}"

    done = subprocess.run(["bash", "-c", command], env=environ, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (ExitStatus.OK, "")


def test_ctrl_c_ends_with_130(environ):
    command = [sys.executable, "-m", "newsreader", "demo", "--serve"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"http://127.0.0.1:")
    time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)

    _, err = process.communicate(timeout=20)

    assert process.returncode == ExitStatus.INTERRUPTED
    assert b"Traceback" not in err
