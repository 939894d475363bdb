"""The text layer of a PDF: words with boxes, type size and weight, and the strokes of its tables (pdfium)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from newsletter_extract.document import BBox, Rule, Word

_SAME_SPOT_PT = 0.6
"""Two equal words nearer than this are one drawn twice, as fake bold is."""
_LOOK_BACK = 8
"""How many equal words back a twin is looked for; a bound, so that a page of one word repeated stays linear."""
_GAP_OF_SIZE = 0.25
"""A gap of this share of the type size ends a word even where the file has no space (a space is about 0.25 em)."""
_THIN_PT = 2.5
"""A filled box thinner than this is a stroke."""
_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"-bd")
_FONT_NAME_BYTES = 128
_SKIPPED = {0xFFFE, 0xFFFF, 0x0002}

Box = tuple[float, float, float, float]


def page_words(page: Any) -> tuple[Word, ...]:
    """The words of an open pdfium page, in the order of the file, in points from the top left of the upright page."""
    import pypdfium2.raw as c

    text_page = page.get_textpage()
    try:
        frame = _Frame(page)
        return tuple(_once(_words(_characters(text_page.raw, c, frame), _FontNames(text_page.raw, c))))
    finally:
        text_page.close()


class _Frame:
    """Turns PDF coordinates (origin bottom left, before rotation) into points from the top left of the upright page."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_cropbox()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        self.turn = page.get_rotation() % 360
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if self.turn in {90, 270} else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if self.turn == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


Character = tuple[str, Box, float, int]
"""Character, box, size in points, number of the character on the page."""


def _characters(text_page: Any, c: Any, frame: _Frame) -> Iterator[Character | None]:
    """Every character of the page; None stands for white space."""
    rect = c.FS_RECTF()
    get_unicode, get_box = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox
    get_size = c.FPDFText_GetFontSize
    matrix = c.FS_MATRIX()
    for i in range(c.FPDFText_CountChars(text_page)):
        code = get_unicode(text_page, i)
        if code <= 32 or code == 0xA0 or 0x2000 <= code <= 0x200B or code == 0x202F:
            if code == 0x02:
                yield "-", (0, 0, 0, 0), 0, 0
            else:
                yield None
            continue
        if code in _SKIPPED or not get_box(text_page, i, rect):
            continue
        scale = 1.0
        if c.FPDFText_GetMatrix(text_page, i, matrix):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        size = get_size(text_page, i) * scale
        yield chr(code), frame.box(rect.left, rect.bottom, rect.right, rect.top), size, i


class _FontNames:
    """Whether a character is set in a bold font, by the font's name or weight."""

    def __init__(self, text_page: Any, c: Any) -> None:
        self.text_page, self.c = text_page, c
        self.buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)

    def is_bold(self, index: int) -> bool:
        flags = ctypes.c_int()
        self.c.FPDFText_GetFontInfo(self.text_page, index, self.buffer, _FONT_NAME_BYTES, flags)
        name = self.buffer.value.lower()
        return any(mark in name for mark in _BOLD_NAMES) or (
            self.c.FPDFText_GetFontWeight(self.text_page, index) >= _BOLD_WEIGHT
        )


def _words(characters: Iterator[Character | None], fonts: _FontNames) -> Iterator[Word]:
    run: list[Character] = []
    for char in characters:
        if char is None:
            if run:
                yield _word(run, fonts)
                run = []
            continue
        if char[2] == 0:
            if run:
                run.append(("-", (run[-1][1][2], *run[-1][1][1:]), run[-1][2], run[-1][3]))
            continue
        if run and _breaks(run[-1], char):
            yield _word(run, fonts)
            run = []
        run.append(char)
    if run:
        yield _word(run, fonts)


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


def _breaks(last: Character, char: Character) -> bool:
    """Whether a new word begins with `char`: on another line, or after a gap."""
    size = max(last[2], char[2], 1.0)
    if min(last[1][3], char[1][3]) < max(last[1][1], char[1][1]) - size * 0.5:
        return True
    return char[1][0] - last[1][2] > size * _GAP_OF_SIZE or char[1][0] < last[1][0] - size


def _word(run: list[Character], fonts: _FontNames) -> Word:
    text = "".join(char[0] for char in run)
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(ligature, letters)
    boxes = [char[1] for char in run]
    size = max(char[2] for char in run)
    box = BBox(min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    bold = fonts.is_bold(run[0][3])
    return Word(text, box, size_pt=round(size, 2), bold=bold)


def page_rules(page: Any, limit: int = 20_000) -> tuple[Rule, ...]:
    """Strokes and filled boxes of the page, which draw its tables and panels; at most `limit` objects are looked at."""
    import pypdfium2.raw as c

    frame = _Frame(page)
    rules = []
    for count, item in enumerate(page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count >= limit:
            break
        x0, top, x1, bottom = frame.box(*_bounds(item))
        width, height = x1 - x0, bottom - top
        if min(width, height) <= _THIN_PT and max(width, height) > 2 * _THIN_PT:
            rules.append(Rule(BBox(x0, top, x1, bottom)))
        elif width > 2 * _THIN_PT and height > 2 * _THIN_PT:
            if width >= frame.width * 0.98 and height >= frame.height * 0.98:
                continue
            rules.append(Rule(BBox(x0, top, x1, bottom), filled=True))
    return tuple(rules)


def _bounds(item: Any) -> Box:
    bounds = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
    return tuple(bounds)
