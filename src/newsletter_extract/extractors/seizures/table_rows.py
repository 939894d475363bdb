"""What the seizures of a table are made with: its grid, what its title says of all rows, and a row's record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.amounts.quantities import is_broken_count
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.seizures.known import Known, within
from newsletter_extract.extractors.seizures.words import alternatives
from newsletter_extract.extractors.tables.amounts import Measure
from newsletter_extract.extractors.tables.grid import TIME, Grid, Row
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Commodity, DateSpan, Money, Place, Quantity, Seizure, Table


@cache
def seizure_words() -> re.Pattern[str]:
    """The words of a title or a head that say a table lists seizures."""
    return re.compile(alternatives(list(resources.words("seizure_title_words.txt"))), re.IGNORECASE)


_DITTO = re.compile(r"[\"“”″〃'’,]{1,2}|-?\s?(?:do|ditto|idem|id)\.?\s?-?", re.IGNORECASE)
_CARRIED, _NO_UNIT, _UNKNOWN_GOODS = 0.92, 0.95, 0.95
"""What a row loses for a cell taken from above, an amount without unit, goods that no list has."""
_BROKEN = 0.6
"""What a row loses whose goods are counted in fractions: a mark in their number was misread."""
_DOUBTFUL = 0.7
"""The most that a row is sure of whose amounts do not add up to the total of their column."""


@dataclass(frozen=True, slots=True)
class TableContext:
    """A table on its way to seizures: its grid, its title, and what title and heads say of all rows."""

    grid: Grid
    title: str
    table: Table
    known: Known
    tools: Tools
    sure: float
    measure: Measure
    dates: DateSpan | None
    places: tuple[Place, ...]
    doubtful: frozenset[int]
    """Columns of amounts that do not add up to their total."""
    odd: frozenset[int]
    """Where cells start whose number is odd among those of its column."""
    goods: str
    """The goods that the title names, where no column does: "Cash seized at airports"."""

    @property
    def block(self) -> Block:
        return self.grid.block


def is_place_or_time(cell: Cell, context: TableContext) -> bool:
    """Whether a head names a place or a time."""
    block = context.block.id
    if TIME.fullmatch(context.grid.text(cell).strip()):
        return True
    return any(within(facts, block, cell.start, cell.end) for facts in (context.known.dates, context.known.places))


def label_of(row: Row, context: TableContext) -> tuple[Cell | None, bool]:
    """The cell that names the goods of a row: its own, the one above under a ditto mark, or that of its section."""
    grid, catalogue = context.grid, context.tools.catalogue
    if context.goods:
        return None, False
    own = max(
        grid.cells(row, "commodity"), key=lambda c: (bool(catalogue.category(grid.text(c))), c.column), default=None
    )
    if own and not _DITTO.fullmatch(grid.text(own).strip()) and catalogue.category(grid.text(own)):
        return own, False
    section = grid.section(row)
    if section and own and catalogue.category(grid.block.text[section[0].start : section[-1].end]):
        return next(c for c in section if grid.text(c).strip()), True
    if own and not _DITTO.fullmatch(grid.text(own).strip()):
        return own, False
    above = [r for r in grid.rows if r[0].row < row[0].row and (section is None or r[0].row > section[0].row)]
    for earlier in reversed(above):
        cell = grid.cell(earlier, "commodity")
        if cell and not _DITTO.fullmatch(grid.text(cell).strip()):
            return (cell, True) if any(grid.roles.get(c.column) == "commodity" for c in row) else (None, False)
    return None, False


def seizure_of(
    row: Row,
    span: tuple[int, int],
    name: str,
    context: TableContext,
    quantities: list[Quantity],
    money: Sequence[Money],
    count: int | None,
    axes: Sequence[Cell],
    *,
    carried: bool = False,
) -> Seizure:
    grid, block = context.grid, context.block
    category = context.tools.catalogue.category(name)
    sure = context.sure * min(1.0, 0.4 + 0.6 * reading_confidence(block, *span))
    sure *= _CARRIED if carried else 1.0
    sure *= _NO_UNIT if any(q.unit is None and q.value is not None for q in quantities) else 1.0
    sure *= 1.0 if category else _UNKNOWN_GOODS
    sure *= _BROKEN if any(is_broken_count(q) for q in quantities) else 1.0
    if any(span[0] <= start < span[1] for start in context.odd):
        sure = min(sure, _DOUBTFUL)
    if any(c.column in context.doubtful and span[0] <= c.start < span[1] for c in row):
        sure = min(sure, _DOUBTFUL)
    section = grid.section(row)
    lines = [[*axes], [c for c in row if grid.roles.get(c.column) != "none"], list(section or ())]
    return Seizure(
        id="",
        origin="table",
        commodity=Commodity(text=name, category=category or "other"),
        cases=count,
        quantities=quantities,
        money=list({(m.amount, m.currency): m for m in money}.values()),
        by=[grid.text(c).strip() for c in [grid.cell(row, "by")] if c],
        places=_places(lines, context),
        dates=_date(lines, context),
        table_id=context.table.id,
        provenance=provenance(block, *span),
        confidence=round(sure, 3),
    )


def _places(lines: Sequence[Sequence[Cell]], context: TableContext) -> list[Place]:
    """The places of a column head, of the row (its place column where it has one), of its section, of the title.

    Names of goods are none: "Luban", a resin, is a town too.
    """
    grid = context.grid
    for cells in lines:
        named = [c for c in cells if grid.roles.get(c.column) == "place"]
        named = named or [c for c in cells if not context.tools.catalogue.heads(grid.text(c))]
        found = [p for c in named for p in within(context.known.places, grid.block.id, c.start, c.end)]
        if found:
            return found
    return list(context.places)


def _date(lines: Sequence[Sequence[Cell]], context: TableContext) -> DateSpan | None:
    for cells in lines:
        for cell in cells:
            found = within(context.known.dates, context.block.id, cell.start, cell.end)
            if found:
                return found[0]
    return context.dates
