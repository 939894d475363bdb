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
from newsletter_extract.layout.gutters import MIN_ROWS, extent_of, gap_below
from newsletter_extract.layout.lines import rows_of
from newsletter_extract.layout.tables.aligned import CellsByRow, bands_of
from newsletter_extract.layout.tables.band_rows import Row

_REACH = 40
"""So many rows above and below a table tell the gutters of the text round it."""
_BEFORE_PT, _NEAR_PT = 2.0, 12.0
"""A gutter is looked for so far before where lines begin; two that are nearer to each other are one."""
_TEXT_WORDS, _FILL = 4, 0.75
"""Lines of a text have so many words, and fill so much of their column, in the middle of them."""
_TIGHT, _MORE = 0.6, 1.3
"""White between lines of one text is less than this share of their height, or than so many times the usual."""
_WIDE = 1.2
"""Words of a text are less than so many heights apart."""
_LEVEL = 0.5
"""Of the rows of one table, at least this share has cells on both sides of a gap."""
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
    if any(_are_apart(rows[begin:end], x) for x in gutters):
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
    inside = _lines(rows[begin:end], piece)
    if len(inside) < 2 or not _is_text(inside):
        return False
    above, below = _lines(rows[max(0, begin - 2) : begin], piece)[-1:], _lines(rows[end : end + 2], piece)[:1]
    usual = median(gap_below(a, b) for a, b in pairwise(inside))
    edges = [(line, inside[0]) for line in above] + [(inside[-1], line) for line in below]
    return any(_go_on(a, b, usual) for a, b in edges)


def _lines(rows: Sequence[Row], piece: Piece) -> list[list[Word]]:
    return rows_of(_within([word for row in rows for word in row.words], piece))


def _is_text(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether most lines are of several words without wide gaps and fill the column."""
    ends = [extent_of(line) for line in lines]
    left, right = min(low for low, _ in ends), max(high for _, high in ends)
    fill = median((high - low) / (right - left) for low, high in ends)
    return median(map(len, lines)) >= _TEXT_WORDS and fill >= _FILL and median(map(_widest, lines)) < _WIDE


def _widest(line: Sequence[Word]) -> float:
    """The widest white between words of a line, in heights of the line."""
    ordered = sorted((word.bbox for word in line), key=lambda box: box.x0)
    return max((b.x0 - a.x1 for a, b in pairwise(ordered)), default=0.0) / max(box.height for box in ordered)


def _go_on(above: Sequence[Word], below: Sequence[Word], usual: float) -> bool:
    """Whether two lines follow each other as those of a text do, between which there is the `usual` white."""
    close = max(_TIGHT * max(word.bbox.height for word in below), _MORE * usual)
    return gap_below(above, below) < close and min(len(above), len(below)) >= _TEXT_WORDS


def _are_apart(rows: Sequence[Row], x: float) -> bool:
    """Whether most lines on the one side of x have none beside them on the other."""
    left, right = [row.bbox.x0 < x for row in rows], [row.bbox.x1 > x for row in rows]
    both = sum(a and b for a, b in zip(left, right, strict=True))
    return both < _LEVEL * min(sum(left), sum(right))


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
