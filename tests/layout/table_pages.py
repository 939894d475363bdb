"""Pages of tables set cell by cell, for tests of tables."""

from __future__ import annotations

from newsletter_extract import layout
from newsletter_extract.document import BBox, Block, Document, Page, Rule, Word

SIZE, EM = 10.0, 5.0
Rows = list[list[str]]


def text(words: str, x: float, y: float, bold: bool = False) -> list[Word]:
    """Words from x on, each letter half the type size wide."""
    found = []
    for part in words.split():
        found.append(Word(part, BBox(x, y, x + len(part) * EM, y + SIZE), size_pt=SIZE, bold=bold))
        x += len(part) * EM + 2.5
    return found


def width(words: str) -> float:
    return len(words.replace(" ", "")) * EM + 2.5 * words.count(" ")


def lines_of(cell: str) -> list[str]:
    return cell.split("/")


def typeset(
    rows: Rows, edges: list[float], top: float, right: bool = False, pitch: float = 16, leading: float = 11
) -> list[Word]:
    """Words of a table; a cell with `/` takes several lines. With `right`, columns but the first end at their edge."""
    words, y = [], top
    for k, row in enumerate(rows):
        for c, cell in enumerate(row):
            for n, line in enumerate(lines_of(cell) if cell else []):
                x = edges[c] - width(line) if right and c else edges[c]
                words += text(line, x, y + n * leading, bold=k == 0)
        y += pitch + leading * (max(len(lines_of(cell)) for cell in row) - 1)
    return words


def prose(top: float, lines: int = 6) -> list[Word]:
    """Two columns of text, whose gutter lies at 290 to 310."""
    sentence = "officers of the port opened a box and found it em"
    return [w for k in range(lines) for x in (40, 310) for w in text(sentence, x, top + 12 * k)]


def blocks(words: list[Word], rules: list[Rule] | None = None) -> list[Block]:
    page = Page(1, 600, 842, "text_layer", tuple(words), tuple(rules or ()))
    return list(layout.arrange(Document("t", "0" * 64, 0, "application/pdf", (page,))).blocks())


def tables(words: list[Word], rules: list[Rule] | None = None) -> list[Rows]:
    return [[r.split("\t") for r in b.text.split("\n")] for b in blocks(words, rules) if b.kind == "table"]


def whole(rows: Rows) -> Rows:
    return [[cell.replace("/", " ") for cell in row] for row in rows]
