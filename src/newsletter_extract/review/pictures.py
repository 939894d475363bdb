"""Pictures of a document's pages, turned and straightened as the boxes of their words are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from newsletter_extract.reading import Source
from newsletter_extract.schema import Extraction, SourcePage

_DPI = 110
"""Small type is legible on a desk, and a page has some 100 kB."""
_MAX_SIDE_PX = 2200
_QUALITY = 60
_PAPER = (255, 255, 255)


def page_pictures(source: Source, extraction: Extraction) -> Iterator[tuple[SourcePage, bytes]]:
    """Each page that has a geometry, with its picture as WebP; pages that cannot be drawn are left out."""
    pages = {page.number: page for page in extraction.source.pages if page.width and page.height}
    if not pages:
        return
    draw = _pdf_pages if extraction.source.media_type == "application/pdf" else _image_pages
    for number, picture, turned in draw(source, sorted(pages)):
        yield pages[number], _webp(_as_read(picture, pages[number], turned))


def _pdf_pages(source: Source, numbers: list[int]) -> Iterator[tuple[int, Any, int]]:
    """Number, picture and the clockwise turn in degrees that the picture already has."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError:  # encrypted, as a rule: the text alone is shown
        return
    try:
        for number in numbers:
            try:
                page = pdf[number - 1]
                scale = min(_DPI / 72, _MAX_SIDE_PX / max(page.get_size()))
                yield number, page.render(scale=scale).to_pil().convert("RGB"), page.get_rotation() % 360
            except (pypdfium2.PdfiumError, IndexError, ValueError):
                continue
    finally:
        pdf.close()


def _image_pages(source: Source, numbers: list[int]) -> Iterator[tuple[int, Any, int]]:
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(source.data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if number in numbers:
                    picture = ImageOps.exif_transpose(frame).convert("RGB")
                    picture.thumbnail((_MAX_SIDE_PX, _MAX_SIDE_PX))
                    yield number, picture, 0
    except (OSError, ValueError, Image.DecompressionBombError):  # frames after a broken one cannot be drawn
        return


def _as_read(picture: Any, page: SourcePage, turned: int) -> Any:
    """The picture in the frame of the words' boxes: upright, and straight where the reader undid a skew."""
    from PIL import Image

    rest = (page.rotation - turned) % 360
    if rest:
        picture = picture.rotate(-rest, expand=True)
    if page.skew:
        picture = picture.rotate(page.skew, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER)
    return picture


def _webp(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)  # 4 takes twice the time to save 2 % of the bytes
    return out.getvalue()
