"""The links of a page: which are articles, of what kind, under which heading."""

import pytest

from newsreader.extract import extract_article
from newsreader.extract.addresses import is_news_address
from newsreader.extract.paths import has_headline, has_id, letters_of, shape_of

PAGE = "https://courier.example/harbour/ferry-returns-to-the-quay-51877"
PROSE = "<p>The ferry came back to the harbour after nine years, and half the town stood on the quay to see it.</p>"
PIER = "/harbour/pier-of-planks-reopens-51801"


def links_of(body: str, *, url: str = PAGE, head: str = "", after: str = "") -> list[tuple[str, str, str]]:
    """Kind, title and heading of each link of a page that has `body` between paragraphs and `after` behind them."""
    html = (
        f"<html><head><title>Ferry returns</title>{head}</head><body><article><h1>Ferry returns to the quay</h1>"
        f"{PROSE}<p>{'It had lain in a dock up the coast, waiting for a boiler. ' * 4}</p>{body}"
        f"<p>{'The boiler came by barge in spring, and the work went fast. ' * 4}</p>{PROSE}</article>"
        f"{after}</body></html>"
    )
    return [(str(link.kind), link.title, link.heading) for link in extract_article(html.encode(), url).links]


def listed(*items: str) -> str:
    """A list of links: `address title` each."""
    rows = (item.split(" ", 1) for item in items)
    return "<ul>" + "".join(f'<li><a href="{address}">{title}</a></li>' for address, title in rows) + "</ul>"


def test_links_in_the_flow_of_the_text_are_inline_whatever_their_heading():
    box = f"<div class='box'><h3>Related</h3>{listed(f'{PIER} Pier of planks reopens at last')}</div>"
    word = '<p>Planks came from <a href="/harbour/saw-mill-burns-51666">the old mill</a> up the river, as planned.</p>'

    assert links_of(box + word) == [
        ("inline", "Pier of planks reopens at last", "Related"),
        ("inline", "the old mill", ""),
    ]


def test_lists_behind_the_text_are_what_their_heading_says():
    lists = (
        f"<section><h2>More on this story</h2>{listed(f'{PIER} Pier of planks reopens at last')}</section>"
        f"<section><h2>Most read</h2>{listed('/town/bell-rings-twice-51790 Town bell rings twice at noon')}</section>"
    )

    assert links_of("", after=lists) == [
        ("related", "Pier of planks reopens at last", "More on this story"),
        ("more", "Town bell rings twice at noon", "Most read"),
    ]


@pytest.mark.parametrize(
    ("url", "is_news"),
    [
        ("https://herald.example/2026/03/pier-reopens", True),
        ("https://herald.example/world/harbours/pier-of-planks-reopens-2026-03-04/", True),
        ("https://wire.example/article/pier-planks-8157396edb2d36b05de2069e5", True),
        ("https://port.gov.example/news/2026/03/04/pier-of-planks-reopens", False),
        ("https://boilers.example/press-releases/news/a-new-boiler-for-ferries-2026", False),
        ("https://press.boilers.example/articles/a-new-boiler-for-every-ferry", False),
        ("https://boilers.example/a-new-boiler-for-every-ferry", False),
        ("https://herald.example/news", False),
    ],
)
def test_news_of_other_publishers_in_the_text_are_stories_what_others_publish_is_a_reference(url, is_news):
    assert is_news_address(url) is is_news
    kind = "inline" if is_news else "reference"
    assert links_of(f'<p>So it stood <a href="{url}">in a note</a> on the door of the shed, they say.</p>') == [
        (kind, "in a note", "")
    ]


@pytest.mark.parametrize(
    "after",
    [
        f"<footer>{listed(f'{PIER} Pier of planks reopens at last')}</footer>",
        f"<div class='main-menu'>{listed(f'{PIER} Pier of planks reopens at last')}</div>",
        f"<div class='sponsored-box'>{listed(f'{PIER} Pier of planks reopens at last')}</div>",
        f"<div><h3>Sponsored content</h3>{listed(f'{PIER} Pier of planks reopens at last')}</div>",
        f"<div><h3>Bildergalerien</h3>{listed(f'{PIER} Pier of planks reopens at last')}</div>",
        listed(f"{PIER} Sponsored: planks for your own pier"),
        listed("/video/pier-of-planks-reopens-51801 Pier of planks reopens at last"),
        listed("/harbour/gallery.pier-of-planks-reopens-51801 Pier of planks reopens at last"),
        listed("/login?to=https%3A%2F%2Fcourier.example%2F51801 Log in to read the whole story"),
        listed("/harbour/all-the-rules-of-this-house All the rules of this house"),
        listed("//jobs.courier.example/deck-hand-wanted-at-once-51801 Deck hand wanted at once"),
    ],
)
def test_menus_advertisements_and_services_are_no_articles(after):
    assert links_of("", after=after) == []


def test_a_short_label_is_a_headline_if_its_address_is_built_as_that_of_the_page():
    assert links_of("", after=listed("/town/new-clock-for-us-51790 A new clock")) == []
    assert links_of("", after=listed("/town/new-clock-for-us-51790 Clock is back")) == [("more", "Clock is back", "")]
    assert links_of("", after=listed("/blog/2026/03/clock Clock is back")) == []


def test_in_a_box_named_for_advertisement_only_such_addresses_are_articles():
    for address, found in ((PIER, 1), ("/partners/2026/03/pier-of-planks-reopens", 0)):
        after = f"<div class='ad-rail'>{listed(f'{address} Pier of planks reopens at last')}</div>"
        assert len(links_of("", after=after)) == found


def test_letters_before_the_number_tell_articles_from_topics():
    after = listed("/en/pier-of-planks/a-51801 Pier of planks reopens", "/en/pier-of-planks/t-51802 All about the pier")

    assert links_of("", url="https://courier.example/en/ferry-returns-again/a-51877", after=after) == [
        ("more", "Pier of planks reopens", "")
    ]


def test_the_page_itself_and_its_translations_are_no_links():
    head = '<link rel="alternate" hreflang="fr" href="/fr/port/le-ferry-revient-au-quai-51877">'
    after = listed(
        f"{PAGE}?from=list#comments Ferry returns to the quay",
        "/fr/port/le-ferry-revient-au-quai-51877 Le ferry revient au quai",
    )

    assert links_of("", head=head, after=after) == []


def test_an_article_under_several_parameters_is_one_link():
    after = listed(f"{PIER}?place=1 Pier of planks reopens at last", f"{PIER}?place=2 Pier of planks reopens")

    assert links_of("", after=after) == [("more", "Pier of planks reopens at last", "")]


def test_a_link_laid_over_a_card_has_the_headline_of_the_card():
    card = "<article><div><a href='{}'></a><div><h3>{}</h3><p>Short of nails, long on planks.</p></div></div></article>"
    after = card.format(PIER, "Pier of planks reopens") + card.format("/town/bell-rings-twice-51790", "Bell rings")

    assert links_of("", after=after) == [("more", "Pier of planks reopens", ""), ("more", "Bell rings", "")]


def test_the_headline_inside_a_link_is_its_title_and_a_kicker_stands_apart():
    after = (
        f'<a href="{PIER}"><span>Harbour</span><h3><span>LATEST</span><span>Pier of planks reopens</span></h3>'
        f"<p>By Maud Ellery</p></a>"
    )

    assert links_of("", after=after) == [("more", "LATEST Pier of planks reopens", "")]


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/harbour/ferry-returns-again-51877", "SN"),
        ("/town/square/bell-rings-twice-51790/", "SN"),
        ("/news/ferry-returns-again", "w/S"),
        ("/article/379018", "article/N"),
        ("/photo/379018", "photo/N"),
        ("/2026/03/04/ferry", "N/N/N/w"),
        ("/a/2026-03-04/ferry-returns-again.html", "D/S"),
        ("/articles/ast1f4445t1futil02sm.html", "articles/wC"),
    ],
)
def test_shapes_of_paths(path, shape):
    assert shape_of(path) == shape


@pytest.mark.parametrize("path", ["/x-1877", "/1984/may/", "/cn0d18lz94o", "/7k2m91xq", "/3p8d55wz.html"])
def test_numbers_dates_and_codes_are_identifiers(path):
    assert has_id(path)


@pytest.mark.parametrize("path", ["/x-1984", "/covid19", "/123rd-fair", "/mp3player"])
def test_years_and_words_with_figures_are_none(path):
    assert not has_id(path)


def test_headlines_and_letters_in_paths():
    assert [has_headline(path) for path in ("/a-b-c-d/", "/a-b-c/", "/a-b-c-d-e/f", "/a-b-c-d/f")] == [
        True,
        False,
        True,
        False,
    ]
    assert [letters_of(path) for path in ("/x/a-51877", "/x/y-per51877.html", "/x/51877", "/x/y", "/1984")] == [
        "/a-",
        "-per",
        "/",
        "",
        "",
    ]
