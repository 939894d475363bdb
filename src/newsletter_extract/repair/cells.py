"""Cells of tables: lone marks beside their words, and the word that opens the row of the total."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from newsletter_extract import resources
from newsletter_extract.repair.edits import Draft, Edit
from newsletter_extract.repair.forms import rule_name
from newsletter_extract.repair.knowledge import Knowledge

_AFTER_CELL = re.compile(r"(?<=[^\W_]) [.,;:'‘’_~*°]{1,2}(?=[\t\n]|$)")
_BEFORE_CELL = re.compile(r"(?:(?<=[\t\n])|^)(?P<mark>[_~'‘])(?=[A-Z][a-z]{2,}[^'’_~\t\n]*(?:[\t\n]|$))")
_FIRST_CELL = re.compile(r"(?P<word>[A-Z][^\s\d]{3,})\t")
_CELL_END = re.compile(r"(?P<word>(?<![a-z])[a-z]{2,}|\d)(?P<mark>[.,:;])(?=[\t\n]|$)")
_BARE_END = re.compile(r"(?P<word>(?<![a-z])[a-z]{2,}|\d)(?=[\t\n]|$)")
_QUOTE = re.compile(r"(?<=\w)[\"”°](?=[\t\n]|$)|(?:(?<=[\t\n])|^)[\"“°](?=\w)")
_MORE_BARE = 4
"""So many times as many cells end in a word alone."""
_LEAST_LETTERS = 5
"""A shorter word for a sum is too near to others."""


def find_cell_errors(draft: Draft, knowledge: Knowledge) -> Iterator[Edit]:
    """Edits of specks at the edges of cells and of a misread "Total" that opens the last row."""
    text = draft.text
    for match in _AFTER_CELL.finditer(text):
        yield Edit(match.start(), match.end(), "", "glyph.stray", 0.88)
    for match in _BEFORE_CELL.finditer(text):
        yield Edit(match.start(), match.end("mark"), "", "glyph.mark", 0.88)
    yield from _ends_of_cells(text)
    last = _FIRST_CELL.match(text, text.rfind("\n") + 1)
    has_sums = last is not None and any(map(str.isdigit, text[last.end() :]))
    if last and has_sums and not knowledge.is_known(low := last["word"].casefold()) and low not in _sums():
        near = [word for word in sorted(_sums()) if Levenshtein.distance(low, word, score_cutoff=1) == 1]
        if len(near) == 1:
            yield Edit(*last.span("word"), near[0].capitalize(), rule_name(low, near[0]), 0.9)


def _ends_of_cells(text: str) -> Iterator[Edit]:
    """Marks at the ends of cells where most cells that end so have none, and quotes without a partner."""
    bare = Counter(match["word"] for match in _BARE_END.finditer(text))
    marked = list(_CELL_END.finditer(text))
    if bare.total() >= _MORE_BARE * len(marked):
        for match in marked:
            if match["word"] not in resources.words("abbreviations.txt") or bare[match["word"]]:
                yield Edit(match.start("mark"), match.end("mark"), "", "glyph.mark", 0.85)
    quotes = list(_QUOTE.finditer(text))
    if len(quotes) == 1:
        yield Edit(quotes[0].start(), quotes[0].end(), "", "glyph.mark", 0.85)


def _sums() -> frozenset[str]:
    return frozenset(w for w in resources.words("total_words.txt") if len(w) >= _LEAST_LETTERS and w.isalpha())
