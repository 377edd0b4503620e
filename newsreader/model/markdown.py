"""Blocks as CommonMark, with tables as in GitHub Flavored Markdown."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsreader.model.blocks import Block, BlockKind, Image, Span

_NESTING = ("link", "bold", "italic", "code")  # from the outside in
_MARKERS = {"bold": "**", "italic": "*"}
_DEEPEST = 6


def write_markdown(title: str, subtitle: str, lead_image: Image | None, blocks: Iterable[Block]) -> str:
    """An article as CommonMark: title as level 1, standfirst in bold, pictures with their captions below.

    Whatever in the text CommonMark would take as markup is escaped; spans that it could not show in their place are
    left out. The result ends with a line end, or is "" if there is nothing to write.
    """
    parts = [
        f"# {escape(title)}" if title else "",
        f"**{escape(subtitle)}**" if subtitle else "",
        _picture(lead_image) if lead_image else "",
        *map(_write, blocks),
    ]
    text = "\n\n".join(part for part in parts if part)
    return text + "\n" if text else ""


def escape(text: str) -> str:
    """One line of text with everything escaped that CommonMark would take as markup, also at the start of a line."""
    inline, start = _special()
    return start.sub(_escape_start, inline.sub(r"\\\g<0>", text))


@cache
def _special() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that are markup anywhere, and what is markup at the start of a line (CommonMark 0.31, 2.4 and 5)."""
    anywhere = re.compile(r"[\\`*_\[\]<>~|]|&(?=[#\w]+;)")
    at_start = re.compile(r"^(\s*)(?:(#{1,6}(?=\s|$)|[-+=])|(\d{1,9})([.)](?=\s|$)))")
    return anywhere, at_start


def _escape_start(match: re.Match[str]) -> str:
    """The start of a line with its marker escaped: the figure of a list is not, its point is."""
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"


def _write(block: Block) -> str:
    """One block, "" if it shows nothing."""
    writers: dict[BlockKind, Callable[[Block], str]] = {
        BlockKind.HEADING: _heading,
        BlockKind.LIST: _list,
        BlockKind.QUOTE: _quote,
        BlockKind.TABLE: _table,
        BlockKind.CODE: _code,
        BlockKind.FIGURE: lambda block: _picture(block.image) if block.image else "",
        BlockKind.EMBED: lambda block: link(block.text or block.url or "", block.url or ""),
        BlockKind.RULE: lambda _: "---",
        BlockKind.PARAGRAPH: lambda block: _spanned(block.text, block.spans),
    }
    return writers[block.kind](block)


def _heading(block: Block) -> str:
    level = min(max(block.level, 2), _DEEPEST)
    return f"{'#' * level} {_spanned(block.text, block.spans)}"


def _list(block: Block) -> str:
    """Items with four spaces a level, which suits bullets and figures; no level is skipped."""
    lines: list[str] = []
    counts: list[int] = []
    for item in block.items:
        level = min(max(item.level, 1), len(counts) + 1)
        counts = [*counts[:level], 0][: max(level, 1)] if len(counts) >= level else [*counts, 0]
        counts[-1] += 1
        marker = f"{counts[-1]}. " if block.ordered else "- "
        lines.append("    " * (level - 1) + marker + _spanned(item.text, item.spans))
    return "\n".join(lines)


def _quote(block: Block) -> str:
    """The lines of a quote as paragraphs of one quote; spans stay with their line."""
    lines: list[str] = []
    at = 0
    for line in block.text.split("\n"):
        inside = (_clip(span, at, at + len(line)) for span in block.spans)
        lines.append("> " + _spanned(line, tuple(span for span in inside if span.end > span.start)))
        at += len(line) + 1
    return "\n>\n".join(lines)


def _clip(span: Span, start: int, end: int) -> Span:
    """The part of a span within a line, counted from the start of the line."""
    return span._replace(start=max(span.start, start) - start, end=min(span.end, end) - start)


def _table(block: Block) -> str:
    """A table; one without a header gets an empty one, as the form asks for a header."""
    width = max((len(row) for row in block.rows), default=0)
    if not width:
        return ""
    rows = [[escape(cell) for cell in row] + [""] * (width - len(row)) for row in block.rows]
    head = rows.pop(0) if block.header else [""] * width
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * width, *rows))


def _code(block: Block) -> str:
    fence = _fence(block.text, 3)
    return f"{fence}\n{block.text}\n{fence}"


def _fence(text: str, least: int) -> str:
    """More backticks than stand together in a text, and at least so many."""
    return "`" * max([least, *(len(run) + 1 for run in re.findall("`+", text))])


def _picture(image: Image) -> str:
    """A picture, and its caption with the credit in brackets below."""
    shown = f"![{escape(image.alt or image.caption)}]({_address(image.url)})" if image.url else ""
    words = [escape(image.caption) if image.caption else "", f"({escape(image.credit)})" if image.credit else ""]
    caption = " ".join(word for word in words if word)
    return "\n\n".join(part for part in (shown, f"*{caption}*" if caption else "") if part)


def link(text: str, url: str) -> str:
    """A link to an address; the text alone for ""."""
    return f"[{escape(text)}]({_address(url)})" if url else escape(text)


def _address(url: str) -> str:
    """An address that stands in the brackets of a link."""
    return "".join(f"%{ord(char):02X}" if char in " ()<>\\\n" else char for char in url)


class _Mark(NamedTuple):
    """A span that is open: its kind and, for a link, its address."""

    kind: str
    url: str | None


def _spanned(text: str, spans: tuple[Span, ...]) -> str:
    """Text with its spans: cut where one begins or ends, then each stretch in its marks, always nested in one order."""
    trimmed = [_trim(text, span) for span in spans]
    kept = [span for span in trimmed if _can_show(text, span)]
    cuts = sorted({0, len(text), *(span.start for span in kept), *(span.end for span in kept)})
    written: list[str] = []
    open_marks: list[_Mark] = []
    for start, end in pairwise(cuts):
        marks = [
            _Mark(kind, span.url)
            for kind in _NESTING
            for span in kept
            if span.kind == kind and span.start <= start and end <= span.end
        ]
        same = sum(1 for _ in _common(open_marks, marks))
        written.extend(_close(mark) for mark in reversed(open_marks[same:]))
        written.extend(_open(mark) for mark in marks[same:])
        stretch = text[start:end]
        written.append(_code_span(stretch) if any(mark.kind == "code" for mark in marks) else _inner(stretch, start))
        open_marks = marks
    written.extend(_close(mark) for mark in reversed(open_marks))
    return "".join(written)


def _inner(stretch: str, start: int) -> str:
    """A stretch of text escaped; what is markup only at the start of a line is left alone within it."""
    inline, _ = _special()
    return escape(stretch) if start == 0 else inline.sub(r"\\\g<0>", stretch)


def _common(one: list[_Mark], other: list[_Mark]) -> Iterable[_Mark]:
    """The marks that two lists begin with."""
    for mark, same in zip(one, other, strict=False):
        if mark != same:
            return
        yield mark


def _open(mark: _Mark) -> str:
    return "[" if mark.kind == "link" else _MARKERS.get(mark.kind, "")


def _close(mark: _Mark) -> str:
    return f"]({_address(mark.url or '')})" if mark.kind == "link" else _MARKERS.get(mark.kind, "")


def _code_span(text: str) -> str:
    fence = _fence(text, 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _trim(text: str, span: Span) -> Span:
    """A span without white space at its ends."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    return span._replace(start=start, end=max(start, span.end - len(inside) + len(inside.rstrip())))


def _can_show(text: str, span: Span) -> bool:
    """Whether a span is not empty and its markers would be taken as such.

    An asterisk opens or closes emphasis next to punctuation only if white space or punctuation is on its other side
    (CommonMark 0.31, 6.2), which Japanese and Chinese text seldom has.
    """
    if span.start >= span.end:
        return False
    if span.kind not in _MARKERS:
        return span.kind != "link" or bool(span.url)
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    opens = not _is_punctuation(text[span.start]) or _is_loose(before)
    closes = not _is_punctuation(text[span.end - 1]) or _is_loose(after)
    return opens and closes


def _is_loose(char: str) -> bool:
    return not char or char.isspace() or _is_punctuation(char)


def _is_punctuation(char: str) -> bool:
    from unicodedata import category

    return category(char)[0] in "PS"
