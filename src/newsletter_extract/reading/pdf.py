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


def page_words(page: Any) -> tuple[tuple[Word, ...], int]:
    """The visible words of an open pdfium page, in points from the top left, and the turn that brings it upright.

    Words are in the order of the file. The turn is clockwise, in degrees: the page's own rotation, save where most of
    its text is drawn across that. Words that the file draws without ink are left out, save where most words are such,
    as in a scan with a text layer.
    """
    import pypdfium2.raw as c

    text_page = page.get_textpage()
    try:
        turn = _text_turn(text_page.raw, c, page.get_rotation() % 360)
        ink = _Ink(text_page.raw, c)
        words = list(_once(_words(_characters(text_page.raw, c, Frame(page, turn)), ink)))
    finally:
        text_page.close()
    if 0 < len(ink.unseen) < len(words) / 2:
        words = [word for word in words if word not in ink.unseen]
    return tuple(words), turn


def _text_turn(text_page: Any, c: Any, own: int) -> int:
    """The turn that most of the text has, seen from samples of it."""
    matrix = c.FS_MATRIX()
    count = c.FPDFText_CountChars(text_page)
    turns: Counter[int] = Counter()
    for i in range(0, count, count // _TURN_SAMPLES + 1):
        if c.FPDFText_GetUnicode(text_page, i) > 32 and c.FPDFText_GetMatrix(text_page, i, matrix):
            turns[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360] += 1
    if not turns:
        return own
    most, times = turns.most_common(1)[0]
    return most if times > 2 * turns[own] else own


def _characters(text_page: Any, c: Any, frame: Frame) -> Iterator[_Item]:
    """Every character of the page, and the white between them.

    Size and direction are asked for only where the height of the box changes: one line of one type has one of each.
    """
    rect, matrix = c.FS_RECTF(), c.FS_MATRIX()
    get_unicode, get_box, is_generated = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox, c.FPDFText_IsGenerated
    turn, page_left, page_top = frame.turn, frame.left, frame.top
    size, angle, foot, head = 0.0, 0, float("nan"), float("nan")
    for i in range(c.FPDFText_CountChars(text_page)):
        code = get_unicode(text_page, i)
        if code <= 32 or code == 0xA0 or 0x2000 <= code <= 0x200B or code == 0x202F:
            if code == 0x02:
                yield False
            else:
                yield True if is_generated(text_page, i) else None
            continue
        if code in _SKIPPED or not get_box(text_page, i, rect):
            continue
        bottom, top = rect.bottom, rect.top
        if bottom != foot or top != head:
            foot, head, scale, angle = bottom, top, 1.0, 0
            if c.FPDFText_GetMatrix(text_page, i, matrix):
                scale = math.hypot(matrix.c, matrix.d) or 1.0
                if matrix.b or matrix.a < 0 or turn:
                    angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - turn) % 360
            size = c.FPDFText_GetFontSize(text_page, i) * scale
        if turn:
            box = frame.box(rect.left, bottom, rect.right, top)
        else:
            box = rect.left - page_left, page_top - top, rect.right - page_left, page_top - bottom
        yield _Character(chr(code), box, size, i, angle)


class _Ink:
    """How a character is drawn: the weight of its font, its colour, and whether it is drawn at all.

    pdfium is asked once for each piece of text that the file draws in one go.
    """

    def __init__(self, text_page: Any, c: Any) -> None:
        self.text_page, self.c = text_page, c
        self.buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self.channels = [ctypes.c_uint() for _ in range(4)]
        self.known: dict[int | None, tuple[bool, int | None, bool]] = {}
        self.bold: dict[int | None, bool] = {}
        self.unseen: set[Word] = set()
        """Words drawn without ink."""

    def of(self, number: int) -> tuple[bool, int | None, bool]:
        """Whether the character is bold, its colour as 0xRRGGBB, and whether it is unseen."""
        drawn = self.c.FPDFText_GetTextObject(self.text_page, number)
        address = _address(drawn)
        if address is None or address not in self.known:
            self.known[address] = self._is_bold(number, drawn), self._color(number), self._is_unseen(drawn)
        return self.known[address]

    def _is_bold(self, number: int, drawn: Any) -> bool:
        font = _address(self.c.FPDFTextObj_GetFont(drawn)) if drawn else None
        if font is None or font not in self.bold:
            flags = ctypes.c_int()
            self.c.FPDFText_GetFontInfo(self.text_page, number, self.buffer, _FONT_NAME_BYTES, flags)
            name = self.buffer.value.lower()
            weight = self.c.FPDFText_GetFontWeight(self.text_page, number)
            self.bold[font] = any(mark in name for mark in _BOLD_NAMES) or weight >= _BOLD_WEIGHT
        return self.bold[font]

    def _color(self, number: int) -> int | None:
        if not self.c.FPDFText_GetFillColor(self.text_page, number, *self.channels):
            return None
        red, green, blue = (int(channel.value) for channel in self.channels[:3])
        return red << 16 | green << 8 | blue

    def _is_unseen(self, drawn: Any) -> bool:
        if not drawn:
            return False
        mode = self.c.FPDFTextObj_GetTextRenderMode(drawn)
        return mode in {self.c.FPDF_TEXTRENDERMODE_INVISIBLE, self.c.FPDF_TEXTRENDERMODE_CLIP}


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value if handle else None


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


def _once(words: Iterator[Word]) -> Iterator[Word]:
    """Drop a word drawn again over itself, as fake bold and shadows are."""
    seen: dict[str, list[BBox]] = {}
    for word in words:
        boxes = seen.get(word.text)
        if boxes is None:
            seen[word.text] = [word.bbox]
        elif any(_is_same_spot(box, word.bbox) for box in boxes[-_LOOK_BACK:]):
            continue
        else:
            boxes.append(word.bbox)
        yield word


def _is_same_spot(first: BBox, second: BBox) -> bool:
    return abs(first.x0 - second.x0) < _SAME_SPOT_PT and abs(first.top - second.top) < _SAME_SPOT_PT


def _is_kerning(last: _Character, char: _Character) -> bool:
    """Whether white that pdfium inferred is no wider than kerning makes it."""
    return last.angle == char.angle == 0 and 0 <= char.box[0] - last.box[2] < _KERN_OF_SIZE * last.size


def _breaks(last: _Character, char: _Character) -> bool:
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


def _composed(run: list[_Character]) -> str:
    """The text, with accents that are drawn over their letters as characters of their own put on them."""
    letters = [char.text for char in run]
    text = "".join(letters)
    if text.isascii() and "`" not in text:
        return text
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
    text = unicodedata.normalize("NFC", "".join(letters))
    for ligature, plain in _LIGATURES:
        text = text.replace(ligature, plain)
    return text


def _word(run: list[_Character], ink: _Ink) -> Word:
    bold, color, unseen = ink.of(run[0].number)
    boxes = [char.box for char in run]
    word = Word(
        _composed(run),
        BBox(
            min([box[0] for box in boxes]),
            min([box[1] for box in boxes]),
            max([box[2] for box in boxes]),
            max([box[3] for box in boxes]),
        ),
        size_pt=round(max([char.size for char in run]), 2),
        bold=bold,
        color=color,
        angle=0 if _is_upright(run[0].angle) else run[0].angle,
    )
    if unseen:
        ink.unseen.add(word)
    return word
