"""`extract batch` as people call it: summary, exit codes, log, status, interrupts and kills."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archives import bulletin, results, three_bulletins

from conftest import HEARING

COMMAND = (sys.executable, "-m", "newsletter_extract", "batch")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return three_bulletins(tmp_path)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False)


def test_summary_log_status_and_exit_codes(archive: Path, tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log.jsonl"
    first = run(archive, "--out", out, "--log", log)
    assert (first.returncode, first.stdout) == (0, "")
    assert "3 inputs: 3 done" in first.stderr
    (archive / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    second = run(archive, "--out", out, "--log", log)
    assert second.returncode == 16
    assert f"{archive}/bad.pdf" in second.stderr
    assert "damaged" in second.stderr
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [e["status"] for e in events if e["event"] == "settled"] == ["done", "done", "done", "failed"]
    assert [e["statuses"] for e in events if e["event"] == "summary"][-1] == {"done": 3, "failed": 1}
    status = run("--status", out)
    assert status.returncode == 0
    assert "4 inputs: 3 done, 1 failed" in status.stdout
    assert json.loads(run("--status", out, "--json").stdout)["failures"][0]["error"] == "BrokenInput"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "--out OUT"),
        (["nowhere", "--out", "out"], 3, "nothing is there"),
        (["--status", "nowhere"], 15, "manifest.sqlite"),
        ([".", "--out", "out", "--repair", "much"], 2, "--repair"),
    ],
)
def test_wrong_calls_are_one_sentence(arguments: list[str], code: int, words: str, tmp_path: Path) -> None:
    result = subprocess.run([*COMMAND, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == code
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_export_takes_each_content_once_and_leaves_out_what_is_gone(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (archive / "z.txt").write_text(bulletin(1), "utf-8")
    run(archive, "--out", out)
    for name in ("a.txt", "b.txt"):
        (archive / name).unlink()
    run(archive, "--out", out)
    result = subprocess.run(
        [*COMMAND[:-1], "export", str(out), "--to", "csv"], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "")
    lines = (out / "export/csv/documents.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["c.txt", "a.txt"]  # a.txt is there as z.txt still


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a batch that the test stops; what a failing test leaves is killed."""
    started: list[subprocess.Popen[str]] = []

    def start_batch(archive: Path, out: Path, *more: str) -> subprocess.Popen[str]:
        command = [*HEARING, *COMMAND, str(archive), "--out", str(out), "--jobs", "2", *more]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True))
        return started[-1]

    yield start_batch
    for process in started:
        process.kill()
        process.wait()


def _wait_for_results(out: Path, count: int) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if (out / "documents").is_dir() and len(results(out)) >= count:
            return
        time.sleep(0.02)
    raise AssertionError(f"no {count} results came")


def test_killed_at_any_moment_a_batch_comes_to_the_same_end(tmp_path: Path, start: Start) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for number in range(60):
        (archive / f"{number:02}.txt").write_text(bulletin(number), "utf-8")
    undisturbed = run(archive, "--out", tmp_path / "undisturbed")
    assert undisturbed.returncode == 0
    moments = random.Random(5)
    for kill in range(4):
        process = start(archive, out)
        _wait_for_results(out, 12 * kill + moments.randrange(1, 10))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=120)
        for path in out.joinpath("documents").rglob("*"):
            json.loads(path.read_text("utf-8"))  # no half result is ever seen
    last = run(archive, "--out", out)
    assert last.returncode == 0
    assert "60 inputs: 60 done" in last.stderr
    assert results(out) == results(tmp_path / "undisturbed")
    assert sorted(path.name for path in out.iterdir()) == [".lock.sqlite", "documents", "manifest.sqlite"]


def test_an_interrupt_ends_in_order_and_the_next_run_goes_on(tmp_path: Path, start: Start) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for number in range(60):
        (archive / f"{number:02}.txt").write_text(bulletin(number), "utf-8")
    process = start(archive, out)
    _wait_for_results(out, 3)
    process.send_signal(signal.SIGTERM)
    _, messages = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in messages
    assert not (out / ".work").exists()
    assert "60 done" in run(archive, "--out", out).stderr


def test_a_watched_folder_is_read_as_files_arrive_and_each_once(tmp_path: Path, start: Start) -> None:
    archive, out, log = tmp_path / "archive", tmp_path / "out", tmp_path / "log"
    archive.mkdir()
    (archive / "a.txt").write_text(bulletin(1), "utf-8")
    process = start(archive, out, "--watch", "--interval", "0.2", "--log", str(log))
    _wait_for_results(out, 1)
    (archive / "b.txt").write_text(bulletin(2), "utf-8")
    _wait_for_results(out, 2)
    time.sleep(1)  # some more looks, in which nothing may be read again
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode == 130
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert sorted(Path(e["input"]).name for e in events if e["event"] == "began") == ["a.txt", "b.txt"]
