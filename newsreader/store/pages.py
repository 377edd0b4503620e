"""Pages of a SQLite file, read without SQLite: what is left in a damaged one can still be found.

Source: https://www.sqlite.org/fileformat2.html. Whatever cannot be is passed over; nothing here raises for what a file
holds.
"""

import struct
from typing import BinaryIO, NamedTuple

MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes in front of the first page
TABLE, INDEX = (5, 13), (2, 10)  # first byte of inner pages and of leaves, of trees by rowid and by key
_INNER = (2, 5)
_SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
_SURE = 0.7

Value = None | int | float | str | bytes


class Cell(NamedTuple):
    """A row in a page: its rowid (0 in a tree by key), the bytes of its record, and those that stand in the page.

    The rest begins in the page `overflow` (0: there is none).
    """

    rowid: int
    size: int
    local: bytes
    overflow: int


class Page(NamedTuple):
    """A page of a tree: its kind (first byte), its cells, and the numbers of the pages below it."""

    kind: int
    cells: list[Cell]
    below: list[int]
    is_whole: bool  # whether all of its cells could be read


class PageFile:
    """A file as pages of `size` bytes, numbered from 1; `usable` is what a page holds but for the reserved end."""

    def __init__(self, file: BinaryIO, size: int, reserved: int = 0) -> None:
        self._file = file
        self.size = size
        self.usable = size - reserved
        self.count = -(-file.seek(0, 2) // size)

    def raw(self, number: int) -> bytes:
        """The bytes of a page, none if it is not there or cannot be read."""
        if not 1 <= number <= self.count:
            return b""
        try:
            self._file.seek((number - 1) * self.size)
            return self._file.read(self.size)
        except OSError:
            return b""

    def page(self, number: int) -> Page | None:
        """A page of a tree, `None` if it is none."""
        data = self.raw(number)
        start = HEADER if number == 1 else 0
        if len(data) < self.size or data[start] not in TABLE + INDEX:
            return None
        kind = data[start]
        count = _number(data, start + 3, 2)
        pointers = start + (12 if kind in _INNER else 8)
        if pointers + 2 * count > self.size:
            return None
        cells, below = [], []
        for place in range(count):
            try:
                cell, child = self._cell(data, kind, _number(data, pointers + 2 * place, 2))
            except (IndexError, ValueError):
                continue
            cells += [cell] if cell else []
            below += [child] if child else []
        whole = len(below if kind == TABLE[0] else cells) == count
        if kind in _INNER:
            below.append(_number(data, start + 8, 4))
        return Page(kind, cells, below, whole)

    def values(self, cell: Cell) -> list[Value] | None:
        """The values of a row, `None` if they cannot be read; broken text keeps what is whole of it."""
        try:
            return _values(self._payload(cell))
        except (IndexError, ValueError, struct.error):
            return None

    def free(self) -> set[int]:
        """The numbers of the pages that are not in use, as far as they are told."""
        found: set[int] = set()
        trunk = _number(self.raw(1).ljust(HEADER, b"\0"), 32, 4)
        while trunk and trunk not in found and (data := self.raw(trunk)):
            found.add(trunk)
            count = min(_number(data, 4, 4), self.size // 4 - 2)
            found.update(_number(data, 8 + 4 * place, 4) for place in range(count))
            trunk = _number(data, 0, 4)
        return found

    def _cell(self, data: bytes, kind: int, at: int) -> tuple[Cell | None, int]:
        """A cell of a page, if there is a row in it, and the page below it."""
        child = 0
        if kind in _INNER:
            child, at = _number(data, at, 4), at + 4
            if kind == TABLE[0]:
                return None, child
        size, at = varint(data, at)
        rowid = 0
        if kind == TABLE[1]:
            rowid, at = varint(data, at)
            rowid -= (rowid >> 63) << 64
        local = self._local(size, kind)
        if at + local > self.size or size > self.count * self.size:
            raise ValueError
        end = at + local
        return Cell(rowid, size, data[at:end], _number(data, end, 4) if local < size else 0), child

    def _local(self, size: int, kind: int) -> int:
        """How many bytes of a record stand in its page."""
        least = (self.usable - 12) * 32 // 255 - 23
        most = self.usable - 35 if kind == TABLE[1] else (self.usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        some = least + (size - least) % (self.usable - 4)
        return some if some <= most else least

    def _payload(self, cell: Cell) -> bytes:
        """The record of a row, with what stands in other pages."""
        parts, left, number = [cell.local], cell.size - len(cell.local), cell.overflow
        while left > 0:
            data = self.raw(number)
            if len(data) < self.size:
                raise ValueError
            parts.append(data[4 : 4 + min(left, self.usable - 4)])
            left -= len(parts[-1])
            number = _number(data, 0, 4)
        return b"".join(parts)


def kinds_of(cell: Cell) -> list[type] | None:
    """The types of the values of a row, told by its first bytes; `None` if that cannot be."""
    try:
        return [_type(code) for code in _codes(cell.local)[0]]
    except (IndexError, ValueError):
        return None


def size_of_pages(file: BinaryIO) -> tuple[int, int]:
    """The size of the pages of a file, and how much of each is reserved: as its header says, or as it looks."""
    file.seek(0)
    header = file.read(HEADER)
    told = _number(header, 16, 2) if header.startswith(MAGIC) and len(header) == HEADER else 0
    size = 65536 if told == 1 else told
    if size in _SIZES:
        return size, header[20] if header[20] < size - 480 else 0
    found = {size: _likeness(PageFile(file, size)) for size in _SIZES}
    # Twice the size looks as good, since it begins where a page begins; half the size looks half as good.
    return next(size for size in _SIZES if found[size] >= _SURE * max(found.values())), 0


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where it ends."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 127
        if data[place] < 128:  # noqa: PLR2004 - the highest bit says that it goes on
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


def _likeness(file: PageFile) -> float:
    """How many of some pages look like pages of trees."""
    looked = range(2, min(file.count, 400) + 1)
    return sum(file.page(number) is not None for number in looked) / (len(looked) or 1)


def _codes(record: bytes) -> tuple[list[int], int]:
    """The codes of the types of a record, and where its values begin."""
    end, at = varint(record, 0)
    codes = []
    while at < end:
        code, at = varint(record, at)
        codes.append(code)
    if at != end:
        raise ValueError
    return codes, end


def _values(record: bytes) -> list[Value]:
    codes, at = _codes(record)
    values = []
    for code in codes:
        end = at + _bytes(code)
        if end > len(record):
            raise ValueError
        values.append(_value(code, record[at:end]))
        at = end
    return values


_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_FLOAT, _ZERO, _ONE, _RESERVED, _BLOB = 7, 8, 9, (10, 11), 12


def _bytes(code: int) -> int:
    return _WIDTHS[code] if code < len(_WIDTHS) else (code - _BLOB) // 2


def _type(code: int) -> type:
    if code in _RESERVED:
        raise ValueError
    if code >= _BLOB:
        return str if code % 2 else bytes
    return float if code == _FLOAT else int if code else type(None)


def _value(code: int, data: bytes) -> Value:
    kind = _type(code)
    if kind is str:
        return data.decode("utf-8", "replace")
    if kind is int:
        return code - _ZERO if code in (_ZERO, _ONE) else int.from_bytes(data, "big", signed=True)
    if kind is float:
        return float(struct.unpack(">d", data)[0])
    return data if kind is bytes else None
