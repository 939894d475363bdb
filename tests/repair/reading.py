"""Text through layout and repair, as tests ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsletter_extract import layout, repair
from newsletter_extract.document import Change, Document
from newsletter_extract.gazetteer import load_gazetteer
from newsletter_extract.reading.plain_text import read_text
from newsletter_extract.settings import RepairSettings


def cleaned(text: str, **settings: Any) -> tuple[Document, Document, tuple[Change, ...]]:
    """The text as arranged, as repaired, and the changes."""
    arranged = layout.arrange(Document("t", "0" * 64, 0, "text/plain", tuple(read_text(text))))
    document, changes = repair.clean(arranged, RepairSettings(**settings), load_gazetteer())
    return arranged, document, changes


def repaired(text: str, **settings: Any) -> str:
    """The repaired text, its blocks one a line."""
    _, document, _ = cleaned(text, **settings)
    return "\n".join(block.text for block in document.blocks())


def rules(changes: Sequence[Change]) -> set[str]:
    return {part for change in changes for part in change.rule.split("+")}
