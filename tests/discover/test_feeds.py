"""Feeds of every kind, broken ones too, become headlines or a ParseError."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsreader.dates import to_iso
from newsreader.discover.feeds import read_feed
from newsreader.errors import ParseError
from newsreader.extract.feedtext import article_from_headline

URL = "https://news.example/feeds/all.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Harbour Post</title><link>https://news.example/</link><atom:link rel="self" href="/feeds/all.xml"/>
<description>d</description><language>en-GB</language><ttl>30</ttl>
<item><title>Ferry &amp;amp; bridge &lt;b&gt;reopen&lt;/b&gt;</title><link>/story/1?utm_source=rss</link>
<guid isPermaLink="false">g-1</guid><pubDate>Fri, 01 Aug 2025 10:30:00 +0900</pubDate>
<dc:creator>Ann Example</dc:creator><dc:creator>Bo Example</dc:creator>
<author>desk@news.example (Cy Example)</author><category>Harbour</category>
<category>Bridges</category><description>&lt;p&gt;Traffic is &lt;i&gt;back&lt;/i&gt;.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Traffic is <i>back</i> & calm.</p><img src="/ferry.jpg">]]></content:encoded>
<media:thumbnail url="/thumb.jpg"/></item>
<item><title>Second &eacute;t&eacute; & more</title><guid>https://news.example/story/2</guid>
<pubDate>2025年8月1日 10:30</pubDate></item>
<item><title>No address at all</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/de/" xml:lang="de">
<title type="html">Hafen &amp;amp; Meer</title><link rel="self" href="feed"/><link href="/"/>
<author><name>Redaktion</name></author>
<entry xml:base="2025/">
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Die <b>Fähre</b> fährt</div></title>
<link rel="edit" href="edit/1"/><link rel="enclosure" type="image/png" href="bild.png"/>
<link rel="alternate" href="faehre"/>
<id>tag:news.example,2025:1</id><published>2025-08-01</published><updated>2025-08-01T10:30:00+02:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Sie fährt <a href="x">wieder</a>.</p></div></content>
<category term="h" label="Hafen"/></entry>
<entry><title>Zweite</title><link href="https://news.example/zwei"/><author><name>Ann</name></author>
<author><name>Bo</name></author>
<summary type="html">&lt;p&gt;Kurz&lt;/p&gt;</summary><updated>2025-08-02T00:00:00Z</updated></entry></feed>"""

RDF = """<?xml version="1.0" encoding="EUC-JP"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://news.example/"><title>港の新聞</title><link>https://news.example/</link>
<dc:language>ja</dc:language>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="https://news.example/1"><title>船が戻る</title><dc:date>2025-08-01 10:30</dc:date></item></rdf:RDF>"""


def test_rss_is_read_whole():
    feed = read_feed(RSS.encode(), URL)
    first, second = feed.headlines

    assert feed[:4] == ("The Harbour Post", "https://news.example/", "en-GB", 30)
    assert first.url == "https://news.example/story/1"
    assert first.title == "Ferry & bridge reopen"
    assert first.summary == "Traffic is back ."
    assert first.html == '<p>Traffic is <i>back</i> & calm.</p><img src="/ferry.jpg">'
    assert to_iso(first.published) == "2025-08-01T10:30:00+09:00"
    assert first.authors == ("Cy Example", "Ann Example", "Bo Example")
    assert first.tags == ("Harbour", "Bridges")
    assert first.image == "https://news.example/thumb.jpg"
    assert (first.language, first.feed_id) == ("en-GB", "g-1")
    assert (second.url, second.title) == ("https://news.example/story/2", "Second été & more")
    assert to_iso(second.published) == "2025-08-01T10:30:00+01:00"


def test_atom_is_read_against_its_xml_base():
    feed = read_feed(ATOM.encode(), URL)
    first, second = feed.headlines

    assert feed[:4] == ("Hafen & Meer", "https://news.example/", "de", None)
    assert first.url == "https://news.example/de/2025/faehre"
    assert first.title == "Die Fähre fährt"
    assert '<p>Sie fährt <a href="x">wieder</a>.</p>' in first.html
    assert (to_iso(first.published), to_iso(first.updated)) == ("2025-08-01", "2025-08-01T10:30:00+02:00")
    assert (first.authors, first.tags) == (("Redaktion",), ("Hafen",))
    assert first.image == "https://news.example/de/2025/bild.png"
    assert second.authors == ("Ann", "Bo")
    assert (second.summary, second.language) == ("Kurz", "de")


def test_rdf_in_the_encoding_it_declares_with_the_zone_of_its_language():
    feed = read_feed(RDF.encode("euc-jp"), URL)

    assert feed[:4] == ("港の新聞", "https://news.example/", "ja", 30)
    assert [headline.title for headline in feed.headlines] == ["船が戻る"]
    assert to_iso(feed.headlines[0].published) == "2025-08-01T10:30:00+09:00"


def test_json_feed_survives_values_of_wrong_types():
    items = [
        {"id": 7, "url": "/a", "title": "A &amp; B", "content_html": "<p>Text</p><img src='/i.png'>", "tags": ["x", 3]},
        {
            "id": "https://news.example/b",
            "authors": [{"name": "Ann"}, 5],
            "date_published": "2025-08-01T10:30:00+09:00",
        },
        {"id": "no address"},
        "nonsense",
        None,
    ]
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "home_page_url": "/",
        "language": 5,
        "items": items,
    }
    feed = read_feed(json.dumps(body).encode("utf-8-sig"), "https://news.example/feed.json")

    assert [headline.url for headline in feed.headlines] == ["https://news.example/a", "https://news.example/b"]
    assert feed.headlines[0].title == "A & B"
    assert feed.headlines[0].image == "https://news.example/i.png"
    assert feed.headlines[0].tags == ("x",)
    assert feed.headlines[1].authors == ("Ann",)
    assert to_iso(feed.headlines[1].published) == "2025-08-01T10:30:00+09:00"


def wrapped(title: str, head: str = "") -> str:
    return (
        f"{head}<rss version='2.0'><channel><title>T</title><item><title>{title}</title>"
        "<link>https://news.example/1</link></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"\xef\xbb\xbf" + wrapped("Été").encode(), "Été"),
        (b"\n\n  " + wrapped("Été", "<?xml version='1.0'?>").encode(), "Été"),
        (wrapped("Été", "<?xml version='1.0' encoding='iso-8859-1'?>").encode(), "Été"),
        (wrapped("Été à la plage", "<?xml version='1.0' encoding='iso-8859-1'?>").encode("latin-1"), "Été à la plage"),
        (wrapped("Été", "<?xml version='1.0' encoding='utf-16'?>").encode("utf-16"), "Été"),
        (
            wrapped("港の船が戻りました", "<?xml version='1.0' encoding='Shift_JIS'?>").encode("cp932"),
            "港の船が戻りました",
        ),
        (wrapped("AT&T and R&D").encode(), "AT&T and R&D"),
        (wrapped("a&nbsp;b &rarr; c").encode(), "a b → c"),
        (wrapped("bell\x07 and \x00zero").encode(), "bell and zero"),
        (wrapped("The &lt;video&gt; element").encode(), "The <video> element"),
        (wrapped("x").encode() + b"<!-- trailing junk", "x"),
        (b"<b>PHP warning</b><br>\n" + wrapped("x", "<?xml version='1.0'?>").encode(), "x"),
        (b"<b>PHP warning</b><br>\n" + wrapped("x").encode(), "x"),
    ],
)
def test_broken_feeds_are_read_as_well_as_they_can_be(body, title):
    assert [headline.title for headline in read_feed(body, URL).headlines] == [title]


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY a SYSTEM "http://127.0.0.1:9/">'],
)
def test_entities_are_never_resolved(declared):
    head = f"<?xml version='1.0'?><!DOCTYPE rss [{declared}<!ENTITY b '&a;&a;&a;&a;'>]>"
    feed = read_feed(wrapped("&a;&b;", head).encode(), URL)

    assert [headline.title for headline in feed.headlines] == ["&a;&b;"]


def test_a_document_type_without_entities_is_no_hindrance():
    head = '<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.example/rss.dtd">'

    assert read_feed(wrapped("x", head).encode(), URL).headlines[0].title == "x"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><p>Hello & good-bye", "a web page"),
        (b"<!DOCTYPE rss [" * 20_000, "not XML"),
        (b"", "not XML"),
        (b"   ", "not XML"),
        (b"just text", "not XML"),
        (b"<!doctype html><html><body>Hello</body></html>", "a web page"),
        (b"<!DOCTYPE html><title>Hello</title><p>A page may leave out its html", "a web page"),
        (b"<?xml version='1.0'?><urlset/>", "a sitemap"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "another kind"),
        (b'{"items": 3}', "not a JSON Feed"),
        (b'{"items": [', "broken"),
        (b'{"a":' * 100_000, "broken"),
    ],
)
def test_anything_else_is_a_parse_error_that_says_what_it_is(body, words):
    with pytest.raises(ParseError, match=words) as caught:
        read_feed(body, URL)

    assert caught.value.message.startswith(URL)


def test_deep_nesting_and_many_entries_are_no_danger():
    deep = read_feed(wrapped("x").encode().replace(b"</item>", b"<a>" * 100_000 + b"</item>"), URL)
    many = b"".join(b"<item><title>t</title><link>https://news.example/%d</link></item>" % at for at in range(20_000))

    assert deep.headlines[0].title == "x"
    assert len(read_feed(b"<rss><channel>" + many + b"</channel></rss>", URL).headlines) == 20_000
    assert len(read_feed(b"<rss><channel>" + many * 2 + b"</channel></rss>", URL, most=50).headlines) == 50
    assert len(read_feed(b"<rss><channel>" + many[:5000] + b"</channel></rss>", URL, most=7).headlines) == 7


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><item><link>/1</link></item><item><link>/2</link></item><item><link>/3</link></item></channel></rss>",
        "<feed><entry><link href='/1'/></entry><entry><link href='/2'/></entry><entry><link href='/3'/></entry></feed>",
        '{"items": [{"url": "/1"}, {"url": "/2"}, {"url": "/3"}]}',
    ],
)
def test_only_the_first_entries_are_read_if_only_those_are_wanted(feed):
    assert [headline.url[-2:] for headline in read_feed(feed.encode(), URL, most=2).headlines] == ["/1", "/2"]


def test_no_text_of_a_feed_reaches_the_terminal_as_a_control():
    feed = read_feed(wrapped("&#27;[31mred&#x202E; \u202egone").encode(), URL)

    assert feed.headlines[0].title == "[31mred gone"


JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "/1", "title": "A", "content_html": "<p>Text</p>", "date_published": "2025-08-01"}
        ],
    }
)
JUNK = (
    *("&", "&nbsp;", "&#0;", "<", ">", "]]>", "<![CDATA[", "<!--", "<?xml ?>", "<!DOCTYPE x [", "</item>", "<item>"),
    *(
        "<x:y>",
        "<entry>",
        "<media:group>",
        "\x00",
        "\x1b$B",
        "\ufffe",
        "\ud800",
        "{",
        "[",
        "null",
        '"',
        "xml:base='::'",
    ),
)
CHANGE = st.tuples(st.sampled_from(["cut", "put", "double"]), st.integers(0, 2500), st.integers(0, 90), st.integers(0))


def mutated(feed: str, changes: list[tuple[str, int, int, int]]) -> bytes:
    """A feed with stretches of it taken out, doubled, or junk put in."""
    for how, place, size, pick in changes:
        at = place % (len(feed) + 1)
        rest = feed[at + size :] if how == "cut" else feed[at:]
        inner = {"cut": "", "put": JUNK[pick % len(JUNK)], "double": feed[at : at + size]}[how]
        feed = feed[:at] + inner + rest
    return feed.encode("utf-8", "surrogatepass")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150, deadline=None)
@given(
    st.sampled_from([RSS, ATOM, RDF, JSON]), st.lists(CHANGE, max_size=6), st.integers(0, 2500), st.binary(max_size=4)
)
@example(RSS, [("cut", 0, 3000, 0)], 0, b"")
def test_mutated_feeds_never_raise_but_a_parse_error(feed, changes, at, noise):
    body = mutated(feed, changes)
    try:
        found = read_feed(body[:at] + noise + body[at:], URL)
    except ParseError:
        return

    for headline in found.headlines:
        article = article_from_headline(headline)

        assert headline.url.startswith("http")
        assert article.title == headline.title


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"<rss>", b"<?xml", b"{", b'{"items":[', b"\xff\xfe", b"\x1f\x8b"])
)
def test_noise_is_a_parse_error_or_an_empty_feed(noise, start):
    try:
        found = read_feed(start + noise, URL)
    except ParseError:
        return

    assert isinstance(found.headlines, tuple)
