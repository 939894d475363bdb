"""What is found, what is left out and why: lists, folders of results, things named and things that grow."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from archives import bulletin, results, run_batch, three_bulletins

from newsletter_extract.archive.discovery import Discovery
from newsletter_extract.errors import UsageError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return three_bulletins(tmp_path)


def found(*inputs: Path | str, out: Path, lists: tuple[Path, ...] = (), resting_s: float = 0.0) -> dict[str, str]:
    """File names of what is found, with the reason why it is left out, if it is."""
    walk = Discovery([str(given) for given in inputs], [str(given) for given in lists], out, resting_s)
    return {
        Path(entry.name).name: "growing" if entry.is_growing else entry.skipped or (entry.failed or ("",))[0]
        for entry in walk.entries()
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
def test_lists_as_any_system_writes_them(archive: Path, tmp_path: Path, encoding: str, end: str) -> None:
    names = f"{archive}/a.txt{end}{archive}/né.txt{end}"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    (tmp_path / "list").write_bytes(mark + names.encode(encoding))
    assert found(out=tmp_path / "out", lists=(tmp_path / "list",)) == {"a.txt": "", "né.txt": "InputNotFound"}


def test_what_is_named_is_read_though_it_is_hidden(archive: Path, tmp_path: Path) -> None:
    hidden = archive / ".hidden.txt"
    hidden.write_text(bulletin(9), "utf-8")
    assert found(hidden, out=tmp_path / "out") == {".hidden.txt": ""}
    assert found(archive, out=tmp_path / "out")[".hidden.txt"] == "hidden"


def test_results_are_not_taken_for_documents(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(archive)
    first = run_batch(tmp_path / "link", out=archive / "out")
    assert len(results(first.out)) == 3
    again = run_batch(tmp_path / "link", out=archive / "out")
    assert again.read == []
    other = run_batch(archive, out=archive / "out2")
    assert len(results(other.out)) == 3
    assert other.rows[str(archive / "out")]["reason"] == "the results of a batch"
    shutil.copy(first.out / "documents/a.txt.json", archive / "a.txt.json")
    assert run_batch(archive, out=archive / "out2").statuses(archive)["a.txt.json"] == "skipped"


def test_an_archive_is_not_its_own_out(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(archive)
    with pytest.raises(UsageError, match="both input and OUT"):
        run_batch(archive, out=tmp_path / "link")
    assert sorted(path.name for path in archive.iterdir()) == ["2021", "a.txt", "b.txt"]


def test_files_that_grow_are_left_until_they_rest(archive: Path, tmp_path: Path) -> None:
    time.sleep(0.3)
    (archive / "b.txt").write_text("half of", "utf-8")
    assert found(archive, out=tmp_path / "out", resting_s=0.2) == {"a.txt": "", "b.txt": "growing", "c.txt": ""}
    time.sleep(0.3)
    assert found(archive, out=tmp_path / "out", resting_s=0.2)["b.txt"] == ""
    ahead = time.time() + 3600  # as a server's clock may be
    os.utime(archive / "b.txt", (ahead, ahead))
    assert found(archive, out=tmp_path / "out", resting_s=0.2)["b.txt"] == ""


def test_a_document_that_grows_keeps_its_record_meanwhile(archive: Path, tmp_path: Path) -> None:
    run_batch(archive, out=tmp_path / "out")
    (archive / "b.txt").write_text("half of", "utf-8")
    run = run_batch(archive, out=tmp_path / "out", resting_s=60)
    assert (run.read, run.statuses(archive)["b.txt"]) == ([], "done")
    assert run_batch(archive, out=tmp_path / "out").read == ["b.txt done"]


def test_what_went_away_is_marked_also_where_it_was_found_by_another_name(archive: Path, tmp_path: Path) -> None:
    run_batch(archive, archive / "2021", archive / "b.txt", out=tmp_path / "out")
    listed = tmp_path / "list"
    listed.write_text(f"{archive}/a.txt\n{archive}/.seen.txt\n", "utf-8")
    (archive / ".seen.txt").write_text(bulletin(9), "utf-8")
    run_batch(out=tmp_path / "out", lists=(str(listed),))
    (archive / "a.txt").unlink()
    assert run_batch(archive, out=tmp_path / "out").statuses(archive) == {
        "2021/c.txt": "done", "a.txt": "(done)", "b.txt": "done", ".seen.txt": "skipped"
    }  # fmt: skip
