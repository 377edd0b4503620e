"""An article as one HTML page that stands alone: no script, no style from elsewhere, everything escaped."""

from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from html import escape

from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image
from newsreader.model.news import Match
from newsreader.present.ages import moment
from newsreader.present.as_text import ALONE, CONTENTS_FROM, Companions, facts_of, state_of
from newsreader.present.lines import safe, safe_lines, safe_url
from newsreader.present.spans import Stretch, stretches

_HEAD = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src http: https:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.7; overflow-wrap: anywhere;
 font-family: Georgia, "Noto Serif", serif; line-break: strict; }}
:lang(ja) {{ font-family: "Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", "Noto Serif JP", serif; }}
:lang(zh) {{ font-family: "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", SimSun, serif; }}
:lang(ko) {{ font-family: "Noto Serif CJK KR", "Noto Serif KR", Batang, serif; word-break: keep-all; }}
h1, h2, h3, h4, h5, h6 {{ line-height: 1.3; text-wrap: balance; }}
.standfirst {{ font-size: 1.15em; }}
.facts, .state, figcaption, .reasons, footer {{ font-size: .85em; opacity: .8; }}
figure {{ margin: 1.5rem 0; }}
p, li {{ white-space: pre-line; }}
img {{ max-width: 100%; height: auto; }}
blockquote {{ margin-inline: 0; padding-inline-start: 1rem; border-inline-start: .2rem solid; white-space: pre-line; }}
pre {{ overflow-x: auto; direction: ltr; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ padding: .2rem .6rem; border-block-end: 1px solid; text-align: start; vertical-align: top; }}
</style>
</head>
<body>
"""
_TAGS = {"bold": "strong", "italic": "em", "code": "code"}


def html_page(article: Article, companions: Companions = ALONE, *, zone: tzinfo = UTC) -> str:
    """The article as a whole page; times are shown in `zone`.

    Links and pictures lead to http(s) only. Every piece of text finds its own direction (`dir="auto"`).
    """
    head = _HEAD.format(language=escape(safe(article.language or "und")), title=_text(article.title))
    return head + "\n".join(filter(None, _parts(article, companions, zone))) + "\n</body>\n</html>\n"


def _parts(article: Article, companions: Companions, zone: tzinfo) -> Iterator[str]:
    entry = companions.entry
    yield "<article>\n<header>"
    yield _element("h1", _text(article.title))
    yield _element("p", _text(article.subtitle), 'class="standfirst"')
    yield _element("p", _text(" · ".join(facts_of(article, entry, zone))), 'class="facts"')
    state, reason = state_of(article, entry)
    yield _element("p", _text(" — ".join(filter(None, (state, reason)))), 'class="state"')
    yield "</header>"
    yield _figure(article.lead_image) if article.lead_image else ""
    yield _contents(article)
    yield from _body(article)
    yield "</article>\n<footer>"
    yield from _related(article, companions, zone)
    yield _element("p", _anchor(article.url, _text(article.url)))
    yield "</footer>"


def _body(article: Article) -> Iterator[str]:
    if not article.blocks:
        yield _element("p", _text(article.summary))
    headings = 0
    for block in article.blocks:
        if block.kind is BlockKind.HEADING:
            headings += 1
            level = min(max(block.level, 2), 6)  # the title is the only heading of level 1
            yield _element(f"h{level}", _inline(block), f'id="h{headings}"')
        else:
            yield _SETTERS[block.kind](block)


def _contents(article: Article) -> str:
    """The headings as links to them, where there are enough."""
    if len(article.toc) < CONTENTS_FROM:
        return ""
    items = [f'<li dir="auto"><a href="#h{at}">{_text(text)}</a></li>' for at, (_, text) in enumerate(article.toc, 1)]
    return "<nav>\n<ol>\n" + "\n".join(items) + "\n</ol>\n</nav>"


def _related(article: Article, companions: Companions, zone: tzinfo) -> Iterator[str]:
    kinds = {LinkKind.RELATED, LinkKind.MORE} if companions.all_links else {LinkKind.RELATED}
    matched = {match.entry.url for match in companions.related}
    links = [link for link in article.links if link.kind in kinds and link.url not in matched]
    items = [*(_match(match, zone) for match in companions.related), *(_link(link) for link in links)]
    if items:
        yield "<h2>Related</h2>\n<ul>"
        yield from (f'<li dir="auto">{item}</li>' for item in items)
        yield "</ul>"


def _match(match: Match, zone: tzinfo) -> str:
    entry = match.entry
    facts = [entry.source_name or "", moment(entry.published, zone) if entry.published else ""]
    told = _text(" · ".join(fact for fact in facts if fact))
    reasons = f'<br><span class="reasons">{_text("; ".join(match.reasons))}</span>' if match.reasons else ""
    return " — ".join(filter(None, (_anchor(entry.url, _text(entry.title or entry.url)), told))) + reasons


def _link(link: Link) -> str:
    return _anchor(link.url, _text(link.title or link.url))


def _paragraph(block: Block) -> str:
    return _element("p", _inline(block))


def _quote(block: Block) -> str:
    return _element("blockquote", _inline(block))


def _list(block: Block) -> str:
    """Items as nested lists, by their depth."""
    tag = "ol" if block.ordered else "ul"
    found, depth = [], 0
    for item in block.items:
        level = min(max(item.level, 1), depth + 1)
        if level > depth:
            found.append(f"<{tag}>")
        else:
            found.append(f"</li></{tag}>" * (depth - level) + "</li>")
        found.append(f'<li dir="auto">{_inline(item)}')
        depth = level
    return "\n".join([*found, f"</li></{tag}>" * depth])


def _figure_block(block: Block) -> str:
    return _figure(block.image) if block.image else ""


def _figure(image: Image) -> str:
    """A picture that loads when it is seen, its caption and its credit."""
    url = safe_url(image.url)
    size = "".join(f' {name}="{value}"' for name, value in (("width", image.width), ("height", image.height)) if value)
    picture = f'<img src="{escape(url)}" alt="{_text(image.alt)}" loading="lazy"{size}>' if url else ""
    credit = f"({image.credit})" if image.credit and image.credit not in image.caption else ""
    caption = _element("figcaption", _text(" ".join(filter(None, (image.caption, credit)))))
    return f"<figure>{picture}{caption}</figure>" if picture or caption else ""


def _table(block: Block) -> str:
    rows = []
    for at, row in enumerate(block.rows):
        tag = "th" if block.header and not at else "td"
        rows.append("<tr>" + "".join(f'<{tag} dir="auto">{_text(cell)}</{tag}>' for cell in row) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>" if rows else ""


def _code(block: Block) -> str:
    text = escape("\n".join(safe_lines(block.text)))
    return f"<pre><code>{text}</code></pre>" if text else ""


def _embed(block: Block) -> str:
    return _element("p", _anchor(block.url or "", _text(block.text or block.url or "")))


def _rule(_: Block) -> str:
    return "<hr>"


_SETTERS: dict[BlockKind, Callable[[Block], str]] = {
    BlockKind.HEADING: _paragraph,
    BlockKind.PARAGRAPH: _paragraph,
    BlockKind.LIST: _list,
    BlockKind.QUOTE: _quote,
    BlockKind.FIGURE: _figure_block,
    BlockKind.TABLE: _table,
    BlockKind.CODE: _code,
    BlockKind.EMBED: _embed,
    BlockKind.RULE: _rule,
}


def _inline(block: Block) -> str:
    return "".join(_marked(stretch) for stretch in stretches(block))


def _marked(stretch: Stretch) -> str:
    found = escape(stretch.text)
    for kind in stretch.kinds:
        if tag := _TAGS.get(kind):
            found = f"<{tag}>{found}</{tag}>"
    return _anchor(stretch.url, found) if stretch.url else found


def _anchor(url: str, inner: str) -> str:
    """A link, or only what it would hold if the address is not one of the web."""
    address = safe_url(url)
    return f'<a href="{escape(address)}">{inner}</a>' if address else inner


def _element(tag: str, inner: str, attributes: str = "") -> str:
    """An element that finds its own direction; nothing if it is empty."""
    return f'<{" ".join(filter(None, (tag, attributes)))} dir="auto">{inner}</{tag}>' if inner else ""


def _text(text: str) -> str:
    return escape(safe(text))
