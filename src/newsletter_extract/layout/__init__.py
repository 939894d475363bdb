"""Layout: from pages of words to blocks in the order a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsletter_extract.document import Block, Document, Page
from newsletter_extract.layout import geometric
from newsletter_extract.layout.plain import arrange as plain


def arrange(document: Document) -> Document:
    """The document with blocks on its pages, numbered block-1, block-2 … in reading order."""
    plain_text = bool(document.pages) and document.pages[0].origin == "plain_text"
    blocks, notices = (plain if plain_text else geometric).arrange_pages(document.pages)
    return replace(document, pages=_numbered(document.pages, blocks), notices=(*document.notices, *notices))


def _numbered(pages: Sequence[Page], arranged: Sequence[Sequence[Block]]) -> tuple[Page, ...]:
    number = 0
    result = []
    for page, blocks in zip(pages, arranged, strict=True):
        named = []
        for block in blocks:
            number += 1
            caption = f"block-{number + int(block.caption_id[1:])}" if block.caption_id else None
            named.append(replace(block, id=f"block-{number}", caption_id=caption))
        result.append(replace(page, blocks=tuple(named)))
    return tuple(result)
