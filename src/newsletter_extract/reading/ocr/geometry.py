"""Undoing what a scanner or a camera did to the shape of a page: turns, skew, perspective."""

from __future__ import annotations

from typing import Any

from newsletter_extract.reading.ocr.components import components

_MAX_SKEW_DEGREES = 8.0
_SKEW_SIDE_PX = 1000
_MIN_INK_PX, _MOST_INK_PX = 500, 30_000
_SHARPER = 1.03
"""Gain in sharpness from which a turn is believed."""
MIN_SKEW_DEGREES = 0.15
"""Below this Tesseract reads as well without a turn (measured on our own aged pages)."""
_THUMB_PX = 700
_QUAD_SHARE = (0.3, 0.97)
_QUAD_LIKE = 0.96
"""A sheet of paper fills its outline with four corners to this share."""
_BRIGHTER = 45
"""Steps of grey by which a sheet is brighter than what it lies on."""
_OFF_CORNER, _GROUND_SIDES = 0.012, 2
"""Corners further from those of the photo than this share of it show the ground, which is seen on so many sides."""


def turn(grey: Any, degrees: float) -> Any:
    """The image turned about its middle by `degrees`, with paper in the corners."""
    import cv2
    import numpy as np

    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    paper = float(np.percentile(grey[::8, ::8], 90))
    return cv2.warpAffine(grey, matrix, (width, height), borderValue=paper, flags=cv2.INTER_LINEAR)


def quarter(grey: Any, degrees: int) -> Any:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(grey, -degrees // 90))


def measure_skew(grey: Any) -> float:
    """The angle, in degrees, by which turning makes the rows of text sharpest (projection profile, Postl 1986)."""
    import numpy as np

    ys, xs = np.nonzero(_letters_only(grey))
    if len(ys) < _MIN_INK_PX:
        return 0.0
    every = 1 + len(ys) // _MOST_INK_PX
    down, across = ys[::every].astype(np.float32), xs[::every].astype(np.float32)

    def sharpness(degrees: float) -> float:
        rows = np.rint(down - across * np.tan(np.radians(degrees))).astype(np.int64)
        return float(np.square(np.diff(np.bincount(rows - rows.min()))).sum())

    best = max(np.arange(-_MAX_SKEW_DEGREES, _MAX_SKEW_DEGREES + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    best = max((best - 0.05, best, best + 0.05), key=sharpness)
    return round(float(best), 2) if sharpness(best) > _SHARPER * sharpness(0.0) else 0.0


def _letters_only(grey: Any) -> Any:
    """Small ink, without pictures, rules and specks, on an image of at most 1,000 pixels a side."""
    import cv2
    import numpy as np

    scale = _SKEW_SIDE_PX / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    soft = cv2.GaussianBlur(small, (3, 3), 0)
    ink = cv2.adaptiveThreshold(soft, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    labels, stats = components(ink)
    height, width, area = (stats[:, k] for k in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA))
    keep = (height <= 30) & (width <= 200) & (area >= 4)
    keep[0] = False
    return np.asarray(keep[labels])


def sheet_corners(grey: Any) -> Any | None:
    """Where a photo shows a sheet on a darker ground: its corners (x, y) from the top left clockwise, else None."""
    import cv2
    import numpy as np

    scale = min(1.0, _THUMB_PX / max(grey.shape))
    thumb = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    bright = cv2.threshold(thumb, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    outlines = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    share = cv2.contourArea(hull) / thumb.size
    corners = _four_corners(hull)
    if not _QUAD_SHARE[0] <= share <= _QUAD_SHARE[1] or corners is None:
        return None
    if cv2.contourArea(corners) < _QUAD_LIKE * cv2.contourArea(hull):
        return None
    inside = cv2.fillConvexPoly(np.zeros_like(thumb), np.rint(corners).astype(np.int32), 1) > 0
    if float(np.median(thumb[inside])) - float(np.median(thumb[~inside])) < _BRIGHTER:
        return None
    height, width = thumb.shape
    frame = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    off = np.abs(corners - frame) / [width, height] > _OFF_CORNER
    # a dark banner over the whole width, or a bar down one side, is part of the sheet
    sides = off[[0, 3], 0].any(), off[[1, 2], 0].any(), off[[0, 1], 1].any(), off[[2, 3], 1].any()
    return corners / scale if sum(sides) >= _GROUND_SIDES else None


def _four_corners(hull: Any) -> Any | None:
    """The outline's four corners, from the top left clockwise, or None where it has not four."""
    import cv2
    import numpy as np

    around = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.02, 0.03, 0.05):
        points = cv2.approxPolyDP(hull, tolerance * around, True)
        if len(points) == 4:
            points = points.reshape(4, 2).astype(np.float32)
            middle = points.mean(axis=0)
            order = np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))
            points = points[order]
            return np.roll(points, -int(np.argmin(points.sum(axis=1))), axis=0)
    return None


def flatten(grey: Any, corners: Any) -> Any:
    """The sheet with these corners seen from above."""
    import cv2
    import numpy as np

    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = round(float(max(sides[0], sides[2]))), round(float(max(sides[1], sides[3])))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(grey, warp, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
