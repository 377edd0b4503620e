"""Object and array literals in a script to values: JSON, and the JavaScript that page frameworks write instead."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

_LEAST = 500  # characters of a literal that may hold a text
_MAX_TRIES = 200  # places of one script where a literal may begin
_MAX_SHARE = 4  # times that a script may be gone over
_MAX_LOOKED = 2_000_000  # characters of a script that are read token by token
_MAX_SIZE = 8_000_000  # characters of a literal once its names are filled in: each may stand for a long text
_MAX_ASSIGNMENTS = 2000
_CONSTANTS = {"true": "true", "false": "false", "!0": "true", "!1": "false"}


def read_literals(script: str) -> Iterator[Any]:
    """Every value of some length that a script assigns, passes or returns, outermost first; never raises.

    Names that stand for values are filled in where a function is called with them at once, and are `None` elsewhere.
    """
    reader = _Reader(script)
    at = 0
    for _ in range(_MAX_TRIES):
        start = _start().search(script, at)
        if start is None or reader.left < 0:
            return
        at = start.end()
        try:
            value, end = reader.read(start)
        except (ValueError, RecursionError):
            continue
        if end - at > _LEAST:
            yield value
        at = max(at, end)


@cache
def _start() -> re.Pattern[str]:
    """What may come before a literal: a function that is called at once, JSON in a string, or a sign."""
    return re.compile(
        r"\(function\s?\((?P<names>[\w$,\s]{0,20000})\)\s?\{|(?P<json>JSON\.parse\()\s?(?=[\"'])|[=(]\s?(?=[{\[])"
    )


class _Reader:
    """Reads values at places of one script; `left` is how many characters may still be looked at."""

    def __init__(self, script: str) -> None:
        self.script = script
        self.left = min(_MAX_SHARE * len(script), _MAX_LOOKED)

    def read(self, start: re.Match[str]) -> tuple[Any, int]:
        """The value that begins after a match, and where it ends; raises ValueError if there is none."""
        if start["names"] is not None:
            return self.call(start.end(), start["names"])
        if start["json"]:
            pieces, end = self.pieces(start.end())
            return json.loads(json.loads(pieces[0], strict=False), strict=False), end
        return self.plain(start.end())

    def plain(self, at: int) -> tuple[Any, int]:
        """JSON, or what JavaScript allows beyond it."""
        try:
            return json.JSONDecoder(strict=False).raw_decode(self.script, at)
        except json.JSONDecodeError as wrong:
            self.left -= wrong.pos - at
            pieces, end = self.pieces(at)
            return _value(pieces, {}), end

    def call(self, at: int, names: str) -> tuple[Any, int]:
        """What a function returns that is called at once: `{a.x=1;return {…}}(1,2)`."""
        assigned: list[tuple[str, str, list[str]]] = []
        while (target := _target().match(self.script, at)) and len(assigned) < _MAX_ASSIGNMENTS:
            pieces, at = self.pieces(target.end())
            assigned.append((target[1], target[2] or target[3], pieces))
        match = _return().match(self.script, at)
        if match is None:
            raise ValueError("no value is returned")
        pieces, at = self.pieces(match.end())
        known: dict[str, str] = {}
        if call := _call().match(self.script, at):
            values, at = self.arguments(call.end())
            known = dict(zip(_name().findall(names), values, strict=False))
        _assign(known, assigned)
        return _value(pieces, known), at

    def arguments(self, at: int) -> tuple[list[str], int]:
        """The arguments of a call as JSON texts; a name is an unknown value."""
        found: list[str] = []
        while True:
            pieces, at = self.pieces(at)
            found.append(_filled(pieces, {}))
            if not self.script.startswith(",", at):
                return found, at
            at += 1

    def pieces(self, at: int) -> tuple[list[str], int]:
        """A value as pieces of JSON, names as pieces that begin with "$", and where it ends.

        A call is taken for the list of its arguments. Raises ValueError where there is no value.
        """
        pieces: list[str] = []
        depth, match, first = 0, _token().match, at
        while (token := match(self.script, at)) and at - first < self.left:
            at = token.end()
            kind = token.lastgroup or ""
            depth += (kind == "open") - (kind == "close")
            if kind == "close" and pieces[-1:] == [","]:
                pieces.pop()
            pieces.append(_piece(kind, token[kind]))
            if depth <= 0:
                break
        self.left -= at - first
        if depth or not pieces:
            raise ValueError("no literal")
        return pieces, at


def _piece(kind: str, text: str) -> str:
    """A token as a piece of JSON."""
    if kind == "open":
        return "[" if text[-1] == "(" else text
    if kind == "close":
        return "]" if text == ")" else text
    if kind == "key":
        return json.dumps(text[:-1].strip().strip("'")) + ":"
    if kind == "string":
        return _json_string(text)
    if kind == "number":
        return text if text.lstrip("-").isdecimal() and text.lstrip("-")[0] != "0" else "0"
    return _CONSTANTS.get(text, "$" + text) if kind == "name" else text


@cache
def _token() -> re.Pattern[str]:
    """A token with the white space before it."""
    return re.compile(
        r"""\s*+(?:
            (?P<key>[\w$]++\s*+:|'[\w$./@-]*+'\s*+:)
            |(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^'\\]*+(?:\\.[^'\\]*+)*+')
            |(?P<open>[{\[]|(?:new\ )?[\w$.]{1,100}+\()|(?P<close>[}\])])|(?P<sign>[,:])
            |(?P<number>-?[\d.][\w.+-]*+)
            |(?P<name>!?[\w$][\w$.]*+(?:\ 0)?)
        )""",
        re.VERBOSE | re.DOTALL,
    )


@cache
def _target() -> re.Pattern[str]:
    return re.compile(r"\s*;?\s*([\w$]+)(?:\.([\w$]+)|\[\"?([^\]\"]{1,200})\"?\])\s?=(?!=)")


@cache
def _return() -> re.Pattern[str]:
    return re.compile(r"\s*;?\s*return\s*\(?")


@cache
def _call() -> re.Pattern[str]:
    return re.compile(r"\)?;?\}\)?\(")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(r"[\w$]+")


def _json_string(text: str) -> str:
    """A JavaScript string as a JSON one."""
    if text[0] == "'":
        text = '"' + text[1:-1].replace('"', "\\x22") + '"'
    return _escape().sub(_json_escape, text) if "\\" in text else text


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(r"\\(?:x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def _json_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\u00{match[1]}"
    return match[0] if match[2] in '"\\/bfnrtu' else match[2].replace("\n", "")


def _assign(known: dict[str, str], assigned: list[tuple[str, str, list[str]]]) -> None:
    """Make objects of names whose fields are assigned."""
    fields: dict[str, list[str]] = {}
    for name, key, pieces in assigned:
        fields.setdefault(name, []).append(f"{json.dumps(key)}:{_filled(pieces, known)}")
    known.update((name, "{" + ",".join(inner) + "}") for name, inner in fields.items())


def _filled(pieces: list[str], known: dict[str, str]) -> str:
    """Pieces as JSON, names filled in."""
    parts = [known.get(piece[1:], "null") if piece.startswith("$") else piece for piece in pieces]
    if sum(map(len, parts)) > _MAX_SIZE:
        raise ValueError("too long")
    return "".join(parts)


def _value(pieces: list[str], known: dict[str, str]) -> Any:
    return json.loads(_filled(pieces, known), strict=False)
