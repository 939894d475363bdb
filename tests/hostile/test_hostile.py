"""No file crashes, hangs, grows or gets out; each ends with a status and a sentence, and tells nothing false."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from make_files import all_files
from pdf_files import repeated

from newsletter_extract.archive.batch import Batch, Plan
from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.observers import Several
from newsletter_extract.archive.pool import Pool, read_one
from newsletter_extract.archive.readers import Task
from newsletter_extract.settings import Settings

LIMITS = Limits(timeout_s=15, memory_mb=1000)
SHORTER = 0.02
"""Long texts at full length take minutes; `make hostile` reads those."""


class Archive:
    """The hostile files, and what a batch made of them."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.out = out
        self.expected: dict[str, str] = {}
        for name, content, outcome in all_files(SHORTER):
            (folder / name).write_bytes(content)
            self.expected[name] = outcome
        work = Batch(Plan((str(folder),), (), out, Settings(), LIMITS, jobs=2), Several())
        try:
            work.one_pass()
        finally:
            work.close()
        with sqlite3.connect(out / "manifest.sqlite") as db:
            db.row_factory = sqlite3.Row
            self.rows: dict[str, dict[str, Any]] = {
                os.fsdecode(row["key"].removeprefix(os.fsencode(folder) + b"/")): dict(row)
                for row in db.execute("SELECT * FROM input")
            }
        db.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("hostile") / "files"
    folder.mkdir()
    return Archive(folder, folder.parent / "out")


def test_there_are_many_and_each_has_a_status(archive: Archive) -> None:
    assert len(archive.expected) >= 150
    assert set(archive.expected) <= set(archive.rows)
    assert {row["status"] for row in archive.rows.values()} <= {"done", "failed", "skipped", "duplicate"}


def test_each_comes_to_the_end_that_it_should(archive: Archive) -> None:
    ends = {"reads": {"done"}, "fails": {"failed", "skipped"}, "ends": {"done", "failed", "skipped", "duplicate"}}
    wrong = {
        name: (outcome, archive.rows[name]["status"], archive.rows[name]["reason"])
        for name, outcome in archive.expected.items()
        if archive.rows[name]["status"] not in ends[outcome]
    }
    assert wrong == {}


def test_each_that_was_not_read_says_why_and_none_is_a_defect(archive: Archive) -> None:
    unread = {name: row["reason"] for name, row in archive.rows.items() if row["status"] in {"failed", "skipped"}}
    assert [name for name, reason in unread.items() if not reason] == []
    assert [reason for reason in unread.values() if "defect" in reason] == []


def test_nothing_is_told_that_is_not_in_the_file(archive: Archive) -> None:
    """What damage leaves is the one true seizure, or none, or a finding tells of the damage."""
    checked = 0
    for name, row in archive.rows.items():
        if row["status"] != "done" or not row["output"]:
            continue
        facts = json.loads((archive.out / row["output"]).read_text("utf-8"))
        told = {(q["value"], q["unit"]) for s in facts["seizures"] for q in s["quantities"]}
        warned = any(f["severity"] != "info" for f in facts["findings"])
        assert told <= {(40, "kg")} or warned, name
        if archive.expected.get(name) == "reads":
            assert told == {(40, "kg")}, name
        assert facts["findings"] or any(page["blocks"] for page in facts["text"]), f"{name} is empty and says nothing"
        checked += 1
    assert checked > 140


@pytest.mark.parametrize("name", ["cp1251.txt", "cp1253.txt", "shift_jis.txt"])
def test_letters_that_were_guessed_are_told(archive: Archive, name: str) -> None:
    facts = json.loads((archive.out / archive.rows[name]["output"]).read_text("utf-8"))
    assert "encoding_guessed" in {finding["code"] for finding in facts["findings"]}


def test_nothing_gets_out_of_the_folder(archive: Archive) -> None:
    beside = {path.name for path in archive.out.parent.iterdir()}
    assert beside == {"files", "out"}
    assert {path.name for path in archive.out.iterdir()} == {".lock.sqlite", "documents", "manifest.sqlite"}
    assert not Path("pwned").exists()
    assert not Path("/tmp/slip.txt").exists()
    slipped = [row["output"] for name, row in archive.rows.items() if "slip.txt" in name and row["status"] == "done"]
    assert len(slipped) == 14
    assert all((archive.out / output).is_file() for output in slipped)


def test_no_process_grew_or_hung(archive: Archive) -> None:
    assert max(row["seconds"] or 0 for row in archive.rows.values()) < 60
    unit = 1 if sys.platform == "darwin" else 1024
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit < 1_500_000_000


def test_a_page_that_is_repeated_earns_no_time() -> None:
    pool = Pool({"settings": Settings().model_dump_json()}, Limits(timeout_s=2), jobs=1)
    try:
        outcome = read_one(pool, Task("repeated.pdf", data=repeated(6000)))
    finally:
        pool.close()
    assert (outcome.failed, "not done after 2 seconds" in outcome.reason) == ("LimitExceeded", True)
