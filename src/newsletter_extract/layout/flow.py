"""What goes over the edge of a column: paragraphs joined to their rest, tables given their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsletter_extract import resources
from newsletter_extract.document import FURNITURE, Block, Token, union
from newsletter_extract.layout.building import head_rows, join, join_tables, split_head
from newsletter_extract.layout.captions import is_label

_ENDS = re.compile(r"[.!?:;…][”’\"')\]]*$")
_SKIPPED = FURNITURE | {"table", "caption", "footnote"}
_CAPTION_WORDS = 20
_OPENING = "“‘\"'("
_SHORTEST = 2
_BACK = 10
"""So many blocks may stand between the two parts of a sentence."""
_HYPHENS = ("-", "\u2010", "\u00ad")
_SAME_EDGE_PT = 12.0
"""The columns of a table that goes on over the page begin or end this near to where they did."""
_LONG = 80
"""A paragraph of this many characters that stops without a full stop goes on, whatever follows."""


DATE_LEAD = re.compile(
    r"""
    (?:
        (?P<day>\d{1,4})(?:st|nd|rd|th)?
        (?:\s*[-–—/&]\s*\d{1,2}|\s+(?:and|to|[A-Z][a-z]+)\s*[-–—]?\s*\d{0,2}){0,4}
        \s+(?P<month>[A-Z][a-zé]{2,9})\.?\s+(?P<year>(?:19|20)\d\d)
      |
        [A-Z][a-z]{2,9}\.?\s\d{1,2}(?:\s?[-–—]\s?\d{1,2})?,\s(?:19|20)\d\d
    )
    \s*[,:|(–—/-]
    """,
    re.VERBOSE,
)
"""A date with a year and a mark behind it, as run-in headings begin: such a block never goes on with another."""
PLACE_LEAD = re.compile(
    rf"(?:[^\W\d_a-z][\w’'.-]*[,/]?\s[(|–—]?\s?){{1,7}}(?:(?:le|el|den)\s)?"
    rf"(?:{DATE_LEAD.pattern}|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d\s*(?:[,:|(–—-]|\.\s))",
    re.VERBOSE,
)
"""Names and a date with a year and a mark behind it, as headings begin that put the place first."""


def joined(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Pages with paragraphs that go on in the next column or page made one, on the page where they begin.

    A sentence may also go on behind a quotation, a box or a heading that was set into it.
    """
    result: list[list[Block]] = [[] for _ in pages]
    flows: dict[tuple[int, int], list[_Place]] = {}
    stopped = _items_end_in_stops(pages)
    count = 0
    for number, page in enumerate(pages):
        for block in page:
            open_at = flows.setdefault((number if block.flow else -1, block.flow), [])
            place = _place_to_join(result, open_at, block, count, stopped) if block.kind == "paragraph" else None
            if block.kind == "footnote":
                place = _note_to_join(result, number, block)
            if place:
                result[place[0]][place[1]] = join(result[place[0]][place[1]], block)
                _set_in(result[number], place[1] + 1 if place[0] == number else 0)
                continue
            count += 1
            result[number].append(block)
            if block.kind in {"paragraph", "list_item"}:
                open_at.append((number, len(result[number]) - 1, count))
            elif block.kind not in _SKIPPED:
                open_at.append((_CLOSED, 0, count))
            del open_at[:-_BACK]
    return result


def _set_in(page: list[Block], start: int) -> None:
    """Make paragraphs of the headings from `start` on, where only such stand inside a sentence: they are quotations."""
    between = [block for block in page[start:] if block.kind not in _SKIPPED]
    if between and all(block.kind == "heading" for block in between):
        page[start:] = [replace(b, kind="paragraph") if b.kind == "heading" else b for b in page[start:]]


_Place = tuple[int, int, int]
"""Page and number of a block, and how many blocks were read before it."""
_FILLED = 0.5
"""A line that ends a paragraph without a stop is shorter than this share of the longest."""
_FULL = 0.85
"""So much of it has the last line of an item that goes on in the next column."""
_SOME_ITEMS, _STOPPED = 4, 0.75
"""Where so many items or more end in stops in this share, one without is broken off."""
_CLOSED = -1
"""In the place of a page: a heading, behind which no sentence goes on at once."""


def _place_to_join(
    pages: Sequence[Sequence[Block]], open_at: Sequence[_Place], block: Block, count: int, stopped: bool
) -> tuple[int, int] | None:
    """Page and number of the paragraph that the block goes on with: the last, else one broken off a little before.

    `stopped` says that items of lists end in a stop, so that one without goes on.
    """
    if not open_at:
        return None
    page, number, _ = open_at[-1]
    if page >= 0:
        last = pages[page][number]
        if _continues(last, block) or (stopped and _is_rest_of_item(last, block)):
            return page, number
    if not block.text.lstrip(_OPENING)[:1].islower():
        return None
    for page, number, at in reversed(open_at):
        first = pages[page][number] if page >= 0 else None
        if first and count - at < _BACK and _is_broken_off(first) and not DATE_LEAD.match(block.text):
            return page, number
    return None


def _note_to_join(pages: Sequence[Sequence[Block]], number: int, block: Block) -> tuple[int, int] | None:
    """Page and number of the note whose sentence one without a mark goes on with, on this page or the one before."""
    first = block.text.split(" ", 1)[0]
    if not first[0].islower() or len(first) < _SHORTEST or first.endswith((")", ".")):
        return None  # a letter may be the mark of a note of its own
    for page in (number, number - 1):
        notes = [k for k, other in enumerate(pages[page]) if other.kind == "footnote"] if page >= 0 else []
        if notes:
            return None if _ENDS.search(pages[page][notes[-1]].text) else (page, notes[-1])
    return None


def _is_broken_off(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) > _LONG and not _ENDS.search(block.text)


def _continues(first: Block, second: Block) -> bool:
    """Whether the second paragraph goes on with the sentence of the first."""
    if _ENDS.search(first.text) or DATE_LEAD.match(second.text) or PLACE_LEAD.match(second.text):
        return False
    begin = second.text.lstrip(_OPENING)[:1]
    hyphen = first.text.endswith(_HYPHENS)
    open_end = first.text.endswith(",") or first.text.rfind("(") > first.text.rfind(")")
    going = first.kind == "paragraph" and (len(first.text) > _LONG or open_end)
    return begin.islower() or hyphen or (going and _fills_its_last_line(first) and not _stands_below(first, second))


def _items_end_in_stops(pages: Sequence[Sequence[Block]]) -> bool:
    """Whether the items of the document's lists are sentences: nearly all have a stop at their end."""
    items = [block for page in pages for block in page if block.kind == "list_item"]
    return len(items) >= _SOME_ITEMS and sum(bool(_ENDS.search(b.text)) for b in items) >= _STOPPED * len(items)


def _is_rest_of_item(item: Block, block: Block) -> bool:
    """Whether a paragraph in the next column or page goes on with an item whose full last line has no stop."""
    if item.kind != "list_item" or item.plain_text or item.tokens[-1].line == item.tokens[0].line:
        return False
    if _ENDS.search(item.text) or DATE_LEAD.match(block.text) or PLACE_LEAD.match(block.text):
        return False
    beside = block.page > item.tokens[-1].page or block.bbox.x0 > item.bbox.x1
    return beside and _fills_its_last_line(item, _FULL)


def _fills_its_last_line(block: Block, least: float = _FILLED) -> bool:
    """Whether the last line of a block goes on well towards the end of its longest; a short one ends a paragraph."""
    lines: dict[tuple[int, int], list[Token]] = {}
    for token in block.tokens:
        lines.setdefault((token.page, token.line), []).append(token)
    *above, last = ((line[0].bbox.x0, line[-1].bbox.x1) for line in lines.values())
    longest = max((high - low for low, high in above), default=0.0)
    return block.plain_text or last[1] - last[0] >= least * longest


def _stands_below(first: Block, second: Block) -> bool:
    """Whether the second stands right under the first in its column, so that the white between them meant something."""
    last = first.tokens[-1]
    if first.plain_text or last.page != second.page:
        return False
    gap = second.bbox.top - last.bbox.bottom
    beside = second.bbox.x0 > last.bbox.x1 + _LONG or second.bbox.x1 < first.bbox.x0
    return 0 <= gap < 3 * last.bbox.height and not beside


def continued(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Pages with a table that goes on in the next column or page made one, on the page where it begins.

    Its head, where it is printed again, becomes page furniture.
    """
    result: list[list[Block]] = [[] for _ in pages]
    last: tuple[int, int] | None = None
    for number, page in enumerate(pages):
        for block in page:
            if block.kind == "table" and last and _is_rest_of(result[last[0]][last[1]], block):
                above = result[last[0]][last[1]]
                head, rest = split_head(block, repeated=_repeats_head(above, block))
                result[number] += head
                result[last[0]][last[1]] = join_tables(above, rest)
                continue
            result[number].append(block)
            if block.kind == "table":
                last = number, len(result[number]) - 1
            elif block.kind not in _SKIPPED or (block.kind == "caption" and not _is_caption_again(block, result)):
                last = None
    return result


def _is_caption_again(block: Block, pages: Sequence[Sequence[Block]]) -> bool:
    """Whether a caption is one that stood before, with a word on its going on."""
    text = block.text.casefold()
    before = [other for page in pages for other in page[-_BACK:] if other is not block and other.kind != "table"]
    return any(len(b.text) <= len(text) and text.startswith(b.text.casefold()) for b in before)


def _is_rest_of(table: Block, block: Block) -> bool:
    """Whether the second table is more rows of the first."""
    width, other = (max(c.column for c in b.cells) for b in (table, block))
    if width != other or table.plain_text:
        return False
    if _repeats_head(table, block):
        higher = block.bbox.top < table.bbox.top - table.tokens[0].bbox.height
        return block.page > table.tokens[-1].page or (higher and not _ends_in_total(table))
    return block.page > table.tokens[-1].page and width > 0 and _same_columns(table, block)


def _same_columns(table: Block, block: Block) -> bool:
    """Whether every column begins or ends where it did."""
    for column in range(max(cell.column for cell in table.cells) + 1):
        above, below = (
            [cell.bbox for cell in b.cells if cell.column == column and cell.end > cell.start] for b in (table, block)
        )
        if above and below:
            first, second = union(above), union(below)
            if min(abs(first.x0 - second.x0), abs(first.x1 - second.x1)) > _SAME_EDGE_PT:
                return False
    return True


def _ends_in_total(table: Block) -> bool:
    first = next(cell for cell in table.cells if cell.row == table.cells[-1].row)
    return table.text[first.start : first.end].casefold().strip(" :.") in resources.words("total_words.txt")


def _repeats_head(table: Block, block: Block) -> bool:
    first, second = (
        [b.text[c.start : c.end].casefold().split() for c in b.cells if c.row < head_rows(table)]
        for b in (table, block)
    )
    return any(first) and first == second


def captioned(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Pages where a short line right above (else below) a table is its caption.

    Until ids are given, `caption_id` is "#" and the distance of the caption in blocks.
    """
    result = []
    for page in pages:
        blocks = list(page)
        for k, block in enumerate(blocks):
            if block.kind != "table":
                continue
            for near in (k - 1, k + 1):
                if 0 <= near < len(blocks) and _may_be_caption(blocks[near], block, above=near < k):
                    blocks[near] = replace(blocks[near], kind="caption")
                    blocks[k] = replace(block, caption_id=f"#{near - k}")
                    break
        result.append(blocks)
    return result


def _may_be_caption(block: Block, table: Block, *, above: bool) -> bool:
    if block.kind not in {"paragraph", "heading", "caption"} or len(block.text.split()) > _CAPTION_WORDS:
        return False
    sentence = block.text.endswith(".") and len(block.text.split()) > 6
    reach = _LABEL_REACH if is_label(block.text) else 3
    distance = table.bbox.top - block.bbox.bottom if above else block.bbox.top - table.bbox.bottom
    near = distance < reach * block.tokens[0].bbox.height
    return not sentence and near and (above or is_label(block.text))


_LABEL_REACH = 6
"""A line that begins as captions do may stand so many times its height from its table."""
