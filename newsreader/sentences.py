"""Sentences of a text, word for word, in scripts with and without spaces."""

import re
from collections.abc import Iterator
from functools import cache

from newsreader.text import count_words

_FEWEST = 4  # words of a sentence: less is a label
_UNMARKED = 20  # words of a line that is a sentence without a mark at its end: a headline has fewer
_STOPLESS = 20  # letters of such a line in a script that has no such marks
_CONTINUED = "とのをにはがもでなかよっ、,，"  # behind 」 the sentence goes on with one of these
_SPACED = ".!?…"  # what ends a sentence if white space follows
_UNSPACED = "。！？｡।۔؟։።။។"
_CLOSING = r"""(?:["'“”‘’»«」』)）\]]|[ \u00a0\u202f]»(?!\w))*"""
_BEFORE = 12  # characters before a full stop that tell whether it ends a sentence


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text of a block a line, word for word, in reading order.

    Headings, bylines, labels and other pieces that do not end like a sentence are left out, and very short ones.
    """
    for line in text.splitlines():
        yield from filter(_is_sentence, _pieces(line))


def _pieces(line: str) -> Iterator[str]:
    """A line cut behind each mark that ends a sentence."""
    start = seen = depth = 0
    for mark in _marks().finditer(line):
        depth = max(depth + _depth(line[seen : mark.end()]), 0)
        seen = mark.end()
        if _ends_sentence(line, mark, depth):
            yield line[start:seen].strip()
            start, depth = seen, 0
    yield line[start:].strip()


def _depth(part: str) -> int:
    """How many Japanese quotations are open at its end that were not at its beginning."""
    return 0 if part.isascii() else sum(part.count(sign) for sign in "「『") - sum(part.count(sign) for sign in "」』")


def _ends_sentence(line: str, mark: re.Match[str], depth: int) -> bool:
    """Whether a mark in a line, with so many quotations open behind it, ends a sentence there."""
    after = _after().match(line, mark.end())
    following = after["sign"] if after else ""
    if not following:
        return True
    if mark["unspaced"]:
        return depth == 0 and not (mark["closing"] and following in _CONTINUED)
    if not after or not after["space"] or following.islower():
        return False
    return mark["spaced"] != "." or not _is_abbreviated(line, mark.start(), after.end("space"))


def _is_abbreviated(line: str, stop: int, start: int) -> bool:
    """Whether a full stop belongs to what stands before it: Mr. Stone, J. Quay, U.S. Navy, am 3. März."""
    before = line[max(stop - _BEFORE, 0) : stop]
    if _ordinal().search(before):
        return _dated().match(line, start) is not None
    return _abbreviation().search(before) is not None


def _is_sentence(piece: str) -> bool:
    if len(piece) < 2 * _FEWEST:
        return False
    words = count_words(piece)
    if _end().search(piece):
        return words >= _FEWEST
    return words >= _UNMARKED or len("".join(_stopless().findall(piece))) >= _STOPLESS


@cache
def _marks() -> re.Pattern[str]:
    """What may end a sentence, and the quotation marks and brackets that it closes."""
    return re.compile(rf"(?:(?P<unspaced>[{_UNSPACED}]+)|(?P<spaced>[{_SPACED}]+))(?P<closing>{_CLOSING})")


@cache
def _end() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED}{_SPACED}]{_CLOSING}$")


@cache
def _after() -> re.Pattern[str]:
    """White space, and the first letter, digit or other sign that is no opening quotation mark."""
    return re.compile(r"""(?P<space>\s*)["'“‘„«»(（\[¿¡–—-]*\s?(?P<sign>.?)""")


@cache
def _abbreviation() -> re.Pattern[str]:
    """Initials, letters with full stops between, and short forms that a name or a number follows."""
    words = (
        "Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Fr|St|Ste|Mt|Ft|Gen|Gov|Sen|Rep|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Pres|Supt|Insp|vs|v"
        "|No|Nos|Nr|Art|Abs|Inc|Ltd|Corp|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|bzw|ca|etc|usw|vgl"
        "|approx|est|Sr|Sra|Mme|Mlle|env|Hr|Frl|Str|inkl|evtl|Mio|Mrd|геп|г|ул|им|тыс|млн|млрд"
    )
    return re.compile(rf"(?:^|[\s(\"“„«])(?:{words})$|(?<!\w)(?:\w\.[ ]?)*[^\W\d_]$")


@cache
def _ordinal() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,])\d{1,2}$")


@cache
def _dated() -> re.Pattern[str]:
    """What follows an ordinal in languages that write it with a full stop."""
    return re.compile(
        r"Jan|Feb|M[äa]r|Apr|Ma[ij]|Jun|Jul|Aug|Sep|O[kc]t|Nov|De[zcs]|Jahr|Mal|Lebens|Spiel|Tag|Liga|Platz"
    )


@cache
def _stopless() -> re.Pattern[str]:
    """Letters of Thai, Lao and Khmer, which part sentences by spaces as they part phrases."""
    return re.compile("[\u0e00-\u0eff\u1780-\u17ff]+")
