"""Tables with heads over heads ("Heroin: cases, kg"), and tables on their side, with goods as heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsletter_extract.document import Cell
from newsletter_extract.extractors.seizures.known import within
from newsletter_extract.extractors.seizures.table_rows import TableContext, is_place_or_time, label_of, seizure_of
from newsletter_extract.extractors.tables.amounts import (
    Measure,
    count_of,
    head_measure,
    name_and_measure,
    quantities_of,
)
from newsletter_extract.extractors.tables.grid import Row, head_role, lower_cases
from newsletter_extract.schema import Money, Quantity, Seizure

_MANY = 2
"""From so many groups on, the upper heads are read as goods, places or times."""
_SHARE = 0.6
"""So many of the first cells of the rows name measures in a table on its side."""


@dataclass(frozen=True, slots=True)
class Group:
    """An upper head, the goods that it names ("" for a place or a time), and the lower head of each of its columns.

    Or a lower head that stands under several measures, and for each of its columns the measure."""

    head: Cell
    name: str
    columns: dict[int, Cell]


def column_groups(context: TableContext) -> tuple[Group, ...]:
    """The groups of columns under upper heads that name goods, places or times, where there are several of a kind.

    Where the upper heads are measures over the same lower heads, what stands under one lower head is a group.
    """
    grid = context.grid
    levels = [(upper[-1], c) for c in grid.header if grid.text(c).strip() and (upper := grid.upper_heads(c))]
    crossed = _crossed_groups([(head, c) for head, c in levels if not grid.sums_up(c.column)], context)
    if crossed:
        return crossed
    groups: dict[Cell, dict[int, Cell]] = {}
    for head, cell in levels:
        if not is_place_or_time(cell, context):
            groups.setdefault(head, {})[cell.column] = cell
    named = [(head, name_and_measure(grid.text(head), context.tools)[0], held) for head, held in groups.items()]
    goods = [Group(head, name, held) for head, name, held in named if context.tools.catalogue.heads(name)]
    others = [Group(head, "", held) for head, _, held in named if is_place_or_time(head, context)]
    return tuple(next((found for found in (goods, others) if len(found) >= _MANY), ()))


def _crossed_groups(levels: list[tuple[Cell, Cell]], context: TableContext) -> tuple[Group, ...]:
    """A group for each lower head, where all upper heads are measures ("Cases", "Quantity (kg)") over the same ones."""
    text = context.grid.text
    named: dict[Cell, list[str]] = {}
    groups: dict[str, Group] = {}
    for head, cell in levels:
        name = text(cell).casefold().strip()
        named.setdefault(head, []).append(name)
        groups.setdefault(name, Group(cell, "", {})).columns[cell.column] = head
    measures = [_role(text(head), context) in {"cases", "quantity", "money"} for head in named]
    alike = all(names == list(groups) for names in named.values())
    return tuple(groups.values()) if alike and len(named) >= _MANY and all(measures) else ()


def grouped(row: Row, groups: tuple[Group, ...], context: TableContext) -> Iterator[Seizure]:
    """A seizure for each group of a row, with all that its columns say of it."""
    grid = context.grid
    label = label_of(row, context)[0]
    own, measure = name_and_measure(grid.text(label), context.tools) if label else (context.goods, Measure())
    for group in groups:
        cells = [(c, grid.text(group.columns[c.column])) for c in row if c.column in group.columns]
        measure = head_measure(grid.text(group.head), context.tools) if group.name else measure
        yield from _seizure(row, cells, group.name or own, measure, (group.head,), context)


def on_its_side(goods: dict[int, str], context: TableContext) -> bool:
    """Whether the rows of a table name measures ("Cases", "Weight (kg)") of the goods that head its columns."""
    labels = [_label(row, goods, context) for row in context.grid.rows]
    measures = [_role(text, context) for text in labels if text]
    named = sum(role in {"cases", "quantity", "money"} for role in measures)
    return len(goods) >= _MANY and bool({"cases", "quantity"} & set(measures)) and named >= _SHARE * len(labels)


def column_by_column(goods: dict[int, str], context: TableContext) -> Iterator[Seizure]:
    """The seizures of a table on its side, one a column."""
    grid = context.grid
    for column, name in goods.items():
        held = [(row, c) for row in grid.rows for c in row if c.column == column]
        cells = [(c, _label(row, goods, context)) for row, c in held]
        head = next(c for c in grid.header if c.column == column and grid.text(c).strip())
        if held:
            yield from _seizure(held[0][0], cells, name, head_measure(grid.text(head), context.tools), (head,), context)


def _label(row: Row, goods: dict[int, str], context: TableContext) -> str:
    """The first cell of a row that stands in no column of goods."""
    return next((t for c in row if c.column not in goods and (t := context.grid.text(c).strip())), "")


def _role(text: str, context: TableContext) -> str | None:
    """What a lower head, or the first cell of a row, says of its cells."""
    if text.casefold().strip(" .#") in lower_cases():
        return "cases"
    role = head_role(text)
    return "quantity" if role is None and head_measure(text, context.tools).unit else role


def _seizure(
    row: Row, cells: list[tuple[Cell, str]], name: str, measure: Measure, axes: tuple[Cell, ...], context: TableContext
) -> Iterator[Seizure]:
    """The seizure that cells with their heads tell of, if any."""
    grid, tools = context.grid, context.tools
    quantities: list[Quantity] = []
    money: list[Money] = []
    count, told = None, None
    for cell, head in cells:
        role = _role(head, context)
        sums = within(context.known.money, grid.block.id, cell.start, cell.end)
        if sums:
            money += sums
        elif role == "cases":
            count = count_of(grid.text(cell), tools)
        elif role in {"quantity", None}:
            whole = head_measure(head, tools).over(measure).over(context.measure)
            found = quantities_of(grid.text(cell), whole, name, tools)
            quantities += found
            told = cell if found and told is None else told
    if name and (quantities or money or count):
        where = told or cells[0][0]
        yield seizure_of(row, (where.start, where.end), name, context, quantities, money, count, axes)
