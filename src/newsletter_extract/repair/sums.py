"""Digits that the total of a column proves: where one sign is no digit, one digit alone may make the sum right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from newsletter_extract import resources
from newsletter_extract.document import Cell
from newsletter_extract.repair.edits import Draft, Edit

_UNIT = r"(?: ?(?P<unit>[^\W\d_]{1,12}))?"
_PLAIN = re.compile(rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?){_UNIT}")
_UNREAD = re.compile(rf"(?P<number>(?=[^ ]*\d)[\d.,]*(?P<sign>[^\s\d.,])[\d.,]*){_UNIT}")
_SURE = 0.8
"""Calibrated confidence of the other numbers, where an engine told any: one misread makes another digit fit."""
_LEAST_ROWS = 3


def find_digits_by_sums(draft: Draft) -> Iterator[Edit]:
    """Edits of the one sign in a column of numbers that is no digit, where its total in the last row tells which."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in draft.cells:
        rows[cell.row].append(cell)
    *above, last = [rows[key] for key in sorted(rows)] or [[]]
    first = draft.text[last[0].start : last[0].end] if last else ""
    if first.strip(" .:").casefold() not in resources.words("total_words.txt"):
        return
    for total in last[1:]:
        column = [cell for row in above for cell in row if cell.column == total.column and not cell.header]
        if edit := _solved(draft, column, total):
            yield edit


def _solved(draft: Draft, column: Sequence[Cell], total: Cell) -> Edit | None:
    """The edit of the one unread sign in a column; None where it has none, several, or no digit makes the sum."""
    texts = [draft.text[cell.start : cell.end] for cell in column]
    plain = [_PLAIN.fullmatch(text) for text in texts]
    unread = [k for k, match in enumerate(plain) if match is None and texts[k].strip(" -–—")]
    stated = _PLAIN.fullmatch(draft.text[total.start : total.end])
    read = [match for match in plain if match]
    if len(unread) != 1 or stated is None or len(read) < _LEAST_ROWS - 1:
        return None
    cell, match = column[unread[0]], _UNREAD.fullmatch(texts[unread[0]])
    if match is None or len({found["unit"] for found in (*read, match)}) > 1:
        return None
    others = [total, *(cell for cell, found in zip(column, plain, strict=True) if found)]
    if any((draft.confidence_at(other.start) or 1.0) < _SURE for other in others):
        return None
    rest = _value(stated["number"]) - sum(_value(found["number"]) for found in read)
    number, at = match["number"], match.start("sign")
    forms = [number[:at] + digit + number[at + 1 :] for digit in "0123456789"]
    fitting = [form[at] for form in forms if _PLAIN.fullmatch(form) and _value(form) == rest]
    if len(fitting) != 1:
        return None
    return Edit(cell.start + at, cell.start + at + 1, fitting[0], "number.sum", 0.95)


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))
