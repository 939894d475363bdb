"""Rules of a scan: long straight strokes, as of table borders."""

from __future__ import annotations

from typing import Any

from newsletter_extract.document import BBox, Rule
from newsletter_extract.reading.ocr.components import parts
from newsletter_extract.reading.ocr.light import NOISY, paper_noise, print_grey

_RULE_WINDOW, _RULE_CONTRAST = 31, 14
"""Pixels around, and steps of grey by which a stroke is darker than they are: thin grey rules pass, noise does not."""
_RULE_SHARE = 0.06
"""A rule is a dark run of at least this share of the page's width."""
_THICKEST_PT = 3
_HIGHEST_LETTER = 0.1
"""Letters are lower than this share of the page's width; only rules are longer."""
_LETTER_HEIGHT, _LETTER_WIDTH, _FEET = (0.6, 1.3), 0.3, 0.15
"""Height and least width of a letter, and how far its foot is from that of the stroke, in heights of the stroke. The
letters in the cell of a table are lower than its strokes, or stand in the middle of it."""
_ALONG, _FAINT_CONTRAST, _FAINT_DARK = 33, 6, 0.06
"""Pixels along a rule over which noise is averaged (half of them in upright ones, which are shorter), steps of grey by
which it is darker then, and the share of it that may be as dark as print."""
_BESIDE, _PALER = 8, 0.4
"""Within so many pixels of a faint rule the paper is darkened by less than this share of what the rule is."""


def erase_rules(grey: Any, rules: tuple[Rule, ...], points_per_pixel: float) -> Any:
    """The image with its rules painted over, since engines read them as bars and letters."""
    import numpy as np

    clean = grey.copy()
    paper = int(np.percentile(grey[::4, ::4], 90))
    for rule in rules:
        x0, top, x1, bottom = (round(edge / points_per_pixel) for edge in rule.bbox)
        clean[max(0, top - 1) : bottom + 1, max(0, x0 - 1) : x1 + 1] = paper
    return clean


def find_rules(grey: Any, points_per_pixel: float, noise: float | None = None) -> tuple[Rule, ...]:
    """Long horizontal and vertical strokes of a scan, in points (morphological opening). `noise` is that of
    `paper_noise`, measured here where it is not given."""
    noise = paper_noise(grey) if noise is None else noise
    ink = _darker_than_around(grey, _RULE_CONTRAST)
    strokes = [stroke for upright in (False, True) for stroke in _strokes(ink, upright)]
    if noise > NOISY:
        strokes += _faint_strokes(grey, noise)
    boxes = [[edge * points_per_pixel for edge in (x, y, x + w, y + h)] for x, y, w, h in strokes]
    return tuple(Rule(BBox(*box)) for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= _THICKEST_PT)


def _darker_than_around(grey: Any, contrast: int) -> Any:
    import cv2

    return cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _RULE_WINDOW, contrast)


def _strokes(ink: Any, upright: bool) -> list[tuple[int, int, int, int]]:
    """Long runs of ink (1 on 0) of one direction as x, y, width and height in pixels."""
    import cv2

    length = int(ink.shape[1] * _RULE_SHARE)
    kernel = (1, max(length // 2, 20)) if upright else (length, 1)
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
    # outlines of few strokes are found in a tenth of the time that labels of all pixels take
    outlines = cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    boxes = [cv2.boundingRect(outline) for outline in outlines]
    return [box for box in boxes if not (upright and _is_stem(ink, box))]


def _is_stem(ink: Any, stroke: tuple[int, int, int, int]) -> bool:
    """Whether an upright stroke belongs to a letter of a title: it is one, or has one of its own height beside it."""
    x, y, width, height = stroke
    if height > _HIGHEST_LETTER * ink.shape[1]:
        return False
    left, top = max(0, x - 2 * height), max(0, y - height)
    around = ink[top : y + 2 * height, left : x + width + 2 * height]
    low, high = _LETTER_HEIGHT
    return any(
        low * height <= h <= high * height
        and _LETTER_WIDTH * height <= w <= 2 * height
        and min(part_x, part_y) > 0
        and part_x + w < around.shape[1]
        and part_y + h < around.shape[0]
        and abs(top + part_y + h - y - height) <= _FEET * height
        for part_x, part_y, w, h, _ in parts(around)
    )


def _faint_strokes(grey: Any, noise: float) -> list[tuple[int, int, int, int]]:
    """Strokes that noise breaks: they come out where it is averaged along them.

    Rows of letters do so too, but have pixels as dark as print, or are as dark a little above and below.
    """
    import cv2
    import numpy as np

    paper = float(np.median(grey[::4, ::4]))
    ink = print_grey(grey, noise)
    if ink is None:
        return []
    found = []
    for upright in (False, True):
        along = (1, _ALONG // 2) if upright else (_ALONG, 1)
        page = grey.T if upright else grey
        for box in _strokes(_darker_than_around(cv2.blur(grey, along), _FAINT_CONTRAST), upright):
            x, y, width, height = (box[k] for k in ((1, 0, 3, 2) if upright else (0, 1, 2, 3)))
            stroke = page[y : y + height, x : x + width]
            sides = (
                page[max(0, y - _BESIDE) : max(1, y - 3), x : x + width],
                page[y + height + 3 :, x : x + width][: _BESIDE - 3],
            )
            beside = min(float(np.mean(side)) if side.size else paper for side in sides)
            if (stroke < (paper + ink) / 2).mean() < _FAINT_DARK and paper - beside < _PALER * (paper - stroke.mean()):
                found.append(box)
    return found
