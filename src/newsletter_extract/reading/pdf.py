"""The text layer of a PDF: words with boxes, direction, type size, weight and colour (pdfium)."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.pdf_frame import Box, Frame

_SAME_SPOT_PT = 0.6
"""Two equal words nearer than this are one drawn twice, as fake bold is."""
_LOOK_BACK = 8
"""How many equal words back a twin is looked for; a bound, so that a page of one word repeated stays linear."""
_GAP_OF_SIZE = 0.25
"""A gap of this share of the type size ends a word even where the file has no space (a space is about 0.25 em)."""
_KERN_OF_SIZE = 0.1
"""A space that pdfium inferred over less than this share of the type size is kerning."""
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"-bd")
_FONT_NAME_BYTES = 128
_SKIPPED = {0xFFFE, 0xFFFF, 0x0002}
_UPRIGHT_DEGREES = 10.0
"""Text that leans by less is skewed, not turned."""
_TURN_SAMPLES = 500
_RAISED_SIZE, _RAISED_BY = 0.8, 0.2
"""A superscript is set in at most this share of the type size and this share of it above the foot of the line."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS = frozenset({"m", "mm", "cm", "km"})
"""Units that take a power: a raised digit stays with them."""
_ACCENTS = dict(
    zip("´`ˆ˜¨¸ˇ˘˙˚˝˛¯", "\u0301\u0300\u0302\u0303\u0308\u0327\u030c\u0306\u0307\u030a\u030b\u0328\u0304", strict=True)
)
"""Accents as characters of their own, as older typesetting draws them, and the combining ones they stand for."""
_LIGATURES = (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"))


class _Character(NamedTuple):
    text: str
    box: Box
    size: float
    """In points."""
    number: int
    """Number of the character on the page."""
    angle: int
    """Direction of its line in degrees counter-clockwise."""


_Item = _Character | bool | None
"""A character; None stands for white space, True for white that pdfium inferred, False for a hyphen at a line end."""


def text_turn(page: Any) -> int:
    """The clockwise turn in degrees that brings most of the text of an open pdfium page upright.

    That is the page's own rotation, save where its text is drawn across that.
    """
    import pypdfium2.raw as c

    text_page = page.get_textpage()
    matrix = c.FS_MATRIX()
    try:
        count = c.FPDFText_CountChars(text_page.raw)
        turns: Counter[int] = Counter()
        for i in range(0, count, count // _TURN_SAMPLES + 1):
            if c.FPDFText_GetUnicode(text_page.raw, i) > 32 and c.FPDFText_GetMatrix(text_page.raw, i, matrix):
                turns[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360] += 1
    finally:
        text_page.close()
    own = int(page.get_rotation()) % 360
    if not turns:
        return own
    most, times = turns.most_common(1)[0]
    return most if times > 2 * turns[own] else own


def page_words(page: Any, turn: int) -> tuple[Word, ...]:
    """The visible words of an open pdfium page, in the order of the file, in points from the top left.

    `turn` is the clockwise turn that brings the page upright. Words that the file draws without ink are left out, save
    where most words are such, as in a scan with a text layer.
    """
    import pypdfium2.raw as c

    text_page = page.get_textpage()
    try:
        ink = _Ink(text_page.raw, c)
        words = list(_once(_words(_characters(text_page.raw, c, Frame(page, turn)), ink)))
    finally:
        text_page.close()
    if 0 < len(ink.unseen) < len(words) / 2:
        words = [word for word in words if word not in ink.unseen]
    return tuple(words)


def _characters(text_page: Any, c: Any, frame: Frame) -> Iterator[_Item]:
    """Every character of the page, and the white between them."""
    rect, matrix = c.FS_RECTF(), c.FS_MATRIX()
    get_unicode, get_box, get_size = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox, c.FPDFText_GetFontSize
    for i in range(c.FPDFText_CountChars(text_page)):
        code = get_unicode(text_page, i)
        if code <= 32 or code == 0xA0 or 0x2000 <= code <= 0x200B or code == 0x202F:
            if code == 0x02:
                yield False
            else:
                yield True if c.FPDFText_IsGenerated(text_page, i) else None
            continue
        if code in _SKIPPED or not get_box(text_page, i, rect):
            continue
        scale, angle = 1.0, 0
        if c.FPDFText_GetMatrix(text_page, i, matrix):
            scale = math.hypot(matrix.c, matrix.d) or 1.0
            if matrix.b or matrix.a < 0 or frame.turn:
                angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - frame.turn) % 360
        size = get_size(text_page, i) * scale
        yield _Character(chr(code), frame.box(rect.left, rect.bottom, rect.right, rect.top), size, i, angle)


class _Ink:
    """How a character is drawn: the weight of its font, its colour, and whether it is drawn at all."""

    def __init__(self, text_page: Any, c: Any) -> None:
        self.text_page, self.c = text_page, c
        self.buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self.channels = [ctypes.c_uint() for _ in range(4)]
        self.unseen: set[Word] = set()
        """Words drawn without ink."""

    def is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        self.c.FPDFText_GetFontInfo(self.text_page, index, self.buffer, _FONT_NAME_BYTES, flags)
        name = self.buffer.value.lower()
        return any(mark in name for mark in _BOLD_NAMES) or (
            self.c.FPDFText_GetFontWeight(self.text_page, index) >= _BOLD_WEIGHT
        )

    def color(self, index: int) -> int | None:
        if not self.c.FPDFText_GetFillColor(self.text_page, index, *self.channels):
            return None
        red, green, blue = (int(channel.value) for channel in self.channels[:3])
        return red << 16 | green << 8 | blue

    def is_unseen(self, index: int) -> bool:
        drawn = self.c.FPDFText_GetTextObject(self.text_page, index)
        mode = self.c.FPDFTextObj_GetTextRenderMode(drawn) if drawn else self.c.FPDF_TEXTRENDERMODE_FILL
        return bool(mode in {self.c.FPDF_TEXTRENDERMODE_INVISIBLE, self.c.FPDF_TEXTRENDERMODE_CLIP})


def _words(characters: Iterator[_Item], ink: _Ink) -> Iterator[Word]:
    run: list[_Character] = []
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
            if run and ((inferred and not _is_kerning(run[-1], char)) or _breaks(run[-1], char)):
                yield from _finished(run, ink)
                run = []
            run.append(char)
            inferred = False
    yield from _finished(run, ink)


def _finished(run: list[_Character], ink: _Ink) -> Iterator[Word]:
    """The word, and apart from it the raised mark of a note at its end or beginning."""
    if not run:
        return
    size, foot = max(char.size for char in run), max(char.box[3] for char in run)
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


def _once(words: Iterator[Word]) -> Iterator[Word]:
    """Drop a word drawn again over itself, as fake bold and shadows are."""
    seen: dict[str, list[BBox]] = {}
    for word in words:
        boxes = seen.setdefault(word.text, [])
        if not any(
            abs(box.x0 - word.bbox.x0) < _SAME_SPOT_PT and abs(box.top - word.bbox.top) < _SAME_SPOT_PT
            for box in boxes[-_LOOK_BACK:]
        ):
            boxes.append(word.bbox)
            yield word


def _is_kerning(last: _Character, char: _Character) -> bool:
    """Whether white that pdfium inferred is no wider than kerning makes it."""
    return last.angle == char.angle == 0 and 0 <= char.box[0] - last.box[2] < _KERN_OF_SIZE * last.size


def _breaks(last: _Character, char: _Character) -> bool:
    """Whether a new word begins with `char`: in another direction, on another line, or after a gap."""
    size = max(last.size, char.size, 1.0)
    if last.angle != char.angle:
        return True
    (x0, top, x1, bottom), (next_x0, next_top, next_x1, next_bottom) = last.box, char.box
    if not _is_upright(char.angle):
        return max(next_x0 - x1, x0 - next_x1, next_top - bottom, top - next_bottom) > size * _GAP_OF_SIZE
    if min(bottom, next_bottom) < max(top, next_top) - size * 0.5:
        return True
    return next_x0 - x1 > size * _GAP_OF_SIZE or next_x0 < x0 - size


def _is_upright(angle: int) -> bool:
    return angle < _UPRIGHT_DEGREES or angle > 360 - _UPRIGHT_DEGREES


def _composed(run: list[_Character]) -> str:
    """The text, with accents that are drawn over their letters as characters of their own put on them."""
    letters = [char.text for char in run]
    for k, char in enumerate(run):
        if char.text not in _ACCENTS:
            continue
        middle = (char.box[0] + char.box[2]) / 2
        for near in (k - 1, k + 1):
            if 0 <= near < len(run) and run[near].box[0] <= middle <= run[near].box[2]:
                whole = unicodedata.normalize("NFC", letters[near] + _ACCENTS[char.text])
                if len(whole) == 1:
                    letters[near], letters[k] = whole, ""
                    break
    return unicodedata.normalize("NFC", "".join(letters))


def _word(run: list[_Character], ink: _Ink) -> Word:
    text = _composed(run)
    for ligature, letters in _LIGATURES:
        text = text.replace(ligature, letters)
    x0s, tops, x1s, bottoms = zip(*(char.box for char in run), strict=True)
    first = run[0].number
    word = Word(
        text,
        BBox(min(x0s), min(tops), max(x1s), max(bottoms)),
        size_pt=round(max(char.size for char in run), 2),
        bold=ink.is_bold(first),
        color=ink.color(first),
        angle=0 if _is_upright(run[0].angle) else run[0].angle,
    )
    if ink.is_unseen(first):
        ink.unseen.add(word)
    return word
