"""Places, events and seizures on whole passages, through the program's front door."""

from __future__ import annotations

import pytest

from newsletter_extract import extract
from newsletter_extract.schema import Extraction
from newsletter_extract.settings import (
    CommodityEntry,
    ExtractionSettings,
    OrganizationEntry,
    PlaceEntry,
    Settings,
    UnitEntry,
)


def facts(text: str, settings: Settings | None = None) -> Extraction:
    return extract(text.encode(), settings, name="passage")


def places(text: str) -> list[tuple[str, str | None]]:
    return [(p.text, p.country) for p in facts(text).places]


def seizures(text: str) -> list[tuple[str, float | None]]:
    return [(s.commodity.text, s.quantities[0].value if s.quantities else None) for s in facts(text).seizures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Skopje.", [("Skopje", "MK")]),
        ("A garage in Split was searched.", [("Split", "HR")]),
        ("Bar, Montenegro, 3 May 2019: The unit met.", [("Bar", "ME"), ("Montenegro", "ME")]),
        ("Officers in Durres and Constanta agreed.", [("Durres", "AL"), ("Constanta", "RO")]),
        ("The Port of Rijeka and Ohrid Airport.", [("Port of Rijeka", "HR"), ("Ohrid Airport", "MK")]),
        ("Support came from the UK and the Western Balkans.", [("UK", "GB"), ("Western Balkans", None)]),
        ("The Democratic Republic of the Congo agreed.", [("Democratic Republic of the Congo", "CD")]),
        ("Belgrade, Serbia, 3 May 2019: They met.", [("Belgrade", "RS"), ("Serbia", "RS")]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mr Paris and Ms Victoria Jordan thanked the hosts.",
        "The Vienna Convention and the Rome Statute were read out.",
        "The groups split; nice weather helped, and reading the bar code was easy.",
        "Bulgarian and Dutch officers spoke to us.",
        "Police and customs raised the bar.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("heading", "edtf", "countries"),
    [
        ("4-6 May 2019, Turku, Finland: ", ["2019-05-04/2019-05-06"], ["FI"]),
        ("Turku, Finland, 4-6 May 2019. ", ["2019-05-04/2019-05-06"], ["FI"]),
        ("TURKU, 4 May 2019 — ", ["2019-05-04"], ["FI"]),
        ("May 4-6, 2019 | Turku, Finland\n", ["2019-05-04/2019-05-06"], ["FI"]),
        ("Turku/online, 30 April – 2 May 2019. ", ["2019-04-30/2019-05-02"], ["FI"]),
        ("4 May 2019, Turku, Finland and 6 May 2019, Riga, Latvia: ", ["2019-05-04", "2019-05-06"], ["FI", "LV"]),
        ("On 4 May 2019 in Turku (Finland), ", ["2019-05-04"], ["FI"]),
    ],
)
def test_headings_of_events(heading: str, edtf: list[str], countries: list[str]) -> None:
    event = facts(f"{heading}Officers of four ports met to compare their lists.").events[0]
    assert [o.dates.edtf for o in event.occurrences if o.dates] == edtf
    assert sorted({p.country or "" for o in event.occurrences for p in o.places}) == countries
    assert event.body.endswith("compare their lists.")


def test_a_mention_of_a_meeting_in_a_body_is_no_event() -> None:
    text = "4 May 2019, Turku, Finland: Officers met.\n\nOn 3 March 2018 in Oslo, the same group had met before."
    assert len(facts(text).events) == 1


def test_online_and_participants() -> None:
    event = facts("Online, 9 February 2023. Analysts met; some 40 delegates took part.").events[0]
    assert event.occurrences[0].online
    assert event.participants
    assert (event.participants.value, event.participants.approximate) == (40, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Customs seized 40 kg of cocaine and two pistols.", [("cocaine", 40), ("pistols", 2)]),
        ("In all 8 420 counterfeit toys were confiscated.", [("counterfeit toys", 8420)]),
        ("It led to the seizure of half a tonne of shark fins.", [("shark fins", 0.5)]),
        ("A man was arrested with 1.3 kg of heroin in his bag.", [("heroin", 1.3)]),
        ("Large quantities of used clothing were seized.", [("used clothing", None)]),
        ("Officers seized EUR 12,400 in cash.", [("cash", None)]),
        ("The 15 kg of amphetamine, seized in May, was burnt.", [("amphetamine", 15)]),
        ("96 bags of rice, each of 50 kg, were seized.", [("rice", 96)]),
        ("Police found 412 kg of cannabis in 380 parcels.", [("cannabis", 412)]),
    ],
)
def test_seizures_in_sentences(text: str, expected: list[tuple[str, float | None]]) -> None:
    assert seizures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No drugs were found by the customs officers.",
        "The Ministry plans to seize 40 kg of cocaine a month.",
        "Had the 200 kg of explosives existed, the search would have shown it.",
        "The unit has a budget of EUR 2 million and 24 officers.",
        "In 2020 the country exported 26,000 tonnes of tobacco.",
        "Customs checked 1,204 containers and trained 31 officers.",
        "The court sentenced two men for smuggling 1,050 kg of cocaine.",
    ],
)
def test_what_is_no_seizure(text: str) -> None:
    assert seizures(text) == []


def test_the_worth_of_goods_goes_with_them() -> None:
    extraction = facts("Police seized 48 kg of ketamine. Its value is estimated at EUR 1.2 million.")
    assert [(m.amount, m.currency) for m in extraction.seizures[0].money] == [(1_200_000, "EUR")]


def test_data_of_the_users_own_needs_no_code() -> None:
    extraction = ExtractionSettings(
        commodities=(CommodityEntry(words=("glimmer moss",), category="wildlife"),),
        places=(PlaceEntry(name="Kapit Gate", kind="border_crossing", country="MY"),),
        organizations=(OrganizationEntry(name="Upriver Patrol", acronym="UPP", kind="customs", country="MY"),),
        units=(UnitEntry(unit="tael", names=("tael", "taels"), si_unit="kg", si_factor=0.0378),),
    )
    text = "Kapit Gate, 3 May 2021: UPP seized 100 taels of glimmer moss."
    found = facts(text, Settings(extraction=extraction))
    assert [(p.name, p.country) for p in found.places] == [("Kapit Gate", "MY")]
    assert [o.name for o in found.organizations] == ["Upriver Patrol"]
    seizure = found.seizures[0]
    assert seizure.commodity.category == "wildlife"
    assert seizure.quantities[0].si
    assert seizure.quantities[0].si.value == pytest.approx(3.78)


def test_a_table_with_units_in_its_head_and_a_total_that_is_wrong() -> None:
    text = "Seizures in May\n\nGoods Cases Quantity\n\nCocaine 2 7.5 kg\n\nHashish 3 20 kg\n\nRice 4 90 kg\n\nTotal 8\n"
    extraction = facts(text)
    assert [(s.commodity.text, s.cases) for s in extraction.seizures] == [("Cocaine", 2), ("Hashish", 3), ("Rice", 4)]
    assert "table_total_mismatch" in {f.code for f in extraction.findings}
