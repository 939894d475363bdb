"""The sample bulletins: golden output for the exact ones, gold annotations for all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsletter_extract import extract
from newsletter_extract.export.json import to_json
from newsletter_extract.schema import Extraction

SAMPLES = Path(__file__).parents[1] / "samples"
FORMS = ["gulf_of_riga_2021q3.pdf", "gold_coast_2020_03.scan.pdf", "andes_frontier_2019_10.ocr.txt"]


@pytest.fixture(scope="module", params=FORMS)
def sample(request: pytest.FixtureRequest) -> tuple[str, Extraction]:
    return request.param, extract(SAMPLES / request.param)


@pytest.mark.parametrize("name", [name for name in FORMS if "scan" not in name])
def test_output_equals_the_golden_json(name: str) -> None:
    golden = (SAMPLES / "golden" / f"{name}.json").read_text("utf-8")
    assert to_json(extract(SAMPLES / name)) == golden


def gold(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name.split('.', maxsplit=1)[0]}.gold.json").read_text("utf-8"))


def test_every_event_is_found_and_none_invented(sample: tuple[str, Extraction]) -> None:
    name, extraction = sample
    expected = [[(d["start"], d["end"]) for d in e["dates"]] for e in gold(name)["events"]]
    found = [[(str(o.dates.start), str(o.dates.end)) for o in e.occurrences if o.dates] for e in extraction.events]
    assert found == expected


def test_places_of_events_have_their_countries(sample: tuple[str, Extraction]) -> None:
    name, extraction = sample
    for expected, event in zip(gold(name)["events"], extraction.events, strict=True):
        found = {p.country for o in event.occurrences for p in o.places}
        assert found == {p["country"] for p in expected["places"]}


def test_seizures_are_those_of_the_gold(sample: tuple[str, Extraction]) -> None:
    name, extraction = sample
    expected = sorted((g["origin"], g["value"] or -1.0) for g in gold(name)["seizures"])
    found = sorted((s.origin, q.value or -1.0) for s in extraction.seizures for q in s.quantities or [None] if q) + [
        (s.origin, -1.0) for s in extraction.seizures if not s.quantities
    ]
    missing = [pair for pair in expected if pair not in found]
    assert not missing


def test_a_total_that_does_not_add_up_is_a_finding() -> None:
    extraction = extract(SAMPLES / "gold_coast_2020_03.scan.pdf")
    assert [t.total.model_dump() for t in extraction.tables if t.total] == [{"stated": 8, "computed": 7}]
    assert "table_total_mismatch" in {f.code for f in extraction.findings}


def test_every_fact_points_at_its_words(sample: tuple[str, Extraction]) -> None:
    _, extraction = sample
    texts = {block.id: block.text for page in extraction.text for block in page.blocks}
    for fact in (*extraction.dates, *extraction.places, *extraction.money, *extraction.organizations):
        assert fact.provenance is not None
        assert texts[fact.provenance.block][fact.provenance.start : fact.provenance.end] == fact.text


def test_same_seizure_in_sentence_and_table_is_linked() -> None:
    extraction = extract(SAMPLES / "gold_coast_2020_03.scan.pdf")
    linked = {s.commodity.text.casefold(): s.same_as for s in extraction.seizures if s.same_as}
    assert set(linked) == {"cannabis", "heroin", "ivory"} or set(linked) == {"cannabis", "heroin"}
