"""The letters of a page as its ink shows them: how high they are and which way up they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsletter_extract.reading.ocr.components import parts

_THRESHOLD = (90, 215)
"""Otsu's threshold is kept between these steps of grey: pages of pictures and nearly white ones pull it aside."""
_LEAST_PX, _MOST_SHARE = 4, 0.06
"""Letters are higher than specks, and lower than this share of the page."""
_ASPECT = (0.12, 4.0)
_SINGLE = 1.6
"""Wider ink is two letters or more, of which one may reach up and another down."""
_JOINED_ASPECT = 30.0
"""Letters that run together make ink as wide as words; it is no measure of height."""
_FILL = 0.12
_STROKE = 15
"""Percentile of grey in a letter's box that is its stroke."""
_SAMPLE = 200
"""So many letters tell how high most are."""
_COMPANY = 0.6
"""Letters of a word are closer than this share of their height."""
_LARGEST = 1000
"""So many of the largest boxes are looked at where a sample holds few letters: letters are larger than dust."""
_FEW, _ENOUGH = 12, 40
"""With fewer letters their height is not measured, and which way up they stand is not: marks and stamps tell little."""
_X_SHARE = 0.85
"""The height of an x as a share of most letters'."""
_JOINT = 0.6
"""Ink no further apart than this share of the letters' height is one word, when the height of an x is measured."""
_WORD_HEIGHT, _WORDS, _FEW_WORDS = (0.6, 2.6), 300, 8
"""Heights of words, as shares of the letters' height, how many of them are measured, and how few are too few."""
_MANY = 600
"""Of so many letters half are enough to measure."""
_SAME_EDGE = 0.13
"""Letters whose edges differ by less than this share of their height stand on one line (or under one)."""
_CLEARLY = 1.25
_MUCH_CLEARER = 1.6


@dataclass(frozen=True, slots=True)
class Letters:
    """Boxes of connected ink of the size of letters, in pixels: one row each of x, y, width, height."""

    boxes: Any
    height: float
    """The height of most letters, which is nearly that of an x; 0 where there are too few to tell."""


def find_letters(grey: Any) -> Letters:
    """The letters of an evenly lit page in 8-bit grey; letters that run together count as one."""
    import numpy as np

    boxes = letter_boxes(_ink(grey))
    single = boxes[boxes[:, 2] <= _ASPECT[1] * boxes[:, 3]]
    company = _in_company(single, single[:: max(1, len(single) // _SAMPLE)])
    if len(company) < _FEW and len(single) > _SAMPLE:
        largest = single[np.argsort(-single[:, 3])[:_LARGEST]]
        company = _in_company(largest, largest)
    if len(company) < _FEW:
        return Letters(boxes, 0.0)
    usual = _usual(company[:, 3])
    return Letters(boxes[(boxes[:, 3] >= 0.4 * usual) & (boxes[:, 3] <= 4 * usual)], usual)


def print_shade(grey: Any, lightest: float, lowest: float) -> float | None:
    """The grey of most letters that are darker than `lightest` and higher than `lowest`; None where there are few."""
    import cv2
    import numpy as np

    boxes = letter_boxes((cv2.GaussianBlur(grey, (3, 3), 0) < lightest).astype(np.uint8))
    boxes = boxes[boxes[:, 3] >= lowest]
    letters = _in_company(boxes, boxes[:: max(1, len(boxes) // _SAMPLE)])
    if len(letters) < _FEW:
        return None
    return float(np.median([np.percentile(grey[y : y + h, x : x + w], _STROKE) for x, y, w, h in letters]))


def letter_boxes(ink: Any, highest: float | None = None) -> Any:
    """Boxes of connected ink (pixels of 1 on 0) that may be letters: a row each of x, y, width, height.

    The `highest` have so many pixels, or a share of the image where that is not given.
    """
    stats = parts(ink)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    most = max(20.0, _MOST_SHARE * max(ink.shape)) if highest is None else highest
    good = (height >= _LEAST_PX) & (height <= most) & (area >= _FILL * width * height)
    good &= (width >= _ASPECT[0] * height) & (width <= _JOINED_ASPECT * height)
    return stats[good, :4]


def _ink(grey: Any) -> Any:
    import cv2

    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    low, high = _THRESHOLD
    threshold = min(max(cv2.threshold(soft[::2, ::2], 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0], low), high)
    return (soft <= threshold).astype("uint8")


def measure_x_height(grey: Any, letters: Letters) -> float:
    """The height of an x in pixels, 0 where there are too few letters.

    In a word most ink stands between the line and the height of an x, whether its letters are apart or run together;
    those are the rows with at least half of the ink of its fullest ones.
    """
    import cv2
    import numpy as np

    if not letters.height:
        return 0.0
    ink = _ink(_fullest(grey, letters))
    joint = cv2.dilate(ink, np.ones((1, max(3, int(_JOINT * letters.height)) | 1), np.uint8))
    stats = parts(joint)
    width, height = stats[:, 2], stats[:, 3]
    low, high = _WORD_HEIGHT
    words = stats[(height >= low * letters.height) & (height <= high * letters.height) & (width > 2 * height)]
    cores = []
    for x, y, w, h, _ in words[:: max(1, len(words) // _WORDS)]:
        rows = ink[y : y + h, x : x + w].sum(axis=1, dtype=np.int32)
        full = np.sort(rows)[-max(1, h // 6)]
        cores.append(np.count_nonzero(2 * rows >= full))
    return float(np.median(cores)) if len(cores) >= _FEW_WORDS else _X_SHARE * letters.height


def _fullest(grey: Any, letters: Letters) -> Any:
    """The rows of the image between which the middle half of its letters stand, where these are enough to measure."""
    import numpy as np

    if len(letters.boxes) < _MANY:
        return grey
    top, bottom = np.percentile(letters.boxes[:, 1], (25, 75))
    return grey[int(top) : int(bottom + 2 * letters.height)]


def _in_company(boxes: Any, some: Any) -> Any:
    """Those of `some` boxes that have one of like size close beside them or under them, as letters have and dust has
    not: on a sparse page it outnumbers the letters."""
    import numpy as np

    gaps = [
        np.maximum(some[:, None, k], boxes[None, :, k])
        - np.minimum((some[:, k] + some[:, k + 2])[:, None], (boxes[:, k] + boxes[:, k + 2])[None, :])
        for k in (0, 1)
    ]
    size, sizes = some[:, None, 3], boxes[None, :, 3]
    alike = (size < 2 * sizes) & (sizes < 2 * size)
    near, apart = np.minimum(*gaps), np.maximum(*gaps)
    # a box is within itself, so that it is no company
    beside = alike & (near < 0) & (apart >= 0) & (apart < _COMPANY * size)
    return some[beside.any(axis=1)]


def _usual(heights: Any) -> float:
    """The median height of letters. Specks are left out by weighing each letter with its height."""
    import numpy as np

    ordered = np.sort(heights)
    weights = np.cumsum(ordered)
    return float(ordered[np.searchsorted(weights, weights[-1] / 2)])


def count_pairs(boxes: Any, height: float) -> int:
    """How many letters of this height have another close to their right, as in lines of text."""
    import numpy as np

    return int(np.count_nonzero(_neighbours(boxes, height, 0))) if len(boxes) else 0


def lines_run_down(letters: Letters) -> bool:
    """Whether the lines of text run down the page and not across: letters follow closest along a line."""
    import numpy as np

    if not letters.height or len(letters.boxes) < _ENOUGH:
        return False
    across, down = (_neighbours(letters.boxes, letters.height, axis) for axis in (0, 1))
    return bool(np.count_nonzero(down) > _CLEARLY * np.count_nonzero(across))


def _neighbours(boxes: Any, height: float, axis: int) -> Any:
    """For each letter whether another follows closely along the axis (0 across, 1 down) on the same line."""
    import numpy as np

    low, other = boxes[:, axis], boxes[:, 1 - axis]
    high, middle = low + boxes[:, axis + 2], other + boxes[:, 3 - axis] / 2
    order = np.lexsort((low, np.round(middle / height)))
    low, high, middle = low[order], high[order], middle[order]
    gap = low[1:] - high[:-1]
    return (np.abs(middle[1:] - middle[:-1]) < 0.6 * height) & (gap > -0.2 * height) & (gap < 0.5 * height)


def is_upside_down(letters: Letters) -> bool:
    """Whether the text stands on its head.

    In Latin script more letters stick out above the height of an x than below the line, so that neighbours agree at
    their lower edge more often than at their upper one. Capitals and digits agree in both and tell nothing.
    """
    import numpy as np

    if not letters.height or len(letters.boxes) < _ENOUGH:
        return False
    boxes = letters.boxes[letters.boxes[:, 2] <= _SINGLE * letters.boxes[:, 3]]
    middle = boxes[:, 1] + boxes[:, 3] / 2
    order = np.lexsort((boxes[:, 0], np.round(middle / (1.5 * letters.height))))
    first, second = boxes[order[:-1]], boxes[order[1:]]
    gap = second[:, 0] - first[:, 0] - first[:, 2]
    beside = (gap > -0.3 * letters.height) & (gap < letters.height)
    beside &= np.abs(second[:, 1] - first[:, 1]) < letters.height
    first, second = first[beside], second[beside]
    limit = max(1.0, _SAME_EDGE * letters.height)
    tops = np.abs(first[:, 1] - second[:, 1]) <= limit
    feet = np.abs(first[:, 1] + first[:, 3] - second[:, 1] - second[:, 3]) <= limit
    stand, hang = int(np.count_nonzero(feet & ~tops)), int(np.count_nonzero(tops & ~feet))
    return hang > _MUCH_CLEARER * stand and stand + hang >= _ENOUGH
