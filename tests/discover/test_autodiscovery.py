"""What a page tells about its site."""

import pytest

from newsreader.discover.autodiscovery import Found, find_feeds, forwards_to, page_language, site_title
from newsreader.model.news import SourceKind

URL = "https://news.example/world/"


def page(head: str = "", body: str = "", html: str = "<html>") -> bytes:
    return f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>".encode()


def test_the_feeds_of_a_section_come_first_then_declared_ones_then_anchors_and_comments_last():
    found = find_feeds(
        page(
            '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
            '<link rel="ALTERNATE feed" type="application/atom+xml; charset=utf-8" title="All news" href="/atom">'
            '<link rel="alternate" type="application/feed+json" href="/feed.json">'
            '<link rel="alternate" hreflang="ja" href="/ja/"><link rel="stylesheet" type="text/css" href="/x.css">'
            '<link rel="sitemap" type="application/xml" href="/sitemap.xml">',
            '<a href="/world/rss.xml">World (RSS)</a><a href="/atom">again</a><a href="/all.rss">All</a><a href="https://other.example/feed/">other</a>'
            '<a href="/feeding-time">no feed</a>',
        ),
        URL,
    )

    assert found == [
        Found("https://news.example/world/rss.xml", "World (RSS)", SourceKind.FEED),
        Found("https://news.example/atom", "All news", SourceKind.FEED),
        Found("https://news.example/feed.json", "", SourceKind.FEED),
        Found("https://news.example/all.rss", "All", SourceKind.FEED),
        Found("https://news.example/comments/feed/", "Comments", SourceKind.FEED),
        Found("https://news.example/sitemap.xml", "", SourceKind.SITEMAP),
    ]


def test_a_host_of_feeds_counts_if_the_link_is_to_a_feed():
    found = find_feeds(page(body='<a href="https://feeds.host.example/post/all.xml">RSS</a>'), URL)

    assert [feed.url for feed in found] == ["https://feeds.host.example/post/all.xml"]


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="/sitemap_news.xml">Map</a>', "/sitemap_news.xml sitemap"),
        ('<a type="application/atom+xml" href="/now">Now</a>', "/now feed"),
        ('<a href="feed://news.example/out">Now</a>', "/out feed"),
        ('<a href="feed:https://news.example/out.xml">Now</a>', "/out.xml feed"),
        ('<a href="//news.example/out.rss">Now</a>', "/out.rss feed"),
        ('<link rel=alternate type=application/json title="JSON Feed" href=/posts>', "/posts feed"),
        ("<link rel=alternate type=application/json title=JSON href=/api/pages/7>", ""),
        ("<link rel=alternate type=application/json+oembed href=/oembed?url=feed>", ""),
        ('<link rel="stylesheet" type="text/xml" href=/feed.xml>', ""),
    ],
)
def test_what_a_link_leads_to(link, found):
    told = [f"{feed.url.removeprefix('https://news.example')} {feed.kind}" for feed in find_feeds(page(link), URL)]

    assert told == [found][: bool(found)]


def test_feeds_for_other_languages_of_pictures_and_of_subjects_come_last():
    link = '<link rel="alternate" type="application/rss+xml" hreflang="{}" href="{}">'.format
    heads = [
        link("", "/podcast.xml"),
        link("", "/tag/sea/feed"),
        link("ja", "/ja"),
        link("en-GB", "/gb"),
        link("", "/all"),
    ]

    found = find_feeds(page("".join(heads), html='<html lang="en">'), "https://news.example/")

    assert [feed.url.rpartition("example")[2] for feed in found] == [
        "/gb",
        "/all",
        "/podcast.xml",
        "/tag/sea/feed",
        "/ja",
    ]


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/en/", "https://news.example/en/"),
        ("5 ; URL = '/en/'", "https://news.example/en/"),
        ("300;url=/en/", None),
        ("0;url=/world/", None),
        ("0", None),
        ("0;url=javascript:alert(1)", None),
    ],
)
def test_where_a_page_sends_its_readers_at_once(content, target):
    assert forwards_to(page(f'<meta http-equiv="Refresh" content="{content}">'), URL) == target


def test_links_are_resolved_against_the_base_element():
    found = find_feeds(
        page('<base href="https://cdn.example/a/"><link rel=alternate type=application/rss+xml href=rss>'), URL
    )

    assert [feed.url for feed in found] == ["https://cdn.example/a/rss"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:site_name" content=" The  Post "><title>World - The Post</title>', "The Post"),
        ("<title>The Post | News from the harbour</title>", "The Post"),
        ("<title>港の新聞｜最新ニュース</title>", "港の新聞"),
        ("<title>Well-read news</title>", "Well-read news"),
        ("", "news.example"),
    ],
)
def test_site_title(head, title):
    assert site_title(page(head, "<svg><title>icon</title></svg>" if head else ""), URL) == title


@pytest.mark.parametrize(
    ("html", "head", "body", "language"),
    [
        ('<html lang="ja">', "", "", "ja"),
        ('<html lang="en_GB">', "", "", "en-GB"),
        ("<html>", '<meta http-equiv="Content-Language" content="de, en">', "", "de"),
        ("<html>", '<meta property="og:locale" content="pt_BR">', "", "pt-BR"),
        ('<html lang="{{lang}}">', "", "船が戻りました", "ja"),
        ("<html>", "", "The ferry is back", None),
    ],
)
def test_page_language(html, head, body, language):
    assert page_language(page(head, body, html)) == language
