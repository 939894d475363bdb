"""Preparing a page image for OCR, and finding its rules; each step only where a measure says it is needed."""

from __future__ import annotations

from typing import Any

from newsletter_extract.document import BBox, Rule

_MAX_SKEW_DEGREES = 5.0
_MIN_SKEW_DEGREES = 0.15
"""Below this Tesseract reads as well without a turn (measured on our own aged pages)."""
_LOW_CONTRAST = 110
"""Spread between the 2nd and 90th percentile of grey, of 255, under which the histogram is stretched."""
_RULE_WINDOW, _RULE_CONTRAST = 31, 14
"""Pixels around, and steps of grey by which a stroke is darker than they are: thin grey rules pass, noise does not."""
_RULE_SHARE = 0.06
"""A rule is a dark run of at least this share of the page's width."""


def prepare(grey: Any) -> tuple[Any, float]:
    """A better image for OCR and the skew that was undone, in degrees. Takes and gives 8-bit grey pixels."""
    import numpy as np

    low, high = np.percentile(grey[::4, ::4], (2, 90))
    if high - low < _LOW_CONTRAST and high > low + 10:
        grey = np.clip((grey.astype(np.float32) - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
    skew = measure_skew(grey)
    if abs(skew) >= _MIN_SKEW_DEGREES:
        grey = turn(grey, skew)
        return grey, skew
    return grey, 0.0


def turn(grey: Any, degrees: float) -> Any:
    """The image turned about its middle by `degrees`, with paper in the corners."""
    import cv2

    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(grey, matrix, (width, height), borderValue=255, flags=cv2.INTER_LINEAR)


def measure_skew(grey: Any) -> float:
    """The angle, in degrees, by which turning makes the rows of text sharpest (projection profile, Postl 1986)."""
    import cv2
    import numpy as np

    scale = 700 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ink = (255 - small).astype(np.float32)
    ink[ink < 60] = 0

    def sharpness(degrees: float) -> float:
        profile = 255 - turn((255 - ink).astype(np.uint8), degrees).astype(np.float32)
        return float(np.square(np.diff(profile.sum(axis=1))).sum())

    best = max(np.arange(-_MAX_SKEW_DEGREES, _MAX_SKEW_DEGREES + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    return round(float(best), 2) if sharpness(best) > 1.05 * sharpness(0.0) else 0.0


def erase_rules(grey: Any, rules: tuple[Rule, ...], points_per_pixel: float) -> Any:
    """The image with its rules painted over, since engines read them as bars and letters."""
    import numpy as np

    clean = grey.copy()
    paper = int(np.percentile(grey[::4, ::4], 90))
    for rule in rules:
        x0, top, x1, bottom = (round(edge / points_per_pixel) for edge in rule.bbox)
        clean[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1 + 1] = paper
    return clean


def find_rules(grey: Any, points_per_pixel: float) -> tuple[Rule, ...]:
    """Long horizontal and vertical strokes of a scan, in points (morphological opening)."""
    import cv2

    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _RULE_WINDOW, _RULE_CONTRAST
    )
    length = int(grey.shape[1] * _RULE_SHARE)
    rules = []
    for kernel in ((length, 1), (1, max(length // 2, 20))):
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        for x, y, width, height, _area in cv2.connectedComponentsWithStats(strokes, connectivity=8)[2][1:]:
            if min(width, height) * points_per_pixel > 3:
                continue
            edges = [float(v) * points_per_pixel for v in (x, y, x + width, y + height)]
            rules.append(Rule(BBox(*edges)))
    return tuple(rules)
