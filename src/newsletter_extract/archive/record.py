"""What the record of a batch, `OUT/manifest.sqlite`, says: every input with what became of it, and every run.

It can be read (`extract batch --status`, or by any SQLite tool) while a batch is at work.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsletter_extract.errors import OutputError

NAME = "manifest.sqlite"


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest says of an input."""

    key: bytes
    name: str
    kind: str
    status: str
    signature: str | None
    sha256: str | None
    output: str | None
    settings_hash: str | None
    version: str | None
    seen_run: int
    gone: bool
    error: str | None
    reason: str | None
    same_as: str | None

    @property
    def why(self) -> dict[str, str]:
        """What is told beside the status."""
        told = {"error": self.error, "reason": self.reason, "same_as": self.same_as}
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with a result: its name for people, the result's path, and its own, where it is a file or a URL."""

    name: str
    sha256: str
    result: Path
    path: Path | None


_KNOWN = (
    "key, name, kind, status, signature, sha256, output, settings_hash, version, seen_run, gone_since IS NOT NULL, "
    "error, reason, same_as"
)


@contextmanager
def errors_told(out: Path) -> Iterator[None]:
    """Raises OutputError for what SQLite meets: a full disk, a damaged manifest."""
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(
            f"{out / NAME} cannot be used ({error}); make room on its disk, or move it away and begin anew."
        ) from None


class Reading:
    """A manifest opened to be read, also while a batch writes it."""

    def __init__(self, out: Path) -> None:
        """Raises OutputError where there is none."""
        if not (out / NAME).is_file():
            raise OutputError(f"{out} holds no {NAME}; name the OUT folder of a batch.")
        self.out = out
        with errors_told(out):
            self.connection = _opened_to_read(out / NAME)

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def last_run(self) -> dict[str, Any] | None:
        row = self.connection.execute("SELECT * FROM run ORDER BY id DESC LIMIT 1").fetchone()
        return dict(row) if row else None

    def known(self, key: bytes) -> Known | None:
        return known_where(self.connection, "key = ?", key)

    def documents(self) -> Iterator[ReadDocument]:
        """Every document that has a result and is still there, under this name or another; each content once."""
        for key, name, sha256, output in self.connection.execute(
            "SELECT key, name, sha256, output FROM (SELECT *, row_number() OVER (PARTITION BY sha256 "
            "ORDER BY gone_since IS NOT NULL, seen_run DESC, key) AS place FROM input "
            "WHERE status = 'done' AND kind = 'document') AS i WHERE place = 1 AND "
            "EXISTS (SELECT 1 FROM input AS o WHERE o.sha256 = i.sha256 AND o.gone_since IS NULL) ORDER BY output"
        ):
            path = None if b"\0" in key else Path(os.fsdecode(key))
            yield ReadDocument(name, sha256, self.out / output, path)

    def members(self, key: bytes) -> Iterator[Known]:
        """What is known of the members of an archive, and of those of archives in it."""
        sql = f"SELECT {_KNOWN} FROM input WHERE key > ? AND key < ?"  # noqa: S608
        for row in self.connection.execute(sql, (key + b"\0", key + b"\1")):
            yield Known(*row)


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """Also where its folder cannot be written, as on a disk mounted to be read: then nobody else writes it."""
    for how in ("mode=rw", "mode=ro&immutable=1"):
        uri = f"file:{quote(os.fsencode(path.absolute()))}?{how}"
        connection = sqlite3.connect(uri, timeout=30, check_same_thread=False, uri=True)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("SELECT count(*) FROM run")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_CANTOPEN or how.endswith("1"):
                raise
        else:
            return connection
    raise AssertionError("unreachable: the last way opens or raises")


def known_where(connection: sqlite3.Connection, rule: str, *values: Any) -> Known | None:
    row = connection.execute(f"SELECT {_KNOWN} FROM input WHERE {rule} LIMIT 1", values).fetchone()  # noqa: S608
    return Known(*row) if row else None
