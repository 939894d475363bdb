"""The RapidOCR engine (PP-OCR models on ONNX Runtime), of the extra `second-reader`. Its models come inside its wheel.

It takes several times as long as Tesseract, so that it reads only what that one is unsure of: see second_reader.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from newsletter_extract.document import BBox, Word
from newsletter_extract.errors import LanguageMissing, NoOcrEngine, OcrFailed
from newsletter_extract.reading.ocr.engine import Request

_LATIN = frozenset({"eng", "fra", "deu", "spa", "ita", "por", "nld", "hrv", "slv", "ces", "pol", "ron", "sqi", "swe"})
"""Languages, as tesseract names them, whose letters the models in the wheel know."""
_LEAST_PX = 8


@dataclass(frozen=True, slots=True)
class Rapid:
    """RapidOCR with its models loaded, one thread to a call."""

    version: str
    reader: Any

    @property
    def name(self) -> str:
        return f"rapidocr {self.version}"

    def require(self, language: str) -> None:
        """Raises LanguageMissing where the models do not know the letters of a language."""
        missing = [code for code in language.split("+") if code not in _LATIN]
        if missing:
            raise LanguageMissing(f"The second reader does not know {', '.join(missing)}; use --second-reader off.")

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        """The words of each image. Raises OcrFailed where the engine does."""
        return [self._read(image, is_line=request.layout == "line") for image in images]

    def _read(self, image: Any, *, is_line: bool) -> list[Word]:
        import cv2

        height, width = image.shape
        if min(height, width) < _LEAST_PX:
            return []
        colour = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        try:
            found = self.reader(colour, use_det=not is_line, use_cls=False, use_rec=True, return_word_box=True)
        except Exception as error:
            raise OcrFailed(f"the second OCR engine failed ({type(error).__name__})") from None
        if not found or not found.txts:
            return []
        if is_line:
            return _line_words(found.word_results[0], width, height)
        return [
            Word(text, _around(box), round(float(confidence), 4))
            for line in found.word_results
            for text, confidence, box in line
            if text.strip()
        ]


def _line_words(info: Any, width: int, height: int) -> list[Word]:
    """The words of a line, each as wide as its characters' columns in what the model saw."""
    if info is None:
        return []
    words, at = [], 0
    column = width / max(float(info.line_txt_len), 1.0)
    for letters, columns in zip(info.words, info.word_cols, strict=True):
        confidences = info.confs[at : at + len(letters)]
        at += len(letters)
        x0, x1 = column * max(columns[0] - 0.5, 0), min(float(width), column * (columns[-1] + 1.5))
        confidence = round(float(min(confidences, default=0.0)), 4)
        words.append(Word("".join(letters), BBox(x0, 0.0, x1, float(height)), confidence))
    return words


def _around(points: Any) -> BBox:
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    return BBox(min(xs), min(ys), max(xs), max(ys))


@cache
def find_second_engine() -> Rapid:
    """The second reader. Raises NoOcrEngine where its packages are not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        from rapidocr import RapidOCR

        quiet = {
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        return Rapid(version("rapidocr"), RapidOCR(params=quiet))
    except (ImportError, PackageNotFoundError):
        raise NoOcrEngine(
            'The second reader is not installed; run `pip install "newsletter-extract[second-reader]"`, '
            "or leave --second-reader out."
        ) from None
