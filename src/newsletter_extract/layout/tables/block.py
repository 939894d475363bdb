"""The block of a table from its rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import Block, Word
from newsletter_extract.layout.building import make_table
from newsletter_extract.layout.lines import lines_of


def table_block(page: int, rows: Sequence[Sequence[Sequence[Word]]], *, plain_text: bool = False) -> Block:
    """A table whose cells hold words in any order."""
    ordered = [[_in_order(cell) for cell in row] for row in rows]
    closed = _closed(ordered, _header_rows(ordered))
    return make_table(page, closed, _header_rows(closed), plain_text=plain_text)


def _in_order(cell: Sequence[Word]) -> list[Word]:
    """The words of a cell, without the dots that lead from it to the next."""
    words = [word for line in lines_of(cell) for word in line.words]
    return [word for word in words if not _is_leader(word)] or words


def _is_leader(word: Word) -> bool:
    """Whether a word is a row of dots that leads from one cell to the next: a stroke drawn with letters."""
    return len(word.text) > 1 and set(word.text) <= {".", "…"}


def _closed(rows: list[list[list[Word]]], heads: int) -> list[list[list[Word]]]:
    """The rows without columns that are one: one has a head only, and its neighbour everything but that."""
    column = 0
    while heads and column + 1 < len(rows[0]):
        first, second = ([bool(row[column + c]) for row in rows] for c in (0, 1))
        parted = any(first) and any(second) and not any(a and b for a, b in zip(first, second, strict=True))
        if parted and (not any(first[heads:]) or not any(second[heads:])):
            rows = [[*row[:column], [*row[column], *row[column + 1]], *row[column + 2 :]] for row in rows]
        else:
            column += 1
    return rows


def _header_rows(rows: Sequence[Sequence[Sequence[Word]]]) -> int:
    """One where the first row has no numbers below which there are some, else none."""

    def digits(row: Sequence[Sequence[Word]]) -> int:
        return sum(any(c.isdigit() for w in cell for c in w.text) for cell in row)

    below = [digits(row) for row in rows[1:]]
    return int(bool(below) and digits(rows[0]) == 0 and max(below) > 0)
