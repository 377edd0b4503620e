"""Where the text of a page stands, as far as prose tells it: evidence for the classifier, and a place to begin.

The method: (1) pieces that read like prose (long enough, few links, outside navigation) give their weight to the
elements around them, less the further up; (2) the element with the highest sum, link text discounted, is the
container; (3) it grows to its parent as long as that adds prose of the same kind.
"""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate

from newsreader.dates import parse_date
from newsreader.extract.pieces import Element, Outline, Piece, inherit, make_of
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import BYLINE_STARTS

_PROSE_SIZE = 60
_SENTENCE_SIZE = 20
_ALIKE, _UNLIKE = 0.25, 0.9  # share of prose in what a container takes in, set like its text or not
_DECAY = 0.65  # what an element passes on to the one around it
_NAMED = 1.3  # what it counts to be named as the body of an article
_HEADED = 2.5  # what it counts to be in one `article` with the headline
# Shares of the prose: a body with more is believed; a box with more is none, whatever its name (comments may be long).
_BODY_SHARE, _BOX_SHARE, _COMMENT_SHARE = 0.3, 0.7, 0.85
_GAIN = 0.12  # share of its text that a container must win to grow
_OUTSIDE = (Role.CHROME, Role.COMMENTS, Role.LINKS, Role.TOC, Role.TAGS)


def is_prose(piece: Piece) -> bool:
    """Whether a piece reads like running text: long enough, and not mostly links."""
    return (
        piece.is_text
        and piece.size >= _PROSE_SIZE
        and piece.link_size * 2 < piece.size
        and piece.element.tag not in HEADINGS
    )


def _short_prose(pieces: list[Piece]) -> list[Piece]:
    """Sentences, for a page that has no longer text: together they must be as much as a paragraph."""
    found = [
        piece
        for piece in pieces
        if piece.is_text
        and piece.size >= _SENTENCE_SIZE
        and piece.link_size == 0
        and piece.element.tag not in HEADINGS
        and ends_sentence(piece.folded)
    ]
    return found if sum(piece.size for piece in found) >= _PROSE_SIZE else []


def ends_sentence(folded: str) -> bool:
    """Whether a folded text ends like a sentence, in any script."""
    return folded.endswith((".", "!", "?", "。", "！", "？", "…", "”", '"', "」", "’", "؟", "।", ":", "»", ")"))


def tells_who_or_when(piece: Piece) -> bool:
    """Whether a text that is known to be short is a byline or a date."""
    if piece.folded.startswith(BYLINE_STARTS) and not ends_sentence(piece.folded):
        return True
    return any(map(str.isdigit, piece.text)) and parse_date(piece.text) is not None


def find_container(outline: Outline, headline: int = -1) -> Element | None:
    """The element that holds the text, `None` if there is no prose.

    `headline` is the piece that shows the headline, -1 if none does.
    """
    prose = [piece for piece in outline.pieces if is_prose(piece)] or _short_prose(outline.pieces)
    outside = _Outside(prose)
    prose = [piece for piece in prose if not outside.holds(piece.element)] or prose
    scores: dict[Element, float] = {}
    for piece in prose:
        _give(scores, piece)
    if not scores:
        return None
    for element in scores:
        scores[element] *= 1 - min(element.link_size / max(element.size, 1), 0.9)
        if role_of(element) is Role.BODY:
            scores[element] *= _NAMED
        if headline >= 0 and (own := article_of(element)) is not None and own.holds(headline):
            scores[element] *= _HEADED
    return _grow(max(scores, key=lambda element: scores[element]), prose)


def article_of(element: Element) -> Element | None:
    """The innermost `article` that an element is or is in."""
    if element.tag == "article":
        return element
    return next((around for around in element.ancestors() if around.tag == "article"), None)


def _give(scores: dict[Element, float], piece: Piece) -> None:
    """Give the weight of a piece to the elements around its paragraph."""
    element: Element | None = piece.element
    if element is not None and element.tag in ("p", "li", "td", "blockquote", "dd", "pre"):
        element = element.parent
    share = weight(piece)
    while element is not None and share > 1 and element.tag != "html":
        scores[element] = scores.get(element, 0.0) + share
        share *= _DECAY
        element = element.parent


def weight(piece: Piece) -> float:
    """What a piece of prose counts: its size, long ones a little less."""
    return float(min(piece.size - piece.link_size, 800))


def _grow(best: Element, prose: list[Piece]) -> Element:
    """The container, widened to the furthest element around it that adds more text of the same make.

    What is added must be a good part of what is there; and it must be set like the text inside (same tags and
    classes), or be nearly pure prose.
    """
    around = best.parent
    places = [piece.index for piece in prose]
    sums = [0.0, *accumulate(map(weight, prose))]

    def within(element: Element) -> tuple[int, int]:
        return bisect_left(places, element.first), bisect_left(places, element.last)

    while around is not None and around.tag != "html":
        first, last = within(best)
        start, end = within(around)
        known = sums[last] - sums[first]
        if sums[end] - sums[start] - known > _GAIN * known:
            added = [piece for piece in (*prose[start:first], *prose[last:end]) if _may_add(piece, best, around)]
            gain, size = sum(map(weight, added)), around.size - around.link_size - best.size + best.link_size
            if gain > _GAIN * known and gain > _purity(prose[first:last], added) * size:
                best = around
        around = around.parent
    return best


def _may_add(piece: Piece, best: Element, around: Element) -> bool:
    """Whether a piece of the wider element is not in another `article` of it."""
    inner: Element | None = piece.element
    while inner is not None and inner is not around:
        if inner.tag == "article":
            return inner.holds(best.first)
        inner = inner.parent
    return True


def _purity(inside: list[Piece], added: list[Piece]) -> float:
    """The share of prose that is asked of what would be added: little if most of it is set like the text inside."""
    known = {make_of(piece.element) for piece in inside}
    alike = sum(weight(piece) for piece in added if make_of(piece.element) in known)
    return _ALIKE if 2 * alike > sum(map(weight, added)) else _UNLIKE


def weigh_makes(prose: list[Piece]) -> dict[tuple[str, str], int]:
    """How much prose stands in elements of one tag and class: boxes that share out the text are one in this."""
    weights: dict[tuple[str, str], int] = {}
    texts: set[str] = set()
    makes: dict[Element, set[tuple[str, str]]] = {}
    for piece in prose:
        if piece.text in texts:  # notices come again and again
            continue
        texts.add(piece.text)
        parent = piece.element.parent or piece.element
        around = makes.get(parent)
        if around is None:
            around = {(element.tag, element.get("class")) for element in (parent, *parent.ancestors())}
            makes[parent] = around
        for make in around | {(piece.element.tag, piece.element.get("class"))}:
            weights[make] = weights.get(make, 0) + piece.size
    return weights


class _Outside:
    """Whether elements stand in navigation, comments or link lists; elements with most of the prose never do."""

    def __init__(self, prose: list[Piece]) -> None:
        self.prose = prose
        self.total = max(sum([piece.size for piece in prose]), 1)
        self.verdicts: dict[Element, bool] = {}

    def holds(self, element: Element) -> bool:
        """The verdict for an element: its own role, or that of one around it."""
        return inherit(element, self.verdicts, self.is_outside, default=False)

    def is_outside(self, element: Element, around: bool) -> bool:  # noqa: FBT001 -- called by position
        """The verdict for one element, given that of the element around it."""
        role = role_of(element)
        if around and role is Role.BODY:
            return self.share(element) <= _BODY_SHARE
        if around or role not in _OUTSIDE:
            return around
        return self.share(element) < (_COMMENT_SHARE if role is Role.COMMENTS else _BOX_SHARE)

    def share(self, element: Element) -> float:
        """The share of the prose that stands in elements like this one."""
        return self.weights.get((element.tag, element.get("class")), 0) / self.total

    @cached_property
    def weights(self) -> dict[tuple[str, str], int]:
        """See `weigh_makes`."""
        return weigh_makes(self.prose)
