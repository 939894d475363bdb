"""Starting the process that reads documents: as a new program, or faster as a copy of this one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, Protocol

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Libraries of linear algebra start a thread a core otherwise, each with a heap of its own."""


class Process(Protocol):
    """A child process with its streams of frames."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> BinaryIO: ...
    @property
    def stdout(self) -> BinaryIO: ...
    def wait(self) -> int: ...
    def kill(self) -> None: ...


def start(errors: BinaryIO, temporary: str) -> Process:
    """A reading process in a session of its own, whose standard error goes to the file `errors`.

    It has the folder `temporary`, and removes it when it finds itself alone.

    A copy starts some 100 ms sooner than a new program. It is safe only where no other thread runs, and macOS's own
    libraries do not bear it.
    """
    if sys.platform == "linux" and _is_single_threaded():
        return _Copy(errors, temporary)
    return _Program(errors, temporary)


def _is_single_threaded() -> bool:
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


class _Program:
    def __init__(self, errors: BinaryIO, temporary: str) -> None:
        import subprocess

        # -P: the working folder is where the documents are, and no module is loaded from there
        command = [sys.executable, "-P", "-m", "newsletter_extract.archive.worker", temporary]
        self._popen = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,
        )
        assert self._popen.stdin
        assert self._popen.stdout
        self.pid = self._popen.pid
        self.stdin: BinaryIO = self._popen.stdin  # type: ignore[assignment]
        self.stdout: BinaryIO = self._popen.stdout  # type: ignore[assignment]
        self.wait = self._popen.wait
        self.kill = self._popen.kill


class _Copy:
    def __init__(self, errors: BinaryIO, temporary: str) -> None:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _become_worker(theirs_in, theirs_out, errors.fileno(), temporary)
        os.close(theirs_in)
        os.close(theirs_out)
        self.stdin: BinaryIO = os.fdopen(ours_out, "wb")
        self.stdout: BinaryIO = os.fdopen(ours_in, "rb")
        self._status: int | None = None

    def wait(self) -> int:
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def kill(self) -> None:
        import signal

        os.kill(self.pid, signal.SIGKILL)


def _become_worker(requests: int, replies: int, errors: int, temporary: str) -> None:
    """In the copy: go on as the reading process, with nothing left of what was open."""
    status = 1
    try:
        os.setsid()
        for number, stream in enumerate((requests, replies, errors)):
            os.dup2(stream, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.environ.update(_ONE_THREAD)
        from newsletter_extract.archive import worker

        worker.main(temporary)
        status = 0
    finally:
        os._exit(status)
