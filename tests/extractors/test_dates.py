"""Every form of date, as (text, [(words, EDTF)])."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter_extract import extract
from newsletter_extract.document import BBox, Block
from newsletter_extract.extractors.dates.find import find_dates
from newsletter_extract.settings import ExtractionSettings


def block(text: str, name: str = "block-1") -> Block:
    return Block(name, "paragraph", 1, BBox(0, 0, 1, 1), text, (), plain_text=True)


def found(text: str, settings: ExtractionSettings | None = None) -> list[tuple[str, str]]:
    dates, _ = find_dates([block(text)], settings or ExtractionSettings())
    return [(d.text, d.edtf) for d in dates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4-7 March 2020, Riga", [("4-7 March 2020", "2020-03-04/2020-03-07")]),
        ("29 November-3 December 2019", [("29 November-3 December 2019", "2019-11-29/2019-12-03")]),
        ("30 December 2019 – 2 January 2020", [("30 December 2019 – 2 January 2020", "2019-12-30/2020-01-02")]),
        ("October 4–7, 2018", [("October 4–7, 2018", "2018-10-04/2018-10-07")]),
        ("May 24, 2018 — Officers", [("May 24, 2018", "2018-05-24")]),
        ("on 03.06.2018 at noon", [("03.06.2018", "2018-06-03")]),
        ("2018-06-03", [("2018-06-03", "2018-06-03")]),
        ("5th and 6th of May 2018", [("5th", "2018-05-05"), ("6th of May 2018", "2018-05-06")]),
        ("on 3 and 7 June 2018", [("3", "2018-06-03"), ("7 June 2018", "2018-06-07")]),
        ("between 17 and 23 March 2018", [("17 and 23 March 2018", "2018-03-17/2018-03-23")]),
        ("from 3 to 5 June 2018", [("3 to 5 June 2018", "2018-06-03/2018-06-05")]),
        ("the first quarter of 2018", [("first quarter of 2018", "2018-01/2018-03")]),
        ("Q4 2018", [("Q4 2018", "2018-10/2018-12")]),
        ("in the second half of 2018", [("second half of 2018", "2018-07/2018-12")]),
        ("July, August and September 2018", [("July, August and September 2018", "2018-07/2018-09")]),
        ("since 2013", [("since 2013", "2013/..")]),
        ("2016-2019", [("2016-2019", "2016/2019")]),
        ("early June 2018", [("early June 2018", "2018-06-01~/2018-06-10~")]),
        ("le 5 mars 2018", [("5 mars 2018", "2018-03-05")]),
        ("5. März 2018", [("5. März 2018", "2018-03-05")]),
        ("12 May 2018; fined on 16 May", [("12 May 2018", "2018-05-12"), ("16 May", "2018-05-16")]),
        ("on 12 May 2018, and the next day", [("12 May 2018", "2018-05-12"), ("the next day", "2018-05-13")]),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


CASES = Path(__file__).parent / "cases"


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


@pytest.mark.parametrize("line", lines("date_forms.txt"))
def test_every_form(line: str) -> None:
    text, _, expected = line.partition(" =>")
    assert ";".join(edtf for _, edtf in found(text)) == expected.strip()


@pytest.mark.parametrize("line", lines("date_forms.txt"))
def test_edtf_says_the_same_days_as_start_and_end(line: str) -> None:
    dates, _ = find_dates([block(line.partition(" =>")[0])], ExtractionSettings())
    for date in dates:
        if date.start and date.end and not date.edtf.endswith(("X", "-24")):  # winters go over the turn of the year
            parsed = parse_edtf(date.edtf)
            ends = (parsed.lower_strict(), parsed.upper_strict())
            assert [dt.date(*day[:3]) for day in ends] == [date.start, date.end]


@pytest.mark.parametrize("text", lines("no_dates.txt"))
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


def test_impossible_day_is_a_notice_and_never_moved() -> None:
    dates, notices = find_dates([block("On 31 April 2018 a note")], ExtractionSettings())
    assert not dates
    assert [n.code for n in notices] == ["date_impossible"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("12/03/2019 and 27/03/2019", "2019-03-12"), ("12/03/2019 and 03/27/2019", "2019-12-03")],
)
def test_order_is_told_from_the_document(text: str, edtf: str) -> None:
    assert found(text)[0][1] == edtf


def test_order_that_nothing_tells_is_ambiguous() -> None:
    dates, notices = find_dates([block("on 12/03/2019")], ExtractionSettings())
    assert dates[0].confidence < 0.6
    assert [n.code for n in notices] == ["date_ambiguous"]


@settings(deadline=None)
@given(st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: dt.date) -> None:
    text = f"{day.day} {day:%B} {day.year}"
    assert found(text) == [(text, day.isoformat())]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_ordered_spans_and_valid_edtf(text: str) -> None:
    dates, _ = find_dates([block(text)], ExtractionSettings())
    for date in dates:
        assert date.provenance is not None
        assert text[date.provenance.start : date.provenance.end] == date.text
        parse_edtf(date.edtf)


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "- " * 20_000, "12-" * 10_000, " " * 20_000, "1, 2, " * 5_000, "in 2 " * 5_000]
)
def test_endless_runs_end(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "edtf", "inferred"),
    [
        ("Notes · March 2025\n\n5 March, Poipet: A van was opened.", "2025-03-05", True),
        ("Notes · March 2025\n\n28 February, Poipet: A van was opened.", "2025-02-28", True),
        ("Notes · January 2025\n\n30 December, Poipet: A van was opened.", "2024-12-30", True),
        ("It happened in 2019. In 2020, also on 3 May.", "2020-05-03", True),
        ("Monday 4 March 2019. On Tuesday 12 May a van was opened.", "2020-05-12", True),
        ("Friday, 04/05/2018 was busy.", "2018-05-04", False),
        ("Thursday, 04/05/2018 was busy.", "2018-04-05", False),
    ],
)
def test_what_a_date_leaves_unsaid_is_told_by_what_stands_around_it(text: str, edtf: str, inferred: bool) -> None:
    date = extract(text.encode(), name="passage").dates[-1]
    assert (date.edtf, date.inferred) == (edtf, inferred)
