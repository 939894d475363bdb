"""What a batch decides by its record and writes into it: which inputs are settled already, and what became of each."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from newsletter_extract._version import __version__
from newsletter_extract.archive.intake import Arrival
from newsletter_extract.archive.manifest import Manifest
from newsletter_extract.archive.naming import result_path
from newsletter_extract.archive.readers import Outcome
from newsletter_extract.archive.record import Known

if TYPE_CHECKING:
    from newsletter_extract.settings import Settings

DOCUMENTS = "documents"
_TOLD = ("media_type", "pages", "events", "seizures", "repairs", "seconds")
"""What the account of a reading and the columns of the manifest have in common."""


class Observer(Protocol):
    """Who watches a batch: a progress bar, a log."""

    def began(self, name: str) -> None: ...
    def settled(self, name: str, status: str, more: dict[str, Any]) -> None:
        """An input has its status; `more` holds what else is known, as reason, pages, seconds."""

    def tick(self, at_work: list[str]) -> None: ...


def settings_hash(settings: Settings) -> str:
    """Digest of all settings that a result depends on."""
    data = settings.model_dump(mode="json")
    for apart in ("jobs", "password", "cache"):
        data["reading"].pop(apart)
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8")).hexdigest()


class Ledger:
    """The manifest of an OUT, written for one run after the other with the same settings."""

    def __init__(self, out: Path, settings: Settings, observer: Observer, *, retry_failed: bool) -> None:
        """Raises OutputBusy where another batch is at work there, OutputError where it cannot be written."""
        self._out, self._settings, self._observer, self._retry_failed = out, settings, observer, retry_failed
        self._hash = settings_hash(settings)
        self._manifest = Manifest(out)
        self._run = 0
        self.close = self._manifest.close
        self.commit_at_times = self._manifest.commit_at_times

    def begin(self, roots: Iterable[str]) -> None:
        """A run over these inputs begins."""
        reading = self._settings.reading.model_copy(update={"password": None})
        self._run = self._manifest.begin_run(
            version=__version__,
            settings_hash=self._hash,
            settings=self._settings.model_copy(update={"reading": reading}).model_dump_json(),
            inputs=roots,
        )

    def end(self, complete_roots: Iterable[str], complete_folders: Iterable[bytes]) -> None:
        """The run ends. What these roots had before and not now is gone, and what is no more in these folders."""
        for folder in complete_folders:
            for key in self._manifest.unseen_below(folder):
                if not os.path.lexists(key.split(b"\0", 1)[0]):
                    self._manifest.lose(key)
        self._manifest.end_run(complete_roots)

    def take(self, arrival: Arrival) -> str | None:
        """Settle an arrival by what is known; None then, else the path below OUT for the result of its reading."""
        if self._is_settled(arrival):
            return None
        output = self._manifest.allot(arrival.entry.key, f"{DOCUMENTS}/{result_path(arrival.entry.parts)}")
        self._put(arrival, status="pending", output=output)
        return output

    def began(self, arrival: Arrival) -> None:
        """A process reads it now."""
        self._manifest.began(arrival.entry.key)
        self._observer.began(arrival.entry.name)

    def ended(self, arrival: Arrival, outcome: Outcome) -> None:
        """Record what came of a document. Raises OutputError, and what would befall every other document too."""
        account, entry = outcome.account, arrival.entry
        if outcome.failed == "OutputError" or account.get("fatal"):
            outcome.raise_failure()
        told = {name: account.get(name) for name in _TOLD}
        status = "done"
        if outcome.failed:
            status = "skipped" if outcome.failed == "UnknownInputType" else "failed"
            self._remove_result(self._manifest.known(entry.key))
        read = account.get("sha256", arrival.sha256)
        changed = {} if read == arrival.sha256 else {"sha256": read, "signature": None}  # while it waited
        self._manifest.ended(
            entry.key,
            status=status,
            error=outcome.failed,
            reason=outcome.reason or None,
            findings=account.get("findings", ()),
            **changed,
            **told,
        )
        more = told | {"error": outcome.failed, "reason": outcome.reason, "attempts": outcome.attempts}
        self._observer.settled(entry.name, status, more | {"trace": account.get("trace")})

    def not_fetched(self, arrival: Arrival, reason: str) -> None:
        """Record a document that cannot be had from where it lies."""
        self._leave_out(arrival, None, "failed", error="InputUnreadable", reason=reason)

    def is_current(self, known: Known) -> bool:
        """Whether what is recorded of an input still holds, as far as settings and the program go."""
        if known.settings_hash != self._hash or known.version != __version__:
            return False
        if known.status == "done" and known.kind == "document":
            return known.output is not None and (self._out / known.output).is_file()
        if known.status == "failed":
            unlocked = known.error == "PasswordNeeded" and self._settings.reading.password
            return not (self._retry_failed or unlocked)
        return known.status in {"done", "skipped", "duplicate"}

    def _is_settled(self, arrival: Arrival) -> bool:
        entry = arrival.entry
        known = self._manifest.known(entry.key)
        if known and known.seen_run == self._run:
            return True  # found twice, as by two patterns
        if entry.is_growing:
            if known:
                self._see(arrival, known)
        elif arrival.kind == "archive":
            self._settle_archive(arrival)
        elif entry.skipped:
            self._leave_out(arrival, known, "skipped", reason=entry.skipped)
        elif entry.failed:
            self._leave_out(arrival, known, "failed", error=entry.failed[0], reason=entry.failed[1])
        elif known and known.status != "duplicate" and known.sha256 == arrival.sha256 and self.is_current(known):
            self._manifest.see(entry.key, entry.root, entry.signature)
            self._observer.settled(entry.name, "unchanged", {})
        else:
            twin = self._manifest.twin(arrival.sha256 or "", entry.key)
            if twin is None or not self._stands_for_both(twin):
                return False
            self._leave_out(arrival, known, "duplicate", same_as=twin.name)
        return True

    def _stands_for_both(self, twin: Known) -> bool:
        """Whether another input with the same bytes has its result, or what becomes of it is told in this run."""
        return twin.seen_run == self._run or (twin.status == "done" and self.is_current(twin))

    def _see(self, arrival: Arrival, known: Known) -> None:
        self._manifest.see(known.key, arrival.entry.root, known.signature)
        self._manifest.see_members(known.key)

    def _settle_archive(self, arrival: Arrival) -> None:
        entry = arrival.entry
        if arrival.is_unchanged or entry.failed:
            self._manifest.see_members(entry.key)
        if arrival.is_unchanged:
            self._manifest.see(entry.key, entry.root, entry.signature)
            return
        error, reason = entry.failed or (None, None)
        status = "done" if error is None else "skipped" if error == "UnknownInputType" else "failed"
        self._put(arrival, status=status, kind="archive", error=error, reason=reason)
        if error:
            self._observer.settled(entry.name, status, {"error": error, "reason": reason})

    def _leave_out(self, arrival: Arrival, known: Known | None, status: str, **why: str) -> None:
        self._remove_result(known)
        is_news = known is None or (known.status, known.why) != (status, why)
        self._put(arrival, status=status, kind=arrival.kind, output=None, **why)
        self._observer.settled(arrival.entry.name, status if is_news else "unchanged", dict(why))

    def _remove_result(self, known: Known | None) -> None:
        if known and known.output:
            (self._out / known.output).unlink(missing_ok=True)

    def _put(self, arrival: Arrival, **values: Any) -> None:
        entry = arrival.entry
        told = {"name": entry.name, "root": entry.root, "size": entry.size, "signature": entry.signature}
        told |= {"sha256": arrival.sha256, "settings_hash": self._hash, "version": __version__}
        self._manifest.put(entry.key, **told, **values)
