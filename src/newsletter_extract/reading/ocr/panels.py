"""Dark bars and panels with light letters, as head rows of tables and banners of sections: made dark on light."""

from __future__ import annotations

from typing import Any

from newsletter_extract.reading.ocr.letters import letter_boxes

_STEP_SHARE = 5
"""Panels are looked for in an image of so many pixels to an x."""
_SHADES = (1, 90)
"""Percentiles of grey that are print and paper."""
_DARK = 0.68
"""Ground darker than this share of the paper; worn bars of a middle grey have up to .6."""
_LEAST = (4.0, 1.5)
"""Panels are at least so many heights of an x wide and high."""
_SOLID = 0.5
"""Share of a panel that is dark."""
_EVEN = 0.09
"""The ground of a panel is of one shade to this share of the paper (median deviation); pictures are not."""
_LIGHT_SHARE = (0.004, 0.5)
"""Letters cover so much of a panel."""
_CONTRAST = 0.25
"""Letters are lighter than the ground by this share of the paper."""
_LETTER, _FEW_LETTERS, _WORD = (0.6, 4.0), 3, 3.0
"""Their height in heights of an x, and how many there are at least, or how wide for its height ink that runs together
is: the inside of a large O or B is no text."""


def lighten_panels(grey: Any, x_px: float) -> Any:
    """The image with dark panels made like the rest of the page: their letters as dark as its print, on paper.

    A panel is dark ground of one shade that fills its outline, in which something is much lighter. The edge, where
    print and paper run into each other, becomes paper.
    """
    import cv2
    import numpy as np

    step = max(1, round(x_px / _STEP_SHARE))
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    ink, paper = (float(shade) for shade in np.percentile(small[::4, ::4], _SHADES))
    dark = (small < _DARK * paper).astype(np.uint8)
    # rules and strokes of letters are thinner than the dark over and under the letters of a bar
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2, 4), np.uint8))
    result = grey
    for outline in cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, width, height = cv2.boundingRect(outline)
        if width * step < _LEAST[0] * x_px or height * step < _LEAST[1] * x_px:
            continue
        # letters near the edge make bays in the outline
        hull = cv2.convexHull(outline) - (x, y)
        inside = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), hull, 1)
        part = slice(y, y + height), slice(x, x + width)
        shades = _shades(small[part], inside, solid[part], paper)
        if shades is None:
            continue
        part, whole = _whole(grey, inside, (x, y), step)
        if _has_letters(part, whole, shades, x_px):
            result = grey.copy() if result is grey else result
            part, whole = _whole(result, inside, (x, y), step)
            _lighten(part, whole, step, shades, (paper, ink))
    return result


def _shades(part: Any, inside: Any, solid: Any, paper: float) -> tuple[float, float] | None:
    """The greys of a panel's ground and of its letters; None where the part of the page is no panel."""
    import numpy as np

    if np.count_nonzero(solid) < _SOLID * np.count_nonzero(inside):
        return None
    pixels = part[inside > 0].astype(np.float32)
    ground = float(np.median(pixels))
    light = pixels > ground + _CONTRAST * paper / 2
    low, high = _LIGHT_SHARE
    if not low <= light.mean() <= high or float(np.median(np.abs(pixels - ground))) > _EVEN * paper:
        return None
    letters = float(np.percentile(pixels, 100 - 10 * light.mean()))
    return (ground, letters) if letters - ground >= _CONTRAST * paper else None


def _whole(grey: Any, inside: Any, corner: tuple[int, int], step: int) -> tuple[Any, Any]:
    """A part of the image with a little round it, and the same of the panel as pixels of 1."""
    import cv2

    (x, y), (height, width) = corner, inside.shape
    part = grey[max(0, y - 1) * step : (y + height + 1) * step, max(0, x - 1) * step : (x + width + 1) * step]
    mask = cv2.copyMakeBorder(inside, min(y, 1), 1, min(x, 1), 1, cv2.BORDER_CONSTANT, value=0)
    return part, cv2.resize(mask, None, fx=step, fy=step, interpolation=cv2.INTER_NEAREST)[: len(part), : part.shape[1]]


def _has_letters(part: Any, inside: Any, shades: tuple[float, float], x_px: float) -> bool:
    """Whether what is light in a panel are letters."""
    import numpy as np

    boxes = letter_boxes(((part > sum(shades) / 2) & (inside > 0)).astype(np.uint8))
    low, high = _LETTER
    boxes = boxes[(boxes[:, 3] >= low * x_px) & (boxes[:, 3] <= high * x_px)]
    return len(boxes) >= _FEW_LETTERS or bool((boxes[:, 2] >= _WORD * boxes[:, 3]).any())


def _lighten(part: Any, inside: Any, step: int, shades: tuple[float, float], target: tuple[float, float]) -> None:
    """Paint a part of the page anew, in place: the shades of a panel's ground and letters become the target's."""
    import cv2
    import numpy as np

    (ground, letters), (paper, ink) = shades, target
    turned = paper - (part.astype(np.float32) - ground) * ((paper - ink) / (letters - ground))
    edge = np.ones((2 * step + 1, 2 * step + 1), np.uint8)
    within, around = cv2.erode(inside, edge, borderValue=1), cv2.dilate(inside, edge)
    part[:] = np.where(within > 0, np.clip(turned, 0, 255), np.where(around > 0, paper, part))
