"""A fact that is broken over lines is shown on its own words, not on both whole lines."""

from __future__ import annotations

import pytest

from browsing import Made
from newsletter_extract.document import BBox, Word
from newsletter_extract.review.lines import boxes_on, line_boxes


def line(text: str, top: float) -> list[Word]:
    """Words of ten points a letter on a line."""
    words, x = [], 0.0
    for word in text.split():
        words.append(Word(word, BBox(x, top, x + 10 * len(word), top + 10)))
        x += 10 * len(word) + 10
    return words


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        (["cigarettes seized in North", "Macedonia by officers"], "North Macedonia", [(210, 260), (0, 90)]),
        (["fought organ-", "ized crime and"], "organized", [(70, 130), (0, 40)]),
        (["in the South", "East European", "area of 2021"], "South East European area", [(70, 120), (0, 130), (0, 40)]),
        # The ends are recognised though a repair changed what stands between them.
        (["we met on 8", "0ctober 2021 there"], "8 October 2021", [(100, 110), (0, 120)]),
        # Of two that begin alike, the one that goes on over the line.
        (["New rules of New", "York harbour"], "New York", [(130, 160), (0, 40)]),
    ],
)
def test_the_boxes_of_a_broken_fact(lines: list[str], text: str, expected: list[tuple[float, float]]) -> None:
    boxes = boxes_on([line(words, 20.0 * k) for k, words in enumerate(lines)], text)
    assert [(box.x0, box.x1) for box in boxes] == expected


@pytest.mark.parametrize("text", ["", "…", "Zanzibar"])
def test_words_that_are_not_there_have_no_boxes(text: str) -> None:
    assert boxes_on([line("in the", 0), line("port of", 20)], text) == []


def test_a_fact_that_goes_on_in_the_next_column_has_no_boxes_of_lines() -> None:
    """Its box spans both columns, and the first of its words stands below the last."""
    lines = [
        line("talks on the rim Sea area and", 0),
        line("other ports as well as many", 20),
        line("of the Black more", 40),
    ]
    assert boxes_on(lines, "Black Sea area") == []


def test_a_row_of_a_table_is_one_box(made: Made) -> None:
    """Also where its cells have several lines."""
    rows = {f"/seizures/{k}" for k, s in enumerate(made.job.extraction.seizures) if s.origin == "table"}
    assert rows
    assert made.job.source is not None
    assert not rows & line_boxes(made.job.extraction, made.job.source).keys()
