"""Repair: undo the noise of OCR and of broken lines, with every change on record."""

from __future__ import annotations

from collections.abc import Callable

from newsletter_extract.document import Change, Document
from newsletter_extract.settings import RepairSettings


def clean(
    document: Document, settings: RepairSettings, is_name: Callable[[str], bool]
) -> tuple[Document, tuple[Change, ...]]:
    return document, ()
