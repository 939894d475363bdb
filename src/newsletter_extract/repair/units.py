"""Units whose l was read for another sign: Ibs for lbs, and the l of litres for a 1.

Figures alone do not tell `880 1` from a number; the other cells of its column do, where they have units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from newsletter_extract import lexicon, resources
from newsletter_extract.document import Block, Cell, Notice
from newsletter_extract.repair.edits import Draft, Edit, columns_of

_CAPITAL = re.compile(r"(?:[\d(]|\d\s)(?P<sign>[I|])(?P<rest>[a-z]{1,3})\b")
"""Behind a number, or in the brackets of a head."""
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d{1,2})?)"
_WITH_UNIT = re.compile(rf"{_NUMBER} ?(?P<unit>[^\W\d_]{{1,12}})\.?")
_BARE = re.compile(_NUMBER)
_LONE = re.compile(rf"{_NUMBER} (?P<sign>[1I|!])")
_GLUED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+)(?P<sign>1)")
"""A last digit too many for the thousands before it."""
_SIGN = re.compile(r"[1I|!]")
_WORD = 4.0
"""Zipf value of what is a word with an I: It is no litre."""
_LEAST_UNITS = 2
"""Cells of a column that have a unit, and no fewer than those without, before a last 1 is taken for one."""


def find_unit_errors(draft: Draft) -> Iterator[Edit]:
    """Edits of units of which the small l was read for another sign."""
    for match in _CAPITAL.finditer(draft.text):
        if "l" + match["rest"] in _units() and lexicon.zipf("i" + match["rest"]) < _WORD:
            yield Edit(*match.span("sign"), "l", "number.unit", 0.92)
    for cells in columns_of(draft.cells):
        yield from _litres(draft, cells)


def find_lone_litres(draft: Draft) -> Iterator[Edit]:
    """Edits of signs like an l that are all of a cell, in columns of units alone but for a few that were misread."""
    for cells in columns_of(draft.cells):
        yield from _lone_litres(draft, cells)


def doubtful_litres(block: Block) -> Iterator[Notice]:
    """Findings about the one cell without a unit in a column of them, where its last digit may be the l of litres."""
    for cells in columns_of(block.cells):
        texts = [block.text[cell.start : cell.end] for cell in cells]
        found = [match for text in texts if (match := _WITH_UNIT.fullmatch(text))]
        bare = [k for k, text in enumerate(texts) if _BARE.fullmatch(text)]
        if len(bare) != 1 or sum(match["unit"].casefold() in _units() for match in found) <= _LEAST_UNITS:
            continue
        cell, text = cells[bare[0]], texts[bare[0]]
        if len(text) > 1 and text.endswith("1"):
            message = f"The number {text!r} may be misread: its last digit may be the l of litres."
            yield Notice("number_doubtful", "warning", message, block.page, block.id, cell.start, cell.end)


def _litres(draft: Draft, column: Sequence[Cell]) -> Iterator[Edit]:
    """A sign like an l behind the figures of cells of one column, where its other cells have units."""
    cells = [(cell.start, draft.text[cell.start : cell.end]) for cell in column]
    found = [match for _, text in cells if (match := _WITH_UNIT.fullmatch(text))]
    units = sum(match["unit"].casefold() in _units() for match in found)
    if units < max(_LEAST_UNITS, sum(bool(_BARE.fullmatch(text)) for _, text in cells)):
        return
    for start, text in cells:
        if match := _LONE.fullmatch(text):
            yield Edit(start + match.start("sign"), start + match.end(), "l", "number.unit", 0.88)
        elif match := _GLUED.fullmatch(text):
            yield Edit(start + match.start("sign"), start + match.end(), " l", "number.unit", 0.8)


def _lone_litres(draft: Draft, column: Sequence[Cell]) -> Iterator[Edit]:
    cells = [cell for cell in column if not cell.header and cell.end > cell.start]
    texts = [draft.text[cell.start : cell.end].strip() for cell in cells]
    units = [text for text in texts if text.casefold().rstrip(".") in _units()]
    others = [k for k, text in enumerate(texts) if text and text not in units]
    if len(units) < max(_LEAST_UNITS, len(others) + 1):
        return
    for k in others:
        if _SIGN.fullmatch(texts[k]):
            yield Edit(cells[k].start, cells[k].end, "l", "number.unit", 0.88)


@cache
def _units() -> frozenset[str]:
    return frozenset(name for row in resources.rows("units.csv") for name in row["names"].split("|"))
