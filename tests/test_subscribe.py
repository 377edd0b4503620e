"""From an address to a subscription: feeds, feeds of pages, news sitemaps, front pages, and nothing at all."""

import asyncio  # noqa: TID253  # tests may

import pytest

from newsreader.errors import GoneError, NotFoundError, ParseError
from newsreader.fetch.request import Response
from newsreader.model.catalog import CatalogEntry
from newsreader.model.news import SourceKind
from newsreader.store.naming import unique_name
from newsreader.subscribe import propose, propose_entry

SITE = "https://lantern.example"
FEED = f"""<rss version="2.0"><channel><title>The Lantern</title><link>{SITE}/</link><language>en</language>
<item><title>Whale holds the ferry</title><link>{SITE}/news/10020</link></item></channel></rss>"""
SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{SITE}/news/10020</loc><news:news>
<news:title>Whale holds the ferry</news:title></news:news></url></urlset>"""
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'
HEADLINES = [
    "Grey whale holds the ferry in harbour for three hours",
    "Council votes to keep the town clock seven minutes fast",
    "Library book comes home sixty-one years late with a note",
    "Three islands hold one exercise and empty the quay",
]
FRONT = "".join(f'<li><h3><a href="/news/{10020 + n}">{title}</a></h3></li>' for n, title in enumerate(HEADLINES))


def page(head="", body=""):
    return f'<html lang="en"><head><title>Lantern</title>{head}</head><body><main><ul>{body}</ul></main></body></html>'


class Table:
    """A fetcher that answers from a table of addresses."""

    def __init__(self, answers):
        self.answers = answers

    async def fetch(self, request):
        if request.url not in self.answers:
            raise GoneError(f"{request.url} has no such page", http_status=404)
        kind = "text/html" if "<html" in self.answers[request.url] else "application/xml"
        return Response(request.url, self.answers[request.url].encode(), content_type=kind)

    async def sitemaps(self, _url):
        return ()

    async def ask_robots(self, _url):
        return None


def proposed(answers, kind=None):
    return asyncio.run(propose(Table({f"{SITE}/{path}": text for path, text in answers.items()}), f"{SITE}/", kind))


class Elsewhere(Table):
    """A fetcher whose every answer comes from another address, for now or for good."""

    def __init__(self, answers, *, moved):
        super().__init__(answers)
        self.moved = moved

    async def fetch(self, request):
        answer = await super().fetch(request)
        there = f"{SITE}/cdn/feed?token=1"
        return answer._replace(url=there, moved=there if self.moved else None)


@pytest.mark.parametrize(("moved", "url"), [(False, f"{SITE}/"), (True, f"{SITE}/cdn/feed?token=1")])
def test_only_a_permanent_redirect_changes_the_address_of_a_subscription(moved, url):
    proposal = asyncio.run(propose(Elsewhere({f"{SITE}/": FEED}, moved=moved), f"{SITE}/"))

    assert proposal.source.url == url


def test_a_feed_is_taken_as_it_is():
    source, headlines, *_ = proposed({"": FEED})

    assert (source.kind, source.name, source.url, headlines) == (SourceKind.FEED, "The Lantern", f"{SITE}/", 1)
    assert source.language == "en"


def test_the_feed_of_a_site_is_found():
    source, *_ = proposed({"": page(LINK.format("/feed")), "feed": FEED})

    assert (source.kind, source.url) == (SourceKind.FEED, f"{SITE}/feed")


def test_a_feed_that_is_gone_gives_way_to_the_next():
    head = LINK.format("/gone") + LINK.format("/broken") + LINK.format("/feed")

    source, *_ = proposed({"": page(head), "broken": "<html>no feed</html>", "feed": FEED})

    assert source.url == f"{SITE}/feed"


def test_a_news_sitemap_is_taken():
    source, headlines, *_ = proposed({"": SITEMAP})

    assert (source.kind, source.name, headlines) == (SourceKind.SITEMAP, "lantern.example", 1)


def test_a_site_without_a_feed_is_read_by_its_front_page():
    source, headlines, *_ = proposed({"": page(body=FRONT)})

    assert (source.kind, source.name, headlines) == (SourceKind.FRONTPAGE, "Lantern", len(HEADLINES))


def test_the_kind_that_is_asked_for_is_taken():
    answers = {"": page(LINK.format("/feed"), FRONT), "feed": FEED}

    assert proposed(answers, SourceKind.FRONTPAGE).source.kind is SourceKind.FRONTPAGE
    assert proposed(answers, SourceKind.FEED).source.kind is SourceKind.FEED


def test_another_kind_than_the_one_that_is_there_is_not_taken():
    with pytest.raises(NotFoundError, match="front page"):
        proposed({"": FEED}, SourceKind.FRONTPAGE)


def test_a_page_with_neither_is_told_to_be_one_to_show():
    with pytest.raises(NotFoundError) as caught:
        proposed({"": page(body="<p>Hello.</p>")})

    assert "newsreader show" in (caught.value.hint or "")


def test_what_is_neither_page_nor_feed_is_said_to_be():
    with pytest.raises(ParseError):
        proposed({"": "neither"})


def proposed_entry(answers, kind=None):
    """What the Lantern offers whose feed the catalogue knows to be at /feed."""
    known = CatalogEntry("lantern", "Lantern Daily", f"{SITE}/", SourceKind.FEED, f"{SITE}/feed", "en-GB", "GB")
    table = Table({f"{SITE}/{path}": text for path, text in answers.items()})
    return asyncio.run(propose_entry(table, known, kind))


def test_a_source_of_the_catalogue_comes_with_its_title_site_and_language():
    (source, headlines, *_), failure = proposed_entry({"feed": FEED})

    assert (source.name, source.site, source.language) == ("Lantern Daily", f"{SITE}/", "en-GB")
    assert (source.kind, source.url, headlines, failure) == (SourceKind.FEED, f"{SITE}/feed", 1, None)


@pytest.mark.parametrize("gone", [{}, {"feed": "neither"}, {"feed": page(body=FRONT)}])
def test_the_site_is_asked_where_the_catalogue_is_wrong(gone):
    (source, *_), failure = proposed_entry({"": page(LINK.format("/new-feed")), "new-feed": FEED} | gone)

    assert (source.url, source.name) == (f"{SITE}/new-feed", "Lantern Daily")
    assert failure


def test_the_site_is_asked_for_another_kind_than_the_catalogue_knows():
    (source, *_), failure = proposed_entry({"": page(body=FRONT), "feed": FEED}, SourceKind.FRONTPAGE)

    assert (source.kind, source.url, failure) == (SourceKind.FRONTPAGE, f"{SITE}/", None)


def test_a_source_of_the_catalogue_that_is_gone_is_said_to_be():
    with pytest.raises(GoneError, match=f"{SITE}/ has no such page"):
        proposed_entry({})


def test_a_name_that_is_taken_gets_its_host_then_its_address_then_a_number():
    taken = {"news", "news (lantern.example)"}

    assert unique_name("", SITE, taken) == "lantern.example"
    assert unique_name("Lantern", SITE, taken) == "Lantern"
    assert unique_name("News", SITE, {"news"}) == "News (lantern.example)"
    assert unique_name("News", SITE, taken) == "News (lantern.example/)"
    assert unique_name("News", SITE, taken | {"news (lantern.example/)"}) == "News (lantern.example/) 2"
    assert unique_name("", f"{SITE}/sea.rss", taken | {"lantern.example"}) == "lantern.example/sea.rss"
