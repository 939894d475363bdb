"""What the confidences of an OCR engine are worth, as measured: resources/ocr_confidence.csv."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from newsletter_extract import resources


def calibrated(confidence: float) -> float:
    """The share of words right of those that the engine gives this confidence, both 0 to 1; it never falls."""
    given, right = _curve()
    k = bisect_right(given, confidence)
    if k in {0, len(given)}:
        return right[0] if k == 0 else right[-1]
    share = (confidence - given[k - 1]) / (given[k] - given[k - 1])
    return round(right[k - 1] + share * (right[k] - right[k - 1]), 4)


@cache
def _curve() -> tuple[list[float], list[float]]:
    steps = resources.rows("ocr_confidence.csv")
    return [float(step["given"]) for step in steps], [float(step["right"]) for step in steps]
