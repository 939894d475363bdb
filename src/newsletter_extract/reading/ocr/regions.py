"""Parts of a page that an engine can read one by one: columns, cells and what stands over them.

The cut is recursive (Nagy & Seth 1984): a part is cut at its upright gutters, or else at its widest white row, as far
as that leads to gutters. Only the ink is looked at; what the parts are and in which order is a matter of layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newsletter_extract.document import BBox
from newsletter_extract.reading.ocr.letters import Letters

_GUTTER = 1.6
"""Least width of a gutter in heights of an x; the widest spaces of set text have 1.5 through three lines."""
_BESIDE_NARROW = 5.0
"""The same beside a part narrower than `_NARROW`, as bullets and numbers of items are."""
_NARROW = 4.0
_LINES_BESIDE = 6.0
"""A part that is cut upright is at least this high in heights of an x, which are three lines."""
_FEW_LINES_GUTTER = 6.0
_WHITE_ROW = 0.5
_MARGIN = (1.0, 0.6)
"""White kept beside and over a part, in heights of an x: engines misread letters at the edge, and stops and hyphens
stand there."""
_X_SHARE = 0.7
"""The height of an x in that of most letters, where these are larger than the page's, as in a title."""
_TITLE = 12.0
"""Parts that are lower than so many heights of an x may be titles."""
_LETTER = 0.6
"""Ink lower than this share of an x is a stop, a hyphen or a speck, and makes no part of its own."""


def find_regions(letters: Letters, strokes: Sequence[BBox], x_px: float) -> list[BBox]:
    """Boxes, in pixels, that hold all letters. `strokes` are upright rules, which part whatever the white."""
    import numpy as np

    boxes = letters.boxes[letters.boxes[:, 3] >= _LETTER * x_px].astype(float)
    if not len(boxes):
        return []
    spans = np.column_stack([boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]])
    margin = np.array(_MARGIN) * x_px
    return [
        BBox(*(part[:, :2].min(axis=0) - margin), *(part[:, 2:].max(axis=0) + margin))
        for part in _parts(spans, strokes, x_px)
    ]


def _parts(spans: Any, strokes: Sequence[BBox], em: float) -> Iterator[Any]:
    parts = _upright_cuts(spans, strokes, em)
    if len(parts) > 1:
        for part in parts:
            yield from _parts(part, strokes, em)
        return
    halves = _white_row_cut(spans, em)
    if not halves:
        yield spans
        return
    found = [list(_parts(half, strokes, em)) for half in halves]
    if all(len(parts) == 1 for parts in found):
        yield spans
    else:
        yield from (part for parts in found for part in parts)


def _upright_cuts(spans: Any, strokes: Sequence[BBox], em: float) -> list[Any]:
    """The part cut at every gutter that is wide enough for what stands beside it and for its own letters."""
    import numpy as np

    top, bottom = spans[:, 1].min(), spans[:, 3].max()
    if bottom - top < _TITLE * em:
        em = max(em, _X_SHARE * float(np.median(spans[:, 3] - spans[:, 1])))
    tall = bottom - top >= _LINES_BESIDE * em
    order = np.argsort(spans[:, 0])
    reach = np.maximum.accumulate(spans[order, 2])
    starts = spans[order[1:], 0]
    gaps = starts - reach[:-1]
    cuts = [0]
    for at in np.nonzero(gaps >= 0.4 * em)[0]:
        left, right = spans[order[cuts[-1] : at + 1]], spans[order[at + 1 :]]
        if _is_gutter(left, right, float(gaps[at]), strokes, em, tall=tall):
            cuts.append(int(at) + 1)
    return [spans[order[a:b]] for a, b in zip(cuts, [*cuts[1:], len(order)], strict=True)]


def _is_gutter(left: Any, right: Any, gap: float, strokes: Sequence[BBox], em: float, *, tall: bool) -> bool:
    x0, x1 = left[:, 2].max(), right[:, 0].min()
    top, bottom = max(left[:, 1].min(), right[:, 1].min()), min(left[:, 3].max(), right[:, 3].max())
    if any(x0 - 2 <= s.x0 and s.x1 <= x1 + 2 and s.top <= top + em and s.bottom >= bottom - em for s in strokes):
        return True
    least = _GUTTER if tall else _FEW_LINES_GUTTER
    for side in (left, right):
        if side[:, 2].max() - side[:, 0].min() < _NARROW * em:
            least = max(least, _BESIDE_NARROW)
    return gap >= least * em


def _white_row_cut(spans: Any, em: float) -> list[Any]:
    """The part cut in two at its widest white row, or nothing where no row is white enough."""
    import numpy as np

    order = np.argsort(spans[:, 1])
    reach = np.maximum.accumulate(spans[order, 3])
    gaps = spans[order[1:], 1] - reach[:-1]
    if not len(gaps) or gaps.max() < _WHITE_ROW * em:
        return []
    at = int(gaps.argmax()) + 1
    return [spans[order[:at]], spans[order[at:]]]
