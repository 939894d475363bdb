"""Cells of tables: lone marks beside their words, and the word that opens the row of the total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from newsletter_extract import resources
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.forms import rule_name
from newsletter_extract.repair.knowledge import Knowledge

_AFTER_CELL = re.compile(r"(?<=[^\W_]) [.,;:'‘’_~*°]{1,2}(?=[\t\n]|$)")
_BEFORE_CELL = re.compile(r"(?:(?<=[\t\n])|^)(?P<mark>[_~'‘])(?=[A-Z][a-z]{2,}[^'’_~\t\n]*(?:[\t\n]|$))")
_LAST_ROW = re.compile(r"\n(?P<word>[A-Z][^\s\d]{3,})(?P<rest>\t[^\n]*\d[^\n]*)\Z")
_LEAST_LETTERS = 5
"""A shorter word for a sum is too near to others."""


def find_cell_errors(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits of specks at the edges of cells and of a misread "Total" that opens the last row."""
    text = draft.text
    for match in _AFTER_CELL.finditer(text):
        yield Edit(match.start(), match.end(), "", "glyph.stray", 0.88)
    for match in _BEFORE_CELL.finditer(text):
        yield Edit(match.start(), match.end("mark"), "", "glyph.mark", 0.88)
    last = _LAST_ROW.search(text)
    if last and not knowledge.is_known(low := last["word"].casefold()) and low not in _sums():
        near = [word for word in sorted(_sums()) if Levenshtein.distance(low, word, score_cutoff=1) == 1]
        if len(near) == 1:
            yield Edit(*last.span("word"), near[0].capitalize(), rule_name(low, near[0]), 0.9)


def _sums() -> frozenset[str]:
    return frozenset(w for w in resources.words("total_words.txt") if len(w) >= _LEAST_LETTERS and w.isalpha())
