"""Plain text: a page of words whose boxes count characters and lines. A form feed begins a new page."""

from __future__ import annotations

import re

from newsletter_extract.document import BBox, Page, Word

_WORD = re.compile(r"\S+")
_TAB_WIDTH = 8
"""Columns between tab stops, as terminals have them."""


def read_text(text: str) -> list[Page]:
    """Pages of words; x counts characters from the left, y counts lines from the top."""
    sheets = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    return [_page(number, sheet) for number, sheet in enumerate(sheets, 1)]


def _page(number: int, sheet: str) -> Page:
    lines = [line.expandtabs(_TAB_WIDTH) if "\t" in line else line for line in sheet.split("\n")]
    words = tuple(
        Word(match[0], BBox(match.start(), row, match.end(), row + 1))
        for row, line in enumerate(lines)
        for match in _WORD.finditer(line)
    )
    width = max((word.bbox.x1 for word in words), default=1)
    return Page(number, width, max(len(lines), 1), "plain_text", words)
