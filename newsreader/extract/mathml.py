"""Formulas as a line of text: presentation MathML to what can be read in running text."""

from newsreader.dom import Node
from newsreader.text import clean

_MAX_DEPTH = 24  # elements: what is nested deeper is given as its bare text
_SKIPPED = ("annotation", "annotation-xml", "mphantom", "none", "mprescripts")
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "^": "\u0302", "~": "\u0303"}
_RELATIONS = frozenset("=≠<>≤≥≪≫≈≡∼≅∝→←↔⇒⇔⟹⟺∈∉⊂⊆+−±×·")
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")  # function application, times, separator, plus


def read_formula(math: Node) -> str:
    """A `math` element as one line: `x² = (a + b)/c`, `√(1 − x)`, `a_k`; "" if it shows nothing.

    Source: MathML Core, https://www.w3.org/TR/mathml-core/.
    """
    return clean(_read(math, 0))


def _read(node: Node, depth: int) -> str:
    if node.is_text_node or depth >= _MAX_DEPTH:
        return node.text().strip(" \t\r\n").translate(_INVISIBLE)
    tag = node.tag or ""
    if tag == "mspace":
        return " "
    if tag in _SKIPPED:
        return ""
    parts = [_read(child, depth + 1) for child in node.iter(include_text=True) if _counts(child)]
    return _SCHEMES.get(tag, _in_row)(parts) if parts else ""


def _counts(node: Node) -> bool:
    """Whether a node is a part of a formula: no comment, and no space between elements."""
    return node.is_element_node or (node.is_text_node and bool(node.text().strip(" \t\r\n")))


def _in_row(parts: list[str]) -> str:
    """Side by side; relations stand free between what they relate."""
    last = len(parts) - 1
    return "".join([f" {part} " if part in _RELATIONS and 0 < at < last else part for at, part in enumerate(parts)])


def _fraction(parts: list[str]) -> str:
    return "/".join(map(_group, parts))


def _root(parts: list[str]) -> str:
    return f"√({_in_row(parts)})"


def _indexed_root(parts: list[str]) -> str:
    return f"{''.join(parts[1:]).translate(_RAISED)}√({parts[0]})"


def _above(parts: list[str]) -> str:
    return parts[0] + "".join([_script(part, "^", _RAISED) for part in parts[1:]])


def _over(parts: list[str]) -> str:
    """With an accent, or something else above it."""
    accent = _ACCENTS.get(parts[-1])
    return parts[0] + accent if accent and len(parts[0]) == 1 else _above(parts)


def _below(parts: list[str]) -> str:
    return parts[0] + "".join([_script(part, "_", _LOWERED) for part in parts[1:]])


def _both(parts: list[str]) -> str:
    return _above([_below(parts[:2]), *parts[2:]])


def _script(part: str, sign: str, table: dict[int, int]) -> str:
    """An exponent or index: in small characters where there are such for all of it."""
    if part and all(ord(char) in table for char in part):
        return part.translate(table)
    return f"{sign}{_group(part)}" if part else ""


def _group(part: str) -> str:
    """In brackets, unless it is one thing or in brackets already."""
    is_one = part.isalnum() or len(part) < len("xy") or (part[0] == "(" and part.find(")") == len(part) - 1)
    return part if is_one else f"({part})"


_SCHEMES = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _indexed_root,
    "msup": _above,
    "mover": _over,
    "msub": _below,
    "munder": _below,
    "msubsup": _both,
    "munderover": _both,
    "mtable": "; ".join,
    "mtr": " ".join,
}
