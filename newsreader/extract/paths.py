"""What the path of an address is made of: numbers, dates, codes and headlines. Paths come decoded, in lower case."""

import re
from functools import cache
from itertools import dropwhile

_YEAR = 4  # figures; a longer number is an identifier
_CODE_FIGURES = 3  # least figures in an identifier that has letters too
_CODE_SIZE = 9  # characters of such an identifier; in a shorter one letters follow figures more than once
_LONG_SLUG = 3  # hyphens in a last segment that spells a headline
_LETTERS = 4  # most letters before a number that are its kind


def has_number(path: str) -> bool:
    """Whether there is a number too long for a year, or of its length and no year."""
    return _number().search(path) is not None


def has_date(path: str) -> bool:
    """Whether there is a year with a month."""
    return ("19" in path or "20" in path) and _date().search(path) is not None


def has_code(path: str) -> bool:
    """Whether there is an identifier in which letters follow figures."""
    if _figure_letter().search(path) is None:
        return False
    return any(
        not word.isalpha()
        and sum(map(str.isdigit, word)) >= _CODE_FIGURES
        and len(_figure_letter().findall(word)) > (len(word) < _CODE_SIZE)
        for word in _words().findall(path)
    )


def has_id(path: str) -> bool:
    """Whether there is a number, a date or a code."""
    return has_number(path) or has_date(path) or has_code(path)


def has_headline(path: str) -> bool:
    """Whether the last segment spells a headline, or another one a long one."""
    if path.count("-") + path.count("_") < _LONG_SLUG:
        return False
    segments = path.rstrip("/").split("/")
    counts = [segment.count("-") + segment.count("_") for segment in segments]
    return counts[-1] >= _LONG_SLUG or max(counts) > _LONG_SLUG


def shape_of(path: str) -> str:
    """How a path is built: its segments as dates (D), numbers (N), codes (C), headlines (S) and words (w).

    Words before the first of the others count only if none is a number. The word before a bare number is kept: it
    tells articles from pictures.
    """
    segments = [segment for segment in path.split("/") if segment]
    shape = [_kind_of(segment) for segment in segments]
    if shape[-2:-1] == ["w"] and shape[-1] in ("N", "wN", "C", "wC"):
        shape[-2] = segments[-2]
    return "/".join(dropwhile("w".__eq__, shape) if has_id(path) else shape)


def _kind_of(segment: str) -> str:
    if segment.isdecimal():
        return "N"
    if _date().fullmatch(segment):
        return "D"
    number = "C" if has_code(segment) else "N" if has_number(segment) else "D" if has_date(segment) else ""
    return ("S" if segment.count("-") + segment.count("_") > 1 else "w") + number


def letters_of(path: str) -> str:
    """The letters before the number at the end of a path, with the mark before them: `/a-` of `/x/a-12345`."""
    name = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    head = name.rstrip("0123456789")
    if len(name) - len(head) <= _YEAR:
        return ""
    if len(head) <= _LETTERS:
        return f"/{head}"
    word = head.replace("_", "-").replace(",", "-").rpartition("-")[2]
    return f"-{word}" if len(word) <= _LETTERS else ""


@cache
def _number() -> re.Pattern[str]:
    return re.compile("[0-9]{4}(?:[0-9]|(?<!19[0-9][0-9])(?<!20[0-9][0-9]))")


@cache
def _words() -> re.Pattern[str]:
    return re.compile("[0-9a-z]{7,}")


@cache
def _figure_letter() -> re.Pattern[str]:
    return re.compile("[0-9][a-z]")


@cache
def _date() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)[0-9]{2}[/-](?:[01]?[0-9]|[a-z]{3})(?:[/-][0-3]?[0-9])?(?:/|-|$)")
