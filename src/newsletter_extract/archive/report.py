"""What a manifest says, summed up for people and programs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from newsletter_extract.archive.lock import Lock
from newsletter_extract.archive.record import Reading, errors_told
from newsletter_extract.errors import OutputBusy

SHOWN_FAILURES = 20
_HERE = "gone_since IS NULL AND kind <> 'archive'"


def report(out: Path, most_failures: int = -1) -> dict[str, Any]:
    """Counts by status, failures (all, or so many), findings that matter, what is in work, and the last run.

    Raises OutputError.
    """
    with Reading(out) as manifest, errors_told(out):
        db = manifest.connection
        run = manifest.last_run() or {}
        return {
            "out": str(out),
            "running": _is_running(out),
            "last_run": {name: run.get(name) for name in ("started", "ended", "host", "process", "version")},
            "statuses": _pairs(db, f"SELECT status, count(*) FROM input WHERE {_HERE} GROUP BY status"),  # noqa: S608
            "gone": db.execute("SELECT count(*) FROM input WHERE gone_since IS NOT NULL").fetchone()[0],
            "archives": _pairs(db, "SELECT status, count(*) FROM input WHERE kind = 'archive' GROUP BY status"),
            "pages": db.execute("SELECT coalesce(sum(pages), 0) FROM input WHERE gone_since IS NULL").fetchone()[0],
            "errors": _pairs(
                db,
                "SELECT error, count(*) FROM input WHERE status = 'failed' AND gone_since IS NULL "
                "GROUP BY error ORDER BY 2 DESC, 1",
            ),
            "findings": [
                dict(row)
                for row in db.execute(
                    "SELECT f.severity, f.code, count(*) AS documents, sum(f.count) AS count FROM finding f "
                    "JOIN input i USING (key) WHERE i.gone_since IS NULL AND f.severity <> 'info' "
                    "GROUP BY f.severity, f.code ORDER BY f.severity, documents DESC, f.code"
                )
            ],
            "at_work": _rows(db, "status = 'running'", "name, started, attempts"),
            "failures": _rows(
                db, "status = 'failed' AND gone_since IS NULL", "name, error, reason, attempts", most_failures
            ),
        }


def report_text(summary: dict[str, Any]) -> str:
    """The same for people; a line each."""
    statuses: dict[str, int] = summary["statuses"]
    counts = ", ".join(f"{count} {status}" for status, count in statuses.items()) or "nothing yet"
    lines = [f"{summary['out']}: {sum(statuses.values())} inputs: {counts}."]
    if summary["gone"]:
        lines.append(f"{summary['gone']} inputs are gone; their results are kept.")
    for finding in summary["findings"]:
        documents = "document" if finding["documents"] == 1 else "documents"
        lines.append(f"{finding['severity']}: {finding['code']} in {finding['documents']} {documents}")
    for failure in summary["failures"][:SHOWN_FAILURES]:
        reason = failure["reason"] or failure["error"]
        lines.append(f"failed: {reason if failure['name'] in reason else failure['name'] + ': ' + reason}")
    more = sum(summary["errors"].values()) - SHOWN_FAILURES
    if more > 0:
        lines.append(f"… and {more} more failures (extract batch --status {summary['out']} --json).")
    return "\n".join(lines) + "\n"


def status_text(summary: dict[str, Any]) -> str:
    """The report with the last run and what is in work now."""
    run = summary["last_run"]
    if summary["running"]:
        state = f"At work since {run['started']} (process {run['process']} on {run['host']})."
    elif run["ended"]:
        state = f"Last run: {run['started']} to {run['ended']}, version {run['version']}."
    else:
        state = f"The run of {run['started']} was cut short; run it again to go on."
    at_work = [f"in work since {item['started']}: {item['name']}\n" for item in summary["at_work"]]
    return state + "\n" + report_text(summary) + "".join(at_work)


def _is_running(out: Path) -> bool:
    try:
        Lock(out).free()
    except OutputBusy:
        return True
    except sqlite3.Error:  # where nothing can be written no batch is at work
        pass
    return False


def _pairs(db: sqlite3.Connection, sql: str) -> dict[str, int]:
    return {str(name): int(count) for name, count in db.execute(sql)}


def _rows(db: sqlite3.Connection, rule: str, columns: str, most: int = -1) -> list[dict[str, Any]]:
    sql = f"SELECT {columns} FROM input WHERE {rule} ORDER BY key LIMIT ?"  # noqa: S608
    return [dict(row) for row in db.execute(sql, (most,))]
