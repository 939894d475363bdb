"""Layout of pages with geometry: furniture off, tables out, columns in order, paragraphs joined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from newsletter_extract.document import BBox, Block, BlockKind, Line, Notice, Page, Rule, Word, union
from newsletter_extract.layout.building import STAND_IN, make_block
from newsletter_extract.layout.captions import caption_above
from newsletter_extract.layout.columns import reading_order, regions_of
from newsletter_extract.layout.flow import captioned, continued, joined
from newsletter_extract.layout.furniture import find_furniture, overprint_kind
from newsletter_extract.layout.gutters import Interval
from newsletter_extract.layout.initials import set_down
from newsletter_extract.layout.insets import set_apart, stand_in
from newsletter_extract.layout.kept_gutters import is_read_across, kept_gutters
from newsletter_extract.layout.lines import lines_of, type_size
from newsletter_extract.layout.overprint import find_overprint
from newsletter_extract.layout.paragraphs import blocks_of
from newsletter_extract.layout.pictures import caption_below, pictures_among
from newsletter_extract.layout.straight import put_back, skew_of, straightened
from newsletter_extract.layout.tables.aligned import is_table as is_aligned
from newsletter_extract.layout.tables.block import table_block
from newsletter_extract.layout.tables.cells import rows_of_cells, split_caption
from newsletter_extract.layout.tables.ruled import Ruled, ruled

_DASHES, _STROKE_SIGNS = 4, frozenset("-=–—─═")
"""So many of these signs in a row are a stroke drawn with letters."""
_TITLE_SIZE = 1.4
_BAR_EM = 6.0
"""Tinted bars are at most this many type sizes high; higher ones are boxes."""
_MOST_WALLS = 500
"""So many upright strokes are looked at."""


def arrange_pages(pages: Sequence[Page]) -> tuple[list[list[Block]], list[Notice]]:
    """Blocks in reading order for each page, without ids, and what was odd."""
    notices: list[Notice] = []
    sane = [_sane(page, notices) for page in pages]
    askew = {page.number: skew for page in sane if page.origin != "ocr" and (skew := skew_of(page.words))}
    sane = [straightened(page, askew[page.number]) if page.number in askew else page for page in sane]
    size = type_size([word for page in sane for word in page.words])
    sane = [replace(page, words=set_down(page.words, size)) for page in sane]
    sheets = [_sheet(page, size) for page in sane]
    furniture = find_furniture([replace(sheet.page, words=sheet.outside_tables()) for sheet in sheets], size)
    arranged = [_arrange(sheet, lines, size) for sheet, lines in zip(sheets, furniture, strict=True)]
    kept = kept_gutters(arranged)
    for k, blocks in enumerate(arranged):
        if is_read_across(blocks, kept):
            arranged[k] = _arrange(sheets[k], furniture[k], size, kept)
    whole = captioned(continued(joined(_titled(arranged, size))))
    return [put_back(blocks, askew) for blocks in whole] if askew else whole, notices


def _sane(page: Page, notices: list[Notice]) -> Page:
    """The page without words whose boxes are no boxes, and without those of no letters."""
    written = [w for w in page.words if w.text.strip()]
    words = tuple(w for w in written if _is_box(w.bbox))
    if lost := len(written) - len(words):
        notices.append(
            Notice("words_without_box", "warning", f"{lost} words have no place on the page.", page=page.number)
        )
    strokes = [word for word in words if len(word.text) >= _DASHES and _STROKE_SIGNS.issuperset(word.text)]
    rules = [Rule(_middle(word.bbox)) for word in strokes]
    return replace(page, words=tuple(_without(words, strokes)), rules=(*page.rules, *rules))


def _is_box(box: BBox) -> bool:
    """Whether a box has a finite width and height; comparisons with NaN are false."""
    x0, top, x1, bottom = box
    return -math.inf < x0 < x1 < math.inf and -math.inf < top < bottom < math.inf


def _middle(box: BBox) -> BBox:
    middle = (box.top + box.bottom) / 2
    return BBox(box.x0, middle, box.x1, middle + 0.5)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with what stands across its text and what rules enclose."""

    page: Page
    """Without the overprint."""
    overprint: tuple[Line, ...]
    ruled: Ruled

    def outside_tables(self) -> tuple[Word, ...]:
        inside = {id(w) for table in self.ruled.tables for w in table.words()}
        return tuple(word for word in self.page.words if id(word) not in inside)


def _sheet(page: Page, size: float) -> _Sheet:
    overprint = find_overprint(page.words, size)
    across = {id(word) for line in overprint for word in line.words}
    words = [word for word in page.words if id(word) not in across]
    inside = ruled(words, page.rules, size, scanned=page.origin == "ocr" or page.is_scan)
    return _Sheet(replace(page, words=tuple(words)), tuple(overprint), inside)


def _arrange(
    sheet: _Sheet, furniture: Sequence[tuple[BlockKind, Line]], size: float, kept: Sequence[Interval] = ()
) -> list[Block]:
    """Every block of the page: heads, then the text with its tables and boxes in their places, then feet."""
    page = sheet.page
    edges = [make_block(kind, page.number, [line]) for kind, line in furniture]
    edges += [make_block(overprint_kind(line), page.number, [line]) for line in sheet.overprint]
    words = _without(page.words, [word for _, line in furniture for word in line.words])
    reader = _Reader(page, size, kept)
    for table in sheet.ruled.tables:
        grid = table.grid
        words = _without(words, table.words())
        caption = caption_above(grid.bbox, words, size)
        blocks = [make_block("caption", page.number, caption)] if caption else []
        words = _without(words, [word for line in caption for word in line.words])
        words.append(reader.keep([*blocks, table_block(page.number, table.rows, table.heads)], grid.bbox))
    for rows in sheet.ruled.frames:
        columns = [cell for row in rows for cell in row if cell]
        words = _without(words, [word for cell in columns for word in cell])
        words.append(reader.keep([block for cell in columns for block in reader.blocks(cell)]))
    for picture in reader.pictures:
        caption = caption_below(picture, [word for word in words if word.text != STAND_IN], size)
        if caption:
            words = _without(words, [word for line in caption for word in line.words])
            words.append(reader.keep([make_block("caption", page.number, caption)]))
    words, boxes = set_apart(words, page.rules, (page.width_pt, page.height_pt))
    for number, (place, inside) in enumerate(boxes, 1):
        reader.insets[id(place)] = [replace(block, flow=block.flow or number) for block in reader.blocks(inside)]
    heads = [block for block in edges if block.kind == "header"]
    feet = [block for block in edges if block.kind != "header"]
    return [*heads, *reader.blocks(words), *feet]


def _without(words: Sequence[Word], taken: Sequence[Word]) -> list[Word]:
    gone = {id(word) for word in taken}
    return [word for word in words if id(word) not in gone]


def _edges(rule: Rule, high: float) -> list[BBox]:
    """The strokes across the page that a rule makes: itself, or the edges of a tinted bar up to `high` points high."""
    x0, top, x1, bottom = rule.bbox
    if x1 - x0 <= bottom - top or (rule.filled and bottom - top > high):
        return []
    return [BBox(x0, top, x1, top), BBox(x0, bottom, x1, bottom)] if rule.filled else [rule.bbox]


class _Reader:
    """Reads words in order; `insets` holds the blocks of which a stand-in keeps the place, by its identity."""

    def __init__(self, page: Page, size: float, kept: Sequence[Interval] = ()) -> None:
        self.number, self.size, self.kept = page.number, size, kept
        self.pictures = pictures_among(page.words, page.pictures, BBox(0, 0, page.width_pt, page.height_pt), size)
        self.strokes = [edge for rule in page.rules for edge in _edges(rule, _BAR_EM * size)] + self.pictures
        self.strokes += [r.bbox for r in page.rules if not r.filled and r.bbox.height > max(r.bbox.width, size)][
            :_MOST_WALLS
        ]
        self.insets: dict[int, list[Block]] = {}
        self.places: list[Word] = []

    def keep(self, blocks: list[Block], *drawn: BBox) -> Word:
        """The stand-in for these blocks and for what is drawn round them."""
        place = stand_in(union([*(block.bbox for block in blocks), *drawn]))
        self.places.append(place)
        self.insets[id(place)] = blocks
        return place

    def blocks(self, words: Sequence[Word]) -> list[Block]:
        """The blocks of these words in reading order."""
        blocks: list[Block] = []
        for region in reading_order(words, self.size, self.strokes, self.kept):
            if len(region.columns) > 1:
                places = [word for column in region.columns for word in column if word.text == STAND_IN]
                blocks += [block for place in places for block in self.insets[id(place)]]
                solid = tuple(tuple(_without(column, places)) for column in region.columns)
                if region.heads:
                    rows = rows_of_cells(solid, self.strokes)
                    blocks.append(table_block(self.number, rows, region.heads))
                    continue
                title, columns = split_caption(tuple(column for column in solid if column), self.size)
                cells = _cut_again(columns, self.size) if title else columns
                blocks += blocks_of(lines_of(title), self.number, self.size)
                blocks += [table_block(self.number, rows_of_cells(cells, self.strokes))] if any(cells) else []
            else:
                blocks += self._column(region.columns[0])
        return blocks

    def _column(self, words: Sequence[Word]) -> list[Block]:
        """Paragraphs of a column from top to bottom, with its insets between them."""
        rest = [word for word in words if word.text != STAND_IN]
        blocks: list[Block] = []
        for place in sorted((w for w in words if w.text == STAND_IN), key=lambda w: (w.bbox.top, w.bbox.x0)):
            above = [w for w in rest if w.bbox.top + w.bbox.bottom < place.bbox.top + place.bbox.bottom]
            rest = _without(rest, above)
            blocks += [*blocks_of(lines_of(above), self.number, self.size), *self.insets[id(place)]]
        return blocks + blocks_of(lines_of(rest), self.number, self.size)


def _cut_again(columns: Sequence[Sequence[Word]], size: float) -> Sequence[Sequence[Word]]:
    """The columns of a table without its caption, which may have lain over a gutter."""
    regions = regions_of([word for column in columns for word in column], size)
    better = regions[0].columns if len(regions) == 1 else ()
    return better if len(better) > len(columns) and is_aligned(better) else columns


def _titled(pages: list[list[Block]], size: float) -> list[list[Block]]:
    """The largest heading in the upper half of the first page is the title."""
    if not pages:
        return pages
    first = pages[0]
    bottom = max((block.bbox.bottom for block in first), default=0.0)
    sizes = [
        median(t.bbox.height for t in b.tokens) if b.kind == "heading" and b.bbox.top < bottom / 2 else 0.0
        for b in first
    ]
    best = max(range(len(first)), key=lambda k: (sizes[k], -k), default=None)
    body = [median(t.bbox.height for t in b.tokens) for b in first if b.kind == "paragraph"]
    if best is None or not sizes[best] or (body and sizes[best] < _TITLE_SIZE * median(body)):
        return pages
    blocks = [replace(b, kind="title") if k == best else b for k, b in enumerate(first)]
    return [blocks, *pages[1:]]
