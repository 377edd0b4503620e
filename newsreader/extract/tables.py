"""Tables: rows of cells where the page shows data, nothing where it only lays out text."""

from newsreader.extract.pieces import Element, Piece
from newsreader.model.blocks import Block, BlockKind

_LAYOUT_SIZE = 250  # cells with more text on average are columns of a page, not data


def table_block(pieces: list[Piece], table: Element) -> list[Block]:
    """The table that holds the pieces as one block; none if it lays out text rather than data."""
    rows: dict[Element, dict[Element, list[str]]] = {}
    heads: set[Element] = set()
    for piece in pieces:
        cell, row = _cell_of(piece.element, table)
        if cell is None or row is None:
            return []
        rows.setdefault(row, {}).setdefault(cell, []).append(piece.text)
        if cell.tag == "th":
            heads.add(cell)
    cells = [cell for row in rows.values() for cell in row]
    if len(cells) <= len(rows) or sum(piece.size for piece in pieces) > _LAYOUT_SIZE * len(cells):
        return []
    first = next(iter(rows.values()))
    header = len(rows) > 1 and all(cell in heads for cell in first)
    found = tuple(tuple(" ".join(words) for words in row.values()) for row in rows.values())
    return [Block(BlockKind.TABLE, rows=found, header=header)]


def _cell_of(element: Element, table: Element) -> tuple[Element | None, Element | None]:
    """The cell and the row of the outermost table that hold an element."""
    cell = row = None
    around: Element | None = element
    while around is not None and around is not table:
        if around.tag in ("td", "th"):
            cell = around
        elif around.tag == "tr":
            row = around
        around = around.parent
    return cell, row
