"""Bad input at the level of whole runs: every fault has its name, every other source is done, nothing known is lost."""

import json
import re
import socket
import sys
from itertools import combinations

import pytest

LIMITS = {"NEWSREADER_FETCH_TIMEOUT": "1.5", "NEWSREADER_FETCH_TOTAL": "3"}
AT = r"127\.0\.0\.1:\d+"

# What a person reads of each fault.
REASONS = {
    "hang-header": rf"{AT} went silent for 1\.5 seconds",
    "hang-body": rf"{AT} went silent for 1\.5 seconds",
    "slow-bytes": rf"{AT} was not done after 3 seconds",
    "endless": rf"{AT} sends more than 10,240 KiB",
    "announced": rf"{AT} sends more than 10,240 KiB",
    "coded/bomb-gzip": rf"{AT} sends more than 10,240 KiB, once it is decompressed",
    "not-gzip": rf"{AT} sends an answer that says it is gzip, and is damaged",
    "too-short": rf"{AT} broke off before the answer was whole",
    "cut-chunk": rf"{AT} broke off before the answer was whole",
    "reset": rf"{AT} broke off the connection",
    "close": rf"{AT} closed the connection without an answer",
    "garbage": rf"{AT} does not answer in HTTP",
    "loop/a": r"Redirects in a loop: \S+/loop/a → \S+/loop/b → \S+/loop/a",
    "hops/11": r"\S+/hops/11 redirects more than 10 times",
    "redirect/302/ftp://example.org/": r"\S+ leads to something that is not on the web: ftp://example.org/",
    "status/403": rf"{AT} refuses \(HTTP 403\)",
    "status/410": rf"{AT} says that it is gone for good \(HTTP 410\); it is paused now",
    "flaky/1": rf"{AT} has an internal error \(HTTP 500\)",
    "page": r"\S+/page is a web page, not a feed",
    "busy/429/7200": r"localhost:\d+ says that we ask too often \(HTTP 429\)",
    "nameless": r"No such host: news\.invalid|The name news\.invalid cannot be looked up now",
    "refused": rf"{AT} does not answer: connection refused",
    "full": rf"{AT} does not answer: no connection within 1\.5 seconds",
    "expired": rf"The TLS certificate of {AT} expired",
    "other": rf"The TLS certificate of {AT} is for another address",
}
WELL = ("feed/well", "entities")


def sources_of(newsreader):
    """What `sources --json` tells of each source, by name."""
    return {source["name"]: source for source in json.loads(newsreader("sources", "--json").out)["sources"]}


@pytest.fixture
def elsewhere(full_port, trusted, fault_server):
    """Addresses of what goes wrong before any server answers."""
    with (
        fault_server(tls=trusted.context("expired")) as expired,
        fault_server(tls=trusted.context("other")) as other,
        socket.socket() as held,
    ):
        held.bind(("127.0.0.1", 0))  # bound and not listening
        yield {
            "nameless": "http://news.invalid/feed",
            "refused": f"http://127.0.0.1:{held.getsockname()[1]}/feed",
            "full": f"http://127.0.0.1:{full_port}/feed",
            "expired": f"{expired.address}/feed",
            "other": f"{other.address}/feed",
        }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse what does not fit into the queue")
def test_every_fault_has_its_name_and_every_other_source_is_done(newsreader, faults, elsewhere):
    listed = [line for line in faults.urls.splitlines(keepends=True) if "many/" not in line]
    more = [f'{url} "~{name}"\n' for name, url in elsewhere.items()]
    newsreader("import", "-", stdin="".join([*listed, *more]).encode())

    fetched = newsreader("fetch", "--json", **LIMITS)

    *lines, last = map(json.loads, fetched.out.splitlines())
    reasons = {line["source"]["name"]: line["reason"] for line in lines}
    unnamed = {name: reasons[name] for name, words in REASONS.items() if not re.fullmatch(words, reasons[name] or "")}
    assert unnamed == {}
    assert fetched.status == 4
    assert {line["source"]["name"]: line["articles"] for line in lines if line["status"] == "ok"} == {
        "feed/well": 1,
        "entities": 3,
    }
    assert reasons.keys() == REASONS.keys() | set(WELL)
    assert last["summary"]["sources_failed"] == len(REASONS)
    check_what_is_kept(newsreader, reasons)

    again = newsreader("fetch", "flaky/1", "feed/well", **LIMITS)

    assert again.status == 0
    assert (sources_of(newsreader)["flaky/1"]["failures"], sources_of(newsreader)["flaky/1"]["status"]) == (0, "ok")


def check_what_is_kept(newsreader, reasons):
    """`sources` tells the same reasons, in words and in JSON, and when each source comes next."""
    kept = sources_of(newsreader)
    words = newsreader("sources", "--why").out
    reasons |= {"status/410": reasons["status/410"].removesuffix("; it is paused now")}  # which is shown in other words

    assert {name: source["reason"] for name, source in kept.items()} == reasons
    assert [reason for reason in reasons.values() if reason and reason not in words] == []
    assert {name for name, source in kept.items() if source["paused"]} == {"status/410"}
    assert kept["busy/429/7200"]["due"] >= "2026-09-14T14:00"  # two hours, as it asked; a failure alone would be one
    assert {source["failures"] for name, source in kept.items() if name in REASONS} == {1}


def test_no_entity_of_a_feed_is_resolved(newsreader, faults):
    newsreader("import", "-", stdin=f"{faults.address}/entities".encode())

    assert newsreader("fetch", "--headlines-only").status == 0

    articles = json.loads(newsreader("list", "--order", "id", "--json", "--fields", "title").out)["articles"]
    assert [article["title"] for article in articles] == [f"Ferry &{name}; sails" for name in ("l9", "file", "page")]
    assert "/secret" not in faults.paths


def test_a_feed_of_a_hundred_thousand_entries_gives_its_first_ones(newsreader, faults):
    newsreader("import", "-", stdin=f'{faults.address}/many/100000 "~many"'.encode())

    fetched = newsreader("fetch", "--json", "--max-articles", "2")

    assert fetched.status == 0
    assert [json.loads(line)[key] for line in fetched.out.splitlines()[:1] for key in ("new", "articles")] == [2000, 2]
    titles = json.loads(newsreader("list", "-n", "2", "--json", "--fields", "title").out)["articles"]
    assert [article["title"] for article in titles] == [
        "The old ferry sails again"
    ] * 2  # of the pages, which were read


# --- the same articles, told in another way

TITLES = (
    "Grey whale holds the ferry in harbour for three hours",
    "Council votes to keep the town clock seven minutes fast",
    "Library book comes home sixty-one years late with a note",
    "Three islands hold one exercise and empty the quay",
)
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
CHANGES = {
    "ids": {"guid": "tag:new.example,2026:{n}-new"},
    "scheme": {"scheme": "https"},
    "tracking": {"query": "?utm_source=rss&amp;utm_medium=feed"},
    "titles": {"title": "{title} (corrected)"},
}
EVERY_CHANGE = [which for size in range(1, len(CHANGES) + 1) for which in combinations(CHANGES, size)]


def items_of(host, changes):
    """The four articles with some changes: address, title and id of each."""
    form = {"guid": "{n}", "scheme": "http", "query": "", "title": "{title}"}
    for change in changes:
        form |= CHANGES[change]
    for n, title in enumerate(TITLES):
        url = f"{form['scheme']}://{host}/story/{n}{form['query']}"
        yield url, form["title"].format(title=title), form["guid"].format(n=n)


def feed(items):
    entries = (
        f'<item><title>{title}</title><link>{url}</link><guid isPermaLink="false">{guid}</guid></item>'
        for url, title, guid in items
    )
    return f"<rss><channel><title>The Lantern</title>{''.join(entries)}</channel></rss>"


def sitemap(items):
    entries = (
        f"<url><loc>{url}</loc><news:news><news:title>{title}</news:title></news:news></url>" for url, title, _ in items
    )
    return f"<urlset {NEWS}>{''.join(entries)}</urlset>"


def front_page(items):
    entries = "".join(f'<li><h3><a href="{url}">{title}</a></h3></li>' for url, title, _ in items)
    return f'<html lang="en"><title>The Lantern</title><body><main><ul>{entries}</ul></main></body></html>'


@pytest.fixture
def told(faults, newsreader):
    """Let the server tell its articles in some form and with some changes, and fetch them: `told(feed, ["ids"])`."""

    def tell(form, changes=(), *options):
        host = f"127.0.0.1:{faults.port}"
        faults.said["lantern"] = form(items_of(host, changes)).encode()
        if not sources_of(newsreader):
            assert newsreader("add", f"{faults.address}/said/lantern").status == 0
        fetched = newsreader("fetch", "--force", *options)
        assert fetched.status == 0, fetched.err
        articles = json.loads(newsreader("list", "-n", "0", "--json").out)["articles"]
        return {article["id"]: (article["read"], article["starred"]) for article in articles}

    return tell


def mark_some(newsreader):
    """Read two of the articles, and star one."""
    newsreader("mark", "read", 1, 2)
    newsreader("mark", "star", 3)


MARKED = {1: (True, False), 2: (True, False), 3: (False, True), 4: (False, False)}


@pytest.mark.parametrize("changes", EVERY_CHANGE, ids="+".join)
@pytest.mark.parametrize("form", [feed, sitemap, front_page])
def test_no_article_comes_twice_and_no_mark_is_lost(newsreader, told, form, changes):
    assert sorted(told(form, (), "--headlines-only")) == [1, 2, 3, 4]
    mark_some(newsreader)

    assert told(form, changes, "--headlines-only") == MARKED
    assert told(form, (), "--headlines-only") == MARKED  # and back


@pytest.mark.parametrize("form", [feed, sitemap, front_page])
def test_no_article_comes_twice_once_its_page_was_read(newsreader, told, form):
    told(form)
    mark_some(newsreader)

    assert told(form, ["ids", "tracking", "titles"]) == MARKED
