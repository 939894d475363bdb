"""A process that reads documents, seen from the program: started, given work, and ended when it must."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from newsletter_extract.archive.frames import read_frame, write_frame
from newsletter_extract.archive.limits import MOST_EARNED, Limits, memory_in_use
from newsletter_extract.archive.processes import start

TICK_S = 0.1
"""How often limits are looked at; in that time a process can take some 300 MB."""
_START_S = 120.0
"""For loading the libraries, on a machine under load."""


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
    def process_id(self) -> int:
        return self._process.pid

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
