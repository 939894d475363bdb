"""Page furniture: running heads, feet and page numbers, told by place, repetition and shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from newsletter_extract.document import BlockKind, Line, Page, Word
from newsletter_extract.layout.lines import lines_of, pieces, size_of, type_size

_ZONE = 0.085
"""Share of the page's height at its top and bottom where furniture stands."""
_ZONE_EDGE = 0.02
_PLAIN_LINES = 2.5
"""The same for plain text, in lines from the first and the last."""
_SMALL = 0.88
"""Furniture of a single page has to be set smaller than this share of the body."""
_LARGE = 1.2
"""A line in larger type, in the same, is no furniture, though other pages have it too."""
_CLOSE_EM = 0.7
"""White of less than this share of its height ties a line to the text beside it."""
_MOST_LINES = 20
"""So many lines from an edge of the page are looked at."""
_MOST_HEADS = 50
"""Running heads that a document may have; a bound for documents of thousands of pages."""
_SERIES, _EVEN = 6, 0.15
"""So many lines whose distances differ by less than this share of their height are rows of one thing."""
_SERIES_PITCH = 3
"""They are less than so many heights apart."""
_LEAST_PART = 8
"""Letters that a part of a running head needs to be known for it."""
_TELLING = 16
"""Letters whose widths tell a type size."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+|p\.\s*|[-–—|]\s*)?(?:\d{1,6}|[ivxlc]{1,6})(?:\s*(?:/|[ocu0]f)\s*\d{1,4})?(?:\s*[-–—|])?", re.I
)


def find_furniture(pages: Sequence[Page], size: float) -> list[list[tuple[BlockKind, Line]]]:
    """For each page the lines of its furniture with their kind; `size` is the body type in points."""
    candidates = [_edge_lines(page) for page in pages]
    seen = Counter(key for lines in candidates for key in {_key(line) for _, line in lines})
    sizes = _smallest_sizes(candidates)
    heads = [key for key, count in seen.most_common(_MOST_HEADS) if count > 1]
    found = [
        [
            (kind, line)
            for top, line in lines
            if (kind := _kind(top, line, seen, heads, sizes[_key(line)] / size)) is not None
            and (_is_repeated(_key(line), seen, heads) or _stands_apart(top, line, page.words))
            and not _is_in_series(top, line, page)
        ]
        for page, lines in zip(pages, candidates, strict=True)
    ]
    return [_of_whole_lines(told, lines) for told, lines in zip(found, candidates, strict=True)]


def _of_whole_lines(
    found: Sequence[tuple[BlockKind, Line]], lines: Sequence[tuple[bool, Line]]
) -> list[tuple[BlockKind, Line]]:
    """The furniture without page numbers that have other text beside them, as the figures of a table's row have.

    Years on one line are heads of a table, and no numbers of two pages on a sheet.
    """
    years = [line for kind, line in found if kind == "page_number" and _YEAR.fullmatch(line.text)]
    heads = {id(line) for line in years if sum(abs(line.bbox.top - other.bbox.top) < 1 for other in years) > 1}
    found = [(kind, line) for kind, line in found if id(line) not in heads]
    told = {id(line) for _, line in found}
    others = [line.bbox for _, line in lines if id(line) not in told]
    return [
        (kind, line)
        for kind, line in found
        if kind != "page_number"
        or not any(box.top < (line.bbox.top + line.bbox.bottom) / 2 < box.bottom for box in others)
    ]


def overprint_kind(line: Line) -> BlockKind:
    """The kind of a line up the margin or of a watermark."""
    return "page_number" if _PAGE_NUMBER.fullmatch(line.text.strip()) else "footer"


def _edge_lines(page: Page) -> list[tuple[bool, Line]]:
    """Pieces of the lines in the top (True) and bottom (False) zones, parted at wide gaps."""
    found = []
    first = min((w.bbox.top for w in page.words), default=0.0)
    last = max((w.bbox.bottom for w in page.words), default=0.0)
    plain = page.origin == "plain_text"
    head = first + _PLAIN_LINES if plain else page.height_pt * _ZONE
    foot = last - _PLAIN_LINES if plain else page.height_pt * (1 - _ZONE)
    # of a line that reaches over the edge of a zone no word stands in it: OCR gives each word a height of its own
    edge = 0.0 if plain else page.height_pt * _ZONE_EDGE
    for top, words in (
        (True, [w for w in page.words if w.bbox.bottom < head + edge]),
        (False, [w for w in page.words if w.bbox.top > foot - edge]),
    ):
        lines = [line for line in lines_of(words) if (line.bbox.bottom < head if top else line.bbox.top > foot)]
        for line in lines[:_MOST_LINES] if top else lines[-_MOST_LINES:]:
            found += [(top, piece) for piece in pieces(line)]
    return found


def _key(line: Line) -> str:
    return re.sub(r"[\d\W]+", "#", line.text.casefold())


def _stands_apart(top: bool, line: Line, words: Sequence[Word]) -> bool:
    """Whether no text follows close below a head, or stands close above a foot: then it would be a part of that."""
    near = _CLOSE_EM * line.bbox.height
    for word in words:
        if word.bbox.x1 < line.bbox.x0 or word.bbox.x0 > line.bbox.x1:
            continue
        gap = word.bbox.top - line.bbox.bottom if top else line.bbox.top - word.bbox.bottom
        if -0.3 * near <= gap < near:
            return False
    return True


def _is_in_series(top: bool, line: Line, page: Page) -> bool:
    """Whether the line is one of many at even distances, as rows of a table are, that reach far into the page."""
    x0, y0, x1, y1 = line.bbox
    reach = _SERIES * _SERIES_PITCH * line.bbox.height
    low, high = (y0, y1 + reach) if top else (y0 - reach, y0)
    beside = [w for w in page.words if low <= w.bbox.top <= high and w.bbox.x0 < x1 and w.bbox.x1 > x0]
    lines = lines_of(beside)
    if len(lines) < _SERIES:
        return False
    following = lines[:_SERIES] if top else lines[: -_SERIES - 1 : -1]
    pitches = [abs(b.bbox.top - a.bbox.top) for a, b in pairwise(following)]
    return max(pitches) - min(pitches) < _EVEN * line.bbox.height and max(pitches) < _SERIES_PITCH * line.bbox.height


def _is_repeated(key: str, seen: Counter[str], heads: Sequence[str]) -> bool:
    """Whether other pages have the line too, or one of which it is a part, as the head of a first page is set apart."""
    if key == "#":
        return False
    if seen[key] > 1:
        return True
    return len(key) >= _LEAST_PART and any(key in other for other in heads)


def _smallest_sizes(candidates: Sequence[Sequence[tuple[bool, Line]]]) -> dict[str, float]:
    """The type size of each line where it is set smallest: the ink of a scanned page tells it less well than a font."""
    sizes: dict[str, float] = {}
    for lines in candidates:
        for _, line in lines:
            size = _size_of_line(line)
            sizes[_key(line)] = min(size, sizes.get(_key(line), size))
    return sizes


def _size_of_line(line: Line) -> float:
    """The type size of a line; the widths of a few letters tell nothing."""
    if sum(len(word.text) for word in line.words) >= _TELLING:
        return type_size(line.words)
    return sorted(map(size_of, line.words))[len(line.words) // 2]


def _kind(top: bool, line: Line, seen: Counter[str], heads: Sequence[str], size: float) -> BlockKind | None:
    """The kind of a line at an edge of the page that is set so many times as large as the body, if it is furniture."""
    if _PAGE_NUMBER.fullmatch(line.text.strip()):
        return "page_number"
    repeated = _is_repeated(_key(line), seen, heads) and size < _LARGE
    if (repeated or size < _SMALL) and len(line.words) <= 25:
        return "header" if top else "footer"
    return None
