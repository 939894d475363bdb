"""The values that travel through the program: words, lines, blocks, pages, a document.

All boxes are in points (1/72 inch) with the origin at the top left of the upright page. Plain text has no
geometry: there a box counts in characters (x) and lines (y), good for layout and never printed.

Every value is frozen: a stage takes one and returns another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, NamedTuple

Origin = Literal["text_layer", "ocr", "plain_text"]
BlockKind = Literal[
    "title",
    "heading",
    "paragraph",
    "list_item",
    "table",
    "caption",
    "footnote",
    "header",
    "footer",
    "page_number",
]
Severity = Literal["error", "warning", "info"]
FindingCode = Literal[
    "page_failed",
    "empty_page",
    "no_text_layer",
    "bad_text_layer",
    "poor_text_layer",
    "text_layer_doubtful",
    "page_scaled_down",
    "page_flattened",
    "low_ocr_confidence",
    "words_without_box",
    "no_words",
    "encoding_guessed",
    "column_interleaving",
    "table_columns_unclear",
    "number_doubtful",
    "date_impossible",
    "date_ambiguous",
    "date_weekday_mismatch",
    "date_outside_period",
    "event_without_date",
    "place_ambiguous",
    "place_country_mismatch",
    "table_total_mismatch",
    "quantity_out_of_scale",
    "money_mismatch",
]
"""Codes of findings; `resources/finding_codes.csv` says what each means."""

FURNITURE: frozenset[str] = frozenset({"header", "footer", "page_number"})
"""Kinds that repeat on every page and carry no facts of their own."""


class BBox(NamedTuple):
    """A box: left, top, right, bottom, in points from the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all `boxes`; raises ValueError when there is none."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=False)  # all have four edges; to look for that takes a tenth more time
    return BBox(min(x0s), min(tops), max(x1s), max(bottoms))


class FirstReading(NamedTuple):
    """What an OCR engine read before another reading was taken, and by which rule that was; see repair_rules.csv."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, as the reader found it."""

    text: str
    bbox: BBox
    confidence: float | None = None
    """0 to 1 where an OCR engine gave one, else None."""
    size_pt: float | None = None
    bold: bool = False
    italic: bool = False
    color: int | None = None
    """Fill colour as 0xRRGGBB where the reader knows it."""
    angle: int = 0
    """Direction of the word in degrees counter-clockwise, as of a note up the margin or a watermark; 0 upright."""
    first_reading: FirstReading | None = None
    """What the OCR engine read at first, where another reading was taken."""
    accents: tuple[int, ...] = ()
    """Letters, by their place in the text, over which the ink of a scan has a mark that the engine did not read."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline of one column, from left to right."""

    words: tuple[Word, ...]
    bbox: BBox

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke or a filled box on the page, as in table borders and tinted panels."""

    bbox: BBox
    filled: bool = False
    """True for a background panel, False for a stroke."""


@dataclass(frozen=True, slots=True)
class Token:
    """Where one word as read stands in its block's text: the bridge from characters to the page."""

    start: int
    end: int
    page: int
    line: int
    """Number of the printed line inside the block, from 0; over a page break it goes on counting."""
    bbox: BBox
    confidence: float | None = None
    bold: bool = False
    first_reading: FirstReading | None = None
    """What the OCR engine read at first, where another reading was taken."""
    accents: tuple[int, ...] = ()
    """Letters of the word as read over which there is a mark that the engine did not read."""

    def at(self, start: int, end: int) -> Token:
        """The token with its word at other characters of the block's text; a third of the time of `replace`."""
        if (start, end) == (self.start, self.end):
            return self
        first, marks = self.first_reading, self.accents
        return Token(start, end, self.page, self.line, self.bbox, self.confidence, self.bold, first, marks)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: a span of the table block's text."""

    row: int
    column: int
    start: int
    end: int
    bbox: BBox
    header: bool = False
    span: int | None = None
    """How many columns a head reaches over, this one the first, where that is known."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table … in reading order.

    `text` is made of the words joined by single spaces. In a table, cells are joined by tabs and rows by newlines, and
    `cells` says where each stands. A paragraph that goes on over a column or page is one block, on the page where it
    begins.
    """

    id: str
    kind: BlockKind
    page: int
    bbox: BBox
    text: str
    tokens: tuple[Token, ...]
    cells: tuple[Cell, ...] = ()
    caption_id: str | None = None
    """For a table: the block that holds its title."""
    level: int = 0
    """Nesting of a list item, 0 the outermost."""
    plain_text: bool = False
    """True where boxes count characters and lines instead of points."""
    flow: int = 0
    """0 for the text of the page; a box set into it has a number, and its sentences go on inside it only."""

    def tokens_in(self, start: int, end: int) -> Iterator[Token]:
        """The tokens that share at least one character with [start, end)."""
        for k in range(bisect_right(self.tokens, start, key=attrgetter("end")), len(self.tokens)):
            if self.tokens[k].start >= end:
                return
            yield self.tokens[k]

    def locate(self, start: int, end: int) -> tuple[int, BBox]:
        """Page number and box of the characters [start, end); over a page break, of the part on the first page."""
        tokens = list(self.tokens_in(start, end))
        if not tokens:
            return self.page, self.bbox
        page = tokens[0].page
        return page, union(t.bbox for t in tokens if t.page == page)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: words as read, and blocks once layout has arranged them."""

    number: int
    width_pt: float
    height_pt: float
    origin: Origin
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[BBox, ...] = ()
    """Where pictures stand, as far as the reader knows them."""
    blocks: tuple[Block, ...] = ()
    rotation_degrees: int = 0
    """Clockwise turn that was undone to bring the page upright: 0, 90, 180 or 270."""
    skew_degrees: float = 0.0
    ocr_confidence: float | None = None
    """Mean word confidence, 0 to 1, where the page was OCRed."""
    is_scan: bool = False
    """True for a picture with a text layer that some OCR made: a border that was not seen may be there."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a stage wants the reader of the output to know; it becomes a finding."""

    code: FindingCode
    severity: Severity
    message: str
    page: int | None = None
    block_id: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: `after` stands at [start, end) of the block's final text, where `before` was read.

    The changes of a block never overlap, so that putting each `before` back gives the text as it was read.
    """

    before: str
    after: str
    rule: str
    confidence: float
    block_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A bulletin on its way through the stages."""

    name: str
    """File name without folders, or "stdin"."""
    sha256: str
    size_bytes: int
    media_type: str
    pages: tuple[Page, ...]
    ocr_engine: str | None = None
    notices: tuple[Notice, ...] = field(default=())

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, page furniture included."""
        for page in self.pages:
            yield from page.blocks

    def body(self) -> Iterator[Block]:
        """Every block in reading order without page furniture."""
        return (block for block in self.blocks() if block.kind not in FURNITURE)
