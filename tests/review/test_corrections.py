"""Corrections of a person, and what follows from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import SAMPLES
from newsletter_extract.cli import app
from newsletter_extract.errors import CorrectionsError
from newsletter_extract.review.consequences import settle
from newsletter_extract.review.corrections import Corrections, apply, digest, load_corrections
from newsletter_extract.schema import DateSpan, Extraction

EXTRACTION = Extraction.model_validate_json((SAMPLES / "golden/gulf_of_riga_2021q3.pdf.json").read_bytes())


def corrected(*entries: dict[str, Any], extraction: Extraction = EXTRACTION) -> Extraction:
    corrections = {
        "document": "x.pdf", "extraction_sha256": digest(extraction), "by": "A. Analyst", "corrections": entries
    }  # fmt: skip
    return apply(extraction, Corrections.model_validate(corrections))


def test_nothing_decided_changes_nothing_but_the_review() -> None:
    after = corrected()
    assert after.review is not None
    assert after.model_copy(update={"review": None}) == EXTRACTION


def test_a_rejected_seizure_goes_and_nothing_refers_to_it() -> None:
    gone = next(s for s in EXTRACTION.seizures if any(s.id in e.seizure_ids for e in EXTRACTION.events))
    after = corrected({"action": "reject", "fact": f"/seizures/{EXTRACTION.seizures.index(gone)}"})
    assert gone.id not in {s.id for s in after.seizures}
    assert not any(gone.id in e.seizure_ids for e in after.events)
    assert [(c.action, c.kind) for c in after.review.changes] == [("reject", "seizures")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changed", "precision", "edtf"),
    [
        ({"start": "2021-10-04", "end": "2021-10-07", "precision": "day"}, "day", "2021-10-04/2021-10-07"),
        ({"start": "2021-10-04", "end": "2021-10-04", "precision": "day"}, "day", "2021-10-04"),
        ({"start": "2021-10-01", "end": "2021-12-31", "precision": "month"}, "month", "2021-10/2021-12"),
        ({"start": "2021-10-01", "end": "2021-12-31", "precision": "quarter"}, "quarter", "2021-10/2021-12"),
        ({"start": "2020-02-01", "end": "2020-02-29", "precision": "month"}, "month", "2020-02"),
        ({"start": "2013-01-01", "end": None, "precision": "year"}, "year", "2013/.."),
        ({"start": None, "end": "2013-12-31", "precision": "year"}, "year", "../2013"),
        ({"start": "2021-10-04", "end": "2021-10-31", "precision": "month"}, "day", "2021-10-04/2021-10-31"),
        ({"start": "2021-11-01", "end": "2022-01-31", "precision": "quarter"}, "day", "2021-11-01/2022-01-31"),
        ({"start": "2021-10-01", "end": "2021-10-10", "precision": "day", "approximate": True}, "day",
         "2021-10-01~/2021-10-10~"),
    ],
)  # fmt: skip
def test_edtf_and_precision_follow_the_ends_of_a_date(changed: dict[str, Any], precision: str, edtf: str) -> None:
    entry = {"action": "edit", "fact": "/dates/0", "set": {f"/{k}": v for k, v in changed.items()}}
    after = corrected(entry).dates[0]
    assert (after.precision, after.edtf) == (precision, edtf)


@settings(deadline=None, max_examples=40)
@given(st.dates(), st.dates(), st.sampled_from(["day", "month", "quarter", "year"]), st.booleans())
def test_any_two_days_make_a_date_whose_edtf_is_valid(one: Any, other: Any, precision: str, approximate: bool) -> None:
    start, end = sorted((one, other))
    record = {
        "text": "x", "start": start.isoformat(), "end": end.isoformat(), "precision": precision,
        "approximate": approximate,
    }  # fmt: skip
    settle(record, None)
    DateSpan.model_validate(record)
    assert parse_edtf(record["edtf"])
    assert settle(dict(record), record) == []


def test_what_follows_from_an_edit_is_told() -> None:
    seizure = next(k for k, s in enumerate(EXTRACTION.seizures) if s.quantities and s.quantities[0].si)
    entry = {
        "action": "edit",
        "fact": f"/seizures/{seizure}",
        "set": {"/quantities/0/value": 2, "/quantities/0/unit": "t"},
    }
    after = corrected(entry)
    si = after.seizures[seizure].quantities[0].si
    assert si is not None
    assert (si.value, si.unit) == (2000, "kg")
    told = {c.field: c.note for c in after.review.changes}  # type: ignore[union-attr]
    assert told == {
        "/quantities/0/value": None,
        "/quantities/0/unit": None,
        "/quantities/0/si": "follows from the edit",
    }


def test_an_added_fact_gets_an_id_and_stands_in_reading_order() -> None:
    where = EXTRACTION.seizures[0].provenance
    assert where is not None
    value = {
        "origin": "narrative",
        "commodity": {"text": "amber", "category": "other"},
        "provenance": where.model_dump(),
    }
    after = corrected({"action": "add", "kind": "seizures", "value": value})
    added = next(s for s in after.seizures if s.commodity.text == "amber")
    assert added.id not in {s.id for s in EXTRACTION.seizures}
    assert after.seizures.index(added) < 2
    assert added.confidence == 1


def test_a_rejected_repair_is_undone_in_the_text_and_spans_move_along(noisy: Extraction) -> None:
    index, repair = next((k, r) for k, r in enumerate(noisy.repairs) if len(r.before) != len(r.after))
    after = corrected({"action": "reject", "fact": f"/repairs/{index}"}, extraction=noisy)
    texts = {b.id: b.text for p in after.text for b in p.blocks}
    where = repair.provenance
    assert texts[where.block][where.start :].startswith(repair.before)
    old = {b.id: b.text for p in noisy.text for b in p.blocks}
    for kind in ("dates", "places", "organizations", "money", "repairs"):
        kept = [r for r in getattr(noisy, kind) if r != repair]
        for was, now in zip(kept, getattr(after, kind), strict=True):
            a, b = was.provenance, now.provenance
            if not (a.block == where.block and a.start < where.end and where.start < a.end):
                assert texts[b.block][b.start : b.end] == old[a.block][a.start : a.end]


def test_a_second_review_keeps_what_the_first_told() -> None:
    once = corrected({"action": "reject", "fact": "/dates/1"})
    twice = corrected({"action": "accept", "fact": "/dates/0"}, extraction=once)
    assert twice.review is not None
    assert twice.review.earlier == once.review
    assert [c.action for c in twice.review.changes] == ["accept"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"action": "reject", "fact": "/seizures/999"}, "/seizures/999"),
        ({"action": "reject", "fact": "/text/0"}, "/text/0"),
        ({"action": "edit", "fact": "/dates/0", "set": {"/nowhere/0/x": 1}}, "/nowhere/0/x"),
        ({"action": "edit", "fact": "/events/0", "set": {"/occurrences/-1/online": True}}, "/occurrences/-1/online"),
        ({"action": "edit", "fact": "/dates/0", "set": {"/start": "2021-10-09", "/end": "2021-10-04"}}, "end"),
        ({"action": "edit", "fact": "/dates/0", "set": {"/start": None, "/end": None}}, "last day"),
        ({"action": "edit", "fact": "/dates/0", "set": {"/start": "4 October"}}, "2021-10-04"),
        ({"action": "edit", "fact": "/places/0", "set": {"/country": "QQ"}}, "ISO 3166-1"),
        ({"action": "add", "kind": "places", "value": {"text": "Riga"}}, "name"),
        ({"action": "add", "kind": "dates", "value": {"text": "x", "start": None, "end": None, "precision": "day"}},
         "last day"),
    ],
)  # fmt: skip
def test_corrections_that_cannot_be_are_refused_with_a_reason(entry: dict[str, Any], words: str) -> None:
    with pytest.raises(CorrectionsError, match=words):
        corrected(entry)


def test_corrections_of_another_extraction_are_refused() -> None:
    corrections = Corrections(document="x", extraction_sha256="0" * 64, corrections=[])
    with pytest.raises(CorrectionsError, match="another extraction"):
        apply(EXTRACTION, corrections)


@pytest.mark.parametrize("text", ["", "[]", '{"corrections_version": "2.0"}', json.dumps({"document": "x"})])
def test_a_file_that_is_none_is_told(text: str, tmp_path: Any) -> None:
    path = tmp_path / "corrections.json"
    path.write_text(text, "utf-8")
    with pytest.raises(CorrectionsError, match="no corrections file"):
        load_corrections(path)


def test_a_reviewed_extraction_is_a_golden_file(tmp_path: Path) -> None:
    """Accepted as it is, the check passes; where a person differs from the program, it tells of that alone."""
    document = tmp_path / "bulletin.txt"
    document.write_text("4-7 May 2023, Riga, Latvia: Customs seized 40 kg of cocaine in the port.\n", "utf-8")
    golden = tmp_path / "bulletin.txt.json"
    run("file", document, "--out", golden)
    extraction = Extraction.model_validate_json(golden.read_bytes())
    saved = tmp_path / "bulletin.txt.corrections.json"

    def save(*entries: dict[str, Any]) -> None:
        data = {"document": "bulletin.txt", "extraction_sha256": digest(extraction), "corrections": entries}
        saved.write_text(json.dumps(data), "utf-8")

    save({"action": "accept", "fact": "/seizures/0"})
    reviewed = tmp_path / "reviewed.json"
    run("apply", saved, golden, "--out", reviewed)
    assert Extraction.model_validate_json(reviewed.read_bytes()).review is not None
    save({"action": "edit", "fact": "/seizures/0", "set": {"/quantities/0/value": 45}, "note": "The page says 45."})
    edited = run("apply", saved, golden)
    golden.write_bytes(reviewed.read_bytes())
    run("check", golden)
    golden.write_text(edited, "utf-8")
    told = run("check", golden, code=1)
    assert "quantities[0].value: 45 → 40" in told
    assert told.count("~ ") == 1


def run(*arguments: Any, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    return result.stdout
