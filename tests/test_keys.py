"""What identity is decided by: spellings of one address are one, two articles are never one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.keys import key_of, typed_key

STORY = "https://post.example/2026/03/ferry-sails-again-4711"

SPELLINGS = [
    "http://post.example/2026/03/ferry-sails-again-4711",
    "https://www.post.example/2026/03/ferry-sails-again-4711/",
    "https://post.example:443/2026/03/ferry-sails-again-4711?utm_source=feed#comments",
    "https://m.post.example/2026/03/ferry-sails-again-4711",
    "https://mobile.post.example/2026/03/ferry-sails-again-4711",
    "https://sp.post.example/2026/03/ferry-sails-again-4711//",
    "https://amp.post.example/2026/03/ferry-sails-again-4711",
    "https://www.m.post.example/2026/03/ferry-sails-again-4711",
    "https://post.example/2026/03/ferry-sails-again-4711/amp",
    "https://post.example/2026/03/ferry-sails-again-4711/amp/",
    "https://post.example/amp/2026/03/ferry-sails-again-4711",
    "https://post.example/2026/03/ferry-sails-again-4711.amp",
    "https://post.example/2026/03/ferry-sails-again-4711?amp",
    "https://post.example/2026/03/ferry-sails-again-4711/?amp=1",
    "https://post.example/2026/03/ferry-sails-again-4711?outputType=amp",
    "https://post.example/2026/03/ferry-sails-again-4711/index.html",
    "https://www.google.com/amp/s/www.post.example/2026/03/ferry-sails-again-4711/amp/?usqp=mq331AQ",
    "https://www.google.co.jp/amp/post.example/2026/03/ferry-sails-again-4711",
    "https://post-example.cdn.ampproject.org/c/s/post.example/2026/03/ferry-sails-again-4711?amp_js_v=0.1",
    "https://post-example.cdn.ampproject.org/v/s/amp.post.example/2026/03/ferry-sails-again-4711",
    "https://www-post-example.bing-amp.com/c/s/www.post.example/2026/03/ferry-sails-again-4711",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_spellings_of_one_address_have_one_key(url: str) -> None:
    assert key_of(url) == key_of(STORY) == "post.example/2026/03/ferry-sails-again-4711"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/?p=12", "https://post.example/?p=13"),
        ("https://post.example/?p=12", "https://post.example/"),
        ("https://post.example/news/12", "https://post.example/news/13"),
        ("https://post.example/News", "https://post.example/news"),
        ("https://post.example/read?id=1&page=2", "https://post.example/read?id=1"),
        ("https://post.example/guitars/amp", "https://post.example/guitars"),
        ("https://post.example/amp/fender", "https://post.example/fender"),
        ("https://post.example/amp", "https://post.example/"),
        ("https://post.example/best-guitar-amp.html", "https://post.example/best-guitar.html"),
        ("https://post.example/index-1.html", "https://post.example/1.html"),
        ("https://post.example/blog/index.php/ice", "https://post.example/blog/ice"),
        ("https://post.example/watch?m=1", "https://post.example/watch"),
        ("https://m.co.jp/1", "https://co.jp/1"),
        ("https://m.github.io/1", "https://github.io/1"),
        ("https://ann.blogspot.com/1", "https://m.blogspot.com/1"),
        ("https://en.example.org/ferry", "https://de.example.org/ferry"),
        ("https://www.google.com/amp/s/fender", "https://fender/"),
        ("https://post.example:8080/1", "https://post.example/1"),
    ],
)
def test_addresses_of_two_articles_have_two_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://en.m.wikipedia.org/wiki/Ferry", "en.wikipedia.org/wiki/Ferry"),
        ("http://ann.blogspot.com/2026/03/ice.html?m=1", "ann.blogspot.com/2026/03/ice.html"),
        ("https://post.example/2026/ferry-1.amp.html", "post.example/2026/ferry-1.html"),
        ("https://post.example/", "post.example"),
        ("https://post.example/index.php?p=12", "post.example?p=12"),
        ("urn:sha256:00ff", "urn:sha256:00ff"),
        ("The Harbour Post", "The Harbour Post"),
        ("", ""),
    ],
)
def test_a_key_is_the_address_without_what_tells_nothing(url: str, key: str) -> None:
    assert key_of(url) == key


hosts = st.sampled_from([
    "post.example", "www.post.example", "m.post.example", "en.m.post.example", "m.co.jp", "www.m.github.io",
    "google.de", "www.google.com", "x-y.cdn.ampproject.org", "127.0.0.1:80", "m.localhost:8000", "[::1]",
    "ann@m.post.example", "M.POST.example", "新聞.example", "post.example:443",
])  # fmt: skip
parts = st.sampled_from(
    ["amp", "amp", "s", "c", "v", "m", "www.post.example", "m.a.example", "ice-1", "ice", "12", "..", ".", "",
     "index.html", "index.php", "x.amp", "..amp", ".amp.html", "氷", "%41", "a b"]
)  # fmt: skip
queries = st.lists(st.sampled_from(["amp", "amp=1", "p=12", "m=1", "utm_source=x", "usqp=1", "", "a=/amp"]), max_size=3)
addresses = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{'/'.join(path)}" + (f"?{'&'.join(query)}" if query else ""),
    st.sampled_from(["http", "https", "HTTPS"]), hosts, st.lists(parts, max_size=6), queries,
)  # fmt: skip


@given(url=addresses | st.text(max_size=20).map("https://post.example/".__add__))
def test_the_key_of_a_key_is_that_key(url: str) -> None:
    key = key_of(url)

    assert key_of(f"https://{key}") == key


@given(text=st.text(max_size=30))
def test_any_text_has_a_key(text: str) -> None:
    assert isinstance(key_of(text), str)
    assert isinstance(typed_key(text), str)


@given(number=st.integers(0, 9999), other=st.integers(0, 9999), url=st.sampled_from(SPELLINGS))
def test_the_number_of_an_article_stays_in_its_key(number: int, other: int, url: str) -> None:
    one, two = (key_of(url.replace("4711", f"{each}")) for each in (number, other))

    assert (one == two) == (number == other)


def test_a_typed_address_needs_no_scheme() -> None:
    assert typed_key("www.post.example/feed/") == typed_key("http://post.example/feed") == "post.example/feed"
    assert typed_key("Harbour Post") == "Harbour Post"
