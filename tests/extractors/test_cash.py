"""Sums of money in what was seized: cash, the worth of goods, or neither."""

from __future__ import annotations

import pytest

from newsletter_extract import extract


def told(sentence: str) -> list[tuple[str, list[tuple[float | None, str | None]], list[str]]]:
    found = extract(f"Customs Bulletin\n\n{sentence}\n".encode()).seizures
    return [(s.commodity.text, [(q.value, q.unit) for q in s.quantities], [m.text for m in s.money]) for s in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "On 4 May 2021 officers seized EUR 1 million worth of heroin, about 30 kg, in Varna, Bulgaria.",
            [("heroin", [(30, "kg")], ["EUR 1 million"])],
        ),
        (
            "On 4 May 2021 officers seized $5 million worth of cocaine, 20 kg of it in a spare wheel.",
            [("cocaine", [], ["$5 million"])],
        ),
        (
            "On 4 May 2021 officers found €30,000’s worth of counterfeit perfume in Varna.",
            [("counterfeit perfume", [], ["€30,000"])],
        ),
        (
            "Officers seized EUR 2,000 worth of cigarettes (40 cartons).",
            [("cigarettes", [(40, "carton")], ["EUR 2,000"])],
        ),
        ("Customs seized 20 boxes of watches worth EUR 90,000.", [("watches", [(20, "box")], ["EUR 90,000"])]),
        # the worth of more than the goods named
        ("Police seized cocaine and other drugs worth EUR 90,000.", [("cocaine", [], [])]),
        ("Police seized 3 kg of heroin and other narcotics valued at USD 1.2 million.", [("heroin", [(3, "kg")], [])]),
        ("Police seized jewellery and various other goods worth EUR 90,000.", [("jewellery", [], [])]),
        # the stamps are worth that, not the cigarettes
        ("Officers seized 400 cigarettes with excise stamps worth EUR 90.", [("cigarettes", [(400, "piece")], [])]),
    ],
)
def test_the_worth_of_goods(sentence: str, expected: list[object]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Police seized a sum of 40,000 euros in Varna.", [("cash", "40,000 euros")]),
        ("Police seized an amount of EUR 40,000 in Varna.", [("cash", "EUR 40,000")]),
        ("Police discovered undeclared currency of EUR 12,000.", [("undeclared currency", "EUR 12,000")]),
        ("EUR 45,000, which the man had not declared, was seized in Varna.", [("cash", "EUR 45,000")]),
        ("On 4 May 2021 a woman was caught with about EUR 45,000 in Varna.", [("cash", "EUR 45,000")]),
        ("On 4 May 2021 officers seized EUR 20,000 cash in Varna.", [("cash", "EUR 20,000")]),
    ],
)
def test_a_sum_that_was_itself_seized(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, *money) for name, _, money in told(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("On 4 May 2021 officers seized 3 kg of heroin and EUR 5,000.", ["heroin", "cash"]),
        ("On 4 May 2021 officers seized EUR 5,000, 3 kg of heroin and two pistols.", ["cash", "heroin", "pistols"]),
        (
            "Officers found three pistols, 40 rounds and EUR 20,000 hidden in a stove and seized them.",
            ["pistols", "rounds", "cash"],
        ),
    ],
)
def test_a_sum_among_other_goods(sentence: str, names: list[str]) -> None:
    assert [name for name, _, _ in told(sentence)] == names


@pytest.mark.parametrize(
    "sentence",
    [
        "On 4 May 2021 the driver was given a fine of EUR 500.",
        "On 4 May 2021 the driver was given a EUR 500 fine and released.",
        "On 4 May 2021 duties of EUR 45,000 were evaded in Varna.",
        "On 4 May 2021 the courier was to be paid EUR 500 a kilo.",
    ],
)
def test_a_sum_that_was_not_seized(sentence: str) -> None:
    assert told(sentence) == []
