"""PDFs page by page: each page alone decides between its text layer and OCR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from newsletter_extract.document import BBox, FindingCode, Notice, Page, Word
from newsletter_extract.errors import BrokenInput, PasswordNeeded
from newsletter_extract.progress import page_read
from newsletter_extract.reading.ocr.run import Result, Sheet, recognise
from newsletter_extract.reading.pdf_content import Contents
from newsletter_extract.reading.quality import is_better, is_readable, is_sound
from newsletter_extract.reading.scans import (
    is_ocr_layer,
    is_scan,
    leaves_print_bare,
    picture_of,
    scan_rules,
    scan_size,
    size_notice,
    with_drawn_spaces,
)
from newsletter_extract.reading.source import Source
from newsletter_extract.settings import ReadingSettings

Reading = tuple[list[Page], list[Notice], str | None]


def read_pdf(source: Source, settings: ReadingSettings) -> Reading:
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
    sheets = list(_pdf_sheets(pdf, Contents(source.data, settings.password), count, settings, notices))
    pages, found, engine = recognise(sheets, settings)
    pdf.close()
    return pages, [*notices, *found], engine


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
        layer = replace(empty, words=words, rules=shapes.rules, pictures=shapes.pictures)
        if words and (settings.ocr == "never" or is_readable([w.text for w in words])):
            page_read(by_ocr=False)
            scanned = is_scan(shapes.pictures, frame) and is_ocr_layer(page)
            yield _layer_sheet(page, layer, settings, scanned=scanned)
        elif not (words or shapes.rules or _has_picture(page)) and contents.has_content(number):
            notices.append(Notice("page_failed", "error", f"The content of page {number} is damaged.", page=number))
            yield Sheet(empty)
        elif settings.ocr == "never" or not (words or settings.ocr == "always" or _has_picture(page) or shapes.rules):
            code: FindingCode = "no_text_layer" if settings.ocr == "never" else "empty_page"
            notices.append(Notice(code, "info", f"Page {number} has no text layer.", page=number))
            yield Sheet(empty)
        else:
            if words or (settings.ocr != "always" and _has_letters(page)):
                message = f"The text layer of page {number} is unreadable; OCR was used."
                notices.append(Notice("bad_text_layer", "info", message, page=number))
            notices += size_notice(scan_size(page), number)
            yield Sheet(_as_filed(page, empty), picture_of(page, settings.pixel_limit))


def _layer_sheet(page: Any, layer: Page, settings: ReadingSettings, *, scanned: bool) -> Sheet:
    """A page with a text layer, and its picture where that has to be read too. `scanned`: an OCR made the layer."""
    as_filed = layer.rotation_degrees == page.get_rotation() % 360
    if scanned and as_filed:
        rules = (*layer.rules, *scan_rules(page, settings.pixel_limit))
        words = with_drawn_spaces(page, layer.words, layer.rotation_degrees)
        layer = replace(layer, words=_without_fonts(words), rules=rules, is_scan=True)
    if settings.ocr == "never":
        return Sheet(layer)
    if scanned and not is_sound([w.text for w in layer.words]):
        return _doubtful_sheet(page, layer, settings)
    if as_filed and leaves_print_bare(page, layer.words, layer.pictures, settings.pixel_limit):
        return _bare_sheet(page, layer, settings, seen=not scanned)
    return Sheet(layer)


def _without_fonts(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of an OCR layer: its font is one for all and not that of the print, so that it tells nothing."""
    return tuple(replace(word, size_pt=None, bold=False, italic=False, color=None) for word in words)


def _as_filed(page: Any, empty: Page) -> Page:
    """The page as its picture is rendered, turned as the file says."""
    width, height = page.get_size()
    return replace(empty, width_pt=width, height_pt=height, rotation_degrees=page.get_rotation() % 360)


def _doubtful_sheet(page: Any, layer: Page, settings: ReadingSettings) -> Sheet:
    """A scan whose text layer, made by some OCR, has many unknown words: it is read again and the better one kept."""

    def choose(ours: Page) -> Result:
        if not is_better([w.text for w in ours.words], [w.text for w in layer.words]):
            message = f"The text layer of page {layer.number} has many unknown words; our own OCR was no better."
            return layer, [Notice("text_layer_doubtful", "info", message, page=layer.number)]
        message = f"The text layer of page {layer.number} was worse than our own OCR, which was used instead."
        return ours, [Notice("poor_text_layer", "info", message, page=layer.number)]

    return Sheet(layer, picture_of(page, settings.pixel_limit), choose, _without_layer(page, layer))


def _bare_sheet(page: Any, layer: Page, settings: ReadingSettings, *, seen: bool) -> Sheet:
    """A page whose layer has no words for most of its print, as a head over a picture: that is read too, and kept where
    it makes sense. Words of the layer that are `seen` stay as they are, save on a page that had to be straightened."""

    def choose(ours: Page) -> Result:
        if not is_better([w.text for w in ours.words], [w.text for w in layer.words]):
            return layer, []
        message = f"The text layer of page {layer.number} has no words for most of its print; OCR was used."
        notice = Notice("poor_text_layer", "info", message, page=layer.number)
        if not seen or ours.skew_degrees or ours.rotation_degrees != layer.rotation_degrees:
            return ours, [notice]
        sure = tuple(replace(word, confidence=1.0) for word in _without_fonts(layer.words))
        found = tuple(word for word in ours.words if not any(_is_over(word.bbox, other.bbox) for other in sure))
        return replace(ours, words=(*sure, *found)), [notice]

    return Sheet(layer, picture_of(page, settings.pixel_limit), choose, _without_layer(page, layer))


def _is_over(first: BBox, second: BBox) -> bool:
    """Whether half of the first box lies in the second."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    return across > 0 and down > 0 and 2 * across * down > first.width * first.height


def _without_layer(page: Any, layer: Page) -> Page:
    """The page to be read by OCR."""
    return replace(_as_filed(page, layer), words=(), rules=(), pictures=(), is_scan=False)


def _on_page(words: tuple[Word, ...], width: float, height: float) -> tuple[Word, ...]:
    return tuple(w for w in words if w.bbox.x1 > 0 and w.bbox.bottom > 0 and w.bbox.x0 < width and w.bbox.top < height)


def _has_letters(page: Any) -> bool:
    """Whether the text of a page has signs; where none of them makes a word, its font maps them to control signs."""
    return bool(page.get_textpage().get_text_range().strip(" \t\r\n\x00"))


def _has_picture(page: Any) -> bool:
    return next(iter(page.get_objects(max_depth=3)), None) is not None
