"""Photos and drawings on a page, which engines read as letters: found by their ink and painted over."""

from __future__ import annotations

from typing import Any

from newsletter_extract.document import BBox
from newsletter_extract.reading.ocr.components import components, parts

_WINDOW = 3.0
"""Ink is looked at in squares of so many letter heights; text fills a third of them, pictures more than half."""
_DENSE = 0.55
_LARGE = 5.0
"""A picture is at least this many letters high and wide."""
_SOLID = 0.3
"""The rules of a table, which are one piece of ink, fill less of their box than this."""


def hide_pictures(grey: Any, x_px: float) -> tuple[Any, list[BBox]]:
    """The image with pictures painted over in the colour of paper, and their boxes in pixels."""
    import cv2
    import numpy as np

    step = max(1, round(x_px / 5))
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small, 90))
    limit = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    ink = (small <= min(limit, 0.8 * paper)).astype(np.uint8)
    letter = x_px / step
    window = max(3, round(_WINDOW * letter))
    dense = (cv2.boxFilter(ink.astype(np.float32), -1, (window, window)) > _DENSE).astype(np.uint8)
    dense = cv2.morphologyEx(dense, cv2.MORPH_OPEN, np.ones((window, window), np.uint8))
    hidden = cv2.dilate(dense, np.ones((window | 1, window | 1), np.uint8))
    labels, stats = components(ink)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    large = (np.minimum(width, height) > _LARGE * letter) & (area > _SOLID * width * height)
    large[0] = False
    hidden |= cv2.dilate(large[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    if not hidden.any():
        return grey, []
    boxes = [
        BBox(*(float(edge * step) for edge in (x, y, x + w, y + h)))
        for x, y, w, h, _ in parts(hidden)
        if min(w, h) > _LARGE * letter
    ]
    mask = cv2.resize(hidden, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(mask > 0, np.uint8(paper), grey), boxes
