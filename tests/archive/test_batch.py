"""A batch reads what is new or changed, records everything, and leaves nothing half done."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from archives import Run, bulletin, results, run_batch, three_bulletins
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from newsletter_extract.archive.limits import Limits
from newsletter_extract.archive.manifest import Manifest
from newsletter_extract.archive.report import report
from newsletter_extract.errors import InputNotFound, OutputBusy, OutputError
from newsletter_extract.settings import ReadingSettings, RepairSettings, Settings

Batches = Callable[..., Run]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return three_bulletins(tmp_path)


@pytest.fixture
def batch(tmp_path: Path) -> Batches:
    """Runs a batch over inputs, by default into the folder `out`."""
    return partial(run_batch, out=tmp_path / "out")


def test_every_document_has_its_result_and_its_record(archive: Path, batch: Batches) -> None:
    run = batch(archive)
    assert run.statuses(archive) == {"2021/c.txt": "done", "a.txt": "done", "b.txt": "done"}
    assert list(results(run.out)) == ["2021/c.txt.json", "a.txt.json", "b.txt.json"]
    facts = json.loads((run.out / "documents/2021/c.txt.json").read_text("utf-8"))
    assert facts["source"]["name"] == "c.txt"
    assert [s["quantities"][0]["value"] for s in facts["seizures"]] == [5]
    row = run.rows[f"{archive}/a.txt"]
    assert (row["attempts"], row["media_type"], row["seizures"], row["error"]) == (1, "text/plain", 1, None)
    assert sorted(path.name for path in run.out.iterdir()) == [".lock.sqlite", "documents", "manifest.sqlite"]


def test_a_second_run_reads_only_what_is_new_or_changed(archive: Path, batch: Batches) -> None:
    batch(archive)
    assert batch(archive).read == []
    (archive / "a.txt").write_text(bulletin(7), "utf-8")
    (archive / "d.txt").write_text(bulletin(8), "utf-8")
    run = batch(archive)
    assert run.read == ["a.txt done", "d.txt done"]
    assert '"seized 9 kg' in json.dumps((run.out / "documents/a.txt.json").read_text("utf-8")).replace(
        "seized", '"seized'
    )


def test_other_settings_read_all_again_and_jobs_do_not(archive: Path, batch: Batches) -> None:
    batch(archive)
    assert batch(archive, jobs=2).read == []
    assert len(batch(archive, settings=Settings(repair=RepairSettings(level="off"))).read) == 3


def test_the_result_does_not_depend_on_the_number_of_workers(archive: Path, batch: Batches, tmp_path: Path) -> None:
    one = results(batch(archive, out=tmp_path / "one").out)
    assert results(batch(archive, out=tmp_path / "three", jobs=3).out) == one


def test_a_result_that_was_deleted_is_made_again(archive: Path, batch: Batches) -> None:
    run = batch(archive)
    before = results(run.out)
    (run.out / "documents/a.txt.json").unlink()
    assert batch(archive).read == ["a.txt done"]
    assert results(run.out) == before


def test_failures_are_told_once_and_read_again_when_asked(archive: Path, batch: Batches) -> None:
    (archive / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    run = batch(archive)
    row = run.rows[f"{archive}/bad.pdf"]
    assert (row["status"], row["error"]) == ("failed", "BrokenInput")
    assert "damaged" in row["reason"]
    assert batch(archive).read == []
    assert batch(archive, retry_failed=True).read == ["bad.pdf failed"]
    assert run.statuses(archive)["a.txt"] == "done"


def test_a_document_that_breaks_takes_its_old_result_away(archive: Path, batch: Batches) -> None:
    run = batch(archive)
    (archive / "a.txt").write_bytes(b"%PDF-1.7\nnothing")
    assert batch(archive).read == ["a.txt failed"]
    assert "a.txt.json" not in results(run.out)


def test_inputs_that_went_away_are_marked_and_keep_their_results(archive: Path, batch: Batches) -> None:
    batch(archive)
    (archive / "b.txt").unlink()
    run = batch(archive)
    assert run.statuses(archive)["b.txt"] == "(done)"
    assert "b.txt.json" in results(run.out)
    (archive / "b.txt").write_text(bulletin(2), "utf-8")
    run = batch(archive)
    assert (run.statuses(archive)["b.txt"], run.read) == ("done", [])


def test_another_folder_into_the_same_out_marks_nothing_gone(archive: Path, batch: Batches, tmp_path: Path) -> None:
    batch(archive)
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(bulletin(20), "utf-8")
    run = batch(other)
    assert run.statuses(archive)["b.txt"] == "done"
    assert len(results(run.out)) == 4  # the second a.txt has a name of its own


def test_the_same_bytes_are_read_once(archive: Path, batch: Batches) -> None:
    shutil.copy(archive / "a.txt", archive / "z.txt")
    run = batch(archive)
    assert run.statuses(archive)["z.txt"] == "duplicate"
    assert run.rows[f"{archive}/z.txt"]["same_as"] == f"{archive}/a.txt"
    assert batch(archive).read == []


def test_copies_of_what_failed_and_went_away_are_read_themselves(archive: Path, batch: Batches) -> None:
    for name in ("bad.pdf", "worse.pdf"):
        (archive / name).write_bytes(b"%PDF-1.7\nnothing")
    run = batch(archive)
    assert (run.statuses(archive)["bad.pdf"], run.statuses(archive)["worse.pdf"]) == ("failed", "duplicate")
    (archive / "bad.pdf").unlink()
    assert batch(archive).statuses(archive)["worse.pdf"] == "failed"


def test_what_is_as_before_is_told_as_unchanged(archive: Path, batch: Batches) -> None:
    shutil.copy(archive / "a.txt", archive / "z.txt")
    (archive / ".hidden").write_text("hidden")
    assert sorted(status for _, status in batch(archive).events) == ["done", "done", "done", "duplicate", "skipped"]
    assert [status for _, status in batch(archive).events] == ["unchanged"] * 5


def test_locked_documents_are_read_again_when_a_password_comes(archive: Path, batch: Batches) -> None:
    page = BytesIO()
    canvas = Canvas(page, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(50, 700, bulletin(4).splitlines()[2])
    canvas.save()
    (archive / "locked.pdf").write_bytes(page.getvalue())
    assert batch(archive).rows[f"{archive}/locked.pdf"]["error"] == "PasswordNeeded"
    assert batch(archive).read == []
    run = batch(archive, settings=Settings(reading=ReadingSettings(password="secret")))
    assert run.read == ["locked.pdf done"]
    assert b"secret" not in (run.out / "manifest.sqlite").read_bytes()


def test_a_new_version_reads_all_again(archive: Path, batch: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    batch(archive)
    monkeypatch.setattr("newsletter_extract.archive.ledger.__version__", "99.0.0")
    run = batch(archive)
    assert run.read == ["a.txt done", "b.txt done", "c.txt done"]
    assert {row["version"] for row in run.rows.values()} == {"99.0.0"}


def test_a_damaged_manifest_is_told(archive: Path, batch: Batches) -> None:
    run = batch(archive)
    (run.out / "manifest.sqlite").write_bytes(b"no database" * 999)
    with pytest.raises(OutputError, match="not a database"):
        batch(archive)
    with pytest.raises(OutputError, match="not a database"):
        report(run.out)


def test_a_second_batch_on_one_out_is_refused(archive: Path, batch: Batches, tmp_path: Path) -> None:
    batch(archive)
    held = Manifest(tmp_path / "out")
    try:
        with pytest.raises(OutputBusy, match="is at work on"):
            batch(archive)
    finally:
        held.close()
    assert batch(archive).read == []


def test_an_input_that_is_not_there_stops_the_batch_at_once(batch: Batches, tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        batch(tmp_path / "nowhere")


def test_archives_are_unpacked_and_their_paths_stay_in_out(archive: Path, batch: Batches, tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("deep.txt", bulletin(30))
    with zipfile.ZipFile(archive / "more.zip", "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice
        file.writestr("../../../evil.txt", bulletin(31))
        file.writestr("/absolute.txt", bulletin(32))
        file.write(inner, "inner.zip")
        file.writestr("a.txt", bulletin(1))
        file.writestr("a.txt", bulletin(33))
    with tarfile.open(archive / "more.tar.gz", "w:gz") as file:
        file.add(archive / "2021" / "c.txt", "c.txt")
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
    run = batch(archive)
    assert run.statuses(archive) == {
        "2021/c.txt": "done", "a.txt": "done", "b.txt": "done",
        "more.tar.gz/c.txt": "duplicate", "more.tar.gz/link.txt": "skipped",
        "more.zip/../../../evil.txt": "done", "more.zip//absolute.txt": "done", "more.zip/a.txt": "done",
        "more.zip/inner.zip/deep.txt": "done",
    }  # fmt: skip
    assert set(results(run.out)) >= {"more.zip/.%2E/.%2E/.%2E/evil.txt.json", "more.zip/inner.zip/deep.txt.json"}
    assert not list(tmp_path.glob("evil*"))
    again = batch(archive)
    assert again.read == []
    assert again.statuses(archive) == run.statuses(archive)
    assert batch(archive, settings=Settings(repair=RepairSettings(level="off"))).statuses(archive) == run.statuses(
        archive
    )


def test_odd_names_and_things_that_are_no_files(archive: Path, batch: Batches) -> None:
    folder = os.fsencode(archive)
    names = [
        b"-dash.txt",
        b"sp ace.txt",
        b"new\nline.txt",
        b"not utf8 \xff.txt",
        b"x" * 250,
        b"per%cent",
        b"b.txt.json",
    ]
    for number, name in enumerate(names, 40):
        Path(os.fsdecode(folder + b"/" + name)).write_text(bulletin(number), "utf-8")
    os.mkfifo(archive / "pipe")
    (archive / "2021" / "loop").symlink_to("..")
    (archive / "nowhere").symlink_to("nothing")
    (archive / ".hidden").write_text("hidden")
    (archive / "data.bin").write_bytes(bytes(range(256)))
    run = batch(archive)
    statuses = run.statuses(archive)
    assert {name for name, status in statuses.items() if status != "done"} == {
        ".hidden", "2021/loop", "data.bin", "nowhere", "pipe"
    }  # fmt: skip
    assert all(run.rows[f"{archive}/{name}"]["reason"] for name, status in statuses.items() if status == "skipped")
    assert len(results(run.out)) == 10
    assert "not utf8 %FF.txt.json" in results(run.out)
    facts = json.loads((run.out / "documents" / "not utf8 %FF.txt.json").read_text("utf-8"))
    assert facts["source"]["name"] == "not utf8 \\xff.txt"


def test_patterns_and_lists(archive: Path, batch: Batches, tmp_path: Path) -> None:
    listing = tmp_path / "list"
    listing.write_bytes(os.fsencode(archive / "b.txt") + b"\0" + os.fsencode(tmp_path / "missing.txt"))
    run = batch(f"{archive}/**/c.*", lists=(str(listing),))
    assert run.statuses(tmp_path) == {"archive/2021/c.txt": "done", "archive/b.txt": "done", "missing.txt": "failed"}


def test_a_document_over_its_limits_fails_alone(archive: Path, batch: Batches) -> None:
    (archive / "long.txt").write_text("\n".join(bulletin(n) for n in range(20_000)), "utf-8")
    run = batch(archive, limits=Limits(timeout_s=1.0))
    assert run.statuses(archive)["a.txt"] == "done"
    row = run.rows[f"{archive}/long.txt"]
    assert (row["status"], row["error"]) == ("failed", "LimitExceeded")
    assert "1 seconds" in row["reason"]


def test_out_inside_the_archive_is_not_read(archive: Path, batch: Batches) -> None:
    batch(archive, out=archive / "out")
    assert batch(archive, out=archive / "out").statuses(archive) == dict.fromkeys(
        ("2021/c.txt", "a.txt", "b.txt"), "done"
    )
