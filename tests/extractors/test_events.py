"""Events through the program's front door: heading styles, bodies, kinds, and what is no event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsletter_extract import extract
from newsletter_extract.errors import ConfigError
from newsletter_extract.schema import Event, Extraction
from newsletter_extract.settings import ExtractionSettings, HeadingEntry, RepairSettings, Settings, load_settings


def facts(text: str, settings: Settings | None = None) -> Extraction:
    return extract(text.encode(), settings, name="passage")


def when_and_where(event: Event) -> str:
    """EDTF, countries and "online" of each occurrence."""
    told = []
    for occurrence in event.occurrences:
        countries = sorted({place.country or "?" for place in occurrence.places})
        date = occurrence.dates.edtf if occurrence.dates else "undated"
        told.append(" ".join([date, *countries, *["online"] * occurrence.online]))
    return "; ".join(told)


HEADINGS = (Path(__file__).parent / "cases/headings.txt").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", HEADINGS)
def test_heading_styles(line: str) -> None:
    text, expected, body = line.split(" => ")
    events = facts(text).events
    assert [(when_and_where(e), e.body) for e in events] == [(expected, body)]


BULLETINS = json.loads((Path(__file__).parent / "cases/bulletins.json").read_text("utf-8"))


@pytest.mark.parametrize("case", BULLETINS, ids=[case["style"] for case in BULLETINS])
def test_short_bulletins_in_many_styles(case: dict[str, Any]) -> None:
    events = facts(case["text"], Settings(repair=RepairSettings(level="off"))).events
    assert [[when_and_where(e), e.body] for e in events] == case["events"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Oslo, 31 April 2021: A boat sank.", {"date_impossible", "event_without_date"}),
        ("Oslo, Norway, Monday 4 February 2022: A boat sank.", {"date_weekday_mismatch"}),
        ("Oslo, Norway, Friday 4 February 2022: A boat sank.", set()),
        ("Notes of the Guard · January–March 2022\n\nOslo, 3 June 2021: A boat sank.", {"date_outside_period"}),
        ("Notes of the Guard · January–March 2022\n\nOslo, 3 April 2022: A boat sank.", set()),
        ("On 04/05/2022 a boat sank.", {"date_ambiguous"}),
        ("On 04/05/2022 a boat sank near Oslo in Norway.", set()),
    ],
)
def test_what_is_odd_about_dates_is_a_finding(text: str, codes: set[str]) -> None:
    assert {f.code for f in facts(text).findings if "date" in f.code} == codes


def test_a_place_without_a_date_is_an_event_where_others_are_written_so() -> None:
    text = "Oslo, Norway, 3 June 2021: A boat sank.\n\nBergen, Norway, 5 June 2021: It rained."
    text += "\n\nTromsø, Norway: It snowed."
    assert [when_and_where(e) for e in facts(text).events] == ["2021-06-03 NO", "2021-06-05 NO", "undated NO"]


def test_a_title_belongs_to_the_date_line_below_it() -> None:
    first = "Course for divers\n\n3 May 2021 | Oslo, Norway\n\nTen divers came."
    text = f"{first}\n\nVisit of the board\n\n5 May 2021 | Riga, Latvia\n\nThe board saw a boat."
    events = facts(text).events
    assert [(e.heading, e.body, e.kind) for e in events] == [
        ("Course for divers\n3 May 2021 | Oslo, Norway", "Ten divers came.", "training"),
        ("Visit of the board\n5 May 2021 | Riga, Latvia", "The board saw a boat.", "visit"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        "RESULTS OF THE YEAR\n\nNothing was found.",
        "The next issue of this bulletin appears in June.",
        "For more information, write to us.",
    ],
)
def test_a_body_ends_before_what_is_not_its_own(after: str) -> None:
    assert (
        facts(f"Oslo, 3 May 2021: A boat sank.\n\nIt was raised.\n\n{after}").events[0].body
        == "A boat sank.\n\nIt was raised."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Harbour News · Number 63 · March 2025 · Oslo, Norway",
        "On 3 May 2021, officers of the port found a boat.",
        "UPCOMING EVENTS\n\n3 May 2021, Oslo, Norway: Course for divers.",
        "From January to June 2021 the post at Oslo saw 30 boats.",
        "On 4 May 2019 in Turku, the group had met before.",
        "Seizures in Oslo, May 2021\n\nGoods Cases Quantity\n\nCocaine 2 7.5 kg\n\nHashish 3 20 kg\n\nTotal 5\n",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert facts(text).events == []


def test_headings_in_a_pattern_of_the_users_own() -> None:
    entry = HeadingEntry(pattern="Case {text} // {place} // {date} //")
    text = "Case 12/B of the north // Upper Fjordby // 3 May 2021 // A boat sank."
    text += "\n\nCase 13 // Oslo // 4-5 May 2021 // It rained."
    events = facts(text, Settings(extraction=ExtractionSettings(headings=(entry,)))).events
    assert [(e.occurrences[0].dates.edtf, e.body) for e in events if e.occurrences[0].dates] == [
        ("2021-05-03", "A boat sank."),
        ("2021-05-04/2021-05-05", "It rained."),
    ]


@pytest.mark.parametrize("pattern", ["Case {number} {date}", "Case {text}", "{"])
def test_a_pattern_that_cannot_work_names_its_key(pattern: str, tmp_path: Path) -> None:
    config = tmp_path / "agency.toml"
    config.write_text(f'[[extraction.headings]]\npattern = "{pattern}"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"extraction\.headings\.0\.pattern"):
        load_settings(config)


def test_a_numbered_heading_of_its_own_line_has_the_paragraphs_below_it() -> None:
    item = "{}) {} ({} July 2022)\n\nA lorry on its way to the north was taken apart there.\n\n"
    text = "Frontier Herald\n\nAll of the quarter is told below, as every time.\n\n" + "".join(
        item.format(k, place, day) for k, (place, day) in enumerate([("Osh, Kyrgyzstan", 5), ("Riga, Latvia", 9)], 1)
    )
    assert [event.body for event in facts(text).events] == [
        "A lorry on its way to the north was taken apart there."
    ] * 2
