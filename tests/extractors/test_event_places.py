"""Which places a heading gives its event, by name and kind, and which part of the text is the heading."""

from __future__ import annotations

import pytest

from newsletter_extract import extract


def events(text: str) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    found = extract(f"Border Bulletin\n\n{text}\n".encode()).events
    return [
        (
            event.heading,
            [(o.dates.edtf if o.dates else "", [(p.name, p.kind) for p in o.places]) for o in event.occurrences],
        )
        for event in found
    ]


@pytest.mark.parametrize(
    ("text", "heading", "occurrences"),
    [
        (
            "29 May 2021, Tallinn, Estonia and 3 June 2021, Riga, Latvia: Officers trained together.",
            "29 May 2021, Tallinn, Estonia and 3 June 2021, Riga, Latvia:",
            [
                ("2021-05-29", [("Tallinn", "city"), ("Estonia", "country")]),
                ("2021-06-03", [("Riga", "city"), ("Latvia", "country")]),
            ],
        ),
        (
            "4 May 2021 | Port of Koper | Slovenia: Officers searched a ship.",
            "4 May 2021 | Port of Koper | Slovenia:",
            [("2021-05-04", [("Koper", "seaport"), ("Slovenia", "country")])],
        ),
        (
            "Case 12: Kapikule border crossing, 3 June 2021\n\nOfficers stopped a lorry and looked into its tank.",
            "Case 12: Kapikule border crossing, 3 June 2021",
            [("2021-06-03", [("Kapıkule", "border_crossing")])],
        ),
        (
            "Heathrow Airport, 3 June 2021: Officers stopped a courier with two bags.",
            "Heathrow Airport, 3 June 2021:",
            [("2021-06-03", [("London Heathrow Airport", "airport")])],
        ),
        (
            "MOSTAR, BOSNIA AND HERZEGOVINA, 11 June 2021. Police stopped a bus.",
            "MOSTAR, BOSNIA AND HERZEGOVINA, 11 June 2021.",
            [("2021-06-11", [("Mostar", "city"), ("Bosnia and Herzegovina", "country")])],
        ),
        # the date stands behind the heading: in its first words, or in the sentence after a dash
        (
            "GJILAN, KOSOVO. On 14 October 2021, the police stopped a van with forty cartons of cigarettes.",
            "GJILAN, KOSOVO.",
            [("2021-10-14", [("Gjilan", "city"), ("Kosovo", "country")])],
        ),
        (
            "LAREDO, Texas — Officers found 12 kg of cocaine under a seat on 6 March 2021.",
            "LAREDO, Texas —",
            [("2021-03-06", [("Laredo", "city"), ("Texas", "region")])],
        ),
        (
            "Laredo, Texas — Officers found 12 kg of cocaine under a seat on 6 March 2021.",
            "Laredo, Texas —",
            [("2021-03-06", [("Laredo", "city"), ("Texas", "region")])],
        ),
        (
            "Workshop in Tirana (Albania), 3 March 2022\n\nTen officers came.",
            "Workshop in Tirana (Albania), 3 March 2022",
            [("2022-03-03", [("Tirana", "city"), ("Albania", "country")])],
        ),
        (
            "SEIZURE OF HEROIN, 14 March 2022\n\nA van was opened.",
            "SEIZURE OF HEROIN, 14 March 2022",
            [("2022-03-14", [])],
        ),
        (
            "Georgia: On 3 June 2021 the customs service of Georgia opened a post in Poti.",
            "Georgia:",
            [("2021-06-03", [("Georgia", "country")])],
        ),
    ],
)
def test_headings_with_their_places(text: str, heading: str, occurrences: list[object]) -> None:
    assert events(text) == [(heading, occurrences)]


@pytest.mark.parametrize(
    "text",
    [
        "Laredo — Officers found 12 kg of cocaine under a seat on 6 March 2021.",  # no capitals, and no state
        "LAREDO, Texas — Officers found 12 kg of cocaine under a seat. They had come in March 2021.",  # no day
        "A course in Tirana (Albania) was held on 3 March 2022.",
    ],
)
def test_places_that_head_no_event(text: str) -> None:
    assert events(text) == []
