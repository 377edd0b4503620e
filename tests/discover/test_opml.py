"""Lists of subscriptions as other readers write them; all of them invented."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.discover.opml import MOST_FOLDERS
from newsreader.discover.subscriptions import read_subscriptions
from newsreader.errors import ParseError
from newsreader.model.news import Source, SourceKind
from newsreader.present.as_opml import opml
from newsreader.text import clean

SITE = "https://lantern.example"


def outlines(body, version="2.0", encoding="UTF-8"):
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<opml version="{version}"><head/><body>{body}</body></opml>'


def read(text, encoding="utf-8"):
    return read_subscriptions(text.encode(encoding), "feeds.opml")


def read_one(text, encoding="utf-8"):
    (source,) = read(text, encoding).sources
    return source


def test_a_subscription_is_read_whole():
    text = outlines(
        f'<outline type="rss" text="The Lantern" title="Lantern" xmlUrl="{SITE}/feed.rss" htmlUrl="{SITE}/" '
        'language="en-gb" description="News of three islands" category="/islands,ferries"/>'
    )

    assert read_one(text) == Source(
        0, "The Lantern", f"{SITE}/feed.rss", f"{SITE}/", SourceKind.FEED, "en-gb", ("islands", "ferries")
    )


def test_folders_of_any_depth_become_tags_outermost_first():
    inner = f'<outline text="Sea"><outline text="a" xmlUrl="{SITE}/a" category="sea, Sea"/></outline>'
    text = outlines(f'<outline title="Islands">{inner}</outline><outline text="b" xmlUrl="{SITE}/b"/>')

    assert [(source.name, source.tags) for source in read(text).sources] == [
        ("a", ("Islands", "Sea", "sea")),
        ("b", ()),
    ]


def test_folders_without_end_give_tags_with_an_end():
    depth = 200
    folders = "".join(f'<outline text="t{number}">' for number in range(depth))
    text = outlines(f'{folders}<outline xmlUrl="{SITE}/a"/>{"</outline>" * depth}')

    assert len(read_one(text).tags) == MOST_FOLDERS


def test_a_document_nested_deeper_than_any_stack_is_read_as_far_as_it_goes():
    text = outlines(f'<outline text="a" xmlUrl="{SITE}/a"/>' + '<outline text="x">' * 50_000)

    assert read_one(text).name == "a"


def test_attributes_without_end_cost_no_more_than_their_number():
    """Minutes, if their values are asked of lxml all at once."""
    many = " ".join(f'a{number}=""' for number in range(200_000))

    assert read_one(outlines(f'<outline {many} text="a" xmlUrl="{SITE}/a"/>')).name == "a"


@pytest.mark.parametrize(
    "outline",
    [
        f'<outline TEXT="a" XMLURL="{SITE}/a"/>',  # the case of attributes
        f'<OUTLINE text="a" xmlurl="{SITE}/a"></OUTLINE>',
        f'<outline title="a" xmlUrl=" {SITE}/a\n"/>',
        f'<outline type="rss" text="a" url="{SITE}/a"/>',  # the address where OPML has that of a link
        '<outline text="a" xmlUrl="feed://lantern.example/a"/>',
        f'<outline text="a" xmlUrl="feed:{SITE}/a"/>',
        f'<outline text="a" xmlUrl="{SITE}/a" type="rss" isComment="false" unknown=""/>',
        f'<outline text=""><outline text="a" xmlUrl="{SITE}/a"/></outline>',  # a folder without a name
        f'<outline type="rss" text="a" xmlUrl="{SITE}/a"><outline text="a note"/></outline>',
    ],
)
@pytest.mark.parametrize("version", ["1.0", "1.1", "2.0"])
def test_quirks_of_readers(outline, version):
    source = read_one(outlines(outline, version))

    assert (source.name, source.url.partition("://")[2], source.tags) == ("a", "lantern.example/a", ())


@pytest.mark.parametrize(
    "text",
    [
        f'<opml><body><outline text="Fish & Chips" xmlUrl="{SITE}/a?b=1&c=2"></body>',  # bare &, a tag left open
        f'\n\n<opml><outline text="Fish &amp; Chips" xmlUrl="{SITE}/a?b=1&amp;c=2"/>',  # no end at all
        f'<!DOCTYPE opml [<!ENTITY x "y">]><opml><outline text="Fish \x0b& Chips" xmlUrl="{SITE}/a?b=1&c=2"/></opml>',
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(text):
    source = read_one(text)

    assert (source.name, source.url) == ("Fish & Chips", f"{SITE}/a?b=1&c=2")


def test_a_namespace_that_opml_does_not_have():
    text = f'<opml xmlns="http://opml.org/spec2" version="2.0"><outline text="a" xmlUrl="{SITE}/a"/></opml>'

    assert read_one(text).name == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "shift_jis", "euc_jp"])
def test_encodings(encoding):
    text = outlines(f'<outline text="三島灯報" xmlUrl="{SITE}/"/>', encoding=encoding.removesuffix("-sig"))

    assert read_one(text, encoding).name == "三島灯報"


def test_an_external_entity_is_no_name(tmp_path):
    (tmp_path / "secret").write_text("secret")
    entity = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    text = f'{entity}<opml><outline text="a &x;" xmlUrl="{SITE}/a"/></opml>'

    assert "secret" not in read_one(text).name


def test_what_is_no_address_is_told_apart():
    entries = ["exec:/bin/date", "feed.rss", "ftp://lantern.example/feed", "file:///etc/passwd"]
    text = outlines("".join(f'<outline text="x" xmlUrl="{entry}"/>' for entry in entries))

    assert read(text) == ([], entries)


def test_links_and_notes_are_no_subscriptions():
    text = outlines(f'<outline type="link" text="a page" url="{SITE}/"/><outline text="a note"/>')

    assert read(text) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n# nothing but a comment\n",
        b"Dear reader,\n\nthese are no addresses.\n",
        b"<html><p>A page</p></html>",
        b"<rss version='2.0'><channel/></rss>",
        b"<",
        bytes(range(256)),
    ],
)
def test_what_is_no_list_is_said_to_be_none(body):
    with pytest.raises(ParseError) as caught:
        read_subscriptions(body, "feeds.txt")

    assert "feeds.txt" in caught.value.message
    assert caught.value.hint


URLS = f"""# my feeds

{SITE}/a
{SITE}/b islands "of the sea" ! "!hidden" "~The \\"Lantern\\""   # a comment
  {SITE}/c	"~"
"query:Unread:unread = \\"yes\\""
exec:~/bin/tide.sh sea
filter:~/bin/mend:{SITE}/d
"{SITE}/e#top" "left open
"""


def test_urls_of_newsboat():
    found = read_subscriptions(URLS.encode(), "urls")

    assert [(source.url, source.name, source.tags) for source in found.sources] == [
        (f"{SITE}/a", "", ()),
        (f"{SITE}/b", 'The "Lantern"', ("islands", "of the sea", "hidden")),
        (f"{SITE}/c", "", ()),
        (f"{SITE}/e#top", "", ("left open",)),
    ]
    assert found.wrong == ['query:Unread:unread = "yes"', "exec:~/bin/tide.sh", f"filter:~/bin/mend:{SITE}/d"]


def test_a_plain_list_with_the_line_ends_of_windows():
    found = read_subscriptions(f"\ufeff{SITE}/a\r\n{SITE}/b\r\n".encode(), "list.txt")

    assert [source.url for source in found.sources] == [f"{SITE}/a", f"{SITE}/b"]


# --- what is written comes back

words = st.text(min_size=1).map(clean).filter(bool)
sources = st.tuples(
    st.just(0),
    words,
    st.integers(0, 10**6).map(lambda number: f"{SITE}/feed?id={number}&a=<b>"),
    st.sampled_from([None, f"{SITE}/"]),
    st.sampled_from(SourceKind),
    st.sampled_from([None, "ja", "zh-Hant"]),
    st.lists(words | st.sampled_from(["a,b", "/a/", "TCP/IP", "a"]), max_size=4, unique=True).map(tuple),
).map(lambda values: Source(*values))


@given(st.lists(sources, max_size=5))
def test_every_source_comes_back_as_it_was(told):
    found = read_subscriptions(opml(told).encode(), "feeds.opml")

    assert sorted(found.sources, key=repr) == sorted(told, key=repr)
    assert found.wrong == []


def test_a_tag_gives_one_folder_with_all_its_sources():
    told = [Source(0, name, f"{SITE}/{name}", tags=("sea",)) for name in ("a", "b")]

    assert opml(told).count('<outline text="sea"') == 1


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_anything_but_a_parse_error(body):
    for start in (b"", b"<opml><outline xmlUrl='", b"https://lantern.example/ "):
        with suppress(ParseError):
            read_subscriptions(start + body, "x")
