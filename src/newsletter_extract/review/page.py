"""The page on which a person checks one extraction: HTML with its pictures beside it or inside."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsletter_extract.reading import Source
from newsletter_extract.review.corrections import digest
from newsletter_extract.review.form import form
from newsletter_extract.review.html import page_html
from newsletter_extract.review.lines import line_boxes
from newsletter_extract.review.pictures import page_pictures
from newsletter_extract.schema import Extraction

PICTURES = "pages"
"""Folder beside the HTML that holds its pictures."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]|^\.")
"""What no file name of ours has, whatever a document is called: separators, marks of URLs, a dot in front."""
_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class Site:
    """The HTML of a page, and its pictures by their names in the folder PICTURES."""

    html: str
    pictures: Mapping[str, bytes]


def document_page(
    extraction: Extraction,
    source: Source | None,
    *,
    single_file: bool = False,
    save_to: str | None = None,
    stem: str = "",
    overview: str | None = None,
    linked: Mapping[str, str] | None = None,
) -> Site:
    """The review page of one extraction; without `source`, as for plain text, it shows the text alone.

    Pictures are named after `stem` (else the document), or lie inside the HTML with `single_file`. `save_to` is the
    address that corrections are sent to where the page is served; from a disk the browser saves them as a file.
    `overview` is the address of the archive page to go back to, `linked` as in `page_html`.
    """
    pictures: dict[str, bytes] = {}
    shown: list[dict[str, Any]] = []
    stem = stem or safe_stem(extraction.source.name)
    for page, webp in page_pictures(source, extraction) if source else ():
        name = f"{stem}.page-{page.number}.webp"
        address = "data:image/webp;base64," + base64.b64encode(webp).decode() if single_file else f"{PICTURES}/{name}"
        shown.append({"page": page.number, "width": page.width, "height": page.height, "src": address})
        if not single_file:
            pictures[name] = webp
    data = {
        "extraction": extraction.model_dump(mode="json"),
        "sha256": digest(extraction),
        "pictures": shown,
        "boxes": line_boxes(extraction, source) if shown and source else {},
        "form": form(),
        "saveTo": save_to,
        "overview": overview,
    }
    title = extraction.bulletin.title or extraction.source.name
    return Site(page_html("document", title, data, linked=linked), pictures)


def safe_stem(name: str) -> str:
    """A name for files of ours, whatever the document is called."""
    return _UNSAFE.sub("_", name)[:_LONGEST_STEM]
