"""Serves the demo site over HTTP on this machine as a real site would, with validators and a page for what is gone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote

from newsreader.demo.pages import Page, render_site

_NOT_FOUND_PATH = "/404.html"


def _system_clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def serve(host: str = "127.0.0.1", port: int = 0, *, now: Callable[[], datetime] | None = None) -> Iterator[str]:
    """Serve the site while the block runs, and give its address, such as "http://127.0.0.1:8000/".

    Port 0 takes any free port. `now` (aware; the system's clock if None) is asked once, at the start: no page changes
    while the site is served. Raises OSError if the port is taken.
    """
    with _Server((host, port), _Handler) as server:
        base = f"http://{host}:{server.server_address[1]}/"
        server.pages = render_site(base, (now or _system_clock)())
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    """A server of rendered pages; what it does not hold it cannot give away, whatever the path says."""

    pages: Mapping[str, Page]

    def server_bind(self) -> None:
        """Bind without asking the network for the name of this machine, as HTTPServer would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]  # typed for every family

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a reader that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Lantern"
    sys_version = ""
    timeout = 20  # seconds an idle connection is kept
    server: _Server

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0])
        pages = self.server.pages
        if path in pages and path != _NOT_FOUND_PATH:
            self._send_page(pages[path])
        elif f"{path}/" in pages:
            self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{path}/"})
        else:
            missing = pages[_NOT_FOUND_PATH]
            self._send(HTTPStatus.NOT_FOUND, {"Content-Type": missing.content_type}, missing.body)

    do_HEAD = do_GET  # noqa: N815

    def _send_page(self, page: Page) -> None:
        validators = {"ETag": page.etag, "Last-Modified": format_datetime(page.last_modified, usegmt=True)}
        if self._is_known(page):
            self._send(HTTPStatus.NOT_MODIFIED, validators)
        else:
            self._send(HTTPStatus.OK, {"Content-Type": page.content_type, **validators}, page.body)

    def _is_known(self, page: Page) -> bool:
        """Whether the reader holds this very page (RFC 9110, 13.2.2: the tag counts before the date)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or page.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        return _is_since(self.headers.get("If-Modified-Since"), page.last_modified)

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server gives it)
        """Keep standard error for those who run the program."""


def _is_since(stated: str | None, changed: datetime) -> bool:
    """Whether nothing changed after the HTTP date `stated`; False if there is none or it cannot be read."""
    try:
        return stated is not None and parsedate_to_datetime(stated) >= changed
    except (TypeError, ValueError):  # unreadable, or without a zone
        return False
