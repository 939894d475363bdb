"""hOCR as Tesseract, OCRmyPDF and ABBYY write it: words with boxes and confidences.

Read by the standard library's HTML parser, which knows no external entities. Boxes count pixels of the page; a page
that was turned to be read says so in its `textangle`, and is given upright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from newsletter_extract.document import BBox, Page, Word
from newsletter_extract.reading.ocr.calibration import calibrated

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_BOX = re.compile(rf"\bbbox\s+{_NUMBER}\s+{_NUMBER}\s+{_NUMBER}\s+{_NUMBER}")
_BOXES = re.compile(r"\bx_bboxes((?:\s+-?\d+(?:\.\d+)?)+)")
_CONFIDENCE = re.compile(rf"\bx_wconf\s+{_NUMBER}")
_LETTER_CONFIDENCES = re.compile(r"\bx_confs((?:\s+\d+(?:\.\d+)?)+)")
_RESOLUTION = re.compile(rf"\bscan_res\s+{_NUMBER}(?:\s+{_NUMBER})?")
_ANGLE = re.compile(rf"\btextangle\s+{_NUMBER}")
_DEFAULT_DPI = 300.0
"""hOCR counts pixels and need not tell the resolution; OCRmyPDF and most scanners use 300."""
_WORD_CLASSES = frozenset({"ocrx_word", "ocr_word"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def read_hocr(text: str) -> list[Page]:
    """Pages of words in points."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return [_upright(page, angles) for page, angles in parser.pages()]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._pages: list[Page] = []
        self._words: list[list[Word]] = []
        self._angles: list[list[float]] = []
        self._scale = (72 / _DEFAULT_DPI, 72 / _DEFAULT_DPI)
        self._word: tuple[BBox, float | None, str] | None = None
        self._depth = 0

    def pages(self) -> Iterator[tuple[Page, list[float]]]:
        """The pages so far with their words, and the angles of their lines, in degrees counter-clockwise."""
        for page, words, angles in zip(self._pages, self._words, self._angles, strict=True):
            yield replace(page, words=tuple(words)), angles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes, title = set((values.get("class") or "").split()), values.get("title") or ""
        if "ocr_page" in classes and _BOX.search(title):
            self._open_page(title)
        elif classes & _WORD_CLASSES and self._pages and (box := self._box(title)):
            self._word, self._depth = (box, _confidence(title), ""), 0
        elif self._pages and (angle := _ANGLE.search(title)):
            self._angles[-1].append(float(angle[1]))
        if self._word and tag not in _VOID:
            self._depth += 1

    def _open_page(self, title: str) -> None:
        resolution = _RESOLUTION.search(title)
        across = float(resolution[1]) if resolution else 0.0
        down = float(resolution[2] or across) if resolution else 0.0
        self._scale = 72 / (across or _DEFAULT_DPI), 72 / (down or across or _DEFAULT_DPI)
        box = self._box(title)
        if box is not None:
            self._pages.append(Page(len(self._pages) + 1, box.x1, box.bottom, "ocr"))
            self._words.append([])
            self._angles.append([])

    def _box(self, title: str) -> BBox | None:
        """The box of an element in points; where it gives those of its letters only, the box round them."""
        found = _BOX.search(title)
        if found:
            edges = [float(edge) for edge in found.groups()]
        else:
            letters = _BOXES.search(title)
            numbers = [float(n) for n in letters[1].split()] if letters else []
            if len(numbers) < 4:
                return None
            edges = [min(numbers[0::4]), min(numbers[1::4]), max(numbers[2::4]), max(numbers[3::4])]
        x, y = self._scale
        return BBox(edges[0] * x, edges[1] * y, edges[2] * x, edges[3] * y)

    def handle_data(self, data: str) -> None:
        if self._word:
            self._word = (*self._word[:2], self._word[2] + data)

    def handle_endtag(self, tag: str) -> None:
        if not self._word or tag in _VOID:
            return
        self._depth -= 1
        if self._depth > 0:
            return
        box, confidence, text = self._word
        self._word = None
        self._words[-1] += [Word(part, box, confidence) for part in text.split()]


def _confidence(title: str) -> float | None:
    """A word's confidence, 0 to 1, calibrated as that of Tesseract; where only its letters have one, that of the least
    sure letter."""
    word = _CONFIDENCE.search(title)
    if word:
        return calibrated(float(word[1]) / 100)
    letters = _LETTER_CONFIDENCES.search(title)
    return min(max(min(float(n) for n in letters[1].split()) / 100, 0.0), 1.0) if letters else None


def _upright(page: Page, angles: list[float]) -> Page:
    """The page turned so that its lines run across, where most of them are said to run otherwise."""
    quarters = [round(angle / 90) % 4 for angle in angles]
    if not page.words or not quarters or 2 * sum(map(bool, quarters)) <= max(len(quarters), len(page.words) / 8):
        return page
    turn = max(set(quarters), key=quarters.count)
    if not turn:
        return page
    width, height = page.width_pt, page.height_pt
    words = tuple(replace(w, bbox=_turned(w.bbox, turn, width, height)) for w in page.words)
    size = (height, width) if turn % 2 else (width, height)
    return replace(page, words=words, width_pt=size[0], height_pt=size[1], rotation_degrees=90 * turn)


def _turned(box: BBox, quarters: int, width: float, height: float) -> BBox:
    """A box on the page turned clockwise by so many quarters."""
    x0, top, x1, bottom = box
    if quarters == 1:
        return BBox(height - bottom, x0, height - top, x1)
    if quarters == 2:
        return BBox(width - x1, height - bottom, width - x0, height - top)
    return BBox(top, width - x1, bottom, width - x0)
