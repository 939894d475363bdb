"""A batch: what comes in is read by a pool of processes, and everything is recorded. One loop does all of it."""

from __future__ import annotations

import hashlib
import queue
import shutil
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from newsletter_extract.archive.discovery import Discovery
from newsletter_extract.archive.intake import Arrival, Intake
from newsletter_extract.archive.ledger import Ledger, Observer
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.pool import Pool
from newsletter_extract.archive.readers import TICK_S, Inbox, Outcome, Task
from newsletter_extract.archive.record import errors_told
from newsletter_extract.errors import InputUnreadable, OutputError
from newsletter_extract.reading.source import shown_name

if TYPE_CHECKING:
    from newsletter_extract.settings import Settings

_WORK = ".work"
_AHEAD_PER_JOB = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch is to do."""

    inputs: tuple[str, ...]
    lists: tuple[str, ...]
    out: Path
    settings: Settings
    limits: Limits
    jobs: int
    retry_failed: bool = False
    rehash: bool = False
    scheduler: str = ""
    resting_s: float = 0.0
    """Files that changed in the last so many seconds are left for a later pass: someone still writes them."""


class Workers(Protocol):
    """Who reads the documents: processes here (`pool.Pool`) or a cluster."""

    @property
    def room(self) -> int: ...
    @property
    def busy(self) -> list[Any]: ...
    def submit(self, key: Any, task: Task) -> None: ...
    def enforce(self) -> None: ...
    def receive(self, sender: Any, message: Any) -> tuple[Any, Outcome] | None: ...
    def close(self) -> None: ...


class Batch:
    """An OUT at work: its lock, its manifest and its workers, for one pass over the inputs or many."""

    def __init__(self, plan: Plan, observer: Observer) -> None:
        """Raises OutputBusy where another batch is at work there, InputNotFound where an input is missing."""
        self.plan = replace(plan, out=plan.out.absolute())
        self._observer = observer
        self._discovery().check()
        self._ledger = Ledger(self.plan.out, plan.settings, observer, retry_failed=plan.retry_failed)
        self._work = self.plan.out / _WORK
        self._inbox: Inbox = queue.SimpleQueue()
        self._waiting: deque[tuple[Arrival, str]] = deque()
        try:
            self._prepare()
            self._workers: Workers = self._start_workers()
        except BaseException:
            self._ledger.close()
            raise

    def close(self) -> None:
        """End all workers at once, and give OUT free. Raises OutputError where the record cannot be written."""
        self._workers.close()
        shutil.rmtree(self._work, ignore_errors=True)
        with errors_told(self.plan.out):
            self._ledger.close()

    def one_pass(self) -> None:
        """Go over all inputs once and read what has to be read. Raises OutputError and what the inputs raise."""
        discovery = self._discovery()
        with errors_told(self.plan.out), _stopped_by_signals():
            self._ledger.begin(discovery.roots())
            intake = Intake(
                discovery,
                self._inbox,
                self._work,
                self.plan.limits,
                ahead=_AHEAD_PER_JOB * self.plan.jobs,
                is_current=self._ledger.is_current,
                rehash=self.plan.rehash,
            )
            covered: tuple[list[str], list[bytes]] = ([], [])
            try:
                self._loop(intake)
                covered = discovery.covered()
            finally:
                intake.stop()
                self._ledger.end(*covered)

    def count_inputs(self) -> int | None:
        """How many inputs there are, without the members of archives; None where that would list a store twice."""
        if any("://" in given for given in self.plan.inputs):
            return None
        return sum(1 for _ in self._discovery().entries())

    def fingerprint(self) -> bytes:
        """Changes when anything is added, changed, removed or at rest; nothing is opened for it."""
        digest = hashlib.sha256()
        for entry in self._discovery().entries():
            signature = "growing" if entry.is_growing else entry.signature
            digest.update(repr((entry.key, signature, entry.failed)).encode())
        return digest.digest()

    def _discovery(self) -> Discovery:
        return Discovery(self.plan.inputs, self.plan.lists, self.plan.out, self.plan.resting_s)

    def _prepare(self) -> None:
        """A new folder for what is being written, without what a killed batch left in it."""
        try:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work.mkdir(mode=0o700)
        except OSError as error:
            raise OutputError(f"{self._work} cannot be made ({error.strerror}); choose another OUT.") from None

    def _start_workers(self) -> Workers:
        reading = self.plan.settings.reading.model_copy(update={"jobs": 1})  # the documents share the cores already
        settings = {"settings": self.plan.settings.model_copy(update={"reading": reading}).model_dump_json()}
        if self.plan.scheduler:
            from newsletter_extract.archive.distributed import Cluster

            return Cluster(self.plan.scheduler, settings, self.plan.limits, self._inbox, self._work)
        return Pool(settings, self.plan.limits, self.plan.jobs, self._inbox, self._work)

    def _loop(self, intake: Intake) -> None:
        intake.start()
        coming, look_at = True, 0.0
        while coming or self._waiting or self._workers.busy:
            try:
                sender, message = self._inbox.get(timeout=TICK_S)
            except queue.Empty:
                sender = message = None
            if sender is intake:
                coming = coming and message is not None
                if message is not None:
                    self._take(message, intake)
                elif intake.error:
                    raise intake.error
            elif sender is not None:
                ended = self._workers.receive(sender, message)
                if ended:
                    _give_back(ended[0])
                    self._ledger.ended(*ended)
            while self._waiting and self._workers.room > 0:
                self._begin(*self._waiting.popleft(), intake)
            if time.monotonic() >= look_at:
                look_at = time.monotonic() + TICK_S
                self._workers.enforce()
                self._ledger.commit_at_times()
                self._observer.tick([arrival.entry.name for arrival in self._workers.busy])

    def _take(self, arrival: Arrival, intake: Intake) -> None:
        """Settle an arrival at once, or set it waiting for a worker."""
        output = self._ledger.take(arrival)
        if output is None:
            _give_back(arrival)
            intake.taken()
        else:
            self._waiting.append((arrival, output))

    def _begin(self, arrival: Arrival, output: str, intake: Intake) -> None:
        entry = arrival.entry
        intake.taken()
        if arrival.at is None:
            try:
                arrival = intake.fetch(arrival)
            except InputUnreadable as error:
                self._ledger.not_fetched(arrival, str(error))
                return
        self._ledger.began(arrival)
        name = shown_name(entry.parts[-1]) if entry.parts else entry.name
        self._workers.submit(arrival, Task(name, path=arrival.at, out=str(self.plan.out / output)))


def _give_back(arrival: Arrival) -> None:
    if arrival.borrowed and arrival.at:
        Path(arrival.at).unlink(missing_ok=True)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGTERM and a closed terminal end a batch as Ctrl-C does: in order."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
