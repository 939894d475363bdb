"""Rules of a scan: long straight strokes, as of table borders."""

from __future__ import annotations

from typing import Any

from newsletter_extract.document import BBox, Rule

_RULE_WINDOW, _RULE_CONTRAST = 31, 14
"""Pixels around, and steps of grey by which a stroke is darker than they are: thin grey rules pass, noise does not."""
_RULE_SHARE = 0.06
"""A rule is a dark run of at least this share of the page's width."""


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
        # outlines of few strokes are found in a tenth of the time that labels of all pixels take
        for outline in cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, width, height = cv2.boundingRect(outline)
            if min(width, height) * points_per_pixel > 3:
                continue
            edges = [float(v) * points_per_pixel for v in (x, y, x + width, y + height)]
            rules.append(Rule(BBox(*edges)))
    return tuple(rules)
