"""What is kept from one run to the next: whole or not at all, within bounds, and never a reason to fail."""

import os
from pathlib import Path

import pytest

from newsreader.fetch import shelf as module
from newsreader.fetch.shelf import FolderShelf, Kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "robots"


def kept(folder: Path, key: str) -> Kept:
    """What another run finds under a key."""
    found = FolderShelf(folder).get(key)
    assert found
    return found


def test_what_was_put_comes_back_in_another_run(folder):
    FolderShelf(folder).put("https://post.example", b"User-agent: *\n\n\xff")
    FolderShelf(folder).put("https://post.example:8080", b"")

    assert kept(folder, "https://post.example").body == b"User-agent: *\n\n\xff"
    assert kept(folder, "https://post.example").age < 60
    assert kept(folder, "https://post.example:8080").body == b""
    assert FolderShelf(folder).get("https://gazette.example") is None


def test_the_newest_stays(folder):
    shelf = FolderShelf(folder)
    shelf.put("key", b"old")
    shelf.put("key", b"new")

    assert kept(folder, "key").body == b"new"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"\n", b"ke", b"another key\nbody"])
def test_a_damaged_file_is_none(folder, content):
    shelf = FolderShelf(folder)
    shelf.put("key", b"body")
    next(folder.iterdir()).write_bytes(content)

    assert shelf.get("key") is None


def test_a_file_from_the_future_is_not_fresh(folder):
    FolderShelf(folder).put("key", b"body")
    os.utime(next(folder.iterdir()), (4 * 10**9,) * 2)

    assert kept(folder, "key").age > 10**8


def test_a_folder_that_cannot_be_made_or_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "robots"):
        FolderShelf(folder).put("key", b"body")
        assert FolderShelf(folder).get("key") is None


@pytest.mark.parametrize(("limit", "value"), [("_MOST_FILES", 3), ("_MOST_BYTES", 30)])
def test_the_oldest_files_beyond_the_limits_are_dropped(folder, monkeypatch, limit, value):
    monkeypatch.setattr(module, limit, value)
    shelf = FolderShelf(folder)
    for number in range(6):
        shelf.put(f"{number}", b"eight by")  # 10 bytes with its key
        for path in folder.iterdir():
            if path.read_bytes().startswith(b"%d\n" % number):
                os.utime(path, (number, number))

    FolderShelf(folder).put("new", b"")

    assert [number for number in range(6) if shelf.get(f"{number}")] == [3, 4, 5]
    assert FolderShelf(folder).get("new")
