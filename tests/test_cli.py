"""The command line: streams, exit codes and one sentence for bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import HEARING

TEXT = """Coast Guard Bulletin

12 May 2021, Riga, Latvia: Customs officers seized 40 kg of cocaine in a container. The drugs are worth EUR 2 million.
"""


def extract(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "newsletter_extract", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "bulletin.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_one_file_prints_one_json_document(bulletin: Path) -> None:
    result = extract(str(bulletin))
    facts = json.loads(result.stdout)
    assert result.returncode == 0
    assert result.stderr == b""
    assert facts["source"]["name"] == "bulletin.txt"
    assert [e["occurrences"][0]["dates"]["edtf"] for e in facts["events"]] == ["2021-05-12"]
    assert [(s["commodity"]["text"], s["quantities"][0]["value"]) for s in facts["seizures"]] == [("cocaine", 40)]
    assert facts["seizures"][0]["money"][0]["amount"] == 2_000_000


def test_the_same_bytes_give_the_same_bytes(bulletin: Path) -> None:
    assert extract(str(bulletin)).stdout == extract(str(bulletin)).stdout


def test_several_files_print_json_lines(bulletin: Path) -> None:
    lines = extract(str(bulletin), str(bulletin)).stdout.splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == ["bulletin.txt"] * 2


def test_standard_input() -> None:
    assert json.loads(extract("-", stdin=TEXT.encode()).stdout)["source"]["name"] == "stdin"


def test_out_is_written_in_one_step(bulletin: Path, tmp_path: Path) -> None:
    target = tmp_path / "facts.json"
    result = extract(str(bulletin), "--out", str(target))
    assert (result.returncode, result.stdout) == (0, b"")
    assert json.loads(target.read_text("utf-8"))["events"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bulletin.txt", "facts.json"]


def test_table_is_for_people(bulletin: Path) -> None:
    assert "cocaine" in extract(str(bulletin), "--format", "table").stdout.decode()


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("missing.pdf", None, 3, "no such file"),
        ("empty.pdf", b"", 5, "is empty"),
        ("garbage.bin", bytes(range(256)) * 8, 6, "neither PDF"),
        ("garbage.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8, 7, "damaged"),
        ("broken.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, 7, "damaged"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, name: str, content: bytes | None, code: int, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = extract(str(path))
    assert result.returncode == code
    assert result.stdout == b""
    assert words in result.stderr.decode()
    assert len(result.stderr.decode().strip().splitlines()) == 1


def test_directory(tmp_path: Path) -> None:
    assert extract(str(tmp_path)).returncode == 4


def test_one_bad_file_among_several_is_told(bulletin: Path, tmp_path: Path) -> None:
    result = extract(str(tmp_path / "missing"), str(bulletin))
    assert result.returncode == 16
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [(["--ocr", "perhaps"], 2, "--ocr"), (["--pages", "3-1"], 2, "--pages"), (["--format", "xml"], 2, "xml"),
     (["--repair", "much"], 2, "--repair")],
)  # fmt: skip
def test_wrong_options(bulletin: Path, arguments: list[str], code: int, words: str) -> None:
    result = extract(str(bulletin), *arguments)
    assert result.returncode == code
    assert words in result.stderr.decode()


def test_bad_config_names_the_key(bulletin: Path, tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text("[reading]\nocr = 'sometimes'\n", "utf-8")
    result = extract(str(bulletin), "--config", str(config))
    assert result.returncode == 14
    assert "reading.ocr" in result.stderr.decode()


def test_output_that_cannot_be_written(bulletin: Path, tmp_path: Path) -> None:
    assert extract(str(bulletin), "--out", str(tmp_path / "no" / "such" / "folder.json")).returncode == 15
    assert extract(str(bulletin), "--out", str(tmp_path)).returncode == 15


def test_a_pipe_as_output_is_written_and_stays(bulletin: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    assert extract(str(bulletin), "--out", str(pipe)).returncode == 0
    assert json.loads(reader.communicate(timeout=30)[0])["events"]
    assert pipe.is_fifo()


def test_a_pipe_closed_early_is_quiet(bulletin: Path) -> None:
    command = f"{sys.executable} -m newsletter_extract {bulletin} {bulletin} | head -c 10"
    result = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, timeout=120, check=False
    )
    assert b"Traceback" not in result.stderr


def opened_for_writing(fifo: Path) -> int:
    """A pipe's writing end, once the program has opened the other one and waits."""
    for _ in range(600):
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the program never opened its input")


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    fifo = tmp_path / "never"
    os.mkfifo(fifo)
    command = [*HEARING, sys.executable, "-m", "newsletter_extract", str(fifo)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    writer = opened_for_writing(fifo)
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=60)
    os.close(writer)
    assert process.returncode == 130
    assert b"Traceback" not in messages


@pytest.mark.skipif(sys.platform != "linux", reason="processes are seen in /proc")
@pytest.mark.parametrize("after", [0, 2])
def test_a_killed_program_leaves_no_process_and_no_folder(tmp_path: Path, after: float) -> None:
    path, temporary = tmp_path / "long.txt", tmp_path / "tmp"
    path.write_text(TEXT * 40_000, "utf-8")
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "newsletter_extract", str(path)],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (readers := children.read_text("ascii").split()):
        time.sleep(0.05)
    time.sleep(after)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 60
    while any(_runs(reader) for reader in readers):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert list(temporary.iterdir()) == []


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_version_and_schema() -> None:
    assert extract("--version").stdout.startswith(b"newsletter-extract ")
    committed = (Path(__file__).parents[1] / "schemas/extraction-1.0.json").read_bytes()
    assert extract("schema").stdout == committed


def test_doctor_names_the_engine() -> None:
    assert b"tesseract" in extract("doctor").stdout
