"""Pages that lie askew: words are set straight before they are put in order, and boxes go back to where they were."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from newsletter_extract.document import BBox, Block, Page, Rule, Token, Word, union

_LEAST_DEGREES, _MOST_DEGREES = 1.0, 12.0
"""Less does no harm to the order of lines; text that leans more is overprint."""
_LEAST_PAIRS = 20
_SAMPLE = 80
_REACH = 1.5
"""Words of one line are less than so many heights apart."""
_LEVEL = 0.7
"""The middles of two words side by side are less than this share of their height apart, also on a line askew."""
_MOST_WALKED = 200


def skew_of(words: Sequence[Word]) -> float:
    """By how many degrees the lines of a page fall to the right; 0 where they are straight or too few to tell.

    It is the median of the slopes from each word to the next one beside it.
    """
    ordered = sorted(words, key=lambda w: w.bbox.top + w.bbox.bottom)
    middles = [(w.bbox.top + w.bbox.bottom) / 2 for w in ordered]
    slopes = []
    for word in ordered[:: 1 + len(ordered) // _SAMPLE]:
        following = _next_beside(word, ordered, middles)
        if following:
            (x0, y0), (x1, y1) = _middle(word.bbox), _middle(following.bbox)
            slopes.append(math.degrees(math.atan2(y1 - y0, x1 - x0)))
    if len(slopes) < _LEAST_PAIRS:
        return 0.0
    skew = median(slopes)
    return skew if _LEAST_DEGREES <= abs(skew) <= _MOST_DEGREES else 0.0


def _next_beside(word: Word, ordered: Sequence[Word], middles: Sequence[float]) -> Word | None:
    """The nearest word to the right at about the same height."""
    middle, height = (word.bbox.top + word.bbox.bottom) / 2, word.bbox.height
    low = bisect_left(middles, middle - _LEVEL * height)
    best: tuple[float, Word] | None = None
    for k in range(low, min(len(ordered), low + _MOST_WALKED)):
        if middles[k] > middle + _LEVEL * height:
            break
        gap = ordered[k].bbox.x0 - word.bbox.x1
        if -0.2 * height < gap < _REACH * height and ordered[k] is not word and (best is None or gap < best[0]):
            best = gap, ordered[k]
    return best[1] if best else None


def straightened(page: Page, degrees: float) -> Page:
    """The page turned back by its skew about its top left corner; boxes keep their sizes."""
    lean = round(-degrees)
    words = tuple(
        replace(word, bbox=_turned(word.bbox, -degrees), angle=0 if abs(word.angle - lean) <= 1 else word.angle)
        for word in page.words
    )
    rules = tuple(Rule(_flat(_turned(rule.bbox, -degrees), rule.filled), rule.filled) for rule in page.rules)
    pictures = tuple(_turned(box, -degrees) for box in page.pictures)
    return replace(page, words=words, rules=rules, pictures=pictures)


def put_back(blocks: Sequence[Block], degrees: Mapping[int, float]) -> list[Block]:
    """Blocks with their boxes where the page has them; `degrees` is the skew of each page that was straightened."""
    return [_put_back(block, degrees) for block in blocks]


def _put_back(block: Block, degrees: Mapping[int, float]) -> Block:
    if not any(token.page in degrees for token in block.tokens):
        return block
    tokens = tuple(_token_back(token, degrees) for token in block.tokens)
    own = [token.bbox for token in tokens if token.page == block.page]
    cells = tuple(
        replace(cell, bbox=union(boxes)) if (boxes := _boxes_in(tokens, cell.start, cell.end)) else cell
        for cell in block.cells
    )
    return replace(block, tokens=tokens, cells=cells, bbox=union(own) if own else block.bbox)


def _boxes_in(tokens: Sequence[Token], start: int, end: int) -> list[BBox]:
    first = bisect_left(tokens, start, key=lambda token: token.start)
    last = bisect_left(tokens, end, key=lambda token: token.start)
    return [token.bbox for token in tokens[first:last]]


def _token_back(token: Token, degrees: Mapping[int, float]) -> Token:
    return replace(token, bbox=_turned(token.bbox, degrees[token.page])) if token.page in degrees else token


def _turned(box: BBox, degrees: float) -> BBox:
    """The box with its middle turned about the top left of the page, clockwise as seen."""
    x, y = _middle(box)
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    dx, dy = x * cosine - y * sine - x, x * sine + y * cosine - y
    return BBox(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)


def _flat(box: BBox, filled: bool) -> BBox:
    """A stroke without the height that its slope gave it."""
    if filled or min(box.width, box.height) > math.tan(math.radians(_MOST_DEGREES)) * max(box.width, box.height):
        return box
    x, y = _middle(box)
    return (
        BBox(box.x0, y - 0.25, box.x1, y + 0.25)
        if box.width > box.height
        else BBox(x - 0.25, box.top, x + 0.25, box.bottom)
    )


def _middle(box: BBox) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
