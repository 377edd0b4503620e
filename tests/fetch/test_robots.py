"""robots.txt: asked once, heeded, and what its absence means."""

import asyncio  # noqa: TID253  # tests need no quick start
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import ConnectError, PostponedError, RobotsError
from newsreader.fetch.client import Fetcher, FetchOptions, Request
from newsreader.fetch.robots import FRESH, HOLDS, read_rules
from newsreader.fetch.shelf import FolderShelf


def test_what_robots_txt_forbids_is_left_alone(get, faults):
    faults.robots = "User-agent: *\nDisallow: /private/\n"
    assert get("/page", robots=True).body
    with pytest.raises(RobotsError, match=r"asks programs to leave .*/private/x alone"):
        get("/private/x", robots=True)
    assert "/private/x" not in faults.paths


def test_robots_txt_may_speak_to_us_by_name(get, faults):
    faults.robots = "User-agent: newsreader\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    with pytest.raises(RobotsError):
        get("/page", robots=True)


def test_each_hop_asks_robots(get, faults):
    faults.robots = "User-agent: *\nDisallow: /private/\n"
    with pytest.raises(RobotsError):
        get("/redirect/302//private/x", robots=True)


def test_feeds_do_not_ask_robots_and_a_user_may_disobey(get, faults):
    faults.robots = "User-agent: *\nDisallow: /\n"
    assert get("/feed", robots=False).body
    assert get("/page", robots=True, obey_robots=False).body
    assert "/robots.txt" not in faults.paths


def test_robots_txt_is_fetched_once_a_run(faults):
    faults.robots = "User-agent: *\nDisallow: /private/\n"

    async def fetch() -> None:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            await asyncio.gather(*(fetcher.fetch(Request(f"{faults.address}/{n}", robots=True)) for n in range(5)))

    asyncio.run(fetch())
    assert faults.paths.count("/robots.txt") == 1
    assert len(faults.paths) == 6


@pytest.fixture
def shelf(tmp_path):
    return FolderShelf(tmp_path / "robots")


def age(shelf, faults, seconds):
    """Make the copy of the server's robots.txt so many seconds old."""
    kept = shelf.get(faults.address)
    assert kept
    (path,) = (path for path in shelf._folder.iterdir() if path.read_bytes().startswith(faults.address.encode()))
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.mark.parametrize("robots", ["User-agent: *\nDisallow: /private/\n", 404])
def test_robots_txt_is_kept_for_a_day(get, faults, shelf, robots):
    faults.robots = robots
    get("/page", robots=True, shelf=shelf)
    faults.robots = "User-agent: *\nDisallow: /page\n"
    age(shelf, faults, FRESH - 60)
    assert get("/page", robots=True, shelf=shelf).body
    assert faults.paths.count("/robots.txt") == 1

    age(shelf, faults, FRESH + 60)
    with pytest.raises(RobotsError):
        get("/page", robots=True, shelf=shelf)
    assert shelf.get(faults.address).age < 60


def test_a_kept_robots_txt_is_obeyed(get, faults, shelf):
    faults.robots = "User-agent: *\nDisallow: /private/\n"
    for _ in range(2):
        with pytest.raises(RobotsError):
            get("/private/x", robots=True, shelf=shelf)
    assert faults.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_copy_stands_in_for_a_robots_txt_that_cannot_be_read_now_for_a_month(get, faults, shelf, status):
    faults.robots = "User-agent: *\nDisallow: /private/\n"
    get("/page", robots=True, shelf=shelf)
    faults.robots = status

    age(shelf, faults, HOLDS - 60)
    assert get("/page", robots=True, shelf=shelf).body
    with pytest.raises(RobotsError, match="leave"):
        get("/private/x", robots=True, shelf=shelf)
    age(shelf, faults, HOLDS + 60)
    with pytest.raises(PostponedError, match=f"cannot be read now \\({status}\\)"):
        get("/page", robots=True, shelf=shelf)


def test_what_could_not_be_read_is_not_kept(get, faults, shelf):
    faults.robots = 503
    with pytest.raises(PostponedError):
        get("/page", robots=True, shelf=shelf)
    assert shelf.get(faults.address) is None


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_everything(get, faults, status):
    faults.robots = status
    assert get("/page", robots=True).body


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_robots_txt_that_cannot_be_read_now_forbids_everything(get, faults, status):
    faults.robots = status
    with pytest.raises(PostponedError, match=f"cannot be read now \\({status}\\)"):
        get("/page", robots=True)
    assert faults.paths == ["/robots.txt"]


def test_a_robots_txt_beyond_its_cap_counts_as_far_as_it_is_read(get, faults):
    faults.robots = "User-agent: *\nDisallow: /private/\n" + "#" * 600_000 + "\nDisallow: /\n"
    assert get("/page", robots=True).body
    with pytest.raises(RobotsError):
        get("/private/x", robots=True)


def test_sitemaps_of_robots_txt(faults):
    faults.robots = f"Sitemap: {faults.address}/news.xml\n"

    async def ask() -> tuple[str, ...]:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            return await fetcher.sitemaps(f"{faults.address}/page")

    assert asyncio.run(ask()) == (f"{faults.address}/news.xml",)


def test_a_site_that_cannot_be_reached_is_told_as_such_and_not_as_forbidding(get):
    with pytest.raises(ConnectError, match="connection refused"):
        get("http://127.0.0.1:1/page", robots=True)


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 2/30s", 15.0),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay: nan", None),
        ("User-agent: *\nCrawl-delay: -5", None),
        ("User-agent: other\nCrawl-delay: 9", None),
        ("<!doctype html><title>Not found</title>", None),
        ("", None),
    ],
)
def test_delays(text, delay):
    rules = read_rules(text, "newsreader")
    assert (rules.delay, rules.allows("http://example.org/page")) == (delay, True)


LINES = st.tuples(
    st.sampled_from(["User-agent", "Disallow", "Allow", "Crawl-delay", "Request-rate", "Sitemap"]), st.text()
)


@given(st.lists(st.one_of(LINES.map(": ".join), st.text())).map("\n".join))
def test_no_robots_txt_is_too_strange(text):
    rules = read_rules(text, "newsreader")
    assert rules.allows("http://example.org/page") in (True, False)
    assert rules.delay is None or rules.delay > 0
