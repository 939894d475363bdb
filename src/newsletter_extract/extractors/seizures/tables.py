"""Seizures from tables: a row of goods and amounts each, or a cell where goods, places or times head the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block
from newsletter_extract.extractors.amounts.quantities import find_quantities
from newsletter_extract.extractors.seizures.cash import find_cash
from newsletter_extract.extractors.seizures.column_groups import (
    column_by_column,
    column_groups,
    grouped,
    on_its_side,
)
from newsletter_extract.extractors.seizures.crosstabs import by_place_or_time, crosstab, crosstab_columns
from newsletter_extract.extractors.seizures.goods import find_goods
from newsletter_extract.extractors.seizures.known import Known, within
from newsletter_extract.extractors.seizures.table_rows import TableContext, label_of, seizure_of, seizure_words
from newsletter_extract.extractors.seizures.words import alternatives
from newsletter_extract.extractors.tables.amounts import (
    Measure,
    count_of,
    head_measure,
    name_and_measure,
    quantities_of,
)
from newsletter_extract.extractors.tables.grid import Grid, Row, head_role, read_grid
from newsletter_extract.extractors.tables.sums import column_totals, odd_fractions
from newsletter_extract.extractors.tools import Tools
from newsletter_extract.schema import Quantity, Seizure

_RESULTS = re.compile(r"\b(?:results?|outcomes?|operation)\b", re.IGNORECASE)
_SMUGGLED = re.compile(
    r"smuggl|undeclared|illicit|illegal|contraband|untaxed|counterfeit|falsified|seized", re.IGNORECASE
)
_CONTRABAND = frozenset({"drugs", "weapons", "wildlife", "counterfeit", "precursors", "cash"})
_SURE_NAMED, _SURE_BY_GOODS = 0.96, 0.86
"""Shares of right rows where title or heads say that they are seizures, and where only the goods do."""


@cache
def _other_tables() -> re.Pattern[str]:
    words = alternatives(list(resources.words("no_seizure_titles.txt")))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


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
    context = TableContext(
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
        odd_fractions(grid, tools.habit),
        _title_goods(title, grid, tools),
    )
    groups = column_groups(context)
    goods, others = crosstab_columns(context)
    if goods and on_its_side(goods, context):
        yield from column_by_column(goods, context)
        return
    for row in grid.rows:
        if groups:
            yield from grouped(row, groups, context)
        elif goods:
            yield from crosstab(row, goods, context)
        elif others:
            yield from by_place_or_time(row, others, context)
        else:
            yield from _row(row, context)


def _title_goods(title: str, grid: Grid, tools: Tools) -> str:
    """The goods that a title names, where no cell of the table does."""
    named = any(tools.catalogue.category(grid.text(c)) for row in grid.rows for c in grid.cells(row, "commodity"))
    return "" if named else _only_goods(title, tools)


def _only_goods(title: str, tools: Tools) -> str:
    """The one kind of goods that a title names; "Goods", which heads columns of any, is none."""
    name = tools.catalogue.only_name(title)
    return "" if head_role(name) == "commodity" else name


def _tells_of_seizures(grid: Grid, title: str, tools: Tools) -> float:
    """How sure it is that a table lists seizures, by title and heads, or by goods that are contraband; 0 for not."""
    first = [grid.text(row[0]) for row in grid.rows]
    heads = " ".join([*(grid.text(c) for c in grid.header), *(t for t in first if head_role(t) == "cases")])
    if _other_tables().search(title) and not seizure_words().search(title):
        return 0.0
    if _other_tables().search(heads) and not seizure_words().search(heads):
        return 0.0
    names = [grid.text(c) for row in (*grid.rows, *grid.sections) if (c := grid.cell(row, "commodity"))]
    names += [h for c in grid.header if tools.catalogue.category(h := grid.text(c))]
    categories = [k for n in names if (k := tools.catalogue.category(n))]
    if not categories and not (_only_goods(title, tools) and seizure_words().search(title)):
        return 0.0
    if not categories:
        return _SURE_BY_GOODS
    named = seizure_words().search(f"{title} {heads}") or any(_SMUGGLED.search(n) for n in names)
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


def _row(row: Row, context: TableContext) -> Iterator[Seizure]:
    grid, tools = context.grid, context.tools
    label, carried = label_of(row, context)
    name, measure = name_and_measure(grid.text(label), tools) if label else (context.goods, Measure())
    if len(name) < 2:
        yield from _described(row, context)
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
    told = list(_described(row, context)) if not quantities and not count else []
    if told:
        yield from told
    elif quantities or money or count:
        span = (row[0].start, row[-1].end)
        yield seizure_of(row, span, name, context, quantities, money, count, (), carried=carried)


def _described(row: Row, context: TableContext) -> Iterator[Seizure]:
    """The goods that a cell tells of in words: "12 kg of heroin, 3 pistols and EUR 4,500"."""
    grid, block, tools = context.grid, context.block, context.tools
    for cell in row:
        if grid.roles.get(cell.column) not in {"commodity", "quantity", "number", "text"}:
            continue
        span = cell.start, cell.end
        sums = within(context.known.money, block.id, *span)
        taken = [(m.provenance.start, m.provenance.end) for m in sums if m.provenance]
        goods = [g for g in find_goods(block.text, span, taken, tools) if tools.catalogue.category(g.name)]
        cash = find_cash(block.text, sums, goods, span, (), tools) if goods else ()
        for item in sorted([*goods, *cash], key=lambda g: g.start):
            amounts = [*([item.quantity] if item.quantity else []), *item.more]
            money = [item.money] if item.money else []
            yield seizure_of(row, (item.start, item.end), item.name, context, amounts, money, None, ())
