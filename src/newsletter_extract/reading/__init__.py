"""Reading: from the bytes of a file to pages of words with boxes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from newsletter_extract.document import Document, Notice, Page
from newsletter_extract.reading.plain_text import read_text
from newsletter_extract.reading.source import Source, decoded, media_type

if TYPE_CHECKING:
    from newsletter_extract.settings import ReadingSettings

__all__ = ["Source", "read"]


def read(source: Source, settings: ReadingSettings) -> Document:
    """Read a document of any kind that `media_type` tells. Raises InputError or OcrError; see errors.py."""
    kind = media_type(source)
    engine = None
    notices: list[Notice] = []
    if kind == "application/pdf":
        from newsletter_extract.reading.pages import read_pdf

        pages, notices, engine = read_pdf(source, settings)
    elif kind.startswith("image/"):
        from newsletter_extract.reading.images import read_image

        pages, notices, engine = read_image(source, settings)
    else:
        text, guessed = decoded(source.data)
        notices = [_guess(guessed)] if guessed else []
        if kind == "text/vnd.hocr+html":
            from newsletter_extract.reading.hocr import read_hocr

            pages = _wanted(read_hocr(text or ""), settings)
        else:
            pages = _wanted(read_text(text or ""), settings)
    return Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        size_bytes=len(source.data),
        media_type=kind,
        pages=tuple(pages),
        ocr_engine=engine,
        notices=tuple(notices),
    )


def _guess(encoding: str) -> Notice:
    message = f"The text says nothing of its encoding and is read as {encoding}; save it as UTF-8 if letters are wrong."
    return Notice("encoding_guessed", "warning", message)


def _wanted(pages: list[Page], settings: ReadingSettings) -> list[Page]:
    return [replace(page) for page in pages if wanted(page.number, settings)]


def wanted(number: int, settings: ReadingSettings) -> bool:
    """Whether the page of this number was asked for."""
    return not settings.pages or any(
        first <= number and (last is None or number <= last) for first, last in settings.pages
    )
