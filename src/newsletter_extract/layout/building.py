"""From lines of words to blocks: the text, and where each word stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsletter_extract.document import BBox, Block, BlockKind, Cell, Line, Token, Word, union

STAND_IN = "\ufffc"
"""Text of a word that holds the place of a table or a box while the words round it are put in order."""


def make_line(words: Iterable[Word]) -> Line:
    """A line of words sorted from left to right."""
    ordered = tuple(sorted(words, key=lambda w: (w.bbox.x0, w.bbox.top, w.text)))
    return Line(ordered, union([w.bbox for w in ordered]))


def make_block(kind: BlockKind, page: int, lines: Sequence[Line], *, plain_text: bool = False) -> Block:
    """A block of running text; its id is given when all blocks are in order."""
    tokens, parts, position = [], [], 0
    for number, line in enumerate(lines):
        for word in line.words:
            tokens.append(_token(word, position, page, number))
            parts.append(word.text)
            position += len(word.text) + 1
    box = union(line.bbox for line in lines)
    return Block("", kind, page, box, " ".join(parts), tuple(tokens), plain_text=plain_text)


def make_table(
    page: int,
    rows: Sequence[Sequence[Sequence[Word]]],
    headers: int,
    *,
    plain_text: bool = False,
    spans: Mapping[tuple[int, int], int] | None = None,
) -> Block:
    """A table block from the words of each cell, in reading order; the first `headers` rows are heads.

    `spans` has how many columns the cell at (row, column) reaches over, where that is known.
    """
    spans = spans or {}
    tokens: list[Token] = []
    cells: list[Cell] = []
    text = ""
    for r, row in enumerate(rows):
        text += "\n" if r else ""
        for k, words in enumerate(row):
            text += "\t" if k else ""
            start = len(text)
            for i, word in enumerate(words):
                text += " " if i else ""
                tokens.append(_token(word, len(text), page, _line_number(words, i)))
                text += word.text
            box = union(w.bbox for w in words) if words else BBox(0, 0, 0, 0)
            cells.append(Cell(r, k, start, len(text), box, header=r < headers, span=spans.get((r, k))))
    return Block(
        "", "table", page, union(t.bbox for t in tokens), text, tuple(tokens), tuple(cells), plain_text=plain_text
    )


def _line_number(words: Sequence[Word], index: int) -> int:
    """How many lines of its cell stand above the word; enough to tell a line end, which hyphens need."""
    tops = sorted({round(w.bbox.bottom) for w in words[: index + 1]})
    return len(tops) - 1


def _token(word: Word, start: int, page: int, line: int) -> Token:
    end = start + len(word.text)
    return Token(start, end, page, line, word.bbox, word.confidence, word.bold, word.first_reading, word.accents)


def join(first: Block, second: Block) -> Block:
    """One paragraph from two parts of it, in different columns or on different pages."""
    shift = len(first.text) + 1
    lines = first.tokens[-1].line + 1
    moved = tuple(replace(t, start=t.start + shift, end=t.end + shift, line=t.line + lines) for t in second.tokens)
    box = union([first.bbox, second.bbox]) if first.page == second.page else first.bbox
    return replace(first, text=f"{first.text} {second.text}", tokens=first.tokens + moved, bbox=box)


def join_tables(first: Block, second: Block) -> Block:
    """One table from two parts of it; the second has no head of its own."""
    shift, rows = len(first.text) + 1, first.cells[-1].row + 1
    tokens = tuple(replace(t, start=t.start + shift, end=t.end + shift) for t in second.tokens)
    cells = tuple(
        replace(c, row=c.row + rows, start=c.start + shift, end=c.end + shift, header=False) for c in second.cells
    )
    box = union([first.bbox, second.bbox]) if first.page == second.page else first.bbox
    return replace(
        first,
        text=f"{first.text}\n{second.text}",
        tokens=first.tokens + tokens,
        cells=first.cells + cells,
        bbox=box,
    )


def head_rows(table: Block) -> int:
    """How many rows of heads a table has, at least one: a first row of years may not be told for heads."""
    return 1 + max((cell.row for cell in table.cells if cell.header), default=0)


def split_head(table: Block, *, repeated: bool) -> tuple[list[Block], Block]:
    """The heads of a table as page furniture where they are `repeated`, and the other rows."""
    heads = head_rows(table)
    below = [cell for cell in table.cells if cell.row >= heads]
    if not repeated or not below:
        return [], table
    start = below[0].start
    head = [token for token in table.tokens if token.end <= start]
    rest = [token for token in table.tokens if token.start >= start]
    if not head or not rest:
        return [], table
    text = " ".join(table.text[:start].split())
    return [
        Block("", "header", table.page, union(t.bbox for t in head), text, tuple(head)),
    ], replace(
        table,
        text=table.text[start:],
        bbox=union(t.bbox for t in rest),
        tokens=tuple(replace(t, start=t.start - start, end=t.end - start) for t in rest),
        cells=tuple(replace(c, row=c.row - heads, start=c.start - start, end=c.end - start) for c in below),
    )
