"""A damaged store: an error in words, and all that can be read is saved into a new one."""

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest

from newsreader.errors import NewsreaderError, StoreDamagedError, StoreError
from newsreader.model.changes import Change
from newsreader.store.connection import PAGE_SIZE, open_store, row, rows
from newsreader.store.doctor import Visit, examine
from newsreader.store.journal import undo
from newsreader.store.lists import Filter, list_entries
from newsreader.store.marks import mark
from newsreader.store.pages import PageFile, size_of_pages
from newsreader.store.rescue import Rescued, rescue
from newsreader.store.trees import Salvage, trees_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SIZE = 1024
KEPT = (
    "source", "source_tag", "article", "article_url", "article_tag", "announcement", "body", "revision", "link",
    "term", "article_terms", "posting", "feed_text", "change", "changed", "counter", "fingerprint",
    "story", "story_moved", "unplaced",
)  # fmt: skip
SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("v*.sql"))


def silent(_: str) -> None:
    pass


def content(path: Path, names: tuple[str, ...] = KEPT) -> dict[str, set[tuple[Any, ...]]]:
    db = open_store(path, read_only=True)
    found = {name: set(rows(db, f"SELECT * FROM {name}")) for name in names}
    db.close()
    return found


def flatten(path: Path, size: int = SIZE) -> None:
    """Everything in the file, nothing in its log, and in small pages: more of them lead to others."""
    db = open_store(path)
    db.execute(f"PRAGMA journal_mode = delete; PRAGMA page_size = {size}; VACUUM; PRAGMA journal_mode = wal").fetchall()
    db.close()


def saved_from(path: Path) -> Path:
    target = path.with_name("saved.sqlite3")
    rescue(path, target)
    return target


def pages_of(path: Path, name: str) -> list[int]:
    """The pages of a table or an index, the first is its root."""
    db = open_store(path, read_only=True)
    roots = dict(rows(db, "SELECT name, rootpage FROM sqlite_schema WHERE type IN ('table', 'index')"))
    with path.open("rb") as file:
        found = Salvage(PageFile(file, *size_of_pages(file)), trees_of(db, roots)).pages[name]
    db.close()
    return found


def spoil(path: Path, page: int) -> None:
    """Overwrite a page."""
    with path.open("r+b") as file:
        size, _ = size_of_pages(file)
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_the_pages_of_a_sound_store_hold_its_rows(filled: Path) -> None:
    flatten(filled)
    db = open_store(filled, read_only=True)
    roots = dict(rows(db, "SELECT name, rootpage FROM sqlite_schema WHERE type IN ('table', 'index')"))
    with filled.open("rb") as file:
        salvage = Salvage(PageFile(file, *size_of_pages(file)), trees_of(db, roots))
        for name in (*KEPT, "search_data", "search_docsize", "sqlite_sequence"):
            found = sorted(map(tuple, salvage.rows(name)), key=repr)
            assert found == sorted(rows(db, f"SELECT * FROM {name}"), key=repr)
    assert not salvage.broken
    db.close()


def test_everything_of_a_sound_store_is_saved(filled: Path) -> None:
    before = content(filled)

    assert content(saved_from(filled)) == before


@pytest.mark.parametrize("size", [512, 1024, 8192, 65536])
def test_pages_of_every_size_are_read(filled: Path, size: int) -> None:
    before = content(filled)
    db = apsw.Connection(str(filled))
    db.execute(f"PRAGMA journal_mode = delete; PRAGMA page_size = {size}; VACUUM").fetchall()
    db.close()

    assert content(saved_from(filled)) == before


def test_what_is_still_in_the_log_is_saved(filled: Path) -> None:
    flatten(filled)
    writer = open_store(filled)
    writer.execute("UPDATE article SET starred_at = 7 WHERE id = 3")
    copy = filled.with_name("killed.sqlite3")
    spoiled = pages_of(filled, "body")[-1]
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{filled}{suffix}", f"{copy}{suffix}")
    writer.close()
    spoil(copy, spoiled)

    db = open_store(saved_from(copy))
    assert row(db, "SELECT starred_at FROM article WHERE id = 3") == (7,)
    db.close()


@pytest.mark.parametrize("table", ["article", "body", "announcement", "article_url", "link", "article_tag"])
def test_a_broken_leaf_costs_the_rows_in_it_alone(filled: Path, table: str) -> None:
    flatten(filled)
    before = content(filled)
    leaf = pages_of(filled, table)[-1]
    with filled.open("rb") as file:
        page = PageFile(file, SIZE).page(leaf)
    assert page
    spoil(filled, leaf)

    after = content(saved_from(filled))

    for name in KEPT:
        if name in (table, "fingerprint", "posting", "counter"):
            continue
        if table == "article":  # what belongs to an article that could not be made again goes with it
            assert len(after[name]) >= len(before[name]) - len(page.cells) * 4
        elif name != "article":
            assert after[name] == before[name], name
    if table not in ("article", "body"):
        assert len(before[table] - after[table]) <= len(page.cells)


def test_articles_whose_rows_are_lost_are_made_again_from_the_rest(filled: Path) -> None:
    db = open_store(filled)
    mark(db, range(1, 82), Change("later"), "you", NOW)
    mark(db, range(1, 41), Change("hidden", True, "not now"), "you", NOW)
    mark(db, range(1, 82), Change("starred"), "you", NOW)
    undo(db)
    db.close()
    flatten(filled)
    before = content(filled, ("article", "body"))
    spoil(filled, pages_of(filled, "article")[-1])

    saved = saved_from(filled)

    after = content(saved, ("article", "body"))
    db = open_store(saved)
    lost = [values[0] for values in before["article"] - after["article"]]
    sql = "SELECT DISTINCT later_at, hidden_by, starred_at > 9 FROM article WHERE id = ?"
    assert lost
    for article in lost:
        hidden = "not now" if article <= 40 else None
        assert row(db, sql, (article,)) == (int(NOW.timestamp()), hidden, None)
    db.close()

    assert {row[0] for row in after["article"]} == {row[0] for row in before["article"]}
    assert after["body"] == before["body"]
    assert after["article"] != before["article"]


@pytest.mark.parametrize("table", ["article", "body", "announcement", "link", "article_tag", "source"])
def test_a_broken_root_costs_nothing(filled: Path, table: str) -> None:
    """The pages that it led to are known by what is in them."""
    flatten(filled)
    before = content(filled)
    pages = pages_of(filled, table)
    if len(pages) == 1:
        pytest.skip("the table is one page")
    spoil(filled, pages[0])

    after = content(saved_from(filled))

    if table in ("announcement", "link", "article_tag"):  # trees by key have rows in inner pages too
        assert len(before[table] - after[table]) <= len(pages)
        before.pop(table), after.pop(table)
    assert after == before


@pytest.mark.parametrize("size", [SIZE, 4096, PAGE_SIZE])
@pytest.mark.parametrize("part", ["header", "page"])
def test_without_its_beginning_a_store_is_still_saved(filled: Path, size: int, part: str) -> None:
    flatten(filled, size)
    before = content(filled)
    with filled.open("r+b") as file:
        file.write(b"\0" * (100 if part == "header" else size))

    with pytest.raises(StoreDamagedError, match="no SQLite file") as caught:
        open_store(filled)
    assert "newsreader doctor" in str(caught.value.hint)
    after = content(saved_from(filled))

    assert {name: len(before[name] - after[name]) for name in ("article", "body", "article_tag", "change")} == {
        "article": 0, "body": 0, "article_tag": 0, "change": 0,
    }  # fmt: skip


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_a_damaged_store_of_every_version_is_saved_and_brought_to_this_one(dump: Path, path: Path) -> None:
    path.parent.mkdir(parents=True)
    db = apsw.Connection(str(path))
    db.execute(dump.read_text("utf-8"))
    (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article_newest'").fetchall()[0]
    db.close()
    spoil(path, int(str(root)))

    db = open_store(saved_from(path))

    entries = list_entries(db, Filter())
    assert [(entry.id, entry.title, entry.read, entry.starred) for entry in entries] == [
        (2, "Ferry returns after the ice", False, True),
        (1, "氷に閉ざされた港", True, False),
    ]
    db.close()


def test_ids_of_rows_that_are_gone_are_not_given_again(filled: Path) -> None:
    db = open_store(filled)
    db.execute("UPDATE sqlite_sequence SET seq = 500 WHERE name = 'article'")
    db.close()

    db = open_store(saved_from(filled))

    assert row(db, "SELECT seq FROM sqlite_sequence WHERE name = 'article'") == (500,)
    db.close()


def test_the_damaged_store_is_left_as_it_is_and_a_file_that_is_there_too(filled: Path) -> None:
    flatten(filled)
    spoil(filled, pages_of(filled, "body")[0])
    before = filled.read_bytes()
    target = filled.with_name("saved.sqlite3")

    rescue(filled, target)
    with pytest.raises(StoreError, match="is there already"):
        rescue(filled, target)

    assert filled.read_bytes() == before
    assert [file.name for file in filled.parent.iterdir() if "part" in file.name] == []


def test_a_file_without_a_store_in_it_gives_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(random.Random(1).randbytes(50_000))

    with pytest.raises(StoreError, match="Nothing of a newsreader store") as caught:
        rescue(path, path.with_name("saved"))

    assert caught.value.hint
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def ids(path: Path) -> dict[str, set[int]]:
    """The articles in a store, and those with a text."""
    found = content(path, ("article", "body"))
    return {name: {values[0] for values in values_of} for name, values_of in found.items()}


def standing(path: Path) -> dict[int, set[int]]:
    """The articles of which something stands in each page."""
    found: dict[int, set[int]] = {}
    with path.open("rb") as opened:
        file = PageFile(opened, SIZE)
        for number in (number for name in ("article", "body") for number in pages_of(path, name)):
            page = file.page(number)
            assert page
            for cell in page.cells:
                place = number
                while place:
                    found.setdefault(place, set()).add(cell.rowid)
                    place = cell.overflow if place == number else int.from_bytes(file.raw(place)[:4], "big")
    return found


def lost(before: dict[str, set[int]], after: dict[str, set[int]]) -> set[int]:
    """The articles that are gone, or their texts."""
    return (before["article"] - after["article"]) | (before["body"] - after["body"])


def examined(path: Path, target: Path, said: list[str]) -> Rescued | None:
    """What every command and the doctor do with a store: nothing but errors of ours."""
    for read_only in (True, False):
        try:
            db = open_store(path, read_only=read_only)
        except NewsreaderError:
            continue
        try:
            list_entries(db, Filter(limit=0))
        except NewsreaderError:
            pass
        finally:
            db.close()
    try:
        return examine(Visit(path, NOW, silent, target=target)).rescued
    except StoreError as error:  # what is left is not worth a file
        said.append(error.message)
        return None


def test_a_story_whose_row_is_lost_is_made_again_of_its_articles(filled: Path) -> None:
    flatten(filled)
    spoil(filled, pages_of(filled, "story")[-1])

    db = open_store(saved_from(filled))

    assert rows(db, "SELECT id, size, title <> '' FROM story ORDER BY id") == [(10, 3, 1), (11, 2, 1)]
    db.close()


@pytest.mark.parametrize("seed", range(3))
def test_flipped_bits_cost_at_most_what_stands_where_they_are(filled: Path, tmp_path: Path, seed: int) -> None:
    """Thirty copies a seed, each with a few bits flipped at random places."""
    flatten(filled)
    before, places, sound = ids(filled), standing(filled), filled.read_bytes()
    chance, said = random.Random(seed), list[str]()
    for number in range(30):
        copy, target = tmp_path / f"{number}.sqlite3", tmp_path / f"{number}.saved"
        spoiled = bytearray(sound)
        flipped = [chance.randrange(len(spoiled)) for _ in range(chance.choice((1, 1, 3, 10)))]
        for place in flipped:
            spoiled[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(spoiled)

        rescued = examined(copy, target, said)

        whole = target if rescued else copy
        explained = set[int]().union(*(places.get(place // SIZE + 1, set()) for place in flipped))
        assert lost(before, ids(whole)) <= explained, f"copy {number}"
        db = open_store(whole)
        assert db.pragma("integrity_check") == "ok"
        db.close()
    assert said == []


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_of_a_truncated_store_all_that_is_left_is_saved(filled: Path, tmp_path: Path, share: float) -> None:
    flatten(filled)
    before, places, data = ids(filled), standing(filled), filled.read_bytes()
    left = int(len(data) * share)
    filled.write_bytes(data[:left])
    target = tmp_path / "saved"

    assert examined(filled, target, [])

    cut = set[int]().union(*(ids for page, ids in places.items() if page * SIZE > left))
    assert lost(before, ids(target)) <= cut
    assert cut < before["article"] or share < 0.9
