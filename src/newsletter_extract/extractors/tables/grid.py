"""Tables: what each column holds, which rows are goods, sections and totals, and whether the totals add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from newsletter_extract import resources
from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.amounts.numbers import find_numbers

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
        return _head(self.block, self.header, column)

    def names(self) -> list[str]:
        """The heads in one list; of heads over two rows both, where the upper one reaches over several columns."""
        lower = [c for c in self.header if c.row == max(h.row for h in self.header)]
        texts = [t for c in lower if (t := self.text(c).strip())]
        reach_is_known = any((c.span or 1) > 1 for c in self.header)
        if len(lower) == len(self.header) or (len(set(texts)) == len(texts) and not reach_is_known):
            return [self.text(c) for c in self.header]
        return [" ".join(self.text(c).strip() for c in (*self.upper_heads(h), h)).strip() for h in lower]

    def upper_heads(self, head: Cell) -> tuple[Cell, ...]:
        """The heads above a head, from the top; one over several columns stands in the first of them."""
        return _upper_heads(self.block, self.header, head)

    def sums_up(self, column: int) -> bool:
        """Whether a column is headed as the sum of others: "Total", "All ports"."""
        words = re.findall(r"[^\W\d_][\w-]*", self.head(column).casefold())
        totals = resources.words("total_words.txt")
        return bool(words) and (words[0] in totals or words[-1] in totals)

    def section(self, row: Row) -> Row | None:
        """The last section line above a row."""
        return next((s for s in reversed(self.sections) if s[0].row < row[0].row), None)


def _upper_heads(block: Block, header: Row, head: Cell) -> tuple[Cell, ...]:
    above: dict[int, Cell] = {}
    for cell in header:
        known = above.get(cell.row)
        reaches = cell.column <= head.column and (cell.span is None or head.column < cell.column + cell.span)
        if cell.row < head.row and reaches and block.text[cell.start : cell.end].strip():
            above[cell.row] = cell if known is None or cell.column > known.column else known
    return tuple(above[row] for row in sorted(above))


def _head(block: Block, header: Row, column: int) -> str:
    """The heads of a column, from the top, with those over it and others where it is known how far they reach."""
    own = [c for c in header if c.column == column]
    over = [c for c in _upper_heads(block, header, own[-1]) if c.span and c not in own] if own else []
    return " ".join(text for c in (*over, *own) if (text := block.text[c.start : c.end].strip()))


def read_grid(block: Block) -> Grid:
    """The rows, sections, totals and column roles of a table block."""
    lines: dict[int, list[Cell]] = {}
    for cell in cells_of(block):
        lines.setdefault(cell.row, []).append(cell)
    header = tuple(c for row in lines.values() for c in row if c.header)
    body = [tuple(row) for row in lines.values() if not row[0].header and not _is_part(block, row)]
    totals = tuple(row for row in body if is_total(block, row))
    rest = [row for row in body if not is_total(block, row)]
    sections = tuple(row for row in rest if _is_section(block, row))
    rows = tuple(row for row in rest if not _is_section(block, row))
    if not totals and _sums_up_others(block, rows):
        rows, totals = rows[:-1], rows[-1:]
    return Grid(block, _roles(block, header, rows), header, rows, totals, sections)


def _sums_up_others(block: Block, rows: Sequence[Row]) -> bool:
    """Whether the last row is the sum of those above it in all its numbers, whatever its label was misread for."""
    if len(rows) <= _FEWEST_SUMMED:
        return False
    columns: dict[int, list[float]] = {}
    for row in rows:
        for cell in row:
            if numbers := find_numbers(block.text[cell.start : cell.end]):
                columns.setdefault(cell.column, []).append(numbers[0].value)
    last = {c.column for c in rows[-1] if find_numbers(block.text[c.start : c.end])}
    summed = [columns[k] for k in last if len(columns[k]) > _FEWEST_SUMMED]
    exact = [abs(sum(values[:-1]) - values[-1]) < _EXACT for values in summed]
    return bool(exact) and all(exact) and len(summed) == len(last) and max(v[-1] for v in summed) >= _TELLING


_FEWEST_SUMMED = 2
_EXACT = 1e-6
_TELLING = 10
"""Smaller numbers are the sums of others by chance."""


def cells_of(block: Block) -> list[Cell]:
    """The cells of a table, with those of a second row of heads marked as such.

    Such a row ("Cases | Kg | Cases | Kg") stands under heads that reach over several columns, and says what each holds.
    """
    last = max((c.row for c in block.cells if c.header), default=None)
    if last is None:
        return list(block.cells)
    below = min((c.row for c in block.cells if c.row > last), default=last)
    filled = {c.column: t for c in block.cells if c.row == below and (t := block.text[c.start : c.end].strip())}
    headed = {c.column for c in block.cells if c.row == last and block.text[c.start : c.end].strip()}
    roles = [head_role(t) is not None or TIME.fullmatch(t) is not None for t in filled.values()]
    promoted = below > last and len(roles) >= _FEWEST_HEADS and all(roles) and not filled.keys() <= headed
    return [replace(c, header=True) if promoted and c.row == below else c for c in block.cells]


_FEWEST_HEADS = 2
TIME = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s?\d{2,4})?|q[1-4]|h[12]|week\s\d+|(?:19|20)\d\d",
    re.IGNORECASE,
)
"""A head that is a time."""


def is_total(block: Block, row: Sequence[Cell]) -> bool:
    """Whether a row sums up others: its first words say so, or its last ("Drugs, total")."""
    texts = [t for c in row if (t := block.text[c.start : c.end].casefold().strip(_MARKS))]
    totals = resources.words("total_words.txt")
    for text in texts[:2]:
        if text in totals or text.translate(_LETTERS) in totals:
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


_MARKS = " :.,;*-–—_|~'’`="
_LETTERS = str.maketrans("01|!", "olll")
"""Digits and marks as the letters that they are read for: "T0ta1"."""
_PART = re.compile(r"(?:of\swhich|thereof|of\sthese|davon|dont|di\scui)\b", re.IGNORECASE)


def _is_part(block: Block, row: Sequence[Cell]) -> bool:
    """Whether a row tells a part of the row above it: "of which in containers"."""
    first = next((t for c in row if (t := block.text[c.start : c.end].strip())), "")
    return _PART.match(first) is not None


def _is_section(block: Block, row: Sequence[Cell]) -> bool:
    """Whether a row is a line over the rows below it: words in one cell, and nothing else."""
    filled = [t for c in row if (t := block.text[c.start : c.end].strip())]
    return len(row) > 1 and len(filled) == 1 and not any(c.isdigit() for c in filled[0]) and filled[0][:1].isalpha()


def _roles(block: Block, header: Row, rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    columns = sorted({c.column for row in rows for c in row})
    cells = {k: [c for row in rows for c in row if c.column == k] for k in columns}
    heads = {column: _head(block, header, column) for column in dict.fromkeys(c.column for c in header)}
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
    rows = [row for row in resources.rows("table_roles.csv") if row["role"] != _LOWER_CASES]
    return [(f" {word} ", row["role"]) for row in rows for word in row["words"].split("|")]


_LOWER_CASES = "lower cases"


@cache
def lower_cases() -> frozenset[str]:
    """Heads that count cases under the head of a group: "No." beside "kg"."""
    rows = resources.rows("table_roles.csv")
    return frozenset(w for row in rows if row["role"] == _LOWER_CASES for w in row["words"].split("|"))


@lru_cache(maxsize=1024)
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


_YEAR = re.compile(r"(?:19|20)\d\d")


def _content_role(block: Block, cells: Sequence[Cell], roles: dict[int, str], has_header: bool) -> str:
    texts = [t for t in (block.text[c.start : c.end].strip() for c in cells) if any(x.isalnum() for x in t)]
    if not texts:
        return "none"
    integers = sum(t.isdigit() and len(t) <= 5 for t in texts)
    numbers = sum(t[0].isdigit() or t[0] in "€$£" for t in texts)
    if not has_header and all(_YEAR.fullmatch(t) for t in texts):
        return "none"
    if integers >= _SHARE * len(texts) and not has_header:
        if [int(t) for t in texts if t.isdigit()] == list(range(1, len(texts) + 1)) and not roles:
            return "none"
        if "cases" not in roles.values():
            return "cases"
    if numbers >= _SHARE * len(texts):
        return "quantity" if not has_header else "number"
    return "commodity" if "commodity" not in roles.values() else "text"
