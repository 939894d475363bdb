"""Repair: undo the noise of OCR and of broken lines, with every change on record.

What is done to a page depends on where its words come from. Text of a born-digital PDF has its broken words joined:
its letters are what was printed. OCR and plain text, which an OCR may have made, go through all rules. The level "safe"
changes a word only where the right one is a hundred times likelier, "full" where it is twenty times likelier.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from newsletter_extract.document import Change, Document
from newsletter_extract.repair.edits import Draft, apply
from newsletter_extract.repair.facts import find_fact_errors
from newsletter_extract.repair.hyphenation import find_breaks
from newsletter_extract.repair.marks import find_lost_letters, find_marks
from newsletter_extract.repair.spacing import find_spacing
from newsletter_extract.repair.spelling import find_misreadings
from newsletter_extract.settings import RepairSettings

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def clean(
    document: Document, settings: RepairSettings, is_name: Callable[[str], bool]
) -> tuple[Document, tuple[Change, ...]]:
    """The document with its text repaired, and every change. `is_name` tells words that are names of places."""
    if settings.level == "off":
        return document, ()
    vocabulary = Counter(w.casefold() for block in document.blocks() for w in _WORD.findall(block.text))
    vocabulary.update({word.casefold(): 9 for word in settings.words})
    own = {word.casefold() for word in settings.words}

    def is_known_name(word: str) -> bool:
        return word.casefold() in own or is_name(word)

    pages = []
    changes: list[Change] = []
    for page in document.pages:
        drafts = [
            _repaired(Draft(block), vocabulary, is_known_name, settings.level, noisy=page.origin != "text_layer")
            for block in page.blocks
        ]
        pages.append(replace(page, blocks=tuple(draft.block for draft in drafts)))
        changes += [change for draft in drafts for change in draft.changes]
    return replace(document, pages=tuple(pages)), tuple(changes)


def _repaired(
    draft: Draft, vocabulary: dict[str, int], is_name: Callable[[str], bool], level: str, *, noisy: bool
) -> Draft:
    if noisy:
        draft = apply(draft, list(find_lost_letters(draft.block, vocabulary)))
    draft = apply(draft, list(find_breaks(draft.block, vocabulary, is_name)))
    if not noisy:
        return draft
    draft = apply(draft, list(find_marks(draft.block, is_name)))
    draft = apply(draft, list(find_fact_errors(draft.block)))
    draft = apply(draft, list(find_spacing(draft.block, vocabulary, is_name)))
    return apply(draft, list(find_misreadings(draft.block, vocabulary, is_name, level, noisy)))
