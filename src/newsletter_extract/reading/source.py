"""The bytes of a document and what they are, told by content and never by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newsletter_extract.errors import (
    InputEmpty,
    InputIsDirectory,
    InputNotFound,
    InputTooLarge,
    InputUnreadable,
    UnknownInputType,
)

MAX_BYTES = 512 << 20
"""Largest document that is read at all; an endless stream ends here."""
_PDF_HEADER_WITHIN = 1024
"""Bytes in which readers accept the %PDF mark (PDF 1.7, annex H.3.4.1)."""
_HOCR = re.compile(rb"class\s*=\s*[\"'](?:ocr_page|ocrx_word|ocr_line)[\"'\s]")
_HOCR_WITHIN = 65_536
_MARKUP_WITHIN = 1024
_MARKUP = (
    (re.compile(rb"<!doctype html|<html\b", re.I), "a web page and not hOCR", "save it as PDF or as text"),
    (re.compile(rb"<\?xml\b|<svg\b", re.I), "XML and not hOCR", "convert it to PDF or text"),
    (re.compile(rb"\{\\rtf"), "RTF", "save it as PDF or as text"),
    (re.compile(rb"%!PS"), "PostScript", "convert it to PDF"),
    (re.compile(rb'\{\s*"schema_version"'), "the result of an extraction", "give the document that it was made from"),
    (re.compile(rb'\{\s*"|\[\s*\{'), "JSON", "give the document that its data are of"),
)
_WESTERN = frozenset("ÀÂÄÇÈÉÊËÎÏÑÔÖÙÛÜßàáâãäåçèéêëíîïñóôõöøùúûüœŒÅØ€£§°«»·•–—‘’“”…®©\u00a0¿¡ªº½")
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
"""Byte order marks; that of UTF-32 begins as that of UTF-16 does."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Source:
    """A document's bytes under the name it is reported by."""

    name: str
    data: bytes

    @classmethod
    def from_path(cls, path: str | Path) -> Source:
        """Read a file. Raises InputNotFound, InputIsDirectory or InputUnreadable."""
        path = Path(path)
        name = shown_name(path.name)
        try:
            with path.open("rb") as file:
                return cls.from_stream(file, name)
        except FileNotFoundError:
            raise InputNotFound(f"{path}: there is no such file; check the name and the folder.") from None
        except IsADirectoryError:
            raise InputIsDirectory(f"{path} is a folder; name the files in it, as {path}/*.pdf.") from None
        except OSError as error:
            raise InputUnreadable(f"{path} cannot be read ({error.strerror}); check its permissions.") from None

    @classmethod
    def from_stream(cls, stream: BinaryIO, name: str = "stdin") -> Source:
        """Read an open binary stream to its end. Raises InputTooLarge where that does not come in `MAX_BYTES`."""
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InputTooLarge(f"{name} has more than {MAX_BYTES >> 20} MB; split it into parts.")
        return cls(name, data)


def shown_name(name: str) -> str:
    """A file name as it can be printed and stored: bytes that are not UTF-8 are written as \\xff."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def media_type(source: Source) -> str:
    """The media type that the content shows. Raises InputEmpty or UnknownInputType."""
    data = source.data
    if not data:
        raise InputEmpty(f"{source.name} is empty; nothing can be read from it.")
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "application/pdf"
    image = _image_type(data)
    if image:
        return image
    if _HOCR.search(data[:_HOCR_WITHIN]):
        return "text/vnd.hocr+html"
    _refuse_markup(source)
    if decode(data) is not None:
        return "text/plain"
    raise UnknownInputType(
        f"{source.name} is neither PDF, image (PNG, JPEG, TIFF, WebP), hOCR nor text; convert it to one of these."
    )


def _refuse_markup(source: Source) -> None:
    """Raises UnknownInputType for text that is written for programs: its marks would be read as words."""
    start = source.data[:_MARKUP_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n")
    for pattern, what, advice in _MARKUP:
        if pattern.match(start):
            raise UnknownInputType(f"{source.name} is {what}; {advice}.")


def _image_type(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] in {b"II*\x00", b"MM\x00*"}:
        return "image/tiff"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def _western(data: bytes) -> str | None:
    """Windows-1252 text, where all its marked letters are western; texts of other code pages look odd in it."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    marked = {c for c in text if ord(c) > 127}
    return text if marked and marked <= _WESTERN and not _CONTROL.search(text) else None


def decode(data: bytes) -> str | None:
    """Text from bytes of any common encoding, or None where they are no text."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str | None, str | None]:
    """Text from bytes, or None; and the encoding, where that had to be guessed from the letters it gives."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None, None
            return None if _CONTROL.search(text) else text, None
    try:
        text = data.decode("utf-8")
        return None if _CONTROL.search(text) else text, None
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return None, None
    western = _western(data)
    if western is not None:
        return western, None
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        return None, None
    text = data.decode(best.encoding, errors="replace")
    return (None, None) if _CONTROL.search(text) else (text, best.encoding)
