"""Tables: rows of text, what each column holds, and whether the total adds up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsletter_extract import resources
from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.facts import provenance
from newsletter_extract.extractors.numbers import NumberHabit, find_numbers
from newsletter_extract.schema import Table, TableTotal

_SHARE = 0.6
"""A column is of a kind when this share of its filled cells is."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table block with the role of each column; rows hold cells, totals stand apart."""

    block: Block
    roles: dict[int, str]
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...]

    def text(self, cell: Cell) -> str:
        return self.block.text[cell.start : cell.end]

    def cell(self, row: Sequence[Cell], role: str) -> Cell | None:
        """The first filled cell of this role in a row."""
        return next((c for c in row if self.roles.get(c.column) == role and self.text(c).strip()), None)


def read_grid(block: Block) -> Grid:
    """The rows, totals and column roles of a table block."""
    lines: dict[int, list[Cell]] = {}
    for cell in block.cells:
        lines.setdefault(cell.row, []).append(cell)
    header = tuple(c for c in block.cells if c.header)
    body = [tuple(row) for row in lines.values() if not row[0].header]
    totals = tuple(row for row in body if _is_total(block, row))
    rows = tuple(row for row in body if not _is_total(block, row))
    return Grid(block, _roles(block, header, rows), header, rows, totals)


def _is_total(block: Block, row: Sequence[Cell]) -> bool:
    first = next((block.text[c.start : c.end] for c in row if c.end > c.start), "")
    word = first.casefold().strip(" :.")
    totals = resources.words("total_words.txt")
    return word in totals or any(word.startswith(f"{t} ") for t in totals if t not in {"all", "sum"})


def _roles(block: Block, header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    roles: dict[int, str] = {}
    for cell in header:
        role = _head_role(block.text[cell.start : cell.end])
        if role and (role not in roles.values() or role == "quantity"):
            roles[cell.column] = role
    heads = {c.column for c in header if block.text[c.start : c.end].strip()}
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        if column not in roles:
            roles[column] = _content_role(block, [r[column] for r in rows if column < len(r)], roles, column in heads)
    if "commodity" not in roles.values() and (free := [k for k, role in roles.items() if role == "text"]):
        roles[free[0]] = "commodity"
    return roles


def _head_role(text: str) -> str | None:
    """The role whose word stands in a column's head; the longest word wins over an earlier role."""
    words = re.sub(r"[^\w#º.&/]+", " ", text.casefold()).split()
    low = f" {' '.join(words)} "
    best: tuple[int, str] | None = None
    for row in resources.rows("table_roles.csv"):
        for word in row["words"].split("|"):
            if f" {word} " in low and (best is None or len(word) > best[0]):
                best = len(word), row["role"]
    return best[1] if best else None


def _content_role(block: Block, cells: Sequence[Cell], roles: dict[int, str], has_header: bool) -> str:
    texts = [t for c in cells if (t := block.text[c.start : c.end].strip())]
    if not texts:
        return "none"
    integers = sum(t.isdigit() and len(t) <= 5 for t in texts)
    numbers = sum(t[0].isdigit() or t[0] in "€$£" for t in texts)
    if integers >= _SHARE * len(texts) and "cases" not in roles.values() and not has_header:
        return "cases"
    if numbers >= _SHARE * len(texts):
        return "quantity"
    return "commodity" if "commodity" not in roles.values() else "text"


def read_tables(blocks: Sequence[Block], habit: NumberHabit) -> tuple[Table, ...]:
    """Every table in reading order."""
    by_id = {block.id: block for block in blocks}
    tables: list[Table] = []
    for block in blocks:
        if block.kind != "table":
            continue
        grid = read_grid(block)
        caption = by_id.get(block.caption_id or "")
        tables.append(
            Table(
                id=f"table-{len(tables) + 1}",
                title=caption.text if caption else None,
                columns=[grid.text(c) for c in grid.header],
                rows=[[grid.text(c) for c in row] for row in (*grid.rows, *grid.totals)],
                total=_total(grid, habit),
                provenance=provenance(block, 0, len(block.text)),
                confidence=0.9,
            )
        )
    return tuple(tables)


def _total(grid: Grid, habit: NumberHabit) -> TableTotal | None:
    """The stated total of the count column, else of the first column with one, beside the sum of its rows."""
    if not grid.totals:
        return None
    last = grid.totals[-1]
    for wanted in ("cases", "quantity", "money"):
        for cell in last:
            if grid.roles.get(cell.column) != wanted:
                continue
            stated = _number(grid.text(cell), habit)
            parts = [_number(grid.text(c), habit) for row in grid.rows for c in row if c.column == cell.column]
            if stated is not None:
                known = [p for p in parts if p is not None]
                total = round(sum(known), 6) if known else None
                return TableTotal(
                    stated=stated, computed=int(total) if total is not None and total == int(total) else total
                )
    return None


def _number(text: str, habit: NumberHabit) -> int | float | None:
    numbers = find_numbers(text, habit)
    return numbers[0].value if numbers and not numbers[0].is_word else None
