"""Articles, matches and sources as columns, cut to the width of a terminal."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from newsreader.model.news import Entry, Hit, Match, Source, State, Story
from newsreader.present.ages import age, ago, ahead
from newsreader.present.as_tsv import status_of
from newsreader.present.lines import Line, Segment, safe, safe_url
from newsreader.present.setting import wrap_line
from newsreader.text import cut, numbered, width

if TYPE_CHECKING:
    from newsreader.model.catalog import CatalogEntry
    from newsreader.model.rules import Tally

_GAP = 2
_FURTHER_FROM = 120  # columns that a terminal needs for further sources in words
_COUNTS_FROM = 80  # for all the counts of a story in words
_WORDS_FROM = 60  # for states in words; below they are a sign
_SOURCE_FROM = 40  # for a source, and for an age
_AGE_FROM = 24
_SOURCE_MOST = 20
_SOURCE_SHARE = 5
FOLLOWED = ">"  # the mark of a story that is followed


class _Column(NamedTuple):
    """Cells of one column and the columns it takes; `right` aligns the cells to the right."""

    cells: list[Segment]
    columns: int
    right: bool = False


def entry_lines(
    entries: Sequence[Entry],
    columns: int,
    now: datetime,
    *,
    followed: Container[int] = (),
    stories: Sequence[Story] = (),
) -> list[Line]:
    """A line an article: id, age, source, title, marks; 0 columns = nothing cut.

    Unread titles have the style "unread" and lead to the article. Marks are ">" of a story that is `followed`, "*"
    starred, "+" later, "copy" of one with the same text, and the state where the text is not whole (on narrow terminals
    "=" and "~"). The source is left out below 40 columns, the age below 24. `now` is aware, in the reader's zone.
    With `stories`, one an entry that stands for it, how many further sources tell it is behind the source.
    """
    marks = [_marks(entry, columns, is_followed=entry.story in followed) for entry in entries]
    before = _head(entries, columns, now)
    if stories and not 0 < columns < _AGE_FROM:
        before.append(_column((Segment(_further(story, columns), "source") for story in stories), right=True))
    return _rows(before, [_title(entry) for entry in entries], marks, columns)


def _further(story: Story, columns: int) -> str:
    """What stands behind an entry of a story: "+3" further sources, or that it has "3" articles of one; "" alone."""
    in_words = columns == 0 or columns >= _FURTHER_FROM
    if (others := len(story.sources) - 1) > 0:
        return f"+{numbered(others, 'source')}" if in_words else f"+{others}"
    if (articles := len(story.articles)) > 1:
        return numbered(articles, "article") if in_words else f"{articles}x"
    return ""


def story_lines(stories: Sequence[Story], columns: int, now: datetime) -> list[Line]:
    """A line a story: id, age of the newest article, ">" if it is followed, what is new then, title, counts.

    Below 80 columns the articles are not counted, below 60 the sources are a figure. The age is left out below 24.
    `now` is aware, in the reader's zone.
    """
    before = [_column((Segment(str(story.id), "id") for story in stories), right=True)]
    if not 0 < columns < _AGE_FROM:
        before.append(_column((Segment(age(story.last_seen, now), "age") for story in stories), right=True))
    before.append(_column(Segment(_followed(story, columns), "match") for story in stories))
    titles = [Segment(safe(story.title), "title unread" if story.new else "title") for story in stories]
    return _rows(before, titles, [_told_by(story, columns) for story in stories], columns, "meta")


def _followed(story: Story, columns: int) -> str:
    """Whether a story is followed, and how many articles are new in it."""
    if not story.following:
        return ""
    new = f" {story.new}" if 0 < columns < _WORDS_FROM else f" {story.new} new"
    return FOLLOWED + new * bool(story.new)


def _told_by(story: Story, columns: int) -> str:
    """How many sources and articles tell a story."""
    sources = len(story.sources)
    if 0 < columns < _WORDS_FROM:
        return str(sources or "")
    told = [numbered(sources, "source")] * bool(sources)
    if not 0 < columns < _COUNTS_FROM:
        told.append(numbered(len(story.articles), "article"))
    return ", ".join(told)


def match_lines(matches: Sequence[Match], columns: int, now: datetime) -> list[Line]:
    """A line a match: score (0.00 to 1.00), id, age, source and title; below it, indented, why it belongs."""
    entries = [match.entry for match in matches]
    scores = _column(Segment(f"{match.score:.2f}", "score") for match in matches)
    before = [scores, *_head(entries, max(columns - scores.columns - _GAP, 1) if columns else 0, now)]
    rows = _rows(before, [_title(entry) for entry in entries], [""] * len(entries), columns)
    found: list[Line] = []
    for row, match in zip(rows, matches, strict=True):
        found += [row, *_notes("; ".join(match.reasons), columns, scores.columns)]
    return found


def hit_lines(hits: Sequence[Hit], columns: int, now: datetime) -> list[Line]:
    """A line a find, as in lists; below it, indented, the piece of text, what was looked for in the style "match"."""
    entries = [hit.entry for hit in hits]
    indent = max((width(str(entry.id)) for entry in entries), default=0)
    found: list[Line] = []
    for row, hit in zip(entry_lines(entries, columns, now), hits, strict=True):
        found += [row, *_noted(_snippet(hit), columns, indent)]
    return found


def source_lines(sources: Sequence[Source], columns: int, now: datetime, *, why: bool = False) -> list[Line]:
    """A line a source: id, status, age of the last attempt, name, address; with `why`, what happened and what comes."""
    ids = _column((Segment(str(source.id), "id") for source in sources), right=True)
    name_room = max(columns // 3, 4) if columns else 0
    before = [
        ids,
        _column(Segment(_status(source), "state" if source.failures else "meta") for source in sources),
        _column((Segment(age(source.checked, now), "age") for source in sources), right=True),
        _column(Segment(_cut(safe(source.name), name_room), "source") for source in sources),
    ]
    if 0 < columns < _SOURCE_FROM:
        del before[1:3]
    addresses = [Segment(safe(source.url), "address", safe_url(source.url)) for source in sources]
    found: list[Line] = []
    for row, source in zip(_rows(before, addresses, [""] * len(sources), columns), sources, strict=True):
        found.append(row)
        if why:
            found += _notes(_history(source, now), columns, ids.columns)
    return found


def catalog_lines(entries: "Sequence[CatalogEntry]", subscribed: Container[str], columns: int) -> list[Line]:
    """A line a source of the catalogue: name, language, title; marked where its name is in `subscribed`.

    The mark is a word, below 60 columns a sign; the language is left out below 40.
    """
    names = _column(Segment(safe(entry.name), "source") for entry in entries)
    languages = _column(Segment(safe(entry.language), "meta") for entry in entries)
    titles = [Segment(safe(entry.title), "title", safe_url(entry.site)) for entry in entries]
    mark = "*" if 0 < columns < _WORDS_FROM else "subscribed"
    marks = [mark if entry.name in subscribed else "" for entry in entries]
    return _rows([names] if 0 < columns < _SOURCE_FROM else [names, languages], titles, marks, columns)


def rule_lines(rules: "Sequence[Tally]", columns: int) -> list[Line]:
    """A line a rule: name, what it does, its query; how many articles it chooses now and how many it changed."""
    names = _column(Segment(safe(each.rule.name), "source") for each in rules)
    changes = _column(Segment(safe(", ".join(change.word for change in each.rule.then)), "meta") for each in rules)
    queries = [Segment(safe(each.rule.when), "title") for each in rules]
    counts = [safe(each.problem or "") or _counts(each, columns) for each in rules]
    return _rows([names] if 0 < columns < _SOURCE_FROM else [names, changes], queries, counts, columns)


def _counts(tally: "Tally", columns: int) -> str:
    matches, changed = tally.matches, tally.changed
    return f"{matches}/{changed}" if 0 < columns < _WORDS_FROM else f"{matches} match, {changed} changed"


def _head(entries: Sequence[Entry], columns: int, now: datetime) -> list[_Column]:
    """The columns before the title: id, age and source, as far as they have room."""
    found = [_column((Segment(str(entry.id), "id") for entry in entries), right=True)]
    if not 0 < columns < _AGE_FROM:
        found.append(_column((Segment(age(entry.published, now), "age") for entry in entries), right=True))
    if not 0 < columns < _SOURCE_FROM:
        most = min(_SOURCE_MOST, columns // _SOURCE_SHARE)
        names = (safe(entry.source_name or "") for entry in entries)
        found.append(_column(Segment(_cut(name, most), "source") for name in names))
    return found


def _title(entry: Entry) -> Segment:
    style = "title" if entry.read else "title unread"
    return Segment(safe(entry.title or entry.url), style, safe_url(entry.url))


def _marks(entry: Entry, columns: int, *, is_followed: bool) -> str:
    signs = [FOLLOWED] * is_followed + ["*"] * entry.starred + ["+"] * entry.later
    if entry.copy_of is not None:
        signs.append("=" if 0 < columns < _WORDS_FROM else "copy")
    if entry.state is not State.FULL:
        signs.append("~" if 0 < columns < _WORDS_FROM else entry.state)
    return " ".join(signs)


def _status(source: Source) -> str:
    return f"{status_of(source)} {source.failures}x" if source.failures > 1 else status_of(source)


def _history(source: Source, now: datetime) -> str:
    """What happened to a source last, why, and what comes next, in words."""
    if source.checked is None:
        facts = ["never fetched"]
    else:
        facts = [f"last fetch {ago(source.checked, now)}: {source.status or 'unknown'}"]
    if source.failures > 1 and not source.due_reason:
        facts.append(f"{source.failures} failures in a row")
    if source.reason:
        facts.append(source.reason)
    if source.moved_from and source.moved:
        facts.append(f"moved from {source.moved_from} {ago(source.moved, now)}")
    if source.paused:
        facts.append("paused until resumed")
    elif source.due:
        facts.append(", ".join(filter(None, (f"next {ahead(source.due, now)}", source.due_reason))))
    return "; ".join(facts)


def _snippet(hit: Hit) -> Line:
    text = "".join(text for text, _ in hit.snippet)
    if not text.isprintable():  # what must be cleaned cannot keep its parts
        return (Segment(safe(text)),)
    return tuple(Segment(text, "match" if is_match else "") for text, is_match in hit.snippet)


def _notes(text: str, columns: int, indent: int) -> list[Line]:
    """Words below a row; nothing for ""."""
    return _noted((Segment(safe(text), "meta"),), columns, indent) if text else []


def _noted(line: Line, columns: int, indent: int) -> list[Line]:
    """A line below a row, indented, broken to the width; nothing for an empty one."""
    margin = Segment(" " * (indent + _GAP if columns == 0 or columns >= _AGE_FROM else 1))
    room = max(columns - len(margin.text), 1) if columns else 0
    return [(margin, *each) for each in wrap_line(line, room)] if line else []


def _column(cells: Iterable[Segment], *, right: bool = False) -> _Column:
    found = list(cells)
    return _Column(found, max((width(cell.text) for cell in found), default=0), right)


def _rows(
    before: list[_Column], titles: list[Segment], marks: list[str], columns: int, style: str = "state"
) -> list[Line]:
    """Rows of the columns that hold something, the title cut to what they and its marks, in a style, leave.

    The marks end at one edge: that of the longest row, at most that of the terminal. Without `columns`, nothing is cut.
    """
    gap = _GAP if columns == 0 or columns >= _AGE_FROM else 1
    heads = [column for column in before if column.columns]
    left = columns - sum(column.columns + gap for column in heads)
    wants = [width(title.text) + (gap + len(mark) if mark else 0) for title, mark in zip(titles, marks, strict=True)]
    edge = min(left, max(wants, default=0)) if columns else 0
    found = []
    for at, (title, mark) in enumerate(zip(titles, marks, strict=True)):
        row = [segment for column in heads for segment in (_padded(column, at), Segment(" " * gap))]
        room = left - gap - len(mark) if mark else left
        row.append(title._replace(text=_cut(title.text, room)) if columns else title)
        if mark:
            row += [Segment(" " * max(edge - width(row[-1].text) - len(mark), gap)), Segment(mark, style)]
        found.append(tuple(row) if room > 0 or not columns else _narrow(row, columns))
    return found


def _padded(column: _Column, at: int) -> Segment:
    cell = column.cells[at]
    space = " " * (column.columns - width(cell.text))
    return cell._replace(text=space + cell.text if column.right else cell.text + space)


def _narrow(row: list[Segment], columns: int) -> Line:
    """What fits of a row whose fixed columns alone fill the terminal."""
    found: list[Segment] = []
    for segment in row:
        if room := columns - sum(width(before.text) for before in found):
            found.append(segment._replace(text=_cut(segment.text, room)))
    return tuple(found)


def _cut(text: str, columns: int) -> str:
    """`cut`, where 0 columns or fewer cut nothing."""
    return cut(text, columns) if columns > 0 else text
