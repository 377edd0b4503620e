"""What the classifier looks at: numbers about a piece of text, its neighbours, the elements around it, and its like.

Almost all of it is geometry: how much text, how much of it links, how many pieces, and which share of the prose of
the page stands in an element or in elements that are set alike. Words of class names count only through roles.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from newsreader.extract.body import article_of, is_prose
from newsreader.extract.pieces import Element, Outline, Piece, inherit
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.extract.words import words

FEATURES = words("""
    size links tag ends hidden same summary
    prose_before index pieces prose after_headline after_first after_last until_prose far under_heading block_links
    parent_size parent_pieces parent_runs parent_prose parent_links
    grand_size grand_pieces grand_runs grand_prose grand_links
    great_size great_pieces great_runs great_prose great_links
    around_pieces around_mean around_prose
    make_pieces make_mean make_prose
    up level branch_size branch_pieces branch_runs branch_prose branch_links branch_mean alike alike_prose
    container_size container_pieces container_runs container_prose container_links
    lists box article role_inside caption role
""")
"""The names of the numbers, in the order of a row."""

Row = tuple[float, ...]
Box = tuple[int, int, int, int, int]
_NO_BOX = (0, 0, 0, 0, 0)

_TAGS = {
    tag: code
    for code, tag in enumerate(words("p div li h1 h2 h3 h4 h5 h6 td th blockquote pre dd dt section figcaption"))
}
_BOXES = {
    tag: code
    for code, tag in enumerate(
        words("aside figure figcaption table ul ol blockquote form header footer details dl article"), 1
    )
}
_ENDS = {
    char: code
    for code, chars in enumerate((".。।", ":：", "?？؟", "!！", "…", '”"」』’»›', ")）"), 1)
    for char in chars
}
_ASIDES = frozenset((Role.TAGS, Role.TOC, Role.LINKS, Role.COMMENTS, Role.CHROME))
_FAR = 99  # pieces: further is all the same
_AROUND = 8  # pieces to either side whose prose is counted
_KNOWN = 40  # characters of a description that a text must begin with
_LINKED, _LINKED_AROUND = 0.85, 0.7  # share of links of a piece, and of the element two above, not worth asking about


class Survey:
    """The numbers of one page; `headline` is the piece that shows the headline, -1 if none does."""

    def __init__(self, outline: Outline, container: Element, headline: int, summary: str) -> None:
        self.pieces = outline.pieces
        self.headline = headline
        self.summary = summary[:_KNOWN] if len(summary) >= _KNOWN else ""
        self.chain = {element: level for level, element in enumerate((container, *container.ancestors()))}
        self.texts = [piece for piece in self.pieces if piece.is_text and piece.text]
        sizes = [piece.size - piece.link_size if is_prose(piece) else 0 for piece in self.pieces]
        self.prose = [0, *accumulate(sizes)]
        self.runs = [0, *accumulate([size > 0 for size in sizes])]
        self.counts = [0, *accumulate([piece.is_text for piece in self.pieces])]
        self.total = max(self.prose[-1], 1)
        inside = [index for index in range(container.first, container.last) if sizes[index]]
        self.first, self.last = (inside[0], inside[-1]) if inside else (container.first, container.first)
        self.page = self._inside(container)
        self.same = Counter([piece.text for piece in self.texts])
        self.own_article = article_of(self.pieces[headline].element) if headline >= 0 else None
        self.around: dict[Element, Row] = {}
        self.likes: dict[tuple[str, ...], list[int]] = {}
        self.makes: dict[Element, tuple[str, ...]] = {}
        self.branches: dict[Element, tuple[int, Element]] = {}
        self.twins: dict[tuple[str, str, Element | None], list[int]] = {}
        self.twigs: dict[Element, list[int]] = {}
        self.seen: dict[Element, Row] = {}
        self.boxes: dict[Element, Box] = dict.fromkeys(self.chain, _NO_BOX)
        for piece in self.texts:
            self._count(piece, sizes[piece.index])

    def rows(self) -> Iterator[tuple[Piece, Row]]:
        """The pieces of text that may belong to an article, each with its row of `FEATURES`."""
        pieces, page, same = len(self.texts), self.page, self.same
        under = _FAR
        for at, piece in enumerate(self.texts):
            element, size, text = piece.element, piece.size, piece.text
            under = 0 if element.tag in HEADINGS else min(under + 1, _FAR)
            parent = element.parent or element
            links = piece.link_size / size
            if links > _LINKED and _share(parent.parent or parent) > _LINKED_AROUND:
                continue
            own = (
                size,
                links,
                _TAGS.get(element.tag, 1),
                _ENDS.get(text[-1:], 0),
                element.hidden,
                same[text],
                bool(self.summary) and text.startswith(self.summary),
            )
            place = self._place(piece.index, at / pieces)
            around = self.around.get(parent) or self._surroundings(parent)
            alike = self._alike(self.makes[element])
            branch, boxes = self._branch(element), self._boxes(element)
            yield (
                piece,
                (*own, *place, under, _share(element), *around, *alike, *branch, *page, *boxes, role_of(element)),
            )

    def _count(self, piece: Piece, prose: int) -> None:
        """Add a piece to what is set like it, and its branch to those like it."""
        element, size = piece.element, piece.size
        parent = element.parent or element
        outer = self.makes.get(parent)
        if outer is None:
            grand = parent.parent or parent
            outer = self.makes[parent] = ("", parent.tag, parent.get("class"), grand.tag, grand.get("class"))
        own = self.makes[element] = (element.tag, element.get("class"), *outer[1:3])
        for make in (own, outer):
            found = self.likes.get(make)
            if found is None:
                found = self.likes[make] = [0, 0, 0]
            found[0] += 1
            found[1] += size
            found[2] += prose
        _, branch = self._branch_of(element)
        if branch not in self.twigs:
            twigs = self.twins.setdefault((branch.tag, branch.get("class"), branch.parent), [0, 0])
            self.twigs[branch] = twigs
            if twigs[0] < _FAR:
                twigs[0] += 1
                twigs[1] += self.prose[branch.last] - self.prose[branch.first]

    def _place(self, at: int, index: float) -> Row:
        """Where a piece stands on the page, among its prose and to its headline."""
        prose = self.prose
        far = min(at + _AROUND + 1, len(self.pieces))
        return (
            prose[at] / self.total,
            index,
            len(self.texts),
            self.total,
            at - self.headline if self.headline >= 0 else -999,
            at - self.first,
            at - self.last,
            self.runs[far] - self.runs[at + 1],
            (prose[far] - prose[max(at - _AROUND, 0)]) / self.total,
        )

    def _inside(self, element: Element) -> tuple[int, int, int, float, float]:
        """Size, pieces, runs of prose, share of the prose of the page, and share of links of an element."""
        first, last = element.first, element.last
        return (
            element.size,
            self.counts[last] - self.counts[first],
            self.runs[last] - self.runs[first],
            (self.prose[last] - self.prose[first]) / self.total,
            _share(element),
        )

    def _surroundings(self, parent: Element) -> Row:
        """The three elements around a block, and what is set like the innermost."""
        grand = parent.parent or parent
        self.around[parent] = found = (
            *self._inside(parent),
            *self._inside(grand),
            *self._inside(grand.parent or grand),
            *self._alike(self.makes[parent]),
        )
        return found

    def _alike(self, make: tuple[str, ...]) -> Row:
        """How much of the page is set in one make."""
        pieces, size, prose = self.likes[make]
        return pieces, size / pieces, prose / self.total

    def _branch_of(self, element: Element) -> tuple[int, Element]:
        """The outermost element around a block that does not hold the container, and how far up it is."""
        found = self.branches.get(element)
        if found is None:
            up, branch, around = 0, element, element
            while around.parent is not None and around not in self.chain:
                up, branch, around = up + 1, around, around.parent
            found = self.branches[element] = (up, branch)
        return found

    def _branch(self, element: Element) -> Row:
        """The branch that holds a block, seen from the container, and the branches like it."""
        up, branch = self._branch_of(element)
        found = self.seen.get(branch)
        if found is None:
            inside = self._inside(branch)
            twigs, prose = self.twigs[branch]
            level = self.chain[branch if branch in self.chain else branch.parent or branch]
            found = (level, *inside, inside[0] / max(inside[1], 1), twigs, prose / self.total)
            self.seen[branch] = found
        return (up, *found)

    def _boxes(self, element: Element) -> Box:
        """Lists, box, article, role and caption around a block, up to the elements that hold the container."""
        return inherit(element, self.boxes, self._box, default=_NO_BOX)

    def _box(self, element: Element, around: Box) -> Box:
        """What stands around an element, and what it adds to that."""
        role = role_of(element)
        if not role and element.tag not in _BOXES:
            return around
        lists, box, article, inside, caption = around
        if element.tag == "article":
            article = 2 if element is self.own_article else 1
        return (
            lists + (element.tag in ("ul", "ol")),
            _BOXES.get(element.tag, box),
            article,
            max(inside, role) if role in _ASIDES else inside,
            caption or role is Role.CAPTION,
        )


def _share(element: Element) -> float:
    return element.link_size / element.size if element.size else 0.0
