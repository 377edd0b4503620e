"""Plain-text dumps of pages, as people save and paste them: title, date, captions, headings, paragraphs, lists.

A dump has no markup, so each line is judged by its length, its last character, its neighbours and the words that
begin it: a line that comes twice in a row is a caption (the alternative text and the caption of a picture), a short
line over a paragraph is a heading, a short line that is known to head lists ("Latest news") begins one.
"""

import re
from collections import Counter
from datetime import datetime, tzinfo
from functools import cache
from typing import NamedTuple

from newsreader.dates import parse_date, zone_for
from newsreader.extract.headings import list_kind
from newsreader.extract.people import name_of, split_names
from newsreader.extract.pieces import amount
from newsreader.extract.words import BYLINE_STARTS, PROMO_LABELS, PROMO_PHRASES, READ_ALSO, TOC_HEADINGS
from newsreader.model.article import Article, Link, LinkKind
from newsreader.model.blocks import Block, BlockKind, Image
from newsreader.model.news import State
from newsreader.text import bare, clean, fold, script_language
from newsreader.urls import canonical, host_of

_HEAD = 25  # lines in which date and byline are looked for
_HEADING = 140  # greatest size of a heading
_PROSE = 100  # least size of a line that is a paragraph whatever it ends with
_DATE = 80
_LABEL = 40  # greatest size of a label such as "Read also"
_SHORT = 10  # least size of a headline
_MARK = 4  # a line of no more is a mark, not text
_FEW = 2  # lines before the date that may be kicker and headline
_ITEM = 240  # greatest size of an item in a list of links
_WRAPPED = 50  # least size of a line that was broken by the width of a page
_STRONG_ENDS = (".", "。", "．", "।", "؟")
_ENDS = (*_STRONG_ENDS, "!", "！", "?", "？", "…")
_HEADING_ENDS = ("!", "！", "?", "？", "؟")  # marks that a heading may end with
_CLOSING = '”"»’」』)）'  # may follow the mark that ends a sentence
_ROLES = ("기자", "특파원", "記者", "记者", "特派員")  # follow a name in a byline
_LONGER = 1.6  # how much longer than the name of a site or a menu a headline is
_BULLETS = ("- ", "* ", "• ", "・", "– ", "‣ ", "◦ ", "■ ", "● ")
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|link|script|style|div|p|article|main|section|header|ul|ol|li|table|tr|td|"
    rb"span|font|center|frameset|br|a|b|i|img|h[1-6])\b",
    re.IGNORECASE,
)


def looks_like_dump(body: bytes) -> bool:
    """Whether bytes are text without the tags of a page: a dump rather than HTML."""
    return bool(body.strip()) and not _MARKUP.search(body[:20_000]) and b"\0" not in body[:2000]


class _Line(NamedTuple):
    """A line, its size, and whether an empty line stands before and after it."""

    text: str
    size: int
    before: bool
    after: bool


class _Dump:
    """What has been read so far."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.title = ""
        self.published: datetime | None = None
        self.authors: list[str] = []
        self.lead: Image | None = None
        self.blocks: list[Block] = []
        self.links: dict[tuple[str, LinkKind], Link] = {}

    @property
    def has_text(self) -> bool:
        """Whether a paragraph has been read."""
        return any(block.kind is BlockKind.PARAGRAPH for block in self.blocks)

    def link(self, title: str, kind: LinkKind, heading: str) -> None:
        """A title of another article, once."""
        if title and title != self.title:
            self.links.setdefault((title, kind), Link("", title, kind, heading))


def read_dump(text: str, url: str) -> Article:
    """The article in a plain-text dump; `url` names it. Links have titles and no addresses (`url` ""); never raises."""
    lines = _unwrap(_lines(text))
    language = script_language(text[:20_000])
    dump = _Dump(zone_for(language, host_of(url)))
    start = _read_head(dump, lines)
    _read_body(dump, lines, start)
    blocks = _tidy(dump.blocks)
    found = any(block.kind is not BlockKind.FIGURE for block in blocks)
    return Article(
        url=canonical(url),
        title=dump.title,
        authors=tuple(dump.authors),
        published=dump.published,
        language=language,
        lead_image=dump.lead,
        blocks=tuple(blocks),
        links=tuple(dump.links.values()),
        state=State.FULL if found else State.FAILED,
        reason="" if found else "no article text was found in this text",
    )


def _lines(text: str) -> list[_Line]:
    """The lines that hold something, with what stands around them."""
    raw = [clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return [
        _Line(line, amount(line), index == 0 or not raw[index - 1], index + 1 == len(raw) or not raw[index + 1])
        for index, line in enumerate(raw)
        if line
    ]


def _ends(text: str, marks: tuple[str, ...] = _ENDS) -> bool:
    """Whether a text ends with one of some marks, quotes and brackets after it aside."""
    return text.rstrip(_CLOSING).endswith(marks)


def _unwrap(lines: list[_Line]) -> list[_Line]:
    """Lines joined again where a program broke paragraphs at its width."""
    found: list[_Line] = []
    for line in lines:
        last = found[-1] if found else None
        if (
            last
            and not line.before
            and last.size >= _WRAPPED
            and not _ends(last.text)
            and _was_broken(last, line, lines)
        ):
            joined = (
                f"{last.text} {line.text}" if last.text.isascii() or line.text[:1].isascii() else last.text + line.text
            )
            found[-1] = _Line(joined, last.size + line.size, last.before, line.after)
        else:
            found.append(line)
    return found


def _was_broken(last: _Line, line: _Line, lines: list[_Line]) -> bool:
    """Whether a line goes on with the sentence before: it begins with a small letter, and no line is long."""
    return line.text[:1].islower() and max(one.size for one in lines) < 2 * _PROSE and last.text != line.text


def _read_head(dump: _Dump, lines: list[_Line]) -> int:
    """Title, date and byline; the index of the line where the rest begins."""
    date_at = next((index for index, line in enumerate(lines[:_HEAD]) if _date_of(line, dump.zone)), None)
    title_at = _title_index(lines, date_at)
    if title_at is None:
        return 0
    dump.title = lines[title_at].text.lstrip("# ").strip()
    if date_at is not None:
        dump.published = _date_of(lines[date_at], dump.zone)
    return title_at + 1 if date_at is None or date_at < title_at else min(title_at + 1, date_at)


def _title_index(lines: list[_Line], date_at: int | None) -> int | None:
    """The first line that may be a headline: before the date if one is near, else the first of some length.

    A line well below the size of a later one is the name of the site or its menu, if that is no sentence.
    """
    before = [index for index in range(date_at or 0) if _may_head(lines[index])]
    if len(before) > _FEW:
        return max(before, key=lambda index: lines[index].size)
    if before:
        first, last = lines[before[0]], lines[before[-1]]
        return before[-1] if last.size > _LONGER * first.size and not _ends(last.text) else before[0]
    return next((index for index, line in enumerate(lines[:_HEAD]) if _may_head(line)), 0 if lines else None)


def _may_head(line: _Line) -> bool:
    return _SHORT <= line.size <= 2 * _HEADING and not line.text.lower().startswith(BYLINE_STARTS)


def _date_of(line: _Line, zone: tzinfo) -> datetime | None:
    if line.size > _DATE or not any(char.isdigit() for char in line.text):
        return None
    return parse_date(line.text, zone=zone)


def _read_body(dump: _Dump, lines: list[_Line], start: int) -> None:
    """Everything after the headline, a line at a time."""
    counts = Counter(line.text for line in lines)
    index = start
    while index < len(lines):
        line = lines[index]
        raw = fold(line.text)
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following and following.text == line.text and line.size > _MARK:
            _add_figure(dump, line)
            index += sum(1 for _ in _run(lines, index))
            continue
        kind = list_kind(raw) if line.size <= _DATE and not _ends(line.text) and not _colon(line.text)[2] else None
        if kind is not None and following is not None:
            index = _read_list(dump, lines, index + 1, (kind, line.text))
            continue
        if bare(raw) in TOC_HEADINGS:
            index = _skip_toc(lines, index + 1, counts)
            continue
        _read_line(dump, line, raw, following)
        index += 1


def _run(lines: list[_Line], index: int) -> list[_Line]:
    """The lines from an index on that are the same."""
    end = index
    while end < len(lines) and lines[end].text == lines[index].text:
        end += 1
    return lines[index:end]


def _add_figure(dump: _Dump, line: _Line) -> None:
    """A caption; before the text it belongs to the lead picture."""
    image = Image("", caption=line.text)
    if dump.has_text:
        dump.blocks.append(Block(BlockKind.FIGURE, image=image))
    elif dump.lead is None:
        dump.lead = image
    else:
        dump.blocks.append(Block(BlockKind.FIGURE, image=image))


def _skip_toc(lines: list[_Line], index: int, counts: Counter[str]) -> int:
    """The index after the entries of a table of contents: lines that come again as headings."""
    while index < len(lines) and counts[lines[index].text] > 1 and lines[index].size <= _HEADING:
        index += 1
    return index


def _read_list(dump: _Dump, lines: list[_Line], index: int, head: tuple[LinkKind, str]) -> int:
    """The titles under a heading of a list; the index after them. A paragraph or another such heading ends the list."""
    while index < len(lines):
        line = lines[index]
        if line.size > _ITEM or (line.size > _PROSE and line.before and line.after and _ends(line.text)):
            break
        if list_kind(fold(line.text)) is not None and line.size <= _DATE and (line.before or index + 1 < len(lines)):
            break
        if line.before and _is_heading(line, lines[index + 1] if index + 1 < len(lines) else None):
            break
        title = line.text.lstrip("・•-*–‣●■ 0123456789.") if line.text[:1] in "・•-*–‣●■" else line.text
        if line.size >= _SHORT and not _is_noise(fold(title), line.size) and _date_of(line, dump.zone) is None:
            dump.link(title, *head)
        index += 1
    return index


def _is_noise(raw: str, size: int) -> bool:
    """Whether a short line is a label, a share word, a notice."""
    return size < _PROSE and (
        raw.startswith(PROMO_PHRASES) or (size <= _LABEL and raw.startswith((*PROMO_LABELS, *READ_ALSO)))
    )


def _read_line(dump: _Dump, line: _Line, raw: str, following: _Line | None) -> None:
    """One line of the text."""
    if not dump.has_text and _read_byline(dump, line, raw):
        return
    if _read_pointer(dump, line, raw) or raw == fold(dump.title):
        return
    if line.text.startswith("#"):
        level = min(len(line.text) - len(line.text.lstrip("#")), 6)
        dump.blocks.append(Block(BlockKind.HEADING, line.text.lstrip("# "), level))
    elif line.text.startswith(_BULLETS) and len(line.text) > _MARK:
        _add_item(dump, clean(line.text[1:]))
    elif _is_noise(raw, line.size):
        return
    elif (
        line.size >= _PROSE or _ends(line.text, _STRONG_ENDS) or (_ends(line.text) and not _is_heading(line, following))
    ):
        text = _cut_pointer(dump, line.text)
        if text:
            dump.blocks.append(Block(BlockKind.PARAGRAPH, text))
    elif _is_heading(line, following):
        dump.blocks.append(Block(BlockKind.HEADING, line.text, 2))
    elif dump.has_text and line.size >= _LABEL:
        dump.blocks.append(Block(BlockKind.PARAGRAPH, line.text))


def _is_heading(line: _Line, following: _Line | None) -> bool:
    """Whether a short line stands alone over a paragraph."""
    if (
        following is None
        or not line.after
        or not line.before
        or line.size > _HEADING
        or (_ends(line.text) and not _ends(line.text, _HEADING_ENDS))
        or line.text.endswith((":", "：", ",", "、"))
    ):
        return False
    return following.size >= _PROSE or _ends(following.text)


def _add_item(dump: _Dump, text: str) -> None:
    """An item of a list; neighbours are one list."""
    item = Block(BlockKind.PARAGRAPH, text, 1)
    if dump.blocks and dump.blocks[-1].kind is BlockKind.LIST:
        dump.blocks[-1] = Block(BlockKind.LIST, items=(*dump.blocks[-1].items, item))
    else:
        dump.blocks.append(Block(BlockKind.LIST, items=(item,)))


def _read_byline(dump: _Dump, line: _Line, raw: str) -> bool:
    """A date or a byline before the text."""
    if _date_of(line, dump.zone) is not None and line.size < _DATE:
        return True
    is_labelled = raw.startswith(BYLINE_STARTS) or line.text.endswith(_ROLES)
    if is_labelled and line.size < _DATE and not _ends(line.text, _STRONG_ENDS):
        names = [name for part in split_names(_without_role(line.text)) if (name := name_of(part))]
        dump.authors = dump.authors or names
        return bool(names)
    return False


def _without_role(text: str) -> str:
    """A byline without the word before its colon ("作者：")."""
    label, _, names = _colon(text)
    return names if names and label.isalpha() else text


def _read_pointer(dump: _Dump, line: _Line, raw: str) -> bool:
    """A line such as "Read also: Title"."""
    if line.size > _ITEM or not raw.startswith(READ_ALSO):
        return False
    label, found, title = _colon(line.text)
    if not found or amount(title) < _SHORT or amount(label) > _LABEL:
        return False
    dump.link(_without_label(title), LinkKind.RELATED, label)
    return True


def _colon(text: str) -> tuple[str, str, str]:
    """Text before and after the first colon."""
    match = re.search(r"\s*[:：]\s*", text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _cut_pointer(dump: _Dump, text: str) -> str:
    """A paragraph without the "(Related: Title Read more" at its end, which becomes a link."""
    for match in _opening().finditer(text):
        inside = text[match.end() :]
        if fold(inside).startswith(READ_ALSO) and len(inside) < 2 * _ITEM:
            label, found, title = _colon(inside.rstrip(")）]】 "))
            if found and amount(label) <= _LABEL:
                dump.link(_without_label(title), LinkKind.RELATED, label)
                return text[: match.start()].rstrip()
    return text


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"[(（\[【]\s*")


def _without_label(title: str) -> str:
    """A title without the words of the link that followed it ("Read more")."""
    words = title.rstrip(")）]】 ").split(" ")
    for at in range(max(len(words) - 4, 1), len(words)):
        tail = fold(" ".join(words[at:]))
        if tail.startswith(READ_ALSO) or any(tail.startswith(fold(label)) for label in ("more ", "もっと")):
            return " ".join(words[:at])
    return " ".join(words)


def _tidy(blocks: list[Block]) -> list[Block]:
    """Without headings over nothing."""
    kept: list[Block] = []
    over = False
    for block in reversed(blocks):
        if block.kind is BlockKind.HEADING and not over:
            continue
        over = block.kind is not BlockKind.HEADING
        kept.append(block)
    return kept[::-1]
