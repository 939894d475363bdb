"""How a PDF draws its text: bold or slanted or not, in what colour, or without ink (pdfium)."""

from __future__ import annotations

import ctypes
from typing import Any

from newsletter_extract.document import BBox, Word

_BOLD_WEIGHT = 600
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"-bd")
_ITALIC_NAMES = (b"italic", b"oblique", b"slanted")
_ITALIC_FLAG = 64
"""Of the flags of a font descriptor (ISO 32000-1, table 123)."""
_FONT_NAME_BYTES = 128


class Ink:
    """How a character is drawn: the weight of its font, its colour, and whether it is drawn at all.

    pdfium is asked once for each piece of text that the file draws in one go.
    """

    def __init__(self, text_page: Any, c: Any) -> None:
        self.text_page, self.c = text_page, c
        self.buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self.channels = [ctypes.c_uint() for _ in range(4)]
        self.known: dict[int | None, tuple[tuple[bool, bool], int | None, bool]] = {}
        self.faces: dict[int | None, tuple[bool, bool]] = {}
        self.unseen: set[Word] = set()
        """Words drawn without ink."""

    def word(self, text: str, box: BBox, size: float, number: int, angle: int) -> Word:
        """A word whose ink is that of the character with this number."""
        drawn = self.c.FPDFText_GetTextObject(self.text_page, number)
        address = _address(drawn)
        if address is None or address not in self.known:
            self.known[address] = self._face(number, drawn), self._color(number), self._is_unseen(drawn)
        (bold, italic), color, unseen = self.known[address]
        word = Word(text, box, size_pt=size, bold=bold, italic=italic, color=color, angle=angle)
        if unseen:
            self.unseen.add(word)
        return word

    def _face(self, number: int, drawn: Any) -> tuple[bool, bool]:
        """Whether the font is bold, and whether it slants."""
        font = _address(self.c.FPDFTextObj_GetFont(drawn)) if drawn else None
        if font is None or font not in self.faces:
            flags = ctypes.c_int()
            self.c.FPDFText_GetFontInfo(self.text_page, number, self.buffer, _FONT_NAME_BYTES, flags)
            name = self.buffer.value.lower()
            weight = self.c.FPDFText_GetFontWeight(self.text_page, number)
            bold = any(mark in name for mark in _BOLD_NAMES) or weight >= _BOLD_WEIGHT
            slanted = any(mark in name for mark in _ITALIC_NAMES) or bool(flags.value & _ITALIC_FLAG)
            self.faces[font] = bold, slanted
        return self.faces[font]

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
    return ctypes.addressof(handle.contents) if handle else None
