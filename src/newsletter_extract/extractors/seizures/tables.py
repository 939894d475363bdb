"""Seizures from tables: a row of goods and amounts each, or a cell where goods, places or times head the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.amounts.numbers import find_numbers
from newsletter_extract.extractors.amounts.quantities import find_quantities
from newsletter_extract.extractors.facts import provenance, reading_confidence
from newsletter_extract.extractors.seizures.goods_types import Tools
from newsletter_extract.extractors.seizures.known import Known, within
from newsletter_extract.extractors.seizures.words import alternatives
from newsletter_extract.extractors.tables.amounts import (
    Measure,
    count_of,
    head_measure,
    name_and_measure,
    quantities_of,
)
from newsletter_extract.extractors.tables.grid import Grid, Row, column_totals, read_grid
from newsletter_extract.schema import Commodity, DateSpan, Money, Place, Quantity, Seizure, Table

_SEIZURE_WORDS = re.compile(
    r"seiz|confiscat|intercept|detain|detect|haul|caught|contraband|smuggl|forfeit|incaut|saisie|sequestr|sicherstell|zaplen|zaplij|"
    r"aprehen|apreens|decomis|beschlagnahm|impound|recover|drug bust",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\b(?:results?|outcomes?|operation)\b", re.IGNORECASE)
_SMUGGLED = re.compile(
    r"smuggl|undeclared|illicit|illegal|contraband|untaxed|counterfeit|falsified|seized", re.IGNORECASE
)
_CONTRABAND = frozenset({"drugs", "weapons", "wildlife", "counterfeit", "precursors", "cash"})
_SURE_NAMED, _SURE_BY_GOODS = 0.96, 0.86
"""Shares of right rows where title or heads say that they are seizures, and where only the goods do."""
_CARRIED, _NO_UNIT, _UNKNOWN_GOODS = 0.92, 0.95, 0.95
"""What a row loses for a cell taken from above, an amount without unit, goods that no list has."""
_ROUNDING = 1e-6
_DOUBTFUL = 0.7
"""The most that a row is sure of whose amounts do not add up to the total of their column."""
_MANY = 2
"""From so many heads of one kind on, columns are read as a crosstab."""


@cache
def _other_tables() -> re.Pattern[str]:
    words = alternatives(list(resources.words("no_seizure_titles.txt")))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Context:
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
    goods: str
    """The goods that the title names, where no column does: "Cash seized at airports"."""

    @property
    def block(self) -> Block:
        return self.grid.block


def seizures_in_table(block: Block, titles: Sequence[Block], known: Known, tools: Tools) -> Iterator[Seizure]:
    """The seizures that a table lists; `titles` are the blocks that name it: its caption, else the text before it."""
    grid = read_grid(block)
    title = " ".join(t.text for t in titles)
    sure = _tells_of_seizures(grid, title, tools)
    tables = known.tables.get(block.id, ())
    if not sure or not tables:
        return
    dates = [d for t in titles for d in known.dates.get(t.id, ())]
    places = {p.name: p for t in titles for p in known.places.get(t.id, ())}
    context = _Context(
        grid,
        title,
        tables[0],
        known,
        tools,
        sure,
        head_measure(title, tools, in_title=True),
        dates[0] if len(dates) == 1 else None,
        tuple(places.values()) if len(places) == 1 else (),
        frozenset(
            t.column for t in column_totals(grid, tools.habit) if not t.agrees and grid.roles[t.column] != "cases"
        ),
        _title_goods(title, grid, tools),
    )
    goods, others = _crosstab_columns(context)
    for row in grid.rows:
        if goods:
            yield from _crosstab(row, goods, context)
        elif others:
            yield from _by_place_or_time(row, others, context)
        else:
            yield from _row(row, context)


def _title_goods(title: str, grid: Grid, tools: Tools) -> str:
    """The goods that a title names, where no cell of the table does."""
    named = any(tools.catalogue.category(grid.text(c)) for row in grid.rows for c in grid.cells(row, "commodity"))
    return "" if named else tools.catalogue.only_name(title)


def _tells_of_seizures(grid: Grid, title: str, tools: Tools) -> float:
    """How sure it is that a table lists seizures, by title and heads, or by goods that are contraband; 0 for not."""
    heads = " ".join(grid.text(c) for c in grid.header)
    if _other_tables().search(title) and not _SEIZURE_WORDS.search(title):
        return 0.0
    if _other_tables().search(heads) and not _SEIZURE_WORDS.search(heads):
        return 0.0
    names = [grid.text(c) for row in (*grid.rows, *grid.sections) if (c := grid.cell(row, "commodity"))]
    names += [h for c in grid.header if tools.catalogue.category(h := grid.text(c))]
    categories = [k for n in names if (k := tools.catalogue.category(n))]
    if not categories and not (tools.catalogue.only_name(title) and _SEIZURE_WORDS.search(title)):
        return 0.0
    if not categories:
        return _SURE_BY_GOODS
    named = _SEIZURE_WORDS.search(f"{title} {heads}") or any(_SMUGGLED.search(n) for n in names)
    share = len(categories) / len(names)
    if named:
        return _SURE_NAMED if share >= 0.3 else 0.0
    if _RESULTS.search(title) and share >= 0.6:
        return _SURE_BY_GOODS
    if not grid.header and not _has_units(grid, tools):
        return 0.0
    contraband = sum(k in _CONTRABAND for k in categories)
    measured = bool({"cases", "quantity"} & set(grid.roles.values()))
    return _SURE_BY_GOODS if measured and share >= 0.6 and contraband >= 0.5 * len(names) else 0.0


def _has_units(grid: Grid, tools: Tools) -> bool:
    """Whether half of the amounts name their unit, as they have to where no head says what a column is."""
    amounts = [grid.text(c) for row in grid.rows for c in grid.cells(row, "quantity")]
    return 2 * sum(bool(find_quantities(t, tools.units, tools.habit)) for t in amounts) >= len(amounts) > 0


def _crosstab_columns(context: _Context) -> tuple[dict[int, str], tuple[int, ...]]:
    """Columns headed by goods, and columns headed by places or times, where there are several of a kind."""
    grid, catalogue = context.grid, context.tools.catalogue
    goods: dict[int, str] = {}
    others: list[int] = []
    for cell in grid.header:
        text, role = grid.text(cell), grid.roles.get(cell.column)
        name = name_and_measure(text, context.tools)[0]
        if role in {"number", "quantity", "cases"} and catalogue.heads(name) and not _SEIZURE_WORDS.search(text):
            goods[cell.column] = name
        elif role in {"number", "quantity"} and _is_place_or_time(cell, context):
            others.append(cell.column)
    others = [k for k in others if not _is_sum(grid, k, others, context.tools)]
    goods = {k: name for k, name in goods.items() if not _is_sum(grid, k, list(goods), context.tools)}
    return (goods if len(goods) >= _MANY else {}), (tuple(others) if len(others) >= _MANY else ())


_TIME = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s?\d{2,4})?|q[1-4]|h[12]|week\s\d+|(?:19|20)\d\d",
    re.IGNORECASE,
)


def _is_place_or_time(cell: Cell, context: _Context) -> bool:
    block = context.block.id
    if _TIME.fullmatch(context.grid.text(cell).strip()):
        return True
    return any(within(facts, block, cell.start, cell.end) for facts in (context.known.dates, context.known.places))


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


def _crosstab(row: Row, goods: dict[int, str], context: _Context) -> Iterator[Seizure]:
    """A row of a place or a time, with one kind of goods a column."""
    grid = context.grid
    for cell in row:
        if cell.column in goods:
            measure = head_measure(grid.head(cell.column), context.tools).over(context.measure)
            yield from _amount_cell(row, cell, goods[cell.column], measure, context, (cell,))


def _by_place_or_time(row: Row, columns: Sequence[int], context: _Context) -> Iterator[Seizure]:
    """A row of goods, with one place or time a column."""
    grid = context.grid
    label = _label(row, context)[0]
    name, measure = name_and_measure(grid.text(label), context.tools) if label else (context.goods, Measure())
    if not name:
        return
    for cell in row:
        if cell.column in columns:
            head = next(c for c in grid.header if c.column == cell.column and grid.text(c).strip())
            yield from _amount_cell(row, cell, name, measure.over(context.measure), context, (head,))


def _amount_cell(
    row: Row, cell: Cell, name: str, measure: Measure, context: _Context, axes: Sequence[Cell]
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
        yield _seizure(row, (cell.start, cell.end), name, context, quantities, money, count, axes)


def _row(row: Row, context: _Context) -> Iterator[Seizure]:
    grid, tools = context.grid, context.tools
    label, carried = _label(row, context)
    name, measure = name_and_measure(grid.text(label), tools) if label else (context.goods, Measure())
    if len(name) < 2:
        return
    if label and (specimen := grid.cell(row, "specimen")):
        name = f"{name} {grid.text(specimen).strip()}"
    unit = grid.cell(row, "unit")
    money = [
        m
        for c in row
        if grid.roles.get(c.column) != "none"
        for m in within(context.known.money, grid.block.id, c.start, c.end)
    ]
    taken = {m.provenance.start for m in money if m.provenance}
    quantities: list[Quantity] = []
    for cell in grid.cells(row, "quantity"):
        if any(cell.start <= start < cell.end for start in taken):
            continue
        own = head_measure(grid.text(unit), tools) if unit else Measure()
        whole = own.over(head_measure(grid.head(cell.column), tools)).over(measure).over(context.measure)
        quantities += quantities_of(grid.text(cell), whole, name, tools)
    cases = grid.cell(row, "cases")
    count = count_of(grid.text(cases), tools) if cases else None
    if quantities or money or count:
        span = (row[0].start, row[-1].end)
        yield _seizure(row, span, name, context, quantities, money, count, (), carried=carried)


def _label(row: Row, context: _Context) -> tuple[Cell | None, bool]:
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


_DITTO = re.compile(r"[\"“”″〃'’,]{1,2}|-?\s?(?:do|ditto|idem|id)\.?\s?-?", re.IGNORECASE)


def _seizure(
    row: Row,
    span: tuple[int, int],
    name: str,
    context: _Context,
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


def _places(lines: Sequence[Sequence[Cell]], context: _Context) -> list[Place]:
    """The places of a column head, of the row (its place column where it has one), of its section, of the title."""
    grid = context.grid
    for cells in lines:
        named = [c for c in cells if grid.roles.get(c.column) == "place"] or cells
        found = [p for c in named for p in within(context.known.places, grid.block.id, c.start, c.end)]
        if found:
            return found
    return list(context.places)


def _date(lines: Sequence[Sequence[Cell]], context: _Context) -> DateSpan | None:
    for cells in lines:
        for cell in cells:
            found = within(context.known.dates, context.block.id, cell.start, cell.end)
            if found:
                return found[0]
    return context.dates
