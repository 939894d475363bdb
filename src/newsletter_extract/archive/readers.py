"""Processes that read documents, seen from the program: started, given work, and replaced when one dies or must.

All that happens comes into one queue, so that whoever runs a pool is a single loop without locks.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from newsletter_extract.archive.frames import Frame, read_frame, write_frame
from newsletter_extract.archive.limits import MOST_EARNED, Limits, memory_in_use
from newsletter_extract.archive.processes import start

TICK_S = 0.1
"""How often limits are looked at; in that time a process can take some 300 MB."""
_START_S = 120.0
"""For loading the libraries, on a machine under load."""
_TRIES = 2
"""A document whose process died by itself is read once more, for the fault may have been elsewhere."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read: a path, or the bytes themselves. `out` is where the JSON goes; else it comes back."""

    name: str
    path: str | None = None
    data: bytes = b""
    form: str = "json"
    out: str | None = None

    def request(self) -> dict[str, Any]:
        request = {"do": "read", "name": self.name, "form": self.form}
        return request | ({"path": self.path} if self.path else {}) | ({"out": self.out} if self.out else {})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: an account of the result, or the class of an error with its sentence."""

    account: dict[str, Any]
    body: bytes = b""
    attempts: int = 1

    @property
    def failed(self) -> str | None:
        """Name of the class in errors.py; None where all went well."""
        return self.account.get("failed")

    @property
    def reason(self) -> str:
        return str(self.account.get("reason", ""))

    def raise_failure(self) -> None:
        """Raise the error of a failed request here."""
        from newsletter_extract import errors

        if self.failed:
            kind = getattr(errors, self.failed, errors.ReaderCrashed)
            raise kind(self.reason)


Inbox = queue.SimpleQueue[tuple[Any, Any]]
"""Pairs of a sender and what it sends; a reader sends its answers, and None when it is gone."""


class Reader:
    """One such process, and what it is at work on."""

    def __init__(self, inbox: Inbox, temporary_in: Path | None = None) -> None:
        """Start the process. It loads its libraries at once and waits for `configure`."""
        self.temporary = tempfile.mkdtemp(prefix="newsletter-extract-", dir=temporary_in)
        self.name = ""
        self.deadline = float("inf")
        self._is_ready = False
        self._limits = Limits()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._inbox = inbox
        self._killed_for: str | None = None
        self._process = start(self._errors, self.temporary)
        threading.Thread(target=self._listen, daemon=True).start()

    def configure(self, settings: dict[str, Any], limits: Limits) -> None:
        """Give the settings and limits for all that follows."""
        self._limits = limits
        self._send({**settings, "limits": asdict(limits)})

    def ask(self, name: str, request: dict[str, Any], body: bytes = b"") -> None:
        """Give it work; the answer comes into the inbox. `name` is what the work is called in sentences."""
        self.name = name
        self._allow(self._limits.timeout_s if self._is_ready else _START_S)
        self._send(request, body)

    @property
    def is_doomed(self) -> bool:
        """Whether it was ended for a limit, though an answer may have come before that."""
        return self._killed_for is not None

    def enforce(self) -> None:
        """End the process where it is beyond a limit."""
        if self._killed_for:
            return
        if time.monotonic() > self.deadline:
            self._end_for(
                f"{self.name} was not done after {self._limits.timeout_s:g} seconds; "
                "raise --timeout if it is worth that."
            )
        elif memory_in_use(self._process.pid) > self._limits.memory_mb << 20:
            self._end_for(
                f"{self.name} needs more than the {self._limits.memory_mb} MB of memory that it may use; "
                "raise --memory if it is worth that."
            )

    def obituary(self) -> dict[str, Any]:
        """Why the process is gone, as an answer to what it was asked."""
        status = self._process.wait()
        if self._killed_for:
            return {"failed": "LimitExceeded", "reason": self._killed_for}
        if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
            return {"failed": "LimitExceeded", "reason": f"{self.name} used more processor time than it may."}
        if not self._is_ready:
            cause = (self._last_words().strip().splitlines() or [_death(status)])[-1]
            reason = f"The process that reads documents cannot start ({cause}); install the program anew."
            return {"failed": "ReaderCrashed", "reason": reason, "fatal": True}
        return {
            "failed": "ReaderCrashed",
            "reason": f"{self.name} made the reading process crash ({_death(status)}), as damaged files can.",
            "trace": self._last_words(),
            "again": True,
        }

    def close(self) -> None:
        """End the process and all below it, and remove its temporary files."""
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._errors):
            with contextlib.suppress(OSError):
                stream.close()
        shutil.rmtree(self.temporary, ignore_errors=True)

    def _send(self, head: dict[str, Any], body: bytes = b"") -> None:
        with contextlib.suppress(OSError):  # it is gone; the inbox will tell
            write_frame(self._process.stdin, head, body)

    def _listen(self) -> None:
        with self._process.stdout as stream:
            while frame := read_frame(stream):
                if "ready" in frame[0]:
                    self._is_ready = True
                    if self.deadline < float("inf"):
                        self._allow(self._limits.timeout_s)
                elif "earned" in frame[0]:
                    self._allow_more(self._limits.timeout_s)
                else:
                    self.deadline = float("inf")
                    self._inbox.put((self, frame))
        self._inbox.put((self, None))

    def _allow(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds

    def _allow_more(self, seconds: float) -> None:
        self.deadline = min(self.deadline + seconds, time.monotonic() + MOST_EARNED * seconds)

    def _end_for(self, reason: str) -> None:
        self._killed_for = reason
        self._kill()

    def _kill(self) -> None:
        """The process leads a group of its own, so that its OCR engines end with it."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2000))
            return self._errors.read().decode("utf-8", "replace")
        return ""


def _death(status: int) -> str:
    if status < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-status).name
    return f"exit status {status}"


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
        for reader in list(self._living):
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


def read_one(pool: Pool, task: Task) -> Outcome:
    """Read one document and wait for the outcome."""
    pool.submit(None, task)
    for sender, message in messages(pool):
        ended = pool.receive(sender, message)
        if ended:
            return ended[1]
    raise AssertionError("unreachable: messages do not end")


def messages(pool: Pool) -> Iterator[tuple[Any, Any]]:
    """What comes into the pool's inbox, with the limits looked at in between."""
    while True:
        try:
            yield pool.inbox.get(timeout=TICK_S)
        except queue.Empty:
            pool.enforce()
