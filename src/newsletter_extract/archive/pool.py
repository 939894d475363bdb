"""A pool of reading processes: work given out, the dead replaced, outcomes gathered.

All that happens comes into one queue, so that whoever runs a pool is a single loop without locks.
"""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsletter_extract.archive.frames import Frame
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.readers import TICK_S, Inbox, Outcome, Reader, Task

if TYPE_CHECKING:
    from newsletter_extract.reading import Source
    from newsletter_extract.schema import Extraction
    from newsletter_extract.settings import Settings

_TRIES = 2
"""A document whose process died by itself is read once more, for the fault may have been elsewhere."""
_AHEAD_PER_JOB = 4
"""Outcomes that may wait for an earlier one, in documents."""


@dataclass(slots=True)
class _Work:
    key: Any
    task: Task
    attempts: int = 1


@dataclass(slots=True)
class Pool:
    """Up to `jobs` readers that share one inbox. A dead reader is replaced when there is work for it.

    The settings are whole, as {"settings": JSON}, or to be put together: {"config": path, "overrides": …}.
    """

    settings: dict[str, Any]
    limits: Limits
    jobs: int
    inbox: Inbox = field(default_factory=queue.SimpleQueue)
    temporary_in: Path | None = None
    _living: set[Reader] = field(default_factory=set)
    _idle: list[Reader] = field(default_factory=list)
    _busy: dict[Reader, _Work] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many tasks can be taken now."""
        return self.jobs - len(self._busy)

    @property
    def busy(self) -> list[Any]:
        """Keys of the tasks in work."""
        return [work.key for work in self._busy.values()]

    @property
    def readers(self) -> list[Reader]:
        """The processes that live now."""
        return list(self._living)

    def warm_up(self) -> None:
        """Start one reader, which loads its libraries while there is no work yet."""
        reader = Reader(self.inbox, self.temporary_in)
        self._living.add(reader)
        self._idle.append(reader)
        reader.configure(self.settings, self.limits)

    def submit(self, key: Any, task: Task) -> None:
        """Begin a task; there must be room."""
        self._begin(_Work(key, task))

    def enforce(self) -> None:
        """Hold every reader to its limits; to be called each TICK_S."""
        for reader in self._busy:
            reader.enforce()

    def receive(self, sender: Any, message: Frame | None) -> tuple[Any, Outcome] | None:
        """Take what the inbox had from a reader: the key and outcome of a task that ended, if one did."""
        work = self._busy.pop(sender, None)
        if message is None:
            account, body = sender.obituary(), b""
            self._bury(sender)
        else:
            account, body = message
            if not (account.get("retire") or sender.is_doomed):
                self._idle.append(sender)
        if work is None:
            return None
        if account.get("again") and work.attempts < _TRIES:
            work.attempts += 1
            self._begin(work)
            return None
        return work.key, Outcome(account, body, work.attempts)

    def close(self) -> None:
        """End all readers at once."""
        for reader in self.readers:
            self._bury(reader)
        self._busy.clear()

    def _bury(self, reader: Reader) -> None:
        reader.close()
        self._living.discard(reader)
        if reader in self._idle:
            self._idle.remove(reader)

    def _begin(self, work: _Work) -> None:
        if not self._idle:
            self.warm_up()
        reader = self._idle.pop()
        self._busy[reader] = work
        reader.ask(work.task.name, work.task.request(), work.task.data)


def next_end(pool: Pool) -> tuple[Any, Outcome] | None:
    """Wait a moment for what comes: the key and outcome of a task that ended, if one did."""
    try:
        sender, message = pool.inbox.get(timeout=TICK_S)
    except queue.Empty:
        pool.enforce()
        return None
    return pool.receive(sender, message)


def read_each(pool: Pool, tasks: Iterable[Task]) -> Iterator[Outcome]:
    """Read documents, as many at once as the pool has jobs, and yield each outcome in the order of the tasks."""
    coming = enumerate(tasks)
    following: tuple[int, Task] | None = next(coming, None)
    done: dict[int, Outcome] = {}
    number = 0
    while following or pool.busy or done:
        while following and pool.room > 0 and following[0] < number + _AHEAD_PER_JOB * pool.jobs:
            pool.submit(*following)
            following = next(coming, None)
        if number in done:
            yield done.pop(number)
            number += 1
        elif ended := next_end(pool):
            done[ended[0]] = ended[1]


def read_one(pool: Pool, task: Task) -> Outcome:
    """Read one document and wait for the outcome."""
    return next(read_each(pool, [task]))


def read_apart(source: Source, settings: Settings, limits: Limits) -> Extraction:
    """The facts of a document, read in a process of its own under limits. Raises what reading it raises."""
    from newsletter_extract.schema import Extraction

    pool = Pool({"settings": settings.model_dump_json()}, limits, jobs=1)
    try:
        outcome = read_one(pool, Task(source.name, data=source.data))
    finally:
        pool.close()
    outcome.raise_failure()
    return Extraction.model_validate_json(outcome.body)
