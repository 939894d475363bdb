"""`extract check` and `extract diff`: exit codes, forms and updates, on files as users have them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newsletter_extract import extract
from newsletter_extract.export.json import to_json

TEXT = "Coast Guard News\n\n12 May 2021, Riga, Latvia: Customs officers seized 40 kg of cocaine in a container.\n"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsletter_extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def write_golden(document: Path, golden: Path) -> None:
    golden.write_text(to_json(extract(document)), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents with golden files, and JSON files that are none."""
    for name in ("a.txt", "b:1,2.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
        write_golden(tmp_path / name, tmp_path / f"{name}.json")
    (tmp_path / "package.json").write_text("{}", "utf-8")
    return tmp_path


def drift(folder: Path, name: str = "a.txt") -> None:
    (folder / name).write_text(TEXT.replace("40 kg", "45 kg"), "utf-8")


def test_the_same_is_0_and_drift_is_1_and_an_update_accepts_it(folder: Path) -> None:
    assert run("check", folder, "--jobs", 2).returncode == 0
    drift(folder)
    result = run("check", "--jobs", 1, folder)
    assert result.returncode == 1
    assert "quantities[0].value: 40 → 45" in result.stdout
    assert "2 documents: 1 the same, 1 drifted, 0 failed" in result.stdout
    update = run("check", "--jobs", 1, folder, "--update")
    assert (update.returncode, "40 → 45" in update.stdout) == (0, True)
    assert run("check", "--jobs", 1, folder).returncode == 0


def test_a_golden_file_in_a_folder_of_that_name_belongs_to_the_document_above(folder: Path) -> None:
    (folder / "golden").mkdir()
    (folder / "a.txt.json").rename(folder / "golden" / "a.txt.json")
    result = run("check", "--jobs", 1, folder / "golden")
    assert (result.returncode, result.stdout) == (0, "1 document: 1 the same, 0 drifted, 0 failed.\n")


def test_documents_without_a_golden_file_are_told_and_get_one(folder: Path) -> None:
    for name in ("new.txt", "notes.md", ".hidden.txt"):
        (folder / name).write_text(TEXT, "utf-8")
    (folder / "golden").mkdir()
    result = run("check", "--jobs", 1, folder)
    assert (result.returncode, result.stderr) == (
        0,
        f"extract: {folder / 'new.txt'} has no golden file; make one with --add, and read it.\n",
    )
    added = run("check", "--jobs", 1, folder, "--add")
    assert (added.returncode, "2 the same, 0 drifted, 0 failed, 1 new" in added.stdout) == (0, True)
    assert json.loads((folder / "golden" / "new.txt.json").read_text("utf-8"))["source"]["name"] == "new.txt"
    again = run("check", "--jobs", 1, folder)
    assert (again.returncode, again.stderr) == (0, "")


def test_adding_leaves_drift_as_it_is(folder: Path) -> None:
    drift(folder)
    (folder / "new.txt").write_text(TEXT, "utf-8")
    assert [run("check", "--jobs", 1, folder, *options).returncode for options in (["--add"], [])] == [1, 1]
    assert (folder / "new.txt.json").exists()


def test_a_document_that_went_away_is_told(folder: Path) -> None:
    (folder / "a.txt").unlink()
    result = run("check", "--jobs", 1, folder)
    assert result.returncode == 16
    assert "a.txt is gone" in result.stdout


def test_a_broken_golden_file_is_told(folder: Path) -> None:
    (folder / "a.txt.json").write_text('{"schema_version": "0.1"}', "utf-8")
    result = run("check", "--jobs", 1, folder)
    assert result.returncode == 16
    assert "is no extraction" in result.stdout


def test_a_document_beyond_a_limit_is_told_and_the_others_are_checked(folder: Path) -> None:
    (folder / "a.txt").write_text("from 1 to 2, 12 May 2021, EUR 1 million, 3 kg " * 100_000, "utf-8")
    result = run("check", "--timeout", 6, folder)
    assert result.returncode == 16
    assert "a.txt was not done after 6 seconds" in result.stdout
    assert "2 documents: 1 the same, 0 drifted, 1 failed." in result.stdout


@pytest.mark.parametrize("name", ["", "missing"])
def test_nothing_to_check_is_an_error(tmp_path: Path, name: str) -> None:
    assert run("check", tmp_path / name).returncode == 3


@pytest.mark.parametrize("options", [["--format", "xml"], ["--only", "people"], ["--confidence-step", "2"]])
def test_wrong_options(folder: Path, options: list[str]) -> None:
    assert run("check", "--jobs", 1, folder, *options).returncode == 2


def test_json_names_document_change_and_field(folder: Path) -> None:
    drift(folder)
    report = json.loads(run("check", "--jobs", 1, folder, "--format", "json").stdout)
    (document,) = [d for d in report["documents"] if d["status"] == "drift"]
    (found,) = [d for d in document["differences"] if d["field"] == "quantities[0].value"]
    assert (found["change"], found["kind"], found["before"], found["after"]) == ("changed", "seizure", 40, 45)


def test_junit_counts_failures(folder: Path) -> None:
    drift(folder)
    suite = ElementTree.fromstring(run("check", "--jobs", 1, folder, "--format", "junit").stdout)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    assert "40 → 45" in (suite.findtext("testcase/failure") or "")


def test_annotations_escape_what_would_end_them(folder: Path) -> None:
    drift(folder, "b:1,2.txt")
    lines = [
        line
        for line in run("check", "--jobs", 1, folder, "--format", "github").stdout.splitlines()
        if line.startswith("::")
    ]
    assert all("b%3A1%2C2.txt.json,title=" in line for line in lines)
    (seizure,) = [line for line in lines if "~ seizure" in line]
    assert seizure.count("%0A    quantities[0].") == 3


def test_runs_are_summed_up_by_fact_and_field(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for run_folder in (first, second):
        run_folder.mkdir()
        write_golden(folder / "a.txt", run_folder / "a.txt.json")
        drift(folder)
    result = run("diff", first, second)
    assert result.returncode == 1
    assert ["seizure.quantities.value", "changed", "1"] in [line.split() for line in result.stdout.splitlines()]
    assert run("diff", first, first).returncode == 0
    (second / "b.txt.json").write_text("{}", "utf-8")
    alone = run("diff", first, second)
    assert (alone.returncode, "only one of the runs" in alone.stdout) == (16, True)


def test_two_files_are_compared_with_details(folder: Path) -> None:
    drift(folder)
    write_golden(folder / "a.txt", folder / "today.json")
    result = run("diff", folder / "a.txt.json", folder / "today.json")
    assert (result.returncode, "40 → 45" in result.stdout) == (1, True)


def test_the_fixture_of_pytest_fails_on_drift_and_updates(folder: Path) -> None:
    test = folder / "test_own.py"
    test.write_text(f"def test_own(golden_extraction):\n    golden_extraction({str(folder / 'a.txt')!r})\n", "utf-8")

    def pytest_run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(test)]
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120, check=False)

    assert pytest_run().returncode == 0
    drift(folder)
    failed = pytest_run()
    assert (failed.returncode, "40 → 45" in failed.stdout) == (1, True)
    assert pytest_run("--update-golden").returncode == 0
    assert pytest_run().returncode == 0
