"""Taking specks off a scan, where it has many."""

from __future__ import annotations

from typing import Any

from newsletter_extract.reading.ocr.components import components

_MIN_LETTER_PX, _MAX_LETTER_PX, _MIN_LETTERS = 8, 80, 50
_SPECK = 0.42
"""A speck is at most this share of the usual letter's height; full stops have about a quarter of it."""
_NEAR = 1.0
"""A dot within half a letter's height of print belongs to it."""
_MANY_SPECKS = 5
"""Lonely specks on a million pixels from which a page is cleaned; clean prints have under two."""
_VERY_MANY_SPECKS = 12
"""From here on specks that touch print are looked for too, by their darkness, which full stops may have as well."""
_TILES, _TILES_WITH_SPECKS = 4, 0.5
_DARKER = 20
"""Steps of grey, of 255, by which dust is darker than faded print."""


def despeckle(grey: Any) -> Any:
    """The image without specks: dots far from any letter, and dots much darker than the print.

    Nothing is done to a page with few of them: full stops and the dots of letters look the same.
    """
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    ink = cv2.threshold(soft, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    labels, stats = components(ink)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    letters = (heights >= _MIN_LETTER_PX) & (heights <= _MAX_LETTER_PX)
    if letters.sum() < _MIN_LETTERS:
        return grey
    letter = float(np.median(heights[letters]))
    small = np.concatenate(([False], (np.maximum(heights, stats[1:, cv2.CC_STAT_WIDTH]) <= _SPECK * letter)))
    # every second pixel tells as well where print is, in a quarter of the time
    near = max(3, int(letter * _NEAR) | 1) // 2
    prints = np.where(small[labels[::2, ::2]], np.uint8(0), ink[::2, ::2])
    lonely = small & ~_touch_print(cv2.integral(prints), stats // 2, (near + 1) // 2)
    count = lonely.sum() * 1e6 / grey.size
    if count < _MANY_SPECKS or not _are_all_over(stats[lonely], grey.shape):
        return grey
    # of a page of print all but a tenth is paper, which is left out of what is looked up
    inked = np.flatnonzero(ink)
    label_of = labels.ravel()[inked]
    specks = np.zeros(grey.size, np.uint8)
    specks[inked[lonely[label_of]]] = 1
    if count >= _VERY_MANY_SPECKS:
        printed = np.concatenate(([False], letters))[label_of]
        specks |= _darker_than_print(grey, inked[printed], label_of[printed], letter).ravel()
    mask = cv2.dilate(specks.reshape(grey.shape), np.ones((3, 3), np.uint8))
    return cv2.inpaint(grey, mask, 3, cv2.INPAINT_TELEA)


def _touch_print(print_sums: Any, boxes: Any, reach: int) -> Any:
    """For each box whether print is within `reach` pixels of it, told from the sums of print up to each pixel."""
    import numpy as np

    height, width = print_sums.shape
    x0, y0 = np.maximum(boxes[:, 0] - reach, 0), np.maximum(boxes[:, 1] - reach, 0)
    x1 = np.minimum(boxes[:, 0] + boxes[:, 2] + reach, width - 1)
    y1 = np.minimum(boxes[:, 1] + boxes[:, 3] + reach, height - 1)
    return print_sums[y1, x1] - print_sums[y0, x1] - print_sums[y1, x0] + print_sums[y0, x0] > 0


def _are_all_over(specks: Any, shape: tuple[int, int]) -> bool:
    """Whether specks lie in most parts of the page, as dust does; the dots of a drawing lie together."""
    import numpy as np

    rows = np.minimum(specks[:, 1] * _TILES // shape[0], _TILES - 1)
    columns = np.minimum(specks[:, 0] * _TILES // shape[1], _TILES - 1)
    return len(np.unique(rows * _TILES + columns)) >= _TILES_WITH_SPECKS * _TILES**2


def _darker_than_print(grey: Any, printed: Any, letter_of: Any, letter: float) -> Any:
    """Compact spots, as pixels of 1 on 0, that are much darker than the darkest part of most letters.

    `printed` are the places of the pixels of letters in the image, and `letter_of` the letter that each belongs to.
    """
    import cv2
    import numpy as np

    darkest = np.full(int(letter_of.max()) + 1, 255, np.uint8)
    np.minimum.at(darkest, letter_of, grey.ravel()[printed])
    level = float(np.percentile(darkest[np.unique(letter_of)], 25)) - _DARKER
    spots = (grey < level).astype(np.uint8)
    labels, stats = components(spots)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    compact = (size <= _SPECK * letter) & (size >= 2)
    compact[0] = False
    return compact.astype(np.uint8)[labels]
