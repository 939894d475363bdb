"""The block of a table from its rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_extract.document import Block, Word
from newsletter_extract.layout.building import make_table
from newsletter_extract.layout.lines import lines_of
from newsletter_extract.layout.tables.upper_heads import Heads

Rows = Sequence[Sequence[Sequence[Word]]]


def table_block(page: int, rows: Rows, heads: Heads | None = None, *, plain_text: bool = False) -> Block:
    """A table whose cells hold words in any order; `heads` are those that were told from its `rows` before."""
    ordered = [[_in_order(cell) for cell in row] for row in rows]
    if heads:
        return _headed(page, ordered, heads, plain_text)
    closed = _closed(ordered, _header_rows(ordered))
    return make_table(page, closed, _header_rows(closed), plain_text=plain_text)


def _headed(page: int, rows: list[list[list[Word]]], heads: Heads, plain_text: bool) -> Block:
    """A table under heads of one level or of two; an upper one stands in the first of its columns."""
    above = [[_in_order(cell) for cell in heads.lower]]
    if heads.upper:
        over = {head.first: _in_order(head.words) for head in heads.upper}
        above.insert(0, [over.get(c, []) for c in range(len(heads.lower))])
    spans = {(r, c): 1 for r, row in enumerate(above) for c, cell in enumerate(row) if cell}
    spans |= {(0, head.first): head.last - head.first + 1 for head in heads.upper}
    return make_table(page, [*above, *rows], len(above), plain_text=plain_text, spans=spans)


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
