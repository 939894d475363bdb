"""What the total of a column proves: a digit read for another sign, and decimal marks that were passed over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from newsletter_extract import resources
from newsletter_extract.document import Cell
from newsletter_extract.repair.edits import Draft, Edit

_UNIT = r"(?: ?(?P<unit>[^\W\d_]{1,12}))?"
_PLAIN = re.compile(rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?){_UNIT}")
_UNREAD = re.compile(rf"(?P<number>(?=[^ ]*\d)[\d.,]*(?P<sign>[^\s\d.,])[\d.,]*){_UNIT}")
_SURE = 0.8
"""Calibrated confidence of the other numbers, where an engine told any: one misread makes another digit fit."""
_LEAST_ROWS = 3
_MOST_WHOLE = 6
"""Numbers of a column that may have lost their mark; of more than these several sets may make the sum."""
_LEAST_MARKED = 2


def find_digits_by_sums(draft: Draft) -> Iterator[Edit]:
    """Edits of what the total in the last row tells of a column: its one sign that is no digit, and its lost marks."""
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
        yield from _lost_marks(draft, column, total)


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


def _lost_marks(draft: Draft, column: Sequence[Cell], total: Cell) -> Iterator[Edit]:
    """Edits of the marks before the last digits of numbers, where with just these the total is right: 43105 for 4310.5.

    Numbers that have their mark tell of how many digits stand behind it.
    """
    cells = [cell for cell in (*column, total) if draft.text[cell.start : cell.end].strip(" -–—")]
    texts = [draft.text[cell.start : cell.end] for cell in cells]
    plain = [match for text in texts if (match := _PLAIN.fullmatch(text))]
    if len(plain) < len(texts) or len(texts) <= _LEAST_ROWS or cells[-1] is not total:
        return
    if len({match["unit"] for match in plain}) > 1:
        return
    parted = [match["number"].rpartition(".") for match in plain]
    places = {len(fraction) for _, mark, fraction in parted if mark}
    whole = [k for k, (_, mark, number) in enumerate(parted) if not mark and number.isdigit()]
    if len(places) != 1 or not 0 < len(whole) <= _MOST_WHOLE or len(parted) - len(whole) < _LEAST_MARKED:
        return
    digits = places.pop()
    values = [_value(match["number"]) for match in plain]
    long = [k for k in whole if len(parted[k][2]) > digits]
    sets = [chosen for size in range(len(long) + 1) for chosen in combinations(long, size)]
    fitting = [chosen for chosen in sets if _adds_up(values, chosen, digits)]
    if len(fitting) == 1:
        for k in fitting[0]:
            at = cells[k].start + len(parted[k][2]) - digits
            yield Edit(at, at, ".", "number.sum", 0.95)


def _adds_up(values: Sequence[Decimal], chosen: Sequence[int], digits: int) -> bool:
    """Whether the last value is the sum of those before it, once those chosen have so many digits behind a mark."""
    *parts, total = (v.scaleb(-digits) if k in chosen else v for k, v in enumerate(values))
    return sum(parts) == total


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))
