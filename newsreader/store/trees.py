"""Which page of a damaged file belongs to which table: by the way down from its root, or else by its rows."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from newsreader.store.connection import Connection, rows
from newsreader.store.pages import INDEX, TABLE, Cell, Page, PageFile, Value, kinds_of

_KINDS: dict[str, type] = {"INTEGER": int, "REAL": float, "TEXT": str, "BLOB": bytes}
_NONE = type(None)


class Column(NamedTuple):
    """What a value of a row may be: of this kind (`None`: of any), or also NULL; the rowid is not kept in the row."""

    kind: type | None
    nullable: bool = True
    is_rowid: bool = False

    def takes(self, kind: type) -> bool:
        """Whether a value of this kind may stand there."""
        if self.is_rowid:
            return kind is _NONE
        if self.kind is float and kind is int:  # whole numbers are kept as such
            return True
        return self.kind is None or kind is self.kind or (self.nullable and kind is _NONE)


class Tree(NamedTuple):
    """A table or an index: the page where it begins (0: not known), whether it goes by rowid, and its columns."""

    name: str
    root: int
    by_rowid: bool
    columns: tuple[Column, ...]

    def takes(self, cell: Cell) -> bool:
        """Whether a row may be one of it."""
        kinds = kinds_of(cell)
        return (
            kinds is not None
            and len(kinds) == len(self.columns)
            and all(column.takes(kind) for column, kind in zip(self.columns, kinds, strict=True))
        )

    def owns(self, page: Page) -> bool:
        """Whether a page may be one of it."""
        if page.kind not in (TABLE if self.by_rowid else INDEX):
            return False
        return not page.cells or any(map(self.takes, page.cells))


SCHEMA = Tree("sqlite_schema", 1, True, tuple(Column(kind) for kind in (str, str, str, int, str)))


class Salvage:
    """The rows that are left in a file; `broken` counts the pages and rows of each tree that could not be read."""

    def __init__(self, file: PageFile, trees: list[Tree]) -> None:
        self.file = file
        self.trees = {tree.name: tree for tree in trees}
        self.pages: dict[str, list[int]] = {tree.name: [] for tree in trees}
        self.broken: Counter[str] = Counter()
        self._owned: set[int] = set()
        for tree in trees:
            self._walk(tree)
        self._adopt([tree for tree in trees if self.broken[tree.name] or not tree.root])

    def rows(self, name: str) -> Iterator[list[Value]]:
        """The rows of a tree that are what they should be, the rowid in its place."""
        tree = self.trees[name]
        rowid = next((place for place, column in enumerate(tree.columns) if column.is_rowid), None)
        for number in self.pages[name]:
            page = self.file.page(number)
            for cell in page.cells if page else ():
                values = self.file.values(cell) if tree.takes(cell) else None
                if values is None:
                    self.broken[name] += 1
                    continue
                if rowid is not None:
                    values[rowid] = cell.rowid
                yield values

    def _walk(self, tree: Tree) -> None:
        """Follow a tree down from its root."""
        below = [tree.root] if tree.root else []
        while below:
            number = below.pop()
            page = None if number in self._owned else self.file.page(number)
            if page is None or not tree.owns(page):
                self.broken[tree.name] += 1
                continue
            self._own(tree, number)
            below += page.below
            self.broken += Counter({tree.name: not page.is_whole})

    def _adopt(self, damaged: list[Tree]) -> None:
        """Give pages that no tree leads to any more to the one damaged tree whose rows look like theirs."""
        free = self.file.free() if damaged else set()
        for number in range(2, self.file.count + 1 if damaged else 0):
            page = None if number in self._owned or number in free else self.file.page(number)
            if page is None or not page.cells:
                continue
            owners = [tree for tree in damaged if tree.owns(page)]
            if len(owners) == 1:
                self._own(owners[0], number)

    def _own(self, tree: Tree, number: int) -> None:
        self._owned.add(number)
        self.pages[tree.name].append(number)


def trees_of(db: Connection, roots: dict[str, int]) -> list[Tree]:
    """The tables and indexes of a store as it should be, with the pages where they begin in the damaged file."""
    sql = "SELECT name, wr FROM pragma_table_list WHERE type IN ('table', 'shadow') ORDER BY name"
    tables = [
        Tree(name, roots.get(name, 0), not keyed, tuple(_columns_of(db, name, keyed=bool(keyed)).values()))
        for name, keyed in rows(db, sql)
        if name in roots or not name.startswith("sqlite_")
    ]
    return [SCHEMA, *tables, *_indexes_of(db, roots)]


def _indexes_of(db: Connection, roots: dict[str, int]) -> list[Tree]:
    found = []
    for name, table in rows(db, "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index'"):
        columns = _columns_of(db, table, keyed=True)
        keys = rows(db, "SELECT cid FROM pragma_index_xinfo(?)", (name,))
        shape = [columns[cid] if cid >= 0 else Column(int, nullable=False) for (cid,) in keys]
        found.append(Tree(name, roots.get(name, 0), False, tuple(shape)))
    return found


def _columns_of(db: Connection, table: str, *, keyed: bool) -> dict[int, Column]:
    """The columns of a table by number; `keyed` is one without rowid."""
    told = rows(db, 'SELECT cid, type, "notnull", pk FROM pragma_table_xinfo(?)', (table,))
    keys = sum(pk > 0 for *_, pk in told)
    return {
        cid: Column(_KINDS.get(kind), not (notnull or pk), not keyed and keys == 1 and pk == 1 and kind == "INTEGER")
        for cid, kind, notnull, pk in told
    }
