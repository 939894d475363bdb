"""Gutters that a document keeps: where long columns prove one, a few lines on another page are parted there too.

The last lines of an article are often two or three in each column, which alone prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from newsletter_extract.document import Block, union
from newsletter_extract.layout.gutters import MIN_ROWS, Interval

_SAME_PT = 3.0
"""Gutters whose edges lie this near to each other are one."""
_LEAST_PAIRS = 2
"""A gutter is kept where so many pairs of long blocks stand on its sides."""
_WIDEST_PT = 60.0
_LITTLE = 0.2
"""A gutter is found again where the white covers all of it but this share on either side."""
_FEW_LINES, _MOST_LINES = 2, 12
_BESIDE_PT = 20.0
"""Text reaches at least so far on both sides of a gutter that it is read across."""

Extent = tuple[float, float, float, float]


def kept_gutters(pages: Sequence[Sequence[Block]]) -> list[Interval]:
    """The gutters between long blocks that stand side by side, over all pages, in points from the left."""
    pairs: list[Interval] = []
    for page in pages:
        tall = [b.bbox for b in page if b.kind == "paragraph" and b.tokens[-1].line + 1 >= MIN_ROWS]
        tall.sort(key=lambda box: box.x0)
        for k, left in enumerate(tall):
            beside = [
                box for box in tall[k + 1 :] if box.x0 >= left.x1 and box.top < left.bottom and box.bottom > left.top
            ]
            if beside and beside[0].x0 - left.x1 <= _WIDEST_PT:
                pairs.append((left.x1, beside[0].x0))
    groups: list[list[Interval]] = []
    for pair in sorted(pairs, key=lambda pair: pair[1]):
        if groups and pair[1] - groups[-1][-1][1] < _SAME_PT:
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return [_common(group) for group in groups if len(group) >= _LEAST_PAIRS]


def _common(group: Sequence[Interval]) -> Interval:
    """The part that all of them share; ragged lines end before it."""
    return max(low for low, _ in group), min(high for _, high in group)


def is_kept(gap: Interval, kept: Sequence[Interval]) -> bool:
    """Whether a white interval is one of the gutters that the document keeps."""
    return any(gap[0] <= low + _LITTLE * (high - low) and gap[1] >= high - _LITTLE * (high - low) for low, high in kept)


def is_read_across(blocks: Sequence[Block], kept: Sequence[Interval]) -> bool:
    """Whether lines of short blocks, none of which has a word in a gutter, were read from one side to the other.

    Where lines of two columns do not stand level, each pair of them may have come out as a block.
    """
    short = [b for b in blocks if b.kind in {"paragraph", "list_item", "heading"} and b.tokens[-1].line < _MOST_LINES]
    return any(sum(_lines_across(block, gutter) for block in short) >= _FEW_LINES for gutter in kept)


def _lines_across(block: Block, gutter: Interval) -> int:
    """How many lines of a block go over a gutter; 0 where a word stands in it."""
    low, high = gutter
    if block.bbox.x0 > low - _BESIDE_PT or block.bbox.x1 < high + _BESIDE_PT:
        return 0
    little = _LITTLE * (high - low)
    if any(token.bbox.x0 < high - little and token.bbox.x1 > low + little for token in block.tokens):
        return 0
    lines = [union(token.bbox for token in group) for _, group in groupby(block.tokens, key=lambda token: token.line)]
    return sum(line.x0 < low < line.x1 for line in lines)
