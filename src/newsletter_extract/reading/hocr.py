"""hOCR as Tesseract, OCRmyPDF and ABBYY write it: words with boxes and confidences.

Read by the standard library's HTML parser, which knows no external entities.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from newsletter_extract.document import BBox, Page, Word

_BOX = re.compile(r"bbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_CONFIDENCE = re.compile(r"x_wconf\s+(\d+(?:\.\d+)?)")
_RESOLUTION = re.compile(r"scan_res\s+(\d+)")
_DEFAULT_DPI = 300
"""Tesseract's hOCR counts pixels and need not tell the resolution; OCRmyPDF and most scanners use 300."""


def read_hocr(text: str) -> list[Page]:
    """Pages of words in points."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.pages()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._pages: list[Page] = []
        self._scale = 72 / _DEFAULT_DPI
        self._words: list[list[Word]] = []
        self._word: tuple[BBox, float | None, str] | None = None
        self._depth = 0

    def pages(self) -> list[Page]:
        """The pages so far, with their words."""
        return [replace(page, words=tuple(words)) for page, words in zip(self._pages, self._words, strict=True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes, title = (values.get("class") or "").split(), values.get("title") or ""
        box = _BOX.search(title)
        if "ocr_page" in classes and box:
            resolution = _RESOLUTION.search(title)
            dpi = int(resolution[1]) if resolution and int(resolution[1]) > 0 else _DEFAULT_DPI
            self._scale = 72 / dpi
            edges = self._edges(box)
            self._pages.append(Page(len(self._pages) + 1, edges.x1, edges.bottom, "ocr"))
            self._words.append([])
        elif "ocrx_word" in classes and box and self._pages:
            confidence = _CONFIDENCE.search(title)
            self._word = self._edges(box), min(float(confidence[1]) / 100, 1.0) if confidence else None, ""
            self._depth = 0
        if self._word:
            self._depth += tag == "span"

    def _edges(self, box: re.Match[str]) -> BBox:
        return BBox(*(int(edge) * self._scale for edge in box.groups()))

    def handle_data(self, data: str) -> None:
        if self._word:
            self._word = (*self._word[:2], self._word[2] + data)

    def handle_endtag(self, tag: str) -> None:
        if not self._word or tag != "span":
            return
        self._depth -= 1
        if self._depth:
            return
        box, confidence, text = self._word
        self._word = None
        self._words[-1] += [Word(part, box, confidence) for part in text.split()]
