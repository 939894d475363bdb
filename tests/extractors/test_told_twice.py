"""A seizure told in a sentence and again in a table: one seizure, unless goods, amount, place or date say otherwise."""

from __future__ import annotations

import pytest

from newsletter_extract import extract

SENTENCE = "On 3 May 2021 customs officers in Riga, Latvia seized {} in a container."


def links(sentence: str, title: str, columns: str, row: str) -> list[str | None]:
    """What the records are the same as: that of the sentence, that of the row, and that of a row of other goods."""
    text = f"Port News\n\n{sentence}\n\n{title}\n\n{columns}\n{row}\n"
    return [seizure.same_as for seizure in extract(text.encode()).seizures]


@pytest.mark.parametrize(
    ("place", "is_same"),
    [
        ("Riga     ", True),
        ("Latvia   ", True),  # the country of the place in the sentence
        ("Ventspils", False),  # another place of that country
        ("Tallinn  ", False),
        ("Estonia  ", False),
    ],
)
def test_places_must_agree(place: str, is_same: bool) -> None:
    rows = f"{place}    cocaine    45 kg\nNarva        heroin     3 kg"
    found = links(SENTENCE.format("45 kg of cocaine"), "Seizures in May 2021", "Place        Goods      Amount", rows)
    assert found == [None, "seizure-1" if is_same else None, None]


@pytest.mark.parametrize(
    ("told", "listed", "is_same"),
    [
        ("120 kg of counterfeit tablets", "tablets      120 kg", True),  # how goods came is no part of what they are
        ("two cars", "cars         2 pieces", True),
        ("45 kg of heroin", "cigarettes   45 kg", False),
        ("45 kg of heroin", "cocaine      45 kg", False),
        ("45 kg of heroin", "drugs        45 kg", True),
        ("45 kg of heroin", "heroin       46 kg", False),
    ],
)
def test_goods_and_amounts_must_agree(told: str, listed: str, is_same: bool) -> None:
    rows = f"Riga       {listed}\nTallinn    falcons      3 pieces"
    found = links(SENTENCE.format(told), "Seizures in May 2021", "Place      Goods        Amount", rows)
    assert found == [None, "seizure-1" if is_same else None, None]


@pytest.mark.parametrize(
    ("amount", "is_same"),
    [
        ("1,245 kg", True),
        ("45 kg", False),  # so short a number is alike by chance
        ("4,500 kg", False),  # no more than that tells
    ],
)
def test_a_wider_name_needs_a_telling_amount(amount: str, is_same: bool) -> None:
    rows = f"drugs      {amount}\ntobacco    3 kg"
    found = links(SENTENCE.format(f"{amount} of cocaine"), "Goods seized in 2021", "Goods      Amount", rows)
    assert found == [None, "seizure-1" if is_same else None, None]


def test_of_two_that_fit_neither_is_chosen() -> None:
    sentence = SENTENCE.format("45 kg of cocaine") + " Police in Riga seized 45 kg of hashish on the same day."
    rows = "Riga       narcotics    45 kg\nTallinn    heroin       3 kg"
    found = links(sentence, "Seizures in May 2021", "Place      Goods        Amount", rows)
    assert found == [None, None, None, None]


def test_the_same_amount_elsewhere_on_the_same_day_is_another_seizure() -> None:
    text = "The 45 kg of cocaine came from Ecuador. On the same day police seized 45 kg of cocaine in Liepaja."
    found = extract(f"Port News\n\n{SENTENCE.format('45 kg of cocaine')} {text}\n".encode()).seizures
    assert [seizure.same_as for seizure in found] == [None, "seizure-1", None]
