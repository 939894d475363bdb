"""hOCR as Tesseract, OCRmyPDF and ABBYY write it: words with boxes and confidences.

Read by the standard library's HTML parser, which knows no external entities. Boxes count pixels of the page; a page
that was turned to be read says so in its `textangle`, and is given upright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import accumulate, pairwise

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
_CUTS = re.compile(r"\bcuts((?:\s+-?\d+(?:,-?\d+)*)+)")
_LINE_CLASSES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_WORD_CLASSES = frozenset({"ocrx_word", "ocr_word"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def read_hocr(text: str) -> list[Page]:
    """Pages of words in points."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return [_upright(page, angles) for page, angles in parser.pages()]


@dataclass(slots=True)
class _Line:
    """A line as far as it was read, for programs that mark no words in it."""

    box: BBox
    text: str = ""
    letters: list[tuple[float, float]] = field(default_factory=list)
    """Left and right edge of each letter, where they are told; a program may count spaces or not."""
    depth: int = 0
    has_words: bool = False

    def words(self) -> list[Word]:
        """The words of the line; without boxes of letters each letter has an even share of its width."""
        text = " ".join(self.text.split())
        bare = len(text.replace(" ", ""))
        if len(self.letters) == bare:
            edges = iter(self.letters)
            spans = [(0.0, 0.0) if letter == " " else next(edges) for letter in text]
        elif len(self.letters) == len(text):
            spans = self.letters
        else:
            step = self.box.width / max(len(text), 1)
            spans = [(self.box.x0 + k * step, self.box.x0 + (k + 1) * step) for k in range(len(text))]
        found = re.finditer(r"\S+", text)
        return [Word(m[0], self.box._replace(x0=spans[m.start()][0], x1=spans[m.end() - 1][1])) for m in found]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._pages: list[Page] = []
        self._words: list[list[Word]] = []
        self._angles: list[list[float]] = []
        self._scale = (72 / _DEFAULT_DPI, 72 / _DEFAULT_DPI)
        self._word: tuple[BBox, float | None, str] | None = None
        self._line: _Line | None = None
        self._depth = 0

    def pages(self) -> Iterator[tuple[Page, list[float]]]:
        """The pages so far with their words, and the angles of their lines, in degrees counter-clockwise."""
        for page, words, angles in zip(self._pages, self._words, self._angles, strict=True):
            sure = [word.confidence for word in words if word.confidence is not None]
            mean = round(sum(sure) / len(sure), 3) if sure else None
            yield replace(page, words=tuple(words), ocr_confidence=mean), angles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes, title = set((values.get("class") or "").split()), values.get("title") or ""
        if "ocr_page" in classes and _BOX.search(title):
            self._open_page(title)
        elif classes & _WORD_CLASSES and self._pages and (box := self._box(title)):
            self._word, self._depth = (box, _confidence(title), ""), 0
            if self._line:
                self._line.has_words = True
        elif self._pages and (angle := _ANGLE.search(title)):
            self._angles[-1].append(float(angle[1]))
        if classes & _LINE_CLASSES and self._pages and (box := self._box(title)):
            self._line = _Line(box)
        if self._line and tag not in _VOID:
            self._line.depth += 1
            self._line.letters = self._letters(title, self._line) or self._line.letters
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

    def _letters(self, title: str, line: _Line) -> list[tuple[float, float]]:
        """Where the letters of a line begin and end across the page, as `x_bboxes` or `cuts` tell."""
        scale = self._scale[0]
        if boxes := _BOXES.search(title):
            numbers = [float(n) * scale for n in boxes[1].split()]
            return list(zip(numbers[0::4], numbers[2::4], strict=False))
        if cuts := _CUTS.search(title):
            steps = [float(cut.split(",")[0]) * scale for cut in cuts[1].split()]
            edges = [line.box.x0 + at for at in accumulate(steps, initial=0.0)]
            return [*pairwise(edges), (edges[-1], line.box.x1)]
        return []

    def handle_data(self, data: str) -> None:
        if self._line:
            self._line.text += data
        if self._word:
            self._word = (*self._word[:2], self._word[2] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._line:
            self._line.depth -= 1
            if not self._line.depth:
                self._words[-1] += [] if self._line.has_words else self._line.words()
                self._line = None
        if not self._word:
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
