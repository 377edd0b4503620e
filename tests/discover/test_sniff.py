"""What a body is, whatever its server calls it."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.discover.sniff import kind_of
from newsreader.errors import ParseError
from newsreader.model.news import SourceKind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<rss version='2.0'>", SourceKind.FEED),
        (
            b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- c --><?xml-stylesheet href='x'?><feed xmlns='a'>",
            SourceKind.FEED,
        ),
        (b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'>", SourceKind.FEED),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), SourceKind.FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', SourceKind.FEED),
        (b"<?xml version='1.0'?><urlset>", SourceKind.SITEMAP),
        (b"<sitemapindex>", SourceKind.SITEMAP),
        (gzip.compress(b"<?xml version='1.0'?><urlset></urlset>"), SourceKind.SITEMAP),
        (b"<!DOCTYPE html><html lang=en>", SourceKind.FRONTPAGE),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='y'>", SourceKind.FRONTPAGE),
        (b"<div>fragment</div>", SourceKind.FRONTPAGE),
        (b"\n\n<!-- a -- b --><!doctype rss [<!ENTITY nbsp '&#160;'>]><rss>", SourceKind.FEED),
        (b"<!-- <rss> --><html>", SourceKind.FRONTPAGE),
    ],
)
def test_kind_of(body, kind):
    assert kind_of(body, "application/octet-stream") is kind
    assert kind_of(body, "text/html") is kind
    assert kind_of(body) is kind


def test_the_content_type_decides_for_a_feed_that_tells_late_what_it_is():
    body = b'{"title": "' + b"a" * 5000 + b'", "items": []}'

    assert kind_of(body, "application/feed+json; charset=utf-8") is SourceKind.FEED


def test_the_content_type_decides_for_text_without_tags():
    assert kind_of(b"Hello", "text/html; charset=utf-8") is SourceKind.FRONTPAGE


@pytest.mark.parametrize(
    "body", [b"", b"Hello", b"%PDF-1.7", b"\x89PNG\r\n", b'{"a": 1}', b"<?xml version='1.0'?><svg/>"]
)
def test_what_is_none_of_them_is_a_parse_error(body):
    with pytest.raises(ParseError, match="neither a web page nor a feed"):
        kind_of(body)


@given(st.binary(max_size=300), st.sampled_from([b"", b"<", b"<!--", b"<?xml", b"\x1f\x8b"]))
def test_noise_never_raises_but_a_parse_error(noise, start):
    try:
        found = kind_of(start + noise)
    except ParseError:
        return

    assert found in SourceKind


@pytest.mark.parametrize("start", ["<!---->", "<!-- -- -->", "<??>", "<!a>", "<![x>"])
def test_thousands_of_comments_are_passed_over_once(start):
    with pytest.raises(ParseError):
        kind_of(f"{start * 5000}<1".encode())
