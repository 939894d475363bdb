"""Image files, each frame a page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from newsletter_extract.document import Notice, Page
from newsletter_extract.errors import BrokenInput, InputTooLarge
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.run import Sheet, recognise
from newsletter_extract.reading.scans import size_notice
from newsletter_extract.reading.source import Source
from newsletter_extract.settings import ReadingSettings

_BARE_IMAGE_DPI = 150
"""Taken for an image that does not tell its resolution and is not the size of a usual page."""
_A4_WIDTH_IN = 8.27

Reading = tuple[list[Page], list[Notice], str | None]


def read_image(source: Source, settings: ReadingSettings) -> Reading:
    """Pages of an image file, turned as its EXIF data says. Raises BrokenInput or InputTooLarge."""
    notices: list[Notice] = []
    sheets = _image_sheets(source, settings, notices)
    if settings.ocr == "never":
        pages = [sheet.page for sheet in sheets]
        return pages, [*notices, Notice("no_text_layer", "info", "An image has no text layer.")], None
    pages, found, engine = recognise(sheets, settings)
    return pages, [*notices, *found], engine


def _image_sheets(source: Source, settings: ReadingSettings, notices: list[Notice]) -> Iterator[Sheet]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    from newsletter_extract.reading import wanted

    number = 0
    try:
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(io.BytesIO(source.data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                _check_size(source.name, frame.size, settings.pixel_limit)
                if not wanted(number, settings):
                    continue
                upright = ImageOps.exif_transpose(frame).convert("L")
                dpi = _resolution(frame)
                page = Page(number, upright.width * 72 / dpi[0], upright.height * 72 / dpi[1], "ocr")
                notices += size_notice(upright.size, number)
                yield Sheet(page, _holder(upright, dpi))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if number <= 1:
            raise BrokenInput(
                f"{source.name} is damaged or cut short and cannot be opened as image ({_said(error)})."
            ) from None
        notices.append(Notice("page_failed", "error", f"Page {number} cannot be read ({_said(error)})."))


def _said(error: Exception) -> str:
    """What is wrong, without the address in memory that Pillow tells where it knows no format."""
    return "no format fits" if type(error).__name__ == "UnidentifiedImageError" else str(error)


def _holder(image: Any, dpi: tuple[float, float]) -> Callable[[], Picture]:
    import numpy as np

    grey = np.asarray(image)
    return lambda: Picture(grey, dpi)


def _check_size(name: str, size: tuple[int, int], limit: int) -> None:
    if size[0] * size[1] > limit:
        raise InputTooLarge(
            f"{name} has {size[0]} by {size[1]} pixels, over the limit of {limit}; "
            "scale it down or raise reading.pixel_limit."
        )


def _resolution(image: Any) -> tuple[float, float]:
    across, down = (float(dpi) for dpi in image.info.get("dpi", (0, 0)))
    if 60 <= across <= 1200 and 60 <= down <= 1200:
        return across, down
    guess = min(image.size) / _A4_WIDTH_IN
    guess = guess if guess >= 100 else _BARE_IMAGE_DPI
    return guess, guess
