"""From what is there to what is to be read: content looked at, archives unpacked, remote files fetched.

This runs in a thread beside the batch, some documents ahead of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from newsletter_extract.archive.containers import MAX_DEPTH, container_kind
from newsletter_extract.archive.discovery import Discovery
from newsletter_extract.archive.entry import Entry
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.naming import packed
from newsletter_extract.archive.readers import TICK_S, Inbox, Reader
from newsletter_extract.archive.record import Known, Reading
from newsletter_extract.errors import InputUnreadable, OutputError
from newsletter_extract.reading.source import shown_name

_CHUNK = 1 << 20
_RACY_NS = 2_000_000_000
"""A file that changed so shortly before it was read may change again without its times showing it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document with its digest, an archive that has been gone through, or what is left out and why."""

    entry: Entry
    sha256: str | None = None
    kind: str = "document"
    at: str | None = None
    """Where its content lies now."""
    borrowed: bool = False
    """Whether `at` is a copy, to be removed when it has been read."""
    is_unchanged: bool = False
    """Of an archive: it and all its members are as they were."""


class Intake:
    """Puts arrivals into the inbox, as many ahead as `ahead` says, and None at the end."""

    def __init__(
        self,
        discovery: Discovery,
        inbox: Inbox,
        spool: Path,
        limits: Limits,
        *,
        ahead: int,
        is_current: Callable[[Known], bool],
        rehash: bool = False,
    ) -> None:
        self._discovery, self._inbox, self._spool, self._limits = discovery, inbox, spool, limits
        self._is_current, self._rehash = is_current, rehash
        self._room = threading.Semaphore(ahead)
        self._stopped = threading.Event()
        self._numbers = count(1)
        self._unpackers: dict[int, _Unpacker] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.error: BaseException | None = None

    def start(self) -> None:
        self._thread.start()

    def taken(self) -> None:
        """Room for one more: an arrival has been dealt with."""
        self._room.release()

    def stop(self) -> None:
        self._stopped.set()
        self._room.release()
        self._thread.join()

    def _run(self) -> None:
        try:
            with Reading(self._discovery.out) as manifest:
                for entry in self._discovery.entries():
                    for arrival in self._examine(entry, manifest, depth=0):
                        self._room.acquire()
                        if self._stopped.is_set():
                            return
                        self._inbox.put((self, arrival))
        except BaseException as error:  # handed on to the loop, which raises it
            self.error = error
        finally:
            for unpacker in self._unpackers.values():
                unpacker.close()
        self._inbox.put((self, None))

    def _examine(self, entry: Entry, manifest: Reading, depth: int) -> Iterator[Arrival]:
        if entry.skipped or entry.failed or entry.is_growing:
            yield Arrival(entry, kind="other" if entry.skipped else "document")
            return
        known = manifest.known(entry.key)
        if known and known.sha256 and known.signature and known.signature == entry.signature and not self._rehash:
            yield from self._unchanged(entry, known, manifest, depth)
            return
        try:
            path = self._local(entry)
            sha256, head, signature = _look_at(path, entry)
        except OSError as error:
            reason = f"{entry.name} cannot be read ({error.strerror or error}); check its permissions."
            yield Arrival(replace(entry, failed=("InputUnreadable", reason)))
            return
        except InputUnreadable as error:
            yield Arrival(replace(entry, failed=("InputUnreadable", str(error))))
            return
        yield from self._content(replace(entry, signature=signature), path, sha256, head, manifest, depth)

    def _unchanged(self, entry: Entry, known: Known, manifest: Reading, depth: int) -> Iterator[Arrival]:
        """The same content as at an earlier run."""
        if known.kind != "archive":
            yield Arrival(entry, known.sha256, at=None if entry.fetch else entry.path)
        elif self._is_current(known) and all(self._is_current(member) for member in manifest.members(entry.key)):
            yield Arrival(entry, known.sha256, kind="archive", is_unchanged=True)
        else:
            path = self._local(entry)
            yield from self._members(entry, path, known.sha256 or "", manifest, depth)
            if entry.fetch:
                path.unlink(missing_ok=True)

    def _content(
        self, entry: Entry, path: Path, sha256: str, head: bytes, manifest: Reading, depth: int
    ) -> Iterator[Arrival]:
        borrowed = str(path) != entry.path
        if container_kind(head) is None:
            yield Arrival(entry, sha256, at=str(path), borrowed=borrowed)
            return
        if depth >= MAX_DEPTH:
            reason = f"{entry.name} lies in {MAX_DEPTH} archives one in the other, and was not unpacked."
            yield Arrival(replace(entry, failed=("LimitExceeded", reason)), sha256, kind="archive")
        else:
            yield from self._members(entry, path, sha256, manifest, depth)
        if borrowed:
            path.unlink(missing_ok=True)

    def _members(self, entry: Entry, path: Path, sha256: str, manifest: Reading, depth: int) -> Iterator[Arrival]:
        """All that is in an archive, then the archive itself."""
        unpacker = self._unpacker(depth)
        answer = unpacker.ask(entry.name, {"do": "open", "path": str(path), "name": entry.name})
        seen: dict[str, int] = {}
        while "failed" not in answer or "member" in answer:
            spooled = self._spool / str(next(self._numbers))
            answer = unpacker.ask(entry.name, {"do": "next", "name": entry.name, "spool": str(spooled)})
            if self._stopped.is_set() or "end" in answer:
                spooled.unlink(missing_ok=True)
                break
            if answer.get("failed") == "OutputError":
                raise OutputError(str(answer["reason"]))
            if "member" not in answer:
                continue
            name = str(answer["member"])
            seen[name] = seen.get(name, 0) + 1
            member = _member(entry, name, seen[name], answer)
            if member.skipped or member.failed:
                spooled.unlink(missing_ok=True)
                yield Arrival(member, kind="other" if member.skipped else "document")
            else:
                yield from self._content(member, spooled, str(answer["sha256"]), _head(spooled), manifest, depth + 1)
        if answer.get("reason"):
            entry = replace(entry, failed=(str(answer.get("failed", "BrokenInput")), str(answer["reason"])))
        yield Arrival(entry, sha256, kind="archive")

    def _unpacker(self, depth: int) -> _Unpacker:
        """The process that unpacks at this depth; it serves one archive after the other."""
        if depth in self._unpackers and self._unpackers[depth].is_gone:
            self._unpackers.pop(depth).close()
        if depth not in self._unpackers:
            self._unpackers[depth] = _Unpacker(self._limits, self._spool, self._stopped)
        return self._unpackers[depth]

    def _local(self, entry: Entry) -> Path:
        """The content on this machine, fetched where it is elsewhere. Raises InputUnreadable or OutputError."""
        if entry.fetch is None:
            return Path(entry.path)
        path = self._spool / str(next(self._numbers))
        try:
            entry.fetch(path)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, InputUnreadable):
                raise InputUnreadable(
                    f"{entry.name} cannot be fetched ({error}); run the same command again."
                ) from None
            raise
        return path

    def fetch(self, arrival: Arrival) -> Arrival:
        """An arrival whose content was not fetched, since it was known, with its content. Raises as `_local` does."""
        return replace(arrival, at=str(self._local(arrival.entry)), borrowed=True)


class _Unpacker:
    """A reading process that unpacks archives."""

    def __init__(self, limits: Limits, spool: Path, stopped: threading.Event) -> None:
        self._inbox: Inbox = queue.SimpleQueue()
        self._reader = Reader(self._inbox, spool)
        self._reader.configure({"unpacks": True}, limits)
        self._stopped = stopped
        self.is_gone = False
        self.close = self._reader.close

    def ask(self, name: str, request: dict[str, Any]) -> dict[str, Any]:
        self._reader.ask(name, request)
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Empty):
                message = self._inbox.get(timeout=TICK_S)[1]
                answer: dict[str, Any] = self._reader.obituary() if message is None else message[0]
                self.is_gone = message is None or bool(answer.get("retire"))
                return answer
            self._reader.enforce()
        return {"end": True}


def _member(entry: Entry, name: str, times_seen: int, answer: dict[str, Any]) -> Entry:
    key = entry.key + b"\0" + packed(name) + (b"\0#%d" % times_seen if times_seen > 1 else b"")
    return Entry(
        key=key,
        name=f"{entry.name}/{shown_name(name)}",
        parts=(*entry.parts, *(part for part in name.replace("\\", "/").split("/") if part)),
        root=entry.root,
        path="",
        skipped=str(answer.get("skipped", "")),
        failed=(str(answer["failed"]), str(answer.get("reason", ""))) if answer.get("failed") else None,
        size=answer.get("size"),
    )


def _look_at(path: Path, entry: Entry) -> tuple[str, bytes, str | None]:
    """Digest and first bytes of a file, and its signature where that can be relied on."""
    digest, head = hashlib.sha256(), b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            head = head or chunk[:512]
            digest.update(chunk)
    changed_ns = 0 if entry.fetch else Path(entry.path).stat().st_ctime_ns
    return digest.hexdigest(), head, None if time.time_ns() - changed_ns < _RACY_NS else entry.signature


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)
