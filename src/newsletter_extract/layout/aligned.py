"""Tables without rules: columns told by their alignment and by the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import Word
from newsletter_extract.layout.lines import rows_of

_NUMERIC = re.compile(r"[€$£¥]?[\d.,’' ]*\d[\d.,%]*(?:\s?[A-Za-z]{1,3})?")
_MIN_ROWS = 3
_WIDE = 4
"""A table of so many columns may have cells that are wrapped over several lines."""
_NUMERIC_SHARE = 0.6
_CAPTION_WORDS, _CELL_GAP_EM = 4, 1.3
_CLOSE = 0.5
"""Lines of one row have less than this share of the white between rows."""
_CELL_LEADING_EM = 0.45
"""White between the lines of one cell is less than this share of the type size."""
_MAX_CELL_WORDS = 8
"""Cells of such tables are short; a column of prose has more words a line."""

Columns = Sequence[Sequence[Word]]
Cells = list[list[list[Word]]]


def is_table(columns: Columns) -> bool:
    """Whether side-by-side columns are cells of one table rather than columns of prose."""
    if len(columns) < 2:
        return False
    rows = _bands(columns)
    full = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    if len(full) < _MIN_ROWS or len(full) < (0.5 if len(columns) < _WIDE else 0.25) * len(rows):
        return False
    return any(_is_numeric([row[k] for row in full]) for k in range(1, len(columns)))


def _is_numeric(cells: Sequence[Sequence[Word]]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) < _MIN_ROWS or max(len(cell) for cell in filled) > _MAX_CELL_WORDS:
        return False
    numbers = sum(bool(_NUMERIC.match(cell[0].text)) for cell in filled)
    return numbers >= _NUMERIC_SHARE * (len(filled) - 1)


def _bands(columns: Columns) -> Cells:
    owner = {id(word): k for k, column in enumerate(columns) for word in column}
    bands = []
    for row in rows_of([word for column in columns for word in column]):
        cells: list[list[Word]] = [[] for _ in columns]
        for word in row:
            cells[owner[id(word)]].append(word)
        bands.append(cells)
    return bands


def rows_of_cells(columns: Columns) -> Cells:
    """Rows of cells; a line with words in one column only is part of the row it stands nearest to.

    So is a line without figures that stands close below a row, where the rows have more white between them.
    """
    bands = _bands(columns)
    anchors = [k for k, band in enumerate(bands) if sum(bool(cell) for cell in band) >= 2]
    numeric = [k for k in range(1, len(columns)) if _is_numeric([bands[a][k] for a in anchors])]
    whites = sorted(_white(bands[a - 1], bands[a]) for a in anchors if a and any(bands[a][k] for k in numeric))
    usual = whites[len(whites) // 2] if whites else 0.0
    rows: dict[int, list[list[Word]]] = {}
    begin: dict[int, int] = {}
    for k in anchors:
        close = k - 1 in begin and _white(bands[k - 1], bands[k]) < _CLOSE * usual
        if close and not any(bands[k][c] for c in numeric):
            begin[k] = begin[k - 1]
            _add(rows[begin[k]], bands[k])
        else:
            begin[k] = k
            rows[k] = [list(cell) for cell in bands[k]]
    for k, band in enumerate(bands):
        if k not in begin:
            nearest = min(anchors, key=lambda a: (_distance(bands[a], band), a))
            _add(rows[begin[nearest]], band)
    return list(rows.values())


def _add(row: list[list[Word]], band: Sequence[Sequence[Word]]) -> None:
    for cell, words in zip(row, band, strict=True):
        cell.extend(words)


def _white(above: Sequence[Sequence[Word]], below: Sequence[Sequence[Word]]) -> float:
    """White between two lines of cells, in points."""
    bottom = max(word.bbox.bottom for cell in above for word in cell)
    return min(word.bbox.top for cell in below for word in cell) - bottom


def split_caption(columns: Columns, size: float) -> tuple[list[Word], list[list[Word]]]:
    """Words of lines above the first row, and the columns without them; `size` is the body type in points.

    Such a line stands in the first column only, or runs on over several without the gaps that part cells.
    """
    head: list[Word] = []
    bands = _bands(columns)
    for band, below in zip(bands, [*bands[1:], None], strict=True):
        lone = sum(bool(cell) for cell in band) == 1 and (bool(band[0]) or not _is_part(band, below, size))
        if not lone and not _runs_on(band, size):
            break
        head += [word for cell in band for word in cell]
    taken = {id(word) for word in head}
    return head, [[word for word in column if id(word) not in taken] for column in columns]


def _is_part(band: Sequence[Sequence[Word]], below: Sequence[Sequence[Word]] | None, size: float) -> bool:
    """Whether a lone cell is the first line of a head that goes on right below, in the same type."""
    if below is None:
        return False
    words, following = [w for cell in band for w in cell], [w for cell in below for w in cell]
    gap = min(w.bbox.top for w in following) - max(w.bbox.bottom for w in words)
    return gap < _CELL_LEADING_EM * size and words[0].bold == following[0].bold


def _runs_on(band: Sequence[Sequence[Word]], size: float) -> bool:
    words = sorted((word for cell in band for word in cell), key=lambda w: w.bbox.x0)
    gaps = [b.bbox.x0 - a.bbox.x1 for a, b in pairwise(words)]
    return len(words) >= _CAPTION_WORDS and max(gaps) < _CELL_GAP_EM * size


def _distance(first: Sequence[Sequence[Word]], second: Sequence[Sequence[Word]]) -> float:
    def middle(band: Sequence[Sequence[Word]]) -> float:
        words = [word for cell in band for word in cell]
        return sum(w.bbox.top + w.bbox.bottom for w in words) / len(words)

    return abs(middle(first) - middle(second))
