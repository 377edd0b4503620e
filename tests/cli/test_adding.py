"""newsreader add, against sites of every make on this machine: what is chosen, what is said, and what it costs them."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

TITLES = [
    "Grey whale holds the ferry in harbour for three hours",
    "Council votes to keep the town clock seven minutes fast",
    "Library book comes home sixty-one years late with a note",
    "Three islands hold one exercise and empty the quay",
]
JAPANESE = [
    "コククジラ、渡し船を三時間港に留める 乗客は見物",
    "町議会、七分進んだ時計をそのまま残すことを決める",
    "六十一年遅れで図書館に本が帰る 手紙を添えて",
    "三島合同の避難訓練、四十分で岸壁が空になる",
]
WELL_KNOWN = ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/index.rdf"]
WELL_KNOWN += ["/feeds/all.atom.xml", "/feeds/posts/default"]


class Site:
    """A server of the pages in `pages`, by path: a body, or a body and its type; `moved` are paths that lead on."""

    def __init__(self) -> None:
        self.pages: dict[str, str | bytes | tuple[str, str]] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[str] = []
        self.address = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        if target := self.moved.get(handler.path):
            handler.send_response(302)
            handler.send_header("Location", target)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        page = self.pages.get(handler.path, "")
        body, kind = page if isinstance(page, tuple) else (page, "text/html")
        data = body if isinstance(body, bytes) else body.replace("SITE", self.address).encode()
        handler.send_response(200 if data else 404)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)


@pytest.fixture
def site(serving) -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as site.address:
        yield site


@pytest.fixture
def add(newsreader, site):
    """Subscribe to a path of the site: the source that came of it, and what was said."""

    def added(path="/", *options):
        done = newsreader("add", site.address + path, "--json", *options)
        assert done.status == 0, done.err
        (source,) = json.loads(done.out)["sources"]
        return source["kind"], source["url"].removeprefix(site.address), done.err

    return added


def feed(titles=TITLES, day="14", path="/news/", language="en"):
    items = "".join(
        f"<item><title>{title}</title><link>SITE{path}2026-{number:05}</link>"
        f"<pubDate>{day} Sep 2026 08:{number:02}:00 GMT</pubDate></item>"
        for number, title in enumerate(titles, 10)
    )
    about = f"<title>Lantern</title><link>SITE/</link><language>{language}</language>"
    return f"<rss version='2.0'><channel>{about}{items}</channel></rss>"


STALE = feed([f"{title} again" for title in TITLES], path="/old/").replace("Sep 2026", "Sep 2019")


def page(head="", titles=TITLES, path="/news/", language="en"):
    items = "".join(
        f'<li><h3><a href="{path}2026-{number:05}">{title}</a></h3></li>' for number, title in enumerate(titles, 10)
    )
    head = f"<head><title>Lantern</title>{head}</head>"
    return f'<html lang="{language}">{head}<body><main><ul>{items}</ul></main></body></html>'


def declared(*paths):
    return "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in paths)


def sitemap(titles=TITLES, language="en"):
    entries = "".join(
        f"<url><loc>SITE/news/2026-{number:05}</loc><news:news><news:publication><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>2026-09-14T08:{number:02}:00Z</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
        for number, title in enumerate(titles, 10)
    )
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f"<urlset {names}>{entries}</urlset>"


def index(*paths):
    listed = "".join(f"<sitemap><loc>SITE{path}</loc></sitemap>" for path in paths)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def test_a_declared_feed_is_taken_with_two_requests(site, add):
    site.pages = {"/": page(declared("/all.xml", "/more.xml")), "/all.xml": feed()}

    kind, url, said = add()

    assert (kind, url) == ("feed", "/all.xml")
    assert "a feed with 4 headlines" in said
    assert f"Also there: a front page with 4 headlines (--kind frontpage); a feed at {site.address}/more.xml" in said
    assert site.asked == ["/", "/all.xml"]


def test_a_feed_of_comments_that_is_declared_first_is_not_taken(site, add):
    site.pages = {"/": page(declared("/comments/feed", "/feed")), "/feed": feed(), "/comments/feed": feed(path="/c/")}

    assert add()[:2] == ("feed", "/feed")


def test_a_feed_behind_an_anchor_is_taken(site, add):
    site.pages = {"/": page() + '<a href="/service/news.rss">RSS</a>', "/service/news.rss": feed()}

    assert add()[:2] == ("feed", "/service/news.rss")
    assert site.asked == ["/", "/service/news.rss"]


def test_an_anchor_says_by_its_type_that_it_is_a_feed(site, add):
    site.pages = {"/": page() + '<a type="application/rss+xml" href="feed:SITE/now">Subscribe</a>', "/now": feed()}

    assert add()[:2] == ("feed", "/now")


def test_a_page_that_lists_feeds_is_followed(site, add):
    listing = page('<a href="/out/top.xml">Top</a><a href="/out/sport.xml">Sport</a>', titles=[])
    site.pages = {"/": page() + '<a href="/rss/">All feeds</a>', "/rss/": listing, "/out/top.xml": feed()}

    assert add()[:2] == ("feed", "/out/top.xml")


@pytest.mark.parametrize("path", WELL_KNOWN)
def test_a_feed_at_a_well_known_path_is_found_and_nothing_is_asked_after_it(site, add, path):
    site.pages = {"/": page(), path: feed()}

    assert add()[:2] == ("feed", path)
    assert site.asked == ["/", "/robots.txt", *WELL_KNOWN[: WELL_KNOWN.index(path) + 1]]


@pytest.mark.parametrize("path", ["/sea/", "/sea", "/sea/index.html"])
def test_a_section_is_asked_for_a_feed_of_its_own_and_not_for_that_of_the_site(site, add, path):
    site.pages = {path: page(path="/sea/"), "/feed": feed(), "/news-sitemap.xml": sitemap()}

    assert add(path)[:2] == ("frontpage", path)
    assert site.asked == [path, "/robots.txt", "/sea/feed", "/sea/rss", "/sea/rss.xml", "/sea/index.xml"]


def test_a_file_at_the_root_is_the_front_page_of_the_whole_site(site, add):
    site.pages = {"/index.html": page(), "/rss": feed()}

    assert add("/index.html")[:2] == ("feed", "/rss")


def test_a_root_that_leads_into_a_folder_is_looked_for_feeds_in_both(site, add):
    site.moved = {"/": "/en/"}
    site.pages = {"/en/": page(path="/en/")}

    add()

    guesses = [path for path in site.asked if path.endswith(tuple(WELL_KNOWN))]
    assert guesses == ["/en/feed", "/en/rss", "/en/rss.xml", "/en/index.xml", *WELL_KNOWN[:5]]
    assert len(site.asked) <= 15


def test_a_site_that_answers_all_with_pages_has_no_feed_at_any_path_and_is_soon_left_alone(site, add):
    site.pages = dict.fromkeys(["/", *WELL_KNOWN], page())

    assert add()[:2] == ("frontpage", "/")
    assert len([path for path in site.asked if path in WELL_KNOWN]) == 3


def test_the_sitemaps_that_robots_names_lead_through_an_index_to_the_news(site, add):
    packed = gzip.compress(sitemap().replace("SITE", site.address).encode())
    site.pages = {
        "/": page(),
        "/robots.txt": ("Sitemap: SITE/pages.xml\nSitemap: SITE/index.xml.gz\n", "text/plain"),
        "/pages.xml": sitemap([]),
        "/index.xml.gz": gzip.compress(index("/posts.xml", "/news.xml.gz").replace("SITE", site.address).encode()),
        "/news.xml.gz": packed,
    }

    kind, url, said = add()

    assert (kind, url) == ("sitemap", "/news.xml.gz")
    assert "Subscribed to Lantern: a news sitemap with 4 headlines" in said
    assert "/posts.xml" not in site.asked


def test_an_index_of_numbered_sitemaps_is_subscribed_to_itself_and_read_anew_each_time(site, add, newsreader):
    site.pages = {"/map.xml": index("/news-1.xml", "/news-2.xml"), "/news-1.xml": sitemap(), "/news-2.xml": sitemap([])}

    assert add("/map.xml")[:2] == ("sitemap", "/map.xml")

    assert newsreader("fetch", "--headlines-only").status == 0
    assert [row[5] for row in newsreader("list").rows] == TITLES[::-1]
    assert site.asked[-3:] == ["/map.xml", "/news-1.xml", "/news-2.xml"]


def test_a_plain_sitemap_gives_what_is_new_by_the_words_in_its_addresses(site, add, newsreader):
    entries = [("/news/2026/old-story-of-the-sea", "2026-08-01"), ("/news/2026/whale-holds-the-ferry", "2026-09-13")]
    listed = "".join(f"<url><loc>SITE{path}</loc><lastmod>{day}</lastmod></url>" for path, day in entries)
    site.pages = {
        "/pages.xml": f"<urlset>{listed}<url><loc>SITE/about</loc><lastmod>2026-09-14</lastmod></url></urlset>"
    }

    add("/pages.xml")
    checked = newsreader("sources", "check", "1")

    assert checked.rows == [["", "Whale holds the ferry", f"{site.address}/news/2026/whale-holds-the-ferry"]]


def test_a_site_with_headlines_alone_is_read_by_its_front_page_at_the_cost_of_few_requests(site, add):
    site.pages = {"/": page()}

    kind, url, said = add()

    assert (kind, url) == ("frontpage", "/")
    assert "a front page with 4 headlines" in said
    assert len(site.asked) <= 15


def test_a_site_without_anything_says_so_at_the_cost_of_few_requests(site, newsreader):
    site.pages = {"/": "<html><body><p>Nothing is here.</p></body></html>"}

    done = newsreader("add", site.address)

    assert (done.status, "no feed and no list of headlines" in done.err) == (3, True)
    assert len(site.asked) <= 15


@pytest.mark.parametrize("kind", ["feed", "sitemap", "frontpage"])
def test_the_kind_that_is_asked_for_is_taken(site, add, kind):
    site.pages = {"/": page(declared("/feed")), "/feed": feed(), "/news-sitemap.xml": sitemap()}

    assert add("/", "--kind", kind)[0] == kind


@pytest.mark.parametrize("dates", [True, False])
def test_a_stale_feed_gives_way_to_fresh_headlines_and_the_reason_is_told(site, add, dates):
    front = page(declared("/feed"))
    if dates:
        front = front.replace("</a></h3>", "</a></h3><time datetime='2026-09-14T07:00Z'>today</time>")
    site.pages = {"/": front, "/feed": STALE}

    kind, _, said = add()

    assert kind == "frontpage"
    assert f"Passed over: the feed at {site.address}/feed: its newest headline is of 2019-09-14" in said


def test_a_feed_that_is_as_old_as_its_page_is_taken(site, add):
    site.pages = {"/": page(declared("/feed"), path="/old/"), "/feed": STALE}

    assert add()[0] == "feed"


def test_a_stale_feed_is_taken_if_there_is_nothing_else_and_it_is_said(site, add):
    site.pages = {"/": page(declared("/feed"), titles=[]), "/feed": STALE}

    kind, _, said = add()

    assert (kind, "though its newest headline is of 2019-09-14" in said) == ("feed", True)


def test_an_empty_feed_gives_way_to_the_next(site, add):
    site.pages = {"/": page(declared("/empty", "/full")), "/empty": feed([]), "/full": feed()}

    kind, url, said = add()

    assert (kind, url) == ("feed", "/full")
    assert "/empty: it is empty" in said


def test_a_page_in_one_of_several_languages_gets_the_feed_in_its_own(site, add, newsreader):
    head = (
        declared("/feed", "/comments/feed") + "<link rel=alternate type=application/rss+xml hreflang=de href=/de/feed>"
    )
    site.pages = {
        "/ja/": page(head + declared("/feed-ja"), JAPANESE, "/ja/", "ja"),
        "/feed": feed(),
        "/feed-ja": feed(JAPANESE, path="/j/"),  # which says that it is in English, as many do
    }

    assert add("/ja/")[:2] == ("feed", "/feed-ja")
    assert json.loads(newsreader("sources", "--json").out)["sources"][0]["language"] == "ja"


def test_a_page_whose_only_feed_is_in_another_language_is_read_itself(site, add):
    site.pages = {"/ja/": page(declared("/feed"), JAPANESE, "/ja/", "ja"), "/feed": feed()}

    kind, url, said = add("/ja/")

    assert (kind, url) == ("frontpage", "/ja/")
    assert "its language is en" in said


def test_a_root_that_leads_to_a_language_is_followed(site, add):
    site.moved = {"/": "/en/"}
    site.pages = {"/en/": page(declared("feed"), path="/en/"), "/en/feed": feed()}

    assert add()[:2] == ("feed", "/en/feed")


def test_a_root_that_sends_browsers_on_is_followed_once(site, add):
    site.pages = {
        "/": "<html><head><meta http-equiv='Refresh' content='0; URL=\"/home.html\"'></head></html>",
        "/home.html": page("<meta http-equiv=refresh content='0; url=/elsewhere'>" + declared("/feed"), titles=[]),
        "/feed": feed(),
    }

    assert add()[:2] == ("feed", "/feed")
    assert "/elsewhere" not in site.asked


def test_a_site_whose_robots_forbids_its_front_page_is_asked_no_more_and_the_reason_is_told(site, newsreader):
    site.pages = {"/": page(), "/robots.txt": ("User-agent: *\nDisallow: /\n", "text/plain"), "/rss": feed()}

    done = newsreader("add", site.address)

    assert done.status == 1
    assert "robots.txt" in done.err
    assert site.asked == ["/", "/robots.txt"]


def test_a_feed_that_is_declared_is_meant_to_be_read_whatever_robots_says_of_pages(site, add):
    site.pages = {
        "/": page(declared("/rss")),
        "/robots.txt": ("User-agent: *\nDisallow: /\n", "text/plain"),
        "/rss": STALE,
    }

    kind, url, said = add()

    assert (kind, url) == ("feed", "/rss")
    assert "though its newest headline is of 2019-09-14" in said
    assert f"Passed over: the front page at {site.address}/: The robots.txt" in said


def test_a_feed_that_is_empty_yet_is_taken_if_there_is_nothing_else(site, add):
    site.pages = {"/": page(declared("/rss"), titles=[]), "/rss": feed([])}

    kind, _, said = add()

    assert (kind, "though it is empty" in said) == ("feed", True)


def test_a_site_that_cannot_be_reached_says_so(newsreader):
    done = newsreader("add", "http://127.0.0.1:1/")

    assert done.status == 5
    assert "127.0.0.1" in done.err


def test_a_site_that_refuses_a_guess_is_not_asked_on(site, add):
    site.pages = {"/": page()}
    answer = site.answer

    def refusing(handler):
        if handler.path in WELL_KNOWN:
            site.asked.append(handler.path)
            handler.send_error(403)
        else:
            answer(handler)

    site.answer = refusing

    assert add()[0] == "frontpage"
    assert [path for path in site.asked if path in WELL_KNOWN] == ["/feed"]


def test_on_a_terminal_each_address_that_is_asked_is_named(site, newsreader):
    site.pages = {"/": page(declared("/all.xml")), "/all.xml": feed()}

    done = newsreader("add", site.address, terminal=80)

    assert f"… {site.address}/all.xml" in done.err
    assert newsreader("add", f"{site.address}/all.xml").err.startswith("Subscribed already")


def test_headlines_of_a_feed_that_became_a_page_are_not_looked_for_in_it(site, newsreader):
    site.pages = {"/all.xml": feed()}
    newsreader("add", f"{site.address}/all.xml")
    site.pages["/all.xml"] = page()

    done = newsreader("sources", "check", "1")

    assert done.status == 1
    assert "a web page, not a feed" in done.err
