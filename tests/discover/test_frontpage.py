"""Headlines are told from menus, sections, running text and other sites, in any script."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader.dates import to_iso
from newsreader.discover.frontpage import find_headlines

URL = "https://news.example/"

ENGLISH = [
    ("/2025/08/01/ferry-returns-to-the-old-harbour", "Ferry returns to the old harbour after a year"),
    ("/2025/08/01/bridge-tolls-to-fall-in-autumn", "Bridge tolls to fall in autumn, council says"),
    ("/2025/07/31/storm-closes-the-coast-road", "Storm closes the coast road for two days"),
    ("/2025/07/31/new-lighthouse-keeper-named", "New lighthouse keeper is named at last"),
]
JAPANESE = [
    ("/articles/20250801-1001.html", "港のフェリー、1年ぶりに再開"),
    ("/articles/20250801-1002.html", "橋の通行料、秋に値下げ"),
    ("/articles/20250731-1003.html", "嵐で海岸道路が通行止め"),
    ("/articles/20250731-1004.html", "灯台守、新たに任命"),
]
MENU = (
    '<header><nav><a href="/">Home</a><a href="/world/">World</a>'
    '<a href="/business/markets-and-money">Markets and money today</a></nav></header>'
)
FOOTER = (
    '<footer><a href="/about-the-newspaper-and-its-people">About the newspaper and its people</a>'
    '<a href="/privacy">Privacy</a>'
    '<a href="https://social.example/the-post-on-social-media">Follow the post on social media</a></footer>'
)


def page(*blocks: str, lang: str = "en") -> bytes:
    return (
        f'<!doctype html><html lang="{lang}"><body>{MENU}<main>{"".join(blocks)}</main>{FOOTER}</body></html>'.encode()
    )


def found(body: bytes, url: str = URL) -> list[tuple[str, str]]:
    return [(headline.url.removeprefix(URL.rstrip("/")), headline.title) for headline in find_headlines(body, url)]


@pytest.mark.parametrize("stories", [ENGLISH, JAPANESE])
@pytest.mark.parametrize(
    "form",
    [
        '<article><h2><a href="{0}">{1}</a></h2><p>A few words that tell what it is about, to be clear.</p></article>',
        '<article><a href="{0}"><img src="/i.jpg"><h3>{1}</h3><p>What it is about, in one sentence.</p></a></article>',
        '<div><a href="{0}"><img src="/i.jpg"></a><div><a href="{0}">{1}</a></div><a href="{0}">Read more</a></div>',
        '<li><a href="{0}">{1}</a> <time datetime="2025-08-01T10:30:00+09:00">10:30</time></li>',
        '<div><a href="{0}" aria-label="{1}"></a><h3><div>Harbour</div><span>{1}</span></h3></div>',
        '<div><a href="{0}"><span>Harbour:</span></a><h3><a href="{0}">{1}</a></h3></div>',
    ],
)
def test_each_way_of_setting_headlines_is_read(stories, form):
    body = page(*(form.format(*story) for story in stories), lang="ja" if stories is JAPANESE else "en")

    assert found(body) == stories


def test_menus_footers_sections_and_other_sites_are_left_out():
    body = page(
        *(f'<h2><a href="{url}">{title}</a></h2>' for url, title in ENGLISH),
        '<h2><a href="/business/">Business</a></h2>',
        '<p>As he said in <a href="/2020/01/01/an-old-speech-of-the-minister">a speech of some years ago</a> '
        "to the harbour council, nothing of this is new and nothing of it will be changed before the year ends.</p>",
        '<h2><a href="https://other.example/2025/08/01/not-of-this-site">A story of another site altogether</a></h2>',
        '<h2><a href="/tag/ferries-and-bridges-2025">All about ferries and bridges of the year</a></h2>',
        '<h2><a href="/2025/08/01/photo-of-the-day.jpg">The photo of the day in full size</a></h2>',
    )

    assert found(body) == ENGLISH


def test_a_heading_without_link_takes_the_link_below_it():
    body = page(
        *(
            f'<h2>{title}</h2><p>What happened, in short.</p><p><a href="{url}">Full story</a></p>'
            for url, title in ENGLISH
        )
    )

    assert found(body) == ENGLISH


def test_one_entry_for_an_address_whatever_leads_to_it():
    url, title = ENGLISH[0]
    body = page(
        f'<h2><a href="{url}?utm_source=front">{title}</a></h2><a href="{url}#comments">12 comments</a>',
        *(
            f'<h2><a href="{other}">{text}</a></h2><a href="{other}#comments">7 comments</a>'
            for other, text in ENGLISH[1:]
        ),
        f'<aside><ol><li><a href="{url}">{title}</a></li></ol></aside>',
    )

    assert found(body) == ENGLISH


def test_an_index_of_short_addresses_below_its_own():
    stories = [
        ("/blog/ferries", "What we learnt from a year without ferries"),
        ("/blog/tolls", "How bridge tolls are counted these days"),
        ("/blog/storms", "Three storms and what they did to us"),
    ]
    body = page(*(f'<p><a href="{url}">{title}</a>, <span>1 August 2025</span></p>' for url, title in stories))

    assert found(body, "https://news.example/blog") == stories


def test_summary_date_picture_and_language_come_with_the_headline():
    form = (
        '<article><img data-src="/pic.jpg" src="data:image/gif;base64,x"><h3><a href="{0}">{1}</a></h3>'
        "<p>港のフェリーが1年ぶりに運航を再開し、多くの人が集まった。</p><span>2025年8月1日 10時30分</span></article>"
    )
    first = find_headlines(page(*(form.format(*story) for story in JAPANESE), lang="ja"), URL)[0]

    assert first.summary == "港のフェリーが1年ぶりに運航を再開し、多くの人が集まった。"
    assert to_iso(first.published) == "2025-08-01T10:30:00+09:00"
    assert (first.image, first.language) == ("https://news.example/pic.jpg", "ja")


def test_a_cut_title_is_told_whole_if_the_tooltip_has_it():
    body = page(*(f'<li><a href="{url}" title="{title}">{title[:24]}...</a></li>' for url, title in ENGLISH))

    assert found(body) == ENGLISH


def test_a_page_of_its_own_encoding_and_a_base_element():
    form = '<h3><a href="{0}">{1}</a></h3>'
    inner = "".join(form.format(url.removeprefix("/articles/"), title) for url, title in JAPANESE)
    html = f'<html><head><meta charset="Shift_JIS"><base href="/articles/"></head><body>{inner}</body></html>'

    assert found(html.encode("cp932")) == JAPANESE


@pytest.mark.parametrize("body", [b"", b"Hello", b"<html></html>", b"\xff\xfe\x00", page()])
def test_a_page_without_headlines_has_none(body):
    assert find_headlines(body, URL) == []


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 3000 + b'<a href="/2025/08/01/a-story-told-in-the-depths">A story told in the depths</a>' * 20,
        b"<p>" + b'<a href="/2025/08/01/one-more-story-of-many">One more</a> words between them ' * 3000,
        b"<a href='/x-y-z-1234'>" + b"<span>" * 3000 + b"A story told in the depths",
        b'<script type="application/ld+json">{"itemListElement":' + b"[" * 5000 + b"</script><a href=/a-b-c-d>x</a>",
    ],
)
def test_pages_made_to_hurt_end_soon(body):
    assert len(find_headlines(body, URL)) <= 1


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50, deadline=None)
@given(st.integers(0, 1500), st.integers(0, 80), st.binary(max_size=20), st.text(max_size=30))
def test_no_page_raises(at, cut, junk, url):
    body = page(*(f'<h2><a href="{address}">{title}</a></h2>' for address, title in ENGLISH))

    for headline in find_headlines(body[:at] + junk + body[at + cut :], url or URL):
        assert headline.title
        assert headline.url.startswith("http")


def test_a_heading_around_a_list_of_links_is_the_title_of_none():
    links = "".join(f'<a href="/news/2026-{number:05}-fog"><img src="/{number}.jpg"></a>' for number in range(9))

    assert (
        find_headlines(
            f"<html><body><h2>Pictures of the day {links}</h2></body></html>".encode(), "https://news.example/"
        )
        == []
    )


@pytest.mark.parametrize("rel", ["sponsored noopener", "NOFOLLOW"])
def test_a_link_that_the_page_disowns_is_no_headline_unless_it_disowns_them_all(rel):
    advert = ("/2025/08/01/ten-umbrellas-that-you-will-love", "Ten umbrellas that you will love this summer")
    disowned = '<li><h3><a rel="{}" href="{}">{}</a></h3></li>'.format
    own = "".join(f'<li><h3><a href="{path}">{title}</a></h3></li>' for path, title in ENGLISH)

    found = find_headlines(f"<ul>{own}{disowned(rel, *advert)}</ul>".encode(), URL)
    assert [headline.title for headline in found] == [title for _, title in ENGLISH]

    all_disowned = "".join(disowned(rel, *pair) for pair in ENGLISH)
    assert len(find_headlines(f"<ul>{all_disowned}</ul>".encode(), URL)) == len(ENGLISH)


def test_a_page_that_scripts_would_draw_is_read_from_the_data_that_it_carries():
    stories = [
        {"title": title, "id": 7, "path": path, "publishedAt": "2025-08-01T08:00:00Z", "excerpt": "<b>So</b> it was."}
        for path, title in ENGLISH
    ]
    others = [
        {"name": "A person with many words in it", "url": "/author/a-person-with-many-words"},
        {"title": "This page about all the news of the harbour", "url": URL},
        {"title": "Elsewhere on the web and not of this site", "url": "https://other.example/2025/08/01/a-b-c-d"},
        {"title": 5, "url": ["/x"]},
    ]
    data = json.dumps({"props": {"stories": {"top": stories[:2], "more": [[stories[2:], others]]}}})

    script = '<script type="application/json">{}</script>'.format
    found = find_headlines(
        f"<div id=app></div>{script('{broken')}{script(data)}"
        '<a href="/2025/08/01/cookies-and-their-uses">How we use cookies on this site today</a>'.encode(),
        URL,
    )

    assert [headline.title for headline in found] == [title for _, title in ENGLISH]
    assert to_iso(found[0].published) == "2025-08-01T08:00:00+00:00"
    assert found[0].summary == "So it was."
    assert found[0].url == "https://news.example/2025/08/01/ferry-returns-to-the-old-harbour"
