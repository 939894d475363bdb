"""Which cells of a table hold sums of money that name no currency themselves, and of which currency and scale."""

from __future__ import annotations

import re

from newsletter_extract.document import Block, Cell
from newsletter_extract.extractors.amounts.currencies import Currencies, named_in
from newsletter_extract.extractors.amounts.number_words import values
from newsletter_extract.extractors.amounts.numbers import Number
from newsletter_extract.extractors.tables.grid import cells_of, head_role

CellCurrencies = dict[tuple[int, int], tuple[str, Number]]
"""Row and column → currency, and what one of the cell stands for: 1,000 under "EUR thousand"."""

_THOUSANDS = re.compile(r"[’'`‘]\s?000s?|\b000s|\bthousands?\b", re.IGNORECASE)
_NOT_MONEY = frozenset({"cases", "date", "place", "by", "commodity"})


def table_currencies(block: Block, known: Currencies) -> CellCurrencies:
    """The currencies of bare cells, from the heads of their columns ("Value (USD)") or a column of currencies."""
    heads: dict[int, str] = {}
    for cell in cells_of(block):
        if cell.header:
            heads[cell.column] = f"{heads.get(cell.column, '')} {_text(block, cell)}".strip()
    found: CellCurrencies = {}
    columns = {
        k: (code, scale_of(h))
        for k, h in heads.items()
        if (code := named_in(h, known)) and head_role(h) not in _NOT_MONEY
    }
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells_of(block):
        if not cell.header:
            rows.setdefault(cell.row, {})[cell.column] = cell
    for row, cells in rows.items():
        label = _text(block, cells[min(cells)])
        if head_role(label) == "money" and (code := named_in(label, known)):
            found |= {(row, k): (code, scale_of(label)) for k in cells if k != min(cells)}
        found |= {(row, k): columns[k] for k in cells if k in columns}
        for k, cell in cells.items():
            text = _text(block, cell).strip()
            code = (
                named_in(text, known)
                if 0 < len(text) <= 12 and " " not in text and not any(c.isdigit() for c in text)
                else None
            )
            side = next(
                (n for n in (k - 1, k + 1) if n in cells and any(c.isdigit() for c in _text(block, cells[n]))), None
            )
            if code and side is not None:
                found[row, side] = code, scale_of(heads.get(side, ""))
    return found


def scale_of(head: str) -> Number:
    """What one of a column stands for by its head: "(EUR million)", "in thousands", "'000"."""
    if _THOUSANDS.search(head):
        return 1_000
    words = re.findall(r"[^\W\d_]+", head.casefold())
    return next((int(values("scale", "letter")[w]) for w in words if w in values("scale", "letter") and len(w) > 1), 1)


def _text(block: Block, cell: Cell) -> str:
    return block.text[cell.start : cell.end]
