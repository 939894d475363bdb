"""Where sentences begin and end in a block's text."""

from __future__ import annotations

import re
from functools import lru_cache

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "no",
        "nr",
        "art",
        "sec",
        "vs",
        "approx",
        "ca",
        "cca",
        "st",
        "fig",
        "vol",
        "pp",
        "ed",
        "dept",
        "gen",
        "col",
        "capt",
        "lt",
        "sgt",
        "prof",
        "eng",
        "inc",
        "ltd",
        "co",
        "est",
        "tel",
        "incl",
        "resp",
    ]
)
"""Words before a full stop that does not end a sentence (English titles and reference words)."""

_BEFORE_DIGITS = frozenset(
    {"rs", "tk", "sh", "ksh", "lb", "lbs", "oz", "kg", "kgs", "gms", "approx", "sec", "para", "flt", "op"}
)
"""Words before a full stop that ends no sentence where digits follow: currencies, units, references."""

_STOP = re.compile(
    r"""
    (?<![.!?…])(?P<stop>[.!?…]++)
    [”’"')\]]*+                # closing marks belong to the sentence that ends
    (?P<gap>\s+)
    (?=[“‘"'(\[•]*[^\Wa-z_])   # the next begins with a capital or a digit
    """,
    re.VERBOSE,
)
_LONGEST = 12
"""More letters than any abbreviation has with the marks before it."""


def sentence_spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Spans of the sentences of text[start:], in order; a tab or newline (table cells) ends a sentence too."""
    return list(_spans(text, start))


@lru_cache(maxsize=256)
def _spans(text: str, start: int) -> tuple[tuple[int, int], ...]:
    """The same, remembered: one extractor after the other asks for the sentences of a block."""
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\t\n]+", text[start:]):
        begin, limit = start + line.start(), start + line.end()
        for stop in _STOP.finditer(text, begin, limit):
            word = _word_before(text, begin, stop.start()) if stop["stop"] == "." else ""
            if word and (_is_abbreviation(word) or (text[stop.end()].isdigit() and word.casefold() in _BEFORE_DIGITS)):
                continue
            spans.append((begin, stop.start("gap")))
            begin = stop.end()
        if text[begin:limit].strip():
            spans.append((begin, limit))
    return tuple(spans)


def _word_before(text: str, begin: int, end: int) -> str:
    """The word that ends at `end`; of one longer than any abbreviation, its last letters."""
    words = text[max(begin, end - _LONGEST) : end].split()
    return words[-1] if words and not text[end - 1].isspace() else ""


def _is_abbreviation(word: str) -> bool:
    bare = word.strip("“‘\"'([").casefold()
    return bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha() and bare not in {"a", "i"})
