"""A batch on a dask cluster of two worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import bulletin, results, run_batch

from newsletter_extract.errors import UsageError

DOCUMENTS = 60


@pytest.fixture
def cluster() -> Iterator[str]:
    """Address of a scheduler with two worker processes of one thread each, all on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as local:
        yield local.scheduler_address


def _processes(address: str) -> list[int]:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_a_lost_worker_loses_no_document(cluster: str, tmp_path: Path) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for number in range(DOCUMENTS):
        (archive / f"{number:02}.txt").write_text(bulletin(number), "utf-8")
    (archive / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    process = subprocess.Popen(
        [sys.executable, "-m", "newsletter_extract", "batch", str(archive), "--out", str(out), "--scheduler", cluster],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 240
    while not (out / "documents").is_dir() or len(results(out)) < 5:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(_processes(cluster)[0], signal.SIGKILL)
    _, messages = process.communicate(timeout=300)
    assert process.returncode == 16, messages
    with sqlite3.connect(out / "manifest.sqlite") as db:
        statuses = dict(db.execute("SELECT status, count(*) FROM input GROUP BY status").fetchall())
    db.close()
    assert statuses == {"done": DOCUMENTS, "failed": 1}
    assert results(out) == results(run_batch(archive, out=tmp_path / "here").out)


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter_extract.archive.distributed._CONNECT_S", 1)
    (tmp_path / "a.txt").write_text(bulletin(1), "utf-8")
    with pytest.raises(UsageError, match="no scheduler answers"):
        run_batch(tmp_path / "a.txt", out=tmp_path / "out", scheduler="tcp://127.0.0.1:9")
