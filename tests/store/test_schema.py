"""The shape of the store: from every old schema to the newest, and readable without this program."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from newsreader.errors import StoreError
from newsreader.grouping import place_articles
from newsreader.model.news import Source
from newsreader.store import schema
from newsreader.store.articles import load_article, load_links
from newsreader.store.connection import open_store, rows
from newsreader.store.lists import Filter, list_entries
from newsreader.store.sources import add_source, all_sources

SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("v*.sql"))
AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # when the old stores were written
SHAPE = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"


def restore(dump: Path, path: Path) -> None:
    """A store as an older version left it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = apsw.Connection(str(path))
    db.execute(dump.read_text("utf-8"))
    db.close()


def test_every_version_has_its_dump() -> None:
    assert [dump.stem for dump in SCHEMAS] == [f"v{version}" for version in range(1, schema.VERSION + 1)]


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_a_store_of_every_version_opens_with_all_that_was_in_it(dump: Path, path: Path) -> None:
    restore(dump, path)

    db = open_store(path)

    assert schema.stamp_of(db) == schema.Stamp(schema.APPLICATION_ID, schema.VERSION)
    (source,) = all_sources(db)
    assert (source.name, source.tags, source.etag, source.status) == ("Harbour Post", ("coast",), '"1"', "ok")
    assert (source.added, source.checked) == (AT, AT)
    assert source.due == AT + timedelta(hours=1)
    entries = list_entries(db, Filter())
    assert [(entry.id, entry.title, entry.read, entry.starred) for entry in entries] == [
        (2, "Ferry returns after the ice", False, True),
        (1, "氷に閉ざされた港", True, False),
    ]
    assert load_article(db, 2).text == "The ferry sailed again.\nPilots waited nine days."
    assert [stored.id for stored in load_links(db, 2)] == [1, 3]
    assert db.pragma("integrity_check") == "ok"
    assert rows(db, "PRAGMA foreign_key_check") == []
    db.close()


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_a_migrated_store_has_the_shape_of_a_new_one(dump: Path, path: Path, tmp_path: Path) -> None:
    restore(dump, path)
    new, old = open_store(tmp_path / "new.sqlite3"), open_store(path)

    assert rows(old, SHAPE) == rows(new, SHAPE)
    new.close()
    old.close()


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_reading_a_store_of_every_version(dump: Path, path: Path) -> None:
    restore(dump, path)

    db = open_store(path, read_only=True)

    assert len(list_entries(db, Filter())) == 2
    db.close()


def test_ids_go_on_where_an_old_store_left_them(path: Path) -> None:
    restore(SCHEMAS[0], path)
    db = open_store(path)

    assert add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed")).id == 2
    db.close()


def test_an_id_that_was_used_in_an_old_store_is_not_used_again(path: Path) -> None:
    """The source with it may be gone from the table; only its counter knows."""
    restore(SCHEMAS[0], path)
    old = apsw.Connection(str(path))
    old.execute("UPDATE sqlite_sequence SET seq = 7 WHERE name = 'source'")
    old.close()
    db = open_store(path)

    assert add_source(db, Source(0, "Hill Gazette", "https://gazette.example/feed")).id == 8
    db.close()


def test_a_step_that_fails_leaves_the_version_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "9999_missing.sql"))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)

    with pytest.raises(FileNotFoundError):
        open_store(path)

    stamp = schema.read_stamp(path)
    assert stamp
    assert stamp.version == schema.VERSION - 1


def test_a_step_that_would_break_references_is_not_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    step = tmp_path / "0002_broken.sql"
    step.write_text("INSERT INTO moved (id, article) VALUES (1, 99)")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, str(step)))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)

    with pytest.raises(StoreError, match="in table moved"):
        open_store(path)

    monkeypatch.undo()
    db = open_store(path)
    assert rows(db, "SELECT * FROM moved") == []
    db.close()


def is_index(name: str) -> bool:
    """Whether a table belongs to the search index: those are of SQLite's own making."""
    return name == "search" or name.startswith("search_")


def test_every_table_and_column_says_what_it_holds(db: apsw.Connection) -> None:
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {name: sql for name, sql in rows(db, sql) if not is_index(name)}
    lines = [line for sql in tables.values() for line in sql.splitlines()[:-1] if "PRIMARY KEY (" not in line]

    assert [line for line in lines if "-- " not in line] == []
    assert len(lines) > 90


def test_tables_are_strict(db: apsw.Connection) -> None:
    lax = rows(
        db, "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'"
    )

    assert [name for (name,) in lax if not is_index(name)] == []


@pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 37), reason="STRICT tables came with SQLite 3.37")
def test_another_sqlite_reads_tables_and_views(path: Path) -> None:
    """The sqlite3 shell and datasette need no function or tokenizer of ours."""
    restore(SCHEMAS[-1], path)
    open_store(path).close()
    other = sqlite3.connect(path)
    names = [name for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]

    for name in names:
        other.execute(f'SELECT * FROM "{name}" LIMIT 5').fetchall()
    readable = "SELECT title, source, text, read, starred FROM articles_readable ORDER BY moment DESC LIMIT 1"
    assert other.execute(readable).fetchall() == [
        ("Ferry returns after the ice", "Harbour Post", "The ferry sailed again.\nPilots waited nine days.", 0, 1)
    ]
    assert other.execute("SELECT title, url, target FROM links_readable WHERE article = 2").fetchall() == [
        ("氷に閉ざされた港", "https://post.example/1", 1),
        ("Nine days of ice", "https://post.example/3", 3),
    ]
    assert other.execute("SELECT name, tags FROM sources_readable").fetchall() == [("Harbour Post", "coast")]
    other.close()


def test_a_store_that_was_in_use_keeps_everything_and_its_articles_wait_for_their_stories(path: Path) -> None:
    dump = Path(__file__).with_name("used_v4.sql")
    restore(dump, path)
    old = apsw.Connection(str(path))
    tables = [name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = {
        name: [each for (each,) in old.execute("SELECT name FROM pragma_table_info(?)", (name,))] for name in tables
    }
    columns["article"].remove("story")  # nothing ever stood there
    kept = {
        name: f"SELECT {', '.join(told)} FROM {name} ORDER BY 1, 2" for name, told in columns.items() if len(told) > 1
    }
    before = {name: old.execute(sql).fetchall() for name, sql in kept.items()}
    old.close()

    db = open_store(path)

    assert {name for name, sql in kept.items() if rows(db, sql) != before[name]} == set()
    assert len(before["article_terms"]) == 6
    assert rows(db, "SELECT article FROM unplaced") == [(1,), (3,), (4,), (5,), (6,)]  # 2 is only linked to
    assert rows(db, "SELECT id FROM article WHERE story IS NOT NULL") == rows(db, "SELECT id FROM story") == []
    list(place_articles(db))
    assert rows(db, "SELECT count(*) FROM unplaced") == [(0,)]
    db.close()
