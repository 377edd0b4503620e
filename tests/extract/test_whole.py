"""What only shows on a whole page, dump or feed item."""

from datetime import UTC, datetime

import pytest

from newsreader.extract import extract_article
from newsreader.extract.dump import looks_like_dump, read_dump
from newsreader.extract.feedtext import article_from_headline
from newsreader.model.article import Article, LinkKind
from newsreader.model.blocks import BlockKind
from newsreader.model.news import Headline, State

URL = "https://news.example/news/mill-wheel-turns-again-2201"
PROSE = "The wheel of the mill turned again on Sunday after forty years of rest, and the flour is already for sale. "


def read(body: str, head: str = "") -> Article:
    page = f"<html><head><title>The mill wheel turns again</title>{head}</head><body>{body}</body></html>"
    return extract_article(page.encode(), URL)


def test_a_canonical_address_of_another_site_is_not_believed():
    head = '<link rel="canonical" href="https://elsewhere.example/x"><meta property="og:url" content="/news/mill-2201">'
    assert read(f"<p>{PROSE}", head).url == "https://news.example/news/mill-2201"


def test_the_next_part_of_an_article_is_named():
    parts = read(f"<p>{PROSE}", f'<link rel="next" href="{URL}?page=2">')
    assert parts.next_page == f"{URL}?page=2"
    assert read(f"<p>{PROSE}", '<link rel="next" href="/news/another-article-2202">').next_page is None


def test_text_much_shorter_than_declared_is_partial():
    head = '<script type="application/ld+json">{"@type":"NewsArticle","wordCount":900}</script>'
    article = read(f"<article><p>{PROSE * 2}</p></article>", head)
    assert (article.state, article.reason) == (State.PARTIAL, "the page declares 900 words, and 42 were found")


def test_text_that_goes_on_elsewhere_is_partial():
    article = read(f'<article><p>{PROSE}</p><a href="/app">Continue reading in the app</a></article>')
    assert article.state is State.PARTIAL


def test_words_of_consent_in_an_article_do_not_hide_it():
    text = "The court ruled that cookie banners which hide the button to reject all do not obtain consent. "
    article = read(f"<article><h1>Court rules on cookies and consent</h1><p>{text * 9}</p></article>")
    assert article.state is State.FULL


def test_text_that_is_hidden_until_a_script_runs_is_read():
    body = f'<article style="display:none"><p>{PROSE}</p><p>{PROSE * 3}</p></article>'
    assert read(body).text == f"{PROSE.strip()}\n{(PROSE * 3).strip()}"


def test_a_time_without_a_zone_is_that_of_the_place():
    page = (
        '<html lang="ja"><h1>町の水車が再び回る、四十年ぶり</h1><p>2026年5月1日 9時30分</p><p>'
        + "水車が再び回り始めた。" * 9
    )
    article = extract_article(page.encode(), URL)
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-01T09:30:00+09:00"


def test_comments_and_another_article_of_the_page_are_not_text():
    other = f"<article><h1>Choir sings in the empty pool</h1><p>{'Something else happened. ' * 40}</p></article>"
    comments = f'<div class="comments"><p>{"I have an opinion about the mill and its wheel. " * 9}</p></div>'
    body = f"<article><h1>The mill wheel turns again</h1><p>{PROSE}</p><p>{PROSE * 2}</p></article>{other}{comments}"
    text = read(body).text
    assert PROSE.strip() in text
    assert "Something else" not in text
    assert "opinion" not in text


def test_html_is_no_dump_and_text_is():
    assert looks_like_dump(b"A headline\n\nText.")
    assert not looks_like_dump(b"<p>A headline</p>")
    assert not looks_like_dump(b" \n ")


def test_a_dump_whose_lines_were_broken_is_joined():
    text = (
        "Mill wheel turns again\n\n"
        "The wheel of the mill turned again on Sunday for the first time\n"
        "in forty years, and the flour is already for sale in the shops of\n"
        "the village.\n"
    )
    assert read_dump(text, "file:///a.txt").text == (
        "The wheel of the mill turned again on Sunday for the first time in forty years, "
        "and the flour is already for sale in the shops of the village."
    )


def test_a_dump_keeps_bullets_as_a_list_and_pointers_as_links():
    text = f"Mill wheel turns again\n\n{PROSE}\n\n- flour\n- bran\n\nRead also: The last miller retires\n\n{PROSE}"
    article = read_dump(text, URL)
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.PARAGRAPH]
    assert [(link.title, link.kind) for link in article.links] == [("The last miller retires", LinkKind.RELATED)]


def test_no_address_of_a_picture_hides_a_mark_that_turns_text_around():
    article = read(f'<article><p>{PROSE}</p><p>{PROSE}</p><img src="/a&#x202e;b.jpg"><p>{PROSE}</p></article>')
    assert [image.url for image in article.images] == ["https://news.example/a%E2%80%AEb.jpg"]


def test_the_hour_in_a_byline_of_a_dump_is_no_name():
    article = read_dump(f"Mill wheel turns again\n\nBy Nora Fenwick, 10:30\n\n{PROSE}", URL)
    assert article.authors == ("Nora Fenwick",)


def test_a_dump_without_text_has_failed():
    article = read_dump("Menu\nHome\n", URL)
    assert (article.state, article.reason) == (State.FAILED, "no article text was found in this text")


def test_the_text_of_a_feed_is_an_article_until_the_page_is_read():
    at = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    html = f'<p>{PROSE}</p><p>Short.</p><img src="/i.jpg" alt="Wheel"><script>x()</script>'
    image = "https://news.example/i.jpg"
    article = article_from_headline(
        Headline(URL, "A title", published=at, authors=("Ada Quill",), html=html, image=image)
    )
    assert article.state is State.FEED_ONLY
    assert article.text == f"{PROSE.strip()}\nShort."
    assert [image.url for image in article.images] == ["https://news.example/i.jpg"]
    assert (article.published, article.authors) == (at, ("Ada Quill",))


def test_a_feed_without_text_gives_a_headline():
    article = article_from_headline(Headline(URL, "A title", html="<img src='x'>"))
    assert (article.state, article.blocks) == (State.HEADLINE, ())
    assert article.reason


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE * 9,
        "Bread &amp; butter,&nbsp;  \n twice a&#768; day.",
        "市議会は水曜日に予算案を可決した。",
        "Read more",
        "A title",
        "A title 1 May 2026",
        "By Ada Quill",
        "1 May 2026",
        "https://news.example/1",
        "Subscribe to our newsletter for more stories like this one.",
        "...",
        " ",
    ],
)
def test_text_without_a_tag_is_judged_as_with_one(text):
    blocks = [
        article_from_headline(Headline(URL, "A title", html=html)).blocks for html in (text, f"<span>{text}</span>")
    ]
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ('<p>In the archive | <a href="/2025/a-boat-1">A boat that came in second and won the cup</a></p>', False),
        (
            '<p>It was told in the harbour by <a href="/2025/a-boat-1">a boat that came second and won</a></p>',
            True,
        ),
        ("<p>An dieser Stelle finden Sie einen externen Inhalt, den die Redaktion empfiehlt.</p>", False),
        ("<p>An diesem Tag fanden sie einen Inhalt in der Flasche, den niemand lesen konnte.</p>", True),
        ("<p>* * *</p>", False),
    ],
)
def test_pointers_and_notices_of_players_are_no_text(line, stays):
    article = read(f"<article><h1>The mill wheel turns again</h1><p>{PROSE}</p>{line}<p>Again: {PROSE}</p></article>")
    assert len(article.blocks) == 2 + stays


def test_what_a_button_explains_is_no_standfirst():
    tip = "Save this article on your own page, and read it later on any of the screens that you have."
    head = f'<header><h1>The mill wheel turns again</h1><div class="js-tooltip-content"><p>{tip}</p></div></header>'
    article = read(f"{head}<article><p>{PROSE}</p><p>{PROSE * 2}</p><p>{PROSE * 3}</p></article>")
    assert article.subtitle == ""
    assert tip not in article.text


@pytest.mark.parametrize("date", ["May 2, 2026", '<time datetime="2026-05-02">May 2</time>'])
def test_the_date_of_a_post_is_not_that_of_the_article(date):
    post = f'<blockquote class="twitter-tweet"><p>What a wheel!</p>&mdash; Ada <a href="/p/1">{date}</a></blockquote>'
    article = read(f"<article><h1>The mill wheel turns again</h1><p>{PROSE}</p>{post}<p>{PROSE * 2}</p></article>")
    assert article.published is None
    assert article.blocks[1].kind is BlockKind.QUOTE
