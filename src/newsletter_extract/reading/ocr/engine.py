"""What an OCR engine is to this program: images in, words out; and the engine of tests that reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from newsletter_extract.document import Word

Layout = Literal["page", "block", "line"]
"""What an image shows: a page whose columns the engine finds, one block of lines, or one line."""


@dataclass(frozen=True, slots=True)
class Request:
    """How images are to be read."""

    dpi: int
    language: str
    layout: Layout
    timeout_s: float


class Engine(Protocol):
    """Reads text in images. One engine serves several threads at once."""

    @property
    def name(self) -> str:
        """Name and version, as "tesseract 5.3.0"; results of another version are other results."""

    def require(self, language: str) -> None:
        """Raises LanguageMissing where the engine lacks one of the languages in "eng+deu"."""

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        """The words of each image (8-bit grey pixels), boxes in pixels, confidence 0 to 1 as the engine gives it.

        Raises OcrFailed where the engine crashes or takes longer than the request allows.
        """


@dataclass(slots=True)
class NullEngine:
    """Gives every image the same words and keeps what it was asked: for tests of what stands round an engine."""

    words: Sequence[Word] = ()
    asked: list[tuple[tuple[int, ...], Request]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "null 1"

    def require(self, language: str) -> None:
        return None

    def read(self, images: Sequence[Any], request: Request) -> list[list[Word]]:
        self.asked += [(image.shape, request) for image in images]
        return [list(self.words) for _ in images]
