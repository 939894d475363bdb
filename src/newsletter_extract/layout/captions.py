"""The caption of a ruled table: a line right above it and apart from the text over that."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import BBox, Line, Word
from newsletter_extract.layout.lines import lines_of, pieces

_REACH_EM = 2.0
"""How far above the table, in type sizes, its caption may end."""
_SET_EM = 3.0
"""How far from the table's left edge a caption may begin, unless it is centred."""
_APART = 0.6
"""White above a caption, as a share of its height; lines of a paragraph have about a third."""


def caption_above(table: BBox, words: Sequence[Word], size: float) -> Line | None:
    """The line that is the caption of the table, or None."""
    near = [w for w in words if -1 <= table.top - w.bbox.bottom <= _REACH_EM * size]
    for line in reversed(lines_of(near)):
        for piece in pieces(line):
            centred = abs((piece.bbox.x0 + piece.bbox.x1) - (table.x0 + table.x1)) < 2 * size
            if (abs(piece.bbox.x0 - table.x0) < _SET_EM * size or centred) and _is_apart(piece, words):
                return piece
    return None


def _is_apart(line: Line, words: Sequence[Word]) -> bool:
    """Whether white or a bolder type parts the line from what stands over it."""
    above = [
        w for w in words if w.bbox.x0 < line.bbox.x1 and w.bbox.x1 > line.bbox.x0 and w.bbox.bottom <= line.bbox.top + 1
    ]
    if not above:
        return True
    last = max(above, key=lambda w: w.bbox.bottom)
    bolder = all(w.bold for w in line.words) and not last.bold
    return bolder or line.bbox.top - last.bbox.bottom > _APART * line.bbox.height
