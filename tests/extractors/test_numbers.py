"""Numbers, quantities and money as bulletins write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_extract.document import BBox, Block
from newsletter_extract.extractors.money import find_money
from newsletter_extract.extractors.numbers import NumberHabit, find_numbers, learn_habit, parse_number
from newsletter_extract.extractors.quantities import find_quantities, load_units
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
     ("25.9 mln", [25_900_000]), ("8 420 toys", [8420])],
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
    ],
)
def test_money(text: str, expected: list[tuple[float, str]]) -> None:
    found = find_money([block(text)], ExtractionSettings(), NumberHabit())
    assert [(m.amount, m.currency) for m in found] == expected
