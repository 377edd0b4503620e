"""Pictures: their best source, their caption and credit, each once."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsreader.extract.addresses import media_address
from newsreader.extract.pieces import Element, Outline, Piece, PieceKind
from newsreader.extract.roles import role_of
from newsreader.extract.tags import HEADINGS, Role
from newsreader.model.blocks import Image
from newsreader.text import clean

_SMALL = 60  # CSS pixels: icons, faces, counters
_CAPTION_SIZE = 900
_LONE = 250  # greatest size of text that stands in a box alone with a picture
_DIGITS = 5  # of a width or height
_REACH = 40  # pieces in a box beyond which a caption in it is not that of one picture
_LAZY = (
    *("data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src"),
    *("data-full", "data-image", "data-url", "data-img-src"),
)


class Figure(NamedTuple):
    """A picture of the page: the index of its piece, and the pieces that are its caption."""

    piece: int
    image: Image
    captions: tuple[int, ...]


def find_figures(outline: Outline, base: str, within: range) -> dict[int, Figure]:
    """Every picture worth showing among some pieces, by the index of its piece, one address once."""
    found: dict[int, Figure] = {}
    seen: set[str] = set()
    taken: set[int] = set()
    for element in outline.images:
        if element.first not in within:
            continue
        image = None if element.muted else _read_image(element, base)
        if image is None:
            continue
        captions = _find_captions(outline, element, taken)
        taken.update(captions)
        key = _key(image.url)
        if key in seen:
            continue
        seen.add(key)
        caption, credit = _words(outline, captions)
        image = image._replace(caption=caption, credit=credit)
        found[element.first] = Figure(element.first, image, captions)
    return found


def _key(url: str) -> str:
    """The address without its query, which often only asks for another size."""
    return url.split("?", 1)[0].rsplit("//", 1)[-1]


def _read_image(element: Element, base: str) -> Image | None:
    """The picture at its best size; `None` if it is an icon, a counter or a placeholder."""
    width, height = _pixels(element.get("width")), _pixels(element.get("height"))
    if (width is not None and width < _SMALL) or (height is not None and height < _SMALL):
        return None
    url = next((found for source in _sources(element) if (found := media_address(source, base))), None)
    return Image(url, alt=clean(element.get("alt")), width=width, height=height) if url else None


def _sources(element: Element) -> Iterator[str]:
    """Addresses of a picture, best first: sets of sizes, then what a script would load, then `src`."""
    attrs = element.attrs
    for name in ("srcset", "data-srcset", "data-lazy-srcset", "data-picture"):
        if (value := attrs.get(name)) and (url := best_of_set(value)):
            yield url
    for name in _LAZY:
        if value := attrs.get(name):
            yield value
    if (source := attrs.get("src")) and not _is_placeholder(source):
        yield source


def best_of_set(srcset: str) -> str:
    """The address of the largest candidate of a `srcset` (HTML standard, "Srcset attributes"); "" if there is none."""
    best, size = "", -1.0
    is_spaced = srcset.count(",") == srcset.count(", ")  # nearly always
    spaced = srcset if is_spaced else _closed_up().sub(r"\1, ", srcset)
    for url, number in _candidates().findall(spaced):
        found = float(number) if number else 1.0
        if found > size and not _is_placeholder(url):
            best, size = url, found
    return best


@cache
def _candidates() -> re.Pattern[str]:
    return re.compile(r"(?<!\S),*([^\s,]\S*[^\s,])(?:\s+(\d{1,5}(?:\.\d{1,3})?)[wxh])?\s*(?:,|$)")


@cache
def _closed_up() -> re.Pattern[str]:
    """A size whose comma the next address follows without a space."""
    return re.compile(r"(\s\d{1,5}(?:\.\d{1,3})?[wxh]),(?=\S)")


def _is_placeholder(source: str) -> bool:
    lowered = source[:300].lower()
    return lowered.startswith("data:") or any(
        word in lowered
        for word in ("placeholder", "blank.gif", "spacer.", "pixel.gif", "1x1.", "transparent.", "loading.gif")
    )


def _pixels(value: str) -> int | None:
    digits = value.strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else None


def _find_captions(outline: Outline, element: Element, taken: set[int]) -> tuple[int, ...]:
    """The text pieces that are the caption of a picture: those of its `figure`, or those marked as captions near it."""
    around = element.parent
    for _ in range(6):
        if around is None or around.tag in ("body", "html", "article", "main") or around.last - around.first > _REACH:
            return ()
        texts = [
            piece.index
            for piece in outline.pieces[around.first : around.last]
            if piece.kind is PieceKind.TEXT and piece.index not in taken
        ]
        if around.tag == "figure":
            return tuple(index for index in texts if _may_caption(outline.pieces[index], around))
        if texts:
            if len(texts) == 1 and around.size <= _LONE and around.tag in ("div", "section"):
                return tuple(texts) if _pictures(outline, around) == 1 else ()
            marked = tuple(index for index in texts if is_caption(outline.pieces[index], around))
            if marked and (len(marked) == len(texts) or around.size <= _CAPTION_SIZE):
                return marked if _pictures(outline, around) == 1 else ()
            if around.size > _CAPTION_SIZE:
                return ()
        around = around.parent
    return ()


def _pictures(outline: Outline, around: Element) -> int:
    return sum(piece.kind is PieceKind.PICTURE for piece in outline.pieces[around.first : around.last])


def _may_caption(piece: Piece, figure: Element) -> bool:
    """Whether text inside a `figure` is its caption, rather than a quote or table that is shown as a figure."""
    around: Element | None = piece.element
    while around is not None and around is not figure:
        if around.tag in ("blockquote", "table", "pre", "ul", "ol") or around.tag in HEADINGS:
            return False
        around = around.parent
    return True


def is_caption(piece: Piece, within: Element | None = None) -> bool:
    """Whether the elements around a text, up to `within`, say that it is a caption."""
    around: Element | None = piece.element
    for _ in range(4):
        if around is None or around is within:
            return False
        if role_of(around) is Role.CAPTION:
            return True
        around = around.parent
    return False


def _words(outline: Outline, captions: tuple[int, ...]) -> tuple[str, str]:
    """Caption and credit, the same words once."""
    caption: list[str] = []
    credit: list[str] = []
    for index in captions:
        for text, is_credit in _stretches(outline.pieces[index]):
            if text and text not in caption and text not in credit:
                (credit if is_credit else caption).append(text)
    return " ".join(caption), " ".join(credit)


def _stretches(piece: Piece) -> list[tuple[str, bool]]:
    """The text of a caption, cut where an element of its own holds the credit."""
    cut: list[tuple[list[str], bool]] = []
    for text, element in piece.parts:
        is_credit = _says_credit(element)
        if not cut or cut[-1][1] != is_credit:
            cut.append(([], is_credit))
        cut[-1][0].append(text)
    return [(" ".join("".join(words).split()), is_credit) for words, is_credit in cut]


def _says_credit(element: Element) -> bool:
    """Whether an element, or one of the two around it, is named for a credit."""
    around: Element | None = element
    for _ in range(3):
        if around is None or around.tag in ("figcaption", "figure"):
            return around is not None and around.tag == "figcaption" and False
        names = f"{around.get('class')} {around.get('itemprop')}".lower()
        if any(word in names for word in ("credit", "photographer", "copyright", "source", "agency")):
            return True
        around = around.parent
    return False


def lead_of(figures: dict[int, Figure], start: int, end: int) -> Figure | None:
    """The first picture between two pieces: the headline and the first text."""
    return next((figures[index] for index in sorted(figures) if start <= index < end), None)
