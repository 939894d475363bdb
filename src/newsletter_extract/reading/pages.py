"""PDFs and images page by page: each page alone decides between its text layer and OCR."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from newsletter_extract.document import Notice, Page, Word
from newsletter_extract.errors import BrokenInput, InputTooLarge, OcrFailed, PasswordNeeded
from newsletter_extract.machine import usable_cores
from newsletter_extract.progress import page_read
from newsletter_extract.reading.ocr.page import recognise_page
from newsletter_extract.reading.ocr.prepare import Picture
from newsletter_extract.reading.ocr.tesseract import find_engine
from newsletter_extract.reading.quality import is_readable
from newsletter_extract.reading.source import Source
from newsletter_extract.settings import ReadingSettings

_OCR_DPI = 200
"""Resolution that pages are rendered at for OCR; 150 to 300 read alike within .01, 200 keeps small type."""
_NO_MARKS = 16
"""So few words of a content stream only set up a page and draw nothing."""
_BARE_IMAGE_DPI = 150
"""Taken for an image that does not tell its resolution and is not the size of a usual page."""
_A4_WIDTH_IN = 8.27

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
    sheets = list(_pdf_sheets(pdf, source.data, count, settings, notices))
    pages, engine = _recognise(sheets, settings, notices)
    pdf.close()
    return pages, notices, engine


def _pdf_sheets(
    pdf: Any, source_data: bytes, count: int, settings: ReadingSettings, notices: list[Notice]
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
        elif not (words or shapes.rules or _has_picture(page)) and _has_content(source_data, number, settings.password):
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


def _has_content(data: bytes, number: int, password: str | None) -> bool:
    """Whether a page that came out empty has instructions to draw, or some that cannot even be unpacked."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # our notice tells it in a sentence
    try:
        reader = PdfReader(io.BytesIO(data), password=password)
        if reader.is_encrypted and password is None:
            reader.decrypt("")
        contents = reader.pages[number - 1].get_contents()
        drawn = b"" if contents is None else contents.get_data()
        return len(drawn.split()) > _NO_MARKS or (not drawn.strip() and _packed_size(reader, number) > 0)
    except (PyPdfError, zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return True


def _packed_size(reader: Any, number: int) -> int:
    """Bytes of a page's content streams before they are unpacked."""
    entry = reader.pages[number - 1].get("/Contents")
    entry = entry.get_object() if entry is not None else []
    parts = [part.get_object() for part in entry] if isinstance(entry, list) else [entry]
    return sum(len(getattr(part, "_data", b"").strip()) for part in parts)


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
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    from newsletter_extract.reading import wanted

    notices: list[Notice] = []
    sheets: list[Sheet] = []
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
                sheets.append((page, _holder(upright, dpi)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if not sheets:
            raise BrokenInput(
                f"{source.name} is damaged or cut short and cannot be opened as image ({error})."
            ) from None
        notices.append(Notice("page_failed", "error", f"Page {len(sheets) + 1} cannot be read ({error})."))
    if settings.ocr == "never":
        return [page for page, _ in sheets], [Notice("no_text_layer", "info", "An image has no text layer.")], None
    pages, engine = _recognise(sheets, settings, notices)
    return pages, notices, engine


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


def _recognise(sheets: list[Sheet], settings: ReadingSettings, notices: list[Notice]) -> tuple[list[Page], str | None]:
    if not any(picture for _, picture in sheets):
        return [page for page, _ in sheets], None
    engine = find_engine()
    engine.require(settings.language)

    def work(sheet: Sheet) -> tuple[Page, list[Notice]]:
        page, picture = sheet
        if picture is None:
            return page, []
        recognised = recognise_page(page, picture(), engine, settings)
        page_read(by_ocr=True)
        return recognised

    with ThreadPoolExecutor(settings.jobs or usable_cores()) as pool:
        results = list(pool.map(work, sheets))
    notices.extend(notice for _, found in results for notice in found)
    failed = [notice for _, found in results for notice in found if notice.code == "page_failed"]
    if failed and len(failed) == len(sheets):
        raise OcrFailed(
            f"No page could be read: {failed[0].message} Try a larger reading.page_timeout_s, or see `extract doctor`."
        )
    return [page for page, _ in results], engine.name
