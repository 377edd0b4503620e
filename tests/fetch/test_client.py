"""One address at a time, against a server that answers well and badly."""

import asyncio  # noqa: TID253  # tests need no quick start
import re
import socket
import sys
from collections.abc import AsyncIterator

import pytest

from newsreader.errors import (
    ConnectError,
    ContentTypeError,
    FetchError,
    OfflineError,
    PostponedError,
    PrivateAddressError,
    RedirectError,
    SlowError,
    StatusError,
    TooLargeError,
)
from newsreader.fetch.client import Fetcher, FetchOptions, Request
from newsreader.fetch.request import USER_AGENT

PUBLIC = "http://93.184.215.14/"  # any public address: only its number is looked at


def test_a_page_comes_whole_with_its_headers(get, faults):
    found = get("/page")
    assert b"The old ferry sails again" in found.body
    assert found[:1] + found[2:8] == (f"{faults.address}/page", "text/html", None, None, False, None, None)
    assert found.seconds > 0
    assert found.way == ()


def test_the_request_says_who_asks_and_what_can_be_read(get, faults):
    get("/feed", accept=("feed",))
    sent = faults.asked[0].headers
    assert sent["user-agent"] == USER_AGENT.lower()
    assert sent["accept"].startswith("application/rss+xml")
    assert sent["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in sent


def test_the_fragment_stays_here(get, faults):
    assert get("/page#top").url == f"{faults.address}/page"
    assert faults.paths == ["/page"]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bodies_are_decompressed(get, coding):
    assert b"The old ferry sails again" in get(f"/coded/{coding}").body


# Conditional requests and freshness


def test_validators_come_back_and_an_unchanged_answer_has_no_body(get):
    first = get("/conditional")
    again = get("/conditional", etag=first.etag)
    dated = get("/conditional", last_modified=first.last_modified)
    assert (first.etag, first.last_modified) == ('"v1"', "Tue, 01 Sep 2026 08:00:00 GMT")
    assert (again.not_modified, again.body, again.etag) == (True, b"", '"v1"')
    assert (dated.not_modified, dated.last_modified) == (True, first.last_modified)


def test_304_to_a_question_without_validators_is_an_error(get):
    with pytest.raises(StatusError, match="HTTP 304"):
        get("/status/304")


def test_freshness_is_told_in_seconds(get):
    assert get("/fresh/max-age=600").max_age == 600


# Statuses


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 451, 500, 502, 599])
def test_an_error_status_is_told_with_its_number(get, status):
    with pytest.raises(StatusError, match=rf"^127\.0\.0\.1:\d+ [a-z].* \(HTTP {status}\)$") as caught:
        get(f"/status/{status}")
    assert (caught.value.http_status, caught.value.retry_after) == (status, None)


@pytest.mark.parametrize(
    ("wait", "seconds", "hint"),
    [("7", 7.0, "7 seconds"), ("Tue,_01_Sep_2026_10:00:00_GMT", 7200.0, "2 hours"), ("soon", None, "later")],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_told_in_seconds(get, status, wait, seconds, hint):
    with pytest.raises(StatusError) as caught:
        get(f"/busy/{status}/{wait}")
    assert (caught.value.http_status, caught.value.retry_after) == (status, seconds)
    assert hint in (caught.value.hint or "")


# Content types


@pytest.mark.parametrize(
    ("kind", "accept"),
    [
        ("video/mp4", ("feed", "page")),
        ("application/pdf", ("page",)),
        ("application/octet-stream", ("page",)),
        ("image/png", ("feed", "page")),
        ("text/css", ("page",)),
        ("text/html", ("image",)),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_type(get, kind, accept):
    with pytest.raises(ContentTypeError, match=f"sends {kind}, which is no"):
        get(f"/type/{kind}", accept=accept)


@pytest.mark.parametrize(
    ("kind", "accept"),
    [
        ("text/html; charset=utf-8", ("page",)),
        ("TEXT/HTML", ("page",)),
        ("application/octet-stream", ("feed",)),
        ("application/x-rss+xml", ("feed",)),
        ("image/webp", ("image",)),
        ("image", ("page",)),
    ],
)
def test_what_can_be_read_passes(get, kind, accept):
    assert get(f"/type/{kind.replace(' ', '_')}", accept=accept).content_type == kind


# Redirects


def test_a_chain_of_permanent_redirects_is_remembered(get, faults):
    found = get("/hops/3")
    assert (found.url, found.moved) == (f"{faults.address}/hops/0", f"{faults.address}/hops/0")
    assert found.way == tuple(f"{faults.address}/hops/{left}" for left in (3, 2, 1, 0))


@pytest.mark.parametrize("path", ["/redirect/302//page", "/redirect/301//redirect/302//page", "/redirect/307//hops/1"])
def test_one_temporary_redirect_makes_the_whole_way_temporary(get, path):
    found = get(path)
    assert (b"ferry" in found.body, found.moved) == (True, None)


def test_a_loop_is_named(get, faults):
    with pytest.raises(RedirectError, match=r"in a loop: .*/loop/a → .*/loop/b → .*/loop/a$"):
        get("/loop/a")
    assert faults.paths == ["/loop/a", "/loop/b"]


def test_ten_redirects_are_followed_and_no_more(get):
    assert get("/hops/10").url.endswith("/hops/0")
    with pytest.raises(RedirectError, match="more than 10 times"):
        get("/hops/11")


def test_a_cookie_that_opens_the_way_is_kept_for_the_way_only(get, faults):
    assert b"ferry" in get("/cookie-wall").body
    get("/cookie-wall")
    assert ["cookie" in asked.headers for asked in faults.asked] == [False, True, False, True]


@pytest.mark.parametrize("target", ["ftp://example.org/x", "javascript:alert(1)", "file:///etc/passwd", "http://["])
def test_redirects_lead_to_the_web_or_nowhere(get, target):
    with pytest.raises(RedirectError, match="not on the web"):
        get(f"/redirect/302/{target}")


# Endings that are none


def test_a_server_that_says_nothing_is_given_up(get):
    with pytest.raises(SlowError, match=r"^127.0.0.1:\d+ went silent for 0.2 seconds$"):
        get("/hang-header", timeout=0.2)


def test_a_server_that_stops_in_the_middle_is_given_up(get):
    with pytest.raises(SlowError, match="went silent"):
        get("/hang-body", timeout=0.2)


def test_a_server_that_drips_is_given_up_when_the_whole_takes_too_long(get):
    with pytest.raises(SlowError, match=r"was not done after 0\.3 seconds"):
        get("/slow-bytes", total=0.3)


@pytest.mark.parametrize("path", ["/endless", "/announced", "/coded/bomb-gzip", "/coded/bomb-br", "/coded/bomb-zstd"])
def test_no_answer_is_larger_than_the_cap(get, path):
    with pytest.raises(TooLargeError, match="1,024 KiB"):
        get(path, max_bytes=1024 * 1024)


def test_an_answer_of_just_the_cap_is_taken(get):
    size = len(get("/page").body)
    assert len(get("/page", max_bytes=size).body) == size
    with pytest.raises(TooLargeError):
        get("/page", max_bytes=size - 1)


@pytest.mark.parametrize("path", ["/too-short", "/cut-chunk"])
def test_half_an_answer_is_none(get, path):
    with pytest.raises(ConnectError, match="broke off before the answer was whole"):
        get(path)


def test_a_reset_is_told(get):
    with pytest.raises(ConnectError, match="broke off"):
        get("/reset")


def test_a_closed_door_is_told(get):
    with pytest.raises(ConnectError, match="closed the connection without an answer"):
        get("/close")


def test_something_that_is_not_http_is_told(get):
    with pytest.raises(ConnectError, match="does not answer in HTTP"):
        get("/garbage")


def test_a_damaged_body_is_told(get):
    with pytest.raises(ContentTypeError, match="sends an answer that says it is gzip, and is damaged"):
        get("/not-gzip")


# No way there


def test_a_refused_port_is_told(get):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening
        port = held.getsockname()[1]
        with pytest.raises(ConnectError, match=rf"^127\.0\.0\.1:{port} does not answer: connection refused$"):
            get(f"http://127.0.0.1:{port}/")


def test_a_name_that_is_none_is_told(get):
    with pytest.raises(ConnectError, match=r"(No such host: news\.invalid|The name news\.invalid cannot be looked up)"):
        get("http://news.invalid/")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse what does not fit into the queue")
def test_a_connection_that_hangs_is_given_up(get, full_port):
    with pytest.raises(SlowError, match=r"does not answer: no connection within 0\.3 seconds"):
        get(f"http://127.0.0.1:{full_port}/", timeout=0.3)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://", "news", "http://[::1/", "http://a..b/", "http://x:99999/"]
)
def test_an_address_that_is_none_is_a_fetch_error(get, url):
    with pytest.raises(FetchError):
        get(url)


def test_offline_opens_no_socket(get, faults):
    with pytest.raises(OfflineError):
        get("/page", offline=True)
    assert faults.asked == []


# Private networks


def test_an_address_that_a_person_typed_may_be_private(get):
    assert get("/page", home=None).body


def test_a_public_source_leads_to_no_private_network(get, faults):
    with pytest.raises(PrivateAddressError, match="in a private network"):
        get("/page", home=PUBLIC)
    assert (faults.asked, faults.connections) == ([], 0)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"])
def test_a_name_that_leads_to_a_private_network_is_found_out(get, faults, host):
    with pytest.raises(PrivateAddressError, match=re.escape(host.strip("[]"))):
        get(f"http://{host}:{faults.port}/page", home=PUBLIC)
    assert faults.asked == []


def test_a_private_source_may_lead_to_its_network(get):
    assert get("/page", home="http://127.0.0.1/").body
    assert get("/page", home="http://localhost/").body


def test_robots_is_not_asked_across_the_fence_either(get, faults):
    with pytest.raises(PrivateAddressError):
        get("/page", home=PUBLIC, robots=True)
    assert faults.asked == []


def test_a_connection_to_a_private_network_is_not_lent_to_others(faults):
    """The same host, first for a person, then for a public source, with the first connection still open."""

    async def fetch() -> None:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            await fetcher.fetch(Request(f"{faults.address}/page"))
            await fetcher.fetch(Request(f"{faults.address}/page", home=PUBLIC))

    with pytest.raises(PrivateAddressError):
        asyncio.run(fetch())


# A host that asks to wait


def test_a_host_that_asks_for_a_long_wait_is_asked_no_more_in_this_run(faults):
    async def fetch() -> AsyncIterator[StatusError]:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            for path in ("/busy/429/3600", "/page"):
                with pytest.raises(StatusError) as caught:
                    await fetcher.fetch(Request(faults.address + path))
                yield caught.value

    async def collect() -> list[StatusError]:
        return [error async for error in fetch()]

    first, second = asyncio.run(collect())
    assert faults.paths == ["/busy/429/3600"]
    assert (first.http_status, second.http_status) == (429, 429)
    assert (type(first), type(second)) == (StatusError, PostponedError)
    assert 3590 < (second.retry_after or 0) <= 3600
    assert re.fullmatch(r"127\.0\.0\.1 asked to be left alone for \d+ minutes \(HTTP 429\)", second.message)


# Connections


def test_requests_one_after_another_share_a_connection(faults):
    async def fetch() -> None:
        async with Fetcher(FetchOptions(gap=0.0)) as fetcher:
            await fetcher.fetch(Request(f"{faults.address}/page"))
            await fetcher.fetch(Request(f"{faults.address}/conditional", etag='"v1"'))
            await fetcher.fetch(Request(f"{faults.address}/page"))

    asyncio.run(fetch())
    assert (len(faults.asked), faults.connections) == (3, 1)


def test_a_fetch_that_is_given_up_leaves_the_others_alone(faults):
    async def fetch() -> bytes:
        async with Fetcher(FetchOptions(gap=0.0, connections=1, parallel=1)) as fetcher:
            hanging = asyncio.ensure_future(fetcher.fetch(Request(f"{faults.address}/hang-body")))
            await asyncio.sleep(0.05)
            hanging.cancel()
            return (await fetcher.fetch(Request(f"{faults.address}/page"))).body

    assert b"ferry" in asyncio.run(fetch())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8")
def test_more_hosts_than_pools_are_fetched_side_by_side(fault_server):
    """A hundred addresses of this machine stand for hosts."""

    async def fetch(port: int) -> list[bytes]:
        async with Fetcher(FetchOptions(gap=60.0, parallel=100)) as fetcher:
            urls = [f"http://127.0.0.{n}:{port}/page" for n in range(1, 101)]
            return [found.body for found in await asyncio.gather(*(fetcher.fetch(Request(url)) for url in urls))]

    with fault_server(host="0.0.0.0") as server:
        bodies = asyncio.run(fetch(server.port))
        assert (len(set(bodies)), len(bodies), server.connections) == (1, 100, 100)


def test_a_name_and_password_in_the_address_are_sent_and_not_redirected(get, faults):
    get(faults.address.replace("//", "//ann:secret@") + f"/redirect/302/{faults.address}/page")
    assert [asked.headers.get("authorization") for asked in faults.asked] == ["basic yw5uonnly3jlda==", None]


def test_a_password_in_the_address_is_not_shown(get):
    with pytest.raises(OfflineError, match=r"^Offline: http://example.org/feed is not fetched$"):
        get("http://ann:secret@example.org/feed", offline=True)
