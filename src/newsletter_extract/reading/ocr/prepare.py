"""Preparing the picture of a page for OCR: each step only where a measure asks for it; a clean page stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from newsletter_extract.reading.ocr import geometry, light
from newsletter_extract.reading.ocr.letters import (
    Letters,
    find_letters,
    is_upside_down,
    lines_run_down,
    measure_x_height,
)
from newsletter_extract.reading.ocr.panels import lighten_panels
from newsletter_extract.reading.ocr.specks import despeckle

MOST_PIXELS = 18_000_000
"""Pictures are scaled down to this before anything is measured: A3 at 300 dpi."""
_X_PX = 15
"""Height of an x that print is scaled to: on our worn pages it reads better than with 11 and 13, and as well as with
more, which takes longer."""
_FITTING = (0.85, 1.35)
"""Heights, as shares of that, which are left as they are: scaling blurs."""
_MOST_ENLARGED = 3.0
_USUAL_X_INCH = 0.072
"""Height of an x in print of 10 points, for pages with too few to measure."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels."""

    grey: Any
    """8-bit grey, 0 is black."""
    dpi: tuple[float, float]
    """Pixels an inch, across and down."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready for the engine, and what was done to get there."""

    grey: Any
    dpi: float
    x_px: float
    """Height of an x."""
    turned_degrees: int
    """Clockwise turn that brought the page upright: 0, 90, 180 or 270."""
    skew_degrees: float
    flattened: bool
    """True where a photographed sheet was cut out and its perspective undone: it has a size of its own."""

    def upside_down(self) -> Prepared:
        """The page turned by half."""
        return replace(self, grey=geometry.quarter(self.grey, 180), turned_degrees=(self.turned_degrees + 180) % 360)


def prepare(picture: Picture) -> Prepared:
    """The picture upright, straight, evenly lit, with letters of the height that is read best."""
    grey, dpi = _square(picture)
    grey = light.upright_tone(grey)
    corners = geometry.sheet_corners(grey)
    if corners is not None:
        grey = geometry.flatten(grey, corners)
    grey = light.clear_edges(grey)
    grey = lighten_panels(grey, _USUAL_X_INCH * dpi)
    grey = light.level(grey, _USUAL_X_INCH * dpi)
    grey = light.stretch(grey, _USUAL_X_INCH * dpi)
    grey, letters, turned = _upright(grey)
    x_px = measure_x_height(grey, letters) or _USUAL_X_INCH * dpi
    grey, scale = _fitted(grey, x_px)
    dpi, x_px = dpi * scale, x_px * scale
    grey = light.wipe_show_through(grey)
    grey = despeckle(grey)
    skew = geometry.measure_skew(grey)
    if abs(skew) < geometry.MIN_SKEW_DEGREES:
        skew = 0.0
    grey = geometry.turn(grey, skew) if skew else grey
    return Prepared(grey, dpi, x_px, turned, skew, corners is not None)


def _square(picture: Picture) -> tuple[Any, float]:
    """The picture with as many pixels an inch across as down, and not too many, with that number."""
    import cv2

    across, down = picture.dpi
    dpi = max(across, down)
    height, width = picture.grey.shape
    size = width * dpi / across, height * dpi / down
    share = min(1.0, (MOST_PIXELS / (size[0] * size[1])) ** 0.5)
    if share == 1.0 and abs(across / down - 1) < 0.02:
        return picture.grey, dpi
    target = max(1, round(size[0] * share)), max(1, round(size[1] * share))
    way = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture.grey, target, interpolation=way), dpi * share


def _upright(grey: Any) -> tuple[Any, Letters, int]:
    """The page with its text upright, its letters, and the clockwise turn that was needed."""
    letters = find_letters(grey)
    turned = 0
    if lines_run_down(letters):
        turned, grey = 90, geometry.quarter(grey, 90)
        letters = find_letters(grey)
    if is_upside_down(letters):
        turned, grey = turned + 180, geometry.quarter(grey, 180)
    return grey, letters, turned % 360


def _fitted(grey: Any, x_px: float) -> tuple[Any, float]:
    import cv2

    low, high = _FITTING
    if low * _X_PX <= x_px <= high * _X_PX:
        return grey, 1.0
    height, width = grey.shape
    scale = min(_X_PX / x_px, _MOST_ENLARGED, (MOST_PIXELS / (height * width)) ** 0.5)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    target = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(grey, target, interpolation=way), target[0] / width
