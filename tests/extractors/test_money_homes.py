"""Which currency a shared symbol means in a document, and how sure that is."""

from __future__ import annotations

import pytest

from newsletter_extract import extract
from newsletter_extract.document import BBox, Block, Word
from newsletter_extract.extractors.amounts.numbers import NumberHabit
from newsletter_extract.extractors.money import find_money
from newsletter_extract.layout.building import make_block, make_line
from newsletter_extract.schema import Money, Place
from newsletter_extract.settings import ExtractionSettings

CANADIAN = "HALIFAX, 3 May 2023: Customs met those of Toronto and Ottawa. Montreal and Vancouver sent word."


def money(text: str) -> list[Money]:
    return extract(text.encode(), name="passage").money


def told(text: str) -> list[tuple[float | None, str]]:
    return [(m.amount, m.currency) for m in money(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dollars are Canadian unless marked otherwise. In Detroit $4,000 and US$ 300 were seized.", ["CAD", "USD"]),
        ("All amounts are in Pakistani rupees unless another currency is named. In Delhi he paid Rs 5 lakh.", ["PKR"]),
        ("Sums are given in Fiji dollars. Smuggled goods worth $4,000 were found in Apia.", ["FJD"]),
        ("In this report $ means Namibian dollars. The fine was 12,000 dollars.", ["NAD"]),
        ("Sums are in Fiji dollars. Sums are in Samoan tala or Namibian dollars. He paid $4,000.", ["FJD"]),
        (
            "Amounts in other currencies have been put into US dollars. In Suva, Nadi and Lautoka, $4,000 was paid.",
            ["FJD"],
        ),
        ("Values are estimates. In Suva, $4,000 was paid.", ["FJD"]),
    ],
)
def test_a_document_may_say_what_its_dollars_are(text: str, expected: list[str]) -> None:
    assert [m.currency for m in money(text)] == expected


def test_two_notes_at_odds_decide_nothing() -> None:
    text = "Values are in Canadian dollars. Table 2: values are in Australian dollars. A fine of $4,000 was paid."
    assert told(text) == [(4000, "USD")]


def test_one_symbol_is_one_currency_and_less_sure_where_its_places_say_another() -> None:
    inland = "CALGARY, 4 May 2023: A fine of $4,000 was paid in Winnipeg."
    beyond = "SEATTLE, 5 May 2023: In Tacoma and Spokane, $12,000 in cash was counted."
    home, abroad = money("\n\n".join([CANADIAN, inland, beyond]))
    assert (home.currency, abroad.currency) == ("CAD", "CAD")
    assert home.confidence > 0.9
    assert abroad.confidence <= 0.7


def test_without_a_home_the_places_of_a_paragraph_decide() -> None:
    items = ["SUVA, 3 May 2023: A fine of $4,000 was paid.", "APIA, 4 May 2023: Two cars were seen."]
    text = "\n\n".join([*items, "SEATTLE, 5 May 2023: $900 was kept."])
    assert told(text) == [(4000, "FJD"), (900, "USD")]


def test_a_home_without_the_symbol_leaves_it_to_the_place() -> None:
    text = (
        "LAGOS, 3 May 2023: Officers of Abuja, Kano and Ibadan met.\n\nSYDNEY, 4 May 2023: A fine of $4,000 was paid."
    )
    assert told(text) == [(4000, "AUD")]


def scanned(text: str, confidence: float | None) -> Block:
    words = [Word(w, BBox(9 * k, 0, 9 * k + 8, 9), confidence) for k, w in enumerate(text.split())]
    return make_block("paragraph", 1, [make_line(words)], plain_text=False)


@pytest.mark.parametrize(
    ("confidence", "countries", "sure"),
    [(0.97, ["CA"], False), (0.97, ["CA", "SG"], True), (0.97, [], True), (None, ["CA"], True)],
)
def test_a_letter_before_a_dollar_sign_in_a_scan_needs_its_country(
    confidence: float | None, countries: list[str], *, sure: bool
) -> None:
    places = [Place(text="x", name="x", kind="city", country=c) for c in countries]
    (found,) = find_money([scanned("worth S$40,000", confidence)], ExtractionSettings(), NumberHabit(), places)
    assert found.currency == "SGD"
    assert (found.confidence > 0.7) is sure


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Tax of KWD 640.500 was paid.", 640.5),
        ("Tax of OMR 61,440.500 was paid.", 61_440.5),
        ("They paid 2,415.750 Kuwaiti dinars.", 2415.75),
        ("They paid BHD 4.2 million.", 4_200_000),
        ("They paid KWD 640,500.", 640_500),
        ("They paid EUR 640.500.", 640_500),
        ("They paid AED 1,220.50.", 1220.5),
        ("They paid TND 1.200,500 and EUR 12,50 and EUR 3.400,20.", 1200.5),
    ],
)
def test_dinars_and_rials_with_three_decimals(text: str, amount: float) -> None:
    assert told(text)[0][0] == amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TOLIARA, Madagascar: Ar 240 million was paid.", (240_000_000, "MGA")),
        ("HUYE, Rwanda: Rwf 11 million was kept.", (11_000_000, "RWF")),
        ("MALE, Maldives: Rf 150,000 was kept.", (150_000, "MVR")),
        ("NOUAKCHOTT, Mauritania: UM 90,000 was kept.", (90_000, "MRU")),
        ("MBABANE, Eswatini: E25,000 was kept.", (25_000, "SZL")),
        ("SOHAR, Oman: RO 4,500 was kept.", (4_500, "OMR")),
    ],
)
def test_currencies_that_few_bulletins_name(text: str, expected: tuple[float, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text", ["Cluj (RO) 4,500 cigarettes were seen.", "Chapter E25,000 of the index.", "Db 12 is a gene."]
)
def test_letters_that_are_a_currency_at_home_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["He owed GH¢ 1,2OO,000 in tax.", "He owed EUR 3l0,500 in tax.", "Tax of KWD 4O5 was paid."]
)
def test_letters_among_the_digits_leave_no_part_of_the_sum(text: str) -> None:
    found = find_money([scanned(text, 0.9)], ExtractionSettings(), NumberHabit())
    assert found == ()
