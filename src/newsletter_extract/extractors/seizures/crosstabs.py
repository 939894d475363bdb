"""Crosstabs: a seizure in each cell, where goods, places or times head the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsletter_extract.document import Cell
from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.extractors.dates.calendar_spans import months
from newsletter_extract.extractors.dates.words import names
from newsletter_extract.extractors.facts import provenance
from newsletter_extract.extractors.seizures.known import within
from newsletter_extract.extractors.seizures.table_rows import (
    TableContext,
    is_place_or_time,
    label_of,
    seizure_of,
    seizure_words,
)
from newsletter_extract.extractors.tables.amounts import (
    Measure,
    count_of,
    head_measure,
    name_and_measure,
    quantities_of,
)
from newsletter_extract.extractors.tables.grid import Grid, Row, head_role
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import DateSpan, Seizure

_ROUNDING = 1e-6
_MANY = 2
"""From so many heads of one kind on, columns are read as a crosstab."""


def crosstab_columns(context: TableContext) -> tuple[dict[int, str], tuple[int, ...]]:
    """Columns headed by goods, and columns headed by places or times, where there are several of a kind."""
    grid, catalogue = context.grid, context.tools.catalogue
    goods: dict[int, str] = {}
    others: list[int] = []
    for cell in grid.header:
        text, role = grid.text(cell), grid.roles.get(cell.column)
        name = name_and_measure(text, context.tools)[0]
        if role in {"number", "quantity", "cases"} and catalogue.heads(name) and not seizure_words().search(text):
            goods[cell.column] = name
        elif role in {"number", "quantity"} and is_place_or_time(cell, context):
            others.append(cell.column)
    others = _with_neighbours(others, context)
    placed = {c.column for c in grid.header if within(context.known.places, grid.block.id, c.start, c.end)}
    others = [k for k in others if k in placed or not _is_sum(grid, k, others, context.tools)]
    goods = {k: name for k, name in goods.items() if not _is_sum(grid, k, list(goods), context.tools)}
    alone = len(goods) == 1 and not any(role == "cases" for role in grid.roles.values()) and not _names_goods(context)
    return (goods if len(goods) >= _MANY or alone else {}), (tuple(others) if len(others) >= _MANY else ())


def _names_goods(context: TableContext) -> bool:
    """Whether cells of the rows name goods, so that no head does: "Vessel | Diesel (litres)" has them in its head."""
    grid = context.grid
    return any(context.tools.catalogue.heads(grid.text(c)) for row in grid.rows for c in grid.cells(row, "commodity"))


def _with_neighbours(columns: list[int], context: TableContext) -> list[int]:
    """Columns headed by places or times, with those between and beside them that only a place's head can have.

    Of "Bar | Koper | Rijeka" the first is a word too, and no place by itself.
    """
    grid = context.grid
    if not columns:
        return columns
    free = {
        c.column
        for c in grid.header
        if grid.roles.get(c.column) == "number" and head_role(grid.text(c)) is None and grid.text(c)[:1].isupper()
    }
    free = {k for k in free if not grid.sums_up(k) and not context.tools.catalogue.category(grid.head(k))}
    low, high = min(columns), max(columns)
    while low - 1 in free:
        low -= 1
    while high + 1 in free:
        high += 1
    return [k for k in range(low, high + 1) if k in free or k in columns]


def _is_sum(grid: Grid, column: int, columns: Sequence[int], tools: Tools) -> bool:
    """Whether a column adds up the other ones of its kind, as "Quarter" beside its months."""
    if len(columns) < 3:
        return False
    sums = []
    for row in grid.rows:
        values = {
            c.column: n[0].value for c in row if c.column in columns and (n := find_numbers(grid.text(c), tools.habit))
        }
        if column in values and len(values) > 1:
            sums.append(abs(values[column] - sum(v for k, v in values.items() if k != column)) < _ROUNDING)
    return bool(sums) and all(sums)


def crosstab(row: Row, goods: dict[int, str], context: TableContext) -> Iterator[Seizure]:
    """A row of a place or a time, with one kind of goods a column."""
    grid = context.grid
    for cell in row:
        if cell.column in goods:
            measure = head_measure(grid.head(cell.column), context.tools).over(context.measure)
            yield from _amount_cell(row, cell, goods[cell.column], measure, context, (cell,))


def by_place_or_time(row: Row, columns: Sequence[int], context: TableContext) -> Iterator[Seizure]:
    """A row of goods, with one place or time a column."""
    grid = context.grid
    label = label_of(row, context)[0]
    name, measure = name_and_measure(grid.text(label), context.tools) if label else (context.goods, Measure())
    if not name:
        return
    for cell in row:
        if cell.column in columns:
            head = next(c for c in reversed(grid.header) if c.column == cell.column and grid.text(c).strip())
            upper = grid.upper_heads(head)
            found = _amount_cell(row, cell, name, measure.over(context.measure), context, (head, *upper))
            time = _crossed([*row, *upper], head, context)
            yield from (s.model_copy(update={"dates": time}) if time else s for s in found)


def _crossed(others: Sequence[Cell], head: Cell, context: TableContext) -> DateSpan | None:
    """The month of a cell whose head names the month, and its row or upper head the year, or the other way round."""
    grid = context.grid
    for cell in others:
        if cell.column == head.column and not cell.header:
            continue
        for year, month in ((cell, head), (head, cell)):
            written = _YEAR.fullmatch(grid.text(year).strip())
            name = names("month").get(grid.text(month).strip().rstrip(".").casefold())
            number = name.number(frozenset({"en"})) if name else None
            if written and number:
                span = months(int(written[0]), number, int(written[0]), number)
                return DateSpan(
                    text=f"{grid.text(month).strip()} {written[0]}",
                    start=span.start,
                    end=span.end,
                    precision="month",
                    edtf=span.edtf,
                    inferred=True,
                    provenance=provenance(grid.block, month.start, month.end),
                    confidence=_SURE_CROSSED,
                )
    return None


_YEAR = re.compile(r"(?:19|20)\d\d")
_SURE_CROSSED = 0.93
"""How sure a date is that a row and a head of a table make up."""


def _amount_cell(
    row: Row, cell: Cell, name: str, measure: Measure, context: TableContext, axes: Sequence[Cell]
) -> Iterator[Seizure]:
    grid = context.grid
    count = None
    quantities = quantities_of(grid.text(cell), measure, name, context.tools)
    if re.search(
        r"\b(?:number of|no\. of) (?:seizures|cases|interceptions|detections)\b", context.title, re.IGNORECASE
    ):
        count, quantities = count_of(grid.text(cell), context.tools), []
    money = within(context.known.money, grid.block.id, cell.start, cell.end)
    if quantities or count or money:
        yield seizure_of(row, (cell.start, cell.end), name, context, quantities, money, count, axes)
