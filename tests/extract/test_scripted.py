"""Pages that draw their text by script: one invented story in every form in which frameworks and editors keep it."""

import json

import pytest

from newsreader.extract import extract_article
from newsreader.model.article import Article
from newsreader.model.blocks import BlockKind
from newsreader.model.news import State

URL = "https://news.example/news/lighthouse-lamp-lit-again-3301"
TITLE = "Lighthouse lamp is lit again after sixty years"
FIRST = (
    "The lamp of the Cape Orla lighthouse burned again on Friday evening, sixty years after the last keeper rowed "
    "ashore with the key in his pocket and nobody asked him to come back."
)
SECOND = (
    "Eleven volunteers carried the lens up the stairs in pieces, and a retired watchmaker put it together without a "
    "drawing, which took him the whole of the summer."
)
HEADING = "Who pays for the oil"
THIRD = (
    "The fishermen pay for the oil, a cent for every fish that they land, and they say that the light has already "
    "saved them more than it costs to keep it burning until spring."
)
HTML = f"<p>{FIRST}</p><p>{SECOND}</p><h2>{HEADING}</h2><p>{THIRD}</p>"
STORY = [("paragraph", FIRST), ("paragraph", SECOND), ("heading", HEADING), ("paragraph", THIRD)]
OTHER = (
    "<p>The bakery in Mill Lane has closed its doors for good, and the queue that stood there every morning has moved "
    "to the station, where the bread is dearer and the coffee is worse.</p>"
) * 4


def page(scripts: str, head: str = "") -> bytes:
    """A page that is an empty shell until its scripts have run."""
    return (
        f'<html lang="en"><head><title>{TITLE}</title>{head}</head><body><div id="root"></div>{scripts}</body></html>'
    ).encode()


def read(scripts: str, head: str = "") -> Article:
    return extract_article(page(scripts, head), URL)


def seen(article: Article) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in article.blocks]


def data(value: object, attrs: str = 'id="__NEXT_DATA__"') -> str:
    text = json.dumps(value).replace("</", "<\\/")
    return f'<script {attrs} type="application/json">{text}</script>'


def flight(*rows: str) -> str:
    """Rows of React's flight format, cut into chunks where it hurts."""
    text = "".join(rows)
    chunks = [text[at : at + 97] for at in range(0, len(text), 97)]
    return "".join(f"<script>self.__next_f.push({json.dumps([1, chunk])})</script>" for chunk in chunks)


def element(tag: str, *children: object, **props: object) -> list[object]:
    return ["$", tag, None, {**props, "children": list(children) if len(children) != 1 else children[0]}]


def next_page(body: object) -> str:
    story = {"headline": TITLE, "url": URL, "body": body}
    others = [{"headline": "Bakery in Mill Lane closes", "url": "/news/bakery-closes-3299", "body": OTHER}]
    return data({"props": {"pageProps": {"menu": [{"title": "Sport", "url": "/s"}], "article": story, "more": others}}})


def paragraphs(make_text, make_heading) -> list[object]:
    return [make_text(FIRST), make_text(SECOND), make_heading(HEADING), make_text(THIRD)]


RICH_TEXTS = {
    "html": HTML,
    "markdown": f"{FIRST}\n\n{SECOND}\n\n## {HEADING}\n\n{THIRD}",
    "list of html": [f"<p>{FIRST}</p>", f"<p>{SECOND}</p>", f"<h2>{HEADING}</h2>", f"<p>{THIRD}</p>"],
    "content elements": paragraphs(
        lambda text: {"type": "text", "content": text}, lambda text: {"type": "header", "level": 2, "content": text}
    ),
    "portable text": paragraphs(
        lambda text: {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text, "marks": []}]},
        lambda text: {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": text}]},
    ),
    "contentful": {
        "nodeType": "document",
        "content": paragraphs(
            lambda text: {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text, "marks": []}]},
            lambda text: {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": text}]},
        ),
    },
    "prosemirror": {
        "type": "doc",
        "content": paragraphs(
            lambda text: {"type": "paragraph", "content": [{"type": "text", "text": text}]},
            lambda text: {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": text}]},
        ),
    },
    "editor.js": {
        "blocks": paragraphs(
            lambda text: {"type": "paragraph", "data": {"text": text}},
            lambda text: {"type": "header", "data": {"text": text, "level": 2}},
        )
    },
    "draft.js": {
        "blocks": paragraphs(
            lambda text: {"key": "a1", "text": text, "type": "unstyled", "inlineStyleRanges": []},
            lambda text: {"key": "b2", "text": text, "type": "header-two"},
        ),
        "entityMap": {},
    },
    "typed graph": paragraphs(
        lambda text: {"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": text}]},
        lambda text: {"__typename": "Heading2Block", "content": [{"__typename": "TextInline", "text": text}]},
    ),
    "nested models": paragraphs(
        lambda text: {"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": text}}]}},
        lambda text: {"type": "subheadline", "model": {"level": 2, "text": text}},
    ),
    "jsonml": ["div", ["p", FIRST], ["p", SECOND], ["h2", HEADING], ["p", THIRD]],
    "tree of html": {
        "type": "root",
        "children": paragraphs(
            lambda text: {"type": "tag", "name": "p", "children": [{"type": "text", "data": text}]},
            lambda text: {"type": "tag", "name": "h2", "children": [{"type": "text", "data": text}]},
        ),
    },
    "sections": [
        {"id": 1, "settings": {"text": f"<p>{FIRST}</p><p>{SECOND}</p>"}},
        {"id": 2, "settings": {"text": f"<h2>{HEADING}</h2><p>{THIRD}</p>"}},
    ],
}


@pytest.mark.parametrize("body", RICH_TEXTS.values(), ids=RICH_TEXTS)
def test_the_text_is_read_in_whatever_form_an_editor_keeps_it(body):
    article = read(next_page(body))

    assert (seen(article), article.state) == (STORY, State.FULL)


def nuxt() -> str:
    """What devalue writes: a list of parts that name each other by index."""
    parts = [["Reactive", 1], {"data": 2, "n": 7}, {"article": 3}, {"title": 4, "bodyHtml": 5, "own": 6}]
    return data([*parts, TITLE, HTML, None, 12], 'id="__NUXT_DATA__"')


def script(code: str) -> str:
    return f"<script>{code}</script>"


PARTS = ("$L1", "$L2", "$L3", "$L4")
MENU = element("nav", element("a", "Sport", href="/s"))
APOLLO = {
    "Text:1": {"__typename": "Text", "content": FIRST},
    "Text:2": {"__typename": "Text", "content": SECOND},
    "Text:3": {"__typename": "Heading", "content": HEADING},
    "Text:4": {"__typename": "Text", "content": THIRD},
    "Article:9": {"title": TITLE, "parts": [{"__ref": f"Text:{number}"} for number in (1, 2, 3, 4)]},
    "ROOT_QUERY": {"article": {"__ref": "Article:9"}},
}
STATE = {"title": TITLE, "content": HTML}
SCRIPTS = {
    "flight, text row": flight(
        f"1:T{len(HTML.encode()):x},{HTML}",
        f"0:{json.dumps(['$', '$L5', None, {'title': TITLE, 'html': '$1'}])}\n",
        '5:I[123,["chunk.js"],"Article"]\n',
    ),
    "flight, elements": flight(
        f"0:{json.dumps(element('main', MENU, element('div', *PARTS)))}\n",
        f"1:{json.dumps(element('p', FIRST))}\n2:{json.dumps(element('p', SECOND[:40], element('b', SECOND[40:])))}\n",
        f"3:{json.dumps(element('h2', HEADING))}\n4:{json.dumps(element('p', THIRD))}\n",
    ),
    "nuxt 3": nuxt(),
    "nuxt 2": script(
        f"window.__NUXT__=(function(a,b,c){{c.text={json.dumps(HTML)};return {{layout:'default',data:[{{title:a,n:b,"
        f"'story':c}}],ok:!0,at:new Date(1)}}}}({json.dumps(TITLE)},void 0,{{}}));"
    ),
    "apollo": script(f"window.__APOLLO_STATE__={json.dumps(APOLLO)}"),
    "state": script(f"var a=1;window.__INITIAL_STATE__ = {json.dumps({'post': STATE})};"),
    "literal": script(
        f"window.__PRELOADED_STATE__ = {{post: {{title: '{TITLE}', content: {json.dumps(HTML)}, n: undefined,}}}}"
    ),
    "single quotes": script(f"app({{html: '{HTML}', title: 'It\\'s \\x41'}})"),
    "parsed": script(f"window.__STATE__ = JSON.parse({json.dumps(json.dumps(STATE))})"),
    "json in json": data({"cache": {"query-1": {"data": json.dumps({"page": STATE})}}}),
}


@pytest.mark.parametrize("scripts", SCRIPTS.values(), ids=SCRIPTS)
def test_the_text_is_found_wherever_a_framework_puts_it(scripts):
    assert seen(read(scripts)) == STORY


def test_pictures_links_and_lists_are_kept():
    body = [
        {"type": "image", "url": "https://pictures.example/lamp.jpg", "caption": "The lamp", "alt": "A lamp"},
        {"type": "text", "content": f'{FIRST} <a href="/news/keeper-1966-3001">The keeper</a>'},
        {"type": "list", "list_type": "unordered", "items": [{"type": "text", "content": SECOND}, {"content": THIRD}]},
        {"type": "quote", "content": "It is only a lamp, but it is ours."},
    ]
    article = read(next_page(body))

    kinds = [block.kind for block in article.blocks]
    assert kinds == [BlockKind.FIGURE, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE]
    assert [image.url for image in article.images] == ["https://pictures.example/lamp.jpg"]
    assert [image.caption for image in article.images] == ["The lamp"]
    assert [span.url for span in article.blocks[1].spans] == ["https://news.example/news/keeper-1966-3001"]


PEOPLE = {
    "name": "Wren Halloway and Bo Berg",
    "person": [{"name": "Wren Halloway"}, {"displayName": "Bo Berg"}],
    "name in parts": [{"firstName": "Wren", "lastName": "Halloway"}, {"first_name": "Bo", "last_name": "Berg"}],
    "connection": {"edges": [{"node": {"name": "Wren Halloway"}}, {"node": {"name": "Bo Berg"}}]},
    "entry": [{"sys": {"id": "w1"}, "fields": {"name": "Wren Halloway"}}, {"fields": {"name": "Bo Berg"}}],
    "collection": {"data": [{"attributes": {"name": "Wren Halloway"}}, {"attributes": {"name": "Bo Berg"}}]},
    "credits": {"by": [{"name": "By Wren Halloway", "slug": "wren"}, {"name": "Bo Berg"}]},
}


def state(head: str = "", **fields: object) -> Article:
    """What is read of a page whose state holds the story with these fields."""
    story = {"headline": TITLE, "body": {"type": "doc", "content": RICH_TEXTS["content elements"]}, **fields}
    shell = f"<html><head>{head}</head><body>{data({'props': {'author': 'Web Desk', 'story': story}})}</body></html>"
    return extract_article(shell.encode(), URL)


@pytest.mark.parametrize("people", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize("key", ["author", "authors", "byline", "credits"])
def test_the_authors_are_those_of_the_story(people, key):
    assert state(**{key: people}).authors == ("Wren Halloway", "Bo Berg")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publishedAt", "2026-09-07T06:00:00Z"),
        ("first_publish_date", "2026-09-07T08:00:00+02:00"),
        ("datePublished", 1788760800),
        ("published", {"iso": "2026-09-07T06:00:00Z"}),
    ],
)
def test_the_date_is_that_of_the_story(key, value):
    article = state(**{key: value}, updatedAt="2026-09-07T05:00:00Z")

    assert article.published is not None
    assert (article.published.timestamp(), article.updated) == (1788760800, None)


def test_an_author_around_the_story_is_not_its_own():
    assert state().authors == ()


def test_a_page_without_a_title_has_that_of_its_story():
    story = state(
        "<title>The Lantern</title><meta property=og:site_name content='The Lantern'>", dek="<b>Oil</b> &amp; fish"
    )

    assert (story.title, story.summary) == (TITLE, "Oil & fish")


def test_what_the_page_says_beats_the_data():
    head = f"<title>{TITLE}!</title><meta name=author content='Ada Quill'><meta name=date content=2026-01-02>"
    story = state(head, author="Wren Halloway", publishedAt="2026-09-07T06:00:00Z")

    assert (story.title, story.authors, str(story.published)[:10]) == (
        f"{TITLE}!",
        ("Ada Quill",),
        "2026-01-02",
    )


def test_authors_are_found_by_reference():
    cache = {"ROOT_QUERY": {"story": {"__ref": "Story:1"}}, "Person:7": {"name": "Wren Halloway"}}
    story = {"title": TITLE, "author": {"__ref": "Person:7"}, "body": HTML}

    assert read(data({"apollo": {**cache, "Story:1": story}})).authors == ("Wren Halloway",)


def test_another_article_is_not_taken_for_this_one():
    others = [{"headline": "Bakery in Mill Lane closes", "url": "/news/bakery-closes-3299", "body": OTHER}]
    article = read(data({"props": {"pageProps": {"article": {"headline": TITLE}, "latest": others, "items": others}}}))

    assert (article.state, article.text) == (State.FAILED, "")


def test_messages_of_the_program_are_no_text():
    article = read(data({"messages": {"about": OTHER}, "i18n": [OTHER, OTHER], "article": {"title": TITLE}}))

    assert article.state is State.FAILED


def test_what_the_page_shows_is_not_looked_for_elsewhere():
    shown = "<article>" + f"<p>{THIRD}</p>" * 3 + "</article>"

    assert FIRST not in read(shown + next_page(HTML)).text


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"{FIRST}\n{SECOND}\n{THIRD}", [FIRST, SECOND, THIRD]),
        (f"{FIRST}\r\n\r\n{SECOND} {THIRD}", [FIRST, f"{SECOND} {THIRD}"]),
        (f"{FIRST} {SECOND} {THIRD}", [f"{FIRST} {SECOND} {THIRD}"]),
        (f"<p>{FIRST}</p><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;", [FIRST, SECOND]),
    ],
)
def test_the_text_of_json_ld_has_its_paragraphs(body, lines):
    article = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body}
    head = f'<script type="application/ld+json">{json.dumps(article)}</script>'

    assert read("", head).text.split("\n") == lines


def test_json_ld_that_holds_far_more_than_the_page_shows_is_believed():
    more = [
        f"In week {number} of the work somebody found {number + 3} screws that nobody missed." for number in range(9)
    ]
    article = {"@type": "NewsArticle", "articleBody": "\n".join([FIRST, SECOND, *more, THIRD])}
    head = f'<script type="application/ld+json">{json.dumps(article)}</script>'

    assert read(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{more[0]}</p></article>", head).text.endswith(THIRD)


DEEP = 100_000
HOSTILE = {
    "deep lists": "<script>window.x = " + "[" * DEEP + "]" * DEEP + "</script>",
    "deep json": f'<script type="application/json">{"[" * DEEP}{"]" * DEEP}</script>',
    "deep rows": flight("0:" + "[" * DEEP + "\n"),
    "a row that holds itself": flight('0:["$","div",null,{"children":["$L0","$L0","$0:3:children"]}]\n'),
    "rows that hold each other twice": flight(
        *(f'{n:x}:["$","div",null,{{"children":["$L{n + 1:x}","$L{n + 1:x}"]}}]\n' for n in range(40))
    ),
    "a text row longer than the rest": flight("0:Tfffffff,abc"),
    "devalued loop": data([["Reactive", 1], {"a": 1, "b": [1], "c": 2}, [1, 2, 2]], 'id="__NUXT_DATA__"'),
    "loop of references": '<script>window.__APOLLO_STATE__={"ROOT_QUERY":{"__ref":"a"},"a":{"__ref":"a"},"x":"'
    + "y " * 300
    + '"}</script>',
    "names that multiply": "<script>window.__NUXT__=(function(a){return {b:["
    + "a," * 20_000
    + f"]}}}}({json.dumps('x ' * 5000)}))</script>",
    "literals that never end": "<script>" + 'a=["=[",' * 20_000 + "</script>",
    "strange values": data({"title": [TITLE], "body": {"marks": [[[]]], "style": {"a": []}, "level": True, "text": 3}}),
    "lone surrogate": '<script>window.__STATE__={"title":"\\ud800","body":"' + "\\ud800 word " * 90 + '"}</script>',
}


@pytest.mark.parametrize("scripts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_gives_a_state_and_costs_no_time(scripts):
    article = read(scripts)

    assert article.state in (State.FAILED, State.FULL)
    assert "could not be read" not in article.reason
