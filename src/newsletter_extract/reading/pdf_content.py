"""Whether a page that comes out empty is empty: a second reader's look at its instructions (pypdf)."""

from __future__ import annotations

import io
import logging
import zlib
from functools import cached_property
from typing import Any

_NO_MARKS = 16
"""So few words of a content stream only set up a page and draw nothing."""


class Contents:
    """The content streams of a PDF. The file is read once, and only if a page asks for it."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data, self._password = data, password

    @cached_property
    def _reader(self) -> Any:
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # our notice tells it in a sentence
        reader = PdfReader(io.BytesIO(self._data), password=self._password)
        if reader.is_encrypted and self._password is None:
            reader.decrypt("")
        return reader

    def has_content(self, number: int) -> bool:
        """Whether the page has instructions to draw, or some that cannot even be unpacked."""
        from pypdf.errors import DependencyError, PyPdfError

        try:
            contents = self._reader.pages[number - 1].get_contents()
            drawn = b"" if contents is None else contents.get_data()
            return len(drawn.split()) > _NO_MARKS or (not drawn.strip() and self._packed_size(number) > 0)
        except (PyPdfError, DependencyError, zlib.error, RecursionError):
            return True
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):  # what pypdf lets through
            return True

    def _packed_size(self, number: int) -> int:
        """Bytes of a page's content streams before they are unpacked."""
        entry = self._reader.pages[number - 1].get("/Contents")
        entry = entry.get_object() if entry is not None else []
        parts = [part.get_object() for part in entry] if isinstance(entry, list) else [entry]
        return sum(len(getattr(part, "_data", b"").strip()) for part in parts)
