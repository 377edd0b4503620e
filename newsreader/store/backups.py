"""Copies of the store beside it: each complete, or not there at all."""

import os
from contextlib import suppress
from pathlib import Path

import apsw

from newsreader.errors import StoreError
from newsreader.store.schema import APPLICATION_ID, Stamp, read_stamp

_MIB = 1 << 20
_PATIENCE = 30_000  # milliseconds


def back_up(store: Path, target: Path) -> None:
    """Copy a store with all that is committed, while others read and write it; a file that stands there is replaced.

    Raises StoreError if there is no room for it, or if it cannot be written; then there is no new file.
    """
    check_room(target.parent, size_of(store), f"a copy of the store {store}")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        _copy(store, part)
        for suffix in ("-wal", "-shm"):  # of the file that is replaced: they would be read into the new one
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        part.replace(target)
        _reach_disk(target.parent)
    except apsw.FullError as error:
        raise _no_room(target.parent, f"a copy of the store {store}") from error
    except (apsw.CantOpenError, apsw.PermissionsError, apsw.ReadOnlyError, apsw.IOError, OSError) as error:
        hint = f"Check the disk and the permissions of {target.parent}"
        raise StoreError(f"The copy {target} of the store cannot be written: {error}", hint=hint) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def backup_before(store: Path, version: int) -> Path:
    """Where the copy of a store of that version stands that is made before it is brought to a newer one."""
    return store.with_name(f"{store.name}.v{version}.backup")


def is_backup(path: Path, version: int) -> bool:
    """Whether a file is a store of that version."""
    try:
        return read_stamp(path) == Stamp(APPLICATION_ID, version)
    except StoreError:
        return False


def size_of(store: Path) -> int:
    """Bytes of a store with its log, 0 if there is none."""
    files = (store, store.with_name(f"{store.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def check_room(folder: Path, wanted: int, purpose: str) -> None:
    """Raise StoreError if the disk of a folder has less than the `wanted` bytes free."""
    free = free_bytes(folder)
    if free < wanted:
        raise _no_room(folder, purpose, f": {in_mib(wanted)} are needed and {in_mib(free)} are free")


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written to the disk of a folder. Raises StoreError."""
    from shutil import disk_usage

    try:
        return disk_usage(folder).free
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be read: {error.strerror}") from error


def in_mib(size: int) -> str:
    """A size for people: "0.3 MiB", "120 MiB"."""
    return f"{size / _MIB:.1f} MiB" if size < 10 * _MIB else f"{size // _MIB:,} MiB"


def _copy(store: Path, target: Path) -> None:
    source = apsw.Connection(str(store), flags=apsw.SQLITE_OPEN_READONLY)
    source.set_busy_timeout(_PATIENCE)  # another process may be tidying the log
    try:
        copy = apsw.Connection(str(target))
        try:
            with copy.backup("main", source, "main") as backup:
                backup.step()  # all at once: what others write meanwhile would make it begin again
        finally:
            copy.close()
    finally:
        source.close()


def _reach_disk(folder: Path) -> None:
    """Let the new name of a file outlive a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _no_room(folder: Path, purpose: str, figures: str = "") -> StoreError:
    sentence = f"The disk of {folder} has no room for {purpose}{figures}"
    return StoreError(sentence, hint="Nothing was changed; free some space and try again")
