"""The tables of a document as facts, with the totals that do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from newsletter_extract.document import Block, Cell, Notice
from newsletter_extract.extractors.amounts.numbers import NumberHabit
from newsletter_extract.extractors.facts import provenance
from newsletter_extract.extractors.tables.grid import Grid, read_grid
from newsletter_extract.extractors.tables.sums import ColumnTotal, column_totals, row_totals, total_below
from newsletter_extract.schema import Table, TableTotal


def read_tables(blocks: Sequence[Block], habit: NumberHabit) -> tuple[tuple[Table, ...], tuple[Notice, ...]]:
    """Every table in reading order, and a notice for each total that is not the sum of its rows."""
    by_id = {block.id: block for block in blocks}
    tables: list[Table] = []
    notices: list[Notice] = []
    for block, below in zip_longest(blocks, blocks[1:]):
        if block.kind != "table":
            continue
        grid = read_grid(block)
        caption = by_id.get(block.caption_id or "")
        totals = list(column_totals(grid, habit))
        table = Table(
            id=f"table-{len(tables) + 1}",
            title=caption.text if caption else None,
            columns=grid.names(),
            rows=[
                [grid.text(c) for c in row]
                for row in sorted((*grid.rows, *grid.sections, *grid.totals), key=lambda r: r[0].row)
            ],
            total=_main_total(grid, totals) or (total_below(grid, below.text, habit) if below else None),
            provenance=provenance(block, 0, len(block.text)),
            confidence=0.9,
        )
        tables.append(table)
        notices += _mismatches(grid, totals, table.title or table.id, habit)
    return tuple(tables), tuple(notices)


def _main_total(grid: Grid, totals: Sequence[ColumnTotal]) -> TableTotal | None:
    """The total of the last total row: of the count column, else of the first column with one."""
    last = [t for t in totals if grid.totals and t.cell.row == grid.totals[-1][0].row]
    for role in ("cases", "quantity", "number", "money"):
        for total in last:
            if grid.roles.get(total.column) == role:
                return TableTotal(stated=total.stated, computed=total.computed)
    return None


def _mismatches(grid: Grid, totals: Sequence[ColumnTotal], name: str, habit: NumberHabit) -> Iterator[Notice]:
    for total in totals:
        if not total.agrees:
            head = grid.head(total.column)
            where = f" of column {head!r}" if head else ""
            told = f"The rows of {name!r} add up to {total.computed}, and the total{where} says {total.stated}."
            if total.suspect and total.mended is not None:
                told += f" With {total.mended} for {grid.text(total.suspect).strip()!r} in it, it would be right."
            yield _mismatch(grid, total.cell, told)
    for wrong in row_totals(grid, habit):
        label = next((t for c in grid.block.cells if c.row == wrong.cell.row and (t := grid.text(c).strip())), "")
        told = f"Row {label!r} of {name!r} adds up to {wrong.computed}, and its total says {wrong.stated}."
        yield _mismatch(grid, wrong.cell, told)


def _mismatch(grid: Grid, cell: Cell, message: str) -> Notice:
    return Notice(
        code="table_total_mismatch",
        severity="warning",
        message=message,
        page=grid.block.page,
        block_id=grid.block.id,
        start=cell.start,
        end=cell.end,
    )
