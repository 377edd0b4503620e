"""newsreader cache, doctor, and what [keep] takes away."""

import json
import shlex
import subprocess
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from newsreader.errors import ExitStatus
from newsreader.store.connection import open_store, rows

NOW_LATER = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)


def configure(newsreader, text):
    newsreader.config.mkdir(parents=True, exist_ok=True)
    (newsreader.config / "config.toml").write_text(text, "utf-8")


def damage(newsreader, table):
    """Overwrite the first page of a table."""
    db = open_store(newsreader.store)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    ((page,),) = rows(db, "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
    size = db.pragma("page_size")
    db.close()
    with newsreader.store.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_paths_are_told(newsreader):
    paths = dict(newsreader("cache", "path").rows)

    assert paths == {
        "store": str(newsreader.store),
        "settings": str(newsreader.config / "config.toml"),
        "cache": newsreader.environ["NEWSREADER_CACHE_DIR"],
    }
    assert newsreader("cache", "path", "store").out == f"{newsreader.store}\n"


def test_status_counts_what_is_there(subscribed):
    status = dict(subscribed("cache", "status").rows)
    subscribed("mark", "star", "1")
    document = json.loads(subscribed("cache", "status", "--json").out)

    Draft202012Validator(json.loads(subscribed("schema", "cache").out)).validate(document)
    assert (status["articles"], status["starred"], status["sources"]) == ("11", "0", "2")
    assert (document["articles"], document["starred"], document["sources"]) == (11, 1, 2)
    assert document["bytes"] == subscribed.store.stat().st_size
    assert "11 articles of 2 sources" in subscribed("cache", terminal=80).out


def test_status_of_no_store_is_empty_and_makes_none(newsreader):
    assert dict(newsreader("cache", "status").rows)["articles"] == "0"
    assert not newsreader.store.exists()


def test_a_backup_is_a_whole_store_and_never_written_over_another_file(subscribed, tmp_path):
    made = subscribed("cache", "backup")
    copy = subscribed.store.with_name("news.sqlite3.2026-09-14.backup")
    assert (made.status, made.out) == (0, f"{copy}\n")

    again = subscribed("cache", "backup")
    own = subscribed("cache", "backup", tmp_path / "mine.sqlite3")
    forced = subscribed("cache", "backup", "--force")

    assert again.status == ExitStatus.USAGE
    assert "--force" in again.err
    assert (own.status, forced.status) == (0, 0)
    (tmp_path / "other").mkdir()
    copy.rename(tmp_path / "other" / "news.sqlite3")
    listed = subscribed("list", "--json", NEWSREADER_DATA_DIR=str(tmp_path / "other"))
    assert json.loads(listed.out) == json.loads(subscribed("list", "--json").out)


def test_a_backup_is_made_while_another_writes(subscribed):
    writer = open_store(subscribed.store)
    writer.execute("BEGIN IMMEDIATE; UPDATE article SET failures = 1")

    assert subscribed("cache", "backup").status == 0

    writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize("target", [".", "data/news.sqlite3"])
def test_a_backup_into_a_folder_or_the_store_itself_is_refused(subscribed, tmp_path, target):
    assert subscribed("cache", "backup", tmp_path / target, "--force").status == ExitStatus.USAGE


def test_without_a_store_there_is_nothing_to_copy(newsreader):
    assert newsreader("cache", "backup").status == ExitStatus.NOT_FOUND


def test_vacuum_makes_the_file_small_and_keeps_everything(subscribed):
    before = subscribed("list", "--json").out
    db = open_store(subscribed.store)
    db.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
               " SELECT i, randomblob(200) FROM n; DROP TABLE filler")  # fmt: skip
    db.close()
    size = subscribed.store.stat().st_size

    result = subscribed("cache", "vacuum")

    assert result.status == 0
    assert "takes" in result.err
    assert subscribed.store.stat().st_size < size / 2
    assert subscribed("list", "--json").out == before
    assert subscribed("doctor").status == 0


def test_vacuum_brings_pages_to_the_size_of_new_stores(subscribed):
    db = open_store(subscribed.store)
    db.execute("PRAGMA journal_mode = delete; PRAGMA page_size = 512; VACUUM").fetchall()
    db.close()

    assert subscribed("cache", "vacuum").status == 0

    db = open_store(subscribed.store)
    assert (db.pragma("page_size"), db.pragma("journal_mode")) == (16384, "wal")
    db.close()


def test_vacuum_and_backup_need_room(subscribed, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))

    for command in ("vacuum", "backup"):
        result = subscribed("cache", command)
        assert result.status == ExitStatus.STORE
        assert "has no room" in result.err


def test_fetch_drops_what_is_not_to_be_kept_and_says_so(subscribed):
    first = subscribed("list", "-n", "0", "--jsonl", "--fields", "id,url").out.splitlines()
    ids = [str(json.loads(line)["id"]) for line in first]
    subscribed("mark", "read", *ids)
    subscribed("mark", "star", ids[-1])
    configure(subscribed, "[keep]\narticles = 6\n")

    would = subscribed("fetch", "--dry-run")
    pruned = subscribed("cache", "prune", "--dry-run")
    assert "beyond the newest 6 would go" in would.err
    assert "beyond the newest 6 would go" in pruned.err
    assert len(subscribed("list", "-n", "0").rows) == 11
    fetched = subscribed("fetch", "--force")

    assert "Dropped, as [keep] says: 4 articles beyond the newest 6" in fetched.err
    left = [row[0] for row in subscribed("list", "-n", "0").rows]
    assert left == [*ids[:6], ids[-1]]
    again = subscribed("fetch", "--force", now=NOW_LATER)
    assert "Dropped" not in again.err
    assert [row[0] for row in subscribed("list", "-n", "0").rows] == left
    assert subscribed("doctor", now=NOW_LATER).status == 0
    gone = next(json.loads(line)["url"] for line in first if str(json.loads(line)["id"]) not in left)
    assert subscribed("show", gone).status == 0
    assert gone in subscribed("list", "-n", "0").out


def test_a_source_may_have_limits_of_its_own(subscribed):
    ids = [row[0] for row in subscribed("list", "-n", "0").rows]
    subscribed("mark", "read", *ids)
    configure(subscribed, '[source."The Three Islands Lantern"]\nkeep = { articles = 2 }\n')

    result = subscribed("cache", "prune")

    assert "5 articles beyond the newest 2 of their source" in result.err
    assert len(subscribed("list", "-n", "0").rows) == 6


def test_without_limits_everything_is_kept(subscribed):
    result = subscribed("cache", "prune")

    assert (result.status, result.err) == (0, "Everything is kept: nothing is set under [keep].\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keep]\ndays = -1\n", "keep.days must be between 0"),
        ("[keep]\nday = 1\n", "keep.days"),
        ("[keep]\nunread = 1\n", "keep.unread must be true or false"),
        ("[source.Lantern]\nkeep = 30\n", '[source."Lantern".keep]'),
        ("[source.Lantern.keep]\nper_source = 30\n", 'source."Lantern".keep.per_source'),
        ("[source.Lantern.keep]\ndays = -3\n", 'source."Lantern".keep.days must be between 0'),
    ],
)
def test_wrong_limits_are_told(newsreader, text, said):
    configure(newsreader, text)
    result = newsreader("list")

    assert result.status == ExitStatus.USAGE
    assert said in result.err


def test_a_sound_store_is_well(subscribed):
    subscribed("doctor")
    report = subscribed("doctor", "--json")
    document = json.loads(report.out)

    Draft202012Validator(json.loads(subscribed("schema", "doctor").out)).validate(document)
    assert (report.status, document["well"], document["rescued"]) == (0, True, None)
    assert {row[0] for row in subscribed("doctor").rows} == {"ok"}


def test_of_a_damaged_store_the_rest_is_saved_and_the_commands_put_it_in_place(subscribed):
    before = subscribed("list", "--json").out
    damage(subscribed, "article_newest")
    assert "newsreader doctor" in subscribed("list").err

    looked = subscribed("doctor", "--dry-run")
    report = subscribed("doctor", "--json")

    assert (looked.status, report.status) == (ExitStatus.STORE, ExitStatus.STORE)
    document = json.loads(report.out)
    Draft202012Validator(json.loads(subscribed("schema", "doctor").out)).validate(document)
    assert document["rescued"]["file"] == f"{subscribed.store}.rescued"
    hint = json.loads(report.err.splitlines()[-1])["error"]["hint"]
    subprocess.run(["sh", "-c", hint.partition("to go on with it: ")[2]], check=True)
    assert subscribed("list", "--json").out == before
    assert subscribed("doctor").status == 0


def test_what_is_left_is_saved_where_it_is_wanted(subscribed, tmp_path):
    damage(subscribed, "body")
    target = tmp_path / "what is left.sqlite3"

    report = subscribed("doctor", "--rescue", target)

    assert target.exists()
    assert shlex.quote(str(target)) in report.err
    assert subscribed("doctor", "--rescue", target).status == ExitStatus.STORE


def test_a_sound_store_needs_no_rescue(subscribed, tmp_path):
    subscribed("doctor")
    report = subscribed("doctor", "--rescue", tmp_path / "saved")

    assert report.status == 0
    assert "nothing to rescue" in report.err
    assert not (tmp_path / "saved").exists()


def test_a_clock_that_jumped_back_loses_nothing_and_is_told(subscribed):
    back = NOW_LATER - timedelta(days=400)
    before = subscribed("list").out

    fetched = subscribed("fetch", "--force", now=back)
    report = subscribed("doctor", now=back)

    assert fetched.status == 0
    assert subscribed("list").out == before
    assert report.status == ExitStatus.STORE
    assert "check the clock" in report.out
