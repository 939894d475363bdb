"""Tables: what each column holds, which rows are goods, sections and totals, and whether the totals add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsletter_extract import resources
from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.amounts.numbers import NumberHabit, find_numbers, tidy

_SHARE = 0.6
"""A column is of a kind when this share of its filled cells is."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table block with the role of each column; rows hold cells, totals and section lines stand apart."""

    block: Block
    roles: dict[int, str]
    header: Row
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    sections: tuple[Row, ...]

    def text(self, cell: Cell) -> str:
        return self.block.text[cell.start : cell.end]

    def cell(self, row: Sequence[Cell], role: str) -> Cell | None:
        """The first filled cell of this role in a row."""
        return next(iter(self.cells(row, role)), None)

    def cells(self, row: Sequence[Cell], role: str) -> list[Cell]:
        """The filled cells of this role in a row."""
        return [c for c in row if self.roles.get(c.column) == role and self.text(c).strip()]

    def head(self, column: int) -> str:
        """The head of a column, "" where it has none; of heads over two rows both, from the top."""
        return " ".join(self.text(c) for c in self.header if c.column == column and self.text(c).strip())

    def section(self, row: Row) -> Row | None:
        """The last section line above a row."""
        return next((s for s in reversed(self.sections) if s[0].row < row[0].row), None)


def read_grid(block: Block) -> Grid:
    """The rows, sections, totals and column roles of a table block."""
    lines: dict[int, list[Cell]] = {}
    for cell in block.cells:
        lines.setdefault(cell.row, []).append(cell)
    header = tuple(c for c in block.cells if c.header)
    body = [tuple(row) for row in lines.values() if not row[0].header and not _is_part(block, row)]
    totals = tuple(row for row in body if is_total(block, row))
    rest = [row for row in body if not is_total(block, row)]
    sections = tuple(row for row in rest if _is_section(block, row))
    rows = tuple(row for row in rest if not _is_section(block, row))
    return Grid(block, _roles(block, header, rows), header, rows, totals, sections)


def is_total(block: Block, row: Sequence[Cell]) -> bool:
    """Whether a row sums up others: its first words say so, or its last ("Drugs, total")."""
    texts = [t for c in row if (t := block.text[c.start : c.end].casefold().strip(" :.*"))]
    totals = resources.words("total_words.txt")
    for text in texts[:2]:
        if text in totals:
            return True
        words = re.findall(r"[^\W\d_][\w-]*", text)
        if len(words) < 2 or text[:1].isdigit():
            continue
        if (
            " ".join(words[:2]) in totals
            or words[0] in totals - {"sum", "suma", "overall"}
            or words[-1] in totals - {"all", "sum"}
        ):
            return True
    return False


_PART = re.compile(r"(?:of\swhich|thereof|of\sthese|davon|dont|di\scui)\b", re.IGNORECASE)


def _is_part(block: Block, row: Sequence[Cell]) -> bool:
    """Whether a row tells a part of the row above it: "of which in containers"."""
    first = next((t for c in row if (t := block.text[c.start : c.end].strip())), "")
    return _PART.match(first) is not None


def _is_section(block: Block, row: Sequence[Cell]) -> bool:
    """Whether a row is a line over the rows below it: words in one cell, and nothing else."""
    filled = [t for c in row if (t := block.text[c.start : c.end].strip())]
    return len(row) > 1 and len(filled) == 1 and not any(c.isdigit() for c in filled[0]) and filled[0][:1].isalpha()


def _roles(block: Block, header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    columns = sorted({c.column for row in rows for c in row})
    cells = {k: [c for row in rows for c in row if c.column == k] for k in columns}
    heads: dict[int, str] = {}
    for cell in header:
        heads[cell.column] = f"{heads.get(cell.column, '')} {block.text[cell.start : cell.end]}".strip()
    roles: dict[int, str] = {}
    for column, head in sorted(heads.items()):
        role = head_role(head)
        if role == "cases" and not _counts_only(block, cells.get(column, [])):
            role = "quantity"
        if role and (role not in roles.values() or role in {"quantity", "money", "commodity", "none"}):
            roles[column] = role
    for column in columns:
        if column not in roles:
            roles[column] = _content_role(block, cells[column], roles, bool(heads.get(column)))
    if "commodity" not in roles.values() and (free := [k for k, role in roles.items() if role == "text"]):
        roles[free[0]] = "commodity"
    return roles


@cache
def _role_words() -> list[tuple[str, str]]:
    return [(f" {word} ", row["role"]) for row in resources.rows("table_roles.csv") for word in row["words"].split("|")]


def head_role(text: str) -> str | None:
    """The role whose word stands in a column's head; the longest word wins over an earlier role."""
    words = re.sub(r"[^\w#º.&/%]+", " ", text.casefold()).split()
    low = f" {' '.join(words)} "
    best: tuple[int, str] | None = None
    for word, role in _role_words():
        if word in low and (best is None or len(word) > best[0]):
            best = len(word), role
    return best[1] if best else None


def _counts_only(block: Block, cells: Sequence[Cell]) -> bool:
    """Whether the filled cells of a column are whole numbers without a unit, most of them."""
    texts = [t for c in cells if (t := block.text[c.start : c.end].strip())]
    whole = sum(re.fullmatch(r"\W*\d[\d\s.,’']*\W*", t) is not None for t in texts)
    return not texts or whole >= _SHARE * len(texts)


def _content_role(block: Block, cells: Sequence[Cell], roles: dict[int, str], has_header: bool) -> str:
    texts = [t for t in (block.text[c.start : c.end].strip() for c in cells) if any(x.isalnum() for x in t)]
    if not texts:
        return "none"
    integers = sum(t.isdigit() and len(t) <= 5 for t in texts)
    numbers = sum(t[0].isdigit() or t[0] in "€$£" for t in texts)
    if integers >= _SHARE * len(texts) and not has_header:
        if [int(t) for t in texts if t.isdigit()] == list(range(1, len(texts) + 1)) and not roles:
            return "none"
        if "cases" not in roles.values():
            return "cases"
    if numbers >= _SHARE * len(texts):
        return "quantity" if not has_header else "number"
    return "commodity" if "commodity" not in roles.values() else "text"


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
