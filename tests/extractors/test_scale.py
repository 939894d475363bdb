"""The work of the extractors grows with the text, and no faster, on texts made to lead patterns astray."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from newsletter_extract import extractors, layout, reading
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.settings import Settings

STORY = (
    "Izmir, 4 March 2021: Customs seized 12.5 kg of heroin, 3,400 cartons of cigarettes and EUR 45,000 in a lorry. "
    "The drugs weighed 12 kg. A further 2 kg were found "
)
LENGTH = 6_000


def calls(text: str) -> int:
    """How many functions are called to find the facts of a text of one line."""
    settings, gazetteer = Settings(), load_gazetteer()
    document = layout.arrange(reading.read(reading.Source("t.txt", text.encode()), settings.reading))
    extractors.find(document, gazetteer, settings.extraction)  # what is looked up once is not counted
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        extractors.find(document, gazetteer, settings.extraction)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "1", "12 ", "- ", "Abcde ", "ABCD ", "A", "Ab1-", "(ABC) ", "5 kg of ", "12 kg ", "3 May 2021, ", "seized ",
        "EUR ", "in ", "a: b; ", "and 5 kg of heroin ", STORY,
    ],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    once, twice = (calls(unit * (size // len(unit))) for size in (LENGTH, 2 * LENGTH))
    assert twice < 2.4 * once + 2_000
