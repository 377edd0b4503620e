"""One page of HTML that stands alone and that nothing from the network can turn against its reader."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image, Span
from newsreader.model.news import Match, State
from newsreader.present.as_html import html_page
from newsreader.present.as_text import Companions

VOID = {"meta", "img", "hr", "br"}


class Page(HTMLParser):
    """The elements of a page; an element that is not closed where it must be is a failure."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, Any]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, Any]]:
        """The attributes of each element of a kind."""
        return [attributes for found, attributes in self.elements if found == tag]


def an_article(*blocks: Block, **values: Any) -> Article:
    return Article(**{"url": "https://news.example/a", "blocks": blocks, **values})


def test_an_english_page(english, entries):
    source = html_page(english, Companions(entry=entries[0], related=[Match(entries[1], "story", 0.5, ("names",))]))
    page = Page(source)
    assert source.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')
    assert [attributes["href"] for attributes in page.all("a")] == [
        "#h1",
        "#h2",
        "#h3",
        "https://port.example/",
        "https://news.example/2026/10/sensors",
        "https://video.example/42",
        "https://news.example/a/102",
        "https://news.example/2026/09/delay",
        "https://news.example/2026/08/ferry",
        "https://news.example/2026/11/harbour-bridge",
    ]
    assert [attributes.get("id") for attributes in page.all("h2")] == ["h1", "h2", None]
    assert len(page.all("th")) == 3
    assert len(page.all("img")) == 2
    assert "<strong>eleven months</strong>" in source
    assert "<em>412 bearings</em>" in source
    assert "    return tonnes * 9.81" in source


def test_lists_are_nested():
    items = tuple(Block(BlockKind.PARAGRAPH, name, level=level) for name, level in (("a", 1), ("b", 2), ("c", 1)))
    source = html_page(an_article(Block(BlockKind.LIST, items=items)))
    assert re.sub(r' dir="auto"|\s', "", source[source.index("<ul>") : source.rindex("</ul>")]) == (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li>"
    )


def test_a_japanese_page_says_its_language_and_its_state(japanese):
    source = html_page(japanese)
    Page(source)
    assert '<html lang="ja">' in source
    assert "partial — 続きは会員だけが読める" in source
    assert '<h1 dir="auto">港の大橋が11か月ぶりに開通、予定より2週間早く 市民が早朝から行列</h1>' in source


def test_every_block_finds_its_own_direction(english):
    page = Page(html_page(english))
    for tag, attributes in page.elements:
        if tag in {"h1", "h2", "h3", "p", "li", "td", "th", "blockquote", "figcaption"} and tag != "h2":
            assert attributes.get("dir") == "auto", tag


def test_there_is_no_script_and_nothing_from_elsewhere(english):
    page = Page(html_page(english))
    assert {tag for tag, _ in page.elements} & {"script", "link", "iframe", "object", "embed", "form", "base"} == set()
    policy = next(meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    assert policy.startswith("default-src 'none'")


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[2J\u202e'


def test_nothing_hostile_becomes_markup(an_entry):
    blocks = [Block(kind, HOSTILE, level=2, url="javascript:alert(1)") for kind in BlockKind]
    blocks += [
        Block(BlockKind.PARAGRAPH, HOSTILE, spans=(Span(0, 9, "link", "javascript:alert(1)"), Span(2, 5, HOSTILE))),
        Block(BlockKind.LIST, items=(Block(BlockKind.PARAGRAPH, HOSTILE, level=3),)),
        Block(BlockKind.TABLE, rows=((HOSTILE,),), header=True),
        Block(BlockKind.FIGURE, image=Image("data:text/html,x", HOSTILE, HOSTILE, HOSTILE)),
        Block(BlockKind.FIGURE, image=Image('https://x/"onload="alert(1)', HOSTILE)),
    ]
    article = an_article(
        *blocks,
        title=HOSTILE,
        subtitle=HOSTILE,
        authors=(HOSTILE,),
        language=HOSTILE,
        site_name=HOSTILE,
        state=State.PARTIAL,
        reason=HOSTILE,
        links=(Link("javascript:alert(1)", HOSTILE, LinkKind.RELATED),),
    )
    match = Match(an_entry(title=HOSTILE, source_name=HOSTILE, url="javascript:x"), "story", 1, (HOSTILE,))
    source = html_page(article, Companions(related=[match]))
    page = Page(source)
    assert {tag for tag, _ in page.elements} & {"script"} == set()
    assert [found for _, attributes in page.elements for found in attributes if found.startswith("on")] == []
    assert all(link["href"].startswith(("https://", "#")) for link in page.all("a"))
    assert [image["src"] for image in page.all("img")] == ['https://x/"onload="alert(1)']
    assert not set(source) & set("\x1b\u202e")


@pytest.mark.parametrize("kind", list(BlockKind))
def test_a_block_that_holds_nothing_leaves_no_broken_markup(kind):
    Page(html_page(an_article(Block(kind))))


def test_a_headline_shows_its_summary():
    assert "What happened." in Page(html_page(an_article(summary="What happened."))).text
