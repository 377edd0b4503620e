"""What many tasks write at about the same time, committed together: a commit costs more than the rows of a feed."""

import asyncio  # noqa: TID253  # only the write side imports it
from collections.abc import Callable
from typing import Any, TypeVar

from newsreader.store.connection import Connection, savepoint, transaction

_WAIT = 0.05  # seconds that a write waits for others

Result = TypeVar("Result")


class Commits:
    """Writes of tasks that wait for each other a moment, each whole or not at all; `close` it at the end of a run."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    async def write(self, work: Callable[[], Result]) -> Result:
        """What `work` returns, once all that it wrote is committed; raises what it raises, and then wrote nothing."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._waiting.append((work, future))
        if len(self._waiting) == 1:
            loop.call_later(_WAIT, self.close)
        return await future

    def close(self) -> None:
        """Write and commit what waits, also for tasks that were cancelled meanwhile."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            with transaction(self._db):
                done = [self._tried(work) for work, _ in waiting]
        except Exception as problem:  # noqa: BLE001  # the commit itself failed: nobody's rows are kept
            done = [(None, problem)] * len(waiting)
        for (_, future), (result, error) in zip(waiting, done, strict=True):
            if future.done():  # cancelled
                continue
            if error:
                future.set_exception(error)
            else:
                future.set_result(result)

    def _tried(self, work: Callable[[], Any]) -> tuple[Any, Exception | None]:
        try:
            with savepoint(self._db):
                return work(), None
        except Exception as error:  # noqa: BLE001  # it is raised in the task that wants it written
            return None, error
