"""Marks of numbers in tables, put as the other numbers of their column have them.

A comma in worn print loses its tail: 6.350 below 14,800 and 22,000 was 6,350, where no number of the column is a
fraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsletter_extract.document import Cell
from newsletter_extract.repair.edits import Draft, Edit, columns_of

_BEHIND = r"(?: ?[^\W\d_]{1,12})?"
_COMMAS = re.compile(rf"\d{{1,3}}(?:,\d{{3}})+{_BEHIND}")
_STOPS = re.compile(rf"\d{{1,3}}(?:\.\d{{3}})+{_BEHIND}")
_FRACTION = re.compile(r"\d[.,]\d{1,2}(?!\d)|\d[.,]\d{4}")
_CENTS = re.compile(r"\d[\d,]*\.\d\d")
_COLON = re.compile(r"\d[\d,]*(?P<mark>[:;])\d\d")
_MANY_GROUPS = re.compile(rf"\d{{1,3}}(?P<mark>[.,])\d{{3}}(?:(?P=mark)\d{{3}})+{_BEHIND}")
_SHORT_FRACTION = re.compile(rf"\d{{1,3}}(?P<mark>[.,])\d{{1,2}}{_BEHIND}")
_LEAST, _SHARE = 2, 2
"""Numbers of a column with one mark, and how many times as many they are as those with the other."""


def find_marks_of_columns(draft: Draft) -> Iterator[Edit]:
    """Edits of thousands that are parted otherwise than in the rest of their column."""
    for cells in columns_of(draft.cells):
        texts = [draft.text[cell.start : cell.end] for cell in cells]
        odd = [k for k, text in enumerate(texts) if _COLON.fullmatch(text)]
        if len(odd) == 1 and sum(bool(_CENTS.fullmatch(text)) for text in texts) >= _LEAST:
            at = cells[odd[0]].start + len(texts[odd[0]]) - len(":00")
            yield Edit(at, at + 1, ".", "number.marks", 0.9)
        groups = {match["mark"] for text in texts if (match := _MANY_GROUPS.fullmatch(text))}
        if len(groups) == 1:
            yield from _fractions(cells, texts, groups.pop())
        if any(map(_FRACTION.search, texts)):
            continue
        commas, stops = ([k for k, text in enumerate(texts) if form.fullmatch(text)] for form in (_COMMAS, _STOPS))
        few, many, read, printed = (stops, commas, ".", ",") if len(stops) < len(commas) else (commas, stops, ",", ".")
        if len(many) >= max(_LEAST, _SHARE * len(few)):
            for k in few:
                start = cells[k].start
                yield from (
                    Edit(start + at, start + at + 1, printed, "number.marks", 0.88)
                    for at, sign in enumerate(texts[k])
                    if sign == read
                )


def _fractions(cells: Sequence[Cell], texts: Sequence[str], groups: str) -> Iterator[Edit]:
    """Decimal marks read for the one that parts thousands: 402.6 above 1.310.000 was 402,6."""
    for cell, text in zip(cells, texts, strict=True):
        match = _SHORT_FRACTION.fullmatch(text)
        if match and match["mark"] == groups:
            at = cell.start + match.start("mark")
            yield Edit(at, at + 1, "," if groups == "." else ".", "number.marks", 0.88)
