"""Facts from the bulletins of police, customs and border bodies, each with the words it came from.

>>> from newsletter_extract import extract
>>> extraction = extract("newsletter.pdf")          # doctest: +SKIP
>>> extraction.events[0].occurrences[0].dates.edtf  # doctest: +SKIP
'2021-10-04/2021-10-07'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_extract._version import __version__

if TYPE_CHECKING:
    from newsletter_extract.schema import Extraction
    from newsletter_extract.settings import Settings

__all__ = ["__version__", "extract"]


def extract(source: str | Path | bytes, settings: Settings | None = None, *, name: str = "document") -> Extraction:
    """Read one bulletin, given as a path or as its bytes (then under `name`), and return every fact in it.

    Raises a `newsletter_extract.errors.NewsletterExtractError` where the input, the OCR engine or the settings are the
    trouble; its text is one sentence that says what to do.
    """
    from newsletter_extract.pipeline import extract as run
    from newsletter_extract.reading import Source

    document = Source(name, source) if isinstance(source, bytes) else Source.from_path(source)
    return run(document, settings)
