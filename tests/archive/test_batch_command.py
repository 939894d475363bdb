"""`extract batch` as people call it: summary, exit codes, log, status, interrupts and kills."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archives import bulletin, results, three_bulletins

from conftest import HEARING
from newsletter_extract.archive.observers import Sentences

COMMAND = (sys.executable, "-m", "newsletter_extract", "batch")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return three_bulletins(tmp_path)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Texts, a zip with some more, and copies of both."""
    archive = tmp_path / "archive"
    archive.mkdir()
    for number in range(60):
        (archive / f"{number:02}.txt").write_text(bulletin(number), "utf-8")
    with zipfile.ZipFile(archive / "10 more.zip", "w") as packed:
        for number in range(60, 90):
            packed.writestr(f"{number}.txt", bulletin(number))
    for number in (3, 70):
        (archive / f"copy of {number}.txt").write_text(bulletin(number), "utf-8")
    return archive


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


def test_where_room_runs_out_a_batch_stops_with_a_sentence_and_goes_on_later(mixed: Path, tmp_path: Path) -> None:
    command = [*COMMAND, str(mixed), "--out", str(tmp_path / "out"), "--quiet"]
    limited = ["prlimit", "--fsize=100000", *command]
    result = subprocess.run(limited, capture_output=True, text=True, timeout=300, check=False)
    assert (result.returncode, len(result.stderr.splitlines())) == (15, 1)
    assert "make room" in result.stderr
    last = run(mixed, "--out", tmp_path / "out")
    assert (last.returncode, "92 inputs: 90 done, 2 duplicate" in last.stderr) == (0, True)


def test_a_long_batch_without_a_terminal_tells_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    often, seldom = Sentences(every_s=0), Sentences()
    for watching in (often, seldom):
        watching.settled("a.pdf", "done", {"pages": 4})
        watching.settled("b.pdf", "failed", {"reason": "b.pdf is empty."})
        watching.tick(["archive/173.pdf"])
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "173.pdf" in line] == [lines[1]]
    assert "2 inputs, 4 pages, 1 failed" in lines[1]


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(archive: Path, tmp_path: Path, closed: str) -> None:
    command = f'exec "$@" {closed}'
    batch = [*COMMAND, str(archive), "--out", str(tmp_path / "out")]
    result = subprocess.run(["sh", "-c", command, "sh", *batch], check=False)
    assert result.returncode == 0
    assert len(results(tmp_path / "out")) == 3


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


def _wait_until(come: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 240
    while not come():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.005)


def _wait_for_results(out: Path, count: int) -> None:
    _wait_until(lambda: (out / "documents").is_dir() and len(results(out)) >= count)


def _kill(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL


def test_killed_at_ten_moments_a_batch_comes_to_the_same_end(mixed: Path, tmp_path: Path, start: Start) -> None:
    out, undisturbed = tmp_path / "out", tmp_path / "undisturbed"
    assert run(mixed, "--out", undisturbed).returncode == 0
    rng = random.Random(5)
    early = [
        lambda: True,
        out.is_dir,
        (out / "manifest.sqlite").is_file,
        lambda: any((out / ".work").glob("*")),  # a reading process has its folder
    ]
    stages = []
    for come in early:
        process = start(mixed, out)
        _wait_until(come)
        _kill(process)
        stages.append(len(results(out)))
    for count in sorted(rng.sample(range(1, 60), 10 - len(early))):
        process = start(mixed, out)
        _wait_for_results(out, count)
        _kill(process)
        stages.append(len(results(out)))
        for path in out.joinpath("documents").rglob("*.json"):
            json.loads(path.read_text("utf-8"))  # no half result is ever seen
    assert len(stages) == 10
    assert stages[0] == 0
    assert len(set(stages)) >= 6
    assert len(list((out / "documents/10 more.zip").iterdir())) > 0
    last = run(mixed, "--out", out)
    assert last.returncode == 0
    assert "92 inputs: 90 done, 2 duplicate" in last.stderr
    assert results(out) == results(undisturbed)
    assert sorted(path.name for path in out.iterdir()) == [".lock.sqlite", "documents", "manifest.sqlite"]


def test_a_killed_export_leaves_nothing_behind(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archive, "--out", out)
    export = [*COMMAND[:-1], "export", str(out), "--to", "csv"]
    process = subprocess.Popen(export, stderr=subprocess.DEVNULL)
    _wait_until(lambda: any(out.glob("export/.export-*")) or process.poll() is not None)
    process.kill()
    process.wait()
    assert subprocess.run(export, check=False, capture_output=True).returncode == 0
    assert [path.name for path in (out / "export").iterdir()] == ["csv"]
    assert len((out / "export/csv/documents.csv").read_text("utf-8").splitlines()) == 4


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
