"""Writing the record of a batch, `OUT/manifest.sqlite`, which record.py reads.

SQLite in WAL mode, so that it can be read while a batch is at work.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsletter_extract.archive.lock import Lock
from newsletter_extract.archive.naming import another, fold
from newsletter_extract.archive.record import NAME, Known, known_where
from newsletter_extract.errors import OutputError

_VERSION = 1
_COMMIT_EVERY_S = 0.5
"""So much may have to be done again after a kill; results themselves are on disk before they are recorded."""
_SCHEMA = """
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL, ended TEXT, host TEXT NOT NULL, process INTEGER NOT NULL,
  version TEXT NOT NULL, settings_hash TEXT NOT NULL, settings TEXT NOT NULL, inputs TEXT NOT NULL
);
CREATE TABLE input (
  key BLOB PRIMARY KEY,        -- the bytes of the path; of a member: path of the archive, NUL, name
  name TEXT NOT NULL,          -- the same, for people
  root TEXT NOT NULL,          -- the argument it was found by
  kind TEXT NOT NULL,          -- document, archive or other
  status TEXT NOT NULL,        -- pending, running, done, failed, skipped or duplicate
  error TEXT, reason TEXT,     -- class of the error and its sentence; why it was skipped
  same_as TEXT,                -- of a duplicate: the name of the input with the same bytes
  size INTEGER, signature TEXT, sha256 TEXT, media_type TEXT,
  output TEXT,                 -- path of the result below OUT
  settings_hash TEXT, version TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, started TEXT, ended TEXT, seconds REAL,
  pages INTEGER, events INTEGER, seizures INTEGER, repairs INTEGER, findings INTEGER,
  seen_run INTEGER NOT NULL, gone_since TEXT
) WITHOUT ROWID;
CREATE INDEX input_sha256 ON input (sha256);
CREATE INDEX input_read ON input (sha256) WHERE kind = 'document' AND status <> 'duplicate';
CREATE INDEX input_status ON input (status);
CREATE TABLE output (fold TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE finding (
  key BLOB NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (key, code, severity)
) WITHOUT ROWID;
"""


def now() -> str:
    """The time in UTC, to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


class Manifest:
    """A manifest that is written by the one batch that holds the lock."""

    def __init__(self, out: Path) -> None:
        """Open or begin the manifest of `out`. Raises OutputBusy or OutputError."""
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(out)
            self._db = sqlite3.connect(out / NAME, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise OutputError(f"{out / NAME} is of a newer version of this program; bring the program up to date.")
            if version == 0:
                self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"{out} cannot hold the results of a batch ({error}); choose another OUT.") from None
        self._run = 0
        self._open = False
        self._commit_at = 0.0

    def begin_run(self, *, version: str, settings_hash: str, settings: str, inputs: Iterable[str]) -> int:
        """Record that a run begins; what an earlier one left in work is pending again."""
        self._write("UPDATE input SET status = 'pending' WHERE status = 'running'")
        self._write(
            "INSERT INTO run (started, host, process, version, settings_hash, settings, inputs) VALUES (?,?,?,?,?,?,?)",
            now(), socket.gethostname(), os.getpid(), version, settings_hash, settings, json.dumps(list(inputs)),
        )  # fmt: skip
        self._run = int(self._db.execute("SELECT max(id) FROM run").fetchone()[0])
        self.commit()
        return self._run

    def end_run(self, complete_roots: Iterable[str]) -> None:
        """Record the end, and mark inputs gone that were found by these roots before and not now."""
        self._write("UPDATE input SET status = 'pending' WHERE status = 'running'")
        for root in complete_roots:
            self._write(
                "UPDATE input SET gone_since = ? WHERE root = ? AND seen_run <> ? AND gone_since IS NULL",
                now(), root, self._run,
            )  # fmt: skip
        self._write("UPDATE run SET ended = ? WHERE id = ?", now(), self._run)
        self.commit()

    def known(self, key: bytes) -> Known | None:
        return known_where(self._db, "key = ?", key)

    def twin(self, sha256: str, key: bytes) -> Known | None:
        """Another input with the same bytes whose result stands for both."""
        rule = "sha256 = ? AND key <> ? AND kind = 'document' AND status <> 'duplicate' ORDER BY seen_run DESC, key"
        return known_where(self._db, rule, sha256, key)

    def unseen_below(self, folder: bytes) -> list[bytes]:
        """Keys below a folder that this run did not come by."""
        rule = "key >= ? AND key < ? AND seen_run <> ? AND gone_since IS NULL"
        low, high = folder.rstrip(b"/") + b"/", folder.rstrip(b"/") + b"0"
        return [key for (key,) in self._db.execute(f"SELECT key FROM input WHERE {rule}", (low, high, self._run))]  # noqa: S608

    def lose(self, key: bytes) -> None:
        """An input is gone."""
        self._write("UPDATE input SET gone_since = ? WHERE key = ?", now(), key)

    def see(self, key: bytes, root: str, signature: str | None) -> None:
        """An input is there as before."""
        self._write(
            "UPDATE input SET seen_run = ?, gone_since = NULL, root = ?, signature = ? WHERE key = ?",
            self._run, root, signature, key,
        )  # fmt: skip

    def see_members(self, key: bytes) -> None:
        """All members of an archive are there as before."""
        self._write(
            "UPDATE input SET seen_run = ?, gone_since = NULL WHERE key > ? AND key < ?",
            self._run, key + b"\0", key + b"\1",
        )  # fmt: skip

    def put(self, key: bytes, **values: Any) -> None:
        """Record an input as it is now, with all that is told and nothing of what was known of it before."""
        values = {"name": "", "root": "", "kind": "document", **values, "seen_run": self._run, "gone_since": None}
        columns = ", ".join(values)
        kept = {"error", "reason", "same_as", "started", "ended", "seconds", "pages", "events", "seizures", "repairs"}
        reset = "".join(f", {column} = NULL" for column in sorted((kept | {"findings"}) - set(values)))
        update = ", ".join(f"{column} = excluded.{column}" for column in values)
        self._write(
            f"INSERT INTO input (key, first_seen, {columns}) VALUES (?, ?{', ?' * len(values)}) "  # noqa: S608
            f"ON CONFLICT (key) DO UPDATE SET {update}{reset}",
            key, now(), *values.values(),
        )  # fmt: skip
        self._write("DELETE FROM finding WHERE key = ?", key)

    def began(self, key: bytes) -> None:
        self._write(
            "UPDATE input SET status = 'running', started = ?, ended = NULL, attempts = attempts + 1 WHERE key = ?",
            now(), key,
        )  # fmt: skip

    def ended(self, key: bytes, *, findings: Iterable[tuple[str, str, int]] = (), **values: Any) -> None:
        """Record the outcome of an input in work."""
        rows = [(key, code, severity, count) for code, severity, count in findings]
        values = {**values, "ended": now(), "findings": sum(count for *_, count in rows)}
        update = ", ".join(f"{column} = ?" for column in values)
        self._write(f"UPDATE input SET {update} WHERE key = ?", *values.values(), key)  # noqa: S608
        for row in rows:
            self._write("INSERT OR REPLACE INTO finding VALUES (?, ?, ?, ?)", *row)

    def allot(self, key: bytes, path: str) -> str:
        """A path for the result of an input that no other input has; the one it had before, where it had one."""
        for candidate in (path, another(path, key)):
            owner = self._db.execute("SELECT key FROM output WHERE fold = ?", (fold(candidate),)).fetchone()
            if owner is None:
                self._write("INSERT INTO output VALUES (?, ?)", fold(candidate), key)
            if owner is None or owner[0] == key:
                return candidate
        raise OutputError(f"{path} is taken twice over in OUT; begin a new OUT.")

    def commit(self) -> None:
        if self._open:
            self._open = False
            self._db.execute("COMMIT")

    def commit_at_times(self) -> None:
        if self._open and time.monotonic() > self._commit_at:
            self.commit()

    def close(self) -> None:
        try:
            self.commit()
        finally:
            self._db.close()
            self._lock.free()

    def _write(self, sql: str, *values: Any) -> None:
        if not self._open:
            self._db.execute("BEGIN IMMEDIATE")
            self._open = True
            self._commit_at = time.monotonic() + _COMMIT_EVERY_S
        self._db.execute(sql, values)
