"""The data that the scripts of a page would draw it from: Next.js, Nuxt, Apollo and whatever else is assigned."""

import json
import re
from functools import cache
from typing import Any, NamedTuple

from newsreader.dom import Tree, attr
from newsreader.extract.literals import read_literals

_LEAST = 500  # characters of a script that may hold a text
_MAX_SCRIPTS = 3000
_MAX_SIZE = 4_000_000  # characters of all scripts that are read
_MAX_HOPS = 5
_MAX_VALUES = 300_000
_STORE_DEPTH = 6  # window.__STATE__ = {props: {pageProps: {apollo: {data: …}}}}
_FLIGHT = "__next_f"


class Data(NamedTuple):
    """The values of a page's scripts, and what they refer to: by `$L1` (`rows`), by `{"__ref": …}` (`stores`).

    The last of the `values` are those that no other refers to.
    """

    values: list[Any]
    rows: dict[str, Any]
    stores: list[dict[str, Any]]

    def resolve(self, value: Any) -> Any:
        """What a value refers to, or the value itself if it is no reference."""
        for _ in range(_MAX_HOPS):
            if isinstance(value, str) and value[:1] == "$" and self.rows:
                found = self._row(value)
            elif isinstance(value, dict) and self.stores:
                found = self._entry(value)
            else:
                break
            if found is value:
                break
            value = found
        return value

    def _entry(self, value: dict[str, Any]) -> Any:
        name = value.get("__ref") or (value.get("id") if value.get("type") == "id" else None)
        if not isinstance(name, str):
            return value
        return next((store[name] for store in self.stores if name in store), value)

    def _row(self, name: str) -> Any:
        match = _reference().fullmatch(name)
        if match is None:
            return name
        found = self.rows.get(match[1])
        for step in filter(None, match[2].split(":")):
            found = _step(found, step)
        return found


def read_scripts(tree: Tree) -> Data:
    """The data of all scripts but JSON-LD."""
    values: list[Any] = []
    flight: list[str] = []
    left = _MAX_SIZE
    for node in tree.css("script")[:_MAX_SCRIPTS]:
        text = node.text() or ""
        kind = attr(node, "type").lower()
        if "ld+json" in kind or len(text) > left:
            continue
        if _FLIGHT in text[:100]:
            flight.extend(_chunks(text))
        elif len(text) < _LEAST:
            continue
        elif kind.endswith("json"):
            values.append(_revived(_load(text)))
        else:
            values.extend(read_literals(text))
        left -= len(text)
    text = "".join(flight)
    rows = _rows(text) if text else {}
    held = set(re.findall(r'"\$[L@]?([0-9a-f]{1,6})[:"]', text))
    names = sorted(rows, key=lambda name: name not in held)
    return Data([*values, *map(rows.__getitem__, names)], rows, _stores(values))


def _load(text: str) -> Any:
    try:
        return json.loads(text.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
    except (ValueError, RecursionError):
        return None


def _chunks(script: str) -> list[str]:
    """The texts of `self.__next_f.push([1,"…"])`."""
    found: list[str] = []
    for match in _push().finditer(script):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(script, match.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            found.append(value[1])
    return found


@cache
def _push() -> re.Pattern[str]:
    return re.compile(r"\.push\(\s*(?=\[)")


@cache
def _reference() -> re.Pattern[str]:
    """A row of React's flight format, perhaps a place in it: `$L1a`, `$2f:props:children:0`."""
    return re.compile(r"\$[L@]?([0-9a-f]{1,6})((?::[\w-]{1,100}){0,20})")


def _rows(flight: str) -> dict[str, Any]:
    """The rows of React's flight format by their id: `1a:["$","p",…]`, or `2b:T4f,` and so many bytes of text."""
    rows: dict[str, Any] = {}
    data = flight.encode("utf-8", "replace")
    at = 0
    while head := _row_head().match(data, at):
        at = head.end()
        if head[2]:
            end = at + int(head[2], 16)
            rows[head[1].decode()] = data[at:end].decode("utf-8", "replace")
        else:
            end = data.find(b"\n", at) % (len(data) + 1)
            if data[at : at + 1] in (b"[", b"{", b'"'):
                rows[head[1].decode()] = _load(data[at:end].decode("utf-8", "replace"))
        at = end
    return rows


@cache
def _row_head() -> re.Pattern[bytes]:
    return re.compile(rb"\n*([0-9a-f]{0,8}):(?:T([0-9a-f]{1,7}),)?")


def _step(value: Any, step: str) -> Any:
    """One step into a value; an element `["$", tag, key, props]` knows its parts by name."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list):
        index = {"type": 1, "key": 2, "props": 3}.get(step, int(step) if step.isdecimal() else -1)
        return value[index] if 0 <= index < len(value) else None
    return None


def _revived(value: Any) -> Any:
    """A value that devalue wrote as a list of parts that refer to each other by index, as Nuxt has it, put together."""
    if not (isinstance(value, list) and len(value) > 1 and len(value) <= _MAX_VALUES and _is_devalued(value)):
        return value
    parts = [_opened(part) for part in value]
    for part in parts:
        items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        for key, index in list(items):
            if isinstance(index, int):
                part[key] = parts[index] if 0 <= index < len(parts) else None
    return parts[0]


def _is_devalued(value: list[Any]) -> bool:
    """Whether a list is of the kind: its first part refers to others by nothing but indexes."""
    first = value[0]
    inner = list(first.values()) if isinstance(first, dict) else first[1:] if isinstance(first, list) else []
    return bool(inner) and all(isinstance(one, int) for one in inner)


def _opened(part: Any) -> Any:
    """A part of its own, that may be changed; a wrapper such as `["Reactive", 1]` becomes a list of one."""
    if isinstance(part, dict):
        return dict(part)
    if isinstance(part, list):
        return list(part[1:]) if part and isinstance(part[0], str) else list(part)
    return part


def _stores(values: list[Any]) -> list[dict[str, Any]]:
    """The normalised caches of Apollo in the values: objects that hold a root query."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    stack = [(value, 0) for value in values]
    while stack and len(seen) < _MAX_VALUES:
        value, depth = stack.pop()
        if isinstance(value, dict) and id(value) not in seen:
            seen.add(id(value))
            if "ROOT_QUERY" in value:
                found.append(value)
            elif depth < _STORE_DEPTH:
                stack.extend((inner, depth + 1) for inner in value.values())
    return found
