"""The doctor finds what does not hold in a store, mends it, and says both."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import apsw
import pytest

from newsreader.errors import StoreDamagedError, StoreForeignError, StoreNewerError
from newsreader.store import doctor, schema
from newsreader.store.connection import open_store, row, rows, transaction
from newsreader.store.derived import derived
from newsreader.store.doctor import Finding, Report, Verdict, Visit, examine
from newsreader.store.entries import load_entry

NOW = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)


def visit(path: Path, *, now: datetime = NOW, dry_run: bool = False, target: Path | None = None) -> Report:
    return examine(Visit(path, now, lambda _: None, dry_run, target))


def wrong(report: Report) -> dict[str, Verdict]:
    return {found.check: found.verdict for found in report.findings if found.verdict is not Verdict.OK}


def spoil(path: Path, sql: str) -> None:
    """Write what the program would not."""
    db = apsw.Connection(str(path))
    db.execute(sql).fetchall()
    db.close()


def test_a_sound_store_is_well_and_nothing_is_written(filled: Path) -> None:
    before = filled.read_bytes()

    report = visit(filled)

    assert wrong(report) == {}
    assert report.is_well
    assert filled.read_bytes() == before


def test_no_store_is_well(path: Path) -> None:
    assert visit(path).is_well
    assert not path.exists()


SPOILED = {
    "counters": "UPDATE counter SET value = value + 3 WHERE name = 'unread'",
    "copies": "UPDATE announcement SET unread = 1 - unread WHERE article = 3",
    "references": """PRAGMA foreign_keys = off; DELETE FROM source WHERE id = 2;
        INSERT INTO story_moved VALUES (77, 4000)""",
    "index": "INSERT INTO search (rowid, words) VALUES (4000, 'nothing')",
    "words": """INSERT INTO search (search) VALUES ('delete-all');
        INSERT INTO search (rowid, words) SELECT id, 'other' FROM article WHERE arrival IS NOT NULL
        AND id NOT IN (SELECT article FROM feed_text)""",
    "prints": "DELETE FROM fingerprint WHERE article > 40",
    "states": "UPDATE article SET state = 'fulm' WHERE id = 5",
    "times": "UPDATE article SET fetched_at = 1 << 60 WHERE id = 5; UPDATE source SET checked_at = -(1 << 60)",
    "texts": "UPDATE article SET title = CAST(x'4665727279ff' AS TEXT) WHERE id = 5",
    "blocks": "UPDATE body SET blocks = '[' WHERE article = 5",
    "bodies": "DELETE FROM body WHERE article = 5",
    "postings": "INSERT INTO posting VALUES (1, 4000)",
    "stories": "DELETE FROM story WHERE id = 11",
    "empty": "INSERT INTO story (id, title) VALUES (40, 'Nothing')",
    "sizes": "UPDATE story SET size = size + 1 WHERE id = 10; UPDATE story SET moment = NULL WHERE id = 11",
    "unplaced": "INSERT OR IGNORE INTO unplaced VALUES (9)",
    "ids": "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'article'",
    "due": "UPDATE source SET due_at = 4000000000 WHERE id = 1",
}


@pytest.mark.parametrize("check", SPOILED)
def test_what_does_not_hold_is_found_mended_and_well_then(filled: Path, check: str) -> None:
    spoil(filled, SPOILED[check])

    found, mended, after = visit(filled, dry_run=True), visit(filled), visit(filled)

    assert wrong(found)[check] is Verdict.PROBLEM
    assert not found.is_well
    assert wrong(mended)[check] is Verdict.MENDED
    assert mended.is_well
    assert wrong(after) == {}


def test_a_dry_run_changes_nothing(filled: Path) -> None:
    for sql in SPOILED.values():
        spoil(filled, sql)
    before = filled.read_bytes()

    assert len(wrong(visit(filled, dry_run=True))) > len(SPOILED) / 2  # some hide others
    assert filled.read_bytes() == before


def test_all_of_it_at_once_is_mended(filled: Path) -> None:
    for sql in SPOILED.values():
        spoil(filled, sql)

    assert visit(filled).is_well
    assert wrong(visit(filled)) == {}


def test_a_text_that_was_lost_is_to_be_fetched_again(filled: Path) -> None:
    spoil(filled, SPOILED["bodies"])

    visit(filled)

    db = open_store(filled)
    assert row(db, "SELECT state, wanted FROM article WHERE id = 5") == ("headline", 1)
    db.close()


@pytest.mark.parametrize("check", ["texts", "bodies"])
def test_what_was_mended_can_be_changed_then(filled: Path, check: str) -> None:
    """The index forgets the words that were there before."""
    spoil(filled, SPOILED[check])
    visit(filled)

    db = open_store(filled)
    with transaction(db), derived(db, 5):
        db.execute("UPDATE article SET title = 'Whale', subtitle = '' WHERE id = 5")
    assert rows(db, "SELECT rowid FROM search WHERE search MATCH 'whale'") == [(5,)]
    assert rows(db, "SELECT rowid FROM search WHERE search MATCH 'another' AND rowid = 5") == (
        [] if check == "bodies" else [(5,)]
    )
    assert db.pragma("integrity_check") == "ok"
    db.close()


def test_an_article_that_cannot_be_is_damage_until_it_is_mended(filled: Path) -> None:
    for check in ("states", "texts"):
        spoil(filled, SPOILED[check])
        db = open_store(filled)
        with pytest.raises(StoreDamagedError) as caught:
            load_entry(db, 5)
        assert "newsreader doctor" in str(caught.value.hint)
        db.close()

        visit(filled)

        db = open_store(filled)
        assert load_entry(db, 5).title == ("Ferry\ufffd" if check == "texts" else "Edited")
        db.close()


def test_a_table_that_is_not_what_it_should_be_is_damage(filled: Path) -> None:
    spoil(
        filled,
        """PRAGMA writable_schema = on;
        UPDATE sqlite_schema SET sql = replace(sql, 'summary  ', 'sumnary  ') WHERE name = 'article'""",
    )
    db = open_store(filled, read_only=True)
    with pytest.raises(StoreDamagedError, match="no such column"):
        load_entry(db, 5)
    db.close()

    report = visit(filled)

    assert report.rescued
    assert wrong(visit(report.rescued.file)) == {}


def test_a_value_of_another_kind_is_damage(filled: Path) -> None:
    """As if the bits that tell its kind were flipped."""
    alter = "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = {} WHERE name = 'article'"
    spoil(filled, alter.format("replace(sql, ') STRICT', ')')"))
    spoil(filled, "UPDATE article SET published = x'07' WHERE id = 5")
    spoil(filled, alter.format("sql || ' STRICT'"))
    db = open_store(filled, read_only=True)
    with pytest.raises(StoreDamagedError):
        load_entry(db, 5)
    db.close()

    report = visit(filled)

    assert report.rescued
    db = open_store(report.rescued.file)
    assert load_entry(db, 5).url == "https://post.example/4"
    db.close()


def test_a_table_whose_making_is_no_text_is_damage(filled: Path) -> None:
    sql = "UPDATE sqlite_schema SET sql = CAST(replace(CAST(sql AS BLOB), 'width', x'77e4647468') AS TEXT)"
    spoil(filled, f"PRAGMA writable_schema = on; {sql} WHERE name = 'body'")

    assert visit(filled).rescued


def test_what_the_user_added_to_a_store_is_no_damage(filled: Path) -> None:
    spoil(filled, "CREATE INDEX mine ON article (title); CREATE VIEW own AS SELECT title FROM article")

    assert wrong(visit(filled)) == {}


def test_an_older_store_with_broken_text_is_damaged_and_saved(path: Path) -> None:
    path.parent.mkdir(parents=True)
    spoil(path, Path(__file__).with_name("schemas").joinpath("v3.sql").read_text("utf-8"))
    spoil(path, "UPDATE body SET text = CAST(x'4665727279ff' AS TEXT) WHERE article = 2")

    with pytest.raises(StoreDamagedError):
        open_store(path)
    report = visit(path)

    assert report.rescued
    db = open_store(report.rescued.file)
    assert row(db, "SELECT text FROM body WHERE article = 2") == ("Ferry\ufffd",)
    db.close()


def test_damaged_indexes_are_made_anew(filled: Path) -> None:
    spoil(
        filled,
        """PRAGMA writable_schema = on;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX article_source ON article (source) WHERE source IS 77'
        WHERE name = 'article_source'""",
    )
    spoil(filled, "REINDEX article_source")
    spoil(
        filled,
        """PRAGMA writable_schema = on;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX article_source ON article (source) WHERE source IS NOT NULL'
        WHERE name = 'article_source'""",
    )

    found, mended = visit(filled, dry_run=True), visit(filled)

    assert "article_source" in next(each.message for each in found.findings if each.check == "integrity")
    assert wrong(mended) == {"integrity": Verdict.MENDED}
    assert wrong(visit(filled)) == {}


def test_a_damaged_search_index_is_made_anew(filled: Path) -> None:
    spoil(filled, "UPDATE search_data SET block = x'00' WHERE id > 10")

    mended = visit(filled)

    assert wrong(mended)["integrity"] is Verdict.MENDED
    db = open_store(filled)
    assert len(rows(db, "SELECT rowid FROM search WHERE search MATCH 'ferry'")) > 20
    db.close()


def test_of_a_damaged_store_the_rest_is_saved_beside_it(filled: Path) -> None:
    db = open_store(filled)
    page = row(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'body'")
    size = db.pragma("page_size")
    db.close()
    assert page
    with filled.open("r+b") as file:
        file.seek((page[0] - 1) * size)
        file.write(b"\xff" * size)

    looked = visit(filled, dry_run=True)
    assert (looked.is_well, looked.rescued) == (False, None)
    report = visit(filled)

    assert report.rescued
    assert report.rescued.file == filled.with_name("news.sqlite3.rescued")
    assert not report.is_well
    assert any(found.check == "article" and found.message == "81 rows saved" for found in report.findings)
    assert wrong(visit(report.rescued.file)) == {}


def test_a_file_of_another_program_or_a_newer_one_is_left_alone(path: Path, tmp_path: Path) -> None:
    other, newer = tmp_path / "other.sqlite3", tmp_path / "newer.sqlite3"
    spoil(other, "PRAGMA application_id = 77; CREATE TABLE recipe (name)")
    spoil(newer, f"PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = 99; CREATE TABLE a (b)")

    with pytest.raises(StoreForeignError):
        visit(other)
    with pytest.raises(StoreNewerError):
        visit(newer)

    assert not path.exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["newer.sqlite3", "other.sqlite3"]


def test_a_store_whose_number_was_damaged_is_saved_where_that_is_asked_for(filled: Path, tmp_path: Path) -> None:
    spoil(filled, "PRAGMA user_version = 516")

    report = visit(filled, target=tmp_path / "saved")

    assert report.rescued
    assert wrong(visit(tmp_path / "saved")) == {}


def test_an_older_store_is_brought_up_and_looked_through_but_not_by_a_dry_run(path: Path) -> None:
    path.parent.mkdir(parents=True)
    spoil(path, Path(__file__).with_name("schemas").joinpath("v3.sql").read_text("utf-8"))
    before = path.read_bytes()

    assert "version" in {found.check for found in visit(path, dry_run=True).findings}
    assert path.read_bytes() == before
    assert wrong(visit(path, now=NOW + timedelta(days=1))) == {}
    assert schema.read_stamp(path) == schema.Stamp(schema.APPLICATION_ID, schema.VERSION)


def test_a_clock_that_is_behind_is_told(filled: Path) -> None:
    early = visit(filled, now=NOW - timedelta(days=40))

    assert wrong(early) == {"clock": Verdict.PROBLEM}
    assert "check the clock" in next(found.message for found in early.findings if found.check == "clock")


def test_a_full_disk_is_told(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))

    assert wrong(visit(filled)) == {"disk": Verdict.PROBLEM}


def test_a_log_that_has_grown_is_taken_in(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_LARGE_LOG", 1000)
    other = open_store(filled)
    other.execute("UPDATE article SET failures = 1")
    log = filled.with_name(f"{filled.name}-wal")
    assert log.stat().st_size > 1000

    assert wrong(visit(filled)) == {"log": Verdict.MENDED}

    assert log.stat().st_size == 0
    other.close()


def test_copies_that_lie_beside_the_store_are_named(filled: Path) -> None:
    copy = filled.with_name("news.sqlite3.v3.backup")
    copy.write_bytes(b"x")

    assert Finding("copy", Verdict.OK, f"{copy}, 0.0 MiB, is yours to delete") in visit(filled).findings
