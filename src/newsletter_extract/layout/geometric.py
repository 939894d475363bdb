"""Layout of pages with geometry: furniture off, tables out, columns in order, paragraphs joined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from newsletter_extract.document import Block, BlockKind, Line, Notice, Page, Word
from newsletter_extract.layout.aligned import is_table, rows_of_cells, split_caption
from newsletter_extract.layout.building import make_block, make_table
from newsletter_extract.layout.captions import caption_above
from newsletter_extract.layout.columns import reading_order, regions_of
from newsletter_extract.layout.flow import captioned, joined
from newsletter_extract.layout.furniture import find_furniture
from newsletter_extract.layout.grids import find_grids
from newsletter_extract.layout.lines import lines_of, type_size
from newsletter_extract.layout.paragraphs import blocks_of

_TITLE_SIZE = 1.4


def arrange_pages(pages: Sequence[Page]) -> tuple[list[list[Block]], list[Notice]]:
    """Blocks in reading order for each page, without ids, and what was odd."""
    notices: list[Notice] = []
    sane = [_sane(page, notices) for page in pages]
    size = type_size([word for page in sane for word in page.words])
    arranged = [
        _arrange(page, furniture, size) for page, furniture in zip(sane, find_furniture(sane, size), strict=True)
    ]
    return captioned(joined(_titled(arranged, size))), notices


def _sane(page: Page, notices: list[Notice]) -> Page:
    """The page without words whose boxes are no boxes."""
    words = tuple(w for w in page.words if all(map(math.isfinite, w.bbox)) and w.bbox.height > 0 and w.bbox.width > 0)
    if len(words) < len(page.words):
        lost = len(page.words) - len(words)
        notices.append(
            Notice("words_without_box", "warning", f"{lost} words have no place on the page.", page=page.number)
        )
    return replace(page, words=words)


def _arrange(page: Page, furniture: Sequence[tuple[BlockKind, Line]], size: float) -> list[Block]:
    head = [make_block(kind, page.number, [line]) for kind, line in furniture]
    taken = {id(word) for _, line in furniture for word in line.words}
    words = [word for word in page.words if id(word) not in taken]
    tables = []
    for grid in find_grids(page.rules):
        inside = [word for word in words if grid.holds(word)]
        rows = grid.rows(inside)
        if len(rows) < 2 or sum(bool(cell) for row in rows for cell in row) < 4:
            continue
        caption = caption_above(grid.bbox, words, size)
        if caption:
            tables.append(make_block("caption", page.number, [caption]))
        tables.append(_table(page.number, rows))
        outside = {id(word) for word in (*inside, *(caption.words if caption else ()))}
        words = [word for word in words if id(word) not in outside]
    blocks = []
    for part in _around(words, tables):
        if isinstance(part, Block):
            blocks.append(part)
            continue
        for region in reading_order(part, size):
            if len(region.columns) > 1:
                title, columns = split_caption(region.columns, size)
                cells = _cut_again(columns, size) if title else columns
                blocks += blocks_of(lines_of(title), page.number, size)
                blocks.append(_table(page.number, rows_of_cells(cells)))
            else:
                blocks += blocks_of(lines_of(region.columns[0]), page.number, size)
    top = [block for block in head if block.kind == "header"]
    foot = [block for block in head if block.kind != "header"]
    return [*top, *blocks, *foot]


def _cut_again(columns: Sequence[Sequence[Word]], size: float) -> Sequence[Sequence[Word]]:
    """The columns of a table without its caption, which may have lain over a gutter."""
    regions = regions_of([word for column in columns for word in column], size)
    better = regions[0].columns if len(regions) == 1 else ()
    return better if len(better) > len(columns) and is_table(better) else columns


def _around(words: Sequence[Word], tables: Sequence[Block]) -> list[list[Word] | Block]:
    """Words and tables in turns: a table over the whole width parts what is above from what is below it.

    A table inside one column is left where its column's words flow round it, by cutting at its place in that column.
    """
    parts: list[list[Word] | Block] = []
    rest = list(words)
    for table in sorted(tables, key=lambda t: t.bbox.top):
        above = [w for w in rest if (w.bbox.top + w.bbox.bottom) / 2 < table.bbox.top]
        parts += [above, table]
        taken = {id(w) for w in above}
        rest = [w for w in rest if id(w) not in taken]
    parts.append(rest)
    return [part for part in parts if part]


def _table(page: int, rows: Sequence[Sequence[Sequence[Word]]]) -> Block:
    ordered = [[[w for line in lines_of(cell) for w in line.words] for cell in row] for row in rows]
    return make_table(page, ordered, _header_rows(ordered))


def _header_rows(rows: Sequence[Sequence[Sequence[Word]]]) -> int:
    """One where the first row has no numbers below which there are some, else none."""

    def digits(row: Sequence[Sequence[Word]]) -> int:
        return sum(any(c.isdigit() for w in cell for c in w.text) for cell in row)

    below = [digits(row) for row in rows[1:]]
    return int(bool(below) and digits(rows[0]) == 0 and max(below) > 0)


def _titled(pages: list[list[Block]], size: float) -> list[list[Block]]:
    """The largest heading of the first page is the title."""
    if not pages:
        return pages
    first = pages[0]
    sizes = [median(t.bbox.height for t in b.tokens) if b.kind == "heading" else 0.0 for b in first]
    best = max(range(len(first)), key=lambda k: (sizes[k], -k), default=None)
    body = [median(t.bbox.height for t in b.tokens) for b in first if b.kind == "paragraph"]
    if best is None or not sizes[best] or (body and sizes[best] < _TITLE_SIZE * median(body)):
        return pages
    blocks = [replace(b, kind="title") if k == best else b for k, b in enumerate(first)]
    return [blocks, *pages[1:]]
