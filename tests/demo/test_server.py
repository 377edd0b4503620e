import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.request import urlopen

import pytest

from newsreader.demo.server import serve

Ask = Callable[..., Any]  # (path, method, **headers) -> Answer, see conftest.py


def test_each_kind_of_file_has_its_content_type(ask: Ask) -> None:
    """English and German pages state the encoding in the header, Japanese ones in the page alone."""
    expected = {
        "/": "text/html; charset=utf-8",
        "/de/": "text/html; charset=utf-8",
        "/ja/": "text/html",
        "/ja/articles/1040.html": "text/html",
        "/feed.rss": "application/rss+xml; charset=utf-8",
        "/de/feed.atom": "application/atom+xml; charset=utf-8",
        "/news-sitemap.xml": "application/xml; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
        "/style.css": "text/css; charset=utf-8",
        "/pictures/whale.png": "image/png",
    }
    assert {path: ask(path).headers["Content-Type"] for path in expected} == expected


@pytest.mark.parametrize("path", ["/", "/ja/articles/1040.html", "/feed.rss", "/pictures/whale.png"])
def test_the_tag_of_a_page_is_answered_with_304_and_no_body(ask: Ask, path: str) -> None:
    tag = ask(path).headers["ETag"]
    answer = ask(path, If_None_Match=tag)
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)


def test_a_weak_tag_a_list_of_tags_and_a_star_are_understood(ask: Ask) -> None:
    tag = ask("/").headers["ETag"]
    asked = [f"W/{tag}", f'"old", {tag}', "*", '"old"', ""]
    assert [ask("/", If_None_Match=tags).status for tags in asked] == [304, 304, 304, 200, 200]


def test_the_tag_counts_before_the_date(ask: Ask) -> None:
    changed = ask("/").headers["Last-Modified"]
    assert ask("/", If_None_Match='"old"', If_Modified_Since=changed).status == 200


def test_a_page_is_new_to_a_reader_only_after_it_changed(ask: Ask) -> None:
    changed = ask("/").headers["Last-Modified"]
    asked = [changed, "Fri, 28 Feb 2031 00:00:00 GMT", "yesterday, after tea", ""]
    assert [ask("/", If_Modified_Since=date).status for date in asked] == [304, 200, 200, 200]


def test_a_page_was_changed_at_the_newest_moment_it_names(ask: Ask) -> None:
    changed = [parsedate_to_datetime(ask(path).headers["Last-Modified"]) for path in ("/", "/ja/articles/1040.html")]
    assert changed == [datetime(2031, 3, 1, 8, 20, tzinfo=UTC), datetime(2031, 2, 26, 12, 40, tzinfo=UTC)]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/pictures/whale.png"])
def test_head_is_get_without_the_body(ask: Ask, path: str) -> None:
    get, head = ask(path), ask(path, "HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (get.status, b"", str(len(get.body)))


def test_a_missing_page_is_404_and_says_so_to_a_person(ask: Ask) -> None:
    answer = ask("/harbour/webcam.html")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "gone out with the tide" in answer.body.decode()


def test_the_page_of_the_missing_is_missing_itself(ask: Ask) -> None:
    assert ask("/404.html").status == 404


def test_a_section_without_its_slash_moves_to_the_one_with_it(ask: Ask) -> None:
    answer = ask("/ja")
    assert (answer.status, answer.headers["Location"]) == (301, "/ja/")


def test_what_follows_the_question_mark_is_no_part_of_the_path(ask: Ask) -> None:
    assert ask("/news/who-is-amber.html?utm_source=feed").body == ask("/news/who-is-amber.html").body


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/..%2fserver.py",
        "/%2e%2e/server.py",
        "/ja/../../pages.py",
        "//etc/passwd",
        "/....//server.py",
        "/..\\server.py",
        "/_en-top.html",
        "/ja/..",
        "/pictures/",
        "/\0",
        "*",
    ],
)
def test_nothing_but_the_pages_can_be_had(base: str, path: str) -> None:
    """The path is sent raw: a client would have tidied it."""
    host, _, port = base.removeprefix("http://").rstrip("/").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        with connection.makefile("rb") as answer:
            assert answer.readline().split()[1] in (b"400", b"404")


def test_only_reading_is_served(ask: Ask) -> None:
    assert ask("/", "DELETE").status == 501


def test_the_server_is_quiet_and_gone_when_the_block_ends(capfd: pytest.CaptureFixture[str]) -> None:
    with serve() as base:
        host, _, port = base.removeprefix("http://").rstrip("/").partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"NONSENSE\r\n\r\n")
            connection.recv(100)
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(b"GET /nowhere HTTP/1.0\r\n\r\n")
            connection.recv(100)
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=10)


def test_a_port_that_is_taken_is_an_error_of_the_system(base: str) -> None:
    with pytest.raises(OSError, match="in use"), serve(port=int(base.rstrip("/").rpartition(":")[2])):
        pass


def test_two_servers_with_one_clock_serve_the_same_page_but_for_the_port() -> None:
    def body(base: str) -> bytes:
        with urlopen(f"{base}feed.rss") as answer:
            return bytes(answer.read()).replace(base.encode(), b"BASE/")

    moment = datetime(2029, 7, 14, 23, 59, tzinfo=UTC)
    with serve(now=lambda: moment) as one, serve(now=lambda: moment) as two:
        assert body(one) == body(two)
        assert one != two


def test_importing_the_package_of_the_demo_imports_no_server() -> None:
    code = "import sys, newsreader.demo; print('newsreader.demo.server' in sys.modules or 'http.server' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
