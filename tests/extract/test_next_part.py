"""Which link of a page leads to the next part of its article, and what parts make together."""

from typing import Any

import pytest

from newsreader.extract import extract_article
from newsreader.extract.parts import join_parts
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image
from newsreader.model.news import State

SITE = "https://news.example"
TEXT = "The old observatory on the hill opens its dome again, and the first visitors queued before the sun was down. "


def next_of(path: str, links: str, head: str = "") -> str:
    """The path of the next part, "" if there is none."""
    html = f"<html><head><title>The observatory opens</title>{head}</head><body><article><h1>The observatory opens</h1>"
    page = extract_article(f"{html}<p>{TEXT * 3}</p><p>{TEXT}</p>{links}</article></body></html>".encode(), SITE + path)
    return (page.next_page or "").removeprefix(SITE)


@pytest.mark.parametrize(
    ("own", "href", "text"),
    [
        ("/news/dome-opens", "/news/dome-opens?page=2", "次へ"),
        ("/news/dome-opens", "?page=2", "次のページ"),
        ("/news/dome-opens?page=2", "?page=3", "Next"),
        ("/news/dome-opens?id=77", "?id=77&p=2", "2ページ目"),
        ("/news/dome-opens", "/news/dome-opens/2", "Next page »"),
        ("/news/dome-opens/", "/news/dome-opens/2/", "下一页"),
        ("/news/dome-opens/2", "/news/dome-opens/3", "다음"),
        ("/news/dome-opens", "/news/dome-opens/page/2/", "Siguiente ›"),
        ("/news/dome-opens.html", "/news/dome-opens-2.html", "Weiter"),
        ("/news/dome-opens.html", "dome-opens_2.html", "Suivant"),
        ("/news/dome-opens_2.html", "/news/dome-opens_3.html", "Avanti"),
        ("/news/dome-opens.html", "/news/dome-opens-seite-2.html", "Seite 2"),
        ("/news/1057127", "/news/1057127?page=2", "2"),
        ("/news/dome-opens", "?page=2", "次ページ：望遠鏡の値段"),
        ("/news/dome-opens", "?page=2", "→"),
    ],
)
def test_the_next_part_is_found_among_the_links(own, href, text):
    from urllib.parse import urljoin

    pager = f'<div class="pager"><a href="{own}">1</a> <a href="{href}">{text}</a></div>'

    assert next_of(own, pager) == urljoin(SITE + own, href).removeprefix(SITE)


@pytest.mark.parametrize(
    ("own", "link"),
    [
        ("/news/dome-opens-2201", '<a href="/news/dome-closes-2202">Next</a>'),
        ("/news/2201", '<a href="/news/2202">Next article</a>'),
        ("/news/dome-opens", '<a href="/news/dome-opens?page=3">Next</a>'),
        ("/news/dome-opens?page=2", '<a href="/news/dome-opens?page=2">2</a>'),
        ("/news/dome-opens?page=2", '<a href="/news/dome-opens">1</a>'),
        ("/news/dome-opens", '<a href="/news/dome-opens?page=2">Two more telescopes were bought at an auction</a>'),
        ("/news/dome-opens", '<a href="/news/dome-opens?page=2#comments">Next</a>'),
        ("/news/dome-opens", '<div class="comments"><a href="/news/dome-opens?page=2">Next</a></div>'),
        ("/news/dome-opens", '<a href="https://other.example/news/dome-opens?page=2">Next</a>'),
        ("/news/dome-opens", '<a href="mailto:desk@news.example">Next</a>'),
    ],
)
def test_no_other_link_is_taken_for_it(own, link):
    assert next_of(own, link) == ""


def test_the_head_names_the_next_part_but_not_another_article():
    assert next_of("/news/dome/2", "", '<link rel="next" href="/news/dome/3">') == "/news/dome/3"
    assert next_of("/news/dome", "", '<link rel="next" href="/news/harbour">') == ""


def part(*texts: str, **more: Any) -> Article:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Article(
        **{"url": f"{SITE}/a", "title": "The observatory", "subtitle": "On the hill", "blocks": blocks, **more}
    )


def test_parts_become_one_article_without_what_each_repeats():
    lead = Image(f"{SITE}/dome.jpg")
    first = part("One.", "Two.", lead_image=lead, state=State.PARTIAL, reason="the text ends", next_page=f"{SITE}/a/2")
    heading = Block(BlockKind.HEADING, "The observatory", 1)
    rest = (heading, Block(BlockKind.FIGURE, image=lead), Block(BlockKind.RULE), Block(BlockKind.PARAGRAPH, "Three."))
    second = part(url=f"{SITE}/a/2", blocks=rest)
    third = part("Two.", url=f"{SITE}/a/3", subtitle="Four.")

    joined = join_parts(first, [second, third])

    assert joined.text.split("\n") == ["On the hill", "One.", "Two.", "Three.", "Four."]
    assert [block.kind for block in joined.blocks][2:4] == [BlockKind.RULE, BlockKind.PARAGRAPH]
    assert (joined.state, joined.reason, joined.next_page, joined.images) == (State.FULL, "", None, (lead,))


def test_links_of_parts_are_kept_once_and_lead_to_no_part():
    one, two = (Link(f"{SITE}/{name}", name, LinkKind.MORE) for name in ("x", "y"))
    pager = Link(f"{SITE}/a/2", "2", LinkKind.REFERENCE)

    joined = join_parts(part("One.", links=(one, pager)), [part("Two.", url=f"{SITE}/a/2", links=(one, two))])

    assert joined.links == (one, two)


def test_a_part_that_costs_money_says_so():
    joined = join_parts(part("One."), [part("Two.", state=State.PAYWALLED, reason="only for subscribers")])

    assert (joined.state, joined.reason) == (State.PAYWALLED, "only for subscribers")
