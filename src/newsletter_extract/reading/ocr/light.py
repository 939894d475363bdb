"""Undoing bad light and bad paper: shades, tints, faint print, print that shines through, dark edges."""

from __future__ import annotations

from typing import Any

from newsletter_extract.reading.ocr.components import components
from newsletter_extract.reading.ocr.letters import letter_boxes, print_shade

_PAPER_SHARE = 90
"""Percentile of grey that is paper on a page of text."""
_SHADED, _SHADED_SHARE = 0.9, 0.02
"""Paper darker than this share of the brightest, on so much of the page, is levelled."""
_DARK = 0.45
"""Ground darker than this is print, picture or a panel with light letters, and no paper."""
_EMPTY, _LETTER, _FEW_LETTERS = 4.0, (0.6, 3.0), 6
"""Shaded parts that are more than so many heights of an x wide and high, and hold fewer letters than this of a height
between these, are pictures or empty panels."""
_LOW_CONTRAST = 80
"""Spread between print and paper, of 255, under which the histogram is stretched: it makes noise louder too."""
_SOFT = 0.1
"""Deviation of a Gaussian in heights of an x under which the grains of a photo go and letters stay."""
_PRINT_SHARES = (0.1, 0.5, 2)
"""Percentiles of grey, the last of which is print on a page of text; on a sparse one letters are looked for, among the
darkest ink first: there is more noise than print."""
_OVER_NOISE, _FAINTEST = 5, 8
"""So many times the usual step between neighbours, and so many steps of grey more, print is darker than paper."""
_SQUARE, _SURELY_PAPER = 8, 25
"""Pixels of a square whose noise is measured, and the share of squares, in a hundred, that hold no print."""
NOISY = 2.0
"""Deviation of the grey of paper of worn scans, whose noise breaks thin rules and moves the boxes of words; light ones
have 1.5."""
_FAR, _CORE, _LEAST_PRINT = 7, (10, 1), 0.0005
"""What is darker than paper by so many deviations of it is print, where there is so much of it. Its core is as dark as
these percentiles of it and of the page: on a sparse page the second is paper, with photos the first is too bright."""
_MOSTLY_PAPER = 75
_NEARLY_WHITE = 235
"""On darker paper the strokes of drawings would come out as black as letters, and be read as such."""
_PAPER_NOISE = 0.12
"""Paper varies by this share of the spread between print and paper; .2 takes the edges off letters."""
_EDGE = 0.07
"""Dark bars reach at most this share of the page inwards from its edge."""
_BAR_FILL = 0.6
_FAINT, _FAINT_SHARE, _FEW_FAINT = 0.55, 0.15, 60
"""Ink with less than this share of the full darkness shines through, where it makes so many letters (as a share of
those of the print, and at least so many) and they lie under the print."""
_LEAST_INK = 8
"""Pixels of the smallest letter."""
_UNDER_PRINT = 0.1
_NEAR_PRINT = 7
"""Pixels across which faint ink round a dark pixel is left."""
_FULL_HEIGHT = 0.7
"""Lower ink, as a share of the print's letters, is the faint edge or foot of a letter."""
_SENSITIVE = 40
"""Steps of grey under the paper from which ink is looked at there."""


def background(grey: Any, x_px: float) -> Any:
    """The paper under the print, in about four pixels to an x: letters are filled from around them."""
    import cv2
    import numpy as np

    step = max(1, round(x_px / 4))
    filled = cv2.dilate(grey, np.ones((2 * step + 1, 2 * step + 1), np.uint8))
    small = cv2.resize(filled, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = 2 * round(1.5 * x_px / step) + 1
    return cv2.medianBlur(cv2.erode(small, np.ones((3, 3), np.uint8)), size)


def level(grey: Any, x_px: float) -> Any:
    """The image with its paper equally bright all over, where shades or tints cover part of it.

    Shaded parts without letters are photos and empty panels, whose edges would be read as letters: they are wiped.
    """
    import cv2
    import numpy as np

    paper = background(grey, x_px)
    bright = float(np.percentile(paper, 95))
    shaded = ((paper < _SHADED * bright) & (paper > _DARK * bright)).astype(np.uint8)
    if shaded.mean() < _SHADED_SHARE:
        return grey
    gain = np.where(paper > _DARK * bright, bright / np.maximum(paper, 1), 1.0).astype(np.float32)
    gain = cv2.resize(gain, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _without_empty(cv2.multiply(grey, gain, dtype=cv2.CV_8U), shaded, bright, x_px)


def _without_empty(grey: Any, shaded: Any, bright: float, x_px: float) -> Any:
    """The image with the parts that were shaded (1 in a smaller image) made paper where they hold no letters."""
    import cv2
    import numpy as np

    step = max(1, round(x_px / 4))
    half = (float(np.percentile(grey[::4, ::4], 1)) + bright) / 2
    left, top, width, height = (step * edge for edge in cv2.boundingRect(shaded))
    soft = cv2.GaussianBlur(grey[top : top + height, left : left + width], (0, 0), _SOFT * x_px)
    letters = letter_boxes((soft < half).astype(np.uint8), _LETTER[1] * x_px)
    letters = letters[letters[:, 3] >= _LETTER[0] * x_px]
    x, y = ((letters[:, k] + letters[:, k + 2] // 2 + corner) // step for k, corner in enumerate((left, top)))
    labels, stats = components(shaded, 4)
    at = labels[np.minimum(y, labels.shape[0] - 1), np.minimum(x, labels.shape[1] - 1)]
    empty = (np.bincount(at, minlength=len(stats)) < _FEW_LETTERS) & (stats[:, 2:4].min(axis=1) * step > _EMPTY * x_px)
    empty[0] = False
    if not empty.any():
        return grey
    parts = empty[labels].astype(np.uint8)
    for left, top, width, height, area in stats[empty]:
        if area > _BAR_FILL * width * height:
            # the median that finds the paper rounds off corners
            parts[top : top + height, left : left + width] = 1
    mask = cv2.dilate(parts, np.ones((3, 3), np.uint8))
    mask = cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(mask > 0, np.uint8(bright), grey)


def stretch(grey: Any, x_px: float) -> Any:
    """The image with print near black and paper near white, where they lie close together."""
    import numpy as np

    *darkest, low, middle, high = np.percentile(grey[::4, ::4], (*_PRINT_SHARES, 50, _PAPER_SHARE))
    if high - low >= _LOW_CONTRAST:
        return grey
    noise = float(np.median(np.abs(np.diff(grey[::8].astype(np.int16), axis=1))))
    lightest = middle - _OVER_NOISE * noise - _FAINTEST
    limits = (min((shade + middle) / 2, lightest) for shade in (*darkest, low))
    shade = next(
        (found for limit in limits if (found := print_shade(grey, limit, _LETTER[0] * x_px)) is not None), None
    )
    if shade is None or high - shade >= _LOW_CONTRAST:
        return grey
    return np.clip((grey.astype(np.float32) - shade) * (255.0 / (high - shade)), 0, 255).astype(np.uint8)


def whiten(grey: Any, noise: float | None = None) -> Any:
    """The image with the noise of its paper white, where the paper is bright. `noise` is what `paper_noise` measures.

    It is read better so, and faster, since engines pack lines as PNG. Worn pages of our own in four types gained
    .004 of words where wear was medium and .005 where it was heavy, and took a twentieth less time.
    """
    import numpy as np

    paper = float(np.percentile(grey[::4, ::4], _MOSTLY_PAPER))
    ink = print_grey(grey, noise)
    if paper < _NEARLY_WHITE or ink is None:
        return grey
    white = max(1.0, paper - _PAPER_NOISE * (paper - ink))
    return np.clip(np.arange(256) * (255 / white), 0, 255).astype(np.uint8)[grey]


def print_grey(grey: Any, noise: float | None = None) -> float | None:
    """How dark the core of strokes is, however few they are: the page without what may be the noise of its paper.

    None on a page with next to nothing on it.
    """
    import numpy as np

    sample = grey[::4, ::4]
    noise = paper_noise(grey) if noise is None else noise
    inked = sample[sample < float(np.median(sample)) - _FAR * noise - _FAINTEST]
    if inked.size < _LEAST_PRINT * sample.size:
        return None
    return float(min(np.percentile(inked, _CORE[0]), np.percentile(sample, _CORE[1])))


def paper_noise(grey: Any) -> float:
    """Standard deviation of the grey of paper, as squares without print have it: the noise of a scan is in grains
    larger than a pixel, so that neighbours differ less than the paper does."""
    import numpy as np

    rows, columns = (length // _SQUARE for length in grey.shape)
    squares = grey[: rows * _SQUARE, : columns * _SQUARE].reshape(rows, _SQUARE, columns, _SQUARE)[::4, :, ::2]
    deviations = squares.astype(np.float32).std(axis=(1, 3))
    return float(np.percentile(deviations, _SURELY_PAPER)) if deviations.size else 0.0


def upright_tone(grey: Any) -> Any:
    """Dark print on light paper: a negative, as of a microfilm, is inverted."""
    import numpy as np

    low, middle, high = np.percentile(grey[::8, ::8], (10, 50, 98))
    return 255 - grey if middle < 90 and middle - low < 0.4 * (high - low) else grey


def clear_edges(grey: Any) -> Any:
    """The image without dark bars along its edges, as copiers leave them."""
    import cv2
    import numpy as np

    scale = min(1.0, 800 / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small, _PAPER_SHARE))
    dark = (small < 0.45 * paper).astype(np.uint8)
    height, width = dark.shape
    inner_y, inner_x = round(_EDGE * height), round(_EDGE * width)
    mask = np.zeros_like(dark)
    for turn in range(4):
        side = np.rot90(dark, turn)
        depth = inner_y if turn % 2 == 0 else inner_x
        # how far the dark reaches inwards from the edge without a break, column by column
        run = np.cumprod(side[:depth], axis=0).sum(axis=0)
        if (run > 0).mean() > _BAR_FILL and run.max() < depth:
            bar = np.arange(side.shape[0])[:, None] < run[None, :] + 2 * (run[None, :] > 0)
            mask |= np.rot90(bar.astype(np.uint8), -turn)
    if not mask.any():
        return grey
    wide = cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(wide > 0, np.uint8(paper), grey)


def wipe_show_through(grey: Any) -> Any:
    """The image without the print of the other side, where it shines through.

    It is told from grey type by its place: it lies under and across the print, where no type is set.
    """
    import cv2
    import numpy as np

    paper = float(np.percentile(grey[::4, ::4], _PAPER_SHARE))
    darkest = float(np.percentile(grey[::4, ::4], 1))
    limit = paper - _FAINT * (paper - darkest)
    dark = (grey < limit).astype(np.uint8)
    faint = ((grey < paper - _SENSITIVE) & (cv2.dilate(dark, np.ones((5, 5), np.uint8)) == 0)).astype(np.uint8)
    if cv2.countNonZero(faint) < _LEAST_INK * _FEW_FAINT:
        return grey
    faint_boxes = letter_boxes(faint)
    if len(faint_boxes) < _FEW_FAINT:
        return grey
    print_boxes = letter_boxes(dark)
    usual = float(np.median(print_boxes[:, 3])) if len(print_boxes) else 0.0
    faint_boxes = faint_boxes[faint_boxes[:, 3] >= _FULL_HEIGHT * usual]
    if len(faint_boxes) < max(_FEW_FAINT, _FAINT_SHARE * len(print_boxes)):
        return grey
    rows = np.zeros(grey.shape, np.uint8)
    for x, y, w, h in print_boxes:
        rows[y : y + h, max(0, x - 2 * h) : x + w + 2 * h] = 1
    covered = np.array([rows[y : y + h, x : x + w].mean() for x, y, w, h in faint_boxes])
    across = (covered > 0.1) & (covered < 0.8)
    if across.mean() < _UNDER_PRINT:
        return grey
    soft = np.clip((grey.astype(np.float32) - (limit - 30)) / 30, 0, 1)
    # thin strokes and the tails of commas are as faint, but near the dark of their letters
    soft[cv2.dilate(dark, np.ones((_NEAR_PRINT, _NEAR_PRINT), np.uint8)) > 0] = 0
    return np.clip(grey + soft * (paper - grey), 0, 255).astype(np.uint8)
