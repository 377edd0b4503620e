"""An address is asked for as httpx would ask for it, whether httpx is needed for that or not."""

import httpx  # noqa: TID253  # tests need no quick start
import pytest

from newsreader.errors import FetchError
from newsreader.fetch.address import address_of


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example.org/feed.xml",
        "https://news.example.org:8443/",
        "http://127.0.0.1:8080/a?b=c&d=%20{e}",
        "https://a_b.example/-._~!$&'()*+,;=:@[]|\\^/?q=/?`|\\^[]{}'",
        "https://news.example.org/caf%C3%A9%2e/%zz?x=%",
        "http://news.example.org:80/",
        "https://news.example.org:443/?x",
        "https://news.example.org:80/",
        "https://News.Example.org/A",
        "https://news.example.org",
        "https://news.example.org?x=1",
        'https://news.example.org/a b"<>`{}/é?é b"<>',
        "https://news.example.org/a/./b/../c",
        "https://news.example.org/.well-known/feed",
        "https://münchen.example/",
        "https://xn--mnchen-3ya.example:81/x",
        "https://me:p%40ss@news.example.org/feed",
        "http://[::1]:8080/feed",
        "http://127.1/",
        "http://0.0.0.0/",
    ],
)
def test_an_address_is_what_httpx_makes_of_it(url):
    wanted, found = httpx.URL(url), address_of(url)

    assert found.url == str(wanted)
    assert (found.scheme, found.host.encode(), found.port) == (wanted.scheme, wanted.raw_host, wanted.port)
    assert (found.target.encode(), found.authority.encode(), found.name) == (
        wanted.raw_path,
        wanted.netloc,
        wanted.host,
    )
    assert found.login == ((wanted.username, wanted.password) if wanted.userinfo else None)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http:///a", "http://a:b/", "http://127.0.0.010/", "http://x.org/\n", "x"]
)
def test_what_cannot_be_meant_is_refused(url):
    with pytest.raises(FetchError, match="Not an address"):
        address_of(url)


@pytest.mark.parametrize("host", ["a" * 300, "1." * 200, "a.1" * 100])
def test_a_long_host_is_no_work(host):
    assert address_of(f"http://{host}/").host == host


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.xn--mnchen-3ya.example", "www.münchen.example"),
        ("xn--ls8h.example", "xn--ls8h.example"),
        ("xn--.x", "xn--.x"),
    ],
)
def test_a_host_has_the_name_that_people_know_if_it_has_one(host, name):
    assert address_of(f"https://{host}:81/").place == f"{name}:81"
