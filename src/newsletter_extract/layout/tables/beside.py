"""Tables in the columns of a text, told from one table over all of them.

Rows of a table in one column share lines with the text of the next, or with another table there. What stands between
two gutters of the text above or below is then a thing of its own: text that runs on over the edge of the rows, or a
table with labels and figures in rows that are not those of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from newsletter_extract.document import Word
from newsletter_extract.layout.lines import rows_of
from newsletter_extract.layout.runs import MIN_ROWS
from newsletter_extract.layout.tables.aligned import CellsByRow, bands_of
from newsletter_extract.layout.tables.band_rows import Row

_REACH = 12
"""So many rows above and below a table tell the gutters of the text round it."""
_BEFORE_PT, _NEAR_PT = 2.0, 12.0
"""A gutter is looked for so far before where lines begin; two that are nearer to each other are one."""
_TEXT_WORDS, _FILL = 4, 0.75
"""Lines of a text have so many words, and fill so much of their column, in the middle of them."""
_TIGHT = 0.6
"""White between lines of one text is less than this share of their height."""
_LABELS = 0.6
"""So many cells of a column of labels begin with a letter."""

Piece = tuple[float, float]
"""How far a column of the text reaches, in points."""


def stands_in_columns(rows: Sequence[Row], begin: int, end: int, columns: Sequence[Sequence[Word]]) -> bool:
    """Whether rows `begin` to `end`, taken for a table with these columns, are of several columns of a text."""
    gutters = _text_gutters(rows, begin, end)
    if not gutters:
        return False
    edges = [float("-inf"), *gutters, float("inf")]
    pieces = list(pairwise(edges))
    if any(_runs_through(rows, begin, end, piece) for piece in pieces):
        return True
    cells = bands_of(columns)
    tables = [_part(cells, piece) for piece in pieces]
    return any(_are_two(first, second) for first, second in pairwise(tables))


def _text_gutters(rows: Sequence[Row], begin: int, end: int) -> list[float]:
    """Where, from left to right, white parts the text above or below and no word of the rows stands across."""
    found: list[float] = []
    for near in (rows[max(0, begin - _REACH) : begin][::-1], rows[end : end + _REACH]):
        starts = {high for row in near for _, high in row.inner} | {row.bbox.x0 for row in near}
        for x in sorted(start - _BEFORE_PT for start in starts):
            known = any(abs(x - other) < _NEAR_PT for other in found)
            if not known and _parts(near, x) and all(_has_white(row, x) for row in rows[begin:end]):
                found.append(x)
    return sorted(found)


def _parts(rows: Sequence[Row], x: float) -> bool:
    """Whether rows enough of text stand on both sides, from the nearest row on to the first that stands across."""
    left = right = 0
    for row in rows:
        if not _has_white(row, x):
            break
        if not row.is_tabular:
            left += row.bbox.x0 < x
            right += row.bbox.x1 > x
    return min(left, right) >= MIN_ROWS


def _has_white(row: Row, x: float) -> bool:
    return any(low <= x <= high for low, high in row.gaps)


def _within(words: Sequence[Word], piece: Piece) -> list[Word]:
    return [w for w in words if piece[0] < (w.bbox.x0 + w.bbox.x1) / 2 < piece[1]]


def _runs_through(rows: Sequence[Row], begin: int, end: int, piece: Piece) -> bool:
    """Whether a text of the piece goes on over the upper or the lower edge of the rows without more white."""
    inside = rows_of(_within([w for row in rows[begin:end] for w in row.words], piece))
    if not inside or not _is_text(inside):
        return False
    above = rows_of(_within([w for row in rows[max(0, begin - 2) : begin] for w in row.words], piece))[-1:]
    below = rows_of(_within([w for row in rows[end : end + 2] for w in row.words], piece))[:1]
    return any(_go_on(a, b) for a, b in pairwise([*above, inside[0]])) or any(
        _go_on(a, b) for a, b in pairwise([inside[-1], *below])
    )


def _is_text(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether most lines are of several words without wide gaps and fill the column."""
    left, right = min(w.bbox.x0 for line in lines for w in line), max(w.bbox.x1 for line in lines for w in line)
    fills = [(max(w.bbox.x1 for w in line) - min(w.bbox.x0 for w in line)) / (right - left) for line in lines]
    return median(map(len, lines)) >= _TEXT_WORDS and median(fills) >= _FILL


def _go_on(above: Sequence[Word], below: Sequence[Word]) -> bool:
    height = max(w.bbox.height for w in below)
    white = min(w.bbox.top for w in below) - max(w.bbox.bottom for w in above)
    return white < _TIGHT * height and min(len(above), len(below)) >= _TEXT_WORDS


def _part(cells: CellsByRow, piece: Piece) -> CellsByRow:
    """The words of the cells that lie in the piece, in the columns that have any there."""
    inside = [[_within(cell, piece) for cell in row] for row in cells]
    filled = [c for c in range(len(cells[0])) if any(row[c] for row in inside)]
    return [[row[c] for c in filled] for row in inside]


def _are_two(first: CellsByRow, second: CellsByRow) -> bool:
    """Whether each part has labels and figures, in rows that do not answer each other."""
    if not (_has_labels(first) and _has_labels(second)):
        return False
    kinds = [(_kind(a), _kind(b)) for a, b in zip(first, second, strict=True)]
    return any(a != b for a, b in kinds)


def _has_labels(part: CellsByRow) -> bool:
    """Whether the first of several columns holds words and another holds figures."""
    if len(part[0]) < 2:
        return False
    firsts = [row[0] for row in part if row[0]]
    labels = sum(min(cell, key=lambda w: w.bbox.x0).text[:1].isalpha() for cell in firsts)
    return bool(firsts) and labels >= _LABELS * len(firsts) and "figures" in map(_kind, part)


def _kind(row: Sequence[Sequence[Word]]) -> str:
    """What stands in a row behind its label."""
    filled = [cell for cell in row[1:] if cell]
    if not filled:
        return "label" if row[0] else "nothing"
    return "figures" if any(c.isdigit() for cell in filled for w in cell for c in w.text) else "words"
