"""The query language: one text, one meaning, wherever articles are chosen.

Words that stand side by side must all be there; OR binds weaker than that, `-` and NOT stronger, parentheses group. A
word may end in `*` (it goes on), be a "phrase", `field:value` or `@view`. What an input method of Chinese or Japanese
types for the signs means the same: full-width ones, the ideographic space, “…”, 「…」.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from functools import cache
from typing import NamedTuple
from unicodedata import category

from newsreader.errors import ConfigError, QueryError, UsageError
from newsreader.model.news import State
from newsreader.model.query import EVERYTHING, MARKS, And, Has, Is, Not, Or, Query, Since, SinceLast, Text, Until
from newsreader.moments import end_of, moment_of
from newsreader.searchwords import needle_of
from newsreader.text import clean

MOST_CHARACTERS = 4000
MOST_DEEP = 50  # parentheses, negations and views inside each other
MOST_WORDS = 500  # of a query with its views; each is a condition, and SQLite takes a thousand
FIELDS = ("title", "author", "source", "tag", "lang", "state", "is", "since", "until", "story")

_HALF_WIDTH = {0xFF00 + at: 0x20 + at for at in range(1, 95)} | {ord("−"): "-"}  # what input methods type for ASCII
_CURLY = "“”„‟"
_CLOSING = {'"': '"＂', "＂": '"＂', "«": "»", "「": "」", "『": "』", **dict.fromkeys(_CURLY, _CURLY)}
_ENDS = ("", ")", "OR")  # what a row of words goes up to
_BEFORE, _AFTER = 24, 32  # characters that an error shows of the query around the place


def parse(text: str, now: datetime, views: Mapping[str, str], zone: tzinfo | None = None) -> Query:
    """What a query asks; a text without words asks for everything.

    `views` are queries by name, for `@name`; times are counted back from `now`, days begin in `zone` (`None`: the
    system's). Raises `QueryError`, and `ConfigError` for a view that cannot be read.
    """
    return _Reader(text, _World(now, views, zone, [])).read()


def check_views(views: Mapping[str, str], now: datetime) -> None:
    """Raise `ConfigError` for a view that cannot be read."""
    for name in views:
        _read_view(name, _World(now, views, None, []), (), 0)


def condition_of(field: str, value: str, now: datetime, zone: tzinfo | None = None) -> Query:
    """What `field:value` asks of any field but title and author, which look for words. Raises `UsageError`."""
    told = clean(value).translate(_HALF_WIDTH)
    if not told:
        raise UsageError(f"{field}: has no value", hint=f"Write it right behind the colon: {field}:{_EXAMPLES[field]}")
    if field == "since":
        return SinceLast() if told == "last" else Since(moment_of(told, now, zone))
    if field == "until":
        return Until(end_of(told, now, zone))
    if field in ("source", "tag"):
        return Has(field, clean(value))
    folded = told.casefold()
    if field == "is":
        return Is(_known(folded, MARKS, "mark"))
    if field == "state":
        return Has(field, _known(folded, tuple(State), "state"))
    if not re.fullmatch(_SHAPES[field], folded):
        raise UsageError(f"{told!r} is no {_NOUNS[field]}", hint=f"Write {field}:{_EXAMPLES[field]}")
    return Has(field, told)


_EXAMPLES = {
    "title": '"two words"', "author": "smith", "source": "gazette", "tag": "japan", "lang": "ja", "state": "full",
    "is": "unread", "since": "2d", "until": "2026-09-01", "story": "12",
}  # fmt: skip
_SHAPES = {"lang": "[a-z]{2,3}(-[a-z0-9]{1,8})*", "story": "[0-9]{1,18}"}
_NOUNS = {"lang": "code of a language", "story": "number of a story"}


class _World(NamedTuple):
    """What a query may refer to, and its words so far, those of its views among them."""

    now: datetime
    views: Mapping[str, str]
    zone: tzinfo | None
    words: list[str]


class _Token(NamedTuple):
    """A sign (`kind` is it, or the operator) or a word ("word"), "" at the end; `at` is where it begins.

    `field` is "@", or a name with its colon, as typed; `text` is what follows it, without its quotes and its `*`.
    """

    kind: str
    at: int
    raw: str
    text: str = ""
    field: str = ""
    is_quoted: bool = False
    is_prefix: bool = False


class _Reader:
    """Reads one text from left to right; `chain` are the views that it stands in, `depth` how deep it is."""

    def __init__(self, text: str, world: _World, chain: tuple[str, ...] = (), depth: int = 0) -> None:
        self.text, self.world, self.chain, self.depth = text, world, chain, depth
        if len(text) > MOST_CHARACTERS:
            raise self._error(f"The query is longer than {MOST_CHARACTERS} characters", MOST_CHARACTERS)
        self.tokens = self._tokens()
        self.next = 0

    def read(self) -> Query:
        """What the whole text asks."""
        if len(self.tokens) == 1:
            return EVERYTHING
        found = self._any_of()
        if self._peek().kind:
            raise self._error("This parenthesis was never opened", self._peek().at)
        return found

    def _any_of(self) -> Query:
        parts = [self._all_of()]
        while self._peek().kind == "OR":
            self._take()
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all_of(self) -> Query:
        first = self.next
        parts: list[Query] = []
        while self._peek().kind not in _ENDS:
            if parts and self._peek().kind == "AND":
                self._take()
                parts.append(self._part())
            elif _is_sign(self._peek()):
                self._take()
            else:
                parts.append(self._part())
        if not parts:
            self.next = first
            self._part()  # says what is wrong there
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Query:
        token = self._take()
        if token.kind == "word":
            return self._word(token)
        if token.kind not in ("(", "-", "NOT"):
            raise self._missing(token)
        self.depth = self._deeper(token)
        found = self._group(token) if token.kind == "(" else Not(self._part())
        self.depth -= 1
        return found

    def _deeper(self, token: _Token) -> int:
        if self.depth >= MOST_DEEP:
            raise self._error(f"This is more than {MOST_DEEP} parentheses, negations and views deep", token.at)
        return self.depth + 1

    def _group(self, opening: _Token) -> Query:
        found = self._any_of()
        if self._take().kind != ")":
            raise self._error("This parenthesis is never closed", opening.at)
        return found

    def _word(self, token: _Token) -> Query:
        self.world.words.append(token.raw)
        if len(self.world.words) > MOST_WORDS:
            raise self._error(f"The query has more than {MOST_WORDS} words, those of its views counted", token.at)
        if token.field in ("@", "＠"):
            return self._view(token)
        if name := self._field_of(token):
            return self._field(name, token)
        if not token.is_quoted and _two_minuses().match(token.raw):
            raise self._error(
                "Two minus signs mean nothing", token.at, "Write -word, or NOT word; options stand outside"
            )
        return self._text(token.field + token.text, token)

    def _text(self, words: str, token: _Token, field: str = "") -> Query:
        if not token.is_quoted and ("*" in words or "＊" in words):
            raise self._error("A * stands only at the end of a word", token.at, _quoted(token.raw))
        cleaned = clean(words)
        if needle_of(cleaned) is None:
            raise self._error("There is no letter or digit to look for", token.at)
        return Text(cleaned, field, token.is_prefix)

    def _field_of(self, token: _Token) -> str | None:
        """The name of the field, `None` if this is a text that has a colon. Raises `QueryError` for an unknown one."""
        name = token.field[:-1].translate(_HALF_WIDTH).casefold()
        if name in FIELDS:
            return name
        if not name or token.field[-1] == "：" or token.text[:1] in ("", "/", ":"):
            return None
        near = _nearest(name, FIELDS)
        value = token.raw.removeprefix(token.field)
        hint = f"Did you mean {near[0]}:{value}?" if near else f"Fields: {', '.join(FIELDS)}."
        hint = f"{hint} {_quoted(token.field + token.text)}"
        raise self._error(f'There is no field "{token.field[:-1]}"', token.at, hint)

    def _field(self, name: str, token: _Token) -> Query:
        value = token.text
        if name in ("title", "author") and value.strip():
            return self._text(value, token, name)
        if token.is_prefix and name in ("source", "tag"):
            raise self._error(f"{name}: takes no *", token.at)
        try:
            return condition_of(name, value, self.world.now, self.world.zone)
        except UsageError as error:
            raise self._error(error.message, token.at, error.hint) from None

    def _view(self, token: _Token) -> Query:
        name = token.text
        if name not in self.world.views:
            known = (
                ", ".join(f"@{each}" for each in self.world.views) or "none yet; the configuration has them in [views]"
            )
            raise self._error(f'There is no view "{clean(name)}"', token.at, f"Views: {known}")
        return _read_view(name, self.world, self.chain, self._deeper(token))

    def _peek(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        token = self.tokens[self.next]
        self.next += token.kind != ""
        return token

    def _missing(self, found: _Token) -> QueryError:
        """The error for a sign, or the end, where words should stand."""
        at = self.tokens.index(found)
        before = self.tokens[at - 1] if at else None
        if before and before.kind in ("OR", "AND", "NOT", "-"):
            return self._error(f"Nothing follows {before.raw}", before.at)
        if before and before.kind == "(" and found.kind == ")":
            return self._error("Nothing stands between the parentheses", before.at)
        if before and before.kind == "(" and not found.kind:
            return self._error("This parenthesis is never closed", before.at)
        if found.kind == ")":
            return self._error("This parenthesis was never opened", found.at)
        return self._error(f"Nothing stands before {found.raw}", found.at, _quoted(found.raw))

    def _tokens(self) -> list[_Token]:
        found: list[_Token] = []
        at = 0
        while match := _pattern().search(self.text, at):
            token, at = self._token(match)
            found.append(token)
        return [*found, _Token("", len(self.text), "")]

    def _token(self, match: "re.Match[str]") -> tuple[_Token, int]:
        """The token that begins here, and where it ends."""
        sign, field, quote, word = match.groups()
        start, end = match.span()
        if sign:
            return _Token({"（": "(", "）": ")"}.get(sign, sign if sign in "()" else "-"), start, sign), end
        if quote:
            closing = next((at for at in range(end, len(self.text)) if self.text[at] in _CLOSING[quote]), None)
            if closing is None:
                raise self._error("This quotation is never closed", end - 1)
            is_prefix = self.text[closing + 1 : closing + 2] in ("*", "＊")
            stop = closing + 1 + is_prefix
            token = _Token("word", start, self.text[start:stop], self.text[end:closing], field or "", True, is_prefix)
            return token, stop
        operator = word.translate(_HALF_WIDTH)
        if not field and operator in ("OR", "AND", "NOT"):
            return _Token(operator, start, word), end
        is_prefix = word.endswith(("*", "＊"))
        return _Token("word", start, match[0], word[: -1 if is_prefix else None], field or "", False, is_prefix), end

    def _error(self, what: str, at: int, hint: str | None = None) -> QueryError:
        """The error, with the place in the query."""
        before, after = self.text[max(at - _BEFORE, 0) : at], self.text[at : at + _AFTER]
        shown = f"{'…' * (at > _BEFORE)}{before}▸{after}{'…' * (at + _AFTER < len(self.text))}"
        return QueryError(f"{what}: {clean(shown)} (character {at + 1} of the query)", hint=hint and clean(hint))


def _read_view(name: str, world: _World, chain: tuple[str, ...], depth: int) -> Query:
    """What a view asks; `chain` are the views that it is used in."""
    if name in chain:
        way = " → ".join(f"@{each}" for each in (*chain[chain.index(name) :], name))
        raise ConfigError(f'The view "{name}" in the configuration uses itself: {way}', hint="Take one of them out")
    try:
        return _Reader(world.views[name], world, (*chain, name), depth).read()
    except QueryError as error:
        raise ConfigError(f'The view "{name}" in the configuration: {error.message}', hint=error.hint) from None


def _quoted(text: str) -> str:
    """How to look for what means something else, quoted for a shell and for TOML as well."""
    return f"""To look for the text: '"{text}"'"""


def _is_sign(token: _Token) -> bool:
    """Whether a token is punctuation that stands between words, as in a headline that was pasted: it asks nothing."""
    if token.kind != "word" or token.field or token.is_quoted:
        return False
    kinds = map(category, token.raw)
    return all(kind[0] == "P" or kind in ("Sc", "Sk", "Sm") for kind in kinds) and needle_of(token.raw) is None


def _known(value: str, known: Iterable[str], noun: str) -> str:
    """The value if it is known; raises `UsageError`, which names the nearest or all."""
    names = tuple(map(str, known))
    if value in names:
        return value
    near = _nearest(value, names)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(names)}"
    raise UsageError(f"There is no {noun} {value!r}", hint=hint)


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, list(known), n=1, cutoff=0.6)


@cache
def _pattern() -> re.Pattern[str]:
    """A sign; or a field or @, and an opening quotation mark or a word; a field may end there."""
    field = r"[A-Za-zＡ-Ｚａ-ｚ]+[:：]|[@＠](?=[^\s()（）])"
    return re.compile(
        r"([()（）]|(?<![^\s(（])[-－−](?=[^\s)）－−-]))"
        rf"|(?=\S)({field})?(?:([{''.join(_CLOSING)}])|([^\s()（）]*))"
    )


@cache
def _two_minuses() -> re.Pattern[str]:
    """An option of a command, perhaps, that came into the query."""
    return re.compile("[-－−]{2,}[^-－−]")
