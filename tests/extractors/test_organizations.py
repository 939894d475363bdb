"""Organizations: listed, introduced by an acronym, told by the head of the name, and what is none."""

# ruff: noqa: E501 - a line a case

from __future__ import annotations

import pytest

from newsletter_extract import extract


def given(text: str) -> list[tuple[str, str, str | None]]:
    return [(o.name, o.kind, o.country) for o in extract(text.encode(), name="passage").organizations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNODC and the World Customs Organization met.", [("United Nations Office on Drugs and Crime", "international", None), ("World Customs Organization", "international", None)]),
        ("The KENYA REVENUE AUTHORITY reported it.", [("Kenya Revenue Authority", "customs", "KE")]),
        ("The Guardia Civil and Receita Federal agreed.", [("Guardia Civil", "police", "ES"), ("Receita Federal", "customs", "BR")]),
        ("The Harbour Search Team (HST) met. HST found it.", [("Harbour Search Team", "unit", None), ("Harbour Search Team", "unit", None), ("Harbour Search Team", "unit", None)]),
        ("The Zanzibar Revenue Authority seized it.", [("Zanzibar Revenue Authority", "customs", None)]),
        ("The Ministry of Finance of Serbia replied.", [("Ministry of Finance of Serbia", "government", "RS")]),
        ("Officers of the Dirección General de Migración came.", [("Dirección General de Migración", "border", None)]),
        ("Thai Customs and the Royal Thai Navy took part.", [("Thai Customs", "customs", "TH"), ("Royal Thai Navy", "government", "TH")]),
        ("Talks with lNTERPOL went on.", [("International Criminal Police Organization", "international", None)]),
        ("GRA officers of Ghana: the Ghana Revenue Authority (GRA).", [("Ghana Revenue Authority", "customs", "GH")] * 3),
    ],
)  # fmt: skip
def test_organizations(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert given(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Airworthiness Directive (AD) and the Flight Manual (FM) were read.",
        "The customs officers and police met the border guards.",
        "Arica, Chile, 3 May 2021: Two men were held.",
        "ICE was found in a bag AND a box, ED said.",
    ],
)
def test_what_is_no_organization(text: str) -> None:
    assert given(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Search Team [HST] met.",
        "The Harbour Search Team – HST – met.",
        "The “Harbour Search Team” (hereafter “HST”) met.",
        "The Harbour Search Team, or HST, met.",
        "Boats of the HST (Harbour Search Team) met.",
    ],
)
def test_odd_shapes_of_a_name_with_its_acronym(text: str) -> None:
    found = extract(f"{text} HST found it.".encode(), name="passage").organizations
    assert [(o.name, o.acronym) for o in found] == [("Harbour Search Team", "HST")] * 3


def test_an_acronym_does_not_begin_inside_a_genitive() -> None:
    found = extract(b"The Isle Police Force's Narcotics Bureau (FNB) met.", name="passage").organizations
    assert [o.name for o in found] == ["Isle Police Force's Narcotics Bureau"]
