"""Tables: rows of cells where the page shows data, nothing where it only lays out text."""

from newsreader.extract.pieces import Element, Piece
from newsreader.model.blocks import Block, BlockKind

_LAYOUT_SIZE = 250  # cells with more text on average are columns of a page, not data


def table_block(pieces: list[Piece], table: Element, cells: list[Element]) -> list[Block]:
    """The table that holds the pieces as one block; none if it lays out text rather than data.

    `cells` are all cells of the page: a cell without text is one too. What stands in a table inside a cell is text of
    that cell.
    """
    rows = _rows(table, cells)
    words: dict[Element, list[str]] = {cell: [] for row in rows.values() for cell in row}
    for piece in pieces:
        cell = next((around for around in (piece.element, *piece.element.ancestors()) if around in words), None)
        if cell is None:
            return []
        words[cell].append(piece.text)
    filled = sum(map(bool, words.values()))
    rows = {row: inside for row, inside in rows.items() if any(words[cell] for cell in inside)}
    if filled <= len(rows) or sum(piece.size for piece in pieces) > _LAYOUT_SIZE * filled:
        return []
    found = tuple(tuple(" ".join(words[cell]) for cell in row) for row in rows.values())
    first = next(iter(rows.values()))
    return [Block(BlockKind.TABLE, rows=found, header=len(rows) > 1 and all(cell.tag == "th" for cell in first))]


def _rows(table: Element, cells: list[Element]) -> dict[Element, list[Element]]:
    """The cells of a table by their rows, without those of tables inside it."""
    rows: dict[Element, list[Element]] = {}
    for cell in cells:
        if table.first <= cell.first <= table.last and _table_of(cell) is table and cell.parent is not None:
            rows.setdefault(cell.parent, []).append(cell)
    return rows


def _table_of(cell: Element) -> Element | None:
    return next((around for around in cell.ancestors() if around.tag == "table"), None)
