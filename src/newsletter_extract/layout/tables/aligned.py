"""Tables without rules: columns told by their alignment and by the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter_extract.document import Word
from newsletter_extract.layout.lines import rows_of

_NUMERIC = re.compile(r"[€$£¥]?[\d.,’' ]*\d[\d.,%]*(?:\s?[A-Za-z]{1,3})?")
_MIN_ROWS = 3
_WIDE = 4
"""A table of so many columns may have cells that are wrapped over several lines."""
_NUMERIC_SHARE = 0.6
_TEXT_WORDS, _TEXT_LINES = 5, 0.25
_MAX_CELL_WORDS = 8
"""Cells of such tables are short; a column of prose has more words a line."""

Columns = Sequence[Sequence[Word]]
CellsByRow = list[list[list[Word]]]
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[.]?(?:[-–/.]\d{1,2})*(?:[-–/.]\d{2,4})?|\d{4}-\d\d-\d\d")


def numeric_columns(rows: CellsByRow) -> list[int]:
    """The columns behind the first that hold numbers."""
    return [k for k in range(1, len(rows[0]) if rows else 0) if _is_numeric([row[k] for row in rows])]


def has_numbers(rows: CellsByRow, lines: int) -> bool:
    """Whether a column behind the first holds numbers, in rows that are most of the table's `lines`."""
    columns = len(rows[0])
    if len(rows) < (0.5 if columns < _WIDE else 0.25) * lines:
        return False
    return bool(numeric_columns(rows))


def has_text_among_numbers(rows: CellsByRow, full: CellsByRow) -> bool:
    """Whether a column whose cells in the `full` rows begin with numbers has lines of a text among them."""
    for column in range(1, len(rows[0])):
        cells = [row[column] for row in full if row[column]]
        if sum(_begins_with_number(cell) for cell in cells) < _NUMERIC_SHARE * (len(cells) - 1):
            continue
        lines = [row[column] for row in rows if row[column]]
        text = sum(len(line) >= _TEXT_WORDS and not _begins_with_number(line) for line in lines)
        if text > _TEXT_LINES * len(lines):
            return True
    return False


def _begins_with_number(cell: Sequence[Word]) -> bool:
    return bool(_NUMERIC.match(min(cell, key=lambda word: word.bbox.x0).text))


def has_dates(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether every cell begins with the day of a date."""
    return bool(cells) and all(cell and _DAY.fullmatch(cell[0].text) for cell in cells)


def is_numbered_list(rows: CellsByRow) -> bool:
    """Whether cells begin with the numbers of a list that goes on from column to column."""
    return all(all(not cell or is_item_number(cell[0]) for cell in row) for row in rows)


def is_item_number(word: Word) -> bool:
    """Whether a word is the number of an item of a list, with its stop or bracket."""
    return bool(_ITEM.fullmatch(word.text))


_ITEM = re.compile(r"\(?\d{1,3}[.)]")


def is_table(columns: Columns) -> bool:
    """Whether side-by-side columns are cells of one table rather than columns of prose."""
    if len(columns) < 2:
        return False
    rows = bands_of(columns)
    full = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    if len(full) < _MIN_ROWS or len(full) < (0.5 if len(columns) < _WIDE else 0.25) * len(rows):
        return False
    return bool(numeric_columns(full)) and not is_numbered_list(full) and not has_text_among_numbers(rows, full)


def _is_numeric(cells: Sequence[Sequence[Word]]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) < _MIN_ROWS or max(len(cell) for cell in filled) > _MAX_CELL_WORDS:
        return False
    return sum(map(_begins_with_number, filled)) >= _NUMERIC_SHARE * (len(filled) - 1)


def bands_of(columns: Columns) -> CellsByRow:
    """The lines over all columns, from top to bottom, each with its words by column."""
    owner = {id(word): k for k, column in enumerate(columns) for word in column}
    bands = []
    for row in rows_of([word for column in columns for word in column]):
        cells: list[list[Word]] = [[] for _ in columns]
        for word in row:
            cells[owner[id(word)]].append(word)
        bands.append(cells)
    return bands
