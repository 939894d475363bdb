"""One page from its picture to its words: prepared, read, read larger where that was hard, and looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newsletter_extract.document import BBox, Notice, Page, Word
from newsletter_extract.errors import OcrFailed
from newsletter_extract.reading import tesseract
from newsletter_extract.settings import ReadingSettings

_LOW_CONFIDENCE = 0.7
_TABLE_RULES = 6
"""So many strokes make a table; fewer are left in the image, being underlines or edges of pictures."""
_HARD = 0.93
"""Mean confidence under which a page is read once more, larger; clean and slightly aged pages have over .94."""
_LARGER = 1.5
_LEAST_DPI = 70


def recognise_page(page: Page, grey: Any, settings: ReadingSettings) -> tuple[Page, Notice | None]:
    """The page with its words in points, from 8-bit grey pixels; a notice where the engine failed or read badly."""
    from newsletter_extract.reading.image import erase_rules, find_rules, prepare
    from newsletter_extract.reading.second_look import look_again

    grey, skew = prepare(grey)
    points = page.width_pt / grey.shape[1]
    rules = find_rules(grey, points)
    grey = erase_rules(grey, rules, points) if len(rules) >= _TABLE_RULES else grey
    engine = _Reader(round(72 / points), settings)
    try:
        found = look_again(grey, engine.read_page(grey), engine.read_lines)
    except OcrFailed as error:
        message = f"Page {page.number}: {error}."
        return replace(page, origin="ocr"), Notice("page_failed", "error", message, page=page.number)
    words = tuple(_scaled(found, points))
    mean = _mean(words)
    confidence = round(mean, 3) if words else None
    done = replace(page, origin="ocr", words=words, rules=rules, skew_degrees=skew, ocr_confidence=confidence)
    if words and mean < _LOW_CONFIDENCE:
        message = f"Page {page.number} was hard to read (mean confidence {mean:.2f}); check its facts against the page."
        return done, Notice("low_ocr_confidence", "warning", message, page=page.number)
    return done, None


class _Reader:
    """The engine with the settings of a run and the resolution of a page."""

    def __init__(self, dpi: int, settings: ReadingSettings) -> None:
        self.dpi, self.settings = dpi, settings

    def read_page(self, grey: Any) -> list[Word]:
        """The words of a page in pixels; of a hard one the better of two readings, as it is and larger."""
        import cv2

        words = self._recognise(grey, self.dpi, "3")
        if not words or _mean(words) >= _HARD:
            return words
        larger = cv2.resize(grey, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
        again = self._recognise(larger, round(self.dpi * _LARGER), "3")
        return _scaled(again, 1 / _LARGER) if _worth(again) > _worth(words) else words

    def read_lines(self, grey: Any) -> list[Word]:
        """The words of a sheet of short lines under one another."""
        return self._recognise(grey, self.dpi, "6")

    def _recognise(self, grey: Any, dpi: int, layout: str) -> list[Word]:
        import cv2

        png = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
        return tesseract.recognise(
            png,
            dpi=max(dpi, _LEAST_DPI),
            language=self.settings.language,
            timeout_s=self.settings.page_timeout_s,
            layout=layout,
        )


def _mean(words: Sequence[Word]) -> float:
    return sum(w.confidence or 0.0 for w in words) / len(words) if words else 0.0


def _worth(words: Sequence[Word]) -> float:
    """Letters read, each by how sure its word is."""
    return sum((w.confidence or 0.0) * sum(map(str.isalnum, w.text)) for w in words)


def _scaled(words: Sequence[Word], factor: float) -> list[Word]:
    return [replace(w, bbox=BBox(*(edge * factor for edge in w.bbox))) for w in words]
