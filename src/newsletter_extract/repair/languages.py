"""Which sentences of a block are in another language than English, told by their small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from newsletter_extract import resources

_SENTENCE = re.compile(r"[^.!?\t\n]+[.!?\t\n]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
"""Single letters are small words in some languages, and initials or letterspaced text in all."""
_LEAST = 2
"""Small words of another language that a sentence needs, more than it has of English."""


@cache
def _languages() -> dict[str, frozenset[str]]:
    """Small word → the languages that have it."""
    found: dict[str, set[str]] = {}
    for row in resources.rows("function_words.csv"):
        for word in row["words"].split():
            found.setdefault(word, set()).add(row["language"])
    return {word: frozenset(languages) for word, languages in found.items()}


def foreign_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of the sentences that are not English, in order."""
    if text.isascii() and _count(text)[1] == 0:
        return []
    spans = []
    for sentence in _SENTENCE.finditer(text):
        english, other = _count(sentence[0])
        if other >= _LEAST and other > english:
            spans.append(sentence.span())
    return spans


def _count(text: str) -> tuple[int, int]:
    """Small words of English, and of the other language that has most."""
    known = _languages()
    votes = Counter(language for word in _WORD.findall(text) for language in known.get(word.casefold(), ()))
    english = votes.pop("en", 0)
    return english, max(votes.values(), default=0)
