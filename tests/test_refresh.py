"""The write side, with a fetcher that answers from a table: what a run keeps, and what it says of each source."""

import asyncio  # noqa: TID253  # tests may
from datetime import UTC, datetime, timedelta

import pytest

from newsreader.errors import ConnectError, GoneError, StatusError
from newsreader.fetch.request import Response
from newsreader.keeping import load_whole
from newsreader.library import Library
from newsreader.model.news import Source, SourceKind, State
from newsreader.reading import Desk
from newsreader.refresh import STORIES, Plan, Progress, SourceDone, planned, refresh
from newsreader.store.articles import load_article
from newsreader.store.connection import open_store, rows
from newsreader.store.entries import load_entry
from newsreader.store.headlines import owing
from newsreader.store.lists import Filter, list_entries
from newsreader.store.placing import count_waiting
from newsreader.store.sources import add_source, all_sources, load_source, rename_source
from newsreader.store.terms import load_terms

NOW = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
SITE = "https://lantern.example"
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Lantern</title><link>{SITE}/</link>
<item><title>Whale holds the ferry</title><link>{SITE}/news/10020</link><guid>a</guid>
<description>A grey whale lay across the harbour mouth.</description></item>
<item><title>Clock stays fast</title><link>{SITE}/news/10021</link><guid>b</guid></item></channel></rss>"""
PAGE = """<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The harbour master closed the port to everything with a propeller, and four rowing boats kept watch.</p>
<p>Nobody minded the wait, he said, since nobody aboard had seen an animal of that size at breakfast before.</p>
</article></body></html>"""


class FakeFetcher:
    """Answers from a table of addresses: bytes, an error, or `None` for "not modified"."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    async def fetch(self, request):
        self.asked.append(request)
        answer = self.answers.get(request.url, GoneError("no such page", http_status=404))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Response):
            return answer
        if answer is None:
            return Response(request.url, b"", not_modified=True)
        return Response(request.url, answer.encode(), content_type="text/html", etag='"1"')


def page(title):
    return PAGE.format(title=title)


@pytest.fixture
def db(tmp_path):
    connection = open_store(tmp_path / "news.sqlite3")
    yield connection
    connection.close()


@pytest.fixture
def run(db):
    """Run a refresh of one source over a table of answers: what it said, and the source afterwards."""
    source = add_source(db, Source(0, "Lantern", f"{SITE}/feed", kind=SourceKind.FEED))

    def started(answers, *, max_articles=50, related=0, chance=0.0):
        events: list[SourceDone | Progress] = []
        plan = Plan(
            events.append, timedelta(minutes=30), max_articles, forced=True, related=related, chance=lambda: chance
        )
        desk = Desk(db, FakeFetcher(answers), lambda: NOW)
        (done,) = asyncio.run(refresh(desk, [load_source(db, source.id)], plan))
        return done, load_source(db, source.id), events

    return started


def states(db):
    return {entry.title: entry.state for entry in list_entries(db, Filter())}


WHOLE = {
    f"{SITE}/feed": FEED,
    f"{SITE}/news/10020": page("Whale holds the ferry"),
    f"{SITE}/news/10021": page("Clock stays fast"),
}


def test_headlines_become_whole_articles(db, run):
    done, source, _ = run(WHOLE)

    assert (done.status, done.new, done.articles, done.failed) == ("ok", 2, 2, 0)
    assert states(db) == {"Whale holds the ferry": State.FULL, "Clock stays fast": State.FULL}
    assert (source.status, source.etag, source.due) == ("ok", '"1"', NOW + timedelta(minutes=30))


def test_a_page_that_fails_leaves_what_the_feed_said(db, run):
    done, _, _ = run(WHOLE | {f"{SITE}/news/10021": StatusError("an internal error", http_status=500)})

    assert (done.articles, done.failed) == (1, 1)
    assert states(db)["Clock stays fast"] is State.FAILED


def test_a_page_that_is_gone_says_so(db, run):
    run({f"{SITE}/feed": FEED})

    assert states(db)["Clock stays fast"] is State.GONE


def test_not_modified_keeps_the_validators_and_reads_what_is_missing(db, run):
    run(WHOLE | {f"{SITE}/news/10021": StatusError("an internal error", http_status=500)})

    done, source, _ = run(WHOLE | {f"{SITE}/feed": None})

    assert (done.status, done.new, done.articles) == ("unchanged", 0, 1)
    assert source.etag == '"1"'
    assert set(states(db).values()) == {State.FULL}


def test_pages_that_are_owed_are_read_before_the_source_is_due(db, run):
    run(WHOLE, max_articles=1)
    assert owing(db) == {1}

    fetcher = FakeFetcher(WHOLE)
    plan = Plan(lambda _: None, timedelta(minutes=30), 50)
    (done,) = asyncio.run(refresh(Desk(db, fetcher, lambda: NOW), all_sources(db), plan))

    assert (done.status, done.articles) == ("unchanged", 1)
    assert [request.url for request in fetcher.asked] == [f"{SITE}/news/10021"]
    assert owing(db) == set()


def test_headlines_alone_read_no_pages(db, run):
    done, _, _ = run(WHOLE, max_articles=0)

    assert (done.new, done.articles) == (2, 0)
    assert State.FULL not in states(db).values()


@pytest.mark.parametrize("answer", [ConnectError("no answer"), "neither XML nor a page"])
def test_a_source_that_fails_says_why_and_waits_longer(run, answer):
    first, _, _ = run({f"{SITE}/feed": answer})
    second, source, _ = run({f"{SITE}/feed": answer})

    assert (first.status, second.status) == ("failed", "failed")
    assert source.failures == 2
    assert source.reason == second.reason
    assert source.due == NOW + timedelta(hours=2)


def test_a_feed_that_is_gone_for_good_is_paused_and_that_is_told(run):
    done, source, _ = run({f"{SITE}/feed": GoneError("gone for good", http_status=410)})

    assert (source.paused, source.reason) == (True, "gone for good")
    assert done.reason == "gone for good; it is paused now"


def test_a_feed_that_is_missing_five_times_in_a_row_tells_how_to_mend_it(run):
    missing = {f"{SITE}/feed": GoneError("no such page", http_status=404)}
    told = [run(missing)[0].reason for _ in range(4)]
    run({f"{SITE}/feed": ConnectError("no answer")})
    told += [run(missing)[0].reason for _ in range(4)]
    done, source, _ = run(missing)

    assert told == ["no such page"] * 8
    mended = f"newsreader sources remove {source.id} && newsreader add {SITE}/"
    assert done.reason == source.reason == (f"no such page, 5 times in a row. If its feed has a new address: {mended}")
    assert not source.paused


def test_why_a_source_is_due_is_kept(run):
    ttl = FEED.replace("<item>", "<ttl>120</ttl><item>", 1)
    _, said, _ = run({f"{SITE}/feed": ttl}, max_articles=0)
    _, unchanged, _ = run({f"{SITE}/feed": None}, max_articles=0)
    _, plain, _ = run({f"{SITE}/feed": FEED}, max_articles=0)
    _, failed, _ = run({f"{SITE}/feed": StatusError("busy", http_status=503, retry_after=9000.0)}, max_articles=0)

    assert (said.due, said.due_reason) == (
        NOW + timedelta(hours=2),
        "since its feed says that it changes every 2 hours",
    )
    assert (unchanged.due, unchanged.due_reason) == (said.due, said.due_reason)
    assert plain.due_reason == "since a source rests for 30 minutes"
    assert (failed.due, failed.due_reason) == (
        NOW + timedelta(minutes=150),
        "since the server asked to wait for 150 minutes",
    )


def test_sources_do_not_fall_due_together(run):
    lucky, late = (run(WHOLE, chance=chance)[1].due for chance in (0.5, 0.0))
    failed, failed_again = (run({}, chance=chance)[1].due for chance in (0.5, 0.0))

    assert (late - lucky, late - NOW) == (timedelta(seconds=90), timedelta(minutes=30))
    assert failed - NOW < timedelta(hours=1)
    assert failed_again - NOW == timedelta(hours=2)


def test_a_move_to_a_feed_without_headlines_is_not_believed(run):
    """Sites send to their own front page, for good, what they cannot find."""
    empty = FEED[: FEED.index("<item>")] + "</channel></rss>"
    moved = {f"{SITE}/feed": Response(f"{SITE}/404", empty.encode(), moved=f"{SITE}/404")}
    run(moved)
    done, source, _ = run(moved)

    assert (done.status, done.reason, source.url) == ("ok", None, f"{SITE}/feed")


def test_a_move_for_good_is_told_the_second_time(run):
    new = f"{SITE}/new-feed"
    moved = {f"{SITE}/feed": Response(new, FEED.encode(), moved=new)}
    first, before, _ = run(moved, max_articles=0)
    second, after, _ = run(moved, max_articles=0)

    assert (first.reason, before.url) == (None, f"{SITE}/feed")
    assert (second.status, second.reason, after.url) == ("ok", f"it moved for good to {new}", new)


def test_a_page_without_an_article_is_not_counted_as_read(run):
    done, _, _ = run(WHOLE | {f"{SITE}/news/10021": "<html><title>Nothing</title></html>"})

    assert (done.articles, done.failed) == (1, 1)


def test_a_source_that_is_removed_in_the_middle_fails_alone(db):
    class Removing(dict[str, object]):
        def get(self, key, default=None):
            db.execute("DELETE FROM source")
            return super().get(key, default)

    plan = Plan(lambda _: None, timedelta(minutes=30), 50)
    source = add_source(db, Source(0, "Lantern", f"{SITE}/feed"))
    (done,) = asyncio.run(refresh(Desk(db, FakeFetcher(Removing(WHOLE)), lambda: NOW), [source], plan))

    assert (done.status, done.reason) == ("failed", "it was removed meanwhile")


def test_a_mistake_of_ours_costs_one_source_only(db):
    add_source(db, Source(0, "One", f"{SITE}/one"))
    add_source(db, Source(0, "Two", f"{SITE}/feed"))
    answers = WHOLE | {f"{SITE}/one": ZeroDivisionError("oh")}
    plan = Plan(lambda _: None, timedelta(minutes=30), 50)

    found = asyncio.run(refresh(Desk(db, FakeFetcher(answers), lambda: NOW), all_sources(db), plan))

    assert {done.name: done.status for done in found} == {"One": "failed", "Two": "ok"}


def test_each_address_is_a_step_and_each_source_an_end(run):
    _, _, events = run(WHOLE)

    steps = [event for event in events if isinstance(event, Progress) and event.group != STORIES]
    assert [step.done for step in steps] == [1, 2, 3]
    assert steps[-1].total == 3
    assert isinstance(events[3], SourceDone)


def test_stories_of_what_is_new_are_found_at_the_end(db, run):
    _, _, events = run(WHOLE)

    assert events[-1] == Progress(2, 2, "", STORIES)
    assert count_waiting(db) == 0


NEWS = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{SITE}/news/10020</loc><news:news><news:title>Whale holds the ferry</news:title></news:news></url></urlset>"""
INDEX = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{SITE}/news-1.xml</loc></sitemap><sitemap><loc>{SITE}/news-2.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    ("answers", "status", "etag"),
    [
        ({"map": NEWS}, "ok", '"1"'),
        ({"map": INDEX, "news-1.xml": NEWS}, "ok", None),  # one that cannot be had stops no other
        ({"map": INDEX}, "failed", None),
    ],
)
def test_an_index_of_sitemaps_is_asked_anew_each_time_since_its_validators_say_nothing_of_the_news(
    db, answers, status, etag
):
    source = add_source(db, Source(0, "Lantern", f"{SITE}/map", kind=SourceKind.SITEMAP))
    plan = Plan(lambda _: None, timedelta(minutes=30), 0, forced=True)
    desk = Desk(db, FakeFetcher({f"{SITE}/{path}": text for path, text in answers.items()}), lambda: NOW)

    (done,) = asyncio.run(refresh(desk, [source], plan))

    assert (done.status, done.new) == (status, int(status == "ok"))
    assert load_source(db, source.id).etag == etag


RELATED = '<aside><h2>Related stories</h2><ul><li><a href="/news/10099">The clock was slow</a></li></ul></aside>'
LINKED = PAGE.replace("</article>", f"</article>{RELATED}")
FULL_TEXT = "<p>" + "The whale lay there all night and nobody minded, said the harbour master to us. " * 12 + "</p>"


def test_headlines_alone_carry_what_the_feed_says(db, run):
    done, _, _ = run({f"{SITE}/feed": FEED}, max_articles=0)

    assert (done.new, done.articles) == (2, 0)
    assert states(db) == {"Whale holds the ferry": State.FEED_ONLY, "Clock stays fast": State.HEADLINE}
    shown = Library(db).show(1)
    assert shown.article.text == "A grey whale lay across the harbour mouth."
    assert load_terms(db, 1) == {}  # made afterwards, by a run that reads articles


def test_texts_of_feeds_become_articles_after_the_pages(db, run):
    run({f"{SITE}/feed": FEED})

    assert load_article(db, 1).text == "A grey whale lay across the harbour mouth."
    assert load_entry(db, 1).reason == "no such page"  # and not only that it is the text of the feed
    assert load_terms(db, 1)
    assert load_terms(db, 2)  # of a headline alone
    assert rows(db, "SELECT * FROM feed_text") == []


def test_a_text_of_a_feed_that_is_edited_is_taken_anew_until_its_page_is_read(db, run):
    run({f"{SITE}/feed": FEED}, max_articles=0)
    run({f"{SITE}/feed": FEED.replace("grey whale", "blue whale")}, max_articles=0)
    assert load_whole(db, 1).text == "A blue whale lay across the harbour mouth."

    run(WHOLE | {f"{SITE}/feed": FEED.replace("grey whale", "green whale")})
    run({f"{SITE}/feed": FEED.replace("grey whale", "red whale")}, max_articles=0)

    assert load_entry(db, 1).state is State.FULL
    assert "propeller" in load_whole(db, 1).text


@pytest.mark.parametrize("first", [0, 50], ids=["as it came", "made an article"])
def test_the_whole_text_of_a_feed_is_the_article_where_the_page_wants_money(db, run, first):
    feed = FEED.replace("A grey whale lay across the harbour mouth.", f"<![CDATA[{FULL_TEXT}]]>")
    run({f"{SITE}/feed": feed}, max_articles=first)
    teaser = page("Whale holds the ferry").replace(
        "</head>",
        '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script></head>',
    )
    db.execute("UPDATE article SET wanted = 1")

    run(WHOLE | {f"{SITE}/feed": feed, f"{SITE}/news/10020": teaser})

    entry = load_entry(db, 1)
    assert entry.state is State.FULL
    assert entry.reason is not None
    assert entry.reason.startswith("this is the text of the feed")
    assert load_article(db, 1).text.count("nobody minded") == 12


def test_related_links_are_followed_as_far_as_asked(db, run):
    answers = WHOLE | {
        f"{SITE}/news/10020": LINKED.format(title="Whale holds the ferry"),
        f"{SITE}/news/10099": page("The clock was slow"),
    }
    assert run(answers)[0].articles == 2
    assert "The clock was slow" not in states(db)

    db.execute("UPDATE article SET wanted = 1, fetched_at = NULL WHERE id = 1")
    done, _, events = run(answers, related=1)

    assert done.articles == 2
    assert states(db)["The clock was slow"] is State.FULL
    assert load_entry(db, Library(db).find(f"{SITE}/news/10099")).source_id is None
    assert Progress(3, 3, f"{SITE}/news/10099") in events


def test_a_plan_tells_what_would_be_asked(db, run):
    run(WHOLE, max_articles=1)
    chosen = all_sources(db)

    plan = Plan(lambda _: None, timedelta(minutes=30), 50)
    steps = list(planned(db, chosen, plan, NOW))
    assert [step[1:] for step in steps] == [("article", f"{SITE}/news/10021", False)]
    later = list(planned(db, chosen, plan._replace(max_articles=0), NOW + timedelta(hours=1)))
    assert [step[1:] for step in later] == [("headlines", f"{SITE}/feed", True)]


def test_progress_is_told_by_the_first_tag_of_a_source(db):
    for number, tags in enumerate([("japan", "far"), (), ("japan",)]):
        add_source(db, Source(0, f"Paper {number}", f"{SITE}/{number}", tags=tags))
    events: list[SourceDone | Progress] = []
    plan = Plan(events.append, timedelta(minutes=30), 50, forced=True)

    asyncio.run(refresh(Desk(db, FakeFetcher({}), lambda: NOW), all_sources(db), plan))

    steps = [event for event in events if isinstance(event, Progress)]
    assert sorted((step.group, step.done, step.total) for step in steps) == [
        ("", 1, 1),
        ("japan", 1, 2),
        ("japan", 2, 2),
    ]


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("lantern.example", "Lantern (lantern.example)"),
        ("My lamp", "My lamp"),
        ("lantern.example/more", "Lantern (lantern.example)"),
    ],
)
def test_a_source_that_was_imported_without_a_name_is_called_as_its_feed_is(db, name, called):
    source = add_source(db, Source(0, name, f"{SITE}/more"))
    plan = Plan(lambda _: None, timedelta(minutes=30), 0, forced=True)
    feed = FEED.replace("<link>", "<language>en</language><link>", 1)

    (done,) = asyncio.run(refresh(Desk(db, FakeFetcher({f"{SITE}/more": feed}), lambda: NOW), [source], plan))

    now = load_source(db, source.id)
    assert (done.name, now.name, now.site, now.language) == (called, called, f"{SITE}/", "en")
    rename_source(db, source.id, name)
    asyncio.run(refresh(Desk(db, FakeFetcher({f"{SITE}/more": feed}), lambda: NOW), [load_source(db, source.id)], plan))
    assert load_source(db, source.id).name == name
