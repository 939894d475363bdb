"""No network at run time: with all sockets broken every command that reads works as always."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
BROKEN = """
import socket


def refuse(*_, **__):
    raise SystemExit("a socket was opened")


socket.socket.__init__ = refuse
socket.getaddrinfo = refuse
"""


def run(*arguments: object, without_network_by: Path) -> subprocess.CompletedProcess[str]:
    (without_network_by / "sitecustomize.py").write_text(BROKEN, "utf-8")
    command = [sys.executable, *map(str, arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(without_network_by)}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=False)


def test_the_sockets_of_this_test_are_broken(tmp_path: Path) -> None:
    result = run("-c", "import socket; socket.create_connection(('127.0.0.1', 9))", without_network_by=tmp_path)
    assert "a socket was opened" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        (SAMPLES / "gold_coast_2020_03.scan.pdf",),
        (SAMPLES / "gulf_of_riga_2021q3.pdf", "--format", "table"),
        ("batch", SAMPLES / "own_agency", "--out", "{}/out", "--quiet"),
        ("review", SAMPLES / "gulf_of_riga_2021q3.pdf", "--out", "{}/review"),
        ("check", SAMPLES / "golden", "--only", "event"),
        ("doctor",),
    ],
)
def test_commands_need_no_network(command: tuple[object, ...], tmp_path: Path) -> None:
    filled = [str(part).replace("{}", str(tmp_path)) for part in command]
    result = run("-m", "newsletter_extract", *filled, without_network_by=tmp_path)
    assert (result.returncode, "socket" in result.stderr) == (0, False), result.stderr
