"""One page from its bytes to the store: identity, states, and what is no article."""

import asyncio  # noqa: TID253  # tests may
from datetime import UTC, datetime

import pytest

from newsreader.errors import ConnectError, GoneError, NoArticleError, RobotsError, StatusError
from newsreader.fetch.request import Response
from newsreader.keeping import Place, keep
from newsreader.model.news import Headline, Source, State
from newsreader.reading import Desk, place_of, read_bytes, read_page, refuse_empty, state_of
from newsreader.store.announcing import save_headlines
from newsreader.store.connection import open_store
from newsreader.store.entries import load_entry
from newsreader.store.identity import addresses_of, find_article
from newsreader.store.sources import add_source, remove_source
from newsreader.store.terms import load_terms

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
TEXT = "<p>The harbour master closed the port to everything with a propeller, and rowing boats kept watch.</p>" * 2
PAGE = f"""<html lang="en"><head><title>Whale holds the ferry</title></head><body><article>
<h1>Whale holds the ferry</h1>{TEXT}</article>
<aside><h3>Related stories</h3><a href="/news/10031">Grey whale named Amber crossed an ocean</a></aside></body>"""


class Answering:
    """A fetcher that gives one answer, and remembers what it was asked."""

    def __init__(self, answer):
        self.answer = answer

    async def fetch(self, request):
        self.request = request
        if isinstance(self.answer, Exception):
            raise self.answer
        return Response(request.url, self.answer.encode(), content_type="text/html")


@pytest.fixture
def db(tmp_path):
    with open_store(tmp_path / "news.sqlite3") as connection:
        yield connection


def read(db, url, answer, place=Place()):  # noqa: B008  # a value
    fetcher = Answering(answer)
    return asyncio.run(read_page(Desk(db, fetcher, lambda: NOW), url, place)).id, fetcher


def test_a_page_is_known_by_the_address_it_was_asked_for(db):
    article_id, _ = read(db, "https://lantern.example/news/10030?utm_source=x", PAGE)

    assert find_article(db, "https://lantern.example/news/10030") == article_id


def test_a_page_that_a_page_named_has_that_page_as_its_home(db):
    read(db, "https://lantern.example/news/10030", PAGE)
    linked = load_entry(db, find_article(db, "https://lantern.example/news/10031"))

    place = place_of(db, linked)
    _, fetcher = read(db, linked.url, PAGE, place)

    assert place.home == "https://lantern.example/news/10030"
    assert (fetcher.request.home, fetcher.request.robots) == (place.home, True)


def test_the_home_stays_when_the_source_is_gone(db):
    source = add_source(db, Source(0, "Lantern", "https://lantern.example/feed"))
    saved = save_headlines(db, source.id, [Headline("http://127.0.0.1:1/admin", "A headline of the source")], NOW)
    remove_source(db, source.id)

    assert place_of(db, load_entry(db, saved.ids[0])).home == "https://lantern.example/feed"


def test_what_a_person_typed_has_no_home(db):
    article_id, fetcher = read(db, "https://lantern.example/news/10030", PAGE)

    assert (fetcher.request.home, fetcher.request.robots) == (None, False)
    assert place_of(db, load_entry(db, article_id)).home is None


class Redirecting(Answering):
    """A fetcher whose answer is led to by redirects."""

    def __init__(self, answer, *way):
        super().__init__(answer)
        self.way = way

    async def fetch(self, request):
        response = await super().fetch(request)
        return response._replace(url=self.way[-1], way=(request.url, *self.way))


def redirected(db, answer, *way, place=Place()):  # noqa: B008  # a value
    fetcher = Redirecting(answer, *way)
    return asyncio.run(read_page(Desk(db, fetcher, lambda: NOW), "https://short.example/1", place)).id


def test_every_address_on_the_way_leads_to_the_article(db):
    page = PAGE.replace("<title>", '<link rel="canonical" href="/news/10030"><title>')

    article_id = redirected(db, page, "https://lantern.example/?p=10030", "https://lantern.example/whale?x=1")

    assert addresses_of(db, article_id) == (
        "https://lantern.example/?p=10030",
        "https://lantern.example/news/10030",
        "https://lantern.example/whale?x=1",
        "https://short.example/1",
    )


def test_a_front_page_that_redirects_lead_to_is_no_address_of_an_article(db):
    known = read(db, "https://short.example/1", PAGE)[0]

    redirected(db, PAGE.replace("Whale", "Wind"), "https://lantern.example/", place=Place(known=known))

    assert addresses_of(db, known) == ("https://short.example/1",)
    assert load_entry(db, known).url == "https://short.example/1"


def test_an_address_of_another_site_that_a_page_claims_is_not_believed(db):
    page = PAGE.replace("<title>", '<link rel="canonical" href="https://elsewhere.example/whale"><title>')

    article_id, _ = read(db, "https://lantern.example/news/10030", page)

    assert addresses_of(db, article_id) == ("https://lantern.example/news/10030",)


def test_a_page_without_an_article_is_not_kept(db):
    with pytest.raises(NoArticleError, match=r"lantern\.example"):
        read(db, "https://lantern.example/", "<html><title>Hi</title><body><h1>Welcome</h1></body></html>")

    with pytest.raises(Exception, match="No article is stored"):
        find_article(db, "https://lantern.example/")


def test_a_linked_headline_has_the_terms_of_its_title(db):
    read(db, "https://lantern.example/news/10030", PAGE)

    assert "amber" in load_terms(db, find_article(db, "https://lantern.example/news/10031"))


def test_an_error_page_takes_no_terms_away(db):
    article_id, _ = read(db, "https://lantern.example/news/10030", PAGE)
    before = load_terms(db, article_id)

    read(db, "https://lantern.example/news/10030", "<title>Not found</title>", Place(known=article_id))

    assert load_terms(db, article_id) == before
    assert load_entry(db, article_id).state is State.FULL


def test_the_same_bytes_without_an_address_are_the_same_article(db):
    first, second = (keep(db, read_bytes(PAGE.encode(), ""), NOW, Place()) for _ in range(2))

    assert first == second
    assert load_entry(db, first).url.startswith("urn:sha256:")


def test_a_text_dump_is_read_as_one():
    dump = "Whale holds the ferry\n\n2026-09-14 10:30\n\n" + "The harbour master closed the port to all. " * 8

    article = read_bytes(dump.encode(), "")

    assert (article.title, article.state) == ("Whale holds the ferry", State.FULL)


def test_an_empty_file_is_no_article():
    with pytest.raises(NoArticleError, match="empty"):
        refuse_empty(read_bytes(b" ", ""), "page.html")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (GoneError("x", http_status=404), State.GONE),
        (StatusError("x", http_status=403), State.BLOCKED),
        (StatusError("x", http_status=500), State.FAILED),
        (RobotsError("x"), State.BLOCKED),
        (ConnectError("x"), State.FAILED),
    ],
)
def test_what_cannot_be_fetched_says_why(error, state):
    assert state_of(error) is state
