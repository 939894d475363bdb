"""Two extractions compared by fact: what counts as a change, and what does not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from conftest import ROOT
from newsletter_extract import extract
from newsletter_extract.golden.compare import Tolerance, compare
from newsletter_extract.golden.report import excerpts, told
from newsletter_extract.golden.runs import sum_up
from newsletter_extract.schema import Extraction

GOLDEN = Extraction.model_validate_json(
    (ROOT / "samples/golden/gulf_of_riga_2021q3.pdf.json").read_text("utf-8")
).model_dump(mode="json")

BEFORE = """Border Watch

12 May 2021, Riga, Latvia: Customs officers seized 40 kg of cocaine in a container.

14 May 2021, Tallinn, Estonia: Officers of both countries met and agreed on a plan for the summer.
"""
Edit = Callable[[dict[str, Any]], None]


def changed(edit: Edit) -> Extraction:
    data = copy.deepcopy(GOLDEN)
    edit(data)
    return Extraction.model_validate(data)


def changes(edit: Edit, tolerance: Tolerance | None = None) -> list[tuple[str, str, str | None]]:
    found = compare(Extraction.model_validate(GOLDEN), changed(edit), tolerance)
    return [(d.change, d.kind, d.field) for d in found]


def test_an_extraction_equals_itself() -> None:
    assert changes(lambda _: None) == []


def _rename(data: dict[str, Any]) -> None:
    data["events"][0]["kind"] = "visit"


def _other_place(data: dict[str, Any]) -> None:
    data["events"][0]["occurrences"][0]["places"][0]["country"] = "EE"


def _lose_money(data: dict[str, Any]) -> None:
    del data["money"][0]


def _add_finding(data: dict[str, Any]) -> None:
    data["findings"].append({"code": "date_ambiguous", "severity": "warning", "message": "Which?", "provenance": None})


def _move(data: dict[str, Any]) -> None:
    data["dates"][0]["provenance"]["bbox"][0] += 3


def _nudge(data: dict[str, Any]) -> None:
    data["dates"][0]["provenance"]["bbox"][0] += 0.2


def _less_sure(data: dict[str, Any]) -> None:
    data["dates"][0]["confidence"] -= 0.04


def _swap_places(data: dict[str, Any]) -> None:
    data["places"].insert(0, data["places"].pop(4))


def _other_cell(data: dict[str, Any]) -> None:
    data["tables"][0]["rows"][1][1] += "9"


def _other_program(data: dict[str, Any]) -> None:
    data["generator"]["version"] = "99.0"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (_rename, [("changed", "event", "kind")]),
        (_other_place, [("changed", "event", "occurrences[0].places[0].country")]),
        (_lose_money, [("lost", "money", None)]),
        (_add_finding, [("added", "finding", None)]),
        (_move, [("moved", "date", "bbox")]),
        (_nudge, []),
        (_less_sure, [("changed", "date", "confidence")]),
        (_swap_places, [("moved", "place", "order")]),
        (_other_program, []),
    ],
)
def test_each_change_is_told_once_and_by_its_field(edit: Edit, expected: list[tuple[str, str, str | None]]) -> None:
    assert changes(edit) == expected


def test_a_cell_of_a_table_is_told_by_its_row_and_head() -> None:
    (found,) = changes(_other_cell)
    assert found[:2] == ("changed", "row")
    assert found[2] == GOLDEN["tables"][0]["columns"][1]


@pytest.mark.parametrize(
    ("edit", "tolerance"),
    [
        (_less_sure, Tolerance(confidence_step=0.05)),
        (_move, Tolerance(geometry=False)),
        (_swap_places, Tolerance(geometry=False)),
        (_move, Tolerance(geometry_pt=5.0)),
        (_rename, Tolerance(kinds=frozenset({"date", "place"}))),
    ],
)
def test_what_is_tolerated_is_no_drift(edit: Edit, tolerance: Tolerance) -> None:
    assert changes(edit, tolerance) == []


def test_one_more_event_renames_no_other() -> None:
    extra = "13 May 2021, Liepaja, Latvia: The coast guard found 12 kg of heroin on a ferry.\n\n"
    after = BEFORE.replace("14 May", extra + "14 May")
    differences = compare(extract(BEFORE.encode()), extract(after.encode()), Tolerance(geometry=False))
    told_of = {(d.change, d.kind) for d in differences if d.kind not in {"source", "finding"}}
    assert {change for change, _ in told_of} == {"added"}
    assert {("added", "event"), ("added", "seizure"), ("added", "date")} <= told_of


def test_lines_for_people_name_the_fact_once() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["events"][0].update(kind="visit", heading=data["events"][0]["heading"])
        data["events"][0]["body"] = data["events"][0]["body"].replace("workshop", "work-shop", 1)

    lines = told(compare(Extraction.model_validate(GOLDEN), changed(edit)))
    assert sum(line.startswith("~ event") for line in lines) == 1
    assert any("work-shop" in line for line in lines)


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["bulletin"]["title"] = "\x1b[2Jgone"

    assert not any("\x1b" in line for line in told(compare(Extraction.model_validate(GOLDEN), changed(edit))))


@pytest.mark.parametrize("tail", ["", " and so it went on for a while"])
def test_long_texts_are_cut_to_what_differs(tail: str) -> None:
    before, after = (f"{'word ' * 60}{x}{tail}" for x in ("cocaine", "heroin"))
    shown = excerpts(before, after)
    assert all(len(text) < 110 for text in shown)
    assert "coca" in shown[0]
    assert "heroin" in shown[1]


def test_sums_leave_list_positions_out() -> None:
    sums = sum_up(tuple(compare(Extraction.model_validate(GOLDEN), changed(_other_place))))
    assert dict(sums) == {("event", "occurrences.places.country", "changed"): 1}
