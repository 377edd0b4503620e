"""Addresses are resolved and known again as documented."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader import urls

HOSTILE = st.text(st.characters(exclude_categories=()), max_size=40)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(
        ["http://example.org", "HTTPS://User@Example.ORG:443", "http://[::1]:8080", "https://日本語.example"]
    ),
    st.sampled_from(["", "/", "/a/../b", "/./"]),
    HOSTILE,
    st.sampled_from(["", "?utm_source=x&b=2&a=1", "?a=%7e%zz", "#top"]),
)


@given(ADDRESSES)
@example("http://example.org/%2541/%e3%81")
@example("http://example.org/a//../..//b/.")
def test_canonical_is_idempotent_and_plain(url):
    found = urls.canonical(url)

    assert found == urls.canonical(found)
    if urls.is_address(url):
        assert found.isprintable()


@given(HOSTILE, ADDRESSES)
def test_resolve_never_raises_and_finds_only_the_web(href, base):
    found = urls.resolve(href, base)

    assert found is None or found.lower().startswith(("http://", "https://"))


LINKS = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        ["", "/", "//", "http://example.org", "https://a.example", "https://a.example.", "https://A.example/"]
    ),
    st.text("aZ09-._~%!$&'()*+,;=:@/?#[]\\|^`{}<>\" ", max_size=12),
    st.sampled_from(["", "/.", "/..", "/b/../c", ";", "?", "#", "?a=1", "?a=1#b", "/.well"]),
)
PAGES = st.sampled_from(
    ["https://a.example", "https://a.example/", "https://a.example/b/c?d#e", "HTTP://a.example:80/b", "https://a@b", ""]
)


@given(LINKS, PAGES)
@example("/a", "https://a.example?b")
@example("https://" + "a" * 260 + "/", "")
def test_a_link_resolves_the_same_whether_it_needs_work_or_not(href, base):
    assert urls.resolve(href, base) == urls.resolve(f"\n{href}", base)


@given(LINKS)
@example("https://" + "a" * 260 + "/")
def test_an_address_has_the_same_canonical_form_whether_it_needs_work_or_not(url):
    assert urls.canonical(url) == urls.canonical(f"\n{url}")


@given(HOSTILE)
def test_questions_of_addresses_never_raise(text):
    assert isinstance(urls.host_of(text), str)
    assert isinstance(urls.site_of(text), str)
    assert isinstance(urls.canonical(text), str)
    assert urls.is_address(text) in (True, False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG:80/Path/", "http://example.org/Path/"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/?utm_source=x&id=7&fbclid=y&page=2", "https://example.org/?id=7&page=2"),
        ("https://example.org/?b=2&a=1&&", "https://example.org/?b=2&a=1"),
        ("https://example.org/?UTM_Medium=x", "https://example.org/"),
        ("https://example.org/a?ref=rss", "https://example.org/a"),
        ("https://example.org/a?ref=main", "https://example.org/a?ref=main"),
        ("https://example.org/%7Euser/%e6%97%a5", "https://example.org/~user/%E6%97%A5"),
        ("https://example.org/日本?q=東", "https://example.org/%E6%97%A5%E6%9C%AC?q=%E6%9D%B1"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://例え.example/", "https://xn--r8jz45g.example/"),
        ("https://example.org./", "https://example.org/"),
        ("  https://exa\nmple.org/a b ", "https://example.org/a%20b"),
        ("https://me:secret@example.org/", "https://me:secret@example.org/"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_canonical(url, expected):
    assert expected == urls.canonical(url)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("story", "https://example.org/news/story"),
        ("/story", "https://example.org/story"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("?page=2", "https://example.org/news/?page=2"),
        (" /a\n b ", "https://example.org/a%20b"),
        ("\\story", "https://example.org/story"),
        ("http://other.example/#x", "http://other.example/#x"),
        ("", None),
        ("mailto:desk@example.org", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[broken", None),
        ("http://", None),
        ("http://example.org:99999/", None),
        ("ftp://example.org/", None),
    ],
)
def test_resolve(href, expected):
    assert expected == urls.resolve(href, "https://example.org/news/")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://news.example.co.jp/", "example.co.jp"),
        ("https://www.example.com.tw/", "example.com.tw"),
        ("https://a.b.example.de/", "example.de"),
        ("https://ann.blogspot.com/", "ann.blogspot.com"),
        ("https://ann.github.io/x", "ann.github.io"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000"),
        ("http://localhost:8000/", "localhost:8000"),
        ("http://localhost/", "localhost"),
        ("http://[::1]:8000/", "[::1]:8000"),
        ("https://co.jp/", "co.jp"),
        ("not an address", ""),
    ],
)
def test_site_of(url, site):
    assert site == urls.site_of(url)


def test_same_site_needs_two_addresses_of_one_domain():
    assert urls.same_site("https://www.example.org/", "http://m.example.org/x")
    assert not urls.same_site("https://example.co.jp/", "https://other.co.jp/")
    assert not urls.same_site("nothing", "nothing")


def test_host_of_is_ascii_without_port():
    assert urls.host_of("HTTP://例え.EXAMPLE:8080/") == "xn--r8jz45g.example"
    assert urls.host_of("mailto:a@b") == ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://example.org/news", True),
        (" http://127.0.0.1:8000 ", True),
        ("example.org", False),
        ("page.html", False),
        ("https://", False),
        ("https://two words", False),
        ("file:///etc/passwd", False),
        ("42", False),
    ],
)
def test_is_address(typed, expected):
    assert expected is urls.is_address(typed)
