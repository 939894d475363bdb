"""The words of headings as patterns, from resources/heading_words.csv."""

from __future__ import annotations

import re
from functools import cache

from newsletter_extract import resources


@cache
def words_of(role: str) -> tuple[str, ...]:
    """The words of a role, the longest first."""
    found = {w for row in resources.rows("heading_words.csv") if row["role"] == role for w in row["words"].split("|")}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def pattern(role: str) -> re.Pattern[str]:
    """Any of the words of a role, as whole words in any case."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words_of(role)))})(?![\w-])", re.I)
