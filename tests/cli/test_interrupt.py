"""Ctrl-C in the middle of a fetch: what was done is kept, and nothing is broken."""

import json
import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event

import pytest

FEED = """<rss version="2.0"><channel><title>Slow</title><link>{0}/</link>
<item><title>First headline of the slow site</title><link>{0}/news/1</link></item>
<item><title>Second headline of the slow site</title><link>{0}/news/2</link></item></channel></rss>"""


class Slow(BaseHTTPRequestHandler):
    """Answers the feed at once, and pages never."""

    reached = Event()
    ended = Event()

    def do_GET(self):
        if self.path.startswith("/news/"):
            self.reached.set()
            self.ended.wait(30)
            return
        body = FEED.format(f"http://{self.headers['Host']}").encode()
        self.send_response(200 if self.path == "/feed" else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing."""


@pytest.fixture
def slow_site(serving):
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Slow)) as address:
        yield address
        Slow.ended.set()


def test_an_interrupted_fetch_keeps_what_it_has(newsreader, environ, slow_site):
    assert newsreader("add", f"{slow_site}/feed").status == 0
    command = [sys.executable, "-m", "newsreader", "fetch"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert Slow.reached.wait(20)

    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)

    assert process.returncode == 130
    assert b"Traceback" not in err
    listed = json.loads(newsreader("list", "--json").out)["articles"]
    assert {(article["title"], article["state"]) for article in listed} == {
        ("First headline of the slow site", "headline"),
        ("Second headline of the slow site", "headline"),
    }
