"""Writes of several tasks in one commit: each whole or not at all, and nobody waits for ever."""

import asyncio  # noqa: TID253  # tests may

import pytest

from newsreader.errors import NotFoundError, StoreBusyError
from newsreader.model.news import Source
from newsreader.store.commits import Commits
from newsreader.store.connection import open_store, rows
from newsreader.store.sources import add_source, all_sources, rename_source


def add(db, number):
    return add_source(db, Source(0, f"Paper {number}", f"https://paper.example/{number}")).id


def failing(db):
    add(db, 99)
    rename_source(db, 12345, "Nobody")


def test_writes_of_the_same_moment_are_one_commit_and_a_failure_is_its_own(db, path):
    seen = []

    async def run():
        commits = Commits(db)
        with open_store(path, read_only=True) as other:

            async def one(number):
                await commits.write(lambda: add(db, number))
                seen.append(len(all_sources(other)))

            return await asyncio.gather(one(1), commits.write(lambda: failing(db)), one(2), return_exceptions=True)

    _, failed, _ = asyncio.run(run())

    assert isinstance(failed, NotFoundError)
    assert seen == [2, 2]  # who is told that it is written finds it committed
    assert [source.name for source in all_sources(db)] == ["Paper 1", "Paper 2"]


def test_what_was_fetched_is_written_though_its_task_was_cancelled(db):
    async def run():
        commits = Commits(db)
        task = asyncio.create_task(commits.write(lambda: add(db, 1)))
        await asyncio.sleep(0)
        task.cancel()
        commits.close()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())

    assert [source.name for source in all_sources(db)] == ["Paper 1"]


def test_a_commit_that_fails_fails_for_all(path):
    async def run(db):
        commits = Commits(db)
        return await asyncio.gather(
            commits.write(lambda: add(db, 1)), commits.write(lambda: add(db, 2)), return_exceptions=True
        )

    holder, db = open_store(path, patience=0), open_store(path, patience=0)
    holder.execute("BEGIN IMMEDIATE")
    results = asyncio.run(run(db))
    holder.execute("ROLLBACK")

    assert [type(result) for result in results] == [StoreBusyError, StoreBusyError]
    assert rows(db, "SELECT 1 FROM source") == []
    holder.close()
    db.close()
