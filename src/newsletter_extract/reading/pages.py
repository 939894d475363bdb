"""PDFs and images page by page: each page alone decides between its text layer and OCR."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from newsletter_extract.document import Notice, Page, Word
from newsletter_extract.errors import BrokenInput, InputTooLarge, OcrFailed, PasswordNeeded
from newsletter_extract.machine import usable_cores
from newsletter_extract.progress import page_read
from newsletter_extract.reading.ocr.engine import Engine
from newsletter_extract.reading.ocr.page import recognise_page
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.reading.pdf_content import Contents
from newsletter_extract.reading.quality import is_readable
from newsletter_extract.reading.source import Source
from newsletter_extract.settings import ReadingSettings

_OCR_DPI = 200
"""Resolution that pages are rendered at for OCR; 150 to 300 read alike within .01, 200 keeps small type."""
_BARE_IMAGE_DPI = 150
"""Taken for an image that does not tell its resolution and is not the size of a usual page."""
_A4_WIDTH_IN = 8.27
_PICTURES_AHEAD = 2
"""Pages that are rendered before a core is free for them, for each core."""

Result = tuple[list[Page], list[Notice], str | None]
Sheet = tuple[Page, Callable[[], Any] | None]
"""A page as read, and how to get its picture (8-bit grey) if it has to be OCRed."""


def read_pdf(source: Source, settings: ReadingSettings) -> Result:
    """Pages of a PDF. Raises BrokenInput or PasswordNeeded; a single bad page becomes a notice."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source.data, password=settings.password)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordNeeded(f"{source.name} is encrypted; give its password with --password.") from None
        raise BrokenInput(
            f"{source.name} is damaged or cut short and cannot be opened as PDF; fetch it again."
        ) from None
    if not count:
        raise BrokenInput(f"{source.name} has no pages.")
    notices: list[Notice] = []
    sheets = _pdf_sheets(pdf, Contents(source.data, settings.password), count, settings, notices)
    pages, engine = _recognise(sheets, settings, notices)
    pdf.close()
    return pages, notices, engine


def _pdf_sheets(
    pdf: Any, contents: Contents, count: int, settings: ReadingSettings, notices: list[Notice]
) -> Iterator[Sheet]:
    from pypdfium2 import PdfiumError

    from newsletter_extract.reading import wanted
    from newsletter_extract.reading.pdf import page_words
    from newsletter_extract.reading.pdf_frame import Frame
    from newsletter_extract.reading.pdf_shapes import page_shapes

    for number in range(1, count + 1):
        if not wanted(number, settings):
            continue
        try:
            page = pdf[number - 1]
            words, turn = ((), page.get_rotation() % 360) if settings.ocr == "always" else page_words(page)
            frame = Frame(page, turn)
            empty = Page(number, frame.width, frame.height, "text_layer", rotation_degrees=turn)
            words = _on_page(words, frame.width, frame.height)
            shapes = page_shapes(page, turn)
        except (PdfiumError, ValueError, RuntimeError) as error:
            notices.append(Notice("page_failed", "error", f"Page {number} cannot be read ({error}).", page=number))
            continue
        if words and (settings.ocr == "never" or is_readable([w.text for w in words])):
            page_read(by_ocr=False)
            yield replace(empty, words=words, rules=shapes.rules, pictures=shapes.pictures), None
        elif not (words or shapes.rules or _has_picture(page)) and contents.has_content(number):
            notices.append(Notice("page_failed", "error", f"The content of page {number} is damaged.", page=number))
            yield empty, None
        elif settings.ocr == "never" or not (words or settings.ocr == "always" or _has_picture(page) or shapes.rules):
            code = "no_text_layer" if settings.ocr == "never" else "empty_page"
            notices.append(Notice(code, "info", f"Page {number} has no text layer.", page=number))
            yield empty, None
        else:
            if words:
                notices.append(
                    Notice(
                        "bad_text_layer",
                        "info",
                        f"The text layer of page {number} is unreadable; OCR was used.",
                        page=number,
                    )
                )
            width, height = page.get_size()
            sheet = replace(empty, width_pt=width, height_pt=height, rotation_degrees=page.get_rotation() % 360)
            yield sheet, _renderer(page, width, height, settings.pixel_limit)


def _on_page(words: tuple[Word, ...], width: float, height: float) -> tuple[Word, ...]:
    return tuple(w for w in words if w.bbox.x1 > 0 and w.bbox.bottom > 0 and w.bbox.x0 < width and w.bbox.top < height)


def _has_picture(page: Any) -> bool:
    return next(iter(page.get_objects(max_depth=3)), None) is not None


def _renderer(page: Any, width: float, height: float, pixel_limit: int) -> Callable[[], Any]:
    """Pdfium is not safe under threads, so that the picture is taken here and now."""
    scale = _OCR_DPI / 72
    if width * height * scale * scale > pixel_limit:
        scale = (pixel_limit / (width * height)) ** 0.5
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    grey = picture[:, :, 0] if picture.ndim == 3 else picture
    grey = grey.copy()
    dpi = 72 * scale
    return lambda: Picture(grey, (dpi, dpi))


def read_image(source: Source, settings: ReadingSettings) -> Result:
    """Pages of an image file, turned as its EXIF data says. Raises BrokenInput or InputTooLarge."""
    notices: list[Notice] = []
    sheets = _image_sheets(source, settings, notices)
    if settings.ocr == "never":
        return [page for page, _ in sheets], [Notice("no_text_layer", "info", "An image has no text layer.")], None
    pages, engine = _recognise(sheets, settings, notices)
    return pages, notices, engine


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
                yield page, _holder(upright, dpi)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if number <= 1:
            raise BrokenInput(
                f"{source.name} is damaged or cut short and cannot be opened as image ({error})."
            ) from None
        notices.append(Notice("page_failed", "error", f"Page {number} cannot be read ({error})."))


def _holder(image: Any, dpi: tuple[float, float]) -> Callable[[], Any]:
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


def _recognise(
    sheets: Iterable[Sheet], settings: ReadingSettings, notices: list[Notice]
) -> tuple[list[Page], str | None]:
    """All pages with their words. Few pictures are in memory at a time, however many pages there are."""
    jobs = settings.jobs or usable_cores()
    results: list[tuple[Page, list[Notice]]] = []
    ahead: deque[Future[tuple[Page, list[Notice]]]] = deque()
    engine: Engine | None = None
    with ThreadPoolExecutor(jobs) as pool:
        for sheet in sheets:
            if sheet[1] and not engine:
                engine = find_engine()
                engine.require(settings.language)
            ahead.append(pool.submit(_recognised, sheet, engine, settings))
            while len(ahead) > _PICTURES_AHEAD * jobs:
                results.append(ahead.popleft().result())
        results += [future.result() for future in ahead]
    notices.extend(notice for _, found in results for notice in found)
    failed = [notice for _, found in results for notice in found if notice.code == "page_failed"]
    if failed and len(failed) == len(results):
        raise OcrFailed(
            f"No page could be read: {failed[0].message} Try a larger reading.page_timeout_s, or see `extract doctor`."
        )
    return [page for page, _ in results], engine.name if engine else None


def _recognised(sheet: Sheet, engine: Engine | None, settings: ReadingSettings) -> tuple[Page, list[Notice]]:
    page, picture = sheet
    if picture is None or engine is None:
        return page, []
    recognised = recognise_page(page, picture(), engine, settings)
    page_read(by_ocr=True)
    return recognised
