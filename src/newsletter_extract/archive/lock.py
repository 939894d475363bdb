"""One batch on an OUT at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsletter_extract.archive.record import Reading
from newsletter_extract.errors import OutputBusy, OutputError

NAME = ".lock.sqlite"


class Lock:
    """Held by one batch on an OUT at a time; the system frees it when its process ends, however it does."""

    def __init__(self, out: Path) -> None:
        """Raises OutputBusy where another batch holds it, sqlite3.Error where OUT cannot be written."""
        self._connection = sqlite3.connect(out / NAME, timeout=0, isolation_level=None)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise OutputBusy(f"Another batch{_whose(out)} is at work on {out}; wait for its end or stop it.") from None

    def free(self) -> None:
        self._connection.close()


def _whose(out: Path) -> str:
    try:
        with Reading(out) as manifest:
            run = manifest.last_run()
    except (sqlite3.Error, OutputError):
        return ""
    return f" (process {run['process']} on {run['host']}, since {run['started']})" if run else ""
