"""The links of a page that may be headlines, each with where it stands: heading, running text, menu, card."""

from collections import Counter
from typing import NamedTuple

from newsreader.discover.addresses import is_elsewhere
from newsreader.dom import Node, Tree, attr, text_of
from newsreader.text import is_cjk
from newsreader.urls import canonical, resolve, site_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENU_TAGS = ("nav", "menu")
_MENU_ROLES = ("navigation", "menu", "menubar", "menuitem", "tablist", "contentinfo", "banner", "search", "dialog", "toolbar")
_EDGES = ("header", "footer")  # of the page, unless they are of an article
_PARTS = ("article", "li", "section", "main", "td")
_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "div", "blockquote", "article", "section", "figcaption", "body", "main", "aside")
_SIGNATURE = 6  # steps up that tell one kind of place from another


class Link(NamedTuple):
    """One anchor: `heading` is the heading around it; `inline` means within running text; `place` names its kind of place."""

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
    """The links of a page to other pages of its site that are not in menus; `page` is the address of the page."""
    site, own = site_of(page), canonical(page)
    menus: dict[int, bool] = {}
    links = []
    for node in tree.css("a[href]"):
        target = resolve(attr(node, "href"), base)
        if target is None or site_of(target) != site:
            continue
        url = canonical(target)
        if url == own or is_elsewhere(url) or _in_menu(node, menus):
            continue
        links.append(_link(node, url))
    return Places(links, _below(links), _repeated(links))


def weight(text: str) -> float:
    """The length of a text in words; two characters of Chinese or Japanese count as one word."""
    cjk = sum(map(is_cjk, text)) if not text.isascii() else 0
    return len(text.split()) + cjk / 2 - (1 if cjk else 0)


def _link(node: Node, url: str) -> Link:
    text = text_of(node)
    heading = _heading_around(node)
    return Link(node, url, text, heading, heading is None and _is_inline(node, text), _place(node))


def _heading_around(node: Node) -> Node | None:
    step: Node | None = node
    for _ in range(4):
        step = step.parent if step is not None else None
        if step is None:
            return None
        if step.tag in HEADINGS:
            return step
    return None


def _is_inline(node: Node, text: str) -> bool:
    """Whether a link is a part of a sentence: words before it in its block, or far more words around than in it."""
    if not text:
        return False
    step = node.parent
    while step is not None and step.tag not in _BLOCKS:
        step = step.parent
    if step is None or any(child.tag in ("div", "p", "ul", "table") for child in _elements(step)):
        return False
    around = text_of(step)
    before = around.partition(text)[0]
    return weight(before) > 4 or (step.tag == "p" and weight(around) > 3 * weight(text) + 6)  # noqa: PLR2004 -- a kicker is shorter


def _elements(node: Node) -> list[Node]:
    return [child for child in node.iter(include_text=False)]


def _in_menu(node: Node, known: dict[int, bool]) -> bool:
    """Whether an element is in a menu, or at the head or foot of the page, or hidden."""
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
    if tag in _EDGES:
        return not _within(node, _PARTS)
    return "display:none" in attr(node, "style").replace(" ", "")


def _within(node: Node, tags: tuple[str, ...]) -> bool:
    step = node.parent
    while step is not None:
        if step.tag in tags:
            return True
        step = step.parent
    return False


def _place(node: Node) -> str:
    """The path of tags and classes above a link: equal for the same place in repeated blocks."""
    steps = []
    step: Node | None = node
    while step is not None and len(steps) < _SIGNATURE and step.tag != "body":
        steps.append(f"{step.tag}.{' '.join(sorted(attr(step, 'class').split())[:3])}")
        step = step.parent
    return ">".join(steps)


def _below(links: list[Link]) -> dict[int, set[str]]:
    below: dict[int, set[str]] = {}
    for link in links:
        step: Node | None = link.node
        while step is not None:
            below.setdefault(step.mem_id, set()).add(link.url)
            step = step.parent
    return below


def _repeated(links: list[Link]) -> frozenset[str]:
    """Texts that lead to three addresses or more: "read more", "comments", not headlines."""
    counts = Counter(text for text, _ in {(link.text, link.url) for link in links})
    return frozenset(text for text, count in counts.items() if count >= 3)  # noqa: PLR2004
