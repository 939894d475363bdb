"""The text layer of a PDF: words with boxes, direction, type size, weight and colour (pdfium)."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from newsletter_extract.document import BBox, Word
from newsletter_extract.reading.pdf_frame import Frame
from newsletter_extract.reading.pdf_ink import Ink
from newsletter_extract.reading.pdf_letters import ACCENTS, LIGATURES, Character, Item, is_kerning, once, spell

_LINE_END_HYPHEN = "\ufffe"
"""What pdfium gives for a hyphen at a line end."""
_SKIPPED = frozenset("\uffff\ufeff")
_RUN = re.compile(r"[^\x00-\x20\xa0\u2000-\u200b\u202f]+")
_LOOSE_EM = 0.8
"""A run whose letters take more of the type size each may have gaps in it."""
_TURN_SAMPLES = 250


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
        layer = _TextLayer(text_page.raw, c, Frame(page, turn))
        words = list(once(layer.words()))
    finally:
        text_page.close()
    unseen = layer.ink.unseen
    if 0 < len(unseen) < len(words) / 2:
        words = [word for word in words if word not in unseen]
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


class _TextLayer:
    """The text of one page. Size and direction are asked for only where the height of a character's box changes."""

    def __init__(self, text_page: Any, c: Any, frame: Frame) -> None:
        self.text_page, self.c, self.frame = text_page, c, frame
        self.ink = Ink(text_page, c)
        self.text = _text_of(text_page, c)
        self.rect, self.matrix = c.FS_RECTF(), c.FS_MATRIX()
        self.edges = (float("nan"), float("nan"))
        self.size, self.angle = 0.0, 0

    def words(self) -> Iterator[Word]:
        """Every word. One whose first and last character stand alike is taken whole, others letter by letter."""
        begin = end = 0
        last: Character | None = None
        word: Word | None = None
        for found in _RUN.finditer(self.text):
            begins, ends = found.span()
            first = self.character(begins)
            tail = self.character(ends - 1) if ends - begins > 1 else first
            if last and first and is_kerning(last, first) and self._is_inferred(end, begins):
                end, last, word = ends, tail, None
                continue
            if word:
                yield word
            else:
                yield from spell(self._characters(begin, end), self.ink)
            begin, end, last = begins, ends, tail
            word = self._whole(found[0], first, tail) if first and tail else None
        if word:
            yield word
        else:
            yield from spell(self._characters(begin, end), self.ink)

    def character(self, number: int) -> Character | None:
        """The character, or None where it has no box."""
        if not self.c.FPDFText_GetLooseCharBox(self.text_page, number, self.rect):
            return None
        rect = self.rect
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if (bottom, top) != self.edges:
            self.edges = bottom, top
            self._measure(number)
        return Character(self.text[number], self.frame.box(left, bottom, right, top), self.size, number, self.angle)

    def _measure(self, number: int) -> None:
        scale, self.angle, matrix = 1.0, 0, self.matrix
        if self.c.FPDFText_GetMatrix(self.text_page, number, matrix):
            scale = math.hypot(matrix.c, matrix.d) or 1.0
            if matrix.b or matrix.a < 0 or self.frame.turn:
                self.angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - self.frame.turn) % 360
        self.size = round(self.c.FPDFText_GetFontSize(self.text_page, number) * scale, 2)

    def _is_inferred(self, begin: int, end: int) -> bool:
        """Whether the white between two runs is one space that pdfium inferred."""
        return end - begin == 1 and bool(self.c.FPDFText_IsGenerated(self.text_page, begin))

    def _characters(self, begin: int, end: int) -> Iterator[Item]:
        for number in range(begin, end):
            text = self.text[number]
            if text == _LINE_END_HYPHEN:
                yield False
            elif _RUN.match(text):
                if text not in _SKIPPED and (character := self.character(number)):
                    yield character
            else:
                yield True if self.c.FPDFText_IsGenerated(self.text_page, number) else None

    def _whole(self, text: str, first: Character, last: Character) -> Word | None:
        """The run as a word, or None where it may hold more than one type, line or word."""
        (x0, top, _, bottom), (_, last_top, x1, last_bottom) = first.box, last.box
        alike = top == last_top and bottom == last_bottom and first.size == last.size and not first.angle
        if not alike or not 0 < x1 - x0 <= _LOOSE_EM * first.size * len(text) or not _is_plain(text):
            return None
        for ligature, letters in LIGATURES if not text.isascii() else ():
            text = text.replace(ligature, letters)
        return self.ink.word(text, BBox(x0, top, x1, bottom), first.size, first.number, 0)


def _text_of(text_page: Any, c: Any) -> str:
    """All characters of the page, each at its number."""
    count = c.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(text_page, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * max(written, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:
        text = "".join(chr(c.FPDFText_GetUnicode(text_page, number)) for number in range(count))
    return text.replace("\x02", _LINE_END_HYPHEN)


def _is_plain(text: str) -> bool:
    return text.isascii() or not any(char in ACCENTS or char in _SKIPPED or char == _LINE_END_HYPHEN for char in text)
