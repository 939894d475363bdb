"""One page from its picture to its words: prepared, parted into regions, read, and read again where that was hard."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from newsletter_extract.document import BBox, Notice, Page, Word
from newsletter_extract.errors import OcrFailed
from newsletter_extract.reading.ocr.accents import with_accents
from newsletter_extract.reading.ocr.calibration import calibrated
from newsletter_extract.reading.ocr.drawings import without_drawn
from newsletter_extract.reading.ocr.engine import Engine, Layout, Request
from newsletter_extract.reading.ocr.heights import with_ink_heights
from newsletter_extract.reading.ocr.junk import without_junk
from newsletter_extract.reading.ocr.letters import find_letters
from newsletter_extract.reading.ocr.light import NOISY, paper_noise, whiten
from newsletter_extract.reading.ocr.lines import Line, box_of, replaced, split_lines, sureness
from newsletter_extract.reading.ocr.marks import lost_marks, with_marks
from newsletter_extract.reading.ocr.numbers import VIEWS, found_numbers, unsure_numbers, views_of, with_votes
from newsletter_extract.reading.ocr.overlaps import cut_to_line, without_doubles
from newsletter_extract.reading.ocr.pictures import hide_pictures
from newsletter_extract.reading.ocr.prepare import Picture, Prepared, prepare
from newsletter_extract.reading.ocr.regions import find_regions
from newsletter_extract.reading.ocr.rules import erase_rules, find_rules
from newsletter_extract.reading.ocr.second_look import second_look, with_found
from newsletter_extract.reading.ocr.second_reader import enlarge, vote_on_lines
from newsletter_extract.settings import ReadingSettings

_LOW_CONFIDENCE = 0.8
_TABLE_RULES = 6
"""So many strokes make a table; fewer are left in the image, being underlines or edges of pictures."""
_HARD_LINE = 0.86
"""Mean confidence under which a line is read once more, larger; on clean pages one line in fifty is."""
_NARROWED = 0.95
"""Share of their width with which regions are given to the engine: its net goes over a line column by column, and takes
a twenty-fourth less time. Clean and worn pages are read as well; at .9 some spaces of clean ones were lost."""
_LARGER = 1.5
_SECOND_LOOK = "ocr.second_look"
_LINE_PAD = 0.35
"""White kept above and under a line that is cut out, in heights of the line."""
_LEAST_PX, _LONGEST = 16, 100
"""A picture lower than a line of letters, or a strip so many times longer than wide, holds no words."""
_DOUBTFUL_NUMBER = 0.35
"""Of the numbers that are in doubt after all readings this share was right, on worn pages of our own."""
_HEADLONG = 0.6
"""A page read with less confidence may stand on its head, and is tried so."""


def recognise_page(
    page: Page,
    picture: Picture,
    engine: Engine,
    settings: ReadingSettings,
    second: Engine | None = None,
    *,
    raw: bool = False,
) -> tuple[Page, list[Notice]]:
    """The page with its words in points, and what there is to say of it. A failure of an engine is a notice.

    Lines that `engine` is unsure of are read by the `second` one too, where there is one. Confidences are calibrated,
    unless they are wanted `raw`, as the engine gives them.
    """
    if min(picture.grey.shape) < _LEAST_PX or max(picture.grey.shape) > _LONGEST * min(picture.grey.shape):
        return replace(page, origin="ocr"), []
    prepared = prepare(picture)
    reader = Reader(engine, settings, second)
    try:
        done, doubtful = _recognised(page, prepared, reader)
        if (done.ocr_confidence or 0.0) < _HEADLONG and done.words:
            other = _recognised(page, prepared.upside_down(), reader)
            done, doubtful = max((done, doubtful), other, key=lambda read: read[0].ocr_confidence or 0.0)
    except OcrFailed as error:
        message = f"Page {page.number}: {error}."
        return replace(page, origin="ocr"), [Notice("page_failed", "error", message, page=page.number)]
    done = done if raw else _calibrated(done, doubtful)
    return done, _notices(done, prepared, doubtful)


def _calibrated(page: Page, doubtful: Sequence[Word]) -> Page:
    """The page with confidences that are shares of right words; `doubtful` are numbers of which most are wrong."""
    told = {(number.text, number.bbox) for number in doubtful}
    words = tuple(
        replace(
            word,
            confidence=min(
                calibrated(word.confidence or 0.0), _DOUBTFUL_NUMBER if (word.text, word.bbox) in told else 1.0
            ),
        )
        for word in page.words
    )
    return replace(page, words=words, ocr_confidence=round(_mean(words), 3) if words else None)


def _notices(page: Page, prepared: Prepared, doubtful: Sequence[Word]) -> list[Notice]:
    notices = []
    for word in doubtful:
        message = f"The number {word.text!r} on page {page.number} was hard to read; look at its digits and marks."
        notices.append(Notice("number_doubtful", "warning", message, page=page.number))
    if prepared.flattened:
        message = f"Page {page.number} is a photo of a sheet; boxes are those of the sheet made flat."
        notices.append(Notice("page_flattened", "info", message, page=page.number))
    sure = page.ocr_confidence
    if sure is not None and sure < _LOW_CONFIDENCE:
        message = f"Page {page.number} was hard to read (mean confidence {sure:.2f}); check its facts against the page."
        notices.append(Notice("low_ocr_confidence", "warning", message, page=page.number))
    return notices


def _recognised(page: Page, prepared: Prepared, reader: Reader) -> tuple[Page, list[Word]]:
    """The page as it is read, and the numbers on it that may have lost a mark."""
    points = 72 / prepared.dpi
    noise = paper_noise(prepared.grey)
    rules = find_rules(prepared.grey, points, noise)
    grey = erase_rules(prepared.grey, rules, points) if len(rules) >= _TABLE_RULES else prepared.grey
    whole = grey
    grey, pictures = hide_pictures(whole, prepared.x_px)
    strokes = [BBox(*(e / points for e in r.bbox)) for r in rules if r.bbox.height > r.bbox.width]
    white = whiten(grey, noise)
    words, doubtful = _read(white, prepared, strokes, reader)
    words = without_doubles(without_drawn(whole, grey, words, prepared.x_px))
    doubtful = [number for number in doubtful if number in words]
    fitted = cut_to_line(words)
    fitted = with_ink_heights(white, fitted) if noise > NOISY else fitted
    moved = {(was.text, was.bbox): now for was, now in zip(words, fitted, strict=True)}
    words, doubtful = fitted, [moved.get((word.text, word.bbox), word) for word in doubtful]
    width, height = _size(page, prepared)
    read = replace(
        page,
        origin="ocr",
        width_pt=width,
        height_pt=height,
        rotation_degrees=(page.rotation_degrees + prepared.turned_degrees) % 360,
        skew_degrees=prepared.skew_degrees,
        words=tuple(_scaled(words, points)),
        rules=rules,
        pictures=tuple(BBox(*(edge * points for edge in box)) for box in pictures),
        ocr_confidence=round(_mean(words), 3) if words else None,
    )
    return read, _scaled(doubtful, points)


def _size(page: Page, prepared: Prepared) -> tuple[float, float]:
    """Width and height in points of the page as it was read: a sheet that was cut out of a photo has its own."""
    if prepared.flattened:
        height, width = prepared.grey.shape
        return width * 72 / prepared.dpi, height * 72 / prepared.dpi
    sideways = prepared.turned_degrees % 180
    return (page.height_pt, page.width_pt) if sideways else (page.width_pt, page.height_pt)


def _read(grey: Any, prepared: Prepared, strokes: Sequence[BBox], reader: Reader) -> tuple[list[Word], list[Word]]:
    regions = find_regions(find_letters(grey), strokes, prepared.x_px)
    dpi = round(prepared.dpi)
    words, doubtful = read_again(grey, reader.read_boxes(grey, regions, dpi), reader, dpi)
    if reader.second is not None:
        words, disputed = vote_on_lines(words, lambda boxes: reader.second_lines(grey, boxes, dpi))
        doubtful = [*(number for number in doubtful if number in words), *disputed]
    return with_accents(grey, words), doubtful


def read_again(grey: Any, blocks: Sequence[Sequence[Word]], reader: Reader, dpi: int) -> tuple[list[Word], list[Word]]:
    """The words of blocks after a second look, and the numbers that are still in doubt.

    Looked at again are hard lines, larger, of which the surer reading stays; numbers that were read unsurely or have
    more marks in their ink than in their text; and ink that was passed over. All are read in one call: an engine takes
    as long to start as for three lines.
    """
    by_block = [split_lines(words) for words in blocks]
    hard = [(lines, k) for lines in by_block for k, line in enumerate(lines) if _is_hard(line)]
    words = [word for block in blocks for word in block]
    unsure = unsure_numbers(words)
    numbers = unsure + [lost.word for lost in lost_marks(grey, words) if lost.word not in unsure]
    look = second_look(grey, [word for block in blocks for word in without_junk(block)])
    corners, crops = _crops(grey, [_padded(box_of(lines[k])) for lines, k in hard])
    images = [enlarged(crop, _LARGER) for crop in crops]
    short = [Word("", box) for box in look.short_pieces()] if look else []
    images += [view for number in [*numbers, *short] for view in views_of(grey, number, words)]
    seen = reader.read(images + ([look.sheet] if look else []), round(dpi * _LARGER))
    for (lines, k), corner, again in zip(hard, corners, seen, strict=False):
        line = [_moved(word, *corner) for word in _scaled(again, 1 / _LARGER)]
        if sureness(line) > sureness(lines[k]):
            lines[k] = tuple(replaced(lines[k], line, _SECOND_LOOK))
    words = [word for lines in by_block for word in without_junk([word for line in lines for word in line])]
    words = with_found(words, look, seen[-1]) if look else words
    views = (seen[k : k + VIEWS] for k in range(len(hard), len(seen), VIEWS))
    readings = {number.bbox: next(views) for number in numbers}
    words, unproven = with_votes(words, readings)
    words += found_numbers({piece.bbox: next(views) for piece in short}, words)
    larger = [replace(word, bbox=box) for box, views in readings.items() for view in views for word in view]
    words, without_marks = with_marks(grey, words, larger)
    return words, [*unproven, *without_marks]


def _is_hard(line: Line) -> bool:
    return sureness(line) < _HARD_LINE and any(c.isalnum() for word in line for c in word.text)


def _padded(box: BBox, share: float = _LINE_PAD) -> BBox:
    pad = share * box.height
    return BBox(box.x0 - 2 * pad, box.top - pad, box.x1 + 2 * pad, box.bottom + pad)


@dataclass(slots=True)
class Reader:
    """The engine with the settings of a run and the time that is left for a page."""

    engine: Engine
    settings: ReadingSettings
    second: Engine | None = None
    started: float = field(default_factory=time.monotonic)

    def read(self, images: Sequence[Any], dpi: int) -> list[list[Word]]:
        """The words in each image, read as a block of lines."""
        return self.engine.read(images, self._request("block", dpi)) if images else []

    def second_lines(self, grey: Any, boxes: Sequence[BBox], dpi: int) -> list[list[Word]]:
        """The words of lines as the second engine reads them; none where it fails, for the first ones stand."""
        if self.second is None:
            return [[] for _ in boxes]
        crops = [enlarge(crop) for crop in _crops(grey, [_padded(box, 0.15) for box in boxes])[1]]
        try:
            return self.second.read(crops, self._request("line", dpi))
        except OcrFailed:
            return [[] for _ in boxes]

    def _request(self, layout: Layout, dpi: int) -> Request:
        left = self.settings.page_timeout_s - (time.monotonic() - self.started)
        return Request(dpi, self.settings.language, layout, left)

    def read_boxes(self, grey: Any, boxes: Sequence[BBox], dpi: int) -> list[list[Word]]:
        """The words in each box of an image, in its pixels."""
        corners, crops = _crops(grey, boxes)
        found = self.read([narrowed(crop) for crop in crops], dpi)
        return [[_moved(_widened(w), *corner) for w in words] for corner, words in zip(corners, found, strict=True)]


def enlarged(image: Any, times: float) -> Any:
    import cv2

    return cv2.resize(image, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)


def narrowed(image: Any) -> Any:
    import cv2

    height, width = image.shape
    return cv2.resize(image, (max(1, round(_NARROWED * width)), height), interpolation=cv2.INTER_CUBIC)


def _widened(word: Word) -> Word:
    """A word of a narrowed image as it lies in the image."""
    x0, top, x1, bottom = word.bbox
    return replace(word, bbox=BBox(x0 / _NARROWED, top, x1 / _NARROWED, bottom))


def _crops(grey: Any, boxes: Sequence[BBox]) -> tuple[list[tuple[int, int]], list[Any]]:
    """The parts of an image in boxes, and the left and top edge of each."""
    height, width = grey.shape
    inside = [(max(0, int(b.x0)), max(0, int(b.top)), min(width, int(b.x1)), min(height, int(b.bottom))) for b in boxes]
    return [(x0, top) for x0, top, _, _ in inside], [grey[top:bottom, x0:x1] for x0, top, x1, bottom in inside]


def _moved(word: Word, x: int, y: int) -> Word:
    x0, top, x1, bottom = word.bbox
    return replace(word, bbox=BBox(x0 + x, top + y, x1 + x, bottom + y))


def _mean(words: Sequence[Word]) -> float:
    return sum(w.confidence or 0.0 for w in words) / len(words) if words else 0.0


def _scaled(words: Sequence[Word], factor: float) -> list[Word]:
    return [replace(w, bbox=BBox(*(edge * factor for edge in w.bbox))) for w in words]
