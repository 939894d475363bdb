"""From the characters of a text layer to words: gaps, kerning, accents, ligatures, raised digits, double drawing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.pdf_frame import Box
from newsletter_extract.reading.pdf_ink import Ink

_SAME_SPOT_PT = 0.6
"""Two equal words nearer than this are one drawn twice, as fake bold is."""
_LOOK_BACK = 8
"""How many equal words back a twin is looked for; a bound, so that a page of one word repeated stays linear."""
_GAP_OF_SIZE = 0.25
"""A gap of this share of the type size ends a word even where the file has no space (a space is about 0.25 em)."""
_KERN_OF_SIZE = 0.1
"""A space that pdfium inferred over less than this share of the type size is kerning."""
_UPRIGHT_DEGREES = 10.0
"""Text that leans by less is skewed, not turned."""
_RAISED_SIZE, _RAISED_BY = 0.8, 0.2
"""A superscript is set in at most this share of the type size and this share of it above the foot of the line."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS = frozenset({"m", "mm", "cm", "km"})
"""Units that take a power: a raised digit stays with them."""
ACCENTS = dict(
    zip("´`ˆ˜¨¸ˇ˘˙˚˝˛¯", "\u0301\u0300\u0302\u0303\u0308\u0327\u030c\u0306\u0307\u030a\u030b\u0328\u0304", strict=True)
)
"""Accents as characters of their own, as older typesetting draws them, and the combining ones they stand for."""
LIGATURES = (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"))


class Character(NamedTuple):
    text: str
    box: Box
    size: float
    """In points."""
    number: int
    """Number of the character on the page."""
    angle: int
    """Direction of its line in degrees counter-clockwise."""


Item = Character | bool | None
"""A character; None stands for white space, True for white that pdfium inferred, False for a hyphen at a line end."""


def spell(characters: Iterator[Item], ink: Ink) -> Iterator[Word]:
    """The words that the characters of a piece of text make."""
    run: list[Character] = []
    inferred = False
    for char in characters:
        if char is True:
            inferred = bool(run)
        elif char is None:
            yield from _finished(run, ink)
            run, inferred = [], False
        elif char is False:
            if run:
                last = run[-1]
                run.append(last._replace(text="-", box=(last.box[2], *last.box[1:])))
        else:
            if run and ((inferred and not is_kerning(run[-1], char)) or _breaks(run[-1], char)):
                yield from _finished(run, ink)
                run = []
            run.append(char)
            inferred = False
    yield from _finished(run, ink)


def _finished(run: list[Character], ink: Ink) -> Iterator[Word]:
    """The word, and apart from it the raised mark of a note at its end or beginning."""
    if not run:
        return
    size, foot = run[0].size, run[0].box[3]
    if all(char.size == size for char in run):
        yield _word(run, ink)
        return
    size, foot = max([char.size for char in run]), max([char.box[3] for char in run])
    raised = [c.text.isdecimal() and c.size < _RAISED_SIZE * size and foot - c.box[3] > _RAISED_BY * size for c in run]
    if not any(raised):
        yield _word(run, ink)
        return
    marked = [
        char._replace(text=char.text.translate(_SUPERSCRIPTS)) if up else char
        for char, up in zip(run, raised, strict=True)
    ]
    begin = raised.index(False)
    end = len(run) - raised[::-1].index(False)
    parts = [marked[:begin], marked[begin:end], marked[end:]]
    if "".join(char.text for char in parts[1]) in _POWERS:
        parts = [marked]
    for part in parts:
        if part:
            yield _word(part, ink)


def once(words: Iterator[Word], within: float = _SAME_SPOT_PT) -> Iterator[Word]:
    """Drop a word drawn again over itself, as fake bold and shadows are: `within` so many points of where it was."""
    seen: dict[str, list[BBox]] = {}
    for word in words:
        boxes = seen.get(word.text)
        if boxes is None:
            seen[word.text] = [word.bbox]
        elif any(_is_same_spot(box, word.bbox, within) for box in boxes[-_LOOK_BACK:]):
            continue
        else:
            boxes.append(word.bbox)
        yield word


def _is_same_spot(first: BBox, second: BBox, within: float) -> bool:
    return abs(first.x0 - second.x0) < within and abs(first.top - second.top) < within


def is_kerning(last: Character, char: Character) -> bool:
    """Whether white that pdfium inferred is no wider than kerning makes it."""
    return last.angle == char.angle == 0 and 0 <= char.box[0] - last.box[2] < _KERN_OF_SIZE * last.size


def _breaks(last: Character, char: Character) -> bool:
    """Whether a new word begins with `char`: in another direction, on another line, or after a gap."""
    (x0, top, x1, bottom), (next_x0, next_top, next_x1, next_bottom) = last.box, char.box
    size = last.size
    if last.angle or char.angle or char.size != size or next_top != top:
        size = max(size, char.size, 1.0)
        if last.angle != char.angle:
            return True
        if not _is_upright(char.angle):
            return max(next_x0 - x1, x0 - next_x1, next_top - bottom, top - next_bottom) > size * _GAP_OF_SIZE
        if min(bottom, next_bottom) < max(top, next_top) - size * 0.5:
            return True
    return next_x0 - x1 > size * _GAP_OF_SIZE or next_x0 < x0 - size


def _is_upright(angle: int) -> bool:
    return angle < _UPRIGHT_DEGREES or angle > 360 - _UPRIGHT_DEGREES


def _composed(run: list[Character]) -> str:
    """The text, with accents that are drawn over their letters as characters of their own put on them."""
    letters = [char.text for char in run]
    text = "".join(letters)
    if text.isascii() and "`" not in text:
        return text
    for k, char in enumerate(run):
        if char.text not in ACCENTS:
            continue
        middle = (char.box[0] + char.box[2]) / 2
        for near in (k - 1, k + 1):
            if 0 <= near < len(run) and run[near].box[0] <= middle <= run[near].box[2]:
                whole = unicodedata.normalize("NFC", letters[near] + ACCENTS[char.text])
                if len(whole) == 1:
                    letters[near], letters[k] = whole, ""
                    break
    text = unicodedata.normalize("NFC", "".join(letters))
    for ligature, plain in LIGATURES:
        text = text.replace(ligature, plain)
    return text


def _word(run: list[Character], ink: Ink) -> Word:
    boxes = [char.box for char in run]
    box = BBox(
        min([box[0] for box in boxes]),
        min([box[1] for box in boxes]),
        max([box[2] for box in boxes]),
        max([box[3] for box in boxes]),
    )
    angle = 0 if _is_upright(run[0].angle) else run[0].angle
    return ink.word(_composed(run), box, max([char.size for char in run]), run[0].number, angle)
