"""Totals of tables: whether they are the sums of their rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter_extract import resources
from newsletter_extract.document import Cell
from newsletter_extract.extractors.amounts.numbers import NumberHabit, find_numbers, tidy
from newsletter_extract.extractors.tables.grid import Grid
from newsletter_extract.schema import TableTotal


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """What a total row says of a column, and what the rows above it add up to."""

    column: int
    cell: Cell
    stated: int | float
    computed: int | float
    agrees: bool
    suspect: Cell | None = None
    """The only cell that one lost or misread digit would make the sum right."""
    mended: int | float | None = None
    """What that cell would have to say."""


_SUMMED = ("cases", "quantity", "number", "money")
_FEWEST_PARTS = 2


def column_totals(grid: Grid, habit: NumberHabit) -> Iterator[ColumnTotal]:
    """Every total of every column beside the sum of the rows it can stand for, from the top.

    The last total row sums up all rows, or those since the total before it; a row in the middle sums up those since its
    section or the total before it. Columns of amounts in several units have no sum.
    """
    for k, row in enumerate(grid.totals):
        since = max((r[0].row for r in (*grid.totals[:k], *grid.sections) if r[0].row < row[0].row), default=-1)
        last_total = grid.totals[k - 1][0].row if k else -1
        for cell in row:
            stated = _number(grid.text(cell), habit)
            if grid.roles.get(cell.column) not in _SUMMED or stated is None:
                continue
            column = [
                c
                for r in grid.rows
                if r[0].row < row[0].row
                for c in r
                if c.column == cell.column and grid.text(c).strip()
            ]
            if len({_unit_words(grid.text(c)) for c in column}) > 1:
                continue
            spans = [[c for c in column if c.row > low] for low in dict.fromkeys((-1, last_total, since))]
            sums = [_sum([grid.text(c) for c in span], habit) for span in spans if span]
            known = [s for s in sums if s is not None]
            if not known:
                continue
            best = next((s for s in known if _agrees(stated, s, grid.text(cell))), None)
            default = known[0] if k == len(grid.totals) - 1 else known[-1]
            computed = best if best is not None else default
            span = next(span for span, total in zip((s for s in spans if s), sums, strict=True) if total == computed)
            suspect, mended = (None, None) if best is not None else _suspect(grid, span, stated - computed, habit)
            yield ColumnTotal(cell.column, cell, stated, computed, best is not None, suspect, mended)


def total_below(grid: Grid, line: str, habit: NumberHabit) -> TableTotal | None:
    """The total of a table that was read apart from it, as the line below: "Total 106".

    It is one only where a column of the table adds up to it; a line of several numbers tells none.
    """
    if len(line) > _LONGEST_TOTAL:
        return None
    words, numbers = re.findall(r"[^\W\d_]+", line.casefold()), find_numbers(line, habit)
    if len(numbers) != 1 or not words or words[0] not in resources.words("total_words.txt"):
        return None
    stated = numbers[0].value
    for role in _SUMMED:
        for column in (k for k, known in grid.roles.items() if known == role):
            texts = [grid.text(c) for row in grid.rows for c in row if c.column == column and grid.text(c).strip()]
            computed = _sum(texts, habit) if len({_unit_words(text) for text in texts}) == 1 else None
            if len(texts) >= _FEWEST_PARTS and computed is not None and _agrees(stated, computed, line):
                return TableTotal(stated=stated, computed=computed)
    return None


_LONGEST_TOTAL = 40


def _suspect(
    grid: Grid, column: Sequence[Cell], missing: int | float, habit: NumberHabit
) -> tuple[Cell | None, int | float | None]:
    """The one cell whose number, with one digit changed, lost or added, makes a total right; None of several."""
    found: list[tuple[Cell, int | float]] = []
    for cell in column:
        value = _number(grid.text(cell), habit)
        wanted = None if value is None else tidy(value + missing)
        if value is not None and wanted is not None and wanted > 0 and _is_one_digit_apart(value, wanted):
            found.append((cell, wanted))
    return found[0] if len(found) == 1 else (None, None)


def _is_one_digit_apart(first: int | float, second: int | float) -> bool:
    """Whether two numbers have the same digits but for one that is changed, lost or added."""
    a, b = sorted((f"{first:.10g}", f"{second:.10g}"), key=len)
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return len(b) == len(a) + 1 and any(b[:k] + b[k + 1 :] == a for k in range(len(b)))


def _agrees(stated: float, computed: float, text: str) -> bool:
    """Whether two sums are one, up to the last digit that the total shows."""
    shown = re.search(r"[.,](\d{1,2})(?!\d)", text)
    unit = 10.0 ** -len(shown[1]) if shown else 1.0
    return abs(stated - computed) < (0.5 * unit if computed != int(computed) else 1e-6)


def _sum(texts: Sequence[str], habit: NumberHabit) -> int | float | None:
    parts = [n for t in texts if (n := _number(t, habit)) is not None]
    if not parts:
        return None
    total = round(sum(parts), 6)
    return int(total) if total == int(total) else total


def _unit_words(text: str) -> str:
    """The words of a cell without its number, which tell whether a column is all of one unit."""
    return re.sub(r"[^a-z€$£]+", "", re.sub(r"\d[\d\s.,’']*", "", text.casefold())).rstrip("s")


def _number(text: str, habit: NumberHabit) -> int | float | None:
    numbers = find_numbers(text, habit)
    return numbers[0].value if numbers and not numbers[0].is_word else None


def odd_fractions(grid: Grid, habit: NumberHabit) -> frozenset[int]:
    """Where cells start whose number is the only fraction of its column and far smaller than all others of it.

    "6.35" below "12,500" and "3,400" has most likely lost a digit, or its comma was read as a dot.
    """
    odd = set()
    for column in {c.column for row in grid.rows for c in row}:
        values = [(c, n) for row in grid.rows for c in row if c.column == column if (n := _number(grid.text(c), habit))]
        broken = [(c, n) for c, n in values if n != int(n)]
        whole = [n for _, n in values if n == int(n)]
        if len(broken) == 1 and len(whole) >= _FEWEST_PARTS and min(whole) > _FAR * broken[0][1]:
            odd.add(broken[0][0].start)
    return frozenset(odd)


_FAR = 20


@dataclass(frozen=True, slots=True)
class RowTotal:
    """A cell headed "Total" that is not the sum of the columns beside it."""

    cell: Cell
    stated: int | float
    computed: int | float


def row_totals(grid: Grid, habit: NumberHabit) -> Iterator[RowTotal]:
    """The wrong totals of rows, where a column is headed as the sum of those beside it and half of its cells are."""
    heads = [c.column for c in grid.header if grid.sums_up(c.column)]
    if len(heads) != 1 or grid.roles.get(heads[0]) not in _SUMMED:
        return
    parts = [k for k, role in grid.roles.items() if role == grid.roles[heads[0]] and k != heads[0]]
    if len(parts) < _FEWEST_PARTS:
        return
    checked: list[tuple[RowTotal, bool]] = []
    for row in (*grid.rows, *grid.totals):
        cell = next((c for c in row if c.column == heads[0]), None)
        stated = _number(grid.text(cell), habit) if cell else None
        computed = _sum([grid.text(c) for c in row if c.column in parts], habit)
        if cell and stated is not None and computed is not None:
            agrees = _agrees(stated, computed, grid.text(cell))
            checked.append((RowTotal(cell, stated, computed), agrees))
    if 2 * sum(agrees for _, agrees in checked) >= len(checked):
        yield from (total for total, agrees in checked if not agrees)
