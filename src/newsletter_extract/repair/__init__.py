"""Repair: undo the noise of OCR and of broken lines, with every change on record.

What is done to a page depends on where its words come from. Text of a born-digital PDF has its broken words joined:
its letters are what was printed. OCR, ours or a scan's text layer, and plain text, which an OCR may have made, go
through all rules. The level "safe"
changes a word only where the right one is a hundred times likelier, "full" where it is twenty times likelier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsletter_extract.document import Change, Document, Page
from newsletter_extract.repair.cells import find_cell_errors
from newsletter_extract.repair.columns import find_marks_of_columns
from newsletter_extract.repair.dates import find_date_errors, find_lost_dashes, find_month_errors
from newsletter_extract.repair.edits import Draft, apply, choices
from newsletter_extract.repair.hyphenation import find_breaks
from newsletter_extract.repair.knowledge import Knowledge, learn, noise_of
from newsletter_extract.repair.languages import foreign_spans
from newsletter_extract.repair.marks import find_marks
from newsletter_extract.repair.numbers import Habit, doubtful_numbers, find_number_errors, habit_of
from newsletter_extract.repair.place_names import Places
from newsletter_extract.repair.places import find_place_errors
from newsletter_extract.repair.punctuation import Punctuation, find_punctuation, punctuation_of
from newsletter_extract.repair.slips import find_slips
from newsletter_extract.repair.spacing import find_spacing
from newsletter_extract.repair.spelling import find_misreadings
from newsletter_extract.repair.sums import find_digits_by_sums
from newsletter_extract.repair.units import doubtful_litres, find_lone_litres, find_unit_errors
from newsletter_extract.settings import RepairSettings

_DIGIT = re.compile(r"\d")
"""Dates and numbers have at least one; what is left of others no rule can prove."""


@dataclass(frozen=True, slots=True)
class Expertise:
    """All that the passes ask: the words, numbers and places of one document."""

    words: Knowledge
    numbers: Habit
    places: Places
    marks: Punctuation


def clean(document: Document, settings: RepairSettings, places: Places) -> tuple[Document, tuple[Change, ...]]:
    """The document with its text repaired, and every change; doubts about numbers are added to its notices."""
    if settings.level == "off":
        return document, tuple(change for block in document.blocks() for change in choices(block))
    words = learn([block.text for block in document.blocks()], settings, places.knows_word)
    drafts = {block.id: _joined(Draft.of(block), words) for block in document.blocks()}
    noisy = [block.id for page in document.pages if _may_be_misread(page) for block in page.blocks]
    if noisy:
        expertise = _expertise(document, list(drafts.values()), settings, places)
        drafts |= {key: _mended(drafts[key], expertise) for key in noisy}
    blocks = {key: draft.block() for key, draft in drafts.items()}
    pages = tuple(replace(p, blocks=tuple(blocks[b.id] for b in p.blocks)) for p in document.pages)
    changes = tuple(change for draft in drafts.values() for change in draft.changes)
    doubts = [doubt for key in noisy for doubt in (*doubtful_numbers(blocks[key]), *doubtful_litres(blocks[key]))]
    return replace(document, pages=pages, notices=(*document.notices, *doubts)), changes


def _may_be_misread(page: Page) -> bool:
    """Whether an OCR made the words of a page, ours or that of a scan's text layer, or may have made plain text."""
    return page.origin != "text_layer" or page.is_scan


def _expertise(document: Document, drafts: Sequence[Draft], settings: RepairSettings, places: Places) -> Expertise:
    """What the document tells of itself once its broken words are joined."""
    texts = [draft.text for draft in drafts]
    notes = frozenset(d.text.split(" ", 1)[0].strip(".()") for d in drafts if d.source.kind == "footnote")
    words = learn(texts, settings, places.knows_word)
    scanned = any(page.origin == "ocr" for page in document.pages)
    first = [token.first_reading.text for d in drafts for token in d.source.tokens if token.first_reading]
    words = replace(words, noise=noise_of(words, scanned=scanned, read_first=first), notes=notes)
    blocks = (replace(draft.source, text=draft.text) for draft in drafts)
    return Expertise(words, habit_of(texts, noisy=words.noise >= 0), places, punctuation_of(blocks))


def _joined(draft: Draft, words: Knowledge) -> Draft:
    """Text with its broken words joined: all that born-digital text needs."""
    return apply(draft, find_breaks(draft, words))


def _mended(draft: Draft, expertise: Expertise) -> Draft:
    """Text that an OCR made, or may have made, by every rule; numbers come last, when their units have been mended."""
    words = expertise.words
    if words.is_noisy:
        is_table = draft.source.kind == "table"
        draft = apply(draft, find_cell_errors(draft, words) if is_table else find_punctuation(draft, expertise.marks))
    draft = apply(draft, find_marks(draft, words))
    draft = apply(draft, find_unit_errors(draft))
    if _DIGIT.search(draft.text):
        draft = apply(draft, find_month_errors(draft))
        draft = apply(draft, find_date_errors(draft))
        draft = apply(draft, find_lost_dashes(draft))
    draft = placed = apply(draft, find_place_errors(draft, expertise.places, words))
    foreign = foreign_spans(draft.text)
    draft = apply(draft, find_spacing(draft, words, foreign))
    foreign = foreign_spans(draft.text) if foreign else []
    draft = apply(draft, find_misreadings(draft, words, foreign))
    if draft is not placed:
        # a country whose name is right now proves the place before it
        draft = apply(draft, find_place_errors(draft, expertise.places, words))
    draft = apply(draft, find_slips(draft, words, foreign_spans(draft.text) if foreign else []))
    if _DIGIT.search(draft.text):
        if words.is_noisy:
            draft = apply(draft, find_marks_of_columns(draft))
        draft = apply(draft, find_number_errors(draft, expertise.numbers, words.channel))
        draft = apply(draft, find_digits_by_sums(draft))
        draft = apply(draft, find_lone_litres(draft))
    return draft
