"""The links of a page that may be headlines, each with where it stands: heading, running text, menu, card."""

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from newsreader.discover.addresses import is_elsewhere
from newsreader.dom import Node, Tree, attr, text_of
from newsreader.text import count_cjk
from newsreader.urls import canonical, resolve, site_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENU_TAGS = ("nav", "menu")
_MENU_ROLES = (
    "navigation",
    "menu",
    "menubar",
    "menuitem",
    "tablist",
    "contentinfo",
    "banner",
    "search",
    "dialog",
    "toolbar",
)
_EDGES = ("header", "footer")  # of the page, unless they are of an article
_PARTS = ("article", "li", "section", "main", "td")
_BLOCKS = (
    "p",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "div",
    "blockquote",
    "article",
    "section",
    "figcaption",
    "body",
    "main",
    "aside",
)
_DISOWNING = frozenset(("sponsored", "ugc", "nofollow"))
_BEGUN = 2.0  # words before a link that may begin a sentence
_KICKER = 4.0  # words that may stand before a headline in its line
_SENTENCE, _SENTENCE_LEAST = 3.0, 6.0  # a paragraph of so many times the words of its link, and some, is prose
_NO_LINES = -1.0
_NODES = 300  # of a paragraph that are looked at
_CARD = 9  # steps up to which it matters what else is linked
_UPWARDS = 60  # steps that a search for what is around goes up
_LINKS = 10_000  # of a page that are looked at
_OFTEN = 3  # addresses that make a text say nothing
_SIGNATURE = 6  # steps up that tell one kind of place from another


class Link(NamedTuple):
    """One anchor.

    `heading` is the heading around it, or above it; `inline` means within running text; `place` is the kind of place.
    """

    node: Node
    url: str
    text: str
    heading: Node | None
    inline: bool
    place: str


class Places(NamedTuple):
    """The candidate links in page order, and for each element (by its `mem_id`) the candidate addresses below it."""

    links: list[Link]
    below: dict[int, set[str]]
    repeated: frozenset[str]


def find_links(tree: Tree, base: str, page: str) -> Places:
    """The links of a page to other pages of its site that are not in menus; `page` is the address of the page.

    A heading without a link of its own lends itself to the first "read more" that follows it.
    """
    site, own = name_of_site(page), canonical(page)
    menus: dict[int, bool] = {}
    found: list[tuple[Node, str, Node | None]] = []
    above: Node | None = None
    for node in tree.css(",".join((*HEADINGS, "a[href]"))):
        if len(found) == _LINKS:
            break
        if node.tag != "a":
            above = node if node.css_first("a[href]") is None and not _within(node, ("a",)) else None
            continue
        target = resolve(attr(node, "href"), base)
        if target is None or name_of_site(target) != site:
            continue
        url = canonical(target)
        if url != own and not is_elsewhere(url) and not _in_menu(node, menus):
            found.append((node, url, above))
    owned = [entry for entry in found if not _is_disowned(entry[0])]
    return _places(owned if 2 * len(owned) >= len(found) else found)  # some sites disown all links


def _is_disowned(node: Node) -> bool:
    """Whether a page asks not to count a link as its own: paid for, or not to be followed (`rel`)."""
    return not _DISOWNING.isdisjoint(attr(node, "rel").lower().split())


def name_of_site(url: str) -> str:
    """The publisher's own label of a domain: `example` of both example.com and example.co.uk."""
    site = site_of(url)
    name = site.partition(".")[0]
    return name if len(name) > 2 and not name.isdigit() else site  # noqa: PLR2004 -- t.co is nobody's brother


def _places(found: list[tuple[Node, str, Node | None]]) -> Places:
    texts = {node.mem_id: text_of(node) for node, _, _ in found}
    repeated = _repeated({(texts[node.mem_id], url) for node, url, _ in found})
    named = ((url, texts[node.mem_id] or attr(node, "aria-label")) for node, url, _ in found)
    told = {url for url, name in named if name and plain_of(name) not in repeated}
    links: list[Link] = []
    lent: set[int] = set()
    prose: dict[int, float] = {}
    steps: dict[int, str] = {}
    for node, url, above in found:
        text = texts[node.mem_id]
        heading = _heading_around(node)
        if heading is None and above is not None and text and url not in told and above.mem_id not in lent:
            heading = above
            lent.add(above.mem_id)
        inline = heading is None and _is_inline(node, text, prose)
        links.append(Link(node, url, text, heading, inline, _place(node, steps)))
    return Places(links, _below(links), repeated)


def plain_of(text: str) -> str:
    """A text for comparing with others: numbers are all the same."""
    return _digits().sub("0", text).strip().casefold()


@lru_cache(maxsize=4096)
def weight(text: str) -> float:
    """The length of a text in words; two characters of Chinese or Japanese count as one, less one for particles."""
    cjk = count_cjk(text)
    return len(text.split()) + cjk / 2 - (1 if cjk else 0)


def _heading_around(node: Node) -> Node | None:
    step: Node | None = node
    for _ in range(4):
        step = step.parent if step is not None else None
        if step is None:
            return None
        if step.tag in HEADINGS:
            return step
    return None


def _is_inline(node: Node, text: str, prose: dict[int, float]) -> bool:
    """Whether a link is a part of a sentence: words before it in its line, or a paragraph with far more words.

    `prose` remembers the words of blocks.
    """
    block = _block_of(node)
    if not text or block is None:
        return False
    if block.mem_id not in prose:
        prose[block.mem_id] = _prose(block)
    words = prose[block.mem_id]
    if words == _NO_LINES:
        return False
    before = _words_before(node, block)
    most = weight(text) if before >= _BEGUN else _SENTENCE * weight(text) + _SENTENCE_LEAST
    return before > _KICKER or words > most


def _prose(block: Node) -> float:
    """The words of a paragraph outside of links; 0 for another block of lines, `_NO_LINES` for one of blocks."""
    if any(child.tag in ("div", "p", "ul", "table") for child in block.iter(include_text=False)):
        return _NO_LINES
    return _words_beside_links(block) if block.tag == "p" else 0.0


def _block_of(node: Node) -> Node | None:
    block = node.parent
    while block is not None and block.tag not in _BLOCKS:
        block = block.parent
    return block


def _words_before(node: Node, block: Node) -> float:
    """The words of the line before a link, back to the link or line break before it."""
    words = 0.0
    step: Node | None = node
    while step is not None and step.mem_id != block.mem_id:
        beside = step.prev
        while beside is not None and words <= _KICKER:
            if beside.tag in ("a", "br") or (beside.is_element_node and beside.css_first("a,br") is not None):
                return words
            words += max(weight(beside.text(strip=True)), 0.0)
            beside = beside.prev
        step = step.parent
    return words


def _words_beside_links(block: Node) -> float:
    """The words of a paragraph that are in no link, counted in its first nodes."""
    words = 0.0
    for inner in islice(block.traverse(include_text=True), _NODES):
        if inner.is_text_node and not _within(inner, ("a",)):
            words += max(weight((inner.text_content or "").strip()), 0.0)
    return words


def _in_menu(node: Node, known: dict[int, bool]) -> bool:
    """Whether an element is in a menu, or at the head or foot of the page."""
    path = []
    step: Node | None = node
    found = False
    while step is not None and step.tag not in ("body", "html"):
        if step.mem_id in known:
            found = known[step.mem_id]
            break
        path.append(step)
        step = step.parent
    for element in reversed(path):
        found = found or _is_menu(element)
        known[element.mem_id] = found
    return found


def _is_menu(node: Node) -> bool:
    tag = node.tag or ""
    if tag in _MENU_TAGS or attr(node, "role") in _MENU_ROLES or "hidden" in node.attributes:
        return True
    return tag in _EDGES and not _within(node, _PARTS)


def _within(node: Node, tags: tuple[str, ...]) -> bool:
    step = node.parent
    for _ in range(_UPWARDS):
        if step is None:
            return False
        if step.tag in tags:
            return True
        step = step.parent
    return False


def _place(node: Node, known: dict[int, str]) -> str:
    """The path of tags and classes above a link: equal for the same place in repeated blocks."""
    steps: list[str] = []
    step: Node | None = node
    while step is not None and len(steps) < _SIGNATURE and step.tag != "body":
        if (told := known.get(step.mem_id)) is None:
            told = known[step.mem_id] = f"{step.tag}.{' '.join(sorted(attr(step, 'class').split())[:3])}"
        steps.append(told)
        step = step.parent
    return ">".join(steps)


def _below(links: list[Link]) -> dict[int, set[str]]:
    below: dict[int, set[str]] = {}
    for link in links:
        step: Node | None = link.node
        for _ in range(_CARD + 1):
            if step is None:
                break
            below.setdefault(step.mem_id, set()).add(link.url)
            step = step.parent
    return below


def _repeated(pairs: set[tuple[str, str]]) -> frozenset[str]:
    """Texts, numbers aside, that lead to three addresses or more: "read more", "12 comments", not headlines."""
    counts = Counter(plain_of(text) for text, _ in pairs)
    return frozenset(text for text, count in counts.items() if count >= _OFTEN)


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d+")
