"""A batch: what comes in is read by a pool of processes, and everything is recorded. One loop does all of it."""

from __future__ import annotations

import hashlib
import json
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

from newsletter_extract._version import __version__
from newsletter_extract.archive.discovery import Discovery
from newsletter_extract.archive.intake import Arrival, Intake
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.manifest import Known, Manifest
from newsletter_extract.archive.naming import result_path
from newsletter_extract.archive.pool import Pool
from newsletter_extract.archive.readers import TICK_S, Inbox, Outcome, Task
from newsletter_extract.errors import OutputError
from newsletter_extract.reading.source import shown_name

if TYPE_CHECKING:
    from newsletter_extract.settings import Settings

DOCUMENTS = "documents"
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


class Observer(Protocol):
    """Who watches a batch: a progress bar, a log."""

    def began(self, name: str) -> None: ...
    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        """An input has its status; `more` holds what else is known, as reason, pages, seconds."""

    def tick(self, at_work: list[str]) -> None: ...


class Workers(Protocol):
    """Who reads the documents: processes here (`readers.Pool`) or a cluster."""

    @property
    def room(self) -> int: ...
    @property
    def busy(self) -> list[Any]: ...
    def submit(self, key: Any, task: Task) -> None: ...
    def enforce(self) -> None: ...
    def receive(self, sender: Any, message: Any) -> tuple[Any, Outcome] | None: ...
    def close(self) -> None: ...


def settings_hash(settings: Settings) -> str:
    """Digest of all settings that a result depends on."""
    data = settings.model_dump(mode="json")
    for apart in ("jobs", "password", "cache"):
        data["reading"].pop(apart)
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8")).hexdigest()


class Batch:
    """An OUT at work: its lock, its manifest and its workers, for one pass over the inputs or many."""

    def __init__(self, plan: Plan, observer: Observer) -> None:
        """Raises OutputBusy where another batch is at work there, InputNotFound where an input is missing."""
        self.plan = replace(plan, out=plan.out.absolute())
        self._observer = observer
        self._hash = settings_hash(plan.settings)
        self._discovery().check()
        self.manifest = Manifest(self.plan.out)
        self._work = self.plan.out / _WORK
        try:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work.mkdir(mode=0o700)
        except OSError as error:
            self.manifest.close()
            raise OutputError(f"{self._work} cannot be made ({error.strerror}); choose another OUT.") from None
        self._inbox: Inbox = queue.SimpleQueue()
        try:
            self._workers: Workers = self._start_workers()
        except BaseException:
            self.manifest.close()
            raise
        self._waiting: deque[tuple[Arrival, str]] = deque()
        self._run = 0

    def close(self) -> None:
        self._workers.close()
        self.manifest.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def one_pass(self) -> None:
        """Go over all inputs once and read what has to be read. Raises OutputError and what the inputs raise."""
        discovery = self._discovery()
        shown = self.plan.settings.model_copy(
            update={"reading": self.plan.settings.reading.model_copy(update={"password": None})}
        )
        self._run = self.manifest.begin_run(
            version=__version__, settings_hash=self._hash, settings=shown.model_dump_json(), inputs=discovery.roots()
        )
        intake = Intake(
            discovery,
            self._inbox,
            self._work,
            self.plan.limits,
            ahead=_AHEAD_PER_JOB * self.plan.jobs,
            is_current=self._is_current,
            rehash=self.plan.rehash,
        )
        complete: set[str] = set()
        try:
            with _stopped_by_signals():
                self._loop(intake)
            complete = set(discovery.roots()) - discovery.incomplete
        finally:
            intake.stop()
            self.manifest.end_run(complete)

    def count_inputs(self) -> int | None:
        """How many inputs there are, without the members of archives; None where that would list a store twice."""
        if any("://" in given for given in self.plan.inputs):
            return None
        return sum(1 for _ in self._discovery().entries())

    def fingerprint(self) -> bytes:
        """Changes when anything is added, changed or removed; nothing is opened for it."""
        digest = hashlib.sha256()
        for entry in self._discovery().entries():
            digest.update(repr((entry.key, entry.signature, entry.failed)).encode())
        return digest.digest()

    def _discovery(self) -> Discovery:
        return Discovery(self.plan.inputs, self.plan.lists, self.plan.out)

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
                    self._settle(*ended)
            while self._waiting and self._workers.room > 0:
                self._begin(*self._waiting.popleft(), intake)
            if time.monotonic() >= look_at:
                look_at = time.monotonic() + TICK_S
                self._workers.enforce()
                self.manifest.commit_at_times()
                self._observer.tick([arrival.entry.name for arrival in self._workers.busy])

    def _take(self, arrival: Arrival, intake: Intake) -> None:
        """Settle an arrival at once, or set it waiting for a worker."""
        if self._is_settled(arrival):
            _give_back(arrival)
            intake.taken()
        else:
            key, parts = arrival.entry.key, arrival.entry.parts
            output = self.manifest.allot(key, f"{DOCUMENTS}/{result_path(parts)}")
            self._put(arrival, status="pending", output=output)
            self._waiting.append((arrival, output))

    def _is_settled(self, arrival: Arrival) -> bool:
        entry = arrival.entry
        known = self.manifest.known(entry.key)
        if known and known.seen_run == self._run:
            return True  # found twice, as by two patterns
        if arrival.kind == "archive":
            self._settle_archive(arrival)
        elif entry.skipped:
            self._leave_out(arrival, known, "skipped", reason=entry.skipped)
        elif entry.failed:
            self._leave_out(arrival, known, "failed", error=entry.failed[0], reason=entry.failed[1])
        elif known and known.status != "duplicate" and known.sha256 == arrival.sha256 and self._is_current(known):
            self.manifest.see(entry.key, entry.root, entry.signature)
            self._observer.settled(entry.name, "unchanged", {})
        else:
            twin = self.manifest.twin(arrival.sha256 or "", entry.key)
            if twin is None or not (twin.seen_run == self._run or self._is_current(twin)):
                return False
            self._leave_out(arrival, known, "duplicate", same_as=twin.name)
        return True

    def _settle_archive(self, arrival: Arrival) -> None:
        entry = arrival.entry
        if arrival.is_unchanged or entry.failed:
            self.manifest.see_members(entry.key)
        if arrival.is_unchanged:
            self.manifest.see(entry.key, entry.root, entry.signature)
            return
        error, reason = entry.failed or (None, None)
        status = "done" if error is None else "skipped" if error == "UnknownInputType" else "failed"
        self._put(arrival, status=status, kind="archive", error=error, reason=reason)
        if error:
            self._observer.settled(entry.name, status, {"error": error, "reason": reason})

    def _leave_out(self, arrival: Arrival, known: Known | None, status: str, **why: str) -> None:
        if known and known.output:
            (self.plan.out / known.output).unlink(missing_ok=True)
        self._put(arrival, status=status, kind=arrival.kind, output=None, **why)
        self._observer.settled(arrival.entry.name, status, dict(why))

    def _put(self, arrival: Arrival, **values: Any) -> None:
        entry = arrival.entry
        told = {"name": entry.name, "root": entry.root, "size": entry.size, "signature": entry.signature}
        told |= {"sha256": arrival.sha256, "settings_hash": self._hash, "version": __version__}
        self.manifest.put(entry.key, **told, **values)

    def _begin(self, arrival: Arrival, output: str, intake: Intake) -> None:
        entry = arrival.entry
        intake.taken()
        if arrival.at is None:
            try:
                arrival = intake.fetch(arrival)
            except OSError as error:
                reason = f"{entry.name} cannot be fetched ({error})."
                self._leave_out(arrival, None, "failed", error="InputUnreadable", reason=reason)
                return
        self.manifest.began(entry.key)
        name = shown_name(entry.parts[-1]) if entry.parts else entry.name
        self._workers.submit(arrival, Task(name, path=arrival.at, out=str(self.plan.out / output)))
        self._observer.began(entry.name)

    def _settle(self, arrival: Arrival, outcome: Outcome) -> None:
        """Record what came of a document."""
        _give_back(arrival)
        account, entry = outcome.account, arrival.entry
        if outcome.failed == "OutputError" or account.get("fatal"):
            outcome.raise_failure()  # not for this document's sake; no other would fare better
        told = {name: account.get(name) for name in ("media_type", "pages", "events", "seizures", "repairs", "seconds")}
        status = "done"
        if outcome.failed:
            status = "skipped" if outcome.failed == "UnknownInputType" else "failed"
            known = self.manifest.known(entry.key)
            if known and known.output:
                (self.plan.out / known.output).unlink(missing_ok=True)
        self.manifest.ended(
            entry.key,
            status=status,
            error=outcome.failed,
            reason=outcome.reason or None,
            findings=account.get("findings", ()),
            **told,
        )
        more = told | {"error": outcome.failed, "reason": outcome.reason, "attempts": outcome.attempts}
        self._observer.settled(entry.name, status, more | {"trace": account.get("trace")})

    def _is_current(self, known: Known) -> bool:
        """Whether what is recorded of an input still holds, as far as settings and the program go."""
        if known.settings_hash != self._hash or known.version != __version__:
            return False
        if known.status == "done" and known.kind == "document":
            return known.output is not None and (self.plan.out / known.output).is_file()
        if known.status == "failed":
            return not self.plan.retry_failed
        return known.status in {"done", "skipped", "duplicate"}


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
