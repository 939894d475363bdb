"""Numbers, quantities and money as bulletins write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter_extract.document import BBox, Block
from newsletter_extract.extractors.amounts.numbers import NumberHabit, find_numbers, learn_habit, parse_number
from newsletter_extract.extractors.amounts.quantities import find_quantities, load_units
from newsletter_extract.extractors.money import find_money
from newsletter_extract.schema import Place
from newsletter_extract.settings import ExtractionSettings


def block(text: str) -> Block:
    return Block("block-1", "paragraph", 1, BBox(0, 0, 1, 1), text, (), plain_text=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,647,220", 1647220), ("26,5", 26.5), ("1 085,5", 1085.5), ("1.452,5", 1452.5), ("33,86", 33.86),
     ("105,000", 105000), ("1400", 1400), ("0.250", 0.25), ("1’200", 1200)],
)  # fmt: skip
def test_digits(text: str, value: float) -> None:
    assert parse_number(text) == value


def test_a_dot_before_three_digits_is_read_by_the_habit() -> None:
    habit = learn_habit([block("1.452,5 kg and 26,5 kg")])
    assert parse_number("1.500", habit) == 1500
    assert parse_number("1.500", NumberHabit()) == 1.5


@pytest.mark.parametrize(
    ("text", "values"),
    [("a dozen guns", [12]), ("half a tonne", [0.5]), ("1,5 million", [1_500_000]), ("twenty-four men", [24]),
     ("25.9 mln", [25_900_000]), ("8 420 toys", [8420]), ("two hundred and fifty kg", [250]), ("3½ tonnes", [3.5]),
     ("one and a half tonnes", [1.5]), ("two and a half million", [2_500_000]), ("a million and a half", [1_500_000]),
     ("a quarter of a tonne", [0.25]), ("half a million", [500_000]), ("two dozen", [24]), ("3.5 crore", [35_000_000]),
     ("2.4 lakh", [240_000]), ("12,34,567", [1_234_567]), ("sixty-two thousand four hundred and ten", [62_410]),
     ("two or three", [2, 3]), ("two and three men", [2, 3]), ("one thousand two hundred", [1200]), ("5m", [5_000_000]),
     ("5 m of cable", [5]), ("1.2m3", [1.2]), ("500+ kg", [500]), ("2,3 milhões", [2_300_000])],
)  # fmt: skip
def test_words_and_scales(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numbers(text)] == values


@given(st.integers(0, 10**9))
def test_grouped_digits_are_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:,}".replace(",", " ")) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 kg 300 g of resin", [(12.3, "kg", 12.3)]),
        ("5 grams 230 milligrams", [(5.23, "g", 0.00523)]),
        ("480 rolls", [(480, "roll", None)]),
        ("1.2 million sticks", [(1_200_000, "stick", None)]),
        ("2 t and 3 lorries", [(2, "t", 2000), (3, "truck", None)]),
        ("40 officers", []),
        ("3 kilograms and 200 grams", [(3.2, "kg", 3.2)]),
        ("2 kg and 3 kg", [(2, "kg", 2), (3, "kg", 3)]),
        ("a kilo of it", [(1, "kg", 1)]),
        ("a 12-kilogram package", [(12, "kg", 12)]),
        ("a 40-foot container", []),
        ("from 2 kg to 3 kg", [(2, "kg", 2)]),
        ("1-1.5 million sticks", [(1_000_000, "stick", None)]),
        ("7,500 pounds", [(7500, "lb", 3401.942775)]),
        ("415 master cases", [(415, "master case", None)]),
        ("340 m3", [(340, "m3", 340_000)]),
        ("140 carats", [(140, "carat", 0.028)]),
    ],
)
def test_quantities(text: str, expected: list[tuple[float, str, float | None]]) -> None:
    found = find_quantities(text, load_units())
    assert [
        (m.quantity.value, m.quantity.unit, m.quantity.si.value if m.quantity.si else None) for m in found
    ] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EUR 105,000", [(105000, "EUR")]),
        ("$45,000", [(45000, "USD")]),
        ("45 million euros", [(45_000_000, "EUR")]),
        ("BAM 13.8 million (some EUR 7 million)", [(13_800_000, "BAM"), (7_000_000, "EUR")]),
        ("between EUR 300,000 and 400,000", [(300000, "EUR"), (400000, "EUR")]),
        ("EUR 30-40,000", [(30000, "EUR"), (40000, "EUR")]),
        ("ALL 5,600,000", [(5_600_000, "ALL")]),
        ("ALL 26 officers", []),
        ("held $ 9,990.", [(9990, "USD")]),
        ("BGN 25.9 mln.", [(25_900_000, "BGN")]),
        ("Rs 3.5 crore", [(35_000_000, "INR")]),
        ("Rs. 5,00,000/-", [(500_000, "INR")]),
        ("R$ 2,3 milhões", [(2_300_000, "BRL")]),
        ("KSh2.3 million", [(2_300_000, "KES")]),
        ("RM3.4 million", [(3_400_000, "MYR")]),
        ("R 6.2 million", [(6_200_000, "ZAR")]),
        ("R22 gas and R134a", []),
        ("€1.2bn", [(1_200_000_000, "EUR")]),
        ("between €2 and €3 million", [(2_000_000, "EUR"), (3_000_000, "EUR")]),
        ("USD 212,500 and 1.4 kg of gold", [(212_500, "USD")]),
        ("12,400 EUR, 30 cartons", [(12_400, "EUR")]),
        ("$1.5 million (€1.4 million)", [(1_500_000, "USD"), (1_400_000, "EUR")]),
        ("7,500 pounds of cocaine", []),
        ("half a million euros", [(500_000, "EUR")]),
        ("₦500 million", [(500_000_000, "NGN")]),
        ("CHF 45'000", [(45_000, "CHF")]),
        ("2.5 billion pesos", []),
        ("PEN 12 and TOP 10", []),
        ("two AOA and DEM 69", []),
        ("112.500 euros", [(112_500, "EUR")]),
    ],
)
def test_money(text: str, expected: list[tuple[float, str]]) -> None:
    found = find_money([block(text)], ExtractionSettings(), NumberHabit())
    assert [(m.amount, m.currency) for m in found] == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("$3 million", "AU", (3_000_000, "AUD")),
        ("$3 million", "KE", (3_000_000, "USD")),
        ("Rs 45,000", "PK", (45_000, "PKR")),
        ("2.5 billion pesos", "CO", (2_500_000_000, "COP")),
        ("P6.8 million", "PH", (6_800_000, "PHP")),
        ("25,000 pounds", "GB", (25_000, "GBP")),
        ("15,000 dinars", "RS", (15_000, "RSD")),
        ("200,000 francs", "CM", (200_000, "XAF")),
    ],
)
def test_a_shared_symbol_means_the_currency_of_the_document(
    text: str, country: str, expected: tuple[float, str]
) -> None:
    places = [Place(text="x", name="x", kind="city", country=country)]
    (money,) = find_money([block(text)], ExtractionSettings(), NumberHabit(), places)
    assert (money.amount, money.currency) == expected


@pytest.mark.parametrize("text", ["about USD 5,000", "some 5,000 US dollars", "worth over £1.2m", "EUR 500+"])
def test_money_told_as_approximate(text: str) -> None:
    (money,) = find_money([block(text)], ExtractionSettings(), NumberHabit())
    assert money.approximate


@settings(deadline=None)
@given(st.text("0123456789 .,-–$€kgEURand\t()", max_size=200))
def test_no_text_breaks_the_readers(text: str) -> None:
    for mention in find_quantities(text, load_units()):
        assert mention.quantity.text == text[mention.start : mention.end]
    for money in find_money([block(text)], ExtractionSettings(), NumberHabit()):
        assert money.provenance
        assert money.text == text[money.provenance.start : money.provenance.end]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234.567,5", 1_234_567.5), ("1,234,567.5", 1_234_567.5), ("1.234.567", 1_234_567), ("1,234.567,5", None),
     ("1,23,45", None), ("1,23.5", None), ("12,34,567.5", 1_234_567.5), ("1234,567.5", None),
     ("1.2.3", None), ("12,34,567", 1_234_567), ("1,234,56", None), ("0.500", 0.5), ("2.000", 2000),
     ("1,5", 1.5), ("1234,567", 1234.567), ("1,5000", 1.5), ("1" * 60, None), ("1,", None), (",5", None)],
)  # fmt: skip
def test_marks_in_a_number_part_thousands_or_decimals_or_it_is_none(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("between 2 and 3 kg", [(2, 3, 2, "kg")]),
        ("between 2 kg and 3 kg", [(2, 3, 2, "kg")]),
        ("from 2 to 3 t", [(2, 3, 2000, "kg")]),
        ("2–3 kg", [(2, 3, 2, "kg")]),
        ("30-40,000 sticks", [(30_000, 40_000, None, None)]),
        ("500 g to 700 g", [(500, 700, 0.5, "kg")]),
        ("3 and 2 kg", [(2, None, 2, "kg")]),
        ("between 3 and 2 kg", [(2, None, 2, "kg")]),
        ("2 kg to 3 litres", [(2, None, 2, "kg"), (3, None, 3, "l")]),
        ("12 kg 1300 g", [(12, None, 12, "kg"), (1300, None, 1.3, "kg")]),
        ("12.5 kg 300 g", [(12.5, None, 12.5, "kg"), (300, None, 0.3, "kg")]),
        ("300 g 12 kg", [(300, None, 0.3, "kg"), (12, None, 12, "kg")]),
        ("297t kg", []),
        ("12g kg and 5 kg", [(5, None, 5, "kg")]),
        ("3t of sugar, kg by kg", [(3, None, 3000, "kg")]),
        ("12 kg or so, 300 g", [(12, None, 12, "kg"), (300, None, 0.3, "kg")]),
    ],
)
def test_quantities_side_by_side_are_a_range_a_sum_or_two(
    text: str, ends: list[tuple[float, float | None, float | None, str | None]]
) -> None:
    found = [m.quantity for m in find_quantities(text, load_units())]
    assert [(q.value, q.upper, q.si.value if q.si else None, q.si.unit if q.si else None) for q in found] == ends


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Goods worth RM 450,000 and RM 2.2 million, and cash of RM 3.1", False),
        ("Goods worth RM 450,000 and RM 2.2 million, and cash of RM 3.1 million", True),
        ("Goods worth RM 450,000 and RM 2.2 million at RM 3.10 a piece", True),
        ("Goods worth RM 450,000 and a fee of RM 1,200, and cash of RM 3.1", True),
        ("Goods worth EUR 450,000, and cash of RM 3.1", True),
        ("A fee of RM 3.1", True),
    ],
)
def test_a_sum_that_may_have_lost_its_scale_is_less_sure(text: str, sure: bool) -> None:
    sums = find_money([block(text)], ExtractionSettings(), NumberHabit())
    odd = next(m for m in sums if "3.1" in m.text)
    assert ((odd.confidence or 0) >= 0.9) is sure
    assert all((m.confidence or 0) >= 0.9 for m in sums if m is not odd)
