"""Pages built word by word, for tests of reading order and kinds."""

from __future__ import annotations

import sys
from collections.abc import Callable

from newsletter_extract import layout
from newsletter_extract.document import BBox, Document, Page, Rule, Word

SIZE, PITCH = 10.0, 13.0


def line(text: str, x: float, y: float, size: float = SIZE, bold: bool = False) -> list[Word]:
    words, left = [], x
    for part in text.split():
        width = len(part) * size * 0.5
        words.append(Word(part, BBox(left, y, left + width, y + size), size_pt=size, bold=bold))
        left += width + size * 0.25
    return words


def column(prefix: str, count: int, x: float, y: float) -> list[Word]:
    """Lines of the same length: prefix0a prefix0b … so that order can be read off the words."""
    return [w for k in range(count) for w in line(" ".join(f"{prefix}{k}{c}" for c in "abcdef"), x, y + k * PITCH)]


def story(prefix: str, count: int, x: float, y: float) -> list[Word]:
    """A column that begins and ends as a paragraph does."""
    words = column(prefix, count, x, y)
    last = words[-1]
    return [*words[:-1], Word(f"{last.text}.", last.bbox, size_pt=last.size_pt)]


def arranged(words: list[Word], rules: tuple[Rule, ...] = ()) -> Document:
    page = Page(1, 595, 842, "text_layer", tuple(words), rules)
    return layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (page,)))


def arranged_scan(words: list[Word]) -> Document:
    return layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (Page(1, 595, 842, "ocr", tuple(words)),)))


def text(words: list[Word], rules: tuple[Rule, ...] = ()) -> str:
    return " ".join(block.text for block in arranged(words, rules).blocks())


def calls(work: Callable[[], object]) -> int:
    """How many calls of functions a piece of work takes: the same on every machine."""
    count = 0

    def tally(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
