"""What a user sends to the site of a source: there and nowhere else, in the clear only where the source is."""

import pytest

from newsreader.errors import ConfigError
from newsreader.fetch.own import dressed, stays_on_site
from newsreader.fetch.request import Own, Request

FEED = "https://www.lantern.example/feed"
TOKEN = (("Authorization", "Bearer abc"), ("Cookie", "session=s1"), ("User-Agent", "reader of the Lantern"))
OWNED = [Own(FEED, lambda: TOKEN), Own("https://gazette.example/", lambda: (("X", "gazette"),))]


@pytest.mark.parametrize(
    ("url", "home", "sent"),
    [
        (FEED, FEED, True),
        ("https://lantern.example/news/1", FEED, True),
        ("https://lantern.example/news/1?page=2", "https://lantern.example/news/1", True),
        ("https://lantern.example/news/1", None, True),
        ("http://lantern.example/news/1", FEED, False),
        ("https://elsewhere.example/news/1", FEED, False),
        ("https://lantern.example/news/1", "https://elsewhere.example/feed", False),
        ("https://lantern.example.org/news/1", None, False),
    ],
)
def test_only_the_own_site_gets_what_is_meant_for_it(url, home, sent):
    assert dressed(Request(url, home=home), OWNED).headers == (TOKEN if sent else ())


def test_of_two_sources_of_one_site_the_one_that_named_the_address_counts():
    other = Own("https://lantern.example/sport", lambda: (("X", "sport"),))

    assert dressed(Request(f"{FEED}/1", home=other.url), [*OWNED, other]).headers == (("X", "sport"),)
    assert dressed(Request(f"{FEED}/1", home=FEED), [other, *OWNED]).headers == TOKEN


def test_a_source_without_encryption_may_gain_it():
    assert stays_on_site("http://lantern.example/feed", "https://lantern.example/feed")
    assert not stays_on_site("https://lantern.example/feed", "http://lantern.example/feed")


def test_headers_and_cookies_arrive(get, faults):
    owned = [Own(faults.address, lambda: TOKEN)]
    assert get("/page", owned=owned).body

    sent = faults.asked[0].headers
    assert (sent["authorization"], sent["cookie"], sent["user-agent"]) == (
        "bearer abc",
        "session=s1",
        "reader of the lantern",
    )


def test_they_stay_on_the_site_whatever_the_way(get, faults, fault_server):
    with fault_server() as other:
        owned = [Own(faults.address, lambda: TOKEN)]
        get("/redirect/302//page", owned=owned)
        get(f"/redirect/302/{other.address}/redirect/302/{faults.address}/page", owned=owned)

    assert ["authorization" in asked.headers for asked in faults.asked] == [True, True, True, False]
    assert [set(asked.headers) & {"authorization", "cookie"} for asked in other.asked] == [set()]


def test_robots_txt_is_asked_without_them(get, faults):
    faults.robots = "User-agent: *\nDisallow:"
    get("/page", robots=True, owned=[Own(faults.address, lambda: TOKEN)])

    assert [(asked.path, "cookie" in asked.headers) for asked in faults.asked] == [
        ("/robots.txt", False),
        ("/page", True),
    ]


def test_a_cookie_of_the_way_joins_them(get, faults):
    get("/cookie-wall", owned=[Own(faults.address, lambda: TOKEN)])
    assert faults.asked[-1].headers["cookie"] == "session=s1; seen=1"


def test_a_secret_that_is_missing_opens_no_connection(get, faults):
    def missing():
        raise ConfigError("no such variable")

    with pytest.raises(ConfigError):
        get("/page", owned=[Own(faults.address, missing)])
    assert faults.paths == []
