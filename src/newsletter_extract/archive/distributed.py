"""The same work on a dask.distributed cluster (extra: cluster): its workers read, this program keeps the record.

Each thread of a cluster worker has a reading process of its own, under the same limits as here, so that a document can
harm no cluster worker. What a lost worker had in work is given to another.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsletter_extract._version import __version__
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.pool import Pool, read_one
from newsletter_extract.archive.readers import Inbox, Outcome, Task
from newsletter_extract.errors import OutputError, ReaderCrashed, UsageError

_CONNECT_S = 20
_PER_THREAD = 2
"""Documents sent ahead for each thread of the cluster, so that none waits for the network."""
_LOOK_S = 2.0
_here = threading.local()


class Cluster:
    """The workers of a scheduler, used as a pool."""

    def __init__(self, address: str, settings: dict[str, Any], limits: Limits, inbox: Inbox, work: Path) -> None:
        """Raises UsageError where dask or the scheduler is missing, OutputError where its workers do not see OUT."""
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("--scheduler needs dask; pip install 'newsletter-extract[cluster]'.") from None
        try:
            self._client: Any = Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"--scheduler {address}: no scheduler answers there ({error}).") from None
        self._address, self._settings, self._limits, self._inbox, self._work = address, settings, limits, inbox, work
        self._futures: dict[Any, Any] = {}
        self._room, self._looked = 1, float("-inf")
        blind = [worker for worker, sees in self._client.run(_sees, str(work)).items() if not sees]
        if blind:
            self._client.close()
            raise OutputError(f"{blind[0]} does not see {work.parent}; OUT and the inputs must be on shared storage.")

    @property
    def room(self) -> int:
        """How many tasks can be sent now; it grows as workers join."""
        if time.monotonic() > self._looked + _LOOK_S:
            self._looked = time.monotonic()
            self._room = max(1, _PER_THREAD * sum(self._client.nthreads().values()))
        return self._room - len(self._futures)

    @property
    def busy(self) -> list[Any]:
        """Keys of the tasks in work."""
        return [key for key, _ in self._futures.values()]

    def submit(self, key: Any, task: Task) -> None:
        """Send a task to the cluster."""
        future = self._client.submit(
            read_here, self._settings, asdict(self._limits), str(self._work), asdict(task), __version__, pure=False
        )
        self._futures[future.key] = key, future
        future.add_done_callback(lambda done: self._inbox.put((self, done)))

    def enforce(self) -> None:
        """Raises ReaderCrashed where the scheduler is gone; limits are kept where the documents are read."""
        if self._client.status not in {"running", "connecting", "newly-created"}:
            raise ReaderCrashed(f"The scheduler at {self._address} is gone; start it and run the same command again.")

    def receive(self, sender: Any, message: Any) -> tuple[Any, Outcome] | None:
        """Take a task that the cluster is done with."""
        found = self._futures.pop(message.key, None)
        if found is None:
            return None
        if message.cancelled():
            raise ReaderCrashed(f"The scheduler at {self._address} is gone; start it and run the same command again.")
        error = message.exception()
        if error is None:
            account, attempts = message.result()
            return found[0], Outcome(account, attempts=attempts)
        name = type(error).__name__
        if name == "KilledWorker":
            reason = f"{found[0].entry.name} was in work on several cluster workers when they were lost."
            return found[0], Outcome({"failed": "ReaderCrashed", "reason": reason})
        if isinstance(error, OutputError):
            raise error
        reason = f"{found[0].entry.name} could not be read on the cluster ({name}: {error})."
        return found[0], Outcome({"failed": "ReaderCrashed", "reason": reason})

    def close(self) -> None:
        """Take back what is not done and leave the cluster."""
        self._client.cancel([future for _, future in self._futures.values()])
        self._futures.clear()
        self._client.close()


def _sees(folder: str) -> bool:
    return Path(folder).is_dir()


def read_here(
    settings: dict[str, Any], limits: dict[str, Any], work: str, task: dict[str, Any], version: str
) -> tuple[dict[str, Any], int]:
    """On a cluster worker: read one document; the account of it and the number of attempts come back."""
    if version != __version__:
        raise OutputError(f"A cluster worker has version {__version__} of this program and not {version}.")
    if not Path(work).is_dir():
        raise OutputError(f"A cluster worker does not see {work}; OUT must be on shared storage.")
    use = (settings, limits, work, os.getpid())
    if getattr(_here, "use", None) != use:
        if hasattr(_here, "pool"):
            _here.pool.close()
        _here.pool = Pool(settings, Limits(**limits), jobs=1, temporary_in=Path(work))
        _here.use = use
    outcome = read_one(_here.pool, Task(**task))
    return outcome.account, outcome.attempts
