"""Feeds as they are in the wild: old formats, odd spelling, links and texts in all places, hostile entities."""

import json

import pytest

from newsreader.dates import to_iso
from newsreader.discover.feeds import Feed, read_feed
from newsreader.model.news import Headline

URL = "https://news.example/feeds/all.xml"
NAMESPACES = (
    "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
)
RDF = "xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"


def rss(inside: str) -> Feed:
    body = f"<?xml version='1.0'?><rss version='2.0' {NAMESPACES}><channel><title>T</title>{inside}</channel></rss>"
    return read_feed(body.encode(), URL)


def item(inside: str) -> Headline:
    return rss(f"<item><title>A</title><link>/1</link>{inside}</item>").headlines[0]


def entry(inside: str) -> Headline:
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title>{inside}</entry></feed>"
    return read_feed(body.encode(), URL).headlines[0]


ITEM = "<item><title>A</title><link>/a</link></item>"
ENTRY = '<title>T</title><entry><title>A</title><link href="/a"/></entry>'


@pytest.mark.parametrize(
    "body",
    [
        f"<r:RDF {RDF} xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>T</title></channel>{ITEM}</r:RDF>",
        f"<rss version='0.91'><channel><title>T</title>{ITEM}</channel></rss>",
        f"<r:RDF {RDF} xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel>{ITEM}</r:RDF>",
        f"<Channel xmlns='http://purl.org/net/rss1.1#'><title>T</title><items>{ITEM}</items></Channel>",
        f"<rss xmlns='http://backend.userland.com/rss2'><channel><title>T</title>{ITEM}</channel></rss>",
        f"<rss><channel><title>T</title>{ITEM}</channel></rss>".upper().replace("/A<", "/a<"),
        f"<rss><channel><title>T</title></channel>{ITEM}</rss>",
        f"<rss><channel><title>T</title>{ITEM.removesuffix('</item>')}<item></channel></rss>",
        f"<rss><channel><title>T</title>{ITEM}<item><title>B</title><desc",
        f"<o:rss xmlns:o='http://purl.org/rss/1.0/'><o:channel><o:title>T</o:title>{ITEM}</o:channel></o:rss>",
        f"<feed xmlns='http://purl.org/atom/ns#' version='0.3'>{ENTRY}</feed>",
        f"<feed xmlns='https://www.w3.org/2005/Atom/'>{ENTRY}</feed>",
        f"<feed>{ENTRY}</feed>",
        '{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [{"url": "/a", "title": "A"}]}',
    ],
)
def test_every_format_and_spelling_is_read(body):
    feed = read_feed(body.encode(), URL)

    assert feed.title == "T"
    assert [(one.url, one.title) for one in feed.headlines] == [("https://news.example/a", "A")]


def test_a_feed_may_be_empty():
    assert rss("").headlines == ()


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>/a?utm_source=rss</link>", "https://news.example/a"),
        ("<link> <![CDATA[ https://news.example/a ]]> </link>", "https://news.example/a"),
        ("<link>//news.example/a</link>", "https://news.example/a"),
        ("<link href='/a'/>", "https://news.example/a"),
        ("<atom:link rel='self' href='/feed'/><link>/a</link>", "https://news.example/a"),
        ("<atom:link href='/b'/><link>/a</link>", "https://news.example/a"),
        ("<link>https://proxy.example/~r/1</link><feedburner:origLink>/a</feedburner:origLink>", "https://news.example/a"),
        ("<link>https://www.google.com/url?ct=ga&amp;url=https://post.example/a%3Fx%3D1</link>", "https://post.example/a?x=1"),
        ("<link>http://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fpost.example%2fa</link>", "https://post.example/a"),
        ("<link>https://share.example/?url=https://post.example/a</link>", "https://share.example/?url=https://post.example/a"),
        ("<link>https://news.google.com/rss/articles/CBM?oc=5</link>", "https://news.google.com/rss/articles/CBM?oc=5"),
        ("<guid>https://news.example/a</guid>", "https://news.example/a"),
        ("<guid isPermaLink='TRUE'> https://news.example/a </guid>", "https://news.example/a"),
        ("<guid isPermaLink='false'>https://news.example/a</guid>", None),
        ("<guid ispermalink='False'>https://news.example/a</guid>", None),
        ("<guid>1234</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        (f"<link>/{'a' * 9000}</link>", None),
    ],
)  # fmt: skip
def test_the_address_of_an_item(inside, url):
    assert [one.url for one in rss(f"<item><title>A</title>{inside}</item>").headlines] == ([url] if url else [])


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link rel='replies' href='/r'/><link rel='via' href='/v'/><link href='/a'/>", "/a"),
        ("<link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>", "/a"),
        ("<link rel='alternate' type='application/json' href='/a.json'/><link type='text/html' href='/a'/>", "/a"),
        ("<link rel='self' href='/s'/><id>https://news.example/a</id>", "/a"),
        ("<link xml:base='/x/y/' href='../a'/>", "/x/a"),
    ],
)
def test_the_address_of_an_entry(inside, url):
    assert entry(inside).url == f"https://news.example{url}"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&lt;b&gt;Bold&lt;/b&gt; text", "Bold text"),
        ("&amp;lt;i&amp;gt;Twice&amp;lt;/i&amp;gt; escaped", "Twice escaped"),
        ("<b>Inline</b> markup", "Inline markup"),
        ("<![CDATA[ Bread &amp; butter ]]>", "Bread & butter"),
        ("1 &lt; 2 &amp;&amp; 3 > 2", "1 < 2 && 3 > 2"),
        ("Caf&eacute; &LT;b&GT; &unknown; &", "Café &unknown; &"),
        ("a\x0bb&#x1;c", "abc"),
    ],
)
def test_a_title(written, title):
    feed = rss(f"<item><title>{written}</title><link>/1</link></item>")

    assert feed.headlines[0].title == title


@pytest.mark.parametrize(
    ("inside", "html", "summary"),
    [
        ("<description>&amp;lt;p&amp;gt;A&amp;lt;/p&amp;gt;</description>", "<p>A</p>", "A"),
        ("<description><p>Raw <b>tags</b></p></description>", "<p>Raw <b>tags</b></p>", "Raw tags"),
        ("<description xmlns:h='http://www.w3.org/1999/xhtml'><h:p>A</h:p></description>", "<p>A</p>", "A"),
        ("<description>Short</description><content:encoded>&lt;p&gt;Long</content:encoded>", "<p>Long", "Short"),
        ("<content:encoded> </content:encoded><description>Short</description>", "Short", "Short"),
        ("<description>a<!-- b --><![CDATA[<script>c</script> d]]></description>", "a<script>c</script> d", "a d"),
        ("<body xmlns='http://www.w3.org/1999/xhtml'>All</body>", "All", "All"),
    ],
)  # fmt: skip
def test_the_text_of_an_item(inside, html, summary):
    assert (item(inside).html, item(inside).summary) == (html, summary)


def test_a_summary_is_cut_at_a_space_whatever_the_length_of_the_html():
    thin = item(f"<description><![CDATA[{'<p class=x>' * 300}{'word ' * 400}]]></description>")
    plain = item(f"<description>{'word ' * 400}</description>")

    assert thin.summary == plain.summary == "word " * 98 + "word…"


@pytest.mark.parametrize(
    ("inside", "image"),
    [
        ("<media:group><media:content url='/v.mp4' type='video/mp4'/><media:thumbnail url='/t'/></media:group>", "/t"),
        ("<media:content url='/v.mp4' medium='video'><media:thumbnail url='/t'/></media:content>", "/t"),
        ("<media:thumbnail url='/small'/><media:content url='/large' medium='image'/>", "/large"),
        ("<enclosure url='/a.mp3' type='audio/mpeg'/><enclosure url='/p.jpg' type='image/jpeg'/>", "/p.jpg"),
        ("<description>&lt;img src='/pixel' width='1'&gt;&lt;img src='/p.jpg'&gt;</description>", "/p.jpg"),
    ],
)
def test_the_picture_of_an_item(inside, image):
    assert item(inside).image == f"https://news.example{image}"


@pytest.mark.parametrize(
    ("inside", "authors"),
    [
        ("<author>desk@news.example (Ann Example)</author>", ("Ann Example",)),
        ("<author>Ann Example (desk@news.example)</author>", ("Ann Example",)),
        ("<author>Ann Example &lt;desk@news.example&gt;</author>", ("Ann Example",)),
        ("<author>desk@news.example</author>", ()),
        ("<author><name>Ann</name><email>desk@news.example</email></author>", ("Ann",)),
        ("<dc:creator>Ann</dc:creator><dc:creator>Ann</dc:creator>", ("Ann",)),
        ("<dc:creator>A</dc:creator>" * 9 + "".join(f"<author>{at}</author>" for at in range(90)), tuple("0123456789")),
    ],
)
def test_the_authors_of_an_item(inside, authors):
    assert item(inside).authors[:10] == authors
    assert len(item(inside).authors) <= 50


def test_prefixes_are_known_by_their_namespace_or_by_their_usual_name():
    declared = (
        "<d:creator xmlns:d='http://purl.org/dc/elements/1.1/'>Ann</d:creator>"
        "<m:thumbnail xmlns:m='http://search.yahoo.com/mrss' url='/t'/>"
        "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>Text</c:encoded>"
    )
    undeclared = "<dc:creator>Ann</dc:creator><media:thumbnail url='/t'/><content:encoded>Text</content:encoded>"
    feeds = [rss(f"<item><link>/1</link>{inside}</item>") for inside in (declared, undeclared)]

    assert {(one.authors, one.image, one.html) for feed in feeds for one in feed.headlines} == {
        (("Ann",), "https://news.example/t", "Text")
    }


def test_an_entry_that_tells_only_its_change_was_published_then_and_the_epoch_is_no_date():
    assert (
        to_iso(entry("<link href='/1'/><updated>2026-08-01T10:30:00Z</updated>").published)
        == "2026-08-01T10:30:00+00:00"
    )
    assert item("<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>").published is None
    assert to_iso(item("<PUBDATE>Sat, 01 Aug 2026</PUBDATE>").published) == "2026-08-01"


@pytest.mark.parametrize(("said", "language"), [("en_us", "en-us"), ("ja", "ja"), ("English", None), ("", None)])
def test_a_language_is_a_tag(said, language):
    assert rss(f"<language>{said}</language>").language == language


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"), ("utf-16", "utf-8")]
)
def test_utf_16_is_read_with_and_without_a_mark(encoding, declared):
    body = f"<?xml version='1.0' encoding='{declared}'?><rss><channel><title>港の新聞</title></channel></rss>"

    assert read_feed(body.encode(encoding), URL).title == "港の新聞"


def test_one_broken_byte_does_not_change_the_encoding():
    text = "市議会は予算案を可決した。" * 20
    body = (
        f"<rss><channel><title>港の新聞</title><description>{text}".encode() + b"\xe3\x81</description></channel></rss>"
    )

    assert read_feed(body, URL, "text/xml; charset=utf-8").title == "港の新聞"


def test_plain_text_of_a_json_feed_is_no_markup():
    body = {"items": [{"url": "/1", "title": "A", "content_text": "if a <b and c> d & e"}]}

    assert read_feed(json.dumps(body).encode(), URL).headlines[0].summary == "if a <b and c> d & e"


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>",
        "<!-- <rss> --><!DOCTYPE rss [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
        "<?style x?>\n<!DOCTYPE rss [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p; <!ENTITY b 'aaaa'>]>",
    ],
)
def test_no_entity_is_resolved_in_text_or_attributes(head):
    body = f"<?xml version='1.0'?>{head}<rss><item><title>&b;</title><link>/1</link><category term='&b;'/></item></rss>"
    found = read_feed(body.encode(), URL).headlines[0]

    assert (found.title, found.tags) == ("&b;", ("&b;",))
