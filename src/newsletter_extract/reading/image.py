"""Preparing a page image for OCR, and finding its rules; each step only where a measure says it is needed."""

from __future__ import annotations

from typing import Any

from newsletter_extract.document import BBox, Rule

_MAX_SKEW_DEGREES = 5.0
_SKEW_SIDE_PX = 1000
_MIN_INK_PX = 500
_SHARPER = 1.03
"""Gain in sharpness from which a turn is believed."""
_MIN_SKEW_DEGREES = 0.15
"""Below this Tesseract reads as well without a turn (measured on our own aged pages)."""
_MIN_LETTER_PX, _MAX_LETTER_PX, _MIN_LETTERS = 8, 80, 50
_SPECK = 0.42
"""A speck is at most this share of the usual letter's height; full stops have about a quarter of it."""
_NEAR = 1.0
"""A dot within half a letter's height of print belongs to it."""
_MANY_SPECKS = 12
"""Lonely specks on a million pixels from which a page is cleaned; clean prints have under two."""
_DARKER = 20
"""Steps of grey, of 255, by which dust is darker than faded print."""
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
    grey = despeckle(grey)
    skew = measure_skew(grey)
    if abs(skew) >= _MIN_SKEW_DEGREES:
        grey = turn(grey, skew)
        return grey, skew
    return grey, 0.0


def despeckle(grey: Any) -> Any:
    """The image without specks: dots far from any letter, and dots much darker than the print.

    Nothing is done to a page with few of them: full stops and the dots of letters look the same.
    """
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    ink = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    letters = (heights >= _MIN_LETTER_PX) & (heights <= _MAX_LETTER_PX)
    if letters.sum() < _MIN_LETTERS:
        return grey
    letter = float(np.median(heights[letters]))
    small = np.concatenate(([False], (np.maximum(heights, stats[1:, cv2.CC_STAT_WIDTH]) <= _SPECK * letter)))
    big = (ink > 0) & ~small[labels]
    reach = max(3, int(letter * _NEAR) | 1)
    near = cv2.dilate(big.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    beside = np.unique(labels[near])
    lonely = small.copy()
    lonely[beside] = False
    if lonely.sum() < _MANY_SPECKS * grey.size / 1e6:
        return grey
    print_labels = np.where(np.concatenate(([False], letters))[labels], labels, 0)
    dark = _darker_than_print(grey, print_labels, letter)
    mask = cv2.dilate((lonely[labels] | dark).astype(np.uint8), np.ones((3, 3), np.uint8))
    return cv2.inpaint(grey, mask, 3, cv2.INPAINT_TELEA)


def _darker_than_print(grey: Any, print_labels: Any, letter: float) -> Any:
    """Compact spots that are much darker than the darkest part of most letters."""
    import cv2
    import numpy as np

    darkest = np.full(int(print_labels.max()) + 1, 255, np.uint8)
    np.minimum.at(darkest, print_labels.ravel(), grey.ravel())
    level = float(np.percentile(darkest[np.unique(print_labels)][1:], 25)) - _DARKER
    spots = (grey < level).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    compact = (size <= _SPECK * letter) & (size >= 2)
    compact[0] = False
    return compact[labels]


def turn(grey: Any, degrees: float) -> Any:
    """The image turned about its middle by `degrees`, with paper in the corners."""
    import cv2

    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(grey, matrix, (width, height), borderValue=255, flags=cv2.INTER_LINEAR)


def measure_skew(grey: Any) -> float:
    """The angle, in degrees, by which turning makes the rows of text sharpest (projection profile, Postl 1986)."""
    import numpy as np

    ys, xs = np.nonzero(_letters_only(grey))
    if len(ys) < _MIN_INK_PX:
        return 0.0

    def sharpness(degrees: float) -> float:
        rows = np.rint(ys - xs * np.tan(np.radians(degrees))).astype(np.int64)
        return float(np.square(np.diff(np.bincount(rows - rows.min()))).sum())

    best = max(np.arange(-_MAX_SKEW_DEGREES, _MAX_SKEW_DEGREES + 0.1, 0.25), key=sharpness)
    best = max(np.arange(best - 0.2, best + 0.21, 0.05), key=sharpness)
    return round(float(best), 2) if sharpness(best) > _SHARPER * sharpness(0.0) else 0.0


def _letters_only(grey: Any) -> Any:
    """Small ink, without pictures, rules and specks, on an image of at most 1,000 pixels a side."""
    import cv2
    import numpy as np

    scale = _SKEW_SIDE_PX / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    soft = cv2.GaussianBlur(small, (3, 3), 0)
    ink = cv2.adaptiveThreshold(soft, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width, area = (stats[:, k] for k in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA))
    keep = (height <= 30) & (width <= 200) & (area >= 4)
    keep[0] = False
    return np.asarray(keep[labels])


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
