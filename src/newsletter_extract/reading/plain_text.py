"""Plain text: a page of words whose boxes count characters and lines. A form feed begins a new page."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest

from newsletter_extract.document import BBox, Page, Word

_WORD = re.compile(r"\S+")
_RULE = re.compile(r"[-+=]{3,}")
_CELL_GAP = 4
"""White between cells that tabs part, in characters."""
_LEAST_BARRED = 2
"""So many lines with bars are rows of a table; a lone bar is a misread letter, or parts a date from a place."""


def read_text(text: str) -> list[Page]:
    """Pages of words; x counts characters from the left, y counts lines from the top."""
    sheets = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    return [_page(number, sheet) for number, sheet in enumerate(sheets, 1)]


def _expanded(lines: list[str]) -> list[str]:
    """The lines, with cells that tabs or bars part set under each other in each run of such lines."""
    expanded: list[str] = []
    for mark, run in groupby(lines, _separator):
        rows = list(run)
        if mark == "\t" or (mark and len(rows) >= _LEAST_BARRED):
            cells = [[cell.strip() if mark == "|" else cell for cell in row.split(mark)] for row in rows]
            widths = [max(map(len, column)) + _CELL_GAP for column in zip_longest(*cells, fillvalue="")]
            bar = "|  " if mark == "|" else ""
            rows = [bar.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)) for row in cells]
        expanded += [row.rstrip() for row in rows]
    return expanded


def _separator(line: str) -> str:
    """The sign between the cells of a line, or nothing."""
    return "\t" if "\t" in line else "|" if "|" in line or _RULE.fullmatch(line.strip()) else ""


def _page(number: int, sheet: str) -> Page:
    lines = _expanded(sheet.split("\n"))
    words = tuple(
        Word(match[0], BBox(match.start(), row, match.end(), row + 1))
        for row, line in enumerate(lines)
        for match in _WORD.finditer(line)
    )
    width = max((word.bbox.x1 for word in words), default=1)
    return Page(number, width, max(len(lines), 1), "plain_text", words)
