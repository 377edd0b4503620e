"""Text as it is kept: one normal form without control characters, and questions asked of letters, words and columns."""

import re
from functools import cache
from unicodedata import is_normalized, normalize

_TAB = " " * 4
_DOUBLE = "\u00e2\u0080"  # how quotation marks and dashes begin where UTF-8 was encoded twice; no other text has it
_FEW = 3  # units below which a length of time is told in the next smaller one
_SAMPLE = 4000  # letters that decide the script of a text

# Scripts written without spaces between words. Hangul is not among them: Korean is spaced.
_UNSPACED = (
    (0x3005, 0x3007),  # 々〆〇
    (0x3021, 0x3029),  # Hangzhou numerals
    (0x3031, 0x3035),  # vertical repeat marks
    (0x3041, 0x3096),  # hiragana
    (0x309D, 0x309F),
    (0x30A1, 0x30FA),  # katakana
    (0x30FC, 0x30FF),  # ー and repeat marks
    (0x3105, 0x312F),  # bopomofo
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),  # small katakana
    (0x3400, 0x4DBF),  # han, extension A
    (0x4E00, 0x9FFF),  # han
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9D),  # half-width katakana
    (0x1B000, 0x1B16F),
    (0x20000, 0x323AF),  # han, later extensions
)

# Script (a regex class), the language of most news in it, and letters that tell another language of the script.
_SCRIPTS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("\u0370-\u03ff\u1f00-\u1fff", "el", ()),
    ("\u0400-\u052f", "ru", (("ђћљњџ", "sr"), ("ѓќѕ", "mk"), ("ўЎ", "be"), ("іїєґІЇЄҐ", "uk"), ("әғқңұһӘҒҚҢҰ", "kk"))),
    ("\u0530-\u058f", "hy", ()),
    ("\u0590-\u05ff\ufb1d-\ufb4f", "he", ()),
    (
        "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
        "ar",
        (("ٹڈڑںےھ", "ur"), ("ټډړښڅځ", "ps"), ("پچژگکی", "fa")),
    ),
    ("\u0900-\u097f", "hi", (("ळ", "mr"),)),
    ("\u0980-\u09ff", "bn", ()),
    ("\u0a00-\u0a7f", "pa", ()),
    ("\u0a80-\u0aff", "gu", ()),
    ("\u0b00-\u0b7f", "or", ()),
    ("\u0b80-\u0bff", "ta", ()),
    ("\u0c00-\u0c7f", "te", ()),
    ("\u0c80-\u0cff", "kn", ()),
    ("\u0d00-\u0d7f", "ml", ()),
    ("\u0d80-\u0dff", "si", ()),
    ("\u0e00-\u0e7f", "th", ()),
    ("\u0e80-\u0eff", "lo", ()),
    ("\u1000-\u109f", "my", ()),
    ("\u10a0-\u10ff", "ka", ()),
    ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "ko", ()),
    ("\u1200-\u139f", "am", ()),
    ("\u1780-\u17ff", "km", ()),
)


def clean(text: str) -> str:
    """One line that is safe to store and to show.

    NFC (Unicode annex 15); UTF-8 that was encoded twice as it was meant; control characters, bidirectional embeddings,
    overrides and isolates, zero-width spaces, soft hyphens, noncharacters and lone surrogates out; joiners (ZWJ, ZWNJ)
    kept, scripts need them; any white space folded to one space, none at the ends. Idempotent.
    """
    line = text.strip()
    if _is_clean(line) and "  " not in line:
        return line  # most texts
    line = " ".join(_decode_again(line).split())
    return line if _is_clean(line) else " ".join(_scrub(line).split())


def clean_lines(text: str) -> str:
    """Text of several lines, each as `clean` leaves it but for its indent; no blank lines at the ends.

    A tab of the indent counts as four spaces, an ideographic space as two. Idempotent.
    """
    if _is_clean(text) and "  " not in text and not text.startswith(" "):
        return text.rstrip()
    lines = [_clean_line(line) for line in _line_ends().split(_decode_again(text))]
    while lines and not lines[-1]:
        lines.pop()
    start = next((at for at, line in enumerate(lines) if line), 0)
    return "\n".join(lines[start:])


def fold(text: str) -> str:
    """Text for comparing: compatibility forms (NFKC) and case folded away (Unicode 3.13, D146)."""
    if text.isascii():
        return text.lower()
    # Nearly always one of these will do; the order of an iota below a letter and other marks needs the long way.
    for narrow in (_as_it_is, _narrow):
        folded = narrow(text).casefold()
        if "ι" not in folded and is_normalized("NFKC", folded):
            return folded
    return normalize("NFKC", normalize("NFKC", normalize("NFD", text).casefold()).casefold())


def substance(text: str) -> str:
    """A text without white space, invisible characters and the width of letters; case counts."""
    return _unseen().sub("", normalize("NFKC", text))


def _as_it_is(text: str) -> str:
    return text


def _narrow(text: str) -> str:
    """The text without what most often keeps Japanese from being NFKC: to normalise all of it costs ten times more."""
    return _wide().sub(lambda run: normalize("NFKC", run[0]), text)


@cache
def _wide() -> re.Pattern[str]:
    """Spaces, ellipses, circled numbers, and ASCII of double width."""
    return re.compile("[\xa0\u2002-\u200a\u2026\u2103\u2460-\u2473\u3000\uff01-\uff5e]+")


def bare(text: str) -> str:
    """A text from its first to its last letter or digit, "" if it has none."""
    found = _core().search(text)
    return found[0] if found else ""


def numbered(count: float, noun: str) -> str:
    """A number with its English noun: "1 headline", "2 headlines", "0.5 seconds"."""
    shown = str(count).removesuffix(".0")
    return f"{shown} {noun}" if count == 1 else f"{shown} {noun}s"


def lasting(seconds: float) -> str:
    """A length of time in words, in a unit that keeps it near: "2 hours", "90 minutes", "1 day"; at least a second."""
    for size, noun in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= _FEW * size or (seconds >= size and seconds % size == 0):
            return numbered(round(seconds / size), noun)
    return numbered(max(round(seconds), 1), "second")


def count_words(text: str) -> int:
    """Words between spaces that hold a letter or digit, and one word for two CJK characters (rounded up)."""
    parts = [text] if text.isascii() else _cjk_runs().split(text)
    cjk = len(text) - sum(map(len, parts))
    return len(_word().findall(" ".join(parts))) + (cjk + 1) // 2


def is_cjk(char: str) -> bool:
    """Whether a character belongs to a script without spaces between words (han, kana, bopomofo; hangul is spaced)."""
    return _cjk().match(char) is not None


def count_cjk(text: str) -> int:
    """How many characters of a text are such."""
    return 0 if text.isascii() else len(_cjk().findall(text))


def script_language(text: str) -> str | None:
    """The language (BCP 47) that the script of a text tells; None for Latin, for no letters, and for a mixture.

    Japanese needs kana: a text of han alone is taken for Chinese. Only the first 4000 characters are looked at.
    """
    if not _beyond_latin().search(text, 0, _SAMPLE):
        return None
    counts = {found: 0 for _, found, _ in _SCRIPTS} | {"latin": 0, "han": 0, "kana": 0}
    for run in _scripts().finditer(text, 0, _SAMPLE):
        counts[run.lastgroup or "latin"] += len(run.group())
    # A word is five letters or two characters, and names are often left in Latin: a character counts as four letters.
    han, kana = counts.pop("han"), counts.pop("kana")
    counts["ja" if kana * 12 >= han and kana else "zh"] = 4 * (han + kana)
    found = max(counts, key=counts.__getitem__)
    if found == "latin" or not counts[found]:
        return None
    return _language_by_letters(found, text)


def width(text: str) -> int:
    """The terminal columns that one line takes; what cannot be shown counts as nothing."""
    if text.isascii() and text.isprintable():
        return len(text)
    from apsw import unicode

    found = unicode.text_width(text)
    return found if found >= 0 else unicode.text_width(_controls().sub(" ", _scrub(text)))


def graphemes(text: str) -> list[str]:
    """The characters as a reader counts them: extended grapheme clusters (Unicode annex 29)."""
    if text.isascii() and "\r" not in text:
        return list(text)
    from apsw import unicode

    return list(unicode.grapheme_iter(text))


def cut(text: str, columns: int, ellipsis: str = "…") -> str:
    """The text if it fits into `columns` terminal columns, else its beginning and the ellipsis; never wider."""
    if width(text) <= columns:
        return text
    from apsw import unicode

    room = columns - width(ellipsis)
    if room <= 0:
        return ellipsis if room == 0 else ""
    return str(unicode.text_width_substr(text, room)[1]).rstrip() + ellipsis


def line_breaks(text: str) -> list[str]:
    """The pieces between which a line may be broken (Unicode annex 14); joined they are the text."""
    from apsw import unicode

    return list(unicode.line_break_iter(text))


def _is_clean(line: str) -> bool:
    """Whether one line has nothing that would be taken out, and no white space but plain spaces."""
    return line.isprintable() and (line.isascii() or is_normalized("NFC", line))


def _clean_line(line: str) -> str:
    if _is_clean(line) and "  " not in line and not line.startswith(" "):
        return line.rstrip()  # most lines
    scrubbed = _scrub(line)
    body = " ".join(scrubbed.split())
    if not body:
        return ""
    indent = scrubbed[: len(scrubbed) - len(scrubbed.lstrip())]
    return "".join({"\t": _TAB, "\u3000": "  "}.get(char, " ") for char in indent) + body


def _decode_again(text: str) -> str:
    """The text with what is UTF-8 taken for Latin-1 as it was meant, if it has quotation marks or dashes of such."""
    while _DOUBLE in text and (decoded := _doubles().sub(_decoded, text)) != text:
        text = decoded
    return text


@cache
def _doubles() -> re.Pattern[str]:
    return re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf]{1,3}")


def _decoded(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _scrub(text: str) -> str:
    return normalize("NFC", _junk().sub("", text))


@cache
def _junk() -> re.Pattern[str]:
    """What is taken out: nothing of it is white space, nor printable."""
    planes = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    return re.compile(
        "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e"
        "\u2060-\u206f"  # word joiner, invisible operators, isolates, deprecated controls
        f"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb{planes}]"
    )


@cache
def _controls() -> re.Pattern[str]:
    return re.compile("[\x00-\x1f\x85\u2028\u2029]")


@cache
def _line_ends() -> re.Pattern[str]:
    return re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@cache
def _cjk() -> re.Pattern[str]:
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED) + "]")


@cache
def _cjk_runs() -> re.Pattern[str]:
    return re.compile(f"{_cjk().pattern}+")


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")


@cache
def _core() -> re.Pattern[str]:
    return re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)


@cache
def _word() -> re.Pattern[str]:
    """A word from its first letter or digit on."""
    return re.compile(r"[^\W_]\S*")


@cache
def _beyond_latin() -> re.Pattern[str]:
    return re.compile("[" + "".join(chars for name, chars in _script_chars() if name != "latin") + "]")


@cache
def _scripts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>[{chars}]+)" for name, chars in _script_chars()))


def _script_chars() -> list[tuple[str, str]]:
    """Scripts, named by their language where they have one, and their letters as the inside of a regex class."""
    return [
        ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
        ("han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"),
        ("kana", "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d"),
        *((language, chars) for chars, language, _ in _SCRIPTS),
    ]


def _language_by_letters(language: str, text: str) -> str:
    """The language of a script that several share, by the letters that only one of them uses."""
    sample = text[:_SAMPLE]
    for letters, other in next((hints for _, found, hints in _SCRIPTS if found == language), ()):
        if any(letter in sample for letter in letters):
            return other
    return language
