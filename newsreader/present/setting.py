"""Setting: where lines break, in every script.

Unicode annex 14 (UAX #14), tailored for Japanese as JIS X 4051 asks: no line starts with a closing bracket, 、。ー々 or
small kana, none ends with an opening bracket. Never inside a grapheme cluster, never over the width.
"""

from collections.abc import Collection, Iterator

from newsreader.present.lines import Line, Segment
from newsreader.text import graphemes, line_breaks, width

NO_START = frozenset(
    "、。，．・：；？！\u3099\u309a゛゜ヽヾゝゞ々〻ー）］｝〕〉》」』】〙〗〟｠〜～‐゠‼⁇⁈⁉％‰℃"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ"
)
NO_END = frozenset("（［｛〔〈《「『【〘〖〝｟｢￥＄")
_CONTINUING = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_LOOK_BACK = 8  # graphemes given up, at most, so that a forced break is a lawful one


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text, each at most `columns` wide; 0 = broken only where the text has line feeds.

    What has no lawful break and is too long for a line is broken between grapheme clusters. White space at a break is
    dropped. A width of 1 holds no wide character: it gets a line of its own.
    """
    return [text[start:end] for start, end in line_ranges(text, columns)]


def chop(text: str, columns: int) -> list[str]:
    """The text in parts of at most `columns`, broken between clusters wherever it is full (code); 0 = one part."""
    return _forced(text, columns) if 0 < columns < width(text) else [text]


def wrap_line(line: Line, columns: int) -> list[Line]:
    """A styled line as lines of at most `columns`, styles and addresses kept with their text.

    A segment of the style "number" is never parted from what stands before it.
    """
    text = "".join(segment.text for segment in line)
    if columns and "\n" not in text and len(text) * 2 <= columns:
        return [line]
    return list(_slices(line, line_ranges(text, columns, _glued(line))))


def _glued(line: Line) -> set[int]:
    found, at = set(), 0
    for segment in line:
        if segment.style == "number":
            found.add(at)
        at += len(segment.text)
    return found


def _slices(line: Line, ranges: list[tuple[int, int]]) -> Iterator[Line]:
    """The segments of each range of the line's text, which run in order."""
    at, index = 0, 0
    for start, end in ranges:
        found = []
        while index < len(line):
            text, style, url = line[index]
            piece = text[max(start - at, 0) : max(end - at, 0)]
            if piece:
                found.append(Segment(piece, style, url))
            if at + len(text) > end:
                break
            at += len(text)
            index += 1
        yield tuple(found)


def line_ranges(text: str, columns: int, glued: Collection[int] = ()) -> list[tuple[int, int]]:
    """First code point and end of each line of `wrap`; no break falls on the offsets in `glued`."""
    found: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if columns <= 0 or width(paragraph) <= columns:
            found.append((start, end))
        else:
            found += list(_broken(paragraph, columns, start, glued)) or [(start, start)]
        start = end + 1
    return found


def _broken(paragraph: str, columns: int, offset: int, glued: Collection[int]) -> Iterator[tuple[int, int]]:
    """The ranges of a paragraph that needs more than one line, filled greedily."""
    start = at = offset
    used = 0
    for piece in _pieces(paragraph, offset, glued):
        bare = piece.rstrip()
        wide, room = _columns(bare), columns - used
        if wide > room and at > start:
            yield from _line(paragraph, start, at, offset)
            start, used = at, 0
        if wide > columns:
            *full, last = _forced(bare, columns)
            for part in full:
                yield start, start + len(part)
                start += len(part)
            wide = width(last)
        at += len(piece)
        used += wide + (len(piece) - len(bare) and width(piece[len(bare) :]))
    yield from _line(paragraph, start, at, offset)


def _line(paragraph: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    """The range without the white space at the break; nothing if nothing is left."""
    if length := len(paragraph[start - offset : end - offset].rstrip()):
        yield start, start + length


def _pieces(paragraph: str, offset: int, glued: Collection[int]) -> Iterator[str]:
    """What is never parted, in order; joined it is the paragraph."""
    held, at = "", offset
    for piece in line_breaks(paragraph):
        if held and (at in glued or not _may_part(held, piece)):
            held += piece
        else:
            if held:
                yield held
            held = piece
        at += len(piece)
    if held:
        yield held


def _may_part(before: str, after: str) -> bool:
    """Whether a break that annex 14 allows is one for Japanese setting and clusters too, and not after "https://"."""
    first = after[0]
    if first in NO_START or before[-1] in NO_END or before.endswith("//"):
        return False
    if before[-1] == " " and before.rstrip()[-1:] in NO_END:
        return False
    return first < "\u0300" or "\u3041" <= first <= "\u9fff" or not _continues(first)


def _continues(char: str) -> bool:
    """Whether a character belongs to the cluster before it where annex 14 may see a break: after a space, a bracket."""
    from unicodedata import category

    return category(char)[0] == "M" or char in _CONTINUING


def _forced(piece: str, columns: int) -> list[str]:
    """An unbreakable piece in parts that fit, broken between clusters, lawfully where that is near."""
    clusters = [part for cluster in graphemes(piece) for part in _fitting(cluster, columns)]
    parts: list[str] = []
    first = used = 0
    for at, cluster in enumerate(clusters):
        wide = width(cluster)
        while used + wide > columns and at > first:
            cut = _lawful(clusters, first, at)
            parts.append("".join(clusters[first:cut]))
            first, used = cut, sum(map(width, clusters[cut:at]))
        used += wide
    return [*parts, "".join(clusters[first:])]


def _fitting(cluster: str, columns: int) -> list[str]:
    """A cluster whole, or its code points if it alone is wider than a line (stacked jamo)."""
    return [cluster] if width(cluster) <= columns else list(cluster)


def _lawful(clusters: list[str], first: int, at: int) -> int:
    """The nearest place at or before `at`, after `first`, where a line may end; `at` if there is none near."""
    for place in range(at, max(first, at - _LOOK_BACK), -1):
        if clusters[place][0] not in NO_START and clusters[place - 1][-1] not in NO_END:
            return place
    return at


def _columns(piece: str) -> int:
    """`width`, quick for the single han and kana that most pieces of Chinese and Japanese are."""
    plain = len(piece) == 1 and ("\u4e00" <= piece <= "\u9fff" or "\u3041" <= piece <= "\u3096")
    return 2 if plain else width(piece)
