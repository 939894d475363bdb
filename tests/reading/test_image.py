"""Preparing images: a clean page stays as it is, a bad one gets better."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading import image
from newsletter_extract.reading.second_look import look_again

LINES = [
    "Officers of the harbour police opened the crates",
    "and found what the papers did not speak of at all",
    "The goods were brought to the customs house, and",
    "the driver was heard by the judge on the same day",
]


def page() -> Any:
    picture = Image.new("L", (1200, 700), 250)
    draw = ImageDraw.Draw(picture)
    for k in range(12):
        draw.text((60, 40 + 50 * k), LINES[k % 4], fill=60, font_size=34)
    return np.asarray(picture).copy()


def speckled() -> Any:
    grey = page()
    random = np.random.default_rng(3)
    for y, x in zip(random.integers(5, 690, 150), random.integers(5, 1190, 150), strict=True):
        grey[y : y + 4, x : x + 4] = 0
    return grey


def test_a_clean_page_is_left_alone() -> None:
    grey = page()
    prepared, skew = image.prepare(grey)
    assert skew == 0.0
    assert np.array_equal(prepared, grey)


def test_specks_go_and_letters_stay() -> None:
    clean, dirty = page().astype(int), speckled()
    mended = image.despeckle(dirty).astype(int)
    assert np.abs(mended - clean).mean() < 0.3 * np.abs(dirty.astype(int) - clean).mean()


@pytest.mark.parametrize("degrees", [-3.0, -0.8, 0.6, 2.5])
def test_skew_is_measured_and_undone(degrees: float) -> None:
    turned = image.turn(page(), degrees)
    assert image.measure_skew(turned) == pytest.approx(-degrees, abs=0.15)


def test_rules_are_found_and_erased() -> None:
    grey = page()
    grey[30:32, 50:900] = 130
    grey[30:400, 50:52] = 130
    rules = image.find_rules(grey, 1.0)
    assert {rule.bbox.width > rule.bbox.height for rule in rules} == {True, False}
    assert image.erase_rules(grey, rules, 1.0)[31, 60:880].min() > 200


def test_ink_that_was_passed_over_is_read_on_a_second_look() -> None:
    sheets = []

    def recognise(sheet: Any) -> list[Word]:
        sheets.append(sheet.shape)
        return [Word("7", BBox(110, 35, 130, 70), 0.97)]

    picture = Image.new("L", (1200, 300), 250)
    ImageDraw.Draw(picture).text((900, 100), "7", fill=40, font_size=34)
    word = Word("Tobacco", BBox(60, 100, 200, 126), 0.96)
    found = look_again(np.asarray(picture), [word], recognise)
    assert len(sheets) == 1
    assert [w.text for w in found] == ["Tobacco", "7"]
    assert 880 < found[1].bbox.x0 < found[1].bbox.x1 < 940


def test_nothing_left_over_means_no_second_look() -> None:
    def fail(_: Any) -> list[Word]:
        raise AssertionError("there is nothing to look at")

    word = Word("Tobacco", BBox(60, 100, 200, 126), 0.96)
    assert look_again(np.full((300, 600), 250, np.uint8), [word], fail) == [word]
