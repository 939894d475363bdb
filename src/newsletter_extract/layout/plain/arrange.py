"""Layout of plain text: boxes count characters and lines, and all evidence is in the words and their breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from newsletter_extract.document import Block, BlockKind, Line, Notice, Page, Word
from newsletter_extract.layout.building import make_block, make_line
from newsletter_extract.layout.flow import DATE_LEAD, PLACE_LEAD, captioned, joined
from newsletter_extract.layout.furniture import find_furniture
from newsletter_extract.layout.lines import SIZE_OF_INK, rows_of
from newsletter_extract.layout.notes import nested, numbered_items
from newsletter_extract.layout.plain.columns import aligned_table, regions_in
from newsletter_extract.layout.plain.patterns import unclear_rows
from newsletter_extract.layout.plain.tables import find_tables
from newsletter_extract.layout.plain.untangle import untangle
from newsletter_extract.layout.typography import is_capitals

_STOP = re.compile(r"[.!?:;…][”’\"')\]]*$")
_FULL_STOP = re.compile(r"[.!?:…][”’\"')\]]*$")
_BULLET = re.compile(r"[•·▪■●◦‣*+¢«»©°–—-]\s+(?=\w)|\(?(?:[ivx]{1,4}|\d{1,2}|[a-z])\)\s")
_NUMBERING = re.compile(r"(?:\d{1,2}\.)+\d{0,2}\s+|[A-Z][.)]\s+")
_NOTE = re.compile(r"(?:[*†‡§!¹²³]|\d)\s(?=[A-Z])")
_NOTE_MIN_CHARS = 60
"""Footnotes told by a lone mark have to be whole sentences; list items that OCR marks so are shorter."""
_SHORT = 0.75
_QUOTED = 40
"""A finding quotes so many characters of a line."""
_HEADING_WORDS = 12
_LONG = 80
_MOST_WORDS = 500
"""Words of a line or paragraph of plain text, as many as a page has; longer ones are parted."""


def arrange_pages(pages: Sequence[Page]) -> tuple[list[list[Block]], list[Notice]]:
    """Blocks in reading order for each page, without ids, and what was odd."""
    notices: list[Notice] = []
    # boxes of plain text are one line high
    furniture = find_furniture(pages, SIZE_OF_INK) if len(pages) > 1 else [[] for _ in pages]
    arranged = [
        _arrange(page, edges, notices, first=k == 0)
        for k, (page, edges) in enumerate(zip(pages, furniture, strict=True))
    ]
    return captioned(joined(arranged)), notices


def _arrange(
    page: Page, furniture: Sequence[tuple[BlockKind, Line]], notices: list[Notice], *, first: bool
) -> list[Block]:
    edges = [make_block(kind, page.number, [line], plain_text=True) for kind, line in furniture]
    taken = {id(word) for _, line in furniture for word in line.words}
    words = [word for word in page.words if id(word) not in taken]
    blocks: list[Block] = []
    for region in regions_in(words):
        if region.is_table:
            blocks.append(aligned_table(region, page.number))
        else:
            blocks += _blocks(region.columns[0], page.number, notices)
    blocks = nested(_titled(blocks) if first else blocks)
    heads = [block for block in edges if block.kind == "header"]
    return [*heads, *blocks, *(block for block in edges if block.kind != "header")]


def _blocks(words: Sequence[Word], page: int, notices: list[Notice]) -> list[Block]:
    lines = [part for row in rows_of(words) for part in _parted(make_line(row))]
    lines, tangled = untangle(lines)
    if tangled:
        told = "A line seems" if tangled == 1 else f"{tangled} lines seem"
        message = f"{told} to run across two columns; the text may be out of order."
        notices.append(Notice("column_interleaving", "warning", message, page=page))
    blocks: list[Block] = []
    for part in find_tables(lines, page):
        if isinstance(part, Block):
            blocks.append(part)
        else:
            blocks += [make_block(kind, page, group, plain_text=True) for kind, group in _groups(part)]
            notices += [_unclear(rows, page) for rows in unclear_rows(part)]
    return blocks


def _unclear(rows: Sequence[Line], page: int) -> Notice:
    first = rows[0].text if len(rows[0].text) <= _QUOTED else f"{rows[0].text[:_QUOTED]}…"
    message = f"{len(rows)} lines from “{first}” on look like a table whose columns cannot be told; they stay text."
    return Notice("table_columns_unclear", "warning", message, page=page)


def _parted(line: Line) -> Iterator[Line]:
    """A line longer than any print has, in parts: the time to read a paragraph grows faster than its length."""
    for start in range(0, len(line.words), _MOST_WORDS):
        yield line if len(line.words) <= _MOST_WORDS else make_line(line.words[start : start + _MOST_WORDS])


def _groups(lines: Sequence[Line]) -> Iterator[tuple[BlockKind, list[Line]]]:
    """Paragraphs and their kinds; footnotes that cut a paragraph are set after it."""
    if not lines:
        return
    width = _usual_width(lines)
    numbered = numbered_items(lines, 1.0)
    groups: list[list[Line]] = [[lines[0]]]
    words = len(lines[0].words)
    for last, line in pairwise(lines):
        if words > _MOST_WORDS or id(line) in numbered or _begins(last, line, width, groups[-1]):
            groups.append([])
            words = 0
        groups[-1].append(line)
        words += len(line.words)
    for before, group in zip([None, *groups], groups, strict=False):
        breaks_in = before is not None and not _STOP.search(before[-1].text)
        yield "footnote" if breaks_in and _is_starred_note(group) else _kind(group, width, numbered), group


def _is_starred_note(group: Sequence[Line]) -> bool:
    """Whether a starred sentence that breaks into another is its note rather than an item of a list."""
    text = " ".join(line.text for line in group)
    return text[0] in "*†‡" and len(text) > _NOTE_MIN_CHARS and bool(_FULL_STOP.search(text))


def _usual_width(lines: Sequence[Line]) -> float:
    """The length of a full line in characters."""
    lengths = sorted(len(line.text) for line in lines if len(line.words) > 2)
    return lengths[int(len(lengths) * 0.7)] if lengths else 80


def _begins(last: Line, line: Line, width: float, group: Sequence[Line]) -> bool:
    """Whether a paragraph begins at `line`."""
    if _BULLET.match(line.text) or DATE_LEAD.match(line.text):
        return True
    if _is_note(line.text) and len(line.text) > _NOTE_MIN_CHARS:
        return True
    if _is_note(group[0].text) and len(group[0].text) > _NOTE_MIN_CHARS:
        return not line.text[0].islower() or line.bbox.top - last.bbox.top > 1
    if len(group) == 1 and _is_lone_capitals(last.text) and not is_capitals(line.text) and line.text[:1].isupper():
        return True
    ended = bool(_STOP.search(last.text))
    blank = line.bbox.top - last.bbox.top > 1
    lower = line.text.lstrip("“‘\"'(")[:1].islower()
    if (blank or ended) and (PLACE_LEAD.match(line.text) or _DATED.match(line.text)):
        return True
    if blank:
        if ended:
            return not (lower and last.text.endswith((";", ":")))
        short = len(last.text) < _SHORT * width and len(group) == 1
        return not lower and not _open(last.text) and (short or len(" ".join(g.text for g in group)) < _LONG)
    return bool(_FULL_STOP.search(last.text)) and len(last.text) < _SHORT * width and not lower and width > 30


_DATED = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2}(?:\s\([A-Z][\w\s]+\)|,\s[A-Z][\w\s]+)?,"
    r"\s\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}\s?[:–—]"
    r"|[(\[]?(?:\d{1,2}\.?[/–-]){0,2}"
    r"(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?,\s(?:19|20)\d\d)(?:\s*[,:|)\](–—-]|\s(?:at|in)\s)"
)
"""How an item of a log begins: "[12.05.2019] …", "May 3rd, 2019, 0330hrs, …", "Riga (Latvia), 3 May: …"."""


def _is_lone_capitals(text: str) -> bool:
    """Whether a line in capitals is a heading by itself, as over a paragraph that follows without an empty line."""
    return is_capitals(text) and len(text.split()) <= _HEADING_WORDS and not _open(text) and not _STOP.search(text)


def _open(text: str) -> bool:
    """Whether the line breaks off inside a sentence: at a hyphen, a comma or a small word."""
    return text.endswith(("-", "‐", ",", "\u00ad", "(")) or text.rsplit(" ", 1)[-1].lower() in _SMALL


_SMALL = frozenset(
    {"the", "a", "an", "of", "and", "in", "to", "for", "with", "by", "on", "at", "from", "or", "as", "its"}
)


def _is_note(text: str) -> bool:
    return bool(_NOTE.match(text)) and not DATE_LEAD.match(text)


def _kind(group: Sequence[Line], width: float, numbered: Set[int]) -> BlockKind:
    text = " ".join(line.text for line in group)
    if _is_note(text) and len(text) > _NOTE_MIN_CHARS and (text[0] != "*" or len(text) > 2 * _NOTE_MIN_CHARS):
        return "footnote"
    if _BULLET.match(text):
        return "list_item"
    plain: BlockKind = "list_item" if id(group[0]) in numbered else "paragraph"
    text = _NUMBERING.sub("", text)
    lettered = any(map(str.isalpha, text))
    if len(group) > 2 or len(text.split()) > _HEADING_WORDS or not lettered or text.endswith((".", ",", ";", "-", ":")):
        return plain
    capital_words = sum(w[:1].isupper() or not w[:1].isalpha() or w.lower() in _SMALL for w in text.split())
    title_case = capital_words == len(text.split()) and text[0].isupper()
    short = len(text) < _SHORT * width or len(group) == 1
    return (
        "heading"
        if is_capitals(text) or (short and (title_case or len(text.split()) <= 4) and text[0].isupper())
        else plain
    )


def _titled(blocks: list[Block]) -> list[Block]:
    """The first block is the title where it is a heading with more text after it."""
    if len(blocks) > 2 and blocks[0].kind == "heading":
        return [replace(blocks[0], kind="title"), *blocks[1:]]
    return blocks
