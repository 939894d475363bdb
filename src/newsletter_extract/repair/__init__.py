"""Repair: undo the noise of OCR and of broken lines, with every change on record.

What is done to a page depends on where its words come from. Text of a born-digital PDF has its broken words joined:
its letters are what was printed. OCR and plain text, which an OCR may have made, go through all rules. The level "safe"
changes a word only where the right one is a hundred times likelier, "full" where it is twenty times likelier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsletter_extract.document import Change, Document
from newsletter_extract.repair.dates import find_date_errors, find_lost_dashes
from newsletter_extract.repair.edits import Draft, apply
from newsletter_extract.repair.hyphenation import find_breaks
from newsletter_extract.repair.knowledge import Knowledge, learn
from newsletter_extract.repair.languages import foreign_spans
from newsletter_extract.repair.marks import find_marks
from newsletter_extract.repair.numbers import Habit, doubtful_numbers, find_number_errors, habit_of
from newsletter_extract.repair.places import Places, find_place_errors
from newsletter_extract.repair.spacing import find_spacing
from newsletter_extract.repair.spelling import find_misreadings
from newsletter_extract.settings import RepairSettings


@dataclass(frozen=True, slots=True)
class Expertise:
    """All that the passes ask: the words, numbers and places of one document."""

    words: Knowledge
    numbers: Habit
    places: Places


def clean(document: Document, settings: RepairSettings, places: Places) -> tuple[Document, tuple[Change, ...]]:
    """The document with its text repaired, and every change; doubts about numbers are added to its notices."""
    if settings.level == "off":
        return document, ()
    expertise = _expertise(document, settings, places)
    pages = []
    changes: list[Change] = []
    for page in document.pages:
        mend = _joined if page.origin == "text_layer" else _mended
        drafts = [mend(Draft.of(block), expertise) for block in page.blocks]
        pages.append(replace(page, blocks=tuple(draft.block() for draft in drafts)))
        changes += [change for draft in drafts for change in draft.changes]
    doubts = [
        n for page in pages if page.origin != "text_layer" for block in page.blocks for n in doubtful_numbers(block)
    ]
    return replace(document, pages=tuple(pages), notices=(*document.notices, *doubts)), tuple(changes)


def _expertise(document: Document, settings: RepairSettings, places: Places) -> Expertise:
    texts = [block.text for block in document.blocks()]
    scanned = any(page.origin == "ocr" for page in document.pages)
    notes = frozenset(b.text.split(" ", 1)[0].strip(".()") for b in document.blocks() if b.kind == "footnote")
    words = learn(texts, settings, places.knows_word, scanned=scanned, notes=notes)
    return Expertise(words, habit_of(texts), places)


def _joined(draft: Draft, expertise: Expertise) -> Draft:
    """Born-digital text: only its broken words are joined."""
    return apply(draft, find_breaks(draft, expertise.words))


def _mended(draft: Draft, expertise: Expertise) -> Draft:
    """Text that an OCR made, or may have made: every rule, from what joins to what asks about joined words."""
    words = expertise.words
    draft = apply(draft, find_breaks(draft, words))
    draft = apply(draft, find_marks(draft, words))
    draft = apply(draft, find_date_errors(draft))
    draft = apply(draft, find_lost_dashes(draft))
    draft = apply(draft, find_number_errors(draft, expertise.numbers, words.channel))
    draft = apply(draft, find_place_errors(draft, expertise.places, words))
    foreign = foreign_spans(draft.text)
    draft = apply(draft, find_spacing(draft, words, foreign))
    return apply(draft, find_misreadings(draft, words, foreign_spans(draft.text) if foreign else []))
